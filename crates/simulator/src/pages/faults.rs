//! Faults to set by a click, and those that wait.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use strum::IntoEnumIterator;
use wechat_official_account_language::Text;

use super::layout::{self, Place};
use super::list::Listed;
use super::page_request::PageRequest;
use super::path;
use crate::fault::connection::ConnectionFault;
use crate::fault::kind::Fault;
use crate::fault::plan::{ConnectionRule, FaultRule, Faults, RULES};
use crate::router;
use crate::state::Shared;

/// Milliseconds of the delay of this page: a person notices it, and waits for it. Other delays come from `/__faults`.
const DELAY: u64 = 5000;

/// The place of faults of connections in the form: they have no path.
const CONNECTIONS: &str = "connections";

/// The errcode of the form if nobody writes another: the busy system, which every API knows (wechat-api §19.2).
const ERRCODE: i64 = -1;

/// The form of a new rule. Its numbers are texts, as an empty field is no number.
#[derive(Deserialize)]
pub(super) struct NewRule {
    path: String,
    fault: String,
    #[serde(default)]
    errcode: String,
    #[serde(default)]
    skip: String,
    #[serde(default)]
    times: String,
}

/// The form that removes faults: those of this JSON document, or all without one.
#[derive(Deserialize)]
pub(super) struct Removal {
    faults: Option<String>,
}

/// Answers with the page.
pub(super) async fn show(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    page(&shared, &request, &NewRule::default(), None)
}

/// Adds the rule of the form.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    request: PageRequest,
    Form(rule): Form<NewRule>,
) -> Response {
    let added = rule.faults(&request).and_then(|more| {
        let mut waiting = shared.faults();
        if waiting.count() + more.count() > RULES {
            return Err(request.texts.too_many_faults);
        }
        waiting.add(more);
        Ok(())
    });
    match added {
        Ok(()) => to_page(&request),
        Err(problem) => page(&shared, &request, &rule, Some(problem)),
    }
}

/// Removes one rule, or all.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    request: PageRequest,
    Form(removal): Form<Removal>,
) -> Response {
    match removal.faults.map(|faults| serde_json::from_str::<Faults>(&faults)) {
        None => *shared.faults() = Faults::default(),
        Some(Ok(faults)) => shared.faults().remove(&faults),
        Some(Err(_)) => return StatusCode::BAD_REQUEST.into_response(),
    }
    to_page(&request)
}

/// Sends the browser to the page, so that loading it again sends no form again.
fn to_page(request: &PageRequest) -> Response {
    Redirect::to(&request.link(path::FAULTS, &[])).into_response()
}

impl Default for NewRule {
    /// Returns the form as it is before anybody fills it in.
    fn default() -> NewRule {
        NewRule {
            path: "/cgi-bin/draft/add".to_owned(),
            fault: String::new(),
            errcode: ERRCODE.to_string(),
            skip: "0".to_owned(),
            times: "1".to_owned(),
        }
    }
}

impl NewRule {
    /// Makes the rule, or tells what is wrong with it.
    fn faults(&self, request: &PageRequest) -> Result<Faults, Text<0>> {
        let texts = request.texts;
        let number = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<u64>().map(Some).map_err(|_| texts.no_number),
        };
        let (skip, times) = (number(&self.skip)?.unwrap_or_default(), number(&self.times)?);
        if times == Some(0) {
            return Err(texts.no_number);
        }
        if self.path == CONNECTIONS {
            let fault = ConnectionFault::iter().find(|fault| fault.to_string() == self.fault);
            let fault = fault.ok_or(texts.fault_elsewhere)?;
            // A rule for all connections would keep this page away, too.
            return Ok(ConnectionRule::new(fault, times.unwrap_or(1)).skip(skip).into());
        }
        if !router::endpoints().any(|endpoint| endpoint.path == self.path) {
            return Err(texts.no_path);
        }
        let mut fault = choices().into_iter().find(|fault| choice_name(fault) == self.fault);
        if let Some(Fault::Errcode { code, .. }) = &mut fault {
            *code = self.errcode().ok_or(texts.no_errcode)?;
        }
        let mut rule = FaultRule::new(&self.path, fault.ok_or(texts.fault_elsewhere)?).skip(skip);
        rule.times = times;
        Ok(rule.into())
    }

    /// Returns the errcode of the form; `None` if it is none. 0 is no error.
    fn errcode(&self) -> Option<i64> {
        match self.errcode.trim() {
            "" => Some(ERRCODE),
            text => text.parse().ok().filter(|code| *code != 0),
        }
    }
}

/// Returns the faults of requests that the form offers. The errcode of the form comes later.
fn choices() -> Vec<Fault> {
    let samples = Fault::samples().into_iter().chain(Fault::alterations());
    let shortened = samples.map(|fault| match fault {
        Fault::Delay { .. } => Fault::Delay { ms: DELAY },
        other => other,
    });
    shortened.collect()
}

/// Returns the name of a fault in the form: without an errcode, which has a field of its own.
fn choice_name(fault: &Fault) -> String {
    match fault {
        Fault::Errcode { executed: false, .. } => fault.name().to_owned(),
        Fault::Errcode { executed: true, .. } => format!("{}-after-acting", fault.name()),
        other => other.to_string(),
    }
}

