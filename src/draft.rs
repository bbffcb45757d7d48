//! Drafts.

use crate::account::Account;
use crate::article::{page_request, read_group, read_line, write_article};
use crate::bindings::types::{Article, ArticleGroup, DraftItem, DraftPage, ProductCard, ProductCardType};
use crate::check;
use crate::error::Result;
use crate::material::by_id;
use crate::transport::{Clock, Transport};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::json::{Object, write};

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_add.html>
const ADD: Endpoint = Endpoint::post("/cgi-bin/draft/add")
    .not_repeatable("Look for the draft with draft.list, by title and update-time, before adding it again.");
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_getdraft.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/draft/get").on_target().with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_update.html>
const UPDATE: Endpoint = Endpoint::post("/cgi-bin/draft/update");
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_delete.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/draft/delete").deletes();
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_count.html>
const COUNT: Endpoint = Endpoint::get("/cgi-bin/draft/count");
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/draft/batchget").with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/shop/api_ecsgetproductcardinfo.html>
///
/// The code of a busy server also says that the account has no commerce feature (wechat-api §12), so trying again would only
/// take time.
const PRODUCT_CARD: Endpoint = Endpoint::post("/channels/ec/service/product/getcardinfo").once();

impl<T: Transport + Clock> Account<T> {
    /// `draft.add`
    pub async fn add_draft(&self, articles: &[Article]) -> Result<String> {
        check::articles(articles)?;
        let request = write(|body| body.list("articles", articles, write_article));
        let mut added = self.client.post(&ADD, request).await?;
        self.client.required_id(&ADD, added.text("media_id"))
    }

    /// `draft.get`
    pub async fn get_draft(&self, media_id: &str) -> Result<ArticleGroup> {
        check::id("media-id", media_id)?;
        let draft = self.client.post(&GET, by_id(media_id)).await?;
        read_group(draft).ok_or_else(|| self.client.misshapen(&GET))
    }

    /// `draft.update`
    pub async fn update_draft(&self, media_id: &str, index: u32, article: &Article) -> Result<()> {
        check::id("media-id", media_id)?;
        check::index("index", index)?;
        check::articles(std::slice::from_ref(article))?;
        let request = write(|body| {
            body.text("media_id", media_id)
                .number("index", index)
                // One article, in spite of the name; a list is refused with 47001.
                .object("articles", |fields| write_article(article, fields))
        });
        self.client.post_for_status(&UPDATE, request).await
    }

    /// `draft.delete`
    pub async fn delete_draft(&self, media_id: &str) -> Result<()> {
        check::id("media-id", media_id)?;
        self.client.post_for_status(&DELETE, by_id(media_id)).await
    }

    /// `draft.count`
    pub async fn count_drafts(&self) -> Result<u64> {
        let answer = self.client.get(&COUNT).await?;
        let count = answer
            .optional_number("total_count")
            .and_then(|count| u64::try_from(count).ok());
        count.ok_or_else(|| self.client.misshapen(&COUNT))
    }

    /// `draft.list`
    pub async fn list_drafts(&self, offset: u32, count: u32, with_content: bool) -> Result<DraftPage> {
        let request = page_request(offset, count, with_content)?;
        let (total_count, lines) = self.client.post_for_page(&LIST, request, offset, "media_id").await?;
        let item = |mut line: Object| DraftItem {
            media_id: line.text("media_id"),
            draft: read_line(&mut line),
        };
        Ok(DraftPage {
            total_count,
            items: lines.into_iter().map(item).collect(),
        })
    }

    /// `draft.product-card`
    pub async fn product_card(&self, product_id: &str, card_type: ProductCardType) -> Result<ProductCard> {
        check::id("product-id", product_id)?;
        let (article_type, card_type) = match card_type {
            ProductCardType::NewsLarge => ("news", 0),
            ProductCardType::NewsSmall => ("news", 1),
            ProductCardType::NewsTextLink => ("news", 2),
            ProductCardType::PicturesSmall => ("newspic", 1),
            ProductCardType::PicturesTextLink => ("newspic", 2),
            ProductCardType::PicturesBar => ("newspic", 3),
        };
        let request = write(|body| {
            body.text("product_id", product_id)
                .text("article_type", article_type)
                .number("card_type", card_type)
        });
        let mut card = self.client.post(&PRODUCT_CARD, request).await?;
        let mut given = |name| card.optional_text(name).filter(|text| !text.is_empty());
        match (given("product_key"), given("DOM")) {
            (None, None) => Err(self.client.misshapen(&PRODUCT_CARD)),
            (product_key, dom) => Ok(ProductCard { product_key, dom }),
        }
    }
}
