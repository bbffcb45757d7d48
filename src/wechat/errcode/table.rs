//! The table of error codes (wechat-api §19): meaning and advice for each. A code has one row; the compiler warns
//! of a second one.

use crate::bindings::types::ErrorKind;

/// Meaning of an error code.
#[derive(Clone, Copy)]
pub struct Meaning {
    /// The kind of error.
    pub kind: ErrorKind,
    /// Something to do about it.
    pub advice: &'static str,
    /// Seconds to wait; 0 if waiting alone does not help or nobody knows how long.
    pub retry_after: u32,
}

macro_rules! table {
    ($($codes:pat => $kind:ident $(after $seconds:literal)?, $advice:expr;)*) => {
        /// Returns the meaning of a code for an ordinary call.
        pub const fn meaning(code: i32) -> Meaning {
            match code {
                $($codes => Meaning { kind: ErrorKind::$kind, advice: $advice, retry_after: 0 $(+ $seconds)? },)*
            }
        }
    };
}

pub const BUG: &str = "This should not happen: please report it with the errcode and the rid.";
pub const GONE: &str = "Check the id: it may be deleted, expired, published, or of another account.";
pub const SECRET: &str = "Check the AppSecret, or reset it on the developer platform.";

const ARGUMENT: &str = "Check the arguments of the call.";
const CALLBACK: &str = "This concerns the account's callback URL; check its settings.";
const FORMAT: &str = "Convert the file to a format that this operation takes.";
const LATER: &str = "Try again later.";
const MASS_MESSAGE: &str = "This concerns mass messages; check the receivers and the message.";
const MENU: &str = "This concerns menus; make the menu first.";
const NOTICE: &str = "Read the notices on mp.weixin.qq.com: the account, or this ability, is restricted.";
const PAGE: &str = "Use an offset of 0 or more and a count of 1 to 20.";
const PLATFORM: &str = "This concerns third-party platforms; use the account's own AppID and AppSecret.";
const REFERENCE: &str = "Check every media-id: the draft itself, and covers and pictures, which must be permanent \
                         images of this account that still exist.";
const RETIRED: &str = "WeChat has retired this API; use drafts.";
const SMALLER: &str = "Make the file smaller.";
const TOKEN: &str = "A token obtained just now was refused. Check that no other program forces new tokens, and that a \
                     token given by hand belongs to this AppID.";
const UNAUTHORIZED: &str = "The account may not use this API: see 接口权限 on the developer platform. Publishing is for \
                            verified enterprise accounts only, 公众号 and 服务号 alike; others publish their drafts by \
                            hand on mp.weixin.qq.com.";
const UNKNOWN: &str = "Look the errcode up in WeChat's documentation, or call account.explain with the rid.";
const USER: &str = "This concerns messages to users; the user has to allow it.";
const WHITELIST: &str = "Add this address to API IP白名单 on the developer platform (开发密钥), wait a minute and try again. \
                         It is the address of the machine that runs the plugin, as WeChat sees it.";

