//! The records of the contract, of which the host and the tools have Rust types of their own.

use wechat_official_account_host::types as host;
use wechat_official_account_tools::bindings::types as tools;

/// A value that is the same in another Rust type.
pub trait Convert<T> {
    fn convert(self) -> T;
}

impl<A: Convert<B>, B> Convert<Vec<B>> for Vec<A> {
    fn convert(self) -> Vec<B> {
        self.into_iter().map(A::convert).collect()
    }
}

impl<A: Convert<B>, B> Convert<Option<B>> for Option<A> {
    fn convert(self) -> Option<B> {
        self.map(A::convert)
    }
}

impl<A: Convert<B>, B, E: Convert<F>, F> Convert<Result<B, F>> for Result<A, E> {
    fn convert(self) -> Result<B, F> {
        self.map(A::convert).map_err(E::convert)
    }
}

/// Types that are the same on both sides.
macro_rules! same {
    ($($name:ty)*) => {
        $(impl Convert<$name> for $name {
            fn convert(self) -> $name {
                self
            }
        })*
    };
}

same! { () bool f64 i32 i64 u32 u64 String }

/// Records, by their fields. A field that is missing here does not compile.
macro_rules! records {
    ($($from:ident => $to:ident: $($name:ident { $($field:ident)* })*;)*) => {
        $($(
            impl Convert<$to::$name> for $from::$name {
                fn convert(self) -> $to::$name {
                    let Self { $($field),* } = self;
                    $to::$name { $($field: $field.convert()),* }
                }
            }
        )*)*
    };
}

records! {
    host => tools:
        ArticleGroup { articles create_time update_time }
        ArticleImage { url media_id }
        DraftItem { media_id draft }
        DraftPage { total_count items }
        Error { kind message advice errcode rid subject retry_after_seconds }
        Figure { found limit }
        Finding { severity article field message figure rule element }
        ImageOutcome { source alternatives outcome }
        ImageReference { source alternatives optional }
        MaterialCounts { voice video image news }
        Prepared { html images cover findings }
        Publication { article_id urls }
        PublicationItem { article_id publication }
        PublicationPage { total_count items }
        Quota { daily_limit used remaining rate_limit }
        RateLimit { call_count refresh_seconds }
        StoredArticle {
            article_type title author digest content content_source_url thumb_media_id thumb_url image_media_ids
            comments url is_deleted
        }
        Submission { publish_id msg_data_id }
        UploadedImage { media_id url };
    tools => host:
        Crop { ratio x1 y1 x2 y2 }
        News {
            title author digest content content_source_url thumb_media_id cover_crops comments product_key
        }
        Pictures { title content image_media_ids cover_crops comments product_key }
        StoredArticle {
            article_type title author digest content content_source_url thumb_media_id thumb_url image_media_ids
            comments url is_deleted
        };
}

/// Enums and variants, by their cases. A case that is missing here does not compile.
macro_rules! cases {
    ($($from:ident => $to:ident: $($name:ident { $($case:ident $(($content:ident))?)* })*;)*) => {
        $($(
            impl Convert<$to::$name> for $from::$name {
                fn convert(self) -> $to::$name {
                    match self {
                        $(Self::$case $(($content))? => $to::$name::$case $(($content.convert()))?,)*
                    }
                }
            }
        )*)*
    };
}

cases! {
    host => tools:
        ArticleType { News Pictures Unknown }
        Comments { Closed Everyone FansOnly }
        ErrorKind {
            InvalidInput Credentials IpNotAllowed Permission Quota NotFound FileRejected ContentRejected AccountState
            Busy Network Tls OutcomeUnknown MalformedReply Other
        }
        ImageResult { Uploaded(image) Kept Unsure Elsewhere Failed(error) }
        PublishStatus {
            Published(publication) Publishing OriginalDeclarationFailed(articles) Failed ReviewRefused(articles)
            DeletedByUser BannedBySystem Unknown(status)
        }
        Severity { Error Warning Advice };
    tools => host:
        Article { News(news) Pictures(pictures) }
        ArticleType { News Pictures Unknown }
        Comments { Closed Everyone FansOnly }
        CropRatio { Wide Square Landscape };
}

impl Convert<host::File> for tools::File {
    fn convert(self) -> host::File {
        // Byte by byte, as the lists above, a large file would take seconds without optimisation.
        host::File::new(self.name, self.bytes)
    }
}
