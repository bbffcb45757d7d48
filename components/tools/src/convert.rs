//! The records of `wit/` to and from those of the tools, which are alike.

use wechat_official_account_tools::{account, article, draft, error, finding, image, publication};

use crate::bindings::wechat::official_account_tools::types;
use crate::names;

/// A conversion into the record of the other side.
pub trait Convert<T> {
    /// Converts.
    fn convert(self) -> T;
}

/// What is the same on both sides.
macro_rules! same {
    ($($kind:ty)*) => {
        $(impl Convert<$kind> for $kind {
            fn convert(self) -> $kind {
                self
            }
        })*
    };
}

same!(bool u32 u64 String);

impl Convert<String> for &str {
    fn convert(self) -> String {
        self.to_owned()
    }
}

impl<A: Convert<B>, B> Convert<Option<B>> for Option<A> {
    fn convert(self) -> Option<B> {
        self.map(A::convert)
    }
}

impl<A: Convert<B>, B> Convert<Vec<B>> for Vec<A> {
    fn convert(self) -> Vec<B> {
        self.into_iter().map(A::convert).collect()
    }
}

/// Records with the same fields.
macro_rules! records {
    ($($from:ident::$name:ident => $to:ident::$other:ident { $($field:ident),* })*) => {
        $(impl Convert<$to::$other> for $from::$name {
            fn convert(self) -> $to::$other {
                $to::$other { $($field: self.$field.convert()),* }
            }
        })*
    };
}

/// Enumerations with the same cases.
macro_rules! enums {
    ($($from:ident::$name:ident => $to:ident::$other:ident { $($case:ident),* })*) => {
        $(impl Convert<$to::$other> for $from::$name {
            fn convert(self) -> $to::$other {
                match self {
                    $(Self::$case => $to::$other::$case),*
                }
            }
        })*
    };
}

records! {
    types::Article => article::Article {
        title, html, author, summary, source_url, cover_media_id, comments
    }
    draft::Checked => types::Checked { acceptable, findings, findings_left_out }
    draft::DraftLine => types::DraftLine { media_id, titles, update_time }
    draft::DraftPage => types::DraftPage { total, drafts }
    draft::DraftArticle => types::DraftArticle {
        kind, title, author, summary, html, source_url, cover_media_id, comments, preview_url
    }
    draft::Draft => types::Draft { media_id, digest, articles, update_time }
    draft::Written => types::Written { media_id, title, digest, pictures, findings, findings_left_out }
    draft::Deleted => types::Deleted { media_id, title }
    image::UploadedImage => types::UploadedImage { media_id, url }
    publication::Status => types::PublishStatus { state, decided, article_id, urls, refused_articles }
    publication::PublishedArticle => types::PublishedArticle { title, url, is_deleted }
    publication::PublicationLine => types::PublicationLine { article_id, articles, update_time }
    publication::PublicationPage => types::PublicationPage { total, publications }
    account::Allowance => types::Allowance { tool, daily_limit, remaining }
    account::AccountStatus => types::AccountOverview { drafts, images, allowances }
}

#[cfg(feature = "publish")]
records! {
    publication::Submitted => types::Submitted { publish_id, title }
}

enums! {
    types::Comments => article::Comments { Closed, Everyone, FansOnly }
    article::Comments => types::Comments { Closed, Everyone, FansOnly }
    finding::Severity => types::Severity { Error, Warning, Advice }
    publication::State => types::PublishState {
        Published, Publishing, OriginalDeclarationFailed, Failed, ReviewRefused, DeletedByUser, BannedBySystem, Unknown
    }
}

impl Convert<types::Finding> for finding::Finding {
    fn convert(self) -> types::Finding {
        types::Finding {
            severity: self.severity.convert(),
            message: names::in_message(self.message, &self.field),
            field: names::argument(&self.field),
            element: self.element,
        }
    }
}

impl Convert<types::ToolError> for error::Error {
    fn convert(self) -> types::ToolError {
        types::ToolError {
            kind: self.kind.convert(),
            message: match &self.subject {
                Some(subject) => names::in_message(self.message, subject),
                None => self.message,
            },
            advice: self.advice,
            subject: self.subject.as_deref().map(names::argument),
            errcode: self.errcode,
            rid: self.rid,
            retry_after_seconds: self.retry_after_seconds,
            may_have_happened: self.may_have_happened,
        }
    }
}
