//! The calls that operations make. An answer without something that its page promises is an error.

use serde::Serialize;

use super::attempt::{HttpConfig, Outgoing, Sender};
use super::attempt_error::unexpected_shape;
use super::body;
use super::credentials::Credentials;
use super::endpoint::Endpoint;
use super::fields::Structure;
use super::multipart::Form;
use super::object::Object;
use super::page::Page;
use super::replay;
use super::reply::Reply;
use super::token::TokenCache;
use crate::bindings::types::{Download, Error};
use crate::error::Result;
use crate::secret::Secret;
use crate::texts::Texts;
use crate::transport::{Body, Clock, Transport};

/// Makes calls for one account, and keeps its token.
pub struct Client<T> {
    /// The transport and its clock.
    pub transport: T,
    config: HttpConfig,
    credentials: Credentials,
    tokens: TokenCache,
}

/// An answer that may be a file.
pub enum FileOrObject {
    /// A file.
    File(Download),
    /// A JSON object.
    Object(Object),
}

impl<T: Transport + Clock> Client<T> {
    /// Makes a client without a token, which may force one or not.
    pub const fn new(transport: T, config: HttpConfig, credentials: Credentials, may_force_token: bool) -> Self {
        Self {
            transport,
            config,
            credentials,
            tokens: TokenCache::new(may_force_token),
        }
    }

    /// Returns the texts of errors.
    pub const fn texts(&self) -> &'static Texts {
        self.config.texts
    }

    /// Makes a call by GET.
    pub async fn get<R: Structure>(&self, endpoint: &Endpoint) -> Result<R> {
        read(self.texts(), endpoint, self.call(endpoint, Outgoing::default()).await?)
    }

    /// Makes a call by GET with a query, whose answer may be a file.
    pub async fn get_file(&self, endpoint: &Endpoint, query: &[(&str, &str)]) -> Result<FileOrObject> {
        let outgoing = Outgoing {
            query,
            ..Outgoing::default()
        };
        file_or_object(self.texts(), endpoint, self.call(endpoint, outgoing).await?)
    }

    /// Makes a call by POST.
    pub async fn post<R: Structure>(&self, endpoint: &Endpoint, request: &impl Serialize) -> Result<R> {
        read(
            self.texts(),
            endpoint,
            self.post_body(endpoint, &body::json(request)).await?,
        )
    }

    /// Makes a call by POST whose answer may be a file.
    pub async fn post_for_file(&self, endpoint: &Endpoint, request: &impl Serialize) -> Result<FileOrObject> {
        file_or_object(
            self.texts(),
            endpoint,
            self.post_body(endpoint, &body::json(request)).await?,
        )
    }

    /// Makes a call by POST that answers with nothing but a status. An answer without errcode is somebody else's: taken
    /// for a success it would report a deletion that never happened.
    pub async fn post_for_status(&self, endpoint: &Endpoint, request: &impl Serialize) -> Result<()> {
        match self.post_body(endpoint, &body::json(request)).await? {
            Reply::Object(object) if object.has("errcode") => Ok(()),
            _ => Err(self.unexpected_shape(endpoint)),
        }
    }

    /// Makes a call by POST for a page of a list that begins at `offset`.
    pub async fn post_for_page<L: Structure>(
        &self,
        endpoint: &Endpoint,
        request: &impl Serialize,
        offset: u32,
    ) -> Result<Page<L>> {
        let reply = object(
            self.texts(),
            endpoint,
            self.post_body(endpoint, &body::json(request)).await?,
        )?;
        Page::read(reply, offset).ok_or_else(|| self.unexpected_shape(endpoint))
    }

    /// Makes an upload.
    pub async fn upload<R: Structure>(
        &self,
        endpoint: &Endpoint,
        query: &[(&str, &str)],
        form: &Form<'_>,
    ) -> Result<R> {
        let outgoing = Outgoing {
            query,
            content_type: &form.content_type,
            body: form.body(),
            ..Outgoing::default()
        };
        read(self.texts(), endpoint, self.call(endpoint, outgoing).await?)
    }

    async fn post_body(&self, endpoint: &Endpoint, body: &[u8]) -> Result<Reply> {
        let outgoing = Outgoing {
            content_type: body::CONTENT_TYPE,
            body: Body::whole(body),
            ..Outgoing::default()
        };
        self.call(endpoint, outgoing).await
    }

    async fn call(&self, endpoint: &Endpoint, outgoing: Outgoing<'_>) -> Result<Reply> {
        replay::call(&self.sender(), &self.tokens, endpoint, outgoing).await
    }

    fn sender(&self) -> Sender<'_, T> {
        Sender {
            transport: &self.transport,
            config: &self.config,
            credentials: &self.credentials,
        }
    }

    /// Returns when a call that begins now ends.
    pub fn deadline(&self) -> u64 {
        self.sender().deadline(self.transport.now())
    }

    /// Returns a valid token and the seconds it has left.
    pub async fn token(&self) -> Result<(Secret, u32)> {
        let now = self.transport.now();
        self.tokens.get(&self.sender(), now, self.sender().deadline(now)).await
    }

    /// Takes a token that somebody else got.
    pub fn set_token(&self, value: Secret, seconds_left: u64) {
        self.tokens.set(value, seconds_left, self.transport.now());
    }

    /// Forgets the token.
    pub fn forget_token(&self) {
        self.tokens.forget();
    }

    /// Removes the credentials and the current token from a text.
    pub fn redact(&self, text: &str) -> String {
        self.credentials.redact(text, self.tokens.cached().as_ref())
    }

    /// Makes the error for an answer without something that its page promises.
    pub fn unexpected_shape(&self, endpoint: &Endpoint) -> Box<Error> {
        unexpected_shape(self.texts(), endpoint)
    }
}

fn object(texts: &Texts, endpoint: &Endpoint, reply: Reply) -> Result<Object> {
    match reply {
        Reply::Object(object) => Ok(object),
        _ => Err(unexpected_shape(texts, endpoint)),
    }
}

fn read<R: Structure>(texts: &Texts, endpoint: &Endpoint, reply: Reply) -> Result<R> {
    object(texts, endpoint, reply)?
        .read()
        .ok_or_else(|| unexpected_shape(texts, endpoint))
}

fn file_or_object(texts: &Texts, endpoint: &Endpoint, reply: Reply) -> Result<FileOrObject> {
    match reply {
        Reply::File(file) => Ok(FileOrObject::File(file)),
        reply => object(texts, endpoint, reply).map(FileOrObject::Object),
    }
}

#[cfg(test)]
mod tests;
