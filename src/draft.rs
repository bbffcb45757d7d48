//! Drafts.

use std::slice;

use serde::Serialize;

use crate::account::Account;
use crate::article::{ArticleRequest, GroupReply, PageRequest};
use crate::bindings::types::{Article, ArticleGroup, DraftItem, DraftPage, ProductCard, ProductCardType};
use crate::check;
use crate::error::Result;
use crate::material::MediaId;
use crate::transport::{Clock, Transport};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::fields::{Read, Structure, WrongShape};
use crate::wechat::object::Object;

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_add.html>
const ADD: Endpoint = Endpoint::post("/cgi-bin/draft/add").not_repeatable(|texts| texts.attempt.find_draft);

#[derive(Serialize)]
struct AddRequest<'a> {
    articles: Vec<ArticleRequest<'a>>,
}

struct AddReply {
    media_id: String,
}

impl Structure for AddReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            media_id: object.id("media_id")?,
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_getdraft.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/draft/get").acts_on_id().with_large_reply();

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_update.html>
const UPDATE: Endpoint = Endpoint::post("/cgi-bin/draft/update");

#[derive(Serialize)]
struct UpdateRequest<'a> {
    media_id: &'a str,
    index: u32,
    /// One article, in spite of the name; a list is refused with 47001.
    articles: ArticleRequest<'a>,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_delete.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/draft/delete").deletes();

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_count.html>
const COUNT: Endpoint = Endpoint::get("/cgi-bin/draft/count");

struct CountReply {
    total_count: u64,
}

impl Structure for CountReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            total_count: object.count("total_count")?,
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/draft/batchget").with_large_reply();

impl Structure for DraftItem {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            media_id: object.id("media_id")?,
            draft: GroupReply::of_line(object.object("content")?, object.time("update_time")),
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/draftbox/shop/api_ecsgetproductcardinfo.html>
///
/// The code of a busy server also means that the account has no commerce feature (wechat-api §12), so trying again
/// would only take time.
const PRODUCT_CARD: Endpoint = Endpoint::post("/channels/ec/service/product/getcardinfo").no_retry();

#[derive(Serialize)]
struct ProductCardRequest<'a> {
    product_id: &'a str,
    article_type: &'a str,
    card_type: u8,
}

impl Structure for ProductCard {
    fn read(object: &mut Object) -> Read<Self> {
        match (object.non_empty("product_key"), object.non_empty("DOM")) {
            (None, None) => Err(WrongShape),
            (product_key, dom) => Ok(Self { product_key, dom }),
        }
    }
}

impl<T: Transport + Clock> Account<T> {
    /// `draft.add`
    pub async fn add_draft(&self, articles: &[Article]) -> Result<String> {
        check::articles(self.texts(), articles)?;
        let request = AddRequest {
            articles: articles.iter().map(ArticleRequest::from).collect(),
        };
        let reply: AddReply = self.client.post(&ADD, &request).await?;
        Ok(reply.media_id)
    }

    /// `draft.get`
    pub async fn get_draft(&self, media_id: &str) -> Result<ArticleGroup> {
        check::id(self.texts(), "media-id", media_id)?;
        let reply: GroupReply = self.client.post(&GET, &MediaId { media_id }).await?;
        reply.group().ok_or_else(|| self.client.unexpected_shape(&GET))
    }

    /// `draft.update`
    pub async fn update_draft(&self, media_id: &str, index: u32, article: &Article) -> Result<()> {
        check::id(self.texts(), "media-id", media_id)?;
        check::index(self.texts(), "index", index)?;
        check::articles(self.texts(), slice::from_ref(article))?;
        let request = UpdateRequest {
            media_id,
            index,
            articles: article.into(),
        };
        self.client.post_for_status(&UPDATE, &request).await
    }

    /// `draft.delete`
    pub async fn delete_draft(&self, media_id: &str) -> Result<()> {
        check::id(self.texts(), "media-id", media_id)?;
        self.client.post_for_status(&DELETE, &MediaId { media_id }).await
    }

    /// `draft.count`
    pub async fn count_drafts(&self) -> Result<u64> {
        let reply: CountReply = self.client.get(&COUNT).await?;
        Ok(reply.total_count)
    }

    /// `draft.list`
    pub async fn list_drafts(&self, offset: u32, count: u32, with_content: bool) -> Result<DraftPage> {
        check::page(self.texts(), count)?;
        let request = PageRequest::new(offset, count, with_content);
        let page = self.client.post_for_page(&LIST, &request, offset).await?;
        Ok(DraftPage {
            total_count: page.total_count,
            items: page.lines,
        })
    }

    /// `draft.product-card`
    pub async fn product_card(&self, product_id: &str, card_type: ProductCardType) -> Result<ProductCard> {
        check::id(self.texts(), "product-id", product_id)?;
        let (article_type, card_type) = match card_type {
            ProductCardType::NewsLarge => ("news", 0),
            ProductCardType::NewsSmall => ("news", 1),
            ProductCardType::NewsTextLink => ("news", 2),
            ProductCardType::PicturesSmall => ("newspic", 1),
            ProductCardType::PicturesTextLink => ("newspic", 2),
            ProductCardType::PicturesBar => ("newspic", 3),
        };
        let request = ProductCardRequest {
            product_id,
            article_type,
            card_type,
        };
        self.client.post(&PRODUCT_CARD, &request).await
    }
}
