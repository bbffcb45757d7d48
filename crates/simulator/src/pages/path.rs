//! The paths of the pages.
//!
//! No path of WeChat's API begins with `/__`, is `/`, or begins with `/s`: the last are those of articles on
//! mp.weixin.qq.com.

pub(crate) const OVERVIEW: &str = "/";

/// A published article, `/s/KEY`.
pub(crate) const PUBLISHED: &str = "/s/{key}";

/// The beginning of [`PUBLISHED`].
pub(crate) const PUBLISHED_BEFORE_KEY: &str = "/s/";

/// A draft's article, `/s?…&tempkey=KEY`.
pub(crate) const PREVIEW: &str = "/s";

/// The parameter of [`PREVIEW`] that names the article.
pub(crate) const PREVIEW_KEY: &str = "tempkey";

pub(crate) const ACCOUNTS: &str = "/__pages/accounts";
pub(crate) const MATERIAL: &str = "/__pages/material";
pub(crate) const MEDIA: &str = "/__pages/media";
pub(crate) const ARTICLE_IMAGES: &str = "/__pages/article-images";
pub(crate) const DRAFTS: &str = "/__pages/drafts";
pub(crate) const PUBLICATIONS: &str = "/__pages/publications";
pub(crate) const REQUESTS: &str = "/__pages/requests";
pub(crate) const FAULTS: &str = "/__pages/faults";
pub(crate) const FAULTS_REMOVE: &str = "/__pages/faults/remove";
pub(crate) const OPEN: &str = "/__pages/open";
pub(crate) const ICON: &str = "/__pages/icon.svg";
pub(crate) const STYLE: &str = "/__pages/style.css";

/// The document in the frame of an article's page. Its parameters are those of the article's own address.
pub(crate) const FRAME: &str = "/__pages/frame";

/// Pictures by the path that they have on WeChat's host.
pub(crate) const PICTURES: &str = "/__pages/pictures/";

/// Pictures among permanent material and temporary media, by media id.
pub(crate) const MEDIA_PICTURE: &str = "/__pages/media-picture";
