//! One account in one instance, with each operation as a method: the short way to use the component from Rust.
//!
//! The generated bindings ask for interface, store and account at each call. This file writes that once.

use std::{error, fmt, result};

use wasmtime::component::ResourceAny;

use crate::arguments::{Argument, fit, refusal};
use crate::host::Host;
use crate::instance::Instance;
use crate::limits::LimitReached;
use crate::types::{
    self, Article, ArticleGroup, Config, DeleteWhich, Download, DraftPage, File, Finding, ImageReference, Language,
    MaterialContent, MaterialCounts, MaterialKind, MaterialPage, MediaContent, MediaKind, Prepared, ProductCard,
    ProductCardType, PublicationPage, PublishStatus, Quota, RequestRecord, StoredArticle, Submission, Token,
    UploadedImage, UploadedMedia,
};
use crate::upload::FileRef;

/// The reason why a call has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The component's own error, or the host's in its place if the arguments can't fit into an instance.
    Plugin(types::Error),
    /// The instance is gone: a call was cancelled half-way (see [`Session`]), or it trapped, or it has reached a limit
    /// (see [`LimitReached`]). Nobody knows how far the call came. Open another session.
    Trap(wasmtime::Error),
    /// No instance could be made: all are in use (see [`LimitReached`]), or the host lacks memory.
    NoInstance(wasmtime::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plugin(error) => write!(f, "{} {}", error.message, error.advice),
            Self::Trap(error) => write!(
                f,
                "the plugin's instance is gone: {}. Open another session",
                error.root_cause()
            ),
            Self::NoInstance(error) => write!(f, "no instance of the plugin could be made: {}", error.root_cause()),
        }
    }
}

impl error::Error for Error {}

impl From<wasmtime::Error> for Error {
    fn from(error: wasmtime::Error) -> Self {
        match error.downcast_ref::<LimitReached>() {
            Some(reached @ LimitReached::Arguments { .. }) => Self::Plugin(refusal(reached)),
            _ => Self::Trap(error),
        }
    }
}

impl From<LimitReached> for Error {
    fn from(reached: LimitReached) -> Self {
        wasmtime::Error::from(reached).into()
    }
}

/// The result of every operation.
pub type Result<T> = result::Result<T, Error>;

/// An account that is open in an instance of its own.
///
/// A call that is cancelled (its future is dropped before it is done, by a timeout or a `select!`) leaves the instance
/// in the middle of it. Every later call is an [`Error::Trap`], and nobody knows how far the cancelled one came. Open
/// another session. The same holds after every other [`Error::Trap`].
///
/// Arguments that can't fit into the instance are refused before they are copied there, as `invalid-input`: 112 MiB for
/// a call of a fresh session, and 48 MiB if the memory has grown by large calls before. The text of `draft.add`,
/// `draft.update` and `content.prepare` counts four times, as the component writes it anew in a buffer that grows. The
/// session goes on working.
pub struct Session {
    instance: Instance,
    account: ResourceAny,
    language: Option<Language>,
}

impl Session {
    /// Makes an instance and opens the account in it.
    ///
    /// # Errors
    /// If the configuration is refused, or no instance could be made.
    pub async fn open(host: &Host, config: &Config) -> Result<Self> {
        let mut instance = host.instantiate().await.map_err(Error::NoInstance)?;
        fit(instance.memory_bytes(), [config.size(1)])?;
        let account = instance.open(config).await?.map_err(Error::Plugin)?;
        Ok(Self {
            instance,
            account,
            language: config.language,
        })
    }

    /// Closes the account, which makes the component forget the secret and the token, and gives the instance back.
    ///
    /// # Errors
    /// If the instance is gone.
    pub async fn close(mut self) -> Result<Instance> {
        self.account.resource_drop_async(&mut self.instance.store).await?;
        Ok(self.instance)
    }

    /// See [`Instance::memory_bytes`].
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.instance.memory_bytes()
    }
}

