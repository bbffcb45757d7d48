//! Long lists, a page at a time.

use maud::{Markup, html};

use super::page_request::PageRequest;

/// Items of one page: enough to look at, and quickly drawn.
const ITEMS: usize = 50;

/// The items of one page.
pub(super) struct Listed<T> {
    pub(super) items: Vec<T>,
    pub(super) total: usize,
    page: usize,
}

impl<T> Listed<T> {
    /// Takes the page that the request asks for, from items with their orders: the highest order comes first.
    pub(super) fn newest(request: &PageRequest, items: impl Iterator<Item = (u64, T)>) -> Listed<T> {
        let mut items: Vec<(u64, T)> = items.collect();
        items.sort_unstable_by_key(|(order, _)| std::cmp::Reverse(*order));
        Listed::of(request, items.len(), items.into_iter().map(|(_, item)| item))
    }

    /// Takes the page that the request asks for; `total` is the number of all items. A page after the last is the last.
    pub(super) fn of(request: &PageRequest, total: usize, items: impl Iterator<Item = T>) -> Listed<T> {
        let page = request.page.min(total.saturating_sub(1) / ITEMS);
        Listed {
            items: items.skip(page * ITEMS).take(ITEMS).collect(),
            total,
            page,
        }
    }

    /// Writes the links to the pages beside this one; nothing if there is only one.
    pub(super) fn pager(&self, request: &PageRequest) -> Markup {
        let pages = self.total.div_ceil(ITEMS);
        html! {
            @if pages > 1 {
                nav .pager aria-label=(request.texts.pages.as_str()) {
                    @if self.page > 0 {
                        a rel="prev" href=(request.at_page(self.page - 1)) { (request.texts.previous.as_str()) }
                    }
                    span { (request.texts.page_of.with([&(self.page + 1), &pages])) }
                    @if self.page + 1 < pages {
                        a rel="next" href=(request.at_page(self.page + 1)) { (request.texts.next.as_str()) }
                    }
                }
            }
        }
    }
}