table! {
    // Credentials and tokens
    40001 | 40014 | 42001 => Credentials, TOKEN;
    40013 => Credentials, "Check the AppID: wx and 16 hexadecimal digits, of a 公众号 or 服务号.";
    40125 => Credentials, SECRET;
    40243 => Credentials, "Unfreeze the AppSecret on the developer platform; it takes about 10 minutes.";
    41001 => Credentials, BUG;
    41002 => Credentials, "Configure the AppID.";
    41004 => Credentials, "Configure the AppSecret.";
    42002 | 42003 | 42007 => Credentials, "Authorise again; the token's user changed something.";
    61024 => Credentials, "Use the AppID of a real 公众号 or 服务号, not that of a third-party platform.";

    // The address of the caller
    40164 | 45035 | 61004 => IpNotAllowed, WHITELIST;
    89501..=89505 => IpNotAllowed, "The account's administrator must confirm this address in WeChat; then try again.";
    89506 => IpNotAllowed after 86400,
        "The administrator refused this address. Talk to them; it is blocked for 24 hours.";
    89507 => IpNotAllowed after 3600,
        "The administrator refused this address. Talk to them; it is blocked for 1 hour.";

    // A busy server, and used up allowances
    -1 | 61450 | 268_487_001 => Busy after 5, LATER;
    45102 => Busy, LATER;
    45009 => Quota, "The daily allowance is used up. Wait for 00:00 Beijing time.";
    45011 => Quota after 60, "Slow down and try again after a minute.";
    45028 => Quota, "The allowance for mass messages is used up.";
    45066 => Quota after 60, "Wait a minute.";
    45101 => Quota, LATER;
    48006 => Quota, "Counters can be cleared 10 times a month; wait for the next month.";
    53501 => Quota after 600,
        "WeChat finds the requests too frequent. Wait some minutes, or hours, before publishing again.";

    // Abilities of the account
    43004 | 43101 | 48002 | 48008 | 50005 => Permission, USER;
    45103 | 45106 | 48009 => Permission, RETIRED;
    47009 => Permission, "WeChat has taken this API offline; use the one that replaces it.";
    48001 => Permission, UNAUTHORIZED;
    48003 => Permission, "The administrator must accept the mass-send protocol on mp.weixin.qq.com.";
    50001 | 50003 => Permission, "The account's owner has to authorise this API.";
    53404 => Permission, "The account is barred from commerce: remove the product cards.";
    53406 => Permission, "Open the commerce feature (带货) for the account, or remove the product cards.";
    61003 | 61007 | 61016 | 61023 => Permission, PLATFORM;
    76003 => Permission, "The rid belongs to another account.";
    76022 => Permission, "This account's kind may not use that API.";
    88000 => Permission, "The account has no comment feature: set comments to closed.";
    48004 | 48010 | 50002 | 50004 | 53500 | 200_011 => AccountState, NOTICE;
    48021 => AccountState, "Open the draft on mp.weixin.qq.com and save it by hand.";
    50007 => AccountState, "Unfreeze the account on mp.weixin.qq.com.";

    // Files
    40005 | 40113 | 9_001_008 => FileRejected, FORMAT;
    40006 | 40010 | 40011 | 45001 | 9_001_009 => FileRejected, SMALLER;
    40009 => FileRejected, "Make the picture smaller, in bytes or in pixels.";
    40012 => FileRejected, "A thumb has at most 64 KB.";
    40137 => FileRejected, "Encode the picture anew as an ordinary RGB jpg or png of moderate size.";
    41005 | 9_001_007 => FileRejected, BUG;
    44001 => FileRejected, "The file is empty; read it again.";
    45007 => FileRejected, "Cut the voice to 60 seconds.";

    // Content
    40155 => ContentRejected, "Remove links to other accounts' pages from the content.";
    45002 => ContentRejected, "Shorten the content: at most 20,000 visible characters, and 1 MiB of HTML.";
    45166 => ContentRejected,
        "Remove links, above all previews (tempkey=), and unusual markup; shorten the text of a picture message to \
         1,000 characters.";
    53405 => ContentRejected, "Check the product card and the state of the product.";
    53503 => ContentRejected, "Open the draft on mp.weixin.qq.com: it marks the parts that did not pass the check.";
    53504 => ContentRejected, "The draft uses features that only mp.weixin.qq.com can publish; publish it there.";
    53505 => ContentRejected, "Open the draft on mp.weixin.qq.com, save it by hand, then publish.";
    87014 => ContentRejected, "WeChat finds the content risky; change it.";

    // Things that are not there
    46001 => NotFound, "Upload the file again.";
    46003 | 65301 | 65307 => NotFound, MENU;
    46004 => NotFound, "No such user.";
    53502 => NotFound, "Check the ids; the draft may be gone.";
    53600 => NotFound, "Check the article-id: the publication may have been deleted.";
    76001 => NotFound, "Check the rid; WeChat keeps them for 7 days.";

    // Arguments of the caller's
    40002 => InvalidInput, "Check the publish-id: publish.submit returned it.";
    40007 | 40118 | 40121 => InvalidInput, REFERENCE;
    40008 | 40035 | 40038 | 47003 | 53010 | 61451 | 63001 | 10_170_002 | 10_170_003 => InvalidInput, ARGUMENT;
    40039 | 45006 => InvalidInput, "Shorten the URL.";
    40048 => InvalidInput, "Use another URL.";
    40060 => InvalidInput, "Check which article is meant: the index counts from 0.";
    40097 | 45164 | 45165 => InvalidInput, PAGE;
    40114 => InvalidInput, "The draft has fewer articles: the index counts from 0.";
    40130 | 40132 | 40152 | 40215 | 45062 => InvalidInput, MASS_MESSAGE;
    40201..=40203 => InvalidInput, CALLBACK;
    40227 => InvalidInput, "Give the article a title.";
    40229 => InvalidInput, "Give the article a cover: thumb-media-id.";
    41006 => InvalidInput, "Give a media-id.";
    41039 => InvalidInput, "Use a public http or https address as content-source-url, or none.";
    44003 => InvalidInput, "Give at least one article.";
    44004 => InvalidInput, "Give the article some text.";
    45003 => InvalidInput, "Shorten the title to 32 characters.";
    45004 => InvalidInput, "Shorten the digest to 120 characters.";
    45005 => InvalidInput, "Shorten the link.";
    45008 => InvalidInput, "Use at most 8 articles in one draft.";
    45065 => InvalidInput, "The same message was sent already; take it for sent.";
    45067 => InvalidInput, "Use a clientmsgid of at most 32 bytes.";
    45110 => InvalidInput, "Shorten the author to 16 characters.";
    48005 => InvalidInput, "A menu or an automatic reply uses this material; remove it there first.";
    53402 => InvalidInput, "Correct or leave out the cover crops, or use another cover.";
    61500 | 61501 | 61503 => InvalidInput, "This concerns statistics; check the dates.";
    76002 => InvalidInput, "A rid has three groups of 8 hexadecimal digits.";
    76004 => InvalidInput, "The rid is older than 7 days.";
    76021 => InvalidInput, "Give a path such as /cgi-bin/draft/add.";
    88001..=88009 => InvalidInput, "This concerns comments.";
    88010 => InvalidInput, "This concerns comments: list fewer than 50 at a time.";
    10_170_001 => InvalidInput, "Check the product id.";

    // Requests that this plugin does not make
    40004 | 40033 | 40066 | 40221 | 43001..=43003 | 44002 | 47001 | 87009 => InvalidInput, BUG;

    _ => Other, UNKNOWN;
}
