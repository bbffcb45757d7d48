//! Quotes and alerts.

use pulldown_cmark::BlockQuoteKind;
use wechat_official_account_language::Text;

use crate::page::{Flow, Page};
use crate::theme::Role;

/// Opens a quote, or an alert of a kind.
pub fn begin(page: &mut Page, kind: Option<BlockQuoteKind>) {
    page.begin_block();
    let Some(kind) = kind else {
        // Layers that are alike would break rule 2.1: every second one differs.
        let quotes = page.flows.iter().filter(|flow| matches!(flow, Flow::Quote)).count();
        page.open(
            "section",
            Role::Quote,
            if quotes.is_multiple_of(2) { "" } else { "margin-top:0" },
        );
        page.begin("</section>");
        page.flows.push(Flow::Quote);
        return;
    };
    let (role, title, text) = look(page, kind);
    page.open("section", role, "");
    page.begin("</section>");
    page.open("p", title, "");
    page.html.text(text.as_str());
    page.html.close("p");
    page.flows.push(Flow::Alert);
}

fn look(page: &Page, kind: BlockQuoteKind) -> (Role, Role, Text<0>) {
    let written = &page.texts.written;
    match kind {
        BlockQuoteKind::Note => (Role::Note, Role::NoteTitle, written.note),
        BlockQuoteKind::Tip => (Role::Tip, Role::TipTitle, written.tip),
        BlockQuoteKind::Important => (Role::Important, Role::ImportantTitle, written.important),
        BlockQuoteKind::Warning => (Role::Warning, Role::WarningTitle, written.warning),
        BlockQuoteKind::Caution => (Role::Caution, Role::CautionTitle, written.caution),
    }
}

/// Closes a quote or an alert.
pub fn end(page: &mut Page) {
    page.flows.pop();
    page.end();
}