/// Writes methods that call an interface's functions, with the account as first argument. A number before a function is
/// the number of copies of its texts that the component holds at once.
macro_rules! operations {
    ($interface:ident; $(
        $name:ident = $($copies:literal *)? $call:ident($($argument:ident: $type:ty),*) -> $result:ty;
    )*) => {
        impl Session {
            $(
                #[doc = concat!("See `", stringify!($call), "` of the interface `", stringify!($interface), "`.")]
                ///
                /// # Errors
                /// If the operation fails as its WIT documentation describes, or if the instance is gone.
                pub async fn $name(&mut self $(, $argument: $type)*) -> Result<$result> {
                    let _copies = 1 $(* $copies)?;
                    fit(self.instance.memory_bytes(), [$($argument.size(_copies)),*])?;
                    let Instance { store, exports, clock, .. } = &mut self.instance;
                    let call = exports.$interface(store)?.$call(store, self.account $(, $argument)*);
                    let result = clock.measure(call).await?;
                    result.map_err(|error| Error::Plugin(self.instance.explained(error)))
                }
            )*
        }
    };
}

operations! {
    material;
    get_material = call_get(media_id: &str) -> MaterialContent;
    delete_material = call_delete(media_id: &str) -> ();
    count_material = call_counts() -> MaterialCounts;
    list_material = call_list(kind: MaterialKind, offset: u32, count: u32) -> MaterialPage;
}

operations! {
    media;
    get_media = call_get(media_id: &str) -> MediaContent;
    get_voice = call_get_voice(media_id: &str) -> Download;
}

operations! {
    draft;
    add_draft = 4 * call_add(articles: &[Article]) -> String;
    get_draft = call_get(media_id: &str) -> ArticleGroup;
    update_draft = 4 * call_update(media_id: &str, index: u32, article: &Article) -> ();
    delete_draft = call_delete(media_id: &str) -> ();
    count_drafts = call_count() -> u64;
    list_drafts = call_list(offset: u32, count: u32, with_content: bool) -> DraftPage;
    product_card = call_product_card(product_id: &str, card_type: ProductCardType) -> ProductCard;
}

operations! {
    content;
    prepare_content = 4 * call_prepare(html: &str, attachments: &[File], with_cover: bool) -> Prepared;
}

operations! {
    publish;
    submit = call_submit(media_id: &str) -> Submission;
    publish_status = call_status(publish_id: &str) -> PublishStatus;
    wait_published = call_wait(publish_id: &str, timeout_seconds: u32) -> PublishStatus;
    get_publication = call_get(article_id: &str) -> ArticleGroup;
    list_publications = call_list(offset: u32, count: u32, with_content: bool) -> PublicationPage;
    delete_publication = call_delete(article_id: &str, which: DeleteWhich) -> ();
}

/// Writes methods that call a function with a file, which stays where it is.
macro_rules! uploads {
    ($interface:literal; $(
        $name:ident = $function:literal(
            $($before:ident: $before_type:ty,)* &file $(, $after:ident: $after_type:ty)*
        ) -> $result:ty;
    )*) => {
        impl Session {
            $(
                #[doc = concat!("See `", $function, "` of the interface `", $interface, "`. The file may be a `&File`.")]
                ///
                /// # Errors
                /// If the operation fails as its WIT documentation describes, or if the instance is gone.
                pub async fn $name<'a>(
                    &mut self,
                    $($before: $before_type,)*
                    file: impl Into<FileRef<'a>>
                    $(, $after: $after_type)*
                ) -> Result<$result> {
                    let file = file.into();
                    fit(self.instance.memory_bytes(), [file.size(1) $(, $after.size(1))*])?;
                    let Instance { store, exports, clock, .. } = &mut self.instance;
                    let function = exports.function(store, $interface, $function)?;
                    let call = function.call_async(store, (self.account, $($before,)* file $(, $after)*));
                    let (result,): (result::Result<$result, types::Error>,) = clock.measure(call).await?;
                    result.map_err(|error| Error::Plugin(self.instance.explained(error)))
                }
            )*
        }
    };
}

uploads! {
    "material";
    upload_material_image = "upload-image"(&file) -> UploadedImage;
    upload_material_voice = "upload-voice"(&file) -> String;
    upload_material_video = "upload-video"(&file, title: &str, introduction: &str) -> String;
    upload_material_thumb = "upload-thumb"(&file) -> String;
    upload_article_image = "upload-article-image"(&file) -> String;
}

uploads! {
    "media";
    upload_media = "upload"(kind: MediaKind, &file) -> UploadedMedia;
}

