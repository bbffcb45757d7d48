//! One account in one instance, with each operation as a method: the short way to use the plugin from Rust.
//!
//! The generated bindings ask for interface, store and account at each call; this file is only that, written once.

use crate::host::types::{
    Article, ArticleGroup, Config, DeleteWhich, Download, DraftPage, Error, File, Finding, MaterialContent,
    MaterialCounts, MaterialKind, MaterialPage, MediaContent, MediaKind, Prepared, ProductCard, ProductCardType,
    PublicationPage, PublishStatus, Quota, RequestRecord, Submission, Token, UploadedImage, UploadedMedia,
};
use crate::host::{Host, Instance};
use std::fmt;
use wasmtime::component::ResourceAny;

/// Why a call has no answer.
#[derive(Debug)]
pub enum Failure {
    /// The plugin says why.
    Plugin(Error),
    /// The instance is gone: a call was cancelled half-way (see [`Session`]), it trapped, or the host had none left.
    Trap(wasmtime::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plugin(error) => write!(f, "{} {}", error.message, error.advice),
            Self::Trap(error) => write!(f, "the plugin's instance is gone: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<wasmtime::Error> for Failure {
    fn from(error: wasmtime::Error) -> Self {
        Self::Trap(error)
    }
}

/// What every operation returns.
pub type Outcome<T> = Result<T, Failure>;

/// An account that is open in an instance of its own.
///
/// A call that is cancelled (its future dropped before it is done, by a timeout or a `select!`) leaves the instance in the
/// middle of it: every later call is a [`Failure::Trap`], and what the cancelled one did is unknown. Open another session.
pub struct Session {
    instance: Instance,
    account: ResourceAny,
}

impl Session {
    /// Makes an instance and opens the account in it.
    ///
    /// # Errors
    /// Where the configuration is refused, or no instance could be made.
    pub async fn open(host: &Host, config: &Config) -> Outcome<Self> {
        let mut instance = host.instantiate().await?;
        let account = instance.open(config).await?.map_err(Failure::Plugin)?;
        Ok(Self { instance, account })
    }

    /// Closes the account, which makes the plugin forget the secret and the token, and gives the instance back.
    ///
    /// # Errors
    /// Where the instance is gone.
    pub async fn close(mut self) -> Outcome<Instance> {
        self.account.resource_drop_async(&mut self.instance.store).await?;
        Ok(self.instance)
    }

    /// See [`Instance::memory_bytes`].
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.instance.memory_bytes()
    }
}

/// Methods that pass on to an interface's functions, with the account as first argument.
macro_rules! operations {
    ($interface:ident; $($name:ident = $call:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        impl Session {
            $(
                #[doc = concat!("See `", stringify!($call), "` of the interface `", stringify!($interface), "`.")]
                ///
                /// # Errors
                /// As its WIT documentation says.
                pub async fn $name(&mut self $(, $argument: $type)*) -> Outcome<$answer> {
                    let Instance { store, interfaces } = &mut self.instance;
                    let outcome = interfaces.$interface(store)?.$call(store, self.account $(, $argument)*).await?;
                    outcome.map_err(Failure::Plugin)
                }
            )*
        }
    };
}

operations! {
    material;
    upload_material_image = call_upload_image(file: &File) -> UploadedImage;
    upload_material_voice = call_upload_voice(file: &File) -> String;
    upload_material_video = call_upload_video(file: &File, title: &str, introduction: &str) -> String;
    upload_material_thumb = call_upload_thumb(file: &File) -> String;
    upload_article_image = call_upload_article_image(file: &File) -> String;
    get_material = call_get(media_id: &str) -> MaterialContent;
    delete_material = call_delete(media_id: &str) -> ();
    count_material = call_counts() -> MaterialCounts;
    list_material = call_list(kind: MaterialKind, offset: u32, count: u32) -> MaterialPage;
}

operations! {
    media;
    upload_media = call_upload(kind: MediaKind, file: &File) -> UploadedMedia;
    get_media = call_get(media_id: &str) -> MediaContent;
    get_voice = call_get_voice(media_id: &str) -> Download;
}

operations! {
    draft;
    add_draft = call_add(articles: &[Article]) -> String;
    get_draft = call_get(media_id: &str) -> ArticleGroup;
    update_draft = call_update(media_id: &str, index: u32, article: &Article) -> ();
    delete_draft = call_delete(media_id: &str) -> ();
    count_drafts = call_count() -> u64;
    list_drafts = call_list(offset: u32, count: u32, with_content: bool) -> DraftPage;
    product_card = call_product_card(product_id: &str, card_type: ProductCardType) -> ProductCard;
}

operations! {
    content;
    prepare_content = call_prepare(html: &str, attachments: &[File], with_cover: bool) -> Prepared;
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

/// The methods of the resource itself.
macro_rules! account_operations {
    ($($name:ident = $call:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        impl Session {
            $(
                #[doc = concat!("See `", stringify!($call), "` of the interface `account`.")]
                ///
                /// # Errors
                /// As its WIT documentation says.
                pub async fn $name(&mut self $(, $argument: $type)*) -> Outcome<$answer> {
                    let Instance { store, interfaces } = &mut self.instance;
                    let account = interfaces.account(store)?.account();
                    let outcome = account.$call(store, self.account $(, $argument)*).await?;
                    outcome.map_err(Failure::Plugin)
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
    /// As its WIT documentation says.
    pub async fn access_token(&mut self) -> Outcome<Token> {
        let Instance { store, interfaces } = &mut self.instance;
        let account = interfaces.account(store)?.account();
        let outcome = account.call_access_token(store, self.account).await?;
        outcome.map(Token::from).map_err(Failure::Plugin)
    }

    /// See `check` of the interface `draft`.
    ///
    /// # Errors
    /// Where the instance is gone.
    pub async fn check_articles(&mut self, articles: &[Article]) -> Outcome<Vec<Finding>> {
        Ok(self.instance.check_articles(articles).await?)
    }

    /// See `references` of the interface `content`.
    ///
    /// # Errors
    /// Where the instance is gone.
    pub async fn references(&mut self, html: &str) -> Outcome<Vec<String>> {
        let Instance { store, interfaces } = &mut self.instance;
        Ok(interfaces.content(store)?.call_references(store, html).await?)
    }

    /// See `forget-token` of the interface `account`.
    ///
    /// # Errors
    /// Where the instance is gone.
    pub async fn forget_token(&mut self) -> Outcome<()> {
        let Instance { store, interfaces } = &mut self.instance;
        let account = interfaces.account(store)?.account();
        Ok(account.call_forget_token(store, self.account).await?)
    }
}
