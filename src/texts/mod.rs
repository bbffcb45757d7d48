//! The texts for people: messages, advice and findings, with a table for each language. The compiler refuses a table
//! that lacks a text, and a text that lacks one of its arguments.
//!
//! The structs have the texts of one part of the crate each. The table is chosen where a call comes in, and handed
//! down.

// A text says what it is; those with arguments name them.
#![allow(missing_docs, reason = "the tables have the texts themselves")]

mod en;
mod zh;

#[cfg(test)]
mod tests;

pub use en::EN;
use wechat_official_account_language::Text;
pub use zh::ZH;

use crate::bindings::types::Language;

/// The number of structure rules that the text of an article can break.
pub const RULES: usize = 16;
/// The number of kinds of markup that does not arrive, or does not look as it should.
pub const KINDS: usize = 17;
/// The number of kinds of losses of pictures.
pub const LOSSES: usize = 9;

/// All texts in one language.
pub struct Texts {
    /// The configuration of an account, and arguments of calls.
    pub account: AccountTexts,
    /// Ids. Problems follow the field's name.
    pub ids: IdsTexts,
    /// Files.
    pub files: FilesTexts,
    /// The preparation of an article's pictures.
    pub content: ContentTexts,
    /// Findings in general. Their messages follow the field's name.
    pub report: ReportTexts,
    /// Markup that WeChat removes, or that does not look the same everywhere; each after the number of places.
    pub markup: MarkupTexts,
    /// The structure rules of WeChat's editor.
    pub structure: [&'static str; RULES],
    /// What WeChat changed. Messages follow the field's name.
    pub compare: CompareTexts,
    /// Exchanges that fail.
    pub transport: TransportTexts,
    /// Attempts without a clear answer.
    pub attempt: AttemptTexts,
    /// Replies that are not WeChat's.
    pub reply: ReplyTexts,
    /// Advice about WeChat's error codes.
    pub errcodes: ErrcodesTexts,
}

impl Texts {
    /// Returns the texts of a language; those in English if none was chosen.
    pub const fn of(language: Option<Language>) -> &'static Self {
        match language {
            None | Some(Language::En) => &EN,
            Some(Language::Zh) => &ZH,
        }
    }
}

/// The configuration of an account, and arguments of calls.
pub struct AccountTexts {
    /// The number of pauses, and the most.
    pub too_many_pauses: Text<2>,
    pub fewer_pauses: &'static str,
    pub token_empty: &'static str,
    pub token_or_none: &'static str,
    pub path_without_slash: &'static str,
    pub path_wanted: &'static str,
    /// The field.
    pub zero: Text<1>,
    pub a_millisecond: &'static str,
    /// The field.
    pub word_empty: Text<1>,
    /// The field.
    pub word_characters: Text<1>,
    /// The field, and the characters that it may have besides.
    pub word_characters_but: Text<2>,
    /// The field, its length, and the most.
    pub word_long: Text<3>,
    pub copy_again: &'static str,
    pub base_wanted: &'static str,
    pub base_scheme: &'static str,
    pub base_port: &'static str,
    pub base_other: &'static str,
    pub base_remote: &'static str,
    pub video_title_empty: &'static str,
    pub video_title_wanted: &'static str,
    /// The index, and the number below which it must be.
    pub index_large: Text<2>,
    pub index_wanted: &'static str,
    /// The count, and the most.
    pub count_wrong: Text<2>,
    pub count_wanted: &'static str,
    pub not_finished: &'static str,
    pub report_it: &'static str,
}

/// Ids. Problems follow the field's name.
pub struct IdsTexts {
    /// The field, and its problem.
    pub problem: Text<2>,
    pub wanted: &'static str,
    pub empty: &'static str,
    pub url: &'static str,
    pub path: &'static str,
    pub blank: &'static str,
    pub file_name: &'static str,
    pub temporary_file: &'static str,
    pub characters: &'static str,
}

/// Files.
pub struct FilesTexts {
    pub image: &'static str,
    pub voice: &'static str,
    pub video: &'static str,
    pub thumb: &'static str,
    pub article_image: &'static str,
    pub temporary_image: &'static str,
    pub temporary_voice: &'static str,
    pub temporary_video: &'static str,
    pub temporary_thumb: &'static str,
    /// What was found, and the rules.
    pub refused: Text<2>,
    /// The format, and the size.
    pub found: Text<2>,
    /// What was found, and its problem.
    pub problem: Text<2>,
    pub empty: &'static str,
    pub unknown: &'static str,
    pub read_again: &'static str,
    pub convert: &'static str,
    pub replace: &'static str,
    pub damaged: &'static str,
    /// The width and the height.
    pub pixels: Text<2>,
    pub cmyk: &'static str,
    pub no_tracks: &'static str,
    pub no_video_track: &'static str,
    /// The length.
    pub seconds: Text<1>,
    pub placeholder: &'static str,
    pub name_the_real_one: &'static str,
}

