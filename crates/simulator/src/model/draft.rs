//! Drafts (wechat-api §11).

use super::article::Article;

/// A draft.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draft {
    /// Its articles, content already sanitised.
    pub articles: Vec<Article>,
    /// Unix seconds.
    pub create_time: u64,
    /// Unix seconds.
    pub update_time: u64,
    /// Number as in [`Material::order`](super::material::Material::order), renewed by updates.
    pub order: u64,
}
