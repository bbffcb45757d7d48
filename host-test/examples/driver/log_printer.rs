//! A log on stderr with everything in it, as of a program that is being debugged.

use std::fmt::{Debug, Write};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The compiler logs minutes of text about the component, and knows nothing of any call.
const COMPILER: [&str; 4] = [
    "cranelift",
    "regalloc2",
    "wasmtime_internal_cranelift",
    "wasmtime_environ",
];

/// Prints all that is logged by `tracing` and `log`, from now on.
pub fn install() {
    tracing::subscriber::set_global_default(LogPrinter).expect("the only subscriber");
    log::set_logger(&LogPrinter).expect("the only logger");
    log::set_max_level(log::LevelFilter::Trace);
}

struct LogPrinter;

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for LogPrinter {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        eprintln!("{} span{}", span.metadata().target(), fields.0);
        // Spans need not be distinguished.
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        eprintln!("span{}", fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        eprintln!("{}{}", event.metadata().target(), fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for LogPrinter {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, event: &log::Record<'_>) {
        if !COMPILER.iter().any(|name| event.target().starts_with(name)) {
            eprintln!("{} {}", event.target(), event.args());
        }
    }

    fn flush(&self) {}
}