/// Writes the page. `rule` is what stands in the form: after a refusal, what was sent.
fn page(shared: &Shared, request: &PageRequest, rule: &NewRule, problem: Option<Text<0>>) -> Response {
    let texts = request.texts;
    let body = html! {
        @if let Some(problem) = problem { p .problem role="alert" { (problem.as_str()) } }
        section aria-labelledby="add" {
            h2 #add { (texts.add_fault.as_str()) }
            (form(request, rule))
        }
        section aria-labelledby="waiting" {
            h2 #waiting { (texts.waiting_faults.as_str()) }
            (waiting(shared, request))
        }
    };
    let mut response = layout::page(request, Place::Faults, texts.faults.as_str(), &body);
    if problem.is_some() {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}

fn form(request: &PageRequest, rule: &NewRule) -> Markup {
    let texts = request.texts;
    html! {
        form .plan method="post" action=(request.link(path::FAULTS, &[])) {
            p {
                label for="path" { (texts.fault_path.as_str()) }
                select #path name="path" required {
                    @for endpoint in router::endpoints() {
                        option value=(endpoint.path) selected[endpoint.path == rule.path] { (endpoint.path) }
                    }
                    option value=(CONNECTIONS) selected[rule.path == CONNECTIONS] { (texts.next_connections.as_str()) }
                }
            }
            p {
                label for="fault" { (texts.fault.as_str()) }
                select #fault name="fault" required {
                    optgroup label=(texts.request_faults.as_str()) {
                        @for fault in choices() {
                            @let name = choice_name(&fault);
                            option value=(name) selected[name == rule.fault] {
                                (name) " – " ((texts.request_fault)(&fault))
                            }
                        }
                    }
                    optgroup label=(texts.connection_faults.as_str()) {
                        @for fault in ConnectionFault::iter() {
                            @let name = fault.to_string();
                            option value=(name) selected[name == rule.fault] {
                                (name) " – " ((texts.connection_fault)(fault))
                            }
                        }
                    }
                }
            }
            p {
                label for="errcode" { "errcode" }
                input #errcode name="errcode" type="number" value=(rule.errcode) aria-describedby="errcode-hint";
                span #errcode-hint .hint { (texts.errcode_hint.as_str()) }
            }
            p {
                label for="skip" { (texts.skip_first.as_str()) }
                input #skip name="skip" type="number" min="0" value=(rule.skip) inputmode="numeric";
            }
            p {
                label for="times" { (texts.times.as_str()) }
                input #times name="times" type="number" min="1" value=(rule.times) inputmode="numeric"
                    aria-describedby="always";
                span #always .hint { (texts.times_hint.as_str()) }
            }
            p { button { (texts.add_fault.as_str()) } }
        }
    }
}

/// Writes the faults that wait, each with a button that removes it.
fn waiting(shared: &Shared, request: &PageRequest) -> Markup {
    let texts = request.texts;
    let faults = shared.faults().clone();
    let rules = faults.rules.iter().filter(|rule| rule.times != Some(0));
    let rules = rules.map(|rule| {
        let times = rule
            .times
            .map_or_else(|| texts.always.as_str().to_owned(), |times| times.to_string());
        [
            html! { code { (rule.path) } },
            html! { code { (json(&rule.fault)) } br; ((texts.request_fault)(&rule.fault)) },
            html! { (rule.skip) },
            html! { (times) },
            remove_button(request, &rule.fault.to_string(), Some(&rule.clone().into())),
        ]
    });
    let connections = faults.connections.iter().filter(|rule| rule.times != 0);
    let connections = connections.map(|rule| {
        let name = rule.fault.to_string();
        [
            html! { (texts.next_connections.as_str()) },
            html! { code { (name) } br; ((texts.connection_fault)(rule.fault)) },
            html! { (rule.skip) },
            html! { (rule.times) },
            remove_button(request, &name, Some(&rule.clone().into())),
        ]
    });
    let random = faults.random.iter().map(|random| {
        let alone = Faults {
            random: Some(random.clone()),
            ..Faults::default()
        };
        [
            html! { (texts.any_path.as_str()) },
            html! { code { (json(random)) } },
            html! { "0" },
            html! { (texts.always.as_str()) },
            remove_button(request, "random", Some(&alone)),
        ]
    });
    let total = faults.count() + usize::from(faults.random.is_some());
    let listed = Listed::of(request, total, rules.chain(connections).chain(random));
    let names = [
        texts.fault_path,
        texts.fault,
        texts.skip_first,
        texts.times,
        texts.remove,
    ]
    .map(|name| name.as_str());
    html! {
        (layout::table(texts.waiting_faults.as_str(), names, &listed.items, texts.no_faults.as_str()))
        (listed.pager(request))
        @if total > 1 { (remove_button(request, texts.all_faults.as_str(), None)) }
    }
}

fn remove_button(request: &PageRequest, name: &str, faults: Option<&Faults>) -> Markup {
    html! {
        form .all[faults.is_none()] method="post" action=(request.link(path::FAULTS_REMOVE, &[])) {
            @if let Some(faults) = faults { input type="hidden" name="faults" value=(json(faults)); }
            button .quiet aria-label=(request.texts.remove_this.with([&name])) {
                @if faults.is_some() { (request.texts.remove.as_str()) } @else { (request.texts.remove_all.as_str()) }
            }
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
