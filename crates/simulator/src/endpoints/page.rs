//! Pages of lists (wechat-api §8.5, §11.7).

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::api_error::ApiError;
use crate::request::Request;

/// Most items of a page.
const LARGEST: u64 = 20;

/// The stretch of a list that a request asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    offset: usize,
    count: usize,
}

/// The items of a page, and the number of items on all pages.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    pub(crate) total: usize,
    pub(crate) items: Vec<T>,
}

impl Page {
    /// Reads `offset` and `count`. Anything but whole numbers in range is 40097.
    pub(crate) fn of(request: &Request) -> Result<Page, ApiError> {
        #[derive(Deserialize)]
        struct Body {
            offset: Option<Value>,
            count: Option<Value>,
        }
        let Body { offset, count } = request.json()?;
        let number = |field: Option<Value>| field.as_ref().and_then(Value::as_u64).ok_or(ApiError::new(40097));
        let (offset, count) = (number(offset)?, number(count)?);
        if !(1..=LARGEST).contains(&count) {
            return Err(ApiError::new(40097));
        }
        let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Page {
            offset: size(offset),
            count: size(count),
        })
    }

    /// Takes this page's items from all, which are given as `(order, item)`. The highest order comes first.
    pub(crate) fn cut<T>(self, all: impl Iterator<Item = (u64, T)>) -> Listed<T> {
        let mut all: Vec<(u64, T)> = all.collect();
        all.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        let total = all.len();
        let items = all.into_iter().skip(self.offset).take(self.count);
        Listed {
            total,
            items: items.map(|(_, item)| item).collect(),
        }
    }
}

/// Reads `no_content`: a number, or the boolean that some SDKs send (wechat-api §11.7).
pub(crate) fn no_content<'de, D: Deserializer<'de>>(field: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Truth(bool),
        Number(i64),
    }
    Ok(match Flag::deserialize(field)? {
        Flag::Truth(truth) => truth,
        Flag::Number(number) => number != 0,
    })
}
