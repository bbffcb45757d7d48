//! What a fault does to an article on its way into the store or out of it.

use super::article::{Article, ArticleKind};
use crate::html;

/// A change that no error tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alteration {
    StyleEmptied,
    TitleCut,
    PictureDropped,
    TextLost,
}

impl Alteration {
    /// Returns the article with the change.
    pub(crate) fn applied(self, article: &Article) -> Article {
        let mut article = Article {
            // The content no longer follows from it.
            sent: None,
            ..article.clone()
        };
        let content = article.content.as_str();
        match (self, article.kind) {
            // The content of a newspic is plain text.
            (Alteration::StyleEmptied, ArticleKind::News) => article.content = html::with_empty_styles(content),
            (Alteration::StyleEmptied, ArticleKind::Newspic) => {}
            (Alteration::TitleCut, _) => article.title = html::cut_in_half(&article.title),
            (Alteration::PictureDropped, ArticleKind::News) => article.content = html::without_first_picture(content),
            (Alteration::PictureDropped, ArticleKind::Newspic) => {
                article.images.pop();
            }
            (Alteration::TextLost, _) => article.content = html::with_half_of_the_text(content),
        }
        article
    }
}
