//! The record of the calls on stderr. A client may start the server and never read its stderr: then lines are lost, and
//! no call waits for them.

use std::sync::mpsc::{self, SyncSender};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::timeout;
use wechat_official_account_tools::error::Result;

use crate::error;
use crate::output::Output;
use crate::texts::{messages, os_error};

/// The most lines that wait for a slow reader, some 100 bytes each.
const WAITING: usize = 1024;
/// How long the end waits for a reader: a shorter time than that in which signals end the program.
const FAREWELL: Duration = Duration::from_secs(1);

/// The record. A thread writes it, as a write may block for ever.
pub struct Record {
    lines: SyncSender<Line>,
    /// The number of lines that are not written yet.
    waiting: watch::Sender<usize>,
}

struct Line {
    json: Value,
    text: String,
}

impl Record {
    /// Begins the record.
    pub fn start(output: Output) -> error::Result<Self> {
        let (lines, written) = mpsc::sync_channel::<Line>(WAITING);
        let waiting = watch::Sender::new(0);
        let count = waiting.clone();
        let write = move || {
            for line in written {
                output.hint(&line.json, &line.text);
                count.send_modify(|count| *count -= 1);
            }
        };
        let thread = thread::Builder::new().name("record".to_owned()).spawn(write);
        thread.map_err(|error| error::other(messages().mcp.cannot_start_thread.with([&os_error(&error)])))?;
        Ok(Self { lines, waiting })
    }

    /// Tells about a call: the tool, the id of what it made or changed, and the failure.
    pub fn note(&self, tool: &str, outcome: &Result<Value>) {
        let (status, detail) = match outcome {
            Ok(result) => {
                let id = ["media_id", "publish_id"]
                    .iter()
                    .find_map(|id| result.get(id)?.as_str());
                ("done", id.unwrap_or_default())
            }
            Err(error) => (error.kind, error.message.as_str()),
        };
        self.write(tool, status, detail);
    }

    /// Tells about a call of a tool that is not there.
    pub fn note_unknown(&self, tool: &str) {
        self.write(tool, "unknown-tool", "");
    }

    fn write(&self, tool: &str, status: &str, detail: &str) {
        let line = Line {
            json: json!({ "tool": tool, "status": status, "detail": detail }),
            text: format!("{tool}: {status} {detail}").trim_end().to_owned(),
        };
        // Before the line is there to be written.
        self.waiting.send_modify(|count| *count += 1);
        if self.lines.try_send(line).is_err() {
            self.waiting.send_modify(|count| *count -= 1);
        }
    }

    /// Waits until all is written, for a second at most.
    pub async fn written(&self) {
        let mut waiting = self.waiting.subscribe();
        // The sender lives as long as `self`, and a reader that does not come is not waited for.
        let _ = timeout(FAREWELL, waiting.wait_for(|waiting| *waiting == 0)).await;
    }
}
