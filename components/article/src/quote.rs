//! Quotes and alerts.

use pulldown_cmark::BlockQuoteKind;
use wechat_official_account_language::Text;

use crate::theme::Role;
use crate::writer::{ArticleWriter, Container};

/// Opens a quote, or an alert of a kind.
pub fn begin(writer: &mut ArticleWriter, kind: Option<BlockQuoteKind>) {
    writer.begin_block();
    let Some(kind) = kind else {
        // Layers that are alike would break rule 2.1: every second one differs.
        let quotes = writer
            .containers
            .iter()
            .filter(|container| matches!(container, Container::Quote))
            .count();
        writer.open(
            "section",
            Role::Quote,
            if quotes.is_multiple_of(2) { "" } else { "margin-top:0" },
        );
        writer.begin("</section>");
        writer.containers.push(Container::Quote);
        return;
    };
    let text = look(writer, kind).2;
    write_alert(writer, kind, text.as_str());
}

/// Opens an alert of a word that is none of the five of GitHub's, or with a title of its own.
pub fn begin_named(writer: &mut ArticleWriter, word: &str, title: &str) {
    writer.begin_block();
    let (kind, is_known) = match &*word.to_ascii_lowercase() {
        "note" => (BlockQuoteKind::Note, true),
        "tip" => (BlockQuoteKind::Tip, true),
        "important" => (BlockQuoteKind::Important, true),
        "warning" => (BlockQuoteKind::Warning, true),
        "caution" => (BlockQuoteKind::Caution, true),
        "hint" | "success" | "check" | "done" => (BlockQuoteKind::Tip, false),
        "attention" => (BlockQuoteKind::Warning, false),
        "danger" | "error" | "failure" | "fail" | "missing" | "bug" => (BlockQuoteKind::Caution, false),
        _ => (BlockQuoteKind::Note, false),
    };
    let text = match title {
        "" if is_known => look(writer, kind).2.as_str(),
        "" => word,
        title => title,
    };
    write_alert(writer, kind, text);
}

fn write_alert(writer: &mut ArticleWriter, kind: BlockQuoteKind, text: &str) {
    let (role, title, _) = look(writer, kind);
    writer.open("section", role, "");
    writer.begin("</section>");
    writer.open("p", title, "");
    writer.html.text(text);
    writer.html.close("p");
    writer.containers.push(Container::Alert);
}

fn look(writer: &ArticleWriter, kind: BlockQuoteKind) -> (Role, Role, Text<0>) {
    let written = writer.written;
    match kind {
        BlockQuoteKind::Note => (Role::Note, Role::NoteTitle, written.note),
        BlockQuoteKind::Tip => (Role::Tip, Role::TipTitle, written.tip),
        BlockQuoteKind::Important => (Role::Important, Role::ImportantTitle, written.important),
        BlockQuoteKind::Warning => (Role::Warning, Role::WarningTitle, written.warning),
        BlockQuoteKind::Caution => (Role::Caution, Role::CautionTitle, written.caution),
    }
}

/// Closes a quote or an alert.
pub fn end(writer: &mut ArticleWriter) {
    writer.containers.pop();
    writer.end();
}
