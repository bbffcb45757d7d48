//! The paths of the pages.
//!
//! No path of WeChat's API begins with `/__`, is `/`, or begins with `/s`: the last are those of articles on
//! mp.weixin.qq.com.

pub(super) const OVERVIEW: &str = "/";

/// A published article, `/s/KEY`.
pub(super) const PUBLISHED: &str = "/s/{key}";

/// The beginning of [`PUBLISHED`].
pub(super) const PUBLISHED_BEFORE_KEY: &str = "/s/";

/// A draft's article, `/s?…&tempkey=KEY`.
pub(super) const PREVIEW: &str = "/s";

/// The parameter of [`PREVIEW`] that names the article.
pub(super) const PREVIEW_KEY: &str = "tempkey";

/// Parameter that asks for the article as readers see it, without marks.
pub(super) const READERS: &str = "readers";

pub(super) const ACCOUNTS: &str = "/__pages/accounts";
pub(super) const MATERIAL: &str = "/__pages/material";
pub(super) const MEDIA: &str = "/__pages/media";
pub(super) const ARTICLE_IMAGES: &str = "/__pages/article-images";
pub(super) const DRAFTS: &str = "/__pages/drafts";
pub(super) const PUBLICATIONS: &str = "/__pages/publications";
pub(super) const REQUESTS: &str = "/__pages/requests";
pub(super) const FAULTS: &str = "/__pages/faults";
pub(super) const FAULTS_REMOVE: &str = "/__pages/faults/remove";
pub(super) const OPEN: &str = "/__pages/open";
pub(super) const ICON: &str = "/__pages/icon.svg";
pub(super) const STYLE: &str = "/__pages/style.css";

/// The document in the frame of an article's page. Its parameters are those of the article's own address.
pub(super) const FRAME: &str = "/__pages/frame";

/// Pictures by the path that they have on WeChat's host.
pub(super) const PICTURES: &str = "/__pages/pictures/";

/// Pictures among permanent material and temporary media, by media id.
pub(super) const MEDIA_PICTURE: &str = "/__pages/media-picture";
