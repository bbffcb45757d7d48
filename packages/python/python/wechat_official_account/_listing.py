"""Lists that end: all material of a kind, all drafts, or all publications."""

from collections import deque

from ._native import Position

# The items of one page: the most that WeChat returns in a call.
PAGE = 20


class _Progress:
    """The pages of a list, and the place in it."""

    def __init__(self, page, name):
        self._page = page
        self._name = name
        self._position = Position()
        self._waiting = deque()

    __class_getitem__ = classmethod(lambda cls, item: cls)

    @property
    def total_count(self):
        """The number of items that WeChat counts, as of the last page; 0 before the first."""
        return self._position.total_count

    @property
    def calls(self):
        """The number of calls that the whole list takes, with those that were made. Changes of the list during the
        reading cost a few more.
        """
        return self._position.calls

    @property
    def calls_made(self):
        """The number of calls made so far."""
        return self._position.calls_made

    @property
    def missing(self):
        """The number of items that WeChat counts more than it has listed. After the end it is 0, unless items were
        added meanwhile or WeChat's count is wrong.
        """
        return self._position.missing

    def _take(self, page):
        new = self._position.turn(page.total_count, [getattr(item, self._name) for item in page.items])
        self._waiting.extend(item for item, is_new in zip(page.items, new) if is_new)


class Listing(_Progress):
    """All items of a list, page by page. It is an iterator."""

    def __iter__(self):
        return self

    def __next__(self):
        while not self._waiting:
            offset = self._position.next_offset()
            if offset is None:
                raise StopIteration
            self._take(self._page(offset, PAGE).wait())
        return self._waiting.popleft()

    def start(self):
        """Reads the first page if that has not been done, and returns the list. The number of calls is then known."""
        if self.calls_made == 0:
            self._take(self._page(0, PAGE).wait())
        return self
