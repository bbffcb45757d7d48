//! Messages of the Model Context Protocol as a client writes them.

use serde_json::{Map, Value, json};
use wechat_simulator::{APP_ID, APP_SECRET, TOKEN_MARK};

/// The token of the HTTP server in the tests.
pub const BEARER: &str = "test-0123456789abcdef-0123456789abcdef";

/// The two lives that the protocol may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// 2025-11-25: the client begins with `initialize`.
    Initialize,
    /// 2026-07-28: every request says all by itself.
    Stateless,
}

impl Protocol {
    pub const BOTH: [Self; 2] = [Self::Initialize, Self::Stateless];

    pub fn version(self) -> &'static str {
        match self {
            Self::Initialize => "2025-11-25",
            Self::Stateless => "2026-07-28",
        }
    }

    /// Writes a request. A progress token is the id of the request.
    pub fn request(self, id: u64, method: &str, mut params: Value, with_progress: bool) -> Value {
        let mut meta = Map::new();
        if self == Self::Stateless {
            meta.insert(
                "io.modelcontextprotocol/protocolVersion".to_owned(),
                json!(self.version()),
            );
            meta.insert("io.modelcontextprotocol/clientCapabilities".to_owned(), json!({}));
            let client = json!({ "name": "test", "version": "1" });
            meta.insert("io.modelcontextprotocol/clientInfo".to_owned(), client);
        }
        if with_progress {
            meta.insert("progressToken".to_owned(), json!(id));
        }
        if !meta.is_empty() {
            params["_meta"] = meta.into();
        }
        json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
    }

    /// Returns the first request: its method and its parameters.
    pub fn opening(self) -> (&'static str, Value) {
        match self {
            Self::Initialize => (
                "initialize",
                json!({
                    "protocolVersion": self.version(),
                    "capabilities": {},
                    "clientInfo": { "name": "test", "version": "1" },
                }),
            ),
            Self::Stateless => ("server/discover", json!({})),
        }
    }
}

/// A client of either transport.
pub trait Client {
    /// Makes a request, and returns the answer with the notifications that came before it.
    fn ask(&mut self, method: &str, params: Value, with_progress: bool) -> (Value, Vec<Value>);

    /// Calls a tool, and returns the whole result.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        let (answer, _) = self.ask("tools/call", params, false);
        answer["result"].clone()
    }

    /// Calls a tool that must succeed, and returns its result.
    #[track_caller]
    fn done(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], false, "{tool}: {result}");
        structured(&result)
    }

    /// Calls a tool that must fail, and returns the record of the failure.
    #[track_caller]
    fn refused(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{tool}: {result}");
        structured(&result)
    }
}

/// Returns the structured content, which old clients get as text.
#[track_caller]
fn structured(result: &Value) -> Value {
    let text = result["content"][0]["text"].as_str().unwrap();
    let content = &result["structuredContent"];
    assert_eq!(&serde_json::from_str::<Value>(text).unwrap(), content);
    content.clone()
}

/// Fails if a secret of the account or of the server is in this output.
#[track_caller]
pub fn assert_no_secret(output: &str) {
    for secret in [APP_ID, APP_SECRET, TOKEN_MARK, BEARER] {
        assert!(!output.contains(secret), "{secret} in {output}");
    }
}
