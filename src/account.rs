//! An Official Account: its configuration, its credentials and its quota.

mod base;

use serde::Serialize;

use crate::bindings::types::{Config, Quota, RateLimit, RequestRecord, Token};
use crate::check;
use crate::error::{Result, invalid};
use crate::secret::{Secret, mentions};
use crate::texts::Texts;
use crate::transport::{Clock, Timeouts, Transport};
use crate::wechat::attempt::HttpConfig;
use crate::wechat::client::Client;
use crate::wechat::credentials::Credentials;
use crate::wechat::endpoint::Endpoint;
use crate::wechat::fields::{Read, Structure};
use crate::wechat::object::Object;
use crate::wechat::pause::DEFAULT_PAUSES;

/// WeChat's default host, routed to the nearest site (wechat-api §2.1).
const DEFAULT_BASE: &str = "https://api.weixin.qq.com";

/// Timeouts of an account that names none, in milliseconds. A healthy connection takes well below a second; a cold one
/// over a bad line some. The first byte of the reply to an upload comes after 10 MB have gone up, here at 0.7 Mbit/s or
/// more. The pause between two pieces depends on the line alone. The whole leaves room for two such uploads and their
/// pauses.
const DEFAULT_TIMEOUTS: Timeouts = Timeouts {
    connect: 10_000,
    first_byte: 120_000,
    between_bytes: 30_000,
    call: 300_000,
};

/// Longest app secret. WeChat's have 32 characters; a placeholder for one has a prefix and a hash, of 512 bits at most
/// in hexadecimal digits.
const SECRET_MAX: usize = 256;

/// Most repetitions. More are a mistake: they would only keep a busy server busy.
const RETRIES_MAX: usize = 10;

/// First pause of `publish.wait` (wechat-api §13.2).
const DEFAULT_PUBLISH_POLL: u32 = 5_000;

/// <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getapiquota.html>
const QUOTA: Endpoint = Endpoint::post("/cgi-bin/openapi/quota/get");

#[derive(Serialize)]
struct QuotaRequest<'a> {
    cgi_path: &'a str,
}

struct QuotaReply {
    quota: Option<QuotaFigures>,
    rate_limit: Option<RateLimitFigures>,
}

impl Structure for QuotaReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            quota: object.object("quota")?,
            rate_limit: object.object("rate_limit")?,
        })
    }
}

struct QuotaFigures {
    daily_limit: u64,
    used: u64,
    remain: u64,
}

impl Structure for QuotaFigures {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            daily_limit: object.count("daily_limit")?,
            used: object.count("used")?,
            remain: object.count("remain")?,
        })
    }
}

struct RateLimitFigures {
    call_count: Option<u64>,
    refresh_second: Option<u64>,
}

impl Structure for RateLimitFigures {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            call_count: object.optional_count("call_count")?,
            refresh_second: object.optional_count("refresh_second")?,
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getridinfo.html>
const RID: Endpoint = Endpoint::post("/cgi-bin/openapi/rid/get");

#[derive(Serialize)]
struct RidRequest<'a> {
    rid: &'a str,
}

struct RidReply {
    request: Option<Record>,
}

impl Structure for RidReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            request: object.object("request")?,
        })
    }
}

/// The record of a request. May repeat secrets.
struct Record {
    invoke_time: u64,
    cost_in_ms: u64,
    request_url: String,
    request_body: String,
    response_body: String,
    client_ip: String,
}

impl Structure for Record {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            invoke_time: object.count("invoke_time")?,
            cost_in_ms: object.count_or_zero("cost_in_ms"),
            request_url: object.text("request_url"),
            request_body: object.text("request_body"),
            response_body: object.text("response_body"),
            client_ip: object.text("client_ip"),
        })
    }
}

/// An account that is ready for calls.
pub struct Account<T> {
    /// Makes the calls.
    pub client: Client<T>,
    /// First pause of `publish.wait`, in milliseconds.
    pub publish_poll: u32,
}

impl<T: Transport + Clock> Account<T> {
    /// Checks a configuration. Contacts nobody.
    pub fn open(config: Config, transport: T) -> Result<Self> {
        let texts = Texts::of(config.language);
        let app_secret = Secret::new(config.app_secret);
        let token = config.token.map(|token| (Secret::new(token.value), token.seconds_left));
        word(texts, "app-id", &config.app_id, "", usize::MAX)?;
        // A host may replace a placeholder such as `SECRET_` and a hash on the way out.
        word(texts, "app-secret", app_secret.expose_secret(), "_-", SECRET_MAX)?;
        let base = base::read(texts, config.api_base.as_deref().unwrap_or(DEFAULT_BASE))?;
        let timeouts = config.timeouts.map_or(DEFAULT_TIMEOUTS, |given| Timeouts {
            connect: given.connect_milliseconds,
            first_byte: given.first_byte_milliseconds,
            between_bytes: given.between_bytes_milliseconds,
            call: given.call_milliseconds,
        });
        for (name, value) in [
            ("timeouts.connect-milliseconds", timeouts.connect),
            ("timeouts.first-byte-milliseconds", timeouts.first_byte),
            ("timeouts.between-bytes-milliseconds", timeouts.between_bytes),
            ("timeouts.call-milliseconds", timeouts.call),
        ] {
            positive(texts, name, value)?;
        }
        let publish_poll = config.publish_poll_milliseconds.unwrap_or(DEFAULT_PUBLISH_POLL);
        positive(texts, "publish-poll-milliseconds", publish_poll)?;
        let retry_pauses = config.retry_pauses_milliseconds.unwrap_or(DEFAULT_PAUSES.to_vec());
        if retry_pauses.len() > RETRIES_MAX {
            return Err(invalid(
                "retry-pauses-milliseconds",
                texts.account.too_many_pauses.with([&retry_pauses.len(), &RETRIES_MAX]),
                texts.account.fewer_pauses,
            ));
        }
        let http = HttpConfig {
            base,
            timeouts,
            retry_pauses,
            texts,
        };
        let credentials = Credentials {
            app_id: Secret::new(config.app_id),
            app_secret,
        };
        let client = Client::new(transport, http, credentials, config.may_force_token.unwrap_or(true));
        if let Some((value, seconds_left)) = token {
            if value.expose_secret().is_empty() {
                return Err(invalid("token", texts.account.token_empty, texts.account.token_or_none));
            }
            client.set_token(value, seconds_left.into());
        }
        Ok(Self { client, publish_poll })
    }

