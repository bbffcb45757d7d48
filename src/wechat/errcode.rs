//! What WeChat's error codes mean: one table for all of them (wechat-api §19).

use crate::bindings::types::{Error, ErrorKind};
use crate::find::{after, before, cut, parts};
use ErrorKind::{
    AccountState, Busy, ContentRejected, Credentials, FileRejected, InvalidInput, IpNotAllowed, NotFound, Permission,
    Quota,
};

/// Which part a call plays, where that changes what a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Gets a token: 40001 then means a wrong secret.
    Token,
    /// Acts on the thing that its id names: 40007 then means that it is gone.
    Target,
    /// Anything else: an id is one of several arguments.
    Plain,
}

/// Codes that say that the token was refused and nothing executed (wechat-api §6.4).
pub fn is_refused_token(code: i32) -> bool {
    matches!(code, 40001 | 40014 | 42001)
}

/// Codes of a server that is busy and may not be the next moment (wechat-api §19.6).
pub fn is_busy(code: i32) -> bool {
    matches!(code, -1 | 61450 | 268_487_001)
}

/// The error for a refusal.
pub fn refusal(code: i32, errmsg: &str, role: Role) -> Box<Error> {
    let row = meaning(code, role);
    Box::new(Error {
        kind: row.kind,
        message: errmsg.to_owned(),
        advice: row.advice.to_owned(),
        errcode: Some(code),
        rid: rid(errmsg).map(str::to_owned),
        subject: match row.kind {
            IpNotAllowed => caller_address(errmsg).map(str::to_owned),
            _ => None,
        },
        retry_after_seconds: (row.retry_after > 0).then_some(row.retry_after),
    })
}

#[derive(Clone, Copy)]
struct Row {
    code: i32,
    kind: ErrorKind,
    advice: &'static str,
    /// Seconds; 0 where waiting alone does not help or nobody knows how long.
    retry_after: u32,
}

const fn row(code: i32, kind: ErrorKind, advice: &'static str, retry_after: u32) -> Row {
    Row {
        code,
        kind,
        advice,
        retry_after,
    }
}

fn meaning(code: i32, role: Role) -> Row {
    match (code, role) {
        (40001, Role::Token) => return row(code, Credentials, SECRET, 0),
        (40002, Role::Token) => return row(code, InvalidInput, BUG, 0),
        (40007, Role::Target) => return row(code, NotFound, GONE, 0),
        _ => {}
    }
    TABLE
        .binary_search_by_key(&code, |row| row.code)
        .ok()
        .and_then(|at| TABLE.get(at))
        .copied()
        .unwrap_or(row(code, ErrorKind::Other, UNKNOWN, 0))
}

/// WeChat's request id, at the end of most messages (wechat-api §3.4).
fn rid(errmsg: &str) -> Option<&str> {
    let mut rest = errmsg;
    loop {
        rest = after(rest, "rid: ")?;
        let candidate = rest.get(..26).unwrap_or_default();
        let well_formed = |group: &str| group.len() == 8 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if parts(candidate, b'-').count() == 3 && parts(candidate, b'-').all(well_formed) {
            return Some(candidate);
        }
    }
}

/// The address that WeChat saw: the one to put on the whitelist (wechat-api §2.3). For a caller on IPv6 it stands
/// after `ipv6`; for one on IPv4 that place has the same address in its mapped form.
fn caller_address(errmsg: &str) -> Option<&str> {
    let address = |label| {
        let rest = after(errmsg, label)?;
        rest.get(..before(rest.as_bytes(), b" ,").len())
            .filter(|address| !address.is_empty())
    };
    let (first, second) = (address("invalid ip "), address(" ipv6 "));
    match (first, second) {
        (_, Some(ipv6)) if cut(ipv6, b':').is_some() && !ipv6.starts_with("::ffff:") => Some(ipv6),
        _ => first,
    }
}

const ARGUMENT: &str = "Check the arguments of the call.";
const BUG: &str = "This should not happen: please report it with the errcode and the rid.";
const FORMAT: &str = "Convert the file to a format that this operation takes.";
const GONE: &str = "Check the id: it may be deleted, expired, published, or of another account.";
const LATER: &str = "Try again later.";
const NOTICE: &str = "Read the notices on mp.weixin.qq.com: the account, or this ability, is restricted.";
const REFERENCE: &str = "Check every media-id: the draft itself, and covers and pictures, which must be permanent images of this \
                         account that still exist.";
