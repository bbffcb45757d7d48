//! Texts that must never be seen, and the places that the tests search for them.
//!
//! The canaries are the known account's id and secret, and the mark in every token of the simulator. The tests search
//! for them in everything that the process logs, at trace level, and in every request that a simulator gets.

use std::collections::BTreeSet;
use std::fmt::{Debug, Write};
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use wechat_simulator::{APP_ID, APP_SECRET, Entry, TOKEN_MARK};

/// The canaries, plain and as the debug output of bytes.
static CANARIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let plain = [APP_ID, APP_SECRET, TOKEN_MARK];
    let bytes = plain.map(|canary| format!("{:?}", canary.as_bytes()).replace(['[', ']'], ""));
    plain.map(str::to_owned).into_iter().chain(bytes).collect()
});

/// The crates that must have logged something: an empty log would pass for one without secrets.
const LOGGING_CRATES: [&str; 3] = ["wasmtime_wasi_http", "hyper_util", "rustls"];

/// The crates of wasmtime's compiler.
const COMPILER: [&str; 4] = [
    "cranelift",
    "regalloc2",
    "wasmtime_internal_cranelift",
    "wasmtime_environ",
];

static LOGGED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LOGGED_BY: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// Returns the first canary in this text.
pub fn found_in(text: &str) -> Option<&'static str> {
    let found = CANARIES.iter().find(|canary| text.contains(canary.as_str()));
    found.map(String::as_str)
}

/// Fails if there is a canary in this text.
#[track_caller]
pub fn assert_absent(text: &str) {
    assert_eq!(found_in(text), None, "in {text}");
}

/// Captures the log from now on, for the whole process.
pub fn capture_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(LogCapture).unwrap();
        log::set_logger(&LogCapture).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Fails if the log so far has a canary in it.
#[track_caller]
pub fn assert_none_logged() {
    let logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(logged.is_empty(), "in the log: {logged:#?}");
}

/// Fails unless all of [`LOGGING_CRATES`] have logged something.
#[track_caller]
pub fn assert_all_logged() {
    let logged_by = LOGGED_BY.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(*logged_by, BTreeSet::from(LOGGING_CRATES));
}

/// A logger in the place of a terminal or a file.
struct LogCapture;

impl LogCapture {
    fn search(&self, target: &str, text: &str) {
        let source = target.split("::").next().unwrap_or_default();
        if let Some(expected) = LOGGING_CRATES.iter().find(|expected| **expected == source) {
            LOGGED_BY
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(expected);
        }
        if found_in(text).is_some() {
            let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
            logged.push(format!("{source}: {text}"));
        }
    }
}

/// The fields of an event or a span, in order.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

/// Captures `tracing`.
impl Subscriber for LogCapture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        self.search(span.metadata().target(), &fields.0);
        // Spans need not be distinguished.
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.search("a span", &fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.search(event.metadata().target(), &fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Captures `log`.
impl log::Log for LogCapture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, event: &log::Record<'_>) {
        // The compiler knows nothing but the component, and its log would take minutes to search.
        if !COMPILER.iter().any(|name| event.target().starts_with(name)) {
            self.search(event.target(), &event.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Fails if these requests have the id or secret anywhere but in the bodies of `stable_token`, or tokens anywhere but
/// in the query.
#[track_caller]
pub fn assert_kept(requests: &[Entry]) {
    for request in requests {
        let body = String::from_utf8_lossy(&request.body);
        match request.path.as_str() {
            "/cgi-bin/stable_token" => assert!(!body.contains(TOKEN_MARK), "a token in {body}"),
            _ => assert_absent(&body),
        }
        assert_absent(&request.path);
        for (name, value) in &request.query {
            match name.as_str() {
                "access_token" => assert!(!value.contains(APP_ID) && !value.contains(APP_SECRET)),
                _ => assert_absent(value),
            }
        }
        assert_absent(&format!("{:?}", request.headers));
    }
}
