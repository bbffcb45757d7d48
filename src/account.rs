//! An Official Account: configuration, credentials, and what WeChat tells about its use.

use crate::bindings::types::{Config, Quota, RateLimit, RequestRecord, Token};
use crate::check;
use crate::compose::{figures, joined, number};
use crate::error::{Result, invalid};
use crate::find::{cut, find, parts};
use crate::secret::Secret;
use crate::transport::{Base, Clock, Timeouts, Transport};
use crate::wechat::call::{Client, Credentials, Network};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::json::write;
use crate::wechat::retry::DEFAULT_PAUSES;

/// WeChat's default host, routed to the nearest site (wechat-api §2.1).
const DEFAULT_BASE: &str = "https://api.weixin.qq.com";

/// A healthy connection takes well below a second; a cold one over a bad line some. The first byte of the reply to an
/// upload comes after 10 MB have gone up, here at 0.7 Mbit/s or more. Between two pieces only the line counts. The whole
/// leaves room for two such uploads and their pauses.
const DEFAULT_TIMEOUTS: Timeouts = Timeouts {
    connect: 10_000,
    first_byte: 120_000,
    between_bytes: 30_000,
    call: 300_000,
};

/// More repetitions than this are a mistake: they would only add to what makes a server busy.
const RETRIES_MAX: usize = 10;

/// First pause of `publish.wait` (wechat-api §13.2).
const DEFAULT_PUBLISH_POLL: u32 = 5_000;

/// <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getapiquota.html>
const QUOTA: Endpoint = Endpoint::post("/cgi-bin/openapi/quota/get");
/// <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getridinfo.html>
const RID: Endpoint = Endpoint::post("/cgi-bin/openapi/rid/get");

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
        let app_secret = Secret::new(config.app_secret);
        let token = config.token.map(|token| (Secret::new(token.value), token.seconds_left));
        word("app-id", &config.app_id)?;
        word("app-secret", app_secret.expose_secret())?;
        let base = base(config.api_base.as_deref().unwrap_or(DEFAULT_BASE))?;
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
            positive(name, value)?;
        }
        let publish_poll = config.publish_poll_milliseconds.unwrap_or(DEFAULT_PUBLISH_POLL);
        positive("publish-poll-milliseconds", publish_poll)?;
        let retry_pauses = config.retry_pauses_milliseconds.unwrap_or(DEFAULT_PAUSES.to_vec());
        if retry_pauses.len() > RETRIES_MAX {
            return Err(invalid(
                "retry-pauses-milliseconds",
                joined(&[&figures(retry_pauses.len()), " pauses; at most ", &figures(RETRIES_MAX)]),
                "Give fewer and longer pauses.",
            ));
        }
        let network = Network {
            base,
            timeouts,
            retry_pauses,
        };
        let credentials = Credentials {
            app_id: Secret::new(config.app_id),
            app_secret,
        };
        let client = Client::new(transport, network, credentials);
        if let Some((value, seconds_left)) = token {
            if value.expose_secret().is_empty() {
                return Err(invalid("token", "the token is empty", "Give a token, or none."));
            }
            client.adopt_token(value, seconds_left.into());
        }
        Ok(Self { client, publish_poll })
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
            return Err(invalid(
                "api-path",
                "api-path does not start with a slash",
                "Give the path without the host, such as /cgi-bin/draft/add.",
            ));
        }
        let mut answer = self
            .client
            .post(&QUOTA, write(|body| body.text("cgi_path", api_path)))
            .await?;
        let figures = answer.object("quota").ok_or_else(|| self.client.misshapen(&QUOTA))?;
        Ok(Quota {
            daily_limit: figures.count("daily_limit"),
            used: figures.count("used"),
            remaining: figures.count("remain"),
            rate_limit: answer.object("rate_limit").map(|limit| RateLimit {
                call_count: limit.count("call_count"),
                refresh_seconds: limit.count("refresh_second"),
            }),
        })
    }

    /// `account.explain`
    pub async fn explain(&self, rid: &str) -> Result<RequestRecord> {
        check::id("rid", rid)?;
        let mut answer = self.client.post(&RID, write(|body| body.text("rid", rid))).await?;
        let mut record = answer.object("request").ok_or_else(|| self.client.misshapen(&RID))?;
        let clean = |text: String| self.client.without_secrets(&text);
        Ok(RequestRecord {
            invoke_time: record.count("invoke_time"),
            cost_milliseconds: record.count("cost_in_ms"),
            request_url: clean(without_token(&record.text("request_url"))),
            request_body: clean(record.text("request_body")),
            response_body: clean(without_new_token(record.text("response_body"))),
            client_ip: clean(record.text("client_ip")),
        })
    }
}

/// A query string without the values of the parameters that are secrets.
fn without_token(query: &str) -> String {
    let mut clean = String::new();
    for parameter in parts(query, b'&') {
        if !clean.is_empty() {
            clean.push('&');
        }
        match cut(parameter, b'=') {
            Some((name, _)) if name.ends_with("access_token") || name.ends_with("secret") => {
                clean += name;
                clean += "=[redacted]";
            }
            _ => clean += parameter,
        }
    }
    clean
}

/// The reply of a token endpoint holds a token that may still be valid, and nothing else of use.
fn without_new_token(body: String) -> String {
    match find(body.as_bytes(), b"access_token\"") {
        Some(_) => "[redacted]".to_owned(),
        None => body,
    }
}

fn positive(subject: &str, value: u32) -> Result<()> {
    if value == 0 {
        return Err(invalid(
            subject,
            joined(&[subject, " is 0"]),
            "Give at least 1 millisecond, or leave it out for the default.",
        ));
    }
    Ok(())
}