/// The preparation of an article's pictures.
pub struct ContentTexts {
    /// The most.
    pub too_many_addresses: Text<1>,
    pub split: &'static str,
    pub data_broken: &'static str,
    pub encode_again: &'static str,
    pub attachment_unnamed: &'static str,
    pub attachment_name_wanted: &'static str,
    /// The name.
    pub attachments_alike: Text<1>,
    pub attachment_own_name: &'static str,
    pub time_over: &'static str,
    pub prepare_again: &'static str,
    /// The media-id.
    pub no_url: Text<1>,
    pub look_for_url: &'static str,
}

/// Findings in general. Their messages follow the field's name.
pub struct ReportTexts {
    /// The field, and the message.
    pub finding: Text<2>,
    pub empty: &'static str,
    /// The number, its unit and the most, which WeChat enforces.
    pub refused: Text<3>,
    /// The number, its unit and the most by WeChat's page.
    pub documented: Text<3>,
    /// The number, its unit and the most that was seen.
    pub in_practice: Text<3>,
    /// A unit.
    pub articles: &'static str,
    /// A unit.
    pub characters: &'static str,
    /// A unit.
    pub visible_characters: &'static str,
    /// A unit.
    pub bytes: &'static str,
    /// A unit.
    pub pictures: &'static str,
    /// A unit.
    pub product_cards: &'static str,
    /// The number.
    pub control_characters: Text<1>,
    pub digest_of_several: &'static str,
    /// The problem, and `id_wanted`.
    pub id_wrong: Text<2>,
    /// The index, the problem, and `id_wanted`.
    pub id_wrong_at: Text<3>,
    pub id_wanted: &'static str,
    /// The problem.
    pub url_wrong: Text<1>,
    pub url_blank: &'static str,
    pub url_backslash: &'static str,
    pub url_private: &'static str,
    pub url_port: &'static str,
    pub url_scheme: &'static str,
    /// The shape.
    pub crop_landscape: Text<1>,
    /// The shape.
    pub crop_twice: Text<1>,
    /// The shape.
    pub crop_outside: Text<1>,
    /// The number of the rule, and its text.
    pub rule: Text<2>,
    /// The message, the number of places, and that of the listed ones.
    pub rule_cut: Text<3>,
    /// The index of the article, and the message.
    pub of_article: Text<2>,
    /// The message, and the number of other errors.
    pub more: Text<2>,
    pub correct: &'static str,
    /// The number of places, what they are, and the first.
    pub first: Text<3>,
    /// Between two parts of a list.
    pub between: &'static str,
}