/// Writes methods that call the resource's own functions.
macro_rules! account_operations {
    ($($name:ident = $call:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        impl Session {
            $(
                #[doc = concat!("See `", stringify!($call), "` of the interface `account`.")]
                ///
                /// # Errors
                /// If the operation fails as its WIT documentation describes, or if the instance is gone.
                pub async fn $name(&mut self $(, $argument: $type)*) -> Result<$result> {
                    fit(self.instance.memory_bytes(), [$($argument.size(1)),*])?;
                    let Instance { store, exports, clock, .. } = &mut self.instance;
                    let account = exports.account(store)?.account();
                    let call = account.$call(store, self.account $(, $argument)*);
                    let result = clock.measure(call).await?;
                    result.map_err(|error| Error::Plugin(self.instance.explained(error)))
                }
            )*
        }
    };
}

account_operations! {
    verify = call_verify() -> u32;
    quota = call_quota(api_path: &str) -> Quota;
    explain = call_explain(rid: &str) -> RequestRecord;
}

impl Session {
    /// See `access-token` of the interface `account`.
    ///
    /// # Errors
    /// If the operation fails as its WIT documentation describes, or if the instance is gone.
    pub async fn access_token(&mut self) -> Result<Token> {
        let Instance {
            store, exports, clock, ..
        } = &mut self.instance;
        let account = exports.account(store)?.account();
        let call = account.call_access_token(store, self.account);
        let token = clock.measure(call).await?.map(Token::from);
        token.map_err(|error| Error::Plugin(self.instance.explained(error)))
    }

    /// See `check` of the interface `draft`. The messages are in the account's language.
    ///
    /// # Errors
    /// If the articles do not fit into the instance, or if it is gone.
    pub async fn check_articles(&mut self, articles: &[Article]) -> Result<Vec<Finding>> {
        self.check_articles_in(articles, None).await
    }

    /// See `check` of the interface `draft`. The messages are in this language, or in the account's.
    ///
    /// # Errors
    /// If the articles do not fit into the instance, or if it is gone.
    pub async fn check_articles_in(
        &mut self,
        articles: &[Article],
        language: Option<Language>,
    ) -> Result<Vec<Finding>> {
        let language = language.or(self.language);
        Ok(self.instance.check_articles(articles, language).await?)
    }

    /// See `compare` of the interface `draft`. The messages are in the account's language.
    ///
    /// # Errors
    /// If the articles do not fit into the instance, or if it is gone.
    pub async fn compare_article(&mut self, sent: &Article, stored: &StoredArticle) -> Result<Vec<Finding>> {
        self.compare_article_in(sent, stored, None).await
    }

    /// See `compare` of the interface `draft`. The messages are in this language, or in the account's.
    ///
    /// # Errors
    /// If the articles do not fit into the instance, or if it is gone.
    pub async fn compare_article_in(
        &mut self,
        sent: &Article,
        stored: &StoredArticle,
        language: Option<Language>,
    ) -> Result<Vec<Finding>> {
        let language = language.or(self.language);
        // As they came, and what readers see of both.
        fit(self.instance.memory_bytes(), [sent.size(3), stored.size(3)])?;
        let Instance {
            store, exports, clock, ..
        } = &mut self.instance;
        let call = exports.draft(store)?.call_compare(store, sent, stored, language);
        Ok(clock.measure(call).await?)
    }

    /// See `references` of the interface `content`.
    ///
    /// # Errors
    /// If the text does not fit into the instance, or if that is gone.
    pub async fn references(&mut self, html: &str) -> Result<Vec<ImageReference>> {
        fit(self.instance.memory_bytes(), [html.size(1)])?;
        let Instance {
            store, exports, clock, ..
        } = &mut self.instance;
        let call = exports.content(store)?.call_references(store, html);
        Ok(clock.measure(call).await?)
    }

    /// See `forget-token` of the interface `account`.
    ///
    /// # Errors
    /// If the instance is gone.
    pub async fn forget_token(&mut self) -> Result<()> {
        let Instance {
            store, exports, clock, ..
        } = &mut self.instance;
        let account = exports.account(store)?.account();
        let call = account.call_forget_token(store, self.account);
        Ok(clock.measure(call).await?)
    }
}
