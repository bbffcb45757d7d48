//! The exported functions. Each is one call into the core, which is awaited by a single poll.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use account::AccountBorrow;

use crate::account::Account;
use crate::bindings::types::{
    Article, ArticleGroup, Config, DeleteWhich, Download, DraftPage, Error, ErrorKind, File, Finding, ImageReference,
    Language, MaterialContent, MaterialCounts, MaterialKind, MaterialPage, MediaContent, MediaKind, Prepared,
    ProductCard, ProductCardType, PublicationPage, PublishStatus, Quota, RequestRecord, StoredArticle, Submission,
    Token, UploadedImage, UploadedMedia,
};
use crate::bindings::{account, content, draft, export, material, media, publish};
use crate::texts::{EN, Texts};
use crate::transport::wasi::WasiHttp;
use crate::{check, compare, error};

/// The library's own allocator is 7 KB more. In an instance that lives long it takes less memory: after some thousand
/// uploads of up to 10 MiB 17 MiB against 27 here, and with lists of 24 MiB among them 65 for both, of the 128 that
/// `crates/host` allows.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

struct Component;

/// The entry points that the canonical ABI calls.
#[allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]
mod entry_points {
    use super::{Component, export};

    export!(Component with_types_in crate::bindings);
}

/// The WASI transport blocks, so the core never waits for anything else.
fn run<T>(future: impl Future<Output = error::Result<T>>) -> Result<T, Error> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome.map_err(|error| *error),
        Poll::Pending => Err(*error::plain(
            ErrorKind::OutcomeUnknown,
            EN.account.not_finished,
            EN.account.report_it,
        )),
    }
}

fn core<'a>(account: &'a AccountBorrow<'_>) -> &'a Account<WasiHttp> {
    account.get()
}

impl account::Guest for Component {
    type Account = Account<WasiHttp>;
}

impl account::GuestAccount for Account<WasiHttp> {
    fn new(config: Config) -> Result<Self, Error> {
        Self::open(config, WasiHttp).map_err(|error| *error)
    }

    fn verify(&self) -> Result<u32, Error> {
        run(Self::verify(self))
    }

    fn access_token(&self) -> Result<Token, Error> {
        run(Self::access_token(self))
    }

    fn forget_token(&self) {
        Self::forget_token(self);
    }

    fn quota(&self, api_path: String) -> Result<Quota, Error> {
        run(Self::quota(self, &api_path))
    }

    fn explain(&self, rid: String) -> Result<RequestRecord, Error> {
        run(Self::explain(self, &rid))
    }
}

impl material::Guest for Component {
    fn upload_image(account: AccountBorrow<'_>, file: File) -> Result<UploadedImage, Error> {
        run(core(&account).upload_image(&file))
    }

    fn upload_voice(account: AccountBorrow<'_>, file: File) -> Result<String, Error> {
        run(core(&account).upload_voice(&file))
    }

    fn upload_video(
        account: AccountBorrow<'_>,
        file: File,
        title: String,
        introduction: String,
    ) -> Result<String, Error> {
        run(core(&account).upload_video(&file, &title, &introduction))
    }

    fn upload_thumb(account: AccountBorrow<'_>, file: File) -> Result<String, Error> {
        run(core(&account).upload_thumb(&file))
    }

    fn upload_article_image(account: AccountBorrow<'_>, file: File) -> Result<String, Error> {
        run(core(&account).upload_article_image(&file))
    }

    fn get(account: AccountBorrow<'_>, media_id: String) -> Result<MaterialContent, Error> {
        run(core(&account).get_material(&media_id))
    }

    fn delete(account: AccountBorrow<'_>, media_id: String) -> Result<(), Error> {
        run(core(&account).delete_material(&media_id))
    }

    fn counts(account: AccountBorrow<'_>) -> Result<MaterialCounts, Error> {
        run(core(&account).count_material())
    }

    fn list(account: AccountBorrow<'_>, kind: MaterialKind, offset: u32, count: u32) -> Result<MaterialPage, Error> {
        run(core(&account).list_material(kind, offset, count))
    }
}

impl media::Guest for Component {
    fn upload(account: AccountBorrow<'_>, kind: MediaKind, file: File) -> Result<UploadedMedia, Error> {
        run(core(&account).upload_media(kind, &file))
    }

    fn get(account: AccountBorrow<'_>, media_id: String) -> Result<MediaContent, Error> {
        run(core(&account).get_media(&media_id))
    }

    fn get_voice(account: AccountBorrow<'_>, media_id: String) -> Result<Download, Error> {
        run(core(&account).get_voice(&media_id))
    }
}

impl draft::Guest for Component {
    fn check(articles: Vec<Article>, language: Option<Language>) -> Vec<Finding> {
        check::findings(&articles, Texts::of(language))
    }

    fn compare(sent: Article, stored: StoredArticle, language: Option<Language>) -> Vec<Finding> {
        compare::compare(&sent, &stored, Texts::of(language))
    }

    fn add(account: AccountBorrow<'_>, articles: Vec<Article>) -> Result<String, Error> {
        run(core(&account).add_draft(&articles))
    }

    fn get(account: AccountBorrow<'_>, media_id: String) -> Result<ArticleGroup, Error> {
        run(core(&account).get_draft(&media_id))
    }

    fn update(account: AccountBorrow<'_>, media_id: String, index: u32, article: Article) -> Result<(), Error> {
        run(core(&account).update_draft(&media_id, index, &article))
    }

    fn delete(account: AccountBorrow<'_>, media_id: String) -> Result<(), Error> {
        run(core(&account).delete_draft(&media_id))
    }

    fn count(account: AccountBorrow<'_>) -> Result<u64, Error> {
        run(core(&account).count_drafts())
    }

    fn list(account: AccountBorrow<'_>, offset: u32, count: u32, with_content: bool) -> Result<DraftPage, Error> {
        run(core(&account).list_drafts(offset, count, with_content))
    }

    fn product_card(
        account: AccountBorrow<'_>,
        product_id: String,
        card_type: ProductCardType,
    ) -> Result<ProductCard, Error> {
        run(core(&account).product_card(&product_id, card_type))
    }
}

impl content::Guest for Component {
    fn references(html: String) -> Vec<ImageReference> {
        crate::content::references(&html)
    }

    fn prepare(
        account: AccountBorrow<'_>,
        html: String,
        attachments: Vec<File>,
        with_cover: bool,
    ) -> Result<Prepared, Error> {
        run(core(&account).prepare(html, &attachments, with_cover))
    }
}

impl publish::Guest for Component {
    fn submit(account: AccountBorrow<'_>, media_id: String) -> Result<Submission, Error> {
        run(core(&account).submit(&media_id))
    }

    fn status(account: AccountBorrow<'_>, publish_id: String) -> Result<PublishStatus, Error> {
        run(core(&account).publish_status(&publish_id))
    }

    fn wait(account: AccountBorrow<'_>, publish_id: String, timeout_seconds: u32) -> Result<PublishStatus, Error> {
        run(core(&account).wait_published(&publish_id, timeout_seconds))
    }

    fn get(account: AccountBorrow<'_>, article_id: String) -> Result<ArticleGroup, Error> {
        run(core(&account).get_publication(&article_id))
    }

    fn list(account: AccountBorrow<'_>, offset: u32, count: u32, with_content: bool) -> Result<PublicationPage, Error> {
        run(core(&account).list_publications(offset, count, with_content))
    }

    fn delete(account: AccountBorrow<'_>, article_id: String, which: DeleteWhich) -> Result<(), Error> {
        run(core(&account).delete_publication(&article_id, which))
    }
}
