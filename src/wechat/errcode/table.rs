//! The table of error codes (wechat-api §19): the meaning of each, and the name of the advice about it. A code has one
//! row; the compiler warns of a second one.

use crate::bindings::types::ErrorKind;
use crate::texts::ErrcodesTexts;

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
    ($($codes:pat => $kind:ident $(after $seconds:literal)?, $advice:ident;)*) => {
        /// Returns the meaning of a code for an ordinary call.
        pub const fn meaning(texts: &ErrcodesTexts, code: i32) -> Meaning {
            match code {
                $($codes => Meaning { kind: ErrorKind::$kind, advice: texts.$advice, retry_after: 0 $(+ $seconds)? },)*
            }
        }
    };
}

table! {
    // Credentials and tokens
    40001 | 40014 | 42001 => Credentials, token;
    40013 => Credentials, app_id_form;
    40125 => Credentials, secret;
    40243 => Credentials, secret_frozen;
    41001 => Credentials, bug;
    41002 => Credentials, app_id;
    41004 => Credentials, app_secret;
    42002 | 42003 | 42007 => Credentials, authorise_again;
    61024 => Credentials, platform_app_id;

    // The address of the caller
    40164 | 45035 | 61004 => IpNotAllowed, whitelist;
    89501..=89505 => IpNotAllowed, confirm_address;
    89506 => IpNotAllowed after 86400, refused_for_a_day;
    89507 => IpNotAllowed after 3600, refused_for_an_hour;

    // A busy server, and used up allowances
    -1 | 61450 | 268_487_001 => Busy after 5, later;
    45102 => Busy, later;
    45009 => Quota, daily;
    45011 => Quota after 60, slow_down;
    45028 => Quota, mass_used_up;
    45066 => Quota after 60, a_minute;
    45101 => Quota, later;
    48006 => Quota, clear_quota;
    53501 => Quota after 600, too_frequent;

    // Abilities of the account
    43004 | 43101 | 48002 | 48008 | 50005 => Permission, user;
    45103 | 45106 | 48009 => Permission, retired;
    47009 => Permission, offline;
    48001 => Permission, unauthorized;
    48003 => Permission, protocol;
    50001 | 50003 => Permission, owner;
    53404 => Permission, barred;
    53406 => Permission, commerce;
    61003 | 61007 | 61016 | 61023 => Permission, platform;
    76003 => Permission, rid_of_another;
    76022 => Permission, kind_of_account;
    88000 => Permission, no_comments;
    48004 | 48010 | 50002 | 50004 | 53500 | 200_011 => AccountState, notice;
    48021 => AccountState, save_by_hand;
    50007 => AccountState, unfreeze;

    // Files
    40005 | 40113 | 9_001_008 => FileRejected, format;
    40006 | 40010 | 40011 | 45001 | 9_001_009 => FileRejected, smaller;
    40009 => FileRejected, smaller_picture;
    40012 => FileRejected, thumb_size;
    40137 => FileRejected, encode_anew;
    41005 | 9_001_007 => FileRejected, bug;
    44001 => FileRejected, file_empty;
    45007 => FileRejected, cut_voice;

    // Content
    40155 => ContentRejected, links;
    45002 => ContentRejected, shorten_content;
    45166 => ContentRejected, unusual_markup;
    53405 => ContentRejected, product;
    53503 => ContentRejected, marked_parts;
    53504 => ContentRejected, website_only;
    53505 => ContentRejected, save_then_publish;
    87014 => ContentRejected, risky;

    // Things that are not there
    46001 => NotFound, upload_again;
    46003 | 65301 | 65307 => NotFound, menu;
    46004 => NotFound, no_user;
    53502 => NotFound, draft_gone;
    53600 => NotFound, article_id;
    76001 => NotFound, rid;

    // Arguments of the caller's
    40002 => InvalidInput, publish_id;
    40007 | 40118 | 40121 => InvalidInput, reference;
    40008 | 40035 | 40038 | 47003 | 53010 | 61451 | 63001 | 10_170_002 | 10_170_003 => InvalidInput, argument;
    40039 | 45006 => InvalidInput, shorten_url;
    40048 => InvalidInput, another_url;
    40060 => InvalidInput, which_article;
    40097 | 45164 | 45165 => InvalidInput, page;
    40114 => InvalidInput, fewer_articles;
    40130 | 40132 | 40152 | 40215 | 45062 => InvalidInput, mass_message;
    40201..=40203 => InvalidInput, callback;
    40227 => InvalidInput, title;
    40229 => InvalidInput, cover;
    41006 => InvalidInput, media_id;
    41039 => InvalidInput, source_url;
    44003 => InvalidInput, no_article;
    44004 => InvalidInput, no_text;
    45003 => InvalidInput, shorten_title;
    45004 => InvalidInput, shorten_digest;
    45005 => InvalidInput, shorten_link;
    45008 => InvalidInput, articles;
    45065 => InvalidInput, sent_already;
    45067 => InvalidInput, client_message_id;
    45110 => InvalidInput, shorten_author;
    48005 => InvalidInput, in_use;
    53402 => InvalidInput, crops;
    61500 | 61501 | 61503 => InvalidInput, statistics;
    76002 => InvalidInput, rid_form;
    76004 => InvalidInput, rid_old;
    76021 => InvalidInput, api_path;
    88001..=88009 => InvalidInput, comments;
    88010 => InvalidInput, fewer_comments;
    10_170_001 => InvalidInput, product_id;

    // Requests that this plugin does not make
    40004 | 40033 | 40066 | 40221 | 43001..=43003 | 44002 | 47001 | 87009 => InvalidInput, bug;

    _ => Other, unknown;
}