/// Markup that WeChat removes, or that does not look the same everywhere; each after the number of places.
pub struct MarkupTexts {
    /// The numbers and names of the elements.
    pub outside: Text<1>,
    /// The name of the element.
    pub removed: Text<1>,
    pub in_text: &'static str,
    /// The number.
    pub no_picture_width: Text<1>,
    /// In the order of the kinds.
    pub kinds: [&'static str; KINDS],
    /// In the order of the losses.
    pub losses: [&'static str; LOSSES],
}

/// What WeChat changed. Messages follow the field's name.
pub struct CompareTexts {
    pub kind: &'static str,
    pub comments: &'static str,
    pub not_returned: &'static str,
    /// What was sent.
    pub dropped: Text<1>,
    /// What is stored, and what was sent.
    pub other: Text<2>,
    /// The number.
    pub pictures_order: Text<1>,
    /// The number, and that of the missing ones.
    pub pictures_missing: Text<2>,
    /// The number that is missing, and which.
    pub pictures_less: Text<2>,
    /// The number that is missing, and which.
    pub links_less: Text<2>,
    /// The number that is missing, and which.
    pub elements_less: Text<2>,
    /// The number that is missing, and which.
    pub styles_less: Text<2>,
    /// The message so far, and the number of empty attributes.
    pub styles_empty: Text<2>,
    /// The characters stored and sent, the first that differs, what was sent from there on, and what is stored.
    pub text: Text<5>,
    /// The names, and the number of others.
    pub names_more: Text<2>,
}

/// Exchanges that fail.
pub struct TransportTexts {
    pub name_unresolved: &'static str,
    pub unreachable: &'static str,
    pub not_allowed: &'static str,
    /// The reason.
    pub insecure: Text<1>,
    pub untrusted: &'static str,
    pub tls: &'static str,
    pub tls_in_reply: &'static str,
    /// The number.
    pub alert: Text<1>,
    /// The number, and its name.
    pub alert_named: Text<2>,
    pub alert_without_number: &'static str,
    pub not_connected_in_time: &'static str,
    pub not_in_time: &'static str,
    pub broken: &'static str,
    pub failed: &'static str,
    pub broken_in_reply: &'static str,
    pub no_stream: &'static str,
    pub no_body_to_write: &'static str,
    pub no_body_to_read: &'static str,
    pub no_reply: &'static str,
    pub time_over: &'static str,
    /// The limit in bytes.
    pub too_long: Text<1>,
    /// The bytes that came, and that were announced.
    pub ended_early: Text<2>,
    pub no_memory: &'static str,
    pub parts_refused: &'static str,
}

/// Attempts without a clear answer.
pub struct AttemptTexts {
    pub check_tls: &'static str,
    pub denied: &'static str,
    pub not_sent: &'static str,
    pub try_again: &'static str,
    pub fewer: &'static str,
    pub later: &'static str,
    pub not_wechat: &'static str,
    /// The path, and the problem.
    pub at: Text<2>,
    pub shape: &'static str,
    /// The message, and the beginning of the reply.
    pub begins: Text<2>,
    pub not_forced: &'static str,
    pub find_draft: &'static str,
    pub find_material: &'static str,
    pub find_publication: &'static str,
    pub find_deletion: &'static str,
}

/// Replies that are not WeChat's.
pub struct ReplyTexts {
    pub empty: &'static str,
    pub page: &'static str,
    pub no_json: &'static str,
    /// The encoding.
    pub encoded: Text<1>,
    /// The status.
    pub status: Text<1>,
    /// The status.
    pub redirect: Text<1>,
    pub errcode: &'static str,
}

/// Advice about WeChat's error codes.
pub struct ErrcodesTexts {
    pub bug: &'static str,
    pub gone: &'static str,
    pub secret: &'static str,
    pub argument: &'static str,
    pub callback: &'static str,
    pub format: &'static str,
    pub later: &'static str,
    pub mass_message: &'static str,
    pub menu: &'static str,
    pub notice: &'static str,
    pub page: &'static str,
    pub platform: &'static str,
    pub reference: &'static str,
    pub retired: &'static str,
    pub smaller: &'static str,
    pub token: &'static str,
    pub unauthorized: &'static str,
    pub unknown: &'static str,
    pub user: &'static str,
    pub whitelist: &'static str,
    pub app_id_form: &'static str,
    pub secret_frozen: &'static str,
    pub app_id: &'static str,
    pub app_secret: &'static str,
    pub authorise_again: &'static str,
    pub platform_app_id: &'static str,
    pub confirm_address: &'static str,
    pub refused_for_a_day: &'static str,
    pub refused_for_an_hour: &'static str,
    pub daily: &'static str,
    pub slow_down: &'static str,
    pub mass_used_up: &'static str,
    pub a_minute: &'static str,
    pub clear_quota: &'static str,
    pub too_frequent: &'static str,
    pub offline: &'static str,
    pub protocol: &'static str,
    pub owner: &'static str,
    pub barred: &'static str,
    pub commerce: &'static str,
    pub rid_of_another: &'static str,
    pub kind_of_account: &'static str,
    pub no_comments: &'static str,
    pub save_by_hand: &'static str,
    pub unfreeze: &'static str,
    pub smaller_picture: &'static str,
    pub thumb_size: &'static str,
    pub encode_anew: &'static str,
    pub file_empty: &'static str,
    pub cut_voice: &'static str,
    pub links: &'static str,
    pub shorten_content: &'static str,
    pub unusual_markup: &'static str,
    pub product: &'static str,
    pub marked_parts: &'static str,
    pub website_only: &'static str,
    pub save_then_publish: &'static str,
    pub risky: &'static str,
    pub upload_again: &'static str,
    pub no_user: &'static str,
    pub draft_gone: &'static str,
    pub article_id: &'static str,
    pub rid: &'static str,
    pub publish_id: &'static str,
    pub shorten_url: &'static str,
    pub another_url: &'static str,
    pub which_article: &'static str,
    pub fewer_articles: &'static str,
    pub title: &'static str,
    pub cover: &'static str,
    pub media_id: &'static str,
    pub source_url: &'static str,
    pub no_article: &'static str,
    pub no_text: &'static str,
    pub shorten_title: &'static str,
    pub shorten_digest: &'static str,
    pub shorten_link: &'static str,
    pub articles: &'static str,
    pub sent_already: &'static str,
    pub client_message_id: &'static str,
    pub shorten_author: &'static str,
    pub in_use: &'static str,
    pub crops: &'static str,
    pub statistics: &'static str,
    pub rid_form: &'static str,
    pub rid_old: &'static str,
    pub api_path: &'static str,
    pub comments: &'static str,
    pub fewer_comments: &'static str,
    pub product_id: &'static str,
}