const SECRET: &str = "Check the AppSecret, or reset it on the developer platform.";
const SMALLER: &str = "Make the file smaller.";
const TOKEN: &str = "A token obtained just now was refused. Check that no other program forces new tokens, and that a token \
                     given by hand belongs to this AppID.";
const UNAUTHORIZED: &str = "The account may not use this API: see 接口权限 on the developer platform. Publishing needs a verified \
                            enterprise account; others publish their drafts by hand on mp.weixin.qq.com.";
const UNKNOWN: &str = "Look the errcode up in WeChat's documentation, or call account.explain with the rid.";
const WHITELIST: &str = "Add this address to API IP白名单 on the developer platform (开发密钥), wait a minute and try again. It is \
                         the address of the machine that runs the plugin, as WeChat sees it.";

/// Sorted by code.
static TABLE: &[Row] = &[
    row(-1, Busy, LATER, 5),
    row(40001, Credentials, TOKEN, 0),
    row(
        40002,
        InvalidInput,
        "Check the publish-id: it is what publish.submit returned.",
        0,
    ),
    row(40004, InvalidInput, BUG, 0),
    row(40005, FileRejected, FORMAT, 0),
    row(40006, FileRejected, SMALLER, 0),
    row(40007, InvalidInput, REFERENCE, 0),
    row(40008, InvalidInput, ARGUMENT, 0),
    row(
        40009,
        FileRejected,
        "Make the picture smaller, in bytes or in pixels.",
        0,
    ),
    row(40010, FileRejected, SMALLER, 0),
    row(40011, FileRejected, SMALLER, 0),
    row(40012, FileRejected, "A thumb has at most 64 KB.", 0),
    row(
        40013,
        Credentials,
        "Check the AppID: wx and 16 hexadecimal digits, of a 公众号 or 服务号.",
        0,
    ),
    row(40014, Credentials, TOKEN, 0),
    row(40033, InvalidInput, BUG, 0),
    row(40035, InvalidInput, ARGUMENT, 0),
    row(40038, InvalidInput, ARGUMENT, 0),
    row(40039, InvalidInput, "Shorten the URL.", 0),
    row(40048, InvalidInput, "Use another URL.", 0),
    row(
        40060,
        InvalidInput,
        "Check which article is meant: the index counts from 0.",
        0,
    ),
    row(40066, InvalidInput, BUG, 0),
    row(
        40097,
        InvalidInput,
        "Use an offset of 0 or more and a count of 1 to 20.",
        0,
    ),
    row(40113, FileRejected, FORMAT, 0),
    row(
        40114,
        InvalidInput,
        "The draft has fewer articles: the index counts from 0.",
        0,
    ),
    row(40118, InvalidInput, REFERENCE, 0),
    row(40121, InvalidInput, REFERENCE, 0),
    row(40125, Credentials, SECRET, 0),
    row(
        40130,
        InvalidInput,
        "This concerns mass messages; check the receivers and the message.",
        0,
    ),
    row(
        40132,
        InvalidInput,
        "This concerns mass messages; check the receivers and the message.",
        0,
    ),
    row(
        40137,
        FileRejected,
        "Encode the picture anew as an ordinary RGB jpg or png of moderate size.",
        0,
    ),
    row(
        40152,
        InvalidInput,
        "This concerns mass messages; check the receivers and the message.",
        0,
    ),
    row(
        40155,
        ContentRejected,
        "Remove links to other accounts' pages from the content.",
        0,
    ),
    row(40164, IpNotAllowed, WHITELIST, 0),
    row(
        40201,
        InvalidInput,
        "This concerns the account's callback URL; check its settings.",
        0,
    ),
    row(
        40202,
        InvalidInput,
        "This concerns the account's callback URL; check its settings.",
        0,
    ),
    row(
        40203,
        InvalidInput,
        "This concerns the account's callback URL; check its settings.",
        0,
    ),
    row(
        40215,
        InvalidInput,
        "This concerns mass messages; check the receivers and the message.",
        0,
    ),
    row(40221, InvalidInput, BUG, 0),
    row(40227, InvalidInput, "Give the article a title.", 0),
    row(40229, InvalidInput, "Give the article a cover: thumb-media-id.", 0),
    row(
        40243,
        Credentials,
        "Unfreeze the AppSecret on the developer platform; it takes about 10 minutes.",
        0,
    ),
    row(41001, Credentials, BUG, 0),
    row(41002, Credentials, "Configure the AppID.", 0),
    row(41004, Credentials, "Configure the AppSecret.", 0),
    row(41005, FileRejected, BUG, 0),
    row(41006, InvalidInput, "Give a media-id.", 0),
    row(
        41039,
        InvalidInput,
        "Use a public http or https address as content-source-url, or none.",
        0,
    ),
    row(42001, Credentials, TOKEN, 0),
    row(
        42002,
        Credentials,
        "Authorise again; the token's user changed something.",
        0,
    ),
    row(
        42003,
        Credentials,
        "Authorise again; the token's user changed something.",
        0,
    ),
    row(
        42007,
        Credentials,
        "Authorise again; the token's user changed something.",
        0,
    ),
    row(43001, InvalidInput, BUG, 0),
    row(43002, InvalidInput, BUG, 0),
    row(43003, InvalidInput, BUG, 0),
    row(
        43004,
        Permission,
        "This concerns messages to users; the user has to allow it.",
        0,
    ),
    row(
        43101,
        Permission,
        "This concerns messages to users; the user has to allow it.",
        0,
    ),
    row(44001, FileRejected, "The file is empty; read it again.", 0),
    row(44002, InvalidInput, BUG, 0),
    row(44003, InvalidInput, "Give at least one article.", 0),
    row(44004, InvalidInput, "Give the article some text.", 0),
    row(45001, FileRejected, SMALLER, 0),
    row(
        45002,
        ContentRejected,
        "Shorten the content: below 20,000 characters and 1 MB.",
        0,
    ),
    row(45003, InvalidInput, "Shorten the title to 32 characters.", 0),
    row(45004, InvalidInput, "Shorten the digest to 120 characters.", 0),
    row(45005, InvalidInput, "Shorten the link.", 0),
    row(45006, InvalidInput, "Shorten the URL.", 0),
    row(45007, FileRejected, "Cut the voice to 60 seconds.", 0),
    row(45008, InvalidInput, "Use at most 8 articles in one draft.", 0),
    row(
        45009,
        Quota,
        "The daily allowance is used up. Wait for 00:00 Beijing time.",
        0,
    ),
    row(45011, Quota, "Slow down and try again after a minute.", 60),
    row(45028, Quota, "The allowance for mass messages is used up.", 0),
    row(45035, IpNotAllowed, WHITELIST, 0),
    row(
        45062,
        InvalidInput,
        "This concerns mass messages; check the receivers and the message.",
        0,
    ),
    row(
        45065,
        InvalidInput,
        "The same message was sent already; take it for sent.",
        0,
    ),
    row(45066, Quota, "Wait a minute.", 60),
    row(45067, InvalidInput, "Use a clientmsgid of at most 32 bytes.", 0),
    row(45101, Quota, LATER, 0),
    row(45102, Busy, LATER, 0),
    row(45103, Permission, "WeChat has retired this API; use drafts.", 0),
    row(45106, Permission, "WeChat has retired this API; use drafts.", 0),
    row(45110, InvalidInput, "Shorten the author to 16 characters.", 0),
    row(
        45164,
        InvalidInput,
        "Use an offset of 0 or more and a count of 1 to 20.",
        0,
    ),
    row(
        45165,
        InvalidInput,
        "Use an offset of 0 or more and a count of 1 to 20.",
        0,
    ),
    row(
        45166,
        ContentRejected,
        "Remove links and unusual markup; shorten the text of a picture message to 1,000 characters.",
        0,
    ),
    row(46001, NotFound, "Upload the file again.", 0),
    row(46003, NotFound, "This concerns menus; make the menu first.", 0),
    row(46004, NotFound, "No such user.", 0),
    row(47001, InvalidInput, BUG, 0),
    row(47003, InvalidInput, ARGUMENT, 0),
    row(48001, Permission, UNAUTHORIZED, 0),
    row(
        48002,
        Permission,
        "This concerns messages to users; the user has to allow it.",
        0,
    ),
    row(
        48003,
        Permission,
        "The administrator must accept the mass-send protocol on mp.weixin.qq.com.",
        0,
    ),
    row(48004, AccountState, NOTICE, 0),
    row(
        48005,
        InvalidInput,
        "A menu or an automatic reply uses this material; remove it there first.",
        0,
    ),
    row(
        48006,
        Quota,
        "Counters can be cleared 10 times a month; wait for the next month.",
        0,
    ),
    row(
        48008,
        Permission,
        "This concerns messages to users; the user has to allow it.",
        0,
    ),
    row(48009, Permission, "WeChat has retired this API; use drafts.", 0),
    row(48010, AccountState, NOTICE, 0),
    row(
        48021,
        AccountState,
        "Open the draft on mp.weixin.qq.com and save it by hand.",
        0,
    ),
    row(50001, Permission, "The account's owner has to authorise this API.", 0),
    row(50002, AccountState, NOTICE, 0),
    row(50003, Permission, "The account's owner has to authorise this API.", 0),
    row(50004, AccountState, NOTICE, 0),
    row(
        50005,
        Permission,
        "This concerns messages to users; the user has to allow it.",
        0,
    ),
    row(50007, AccountState, "Unfreeze the account on mp.weixin.qq.com.", 0),
    row(53010, InvalidInput, ARGUMENT, 0),
    row(
        53402,
        InvalidInput,
        "Correct or leave out the cover crops, or use another cover.",
        0,
    ),
    row(
        53404,
        Permission,
        "The account is barred from commerce: remove the product cards.",
        0,
    ),
    row(
        53405,
        ContentRejected,
        "Check the product card and the state of the product.",
        0,
    ),
    row(
        53406,
        Permission,
        "Open the commerce feature (带货) for the account, or remove the product cards.",
        0,
    ),
    row(53500, AccountState, NOTICE, 0),
    row(
        53501,
        Quota,
        "WeChat finds the requests too frequent. Wait some minutes, or hours, before publishing again.",
        600,
    ),
    row(53502, NotFound, "Check the ids; the draft may be gone.", 0),
    row(
        53503,
        ContentRejected,
        "Open the draft on mp.weixin.qq.com: it marks what did not pass the check.",
        0,
    ),
    row(
        53504,
        ContentRejected,
        "The draft uses features that only mp.weixin.qq.com can publish; publish it there.",
        0,
    ),
    row(
        53505,
        ContentRejected,
        "Open the draft on mp.weixin.qq.com, save it by hand, then publish.",
        0,
    ),
    row(
        53600,
        NotFound,
        "Check the article-id: the publication may have been deleted.",
        0,
    ),
    row(
        61003,
        Permission,
        "This concerns third-party platforms; use the account's own AppID and AppSecret.",
        0,
    ),
    row(61004, IpNotAllowed, WHITELIST, 0),
    row(
        61007,
        Permission,
        "This concerns third-party platforms; use the account's own AppID and AppSecret.",
        0,
    ),
    row(
        61016,
        Permission,
        "This concerns third-party platforms; use the account's own AppID and AppSecret.",
        0,
    ),
    row(
        61023,
        Permission,
        "This concerns third-party platforms; use the account's own AppID and AppSecret.",
        0,
    ),
    row(
        61024,
        Credentials,
        "Use the AppID of a real 公众号 or 服务号, not that of a third-party platform.",
        0,
    ),
    row(61450, Busy, LATER, 5),
    row(61451, InvalidInput, ARGUMENT, 0),
    row(61500, InvalidInput, "This concerns statistics; check the dates.", 0),
    row(61501, InvalidInput, "This concerns statistics; check the dates.", 0),
    row(61503, InvalidInput, "This concerns statistics; check the dates.", 0),
    row(63001, InvalidInput, ARGUMENT, 0),
    row(65301, NotFound, "This concerns menus; make the menu first.", 0),
    row(65307, NotFound, "This concerns menus; make the menu first.", 0),
    row(76001, NotFound, "Check the rid; WeChat keeps them for 7 days.", 0),
    row(
        76002,
        InvalidInput,
        "A rid has three groups of 8 hexadecimal digits.",
        0,
    ),
    row(76003, Permission, "The rid belongs to another account.", 0),
    row(76004, InvalidInput, "The rid is older than 7 days.", 0),
    row(76021, InvalidInput, "Give a path such as /cgi-bin/draft/add.", 0),
    row(76022, Permission, "This account's kind may not use that API.", 0),
    row(87009, InvalidInput, BUG, 0),
    row(87014, ContentRejected, "WeChat finds the content risky; change it.", 0),
    row(
        88000,
        Permission,
        "The account has no comment feature: set comments to closed.",
        0,
    ),
    row(88001, InvalidInput, "This concerns comments.", 0),
    row(88002, InvalidInput, "This concerns comments.", 0),
    row(88003, InvalidInput, "This concerns comments.", 0),
    row(88004, InvalidInput, "This concerns comments.", 0),
    row(88005, InvalidInput, "This concerns comments.", 0),
    row(88006, InvalidInput, "This concerns comments.", 0),
    row(88007, InvalidInput, "This concerns comments.", 0),
    row(88008, InvalidInput, "This concerns comments.", 0),
    row(88009, InvalidInput, "This concerns comments.", 0),
    row(88010, InvalidInput, "This concerns comments.", 0),
    row(
        89501,
        IpNotAllowed,
        "The account's administrator must confirm this address in WeChat; then try again.",
        0,
    ),
    row(
        89502,
        IpNotAllowed,
        "The account's administrator must confirm this address in WeChat; then try again.",
        0,
    ),
    row(
        89503,
        IpNotAllowed,
        "The account's administrator must confirm this address in WeChat; then try again.",
        0,
    ),
    row(
        89504,
        IpNotAllowed,
        "The account's administrator must confirm this address in WeChat; then try again.",
        0,
    ),
    row(
        89505,
        IpNotAllowed,
        "The account's administrator must confirm this address in WeChat; then try again.",
        0,
    ),
    row(
        89506,
        IpNotAllowed,
        "The administrator refused this address. Talk to them; it is blocked for 24 hours.",
        86400,
    ),
    row(
        89507,
        IpNotAllowed,
        "The administrator refused this address. Talk to them; it is blocked for 1 hour.",
        3600,
    ),
    row(200011, AccountState, NOTICE, 0),
    row(9001007, FileRejected, BUG, 0),
    row(9001008, FileRejected, FORMAT, 0),
    row(9001009, FileRejected, SMALLER, 0),
    row(10170001, InvalidInput, "Check the product id.", 0),
    row(10170002, InvalidInput, ARGUMENT, 0),
    row(10170003, InvalidInput, ARGUMENT, 0),
    row(268487001, Busy, LATER, 5),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_has_each_code_once() {
        assert!(TABLE.is_sorted_by(|a, b| a.code < b.code));
    }

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
            let error = refusal(40164, errmsg, Role::Token);
            assert_eq!(error.kind, IpNotAllowed);
            assert_eq!(error.subject.as_deref(), address, "{errmsg}");
        }
    }

    #[test]
    fn the_rid_is_found_only_where_it_is_one() {
        let errmsg = "invalid media_id hint: [LKjm.A069824-0] rid: 67db812a-08959018-7d56a8b6";
        let error = refusal(40007, errmsg, Role::Plain);
        assert_eq!(error.rid.as_deref(), Some("67db812a-08959018-7d56a8b6"));
        let twice = "invalid rid: abc rid: 67db812a-08959018-7d56a8b6";
        assert_eq!(refusal(76002, twice, Role::Plain).rid, error.rid);
        for errmsg in [
            "",
            "rid: ",
            "rid: 65f1...-....-....",
            "rid: 67db812a-08959018-7d56a8bg",
            "rid: 写写写写写写写写写",
        ] {
            assert_eq!(refusal(40007, errmsg, Role::Plain).rid, None, "{errmsg}");
        }
    }

    #[test]
    fn some_codes_depend_on_the_call() {
        assert!(refusal(40001, "", Role::Token).advice.contains("AppSecret"));
        assert!(refusal(40001, "", Role::Plain).advice.contains("token"));
        assert_eq!(refusal(40007, "", Role::Target).kind, NotFound);
        assert_eq!(refusal(40007, "", Role::Plain).kind, InvalidInput);
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        for code in [i32::MIN, -2, 1, 99_999, i32::MAX] {
            let error = refusal(code, "words", Role::Plain);
            assert_eq!(
                (error.kind, error.errcode, error.message.as_str()),
                (ErrorKind::Other, Some(code), "words")
            );
        }
    }

    #[test]
    fn waiting_is_advised_where_it_helps() {
        assert_eq!(refusal(45011, "", Role::Plain).retry_after_seconds, Some(60));
        assert_eq!(refusal(40007, "", Role::Plain).retry_after_seconds, None);
    }
}
