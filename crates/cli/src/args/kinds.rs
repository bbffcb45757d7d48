//! The values of options that are kinds.

use clap::ValueEnum;
use wechat_official_account_host::types;

/// The kinds of material that can be stored.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UploadKind {
    /// bmp, png, jpg or gif of at most 10 MB
    Image,
    /// mp3, wma, wav or amr of at most 2 MB
    Voice,
    /// mp4 of at most 10 MB
    Video,
    /// jpg of at most 64 KB
    Thumb,
    /// jpg or png below 1 MB, for the text of articles; has a URL and no media-id
    ArticleImage,
}

/// Defines command-line names for the cases of an enum in the WIT.
macro_rules! names_of {
    ($($(#[$about:meta])* $theirs:ident as $mine:ident: $($case:ident)*;)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, ValueEnum)]
            pub enum $mine {
                $($case,)*
            }

            impl From<$mine> for types::$theirs {
                fn from(mine: $mine) -> Self {
                    match mine {
                        $($mine::$case => Self::$case,)*
                    }
                }
            }
        )*
    };
}

names_of! {
    /// The readers who may comment.
    Comments as Commenters: Closed Everyone FansOnly;
    /// The kinds of material that can be listed.
    MaterialKind as ListKind: Image Voice Video News;
    /// The kinds of temporary media.
    MediaKind as MediaKind: Image Voice Video Thumb;
    /// The forms of a product card.
    ProductCardType as CardType: NewsLarge NewsSmall NewsTextLink PicturesSmall PicturesTextLink PicturesBar;
}
