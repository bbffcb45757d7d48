//! Error codes of WeChat (wechat-api §19): their meaning, and the facts in the words beside them.

mod table;

use table::Meaning;

use crate::bindings::types::{Error, ErrorKind};
use crate::texts::{ErrcodesTexts, Texts};

/// Role of a call, as far as it changes the meaning of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Gets a token: 40001 then means a wrong secret.
    Token,
    /// Acts on the thing that its id names: 40007 then means that it is gone.
    Target,
    /// Anything else: an id is one of several arguments.
    Plain,
}

/// Returns whether a code means that the token was refused and nothing executed (wechat-api §6.4).
pub const fn is_refused_token(code: i32) -> bool {
    matches!(code, 40001 | 40014 | 42001)
}

/// Returns whether a code means that the server is busy just now (wechat-api §19.6).
pub const fn is_busy(code: i32) -> bool {
    matches!(code, -1 | 61450 | 268_487_001)
}

/// Makes the error for a refusal.
pub fn refusal(texts: &Texts, code: i32, errmsg: &str, role: Role) -> Box<Error> {
    let Meaning {
        kind,
        advice,
        retry_after,
    } = meaning(&texts.errcodes, code, role);
    Box::new(Error {
        kind,
        message: errmsg.to_owned(),
        advice: advice.to_owned(),
        errcode: Some(code),
        rid: rid(errmsg).map(str::to_owned),
        subject: match kind {
            ErrorKind::IpNotAllowed => caller_address(errmsg).map(str::to_owned),
            _ => None,
        },
        retry_after_seconds: (retry_after > 0).then_some(retry_after),
    })
}

const fn meaning(texts: &ErrcodesTexts, code: i32, role: Role) -> Meaning {
    let (kind, advice) = match (code, role) {
        (40001, Role::Token) => (ErrorKind::Credentials, texts.secret),
        (40002, Role::Token) => (ErrorKind::InvalidInput, texts.bug),
        (40007, Role::Target) => (ErrorKind::NotFound, texts.gone),
        _ => return table::meaning(texts, code),
    };
    Meaning {
        kind,
        advice,
        retry_after: 0,
    }
}

/// Returns WeChat's request id, which stands at the end of most messages (wechat-api §3.4).
fn rid(errmsg: &str) -> Option<&str> {
    let is_group = |group: &str| group.len() == 8 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut rest = errmsg;
    loop {
        (_, rest) = rest.split_once("rid: ")?;
        let candidate = rest.get(..26).unwrap_or_default();
        if candidate.split('-').count() == 3 && candidate.split('-').all(is_group) {
            return Some(candidate);
        }
    }
}

/// Returns the address that WeChat saw: the one to put on the whitelist (wechat-api §2.3). For a caller on IPv6 it
/// follows `ipv6`; for one on IPv4 the same address is there in its mapped form.
fn caller_address(errmsg: &str) -> Option<&str> {
    let address = |label| {
        let (_, rest) = errmsg.split_once(label)?;
        rest.split([' ', ',']).next().filter(|address| !address.is_empty())
    };
    match (address("invalid ip "), address(" ipv6 ")) {
        (_, Some(ipv6)) if ipv6.contains(':') && !ipv6.starts_with("::ffff:") => Some(ipv6),
        (first, _) => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    #[test]
    fn the_caller_s_address_is_the_one_to_allow() {
        for (errmsg, address) in [
            (
                "invalid ip 8.149.12.108 ipv6 ::ffff:8.149.12.108, not in whitelist rid: 67db812a-08959018-7d56a8b6",
                Some("8.149.12.108"),
            ),
            (
                "invalid ip 2001:db8::7 ipv6 2001:db8::7, not in whitelist",
                Some("2001:db8::7"),
            ),
            (
                "invalid ip 10.0.0.1 ipv6 2001:db8::7, not in whitelist",
                Some("2001:db8::7"),
            ),
            ("invalid ip 8.149.12.108, not in whitelist", Some("8.149.12.108")),
            ("invalid ip 8.149.12.108", Some("8.149.12.108")),
            ("invalid ip ", None),
            ("access clientip is not registered", None),
        ] {
            let error = refusal(&EN, 40164, errmsg, Role::Token);
            assert_eq!(error.kind, ErrorKind::IpNotAllowed);
            assert_eq!(error.subject.as_deref(), address, "{errmsg}");
        }
    }

    #[test]
    fn the_rid_is_found_only_where_it_is_one() {
        let errmsg = "invalid media_id hint: [LKjm.A069824-0] rid: 67db812a-08959018-7d56a8b6";
        let error = refusal(&EN, 40007, errmsg, Role::Plain);
        assert_eq!(error.rid.as_deref(), Some("67db812a-08959018-7d56a8b6"));
        let twice = "invalid rid: abc rid: 67db812a-08959018-7d56a8b6";
        assert_eq!(refusal(&EN, 76002, twice, Role::Plain).rid, error.rid);
        for errmsg in [
            "",
            "rid: ",
            "rid: 65f1...-....-....",
            "rid: 67db812a-08959018-7d56a8bg",
            "rid: 写写写写写写写写写",
        ] {
            assert_eq!(refusal(&EN, 40007, errmsg, Role::Plain).rid, None, "{errmsg}");
        }
    }

    #[test]
    fn some_codes_depend_on_the_call() {
        assert!(refusal(&EN, 40001, "", Role::Token).advice.contains("AppSecret"));
        assert!(refusal(&EN, 40001, "", Role::Plain).advice.contains("token"));
        assert_eq!(refusal(&EN, 40007, "", Role::Target).kind, ErrorKind::NotFound);
        assert_eq!(refusal(&EN, 40007, "", Role::Plain).kind, ErrorKind::InvalidInput);
    }

    #[test]
    fn a_retired_api_is_none_that_the_account_may_use() {
        for code in [45103, 45106, 47009, 48009] {
            let error = refusal(&EN, code, "this api is offline, please use the new api", Role::Plain);
            assert_eq!((error.kind, error.errcode), (ErrorKind::Permission, Some(code)));
        }
        assert!(refusal(&EN, 47009, "", Role::Plain).advice.contains("replaces"));
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        for code in [i32::MIN, -2, 1, 99_999, i32::MAX] {
            let error = refusal(&EN, code, "words", Role::Plain);
            assert_eq!(
                (error.kind, error.errcode, error.message.as_str()),
                (ErrorKind::Other, Some(code), "words")
            );
        }
    }

    #[test]
    fn waiting_is_advised_where_it_helps() {
        assert_eq!(refusal(&EN, 45011, "", Role::Plain).retry_after_seconds, Some(60));
        assert_eq!(refusal(&EN, 40007, "", Role::Plain).retry_after_seconds, None);
    }
}
