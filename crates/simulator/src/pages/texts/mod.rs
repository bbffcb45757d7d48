//! The texts of the pages: a table for each language.

mod en;
mod faults;
mod zh;

use wechat_official_account_language::{Language, Text};

use crate::fault::connection::ConnectionFault;
use crate::fault::kind::Fault;

/// All texts. Those without arguments in their documentation have none.
pub(super) struct Texts {
    /// Name of the program.
    pub(super) simulator: Text<0>,
    /// What the pages are.
    pub(super) footer: Text<0>,
    /// Link past the navigation.
    pub(super) skip: Text<0>,
    /// Name of the navigation.
    pub(super) navigation: Text<0>,
    /// Name of the links between the pages of a list.
    pub(super) pages: Text<0>,
    pub(super) previous: Text<0>,
    pub(super) next: Text<0>,
    /// This page and the number of pages.
    pub(super) page_of: Text<2>,
    pub(super) overview: Text<0>,
    pub(super) material: Text<0>,
    pub(super) media: Text<0>,
    pub(super) article_images: Text<0>,
    /// The lists of files together.
    pub(super) files: Text<0>,
    pub(super) drafts: Text<0>,
    pub(super) publications: Text<0>,
    pub(super) requests: Text<0>,
    pub(super) faults: Text<0>,
    pub(super) accounts: Text<0>,
    pub(super) account: Text<0>,
    pub(super) app_id: Text<0>,
    /// The number of further accounts.
    pub(super) other_accounts: Text<1>,
    /// In place of an account on a page that does not tell them apart. Their number.
    pub(super) all_accounts: Text<1>,
    pub(super) no_account: Text<0>,
    /// Title of the page for an app id that no account has.
    pub(super) no_such_account: Text<0>,
    /// The app id.
    pub(super) unknown_account: Text<1>,
    pub(super) open_link: Text<0>,
    pub(super) article_link: Text<0>,
    pub(super) open: Text<0>,
    pub(super) no_article_link: Text<0>,
    pub(super) quota: Text<0>,
    pub(super) quota_hint: Text<0>,
    pub(super) api: Text<0>,
    pub(super) calls_today: Text<0>,
    pub(super) calls_allowed: Text<0>,
    pub(super) unlimited: Text<0>,
    pub(super) no_calls: Text<0>,
    /// Column of thumbnails.
    pub(super) picture: Text<0>,
    pub(super) name: Text<0>,
    pub(super) kind: Text<0>,
    pub(super) size: Text<0>,
    pub(super) changed: Text<0>,
    pub(super) created: Text<0>,
    pub(super) state: Text<0>,
    pub(super) address: Text<0>,
    pub(super) image: Text<0>,
    pub(super) voice: Text<0>,
    pub(super) video: Text<0>,
    pub(super) thumb: Text<0>,
    pub(super) news: Text<0>,
    /// State of a temporary medium.
    pub(super) usable: Text<0>,
    /// State of a temporary medium.
    pub(super) expired: Text<0>,
    pub(super) no_material: Text<0>,
    pub(super) no_media: Text<0>,
    pub(super) no_article_images: Text<0>,
    pub(super) cover: Text<0>,
    pub(super) articles: Text<0>,
    pub(super) media_id: Text<0>,
    pub(super) publish_id: Text<0>,
    pub(super) no_drafts: Text<0>,
    pub(super) no_publications: Text<0>,
    /// State of an article.
    pub(super) draft: Text<0>,
    /// State of a publication.
    pub(super) published: Text<0>,
    /// State of a publication.
    pub(super) publishing: Text<0>,
    /// State of a publication.
    pub(super) not_original: Text<0>,
    /// State of a publication.
    pub(super) refused: Text<0>,
    /// State of a publication or an article.
    pub(super) deleted: Text<0>,
    /// State of a publication.
    pub(super) banned: Text<0>,
    /// Any other state of a publication.
    pub(super) failed: Text<0>,
    pub(super) author: Text<0>,
    pub(super) digest: Text<0>,
    pub(super) source_url: Text<0>,
    /// Name of the links between the two ways to show an article.
    pub(super) look: Text<0>,
    pub(super) with_marks: Text<0>,
    pub(super) as_readers: Text<0>,
    /// The article's title.
    pub(super) frame_title: Text<1>,
    pub(super) dropped: Text<0>,
    pub(super) nothing_dropped: Text<0>,
    /// The number of those that are not listed.
    pub(super) more_dropped: Text<1>,
    /// The element's name.
    pub(super) loss_element: Text<1>,
    /// The element's name.
    pub(super) loss_tags: Text<1>,
    /// The element's name.
    pub(super) loss_tags_inside: Text<1>,
    /// The element's name.
    pub(super) loss_attribute: Text<1>,
    /// The element's name.
    pub(super) loss_declaration: Text<1>,
    pub(super) not_found: Text<0>,
    pub(super) no_article: Text<0>,
    pub(super) requests_hint: Text<0>,
    pub(super) reload: Text<0>,
    /// Column of the numbers of requests.
    pub(super) number: Text<0>,
    pub(super) request: Text<0>,
    pub(super) length: Text<0>,
    pub(super) reply: Text<0>,
    pub(super) fault: Text<0>,
    pub(super) executed: Text<0>,
    pub(super) yes: Text<0>,
    pub(super) no: Text<0>,
    pub(super) no_reply: Text<0>,
    pub(super) no_requests: Text<0>,
    /// The number of requests that the log no longer has.
    pub(super) older_dropped: Text<1>,
    pub(super) add_fault: Text<0>,
    pub(super) waiting_faults: Text<0>,
    pub(super) no_faults: Text<0>,
    pub(super) fault_path: Text<0>,
    /// The place of faults of connections.
    pub(super) next_connections: Text<0>,
    /// The place of random faults.
    pub(super) any_path: Text<0>,
    pub(super) request_faults: Text<0>,
    pub(super) connection_faults: Text<0>,
    pub(super) skip_first: Text<0>,
    pub(super) times: Text<0>,
    pub(super) times_hint: Text<0>,
    pub(super) always: Text<0>,
    pub(super) remove: Text<0>,
    pub(super) remove_all: Text<0>,
    /// The fault's name.
    pub(super) remove_this: Text<1>,
    /// The argument of `remove_this` for all faults.
    pub(super) all_faults: Text<0>,
    pub(super) too_many_faults: Text<0>,
    pub(super) no_number: Text<0>,
    pub(super) no_path: Text<0>,
    pub(super) fault_elsewhere: Text<0>,
    /// The faults that the field of the errcode is for, and its default.
    pub(super) errcode_hint: Text<0>,
    pub(super) no_errcode: Text<0>,
    /// Description of a fault of requests.
    pub(super) request_fault: fn(&Fault) -> String,
    /// Description of a fault of connections.
    pub(super) connection_fault: fn(ConnectionFault) -> &'static str,
}

/// Returns the texts of a language.
pub(super) fn of(language: Language) -> &'static Texts {
    match language {
        Language::English => &en::TEXTS,
        Language::Chinese => &zh::TEXTS,
    }
}