/// App ids and secrets are letters and digits; a blank or a line break in one comes from copying.
fn word(subject: &str, value: &str) -> Result<()> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(invalid(
            subject,
            joined(&[
                subject,
                " is empty or has a character that is neither an ASCII letter nor a digit",
            ]),
            "Copy it again from the developer platform, without blanks.",
        ));
    }
    Ok(())
}

/// Scheme, host and port; nothing else may stand in a base, and no token goes over plain HTTP to another machine.
fn base(text: &str) -> Result<Base> {
    let refuse = |message: &str| {
        Err(invalid(
            "api-base",
            joined(&[message]),
            "Give scheme, host and optional port, such as https://api.weixin.qq.com.",
        ))
    };
    let (https, authority) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(authority), _) => (true, authority),
        (_, Some(authority)) => (false, authority),
        _ => return refuse("api-base does not start with https:// or http://"),
    };
    let authority = authority.strip_suffix("/").unwrap_or(authority);
    // Only an IPv6 address in brackets has colons of its own.
    let address_end = authority.bytes().rposition(|byte| byte == b']').unwrap_or_default();
    let behind_address = authority.bytes().skip(address_end);
    let port_colon = { behind_address }
        .position(|byte| byte == b':')
        .map(|at| address_end + at);
    let host = authority
        .get(..port_colon.unwrap_or(authority.len()))
        .unwrap_or_default();
    let port = port_colon.and_then(|at| authority.get(at + 1..));
    if port.is_some_and(|port| !matches!(number(port.as_bytes()), Some(1..=0xFFFF))) {
        return refuse("api-base has no valid port after its host");
    }
    let valid = match host.strip_prefix("[") {
        Some(address) => address.strip_suffix("]").is_some_and(|address| {
            cut(address, b':').is_some()
                && address
                    .bytes()
                    .all(|byte| matches!(byte, b':' | b'.') || byte.is_ascii_hexdigit())
        }),
        None => {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| matches!(byte, b'-' | b'.') || byte.is_ascii_alphanumeric())
        }
    };
    if !valid {
        return refuse("api-base has something other than a host and a port");
    }
    if !https && !is_loopback(host) {
        return refuse("api-base is http:// to another machine, where the token could be read on the way");
    }
    Ok(Base {
        https,
        authority: authority.to_owned(),
    })
}

/// `localhost`, `[::1]` and 127.0.0.0/8. (The standard library's address parser has more code than this whole file.)
fn is_loopback(host: &str) -> bool {
    let octet = |part: &str| matches!(number(part.as_bytes()), Some(0..=0xFF));
    let ipv4 = || parts(host, b'.').count() == 4 && parts(host, b'.').all(octet);
    matches!(host, "localhost" | "[::1]") || host.starts_with("127.") && ipv4()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;
    use crate::transport::stub::{Stub, block_on, config};

    #[test]
    fn bases_are_scheme_host_and_port() {
        for text in [
            "https://api.weixin.qq.com",
            "https://api2.weixin.qq.com/",
            "https://proxy.example:8443",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:80",
            "https://[2001:db8::1]",
        ] {
            assert!(base(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "api.weixin.qq.com",
            "ftp://api.weixin.qq.com",
            "HTTPS//x",
            "https://",
            "https://user@api.weixin.qq.com",
            "https://user:pass@api.weixin.qq.com",
            "https://api.weixin.qq.com/cgi-bin",
            "https://api.weixin.qq.com?x",
            "https://api.weixin.qq.com#x",
            "https://api.weixin.qq.com:0",
            "https://api.weixin.qq.com:",
            "https://api.weixin.qq.com:70000",
            "https://[::1",
            "https://[::1]x",
            "https://[x]",
            "https://a b",
            "http://api.weixin.qq.com",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "http://127.999.0.1",
            "https://api.weixin.qq.com:+443",
            "http://localhost.example.com",
        ] {
            let error = base(text).unwrap_err();
            assert_eq!(
                (error.kind, error.subject.as_deref()),
                (ErrorKind::InvalidInput, Some("api-base")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_configuration_is_checked_when_it_is_opened() {
        let refused = |change: fn(&mut Config)| {
            let mut config = config();
            change(&mut config);
            let error = Account::open(config, Stub::default()).err().unwrap();
            assert_eq!(error.kind, ErrorKind::InvalidInput);
            error.subject.unwrap()
        };
        assert_eq!(refused(|config| config.app_id.clear()), "app-id");
        assert_eq!(refused(|config| config.app_secret.push('\n')), "app-secret");
        assert_eq!(
            refused(|config| config.publish_poll_milliseconds = Some(0)),
            "publish-poll-milliseconds"
        );
        assert_eq!(
            refused(|config| {
                config.token = Some(Token {
                    value: String::new(),
                    seconds_left: 1,
                });
            }),
            "token"
        );
    }

    #[test]
    fn what_wechat_recorded_is_shown_without_secrets() {
        let stub = Stub::default();
        stub.answer(r#"{"access_token":"TOKEN","expires_in":7200}"#);
        stub.answer(
            r#"{"errcode":0,"request":{"invoke_time":1635156704,"cost_in_ms":30,"request_url":"type=image&access_token=50_Im7xxxx",
                "request_body":"{\"secret\":\"0123456789abcdef0123456789abcdef\"}","response_body":"TOKEN","client_ip":"113.xx.70.51"}}"#,
        );
        let account = Account::open(config(), stub).unwrap();
        let record = block_on(account.explain("61725984-6126f6f9-040f19c4")).unwrap();
        assert_eq!(record.request_url, "type=image&access_token=[redacted]");
        assert_eq!(record.request_body, "{\"secret\":\"[redacted]\"}");
        assert_eq!(record.response_body, "[redacted]");
        assert_eq!((record.invoke_time, record.cost_milliseconds), (1_635_156_704, 30));
    }
}
