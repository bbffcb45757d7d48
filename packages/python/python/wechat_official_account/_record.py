"""The base of all records: like frozen dataclasses, and without their import."""

import enum


class Record:
    """A record that can't be changed. Records of equal fields are equal. `match` takes them apart by place or name."""

    __slots__ = ()
    __match_args__ = ()
    _secret = ()

    def _fill(self, *values):
        for name, value in zip(self.__slots__, values):
            object.__setattr__(self, name, value)

    def _values(self):
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setattr__(self, name, value):
        raise AttributeError(f"{type(self).__name__} can't be changed: make another one, as with replace({name}=...)")

    def __delattr__(self, name):
        raise AttributeError(f"{type(self).__name__} can't be changed")

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self):
        return hash((type(self), self._values()))

    def __repr__(self):
        fields = ", ".join(f"{name}={self._shown(name)}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"

    def _shown(self, name):
        value = getattr(self, name)
        if name in self._secret:
            return "[redacted]"
        if isinstance(value, memoryview):
            return f"<{value.nbytes} bytes>"
        return f"<{len(value)} bytes>" if isinstance(value, (bytes, bytearray)) else repr(value)

    def __reduce__(self):
        return type(self), self._values()

    def replace(self, **changes):
        """Returns the same record with other values in these fields."""
        unknown = changes.keys() - set(self.__slots__)
        if unknown:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return type(self)(**{name: changes.get(name, getattr(self, name)) for name in self.__slots__})

    __replace__ = replace


class Enum(str, enum.Enum):
    """An enum whose members are the texts of the contract, such as `"outcome-unknown"`."""

    __str__ = str.__str__


def as_tuple(values, name):
    """Returns the items as a tuple. A text is a sequence of letters, which nobody means."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name}: must be a list or a tuple, not {type(values).__name__}")
    return tuple(values)


def union(module, names, unions, name):
    """Makes the union of a variant's classes when it is first asked for, as that imports `typing`."""
    if name not in unions:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    from typing import Union

    names[name] = Union[unions[name]]
    return names[name]
