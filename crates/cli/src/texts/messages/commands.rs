//! The results of the commands.

use wechat_official_account_language::Text;

use super::program::Running;

/// The interface `account`.
pub struct Account {
    /// The account works. The seconds that its token is valid.
    pub verified: Text<1>,
    /// A label: the token.
    pub token: &'static str,
    /// The token is not shown.
    pub hidden: &'static str,
    /// A label: the token's life.
    pub seconds_left: &'static str,
    /// A label: calls a day.
    pub daily_limit: &'static str,
    /// A label: calls made today.
    pub used: &'static str,
    /// A label: calls left today.
    pub remaining: &'static str,
    /// A label: calls in a short time.
    pub rate_limit: &'static str,
    /// Calls, and the seconds that they may be made in.
    pub rate: Text<2>,
    /// A label: when the request was made.
    pub time: &'static str,
    /// A label: how long it took.
    pub milliseconds: &'static str,
    /// A label: the caller's IP address.
    pub caller: &'static str,
    /// A label: the request's URL.
    pub query: &'static str,
    /// The head of the request's body.
    pub request: &'static str,
    /// The head of the response's body.
    pub response: &'static str,
}

/// The interface `material`.
pub struct Material {
    /// A file is uploaded.
    pub uploading: Running,
    /// A material is deleted.
    pub deleting: Running,
    /// Options of videos for another kind.
    pub only_video: &'static str,
    /// The action: delete a material. Its media-id.
    pub delete: Text<1>,
    /// It was deleted.
    pub deleted: &'static str,
    /// A label: images.
    pub images: &'static str,
    /// A label: voices.
    pub voices: &'static str,
    /// A label: videos.
    pub videos: &'static str,
    /// A label: news.
    pub news: &'static str,
    /// There is no file to store. What it is.
    pub not_a_file: Text<1>,
    /// What it is: a video's link.
    pub video_link: &'static str,
    /// What it is: news.
    pub is_news: &'static str,
    /// The head of the list.
    pub columns: [&'static str; 3],
}

/// The interface `media`.
pub struct Media {
    /// A file is uploaded.
    pub uploading: Running,
    /// A label: when it was stored.
    pub created: &'static str,
}

/// The pictures of an article.
pub struct Pictures {
    /// They are uploaded.
    pub uploading: Running,
    /// A cover is uploaded.
    pub uploading_cover: Running,
    /// They are uploaded: for people who watch.
    pub being_uploaded: &'static str,
    /// The HTML is too long: its file and bytes.
    pub no_room: Text<2>,
    /// A picture that is no file that can be sent: its address, and one of the reasons below.
    pub not_read: Text<2>,
    /// Markdown where HTML is taken: the file.
    pub is_markdown: Text<1>,
    /// The reason: an article from a pipe has no folder.
    pub no_folder: &'static str,
    /// The reason: the address names no file.
    pub no_file: &'static str,
    /// The reason: the file is elsewhere.
    pub outside: &'static str,
    /// The reason: there is no such file.
    pub not_there: &'static str,
    /// A picture that is too small, after its name.
    pub placeholder: &'static str,
    /// A picture in a `data:` URI that is no valid one, after its beginning.
    pub undecodable: &'static str,
    /// The reason: the system's.
    pub unreadable: Text<1>,
    /// The reason: a folder or a device.
    pub not_a_file: &'static str,
    /// The reason: bytes and the most that are taken.
    pub too_large: Text<2>,
    /// The reason: the bytes of one call are used up. Their number.
    pub beyond: Text<1>,
    /// A label: the file with the HTML.
    pub stored: &'static str,
    /// There are none.
    pub none: &'static str,
    /// The head of the table.
    pub columns: [&'static str; 3],
    /// A picture that became permanent material. Its media-id.
    pub takes_quota: Text<1>,
    /// A picture that stays.
    pub kept: &'static str,
    /// A picture that may stay.
    pub unsure: &'static str,
    /// A picture that is dropped.
    pub elsewhere: &'static str,
    /// Addresses of the same picture that are not used. Their number.
    pub alternatives: Text<1>,
    /// A label: the cover.
    pub cover: &'static str,
    /// Pictures that failed: their number, and that of all.
    pub failed: Text<2>,
    /// Pictures that WeChat will drop: their number, and that of all.
    pub dropped: Text<2>,
    /// The subject of an error: the cover.
    pub no_cover: &'static str,
    /// No picture can become the cover.
    pub no_cover_picture: &'static str,
}

/// Drafts.
pub struct Drafts {
    /// A draft is made.
    pub adding: Running,
    /// An article of a draft is replaced.
    pub updating: Running,
    /// A draft is deleted.
    pub deleting: Running,
    /// The action: delete a draft. Its media-id.
    pub delete: Text<1>,
    /// It was deleted.
    pub deleted: &'static str,
    /// It was updated.
    pub updated: &'static str,
    /// There is no article to put into a draft.
    pub no_article: &'static str,
    /// `draft check` found one error. The number.
    pub refused_one: Text<1>,
    /// `draft check` found errors. Their number.
    pub refused: Text<1>,
    /// A draft can't be read back. The error.
    pub unread: Text<1>,
    /// A finding: an article is not in the draft.
    pub missing: &'static str,
}

/// The interface `publish`.
pub struct Publish {
    /// A draft is submitted.
    pub submitting: Running,
    /// A publication is deleted.
    pub deleting: Running,
    /// The action: publish a draft. Its media-id.
    pub publish: Text<1>,
    /// The action: delete articles, and the publication's article-id.
    pub delete: Text<2>,
    /// The articles: all of them.
    pub every_article: &'static str,
    /// The articles: one. Its index.
    pub one_article: Text<1>,
    /// They were deleted. The articles.
    pub deleted: Text<1>,
    /// The wait ended. The publish-id.
    pub undecided: Text<1>,
    /// Submitting failed, or may have been done. The draft's media-id.
    pub draft_stored: Text<1>,
    /// Submitting failed, and may be tried again. The draft's media-id.
    pub draft_unpublished: Text<1>,
    /// The wait failed. The publish-id.
    pub submitted: Text<1>,
    /// A state without a documented meaning. Its code.
    pub undocumented: Text<1>,
    /// It is not public. The state.
    pub not_public: Text<1>,
    /// A label: the state.
    pub status: &'static str,
    /// A label: the index of an article.
    pub article: &'static str,
    /// A label: the code of a state.
    pub code: &'static str,
}

/// Articles as WeChat returns them: labels, unless something else is said.
pub struct Articles {
    /// The index.
    pub article: &'static str,
    /// The type.
    pub kind: &'static str,
    /// The title.
    pub title: &'static str,
    /// The author.
    pub author: &'static str,
    /// The digest.
    pub digest: &'static str,
    /// The address of the original.
    pub original: &'static str,
    /// The cover.
    pub cover: &'static str,
    /// The pictures.
    pub pictures: &'static str,
    /// Who may comment.
    pub comments: &'static str,
    /// Whether it was deleted.
    pub deleted: &'static str,
    /// It was.
    pub yes: &'static str,
    /// It was not.
    pub no: &'static str,
}

/// Lists.
pub struct Lists {
    /// The head of the column of titles.
    pub titles: &'static str,
    /// The head of the column of times.
    pub updated: &'static str,
    /// The end of a page: the items shown, and those that there are.
    pub shown: Text<2>,
    /// What `--all` takes: items to list, all items, and calls.
    pub calls: Text<3>,
    /// The same, and WeChat's number of calls a day.
    pub calls_of_quota: Text<4>,
    /// It is too much. The text about the calls.
    pub too_many_calls: Text<1>,
    /// One item is missing. The number.
    pub missing_one: Text<1>,
    /// Items are missing. Their number.
    pub missing: Text<1>,
    /// The subject of an error that ended the list.
    pub incomplete: &'static str,
}

/// The component as a file.
pub struct Component {
    /// A component with the plugin inside, and another plugin.
    pub other_plugin: &'static str,
    /// The two can't be composed: the consumer and the reason.
    pub cannot_compose: Text<2>,
    /// It was written: bytes and file.
    pub written: Text<2>,
}