    /// Returns the texts for the errors and findings of this account.
    pub(crate) const fn texts(&self) -> &'static Texts {
        self.client.texts()
    }

    /// `account.verify`
    pub async fn verify(&self) -> Result<u32> {
        let (_, seconds_left) = self.client.token().await?;
        Ok(seconds_left)
    }

    /// `account.access-token`
    pub async fn access_token(&self) -> Result<Token> {
        let (value, seconds_left) = self.client.token().await?;
        Ok(Token {
            value: value.expose_secret().to_owned(),
            seconds_left,
        })
    }

    /// `account.forget-token`
    pub fn forget_token(&self) {
        self.client.forget_token();
    }

    /// `account.quota`
    pub async fn quota(&self, api_path: &str) -> Result<Quota> {
        if !api_path.starts_with("/") {
            let texts = &self.texts().account;
            return Err(invalid("api-path", texts.path_without_slash, texts.path_wanted));
        }
        let reply: QuotaReply = self.client.post(&QUOTA, &QuotaRequest { cgi_path: api_path }).await?;
        let quota = reply.quota.ok_or_else(|| self.client.unexpected_shape(&QUOTA))?;
        Ok(Quota {
            daily_limit: quota.daily_limit,
            used: quota.used,
            remaining: quota.remain,
            rate_limit: reply.rate_limit.and_then(|limit| {
                Some(RateLimit {
                    call_count: limit.call_count?,
                    refresh_seconds: limit.refresh_second?,
                })
            }),
        })
    }

    /// `account.explain`
    pub async fn explain(&self, rid: &str) -> Result<RequestRecord> {
        check::id(self.texts(), "rid", rid)?;
        let reply: RidReply = self.client.post(&RID, &RidRequest { rid }).await?;
        let record = reply.request.ok_or_else(|| self.client.unexpected_shape(&RID))?;
        let clean = |text: &str| self.client.redact(text);
        Ok(RequestRecord {
            invoke_time: record.invoke_time,
            cost_milliseconds: record.cost_in_ms,
            request_url: clean(&without_token(&record.request_url)),
            request_body: clean(&record.request_body),
            response_body: clean(without_new_token(&record.response_body)),
            client_ip: clean(&record.client_ip),
        })
    }
}

/// Returns a query string without the values of the parameters that are secrets.
fn without_token(query: &str) -> String {
    let is_secret = |name: &str| mentions(name, "access_token") || mentions(name, "secret");
    let clean = |parameter: &str| match parameter.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=[redacted]"),
        // An encoded query has no `=` of its own.
        None if is_secret(parameter) => "[redacted]".to_owned(),
        _ => parameter.to_owned(),
    };
    query.split('&').map(clean).collect::<Vec<_>>().join("&")
}

/// Returns the body of a reply, unless it is that of a token endpoint: that one holds a token that may still be valid,
/// and nothing else of use.
fn without_new_token(body: &str) -> &str {
    match mentions(body, "access_token\"") {
        true => "[redacted]",
        false => body,
    }
}

fn positive(texts: &Texts, subject: &str, value: u32) -> Result<()> {
    if value == 0 {
        return Err(invalid(
            subject,
            texts.account.zero.with([&subject]),
            texts.account.a_millisecond,
        ));
    }
    Ok(())
}

/// Checks an app id or secret: ASCII letters, digits and the characters of `also`. A blank or a line break in one comes
/// from copying.
fn word(texts: &Texts, subject: &str, value: &str, also: &str, characters: usize) -> Result<()> {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || also.contains(character);
    let texts = &texts.account;
    let problem = match value {
        "" => texts.word_empty.with([&subject]),
        _ if !value.chars().all(is_allowed) => match also {
            "" => texts.word_characters.with([&subject]),
            _ => texts.word_characters_but.with([&subject, &also]),
        },
        _ if value.len() > characters => texts.word_long.with([&subject, &value.len(), &characters]),
        _ => return Ok(()),
    };
    Err(invalid(subject, problem, texts.copy_again))
}

#[cfg(test)]
mod tests;
