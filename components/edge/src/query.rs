//! The query of a request.

use percent_encoding::percent_decode_str;
use wechat_official_account_tools::text::shortened;

use crate::problem::Problem;

/// The parameters of a query, each at most once.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query that may have these parameters.
    ///
    /// # Errors
    ///
    /// If it has another one, one twice, or bytes that are no text.
    pub fn read(query: &str, allowed: &[&str]) -> Result<Self, Problem> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decoded(name).ok_or_else(|| not_text("query"))?;
            if !allowed.contains(&name.as_str()) {
                let known = match allowed {
                    [] => "It has none.".to_owned(),
                    names => format!("It has {}.", names.join(", ")),
                };
                let name = shortened(&name);
                let detail = format!("The path has no query parameter {name:?}. {known}");
                return Err(Problem::invalid_input(&name, detail));
            }
            let value = decoded(value).ok_or_else(|| not_text(&name))?;
            if pairs.iter().any(|(found, _)| *found == name) {
                let detail = format!("The query parameter {name} is there twice.");
                return Err(Problem::invalid_input(&name, detail));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// Returns a parameter's value.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns a parameter's value.
    ///
    /// # Errors
    ///
    /// If it is missing or empty.
    pub fn required(&self, name: &str) -> Result<&str, Problem> {
        let value = self.text(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| Problem::invalid_input(name, format!("The query parameter {name} is missing or empty.")))
    }

    /// Returns a parameter's number.
    ///
    /// # Errors
    ///
    /// If it is no number from 0 to 4294967295 in decimal digits.
    pub fn number(&self, name: &str) -> Result<Option<u32>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if is_decimal => Ok(Some(number)),
            _ => {
                let detail = format!("The query parameter {name} is not a number from 0 to {}.", u32::MAX);
                Err(Problem::invalid_input(name, detail))
            }
        }
    }

    /// Returns a parameter's truth.
    ///
    /// # Errors
    ///
    /// If it is neither `true` nor `false`.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        match self.text(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => {
                let detail = format!("The query parameter {name} is neither true nor false.");
                Err(Problem::invalid_input(name, detail))
            }
        }
    }
}

/// Decodes as HTML forms do, which all clients use for queries: `+` is a blank.
fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().ok().map(Into::into)
}

fn not_text(name: &str) -> Problem {
    Problem::invalid_input(name, "The query is not text in UTF-8.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(query: &str, allowed: &[&str]) -> serde_json::Value {
        serde_json::to_value(Query::read(query, allowed).unwrap_err()).unwrap()
    }

    #[test]
    fn parameters_are_decoded() {
        let query = Query::read(
            "title=%E4%BD%A0+a%2Bb&offset=007&empty=&&bare",
            &["title", "offset", "empty", "bare"],
        );
        let query = query.unwrap();
        assert_eq!(query.required("title").unwrap(), "你 a+b");
        assert_eq!(query.number("offset").unwrap(), Some(7));
        assert_eq!(query.number("count").unwrap(), None);
        assert_eq!(query.text("bare"), Some(""));
        assert!(query.required("empty").is_err() && query.required("count").is_err());
        assert!(query.number("empty").is_err());
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        let unknown = refusal("offset=1&foo=2", &["offset", "count"]);
        assert_eq!(unknown["subject"], "foo");
        assert_eq!(
            unknown["detail"],
            r#"The path has no query parameter "foo". It has offset, count."#
        );
        assert_eq!(
            refusal("a=1", &[])["detail"],
            r#"The path has no query parameter "a". It has none."#
        );
        let twice = refusal("a=1&a=1", &["a"]);
        assert_eq!((&twice["subject"], &twice["status"]), (&"a".into(), &422.into()));
        assert_eq!(refusal("a=%FF", &["a"])["subject"], "a");
        assert_eq!(refusal("%FF=1", &["a"])["subject"], "query");
        let long = refusal(&"x".repeat(100_000), &[]).to_string();
        assert!(long.len() < 1000, "{} bytes", long.len());
    }

    #[test]
    fn a_flag_is_true_or_false() {
        let flag = |query: &str| Query::read(query, &["a"]).unwrap().flag("a");
        assert_eq!(
            ["a=true", "a=false", ""].map(|query| flag(query).unwrap()),
            [Some(true), Some(false), None]
        );
        for wrong in ["a", "a=1", "a=True"] {
            assert_eq!(flag(wrong).unwrap_err().kind(), "invalid-input", "{wrong}");
        }
    }

    #[test]
    fn a_number_has_decimal_digits_only() {
        for wrong in ["-1", "%2B1", "1.0", "0x1", "4294967296", "1+", "٣"] {
            let query = Query::read(&format!("count={wrong}"), &["count"]).unwrap();
            let problem = serde_json::to_value(query.number("count").unwrap_err()).unwrap();
            assert_eq!(problem["subject"], "count", "{wrong}");
        }
    }
}
