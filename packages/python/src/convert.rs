//! Conversions between Python's objects and the host's types, by hand and without an intermediate form: the bytes of a
//! file are copied once. `generated` has those of the contract's own types.

use std::borrow::Cow;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyUnicodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple, PyType};
use pyo3::{PyErr, intern};

use crate::field_names::FIELD_NAMES;

/// The module with the classes.
const TYPES: &str = "wechat_official_account";

/// A class of the package, looked up when it is first used.
pub(crate) struct Class {
    name: &'static str,
    class: PyOnceLock<Py<PyType>>,
}

impl Class {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            class: PyOnceLock::new(),
        }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyType>> {
        self.class.import(py, TYPES, self.name)
    }

    /// Makes an object of these values.
    pub(crate) fn make<'py, const N: usize>(
        &self,
        py: Python<'py>,
        values: [Bound<'py, PyAny>; N],
    ) -> PyResult<Bound<'py, PyAny>> {
        self.get(py)?.call1(PyTuple::new(py, values)?)
    }
}

/// A type that becomes a Python object.
pub(crate) trait ToPy {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl<T: ToPy + ?Sized> ToPy for Box<T> {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (**self).to_py(py)
    }
}

impl<T: ToPy> ToPy for Option<T> {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Some(value) => value.to_py(py),
            None => Ok(py.None().into_bound(py)),
        }
    }
}

impl<T: ToPy, E: ToPy> ToPy for Result<T, E> {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Ok(value) => value.to_py(py),
            Err(error) => error.to_py(py),
        }
    }
}

/// A list of its own becomes a `list`; records, which can't be changed, make a tuple of theirs.
impl<T: ToPy> ToPy for Vec<T> {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let items = self.iter().map(|item| item.to_py(py)).collect::<PyResult<Vec<_>>>()?;
        Ok(PyList::new(py, items)?.into_any())
    }
}

impl ToPy for () {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(py.None().into_bound(py))
    }
}

impl ToPy for bool {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.into_pyobject(py)?.to_owned().into_any())
    }
}

/// Types that Python has its own for.
macro_rules! plain {
    ($($type:ty)*) => {
        $(impl ToPy for $type {
            fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.into_pyobject(py)?.into_any())
            }
        })*
    };
}

plain! { u32 i32 u64 i64 f64 }

/// Whole numbers. Python's own error does not say which are allowed.
macro_rules! whole {
    ($($type:ty)*) => {
        $(impl FromPy for $type {
            fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                value.extract().map_err(|error: PyErr| {
                    if error.is_instance_of::<PyOverflowError>(value.py()) {
                        PyValueError::new_err(format!("must be from {} to {}", Self::MIN, Self::MAX))
                    } else {
                        error
                    }
                })
            }
        })*
    };
}

whole! { u32 i32 u64 i64 }

impl FromPy for f64 {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract()
    }
}

impl ToPy for str {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.into_pyobject(py)?.into_any())
    }
}

impl ToPy for String {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_str().to_py(py)
    }
}

/// Python's own error shows the text, which may be a secret.
impl FromPy for String {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract().map_err(|error: PyErr| {
            if error.is_instance_of::<PyUnicodeError>(value.py()) {
                PyValueError::new_err("is not valid Unicode (it has a lone surrogate)")
            } else {
                error
            }
        })
    }
}

/// A type that is made of a Python object.
pub(crate) trait FromPy: Sized {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self>;
}

impl FromPy for bool {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract()
    }
}

impl<T: FromPy> FromPy for Option<T> {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_none() {
            Ok(None)
        } else {
            T::from_py(value).map(Some)
        }
    }
}

impl<T: FromPy> FromPy for Vec<T> {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        // Both are sequences of parts that nobody means.
        if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
            return Err(wrong(value, "a list or a tuple"));
        }
        let items = value.try_iter()?.enumerate();
        let items =
            items.map(|(index, item)| T::from_py(&item?).map_err(|error| at(value.py(), error, &format!("[{index}]"))));
        items.collect()
    }
}

/// Converts an argument; an error names it.
pub(crate) fn argument<T: FromPy>(value: &Bound<'_, PyAny>, name: &str) -> PyResult<T> {
    T::from_py(value).map_err(|error| at(value.py(), error, name))
}

/// Converts a field; an error names it.
pub(crate) fn field<T: FromPy>(record: &Bound<'_, PyAny>, name: &str) -> PyResult<T> {
    argument(&record.getattr(name)?, name)
}

/// Returns whether the object is of this class.
pub(crate) fn is(value: &Bound<'_, PyAny>, class: &Class) -> PyResult<bool> {
    value.is_instance(class.get(value.py())?)
}

/// Returns the member of an enum with this text.
pub(crate) fn member<'py>(py: Python<'py>, class: &Class, text: &str) -> PyResult<Bound<'py, PyAny>> {
    class.get(py)?.call1((text,))
}

/// Makes the error for an object of a wrong type.
pub(crate) fn wrong(value: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let name = value.get_type().getattr(intern!(value.py(), "__name__"));
    let name = name.map_or_else(|_| "this".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("must be {expected}, not {name}"))
}

/// Makes the error for a text that is none of an enum's.
pub(crate) fn no_case(class: &str, known: &str) -> PyErr {
    PyValueError::new_err(format!("must be a {class} or one of its texts: {known}"))
}

/// Returns Python's name of a field of the contract, such as `timeouts.connect-milliseconds`. Another text stays.
pub(crate) fn in_python(field: &str) -> Cow<'_, str> {
    if !field.contains('-') {
        return Cow::Borrowed(field);
    }
    let name = |part| {
        let found = FIELD_NAMES.binary_search_by_key(&part, |(name, _)| *name);
        found
            .ok()
            .and_then(|index| FIELD_NAMES.get(index))
            .map_or(part, |(_, name)| *name)
    };
    Cow::Owned(field.split('.').map(name).collect::<Vec<_>>().join("."))
}

/// Puts the place in front of an error's text.
fn at(py: Python<'_>, error: PyErr, place: &str) -> PyErr {
    let text = error.value(py).to_string();
    let text = if text.starts_with('[') {
        format!("{place}{text}")
    } else {
        format!("{place}: {text}")
    };
    if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(text)
    } else if error.is_instance_of::<PyOverflowError>(py) {
        PyOverflowError::new_err(text)
    } else if error.get_type(py).is(py.get_type::<PyValueError>()) {
        PyValueError::new_err(text)
    } else {
        error
    }
}
