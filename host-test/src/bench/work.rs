//! The calls that each side makes, with their arguments made beforehand.

use std::fmt;

use wasmtime::{Result, format_err};
use wechat_official_account::account::Account as CoreAccount;
use wechat_official_account::bindings::types as core;
use wechat_official_account::transport::{Clock, Transport};
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, File, MaterialContent, News};
use wechat_simulator::{APP_ID, Account, Article as StoredArticle, MaterialKind};

use super::server::Server;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;
/// A page of a list (wechat-api §11.7).
const PAGE: u32 = 20;
/// A long article.
const ARTICLE: usize = 100 * KIB;
const PICTURE: &[u8] = include_bytes!("../../fixtures/cover.jpg");

/// One call of the plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// `draft.count`, the smallest.
    Count,
    /// `draft.list` of 20 drafts without their contents.
    List,
    /// `draft.list` of 20 drafts with contents of so many bytes each.
    ListWithContent(usize),
    /// The same with raw line feeds in JSON strings, which WeChat's replies may have (wechat-api §3.3).
    ListWithRawLines(usize),
    /// `draft.add` of one article of 100 KiB.
    Add,
    /// `material.upload-image` of so many bytes.
    Upload(usize),
    /// `material.get` of an image of so many bytes.
    Download(usize),
}

/// The calls of the benchmarks.
pub const WORKS: [Work; 9] = [
    Work::Count,
    Work::List,
    Work::ListWithContent(ARTICLE),
    Work::ListWithRawLines(ARTICLE),
    Work::Add,
    Work::Upload(100 * KIB),
    Work::Upload(MIB),
    Work::Upload(10 * MIB),
    Work::Download(10 * MIB),
];

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count => write!(f, "small call (draft.count)"),
            Self::List => write!(f, "list of 20 drafts"),
            Self::ListWithContent(each) => write!(f, "list of 20 drafts of {}", Bytes(*each)),
            Self::ListWithRawLines(each) => write!(f, "list of 20 drafts of {}, raw line feeds", Bytes(*each)),
            Self::Add => write!(f, "draft.add, {}", Bytes(ARTICLE)),
            Self::Upload(length) => write!(f, "upload, {}", Bytes(*length)),
            Self::Download(length) => write!(f, "download, {}", Bytes(*length)),
        }
    }
}

struct Bytes(usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            length if length >= MIB => write!(f, "{} MiB", length / MIB),
            length => write!(f, "{} KiB", length / KIB),
        }
    }
}

/// A call with its arguments, in the types of both sides.
pub(super) struct Task {
    work: Work,
    article: Article,
    core_article: core::Article,
    file: File,
    core_file: core::File,
    media_id: String,
}

impl Task {
    /// Fills the account with the data that the call needs, and makes its arguments.
    pub fn prepare(work: Work, server: &Server) -> Result<Self> {
        server.simulator().with(|world| {
            world.raw_control_characters = matches!(work, Work::ListWithRawLines(_));
        });
        let (cover, media_id) = on_account(server, |account| {
            let cover = account.put_material(MaterialKind::Image, "cover.jpg", PICTURE);
            let each = match work {
                Work::List => Some(0),
                Work::ListWithContent(each) | Work::ListWithRawLines(each) => Some(each),
                _ => None,
            };
            if let Some(each) = each {
                for number in 0..PAGE {
                    let title = format!("第{number}篇文章");
                    account.put_draft(vec![StoredArticle::news(&title, &html(each), &cover)]);
                }
            }
            let media_id = match work {
                Work::Download(length) => account.put_material(MaterialKind::Image, "large.jpg", image(length)),
                _ => String::new(),
            };
            (cover, media_id)
        })?;
        let content = html(match work {
            Work::Add => ARTICLE,
            _ => 0,
        });
        let bytes = match work {
            Work::Upload(length) => image(length),
            _ => Vec::new(),
        };
        Ok(Self {
            work,
            article: Article::News(News::new("长文章", &content, &cover)),
            core_article: core::Article::News(core::News {
                title: "长文章".to_owned(),
                author: None,
                digest: None,
                content,
                content_source_url: None,
                thumb_media_id: cover,
                cover_crops: Vec::new(),
                comments: core::Comments::Closed,
                product_key: None,
            }),
            file: File::new("picture.jpg", bytes.clone()),
            core_file: core::File {
                name: "picture.jpg".to_owned(),
                bytes,
            },
            media_id,
        })
    }

