//! Readers for the fields of an object, whose types drift (wechat-api §3.3): see [`lenient`](super::lenient), and
//! `null` for nothing, 0 and 1 for truth. Each takes a field out of the object, so that strings are moved. A reader
//! refuses nothing unless its documentation does: it takes a value of another shape, like a field that is missing, for
//! none.
//!
//! Not by `derive(Deserialize)`: its code for each structure, which also reads lists and every other kind of name, made
//! a tenth of the component.

use serde_json::Value;

use super::lenient::{as_number, as_text, is_id, is_url};
use super::object::Object;

/// A structure that an operation expects in a reply.
pub trait Structure: Sized {
    /// Takes the fields out of an object.
    ///
    /// # Errors
    ///
    /// If the object does not have the shape.
    fn read(object: &mut Object) -> Read<Self>;
}

/// A field that is missing or can't be read.
#[derive(Clone, Copy, Debug)]
pub struct WrongShape;

/// A structure or a field that was read.
pub type Read<T> = Result<T, WrongShape>;

impl Object {
    /// Reads the structure that an operation expects. Returns `None` if the object does not have its shape.
    pub fn read<S: Structure>(mut self) -> Option<S> {
        S::read(&mut self).ok()
    }

    /// Reads a string, or a whole number in place of one; empty if there is none.
    pub fn text(&mut self, name: &str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    /// Reads a string, or a whole number in place of one.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        as_text(self.take(name))
    }

    /// Reads a string that is not empty, or a whole number in place of one.
    pub fn non_empty(&mut self, name: &str) -> Option<String> {
        self.optional_text(name).filter(|text| !text.is_empty())
    }

    /// Reads an id that the answer must have, and refuses everything that is none (see [`Self::optional_id`]).
    pub fn id(&mut self, name: &str) -> Read<String> {
        self.optional_id(name).ok_or(WrongShape)
    }

    /// Reads an id, which may be a number. One with a character that no id has is none: it came damaged and would name
    /// nothing. Nor is 0 or a negative number one: servers write those for "nothing".
    pub fn optional_id(&mut self, name: &str) -> Option<String> {
        self.optional_text(name).filter(|id| is_id(id))
    }

    /// Reads a web address; see [`is_url`].
    pub fn optional_url(&mut self, name: &str) -> Option<String> {
        self.optional_text(name).filter(|url| is_url(url))
    }

    /// Reads a whole number, or a string that holds one.
    pub fn optional_number(&mut self, name: &str) -> Option<i64> {
        as_number(&self.take(name))
    }

    /// Reads a truth value, as one, as a number or as either in a string.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.take(name) {
            Value::Bool(truth) => truth,
            Value::String(text) if text == "true" => true,
            other => as_number(&other).is_some_and(|number| number != 0),
        }
    }

    /// Reads a number as [`Self::optional_number`] does. Refuses one that is negative, and everything else: a count
    /// that is not there is not 0.
    pub fn count(&mut self, name: &str) -> Read<u64> {
        self.optional_count(name)?.ok_or(WrongShape)
    }

    /// Reads a number as [`Self::count`] does. `null` is none.
    pub fn optional_count(&mut self, name: &str) -> Read<Option<u64>> {
        match self.take(name) {
            Value::Null => Ok(None),
            value => as_count(&value).map(Some).ok_or(WrongShape),
        }
    }

    /// Reads a number as [`Self::optional_number`] does; 0 if there is none or it is negative. For fields that nothing
    /// depends on.
    pub fn count_or_zero(&mut self, name: &str) -> u64 {
        as_count(&self.take(name)).unwrap_or_default()
    }

    /// Reads a time in Unix seconds. 0 is none.
    pub fn time(&mut self, name: &str) -> Option<u64> {
        Some(self.count_or_zero(name)).filter(|&time| time > 0)
    }

    /// Reads an object. `null`, an empty string and an empty list are none: some servers write an object without fields
    /// like that. Refuses everything else.
    pub fn object<S: Structure>(&mut self, name: &str) -> Read<Option<S>> {
        let object = self.any_object(name)?;
        object.map(|mut object| S::read(&mut object)).transpose()
    }

    fn any_object(&mut self, name: &str) -> Read<Option<Self>> {
        match self.take(name) {
            Value::Object(fields) => Ok(Some(Self::from(fields))),
            Value::Null => Ok(None),
            Value::String(text) if text.is_empty() => Ok(None),
            Value::Array(items) if items.is_empty() => Ok(None),
            _ => Err(WrongShape),
        }
    }

    /// Reads a list of objects, and leaves out everything in it that is not one; empty if there is none.
    pub fn list<S: Structure>(&mut self, name: &str) -> Read<Vec<S>> {
        match self.take(name) {
            Value::Array(items) => structures(items),
            _ => Ok(Vec::new()),
        }
    }

    /// Reads a list of objects. Refuses everything else but `null`, which is none: a part of the list that can't be
    /// read would be missing without a word.
    pub fn objects<S: Structure>(&mut self, name: &str) -> Read<Option<Vec<S>>> {
        self.any_objects(name)?.map(structures).transpose()
    }

    /// Reads a list as [`Self::objects`] does. What is inside of the objects is not read yet.
    pub(super) fn any_objects(&mut self, name: &str) -> Read<Option<Vec<Value>>> {
        match self.take(name) {
            Value::Array(items) if items.iter().all(Value::is_object) => Ok(Some(items)),
            Value::Null => Ok(None),
            _ => Err(WrongShape),
        }
    }

    /// Reads a list of whole numbers, and leaves out everything in it that is not one; empty if there is none.
    pub fn numbers(&mut self, name: &str) -> Vec<i64> {
        match self.take(name) {
            Value::Array(items) => items.iter().filter_map(as_number).collect(),
            _ => Vec::new(),
        }
    }
}

fn as_count(value: &Value) -> Option<u64> {
    as_number(value).and_then(|number| u64::try_from(number).ok())
}

/// Reads the objects of a list.
pub(super) fn structures<S: Structure>(items: Vec<Value>) -> Read<Vec<S>> {
    let mut structures = Vec::new();
    for item in items {
        if let Value::Object(fields) = item {
            structures.push(S::read(&mut Object::from(fields))?);
        }
    }
    Ok(structures)
}

#[cfg(test)]
mod tests;
