//! What all pages have: the head, the navigation, the headers, tables, and values as people read them.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, StatusCode};
use maud::{DOCTYPE, Markup, html};
use time::{OffsetDateTime, UtcOffset};
use wechat_official_account_language::Language;

use super::page_request::{PageRequest, tag};
use super::path;

/// Nothing but what the simulator serves itself, no script, and no frame around a page. `same-origin` and no stricter
/// policy on referrers: under `no-referrer`, forms would be sent with the origin `null`.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
                           frame-ancestors 'none'; base-uri 'none'";

/// Hours by which Beijing is ahead of UTC, all year.
const BEIJING: i8 = 8;

/// The zone as it stands beside a time, in every language: the clock of a reader elsewhere shows another time.
const ZONE: &str = "UTC+8";

/// A page of the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Overview,
    Material,
    Drafts,
    Publications,
    Requests,
    Faults,
    /// A page that the navigation does not have.
    Elsewhere,
}

/// Writes a whole page. `title` is its heading.
pub(super) fn page(request: &PageRequest, place: Place, title: &str, body: &Markup) -> Response {
    let texts = request.texts;
    let places = [
        (Place::Overview, path::OVERVIEW, texts.overview),
        (Place::Material, path::MATERIAL, texts.files),
        (Place::Drafts, path::DRAFTS, texts.drafts),
        (Place::Publications, path::PUBLICATIONS, texts.publications),
        (Place::Requests, path::REQUESTS, texts.requests),
        (Place::Faults, path::FAULTS, texts.faults),
    ];
    let other = match request.language {
        Language::English => (Language::Chinese, "中文"),
        Language::Chinese => (Language::English, "English"),
    };
    let document = html! {
        (DOCTYPE)
        html lang=(request.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (texts.simulator.as_str()) }
                link rel="icon" type="image/svg+xml" href=(path::ICON);
                link rel="stylesheet" href=(path::STYLE);
            }
            body {
                a .skip href="#content" { (texts.skip.as_str()) }
                header {
                    p .name { a href=(request.link(path::OVERVIEW, &[])) { (texts.simulator.as_str()) } }
                    nav aria-label=(texts.navigation.as_str()) {
                        ul {
                            @for (target, path, name) in places {
                                li {
                                    @let current = (target == place).then_some("page");
                                    a href=(request.link(path, &[])) aria-current=[current] { (name.as_str()) }
                                }
                            }
                        }
                    }
                    a .language lang=(tag(other.0)) hreflang=(tag(other.0)) href=(request.in_language(other.0)) {
                        (other.1)
                    }
                }
                main #content {
                    h1 { (title) }
                    (whose(request, place))
                    (body)
                }
                footer { p { (texts.footer.as_str()) } }
            }
        }
    };
    document_response(StatusCode::OK, PAGE_POLICY, document)
}

/// Writes whose data a page shows. The log and the faults are those of all accounts, which needs to be said only if
/// there are several.
fn whose(request: &PageRequest, place: Place) -> Markup {
    let texts = request.texts;
    let label = texts.account.as_str();
    let several = request.accounts > 1;
    html! {
        @match place {
            Place::Overview | Place::Material | Place::Drafts | Place::Publications => {
                @if let Some(app_id) = request.app_id() {
                    p .account {
                        (label) " " code { (app_id) }
                        @if several {
                            @let others = request.accounts - 1;
                            " · " a href=(request.link(path::ACCOUNTS, &[])) { (texts.other_accounts.with([&others])) }
                        }
                    }
                }
            }
            Place::Requests | Place::Faults if several => {
                p .account { (texts.all_accounts.with([&request.accounts])) }
            }
            Place::Requests | Place::Faults | Place::Elsewhere => {}
        }
    }
}

/// Answers with an HTML document under a content security policy.
pub(super) fn document_response(status: StatusCode, policy: &'static str, document: Markup) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (status, headers, safe_headers(), document.into_string()).into_response()
}

/// Returns the headers of everything that is served here: what a browser gets is as old as the store is.
pub(super) fn safe_headers() -> [(HeaderName, HeaderValue); 3] {
    [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ]
}

/// Writes a table, or a sentence if it has no rows. On narrow screens each row is a card, with its cells' names.
pub(super) fn table<const N: usize>(caption: &str, names: [&str; N], rows: &[[Markup; N]], empty: &str) -> Markup {
    html! {
        @if rows.is_empty() {
            p .empty { (empty) }
        } @else {
            table {
                caption { (caption) }
                thead { tr { @for name in names { th scope="col" { (name) } } } }
                tbody {
                    @for row in rows {
                        tr { @for (name, cell) in names.iter().zip(row) { td data-name=(name) { div { (cell) } } } }
                    }
                }
            }
        }
    }
}

/// Writes a time of the simulator, as in Beijing, and its zone.
pub(super) fn time_element(seconds: u64) -> Markup {
    let utc = i64::try_from(seconds).ok();
    let utc = utc.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    let beijing = UtcOffset::from_hms(BEIJING, 0, 0).ok().zip(utc);
    html! {
        @if let Some((offset, utc)) = beijing {
            @let at = utc.to_offset(offset);
            @let text = format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second());
            time datetime={ (text) "+08:00" } { (text) } " " span .zone { (ZONE) }
        } @else {
            (seconds)
        }
    }
}

/// Returns a number of bytes in the largest unit that leaves a whole number or one decimal.
pub(super) fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..1_048_576 => format!("{:.1} KB", bytes as f64 / KIB as f64),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_beijing() {
        let text = "<time datetime=\"2025-12-31 16:00:00+08:00\">2025-12-31 16:00:00</time> \
                    <span class=\"zone\">UTC+8</span>";
        assert_eq!(time_element(1_767_168_000).into_string(), text);
        assert_eq!(time_element(u64::MAX).into_string(), u64::MAX.to_string());
    }

    #[test]
    fn sizes_have_the_unit_that_people_read() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1536, "1.5 KB"),
            (10 * 1024 * 1024, "10.0 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