    /// Makes the call with the plugin.
    pub async fn by_plugin(&self, session: &mut Session) -> Result<()> {
        let done = match self.work {
            Work::Count => session.count_drafts().await? == 0,
            Work::List => session.list_drafts(0, PAGE, false).await?.items.len() == PAGE as usize,
            Work::ListWithContent(each) | Work::ListWithRawLines(each) => {
                let page = session.list_drafts(0, PAGE, true).await?;
                let contents = page.items.iter().flat_map(|item| &item.draft.articles);
                let length: usize = contents
                    .filter_map(|article| article.content.as_ref())
                    .map(String::len)
                    .sum();
                length >= each * PAGE as usize
            }
            Work::Add => !session.add_draft(std::slice::from_ref(&self.article)).await?.is_empty(),
            Work::Upload(_) => !session.upload_material_image(&self.file).await?.media_id.is_empty(),
            Work::Download(length) => {
                let material = session.get_material(&self.media_id).await?;
                matches!(material, MaterialContent::File(file) if file.bytes.len() == length)
            }
        };
        self.done(done)
    }

    /// Makes the call with the native core.
    pub async fn by_core<T: Transport + Clock>(&self, account: &CoreAccount<T>) -> Result<()> {
        let done = match self.work {
            Work::Count => account.count_drafts().await.map(|count| count == 0),
            Work::List => {
                let page = account.list_drafts(0, PAGE, false).await;
                page.map(|page| page.items.len() == PAGE as usize)
            }
            Work::ListWithContent(each) | Work::ListWithRawLines(each) => {
                let page = account.list_drafts(0, PAGE, true).await;
                page.map(|page| {
                    let contents = page.items.iter().flat_map(|item| &item.draft.articles);
                    let length: usize = contents
                        .filter_map(|article| article.content.as_ref())
                        .map(String::len)
                        .sum();
                    length >= each * PAGE as usize
                })
            }
            Work::Add => {
                let id = account.add_draft(std::slice::from_ref(&self.core_article)).await;
                id.map(|id| !id.is_empty())
            }
            Work::Upload(_) => {
                let image = account.upload_image(&self.core_file).await;
                image.map(|image| !image.media_id.is_empty())
            }
            Work::Download(length) => {
                let material = account.get_material(&self.media_id).await;
                material
                    .map(|material| matches!(material, core::MaterialContent::File(file) if file.bytes.len() == length))
            }
        };
        self.done(done.map_err(|error| format_err!("{}", error.message))?)
    }

    fn done(&self, done: bool) -> Result<()> {
        match done {
            true => Ok(()),
            false => Err(format_err!("{}: the answer is wrong", self.work)),
        }
    }

    /// Removes the last call's data from the server, which would fill up otherwise.
    pub fn tidy(&self, server: &Server) -> Result<()> {
        on_account(server, |account| match self.work {
            Work::Add => account.drafts.clear(),
            Work::Upload(_) => account.materials.clear(),
            _ => {}
        })
    }
}

fn on_account<R>(server: &Server, change: impl FnOnce(&mut Account) -> R) -> Result<R> {
    let changed = server.simulator().with_account(APP_ID, change);
    changed.ok_or_else(|| format_err!("the simulator has lost its account"))
}

/// Makes HTML of at least this many bytes, with quotation marks and line feeds here and there, as editors write it.
fn html(length: usize) -> String {
    const PARAGRAPH: &str = "<p style=\"margin: 0 8px\">春江潮水连海平,海上明月共潮生。滟滟随波千万里,何处春江无月明!江流宛转绕芳甸,月照花林皆似霰。</p>\n";
    PARAGRAPH.repeat(length.div_ceil(PARAGRAPH.len()).max(1))
}

/// Makes a picture of this length. Its end looks random.
fn image(length: usize) -> Vec<u8> {
    let mut bytes = PICTURE.to_vec();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    bytes.resize_with(length.max(PICTURE.len()), || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    });
    bytes
}
