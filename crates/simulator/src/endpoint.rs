//! The row of an endpoint in a table of routes, and the arguments of its handler.

use std::borrow::Cow;

use http::Method;

use crate::api_error::ApiError;
use crate::model::account::Account;
use crate::model::article::Article;
use crate::model::refused::RefusedRequests;
use crate::request::Request;
use crate::wire::reply::{Answer, ContentType};

/// Calls a day of an endpoint for which wechat-api §5 has no number.
pub(crate) const UNPUBLISHED: u64 = 1_000_000;

/// One endpoint.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) method: Method,
    /// Calls a day (wechat-api §5).
    pub(crate) per_day: u64,
    /// Content type of its JSON.
    pub(crate) content_type: ContentType,
    pub(crate) auth: Auth,
    pub(crate) handler: Handler,
}

/// Function that handles an authorized request.
pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Answer, ApiError>;

/// The way in which a request names its account.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Auth {
    /// An access token in the query.
    Token,
    /// App id and AppSecret, which this function reads.
    Credentials(fn(&Request) -> Result<Credentials, ApiError>),
}

/// App id and AppSecret of a request. An absent one is empty.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub(crate) app_id: String,
    pub(crate) secret: String,
}

/// An authorized request, with its account.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) account: &'a mut Account,
    pub(crate) refused: &'a RefusedRequests,
}

impl Call<'_> {
    /// Returns an article as a fault leaves it: of a request before it is stored, of a reply before it is written.
    pub(crate) fn altered<'a>(&self, article: &'a Article) -> Cow<'a, Article> {
        match self.request.alteration {
            Some(alteration) => Cow::Owned(alteration.applied(article)),
            None => Cow::Borrowed(article),
        }
    }
}

/// Makes a GET endpoint. All of these label their JSON in the same way.
pub(crate) const fn get(path: &'static str, per_day: u64, handler: Handler) -> Endpoint {
    Endpoint {
        path,
        method: Method::GET,
        per_day,
        content_type: ContentType::JsonEncoding,
        auth: Auth::Token,
        handler,
    }
}

/// Makes a POST endpoint.
pub(crate) const fn post(path: &'static str, per_day: u64, content_type: ContentType, handler: Handler) -> Endpoint {
    Endpoint {
        path,
        method: Method::POST,
        per_day,
        content_type,
        auth: Auth::Token,
        handler,
    }
}
