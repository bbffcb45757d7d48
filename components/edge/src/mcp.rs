//! The Model Context Protocol over Streamable HTTP: each request is answered by one JSON document, and nothing is kept.
//!
//! Protocol 2026-07-28 names its version in each request. Earlier ones begin with `initialize`; as there are no
//! sessions, any later request is answered without it.

mod message;
mod tools;
mod version;

use serde_json::{Value, json};
use wechat_official_account_tools::{Error, call, plugin::ready};

use crate::body;
use crate::http::{Body, Request, Response};
use crate::mcp::message::{Message, RpcError};
use crate::mcp::version::Version;
use crate::plugin::Materials;
use crate::problem::Problem;
use crate::settings::Permissions;

/// The time for which clients may keep the list of tools. It changes with the operator's settings only. Milliseconds.
const TOOLS_LIFE: u64 = 5 * 60 * 1000;

/// The text that tells a model of the service as a whole.
const INSTRUCTIONS: &str = "Tools for one WeChat Official Account: check an article, make a draft of it, read it back. \
    Show the preview to a person before anything is published. If an error has may_have_happened true, look before you \
    call again: a second call could do it twice.";

/// Answers a message. `plugin` opens the account.
///
/// # Errors
///
/// If the request carries no message, or comes from a web page that may not call.
pub fn answer<'a, P: Materials + 'a>(
    request: &Request,
    body: &mut dyn Body,
    permissions: &Permissions,
    plugin: impl FnOnce() -> Result<&'a mut P, Problem>,
) -> Result<Response, Problem> {
    check_origin(request, permissions)?;
    // A body that is no JSON is a problem as elsewhere: without a message there is no JSON-RPC error for it.
    let value = body::json(request, body)?;
    let (id, method, params) = match Message::read(value) {
        Ok(Message::Notification) => return Ok(Response::empty(202)),
        Ok(Message::Request { id, method, params }) => (id, method, params),
        Err(error) => return Ok(error.response(None)),
    };
    let version = match version::of(request, &method, &params) {
        Ok(version) => version,
        Err(error) => return Ok(error.response(Some(&id))),
    };
    let result = match (version, method.as_str()) {
        (Version::Modern, "server/discover") => Ok(discover()),
        (Version::Legacy, "initialize") => Ok(initialize(&params)),
        (Version::Legacy, "ping") => Ok(json!({})),
        (_, "tools/list") => Ok(list(version, permissions)),
        (_, "tools/call") => match tools::read(params, permissions) {
            Ok((tool, arguments)) => Ok(result_of(ready(call::call(plugin()?, tool.name, arguments)))),
            Err(error) => Err(error),
        },
        _ => Err(RpcError::unknown_method(&method, version.status_of_unknown_methods())),
    };
    Ok(match result {
        Ok(result) => message::result(&id, version.dress(result)),
        Err(error) => error.response(Some(&id)),
    })
}

/// Turns away web pages whose origin the operator has not named. A page that is led to this address by tricks with DNS
/// must not reach the account. Other clients send no `Origin`.
fn check_origin(request: &Request, permissions: &Permissions) -> Result<(), Problem> {
    let is_allowed = match request.headers.only("origin") {
        Some(origin) => permissions.origins.iter().any(|allowed| allowed == origin),
        None => !request.headers.has("origin"),
    };
    is_allowed.then_some(()).ok_or_else(Problem::origin_not_allowed)
}

fn discover() -> Value {
    json!({
        "supportedVersions": version::SUPPORTED,
        "capabilities": { "tools": {} },
        "instructions": INSTRUCTIONS,
        "ttlMs": TOOLS_LIFE,
        "cacheScope": "public",
    })
}

fn initialize(params: &Value) -> Value {
    json!({
        "protocolVersion": version::negotiated(params.get("protocolVersion")),
        "capabilities": { "tools": {} },
        "serverInfo": version::server_info(),
        "instructions": INSTRUCTIONS,
    })
}

fn list(version: Version, permissions: &Permissions) -> Value {
    let mut result = json!({ "tools": tools::list(permissions) });
    if let (Version::Modern, Value::Object(result)) = (version, &mut result) {
        result.insert("ttlMs".to_owned(), TOOLS_LIFE.into());
        result.insert("cacheScope".to_owned(), "private".into());
    }
    result
}

/// A tool's error is a result, too: a model has to see it.
fn result_of(outcome: Result<Value, Error>) -> Value {
    match outcome {
        Ok(value) => json!({
            "content": [{ "type": "text", "text": value.to_string() }],
            "structuredContent": value,
            "isError": false,
        }),
        // Not as structured content, which has to fit the schema of the result.
        Err(error) => json!({
            "content": [{ "type": "text", "text": json!({ "error": error }).to_string() }],
            "isError": true,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Bytes, FakePlugin, error, request};
    use crate::settings::Environment;
    use wechat_official_account_tools::bindings::types::ErrorKind;

    fn permissions(pairs: &[(&str, &str)]) -> Permissions {
        let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Permissions::read(&Environment::new(pairs.collect())).unwrap()
    }

    fn ask(
        permissions: &Permissions,
        plugin: &mut FakePlugin,
        headers: &[(&str, &str)],
        message: &Value,
    ) -> (u16, Value) {
        let json = [("content-type", "application/json")];
        let request = request("POST /mcp", &[&json[..], headers].concat());
        let response = answer(&request, &mut Bytes::new(&message.to_string()), permissions, || {
            Ok(plugin)
        })
        .unwrap();
        (
            response.status,
            serde_json::from_slice(&response.body).unwrap_or_default(),
        )
    }

    /// A message as protocols before 2026-07-28 have it.
    fn legacy(method: &str, params: Value) -> (u16, Value) {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        ask(&permissions(&[]), &mut FakePlugin::default(), &[], &message)
    }

    fn modern_message(method: &str, mut params: Value) -> Value {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        json!({ "jsonrpc": "2.0", "id": "a", "method": method, "params": params })
    }

    fn modern(method: &str, params: Value) -> (u16, Value) {
        let name = params["name"].as_str().unwrap_or_default().to_owned();
        let headers = [
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", method),
            ("Mcp-Name", &name),
        ];
        ask(
            &permissions(&[]),
            &mut FakePlugin::default(),
            &headers,
            &modern_message(method, params),
        )
    }

    fn code(reply: &(u16, Value)) -> (u16, i64) {
        (reply.0, reply.1["error"]["code"].as_i64().unwrap())
    }

    #[test]
    fn initialize_agrees_on_a_version() {
        for (requested, agreed) in [
            ("2025-11-25", "2025-11-25"),
            ("2025-06-18", "2025-06-18"),
            ("2024-11-05", "2025-11-25"),
            ("2026-07-28", "2025-11-25"),
        ] {
            let (status, reply) = legacy("initialize", json!({ "protocolVersion": requested }));
            assert_eq!((status, &reply["result"]["protocolVersion"]), (200, &json!(agreed)));
            assert_eq!(reply["result"]["capabilities"], json!({ "tools": {} }));
            assert_eq!(reply["result"]["serverInfo"]["name"], "wechat-official-account-edge");
        }
        assert_eq!(
            legacy("ping", json!({})),
            (200, json!({ "jsonrpc": "2.0", "id": 1, "result": {} }))
        );
    }

    #[test]
    fn the_modern_protocol_discovers_and_tells_what_each_result_is() {
        let (status, reply) = modern("server/discover", json!({}));
        let result = &reply["result"];
        assert_eq!((status, &reply["id"]), (200, &json!("a")));
        assert_eq!(
            result["supportedVersions"],
            json!(["2026-07-28", "2025-11-25", "2025-06-18"])
        );
        for result in [result, &modern("tools/list", json!({})).1["result"]] {
            assert_eq!(result["resultType"], "complete");
            assert_eq!(
                result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"],
                "wechat-official-account-edge"
            );
            assert!(result["ttlMs"].is_u64() && result["cacheScope"].is_string());
        }
        assert!(legacy("tools/list", json!({})).1["result"].get("resultType").is_none());
    }

    #[test]
    fn every_tool_is_listed_whole_and_publishing_only_with_consent() {
        let names = |permissions: &Permissions| {
            let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
            let (_, reply) = ask(permissions, &mut FakePlugin::default(), &[], &message);
            let tools = reply["result"]["tools"].as_array().unwrap().clone();
            for tool in &tools {
                for member in ["name", "title", "description"] {
                    assert!(tool[member].is_string(), "{tool}");
                }
                assert_eq!(tool["inputSchema"]["type"], "object");
                assert_eq!(tool["outputSchema"]["type"], "object");
                let hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];
                assert!(
                    hints.iter().all(|hint| tool["annotations"][hint].is_boolean()),
                    "{tool}"
                );
            }
            tools
                .iter()
                .map(|tool| tool["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let without = names(&permissions(&[]));
        assert!(without.contains(&"create-draft".to_owned()) && !without.contains(&"publish-draft".to_owned()));
        assert_eq!(
            names(&permissions(&[("EDGE_ALLOW_PUBLISH", "true")])).len(),
            without.len() + 1
        );
        let arguments = json!({ "media_id": "draft-1", "expected_title": "Hello", "digest": "" });
        let call = json!({ "name": "publish-draft", "arguments": arguments });
        assert_eq!(code(&legacy("tools/call", call)), (200, -32602));
    }

    #[test]
    fn a_call_has_a_result_for_programs_and_one_for_models() {
        for (status, reply) in [
            legacy("tools/call", json!({ "name": "list-drafts" })),
            modern(
                "tools/call",
                json!({ "name": "list-drafts", "arguments": { "count": 5 } }),
            ),
        ] {
            let result = &reply["result"];
            assert_eq!((status, &result["isError"]), (200, &json!(false)));
            assert_eq!(result["structuredContent"]["drafts"][0]["media_id"], "draft-1");
            let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
            assert_eq!(text, result["structuredContent"]);
        }
    }

    #[test]
    fn an_error_of_a_tool_is_a_result_that_a_model_sees() {
        let mut plugin = FakePlugin {
            failure: Some(error(ErrorKind::OutcomeUnknown)),
            ..FakePlugin::default()
        };
        let params = json!({ "name": "upload-image", "arguments": { "data": "AAAA" } });
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let (status, reply) = ask(&permissions(&[]), &mut plugin, &[], &message);
        let result = &reply["result"];
        assert_eq!((status, &result["isError"]), (200, &json!(true)));
        assert!(result.get("structuredContent").is_none());
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text["error"]["kind"], "outcome-unknown");
        assert_eq!(text["error"]["may_have_happened"], true);
        assert_eq!(plugin.calls, ["upload-image image"]);
        let wrong = legacy(
            "tools/call",
            json!({ "name": "list-drafts", "arguments": { "count": "5" } }),
        )
        .1;
        let text = wrong["result"]["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(r#""subject":"count""#), "{text}");
    }

    #[test]
    fn messages_that_are_none_are_refused() {
        for (message, status, code_of) in [
            (json!([]), 400, -32600),
            (json!({ "id": 1, "method": "ping" }), 400, -32600),
            (json!({ "jsonrpc": "2.0", "id": 1 }), 400, -32600),
            (json!({ "jsonrpc": "2.0", "id": null, "method": "ping" }), 400, -32600),
            (json!({ "jsonrpc": "2.0", "id": 1.5, "method": "ping" }), 400, -32600),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": "ping", "params": [] }),
                400,
                -32600,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": "resources/list" }),
                200,
                -32601,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": "server/discover" }),
                200,
                -32601,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call" }),
                200,
                -32602,
            ),
            (
                json!({
                    "jsonrpc": "2.0",
                    "id": 1,
                    "method": "tools/call",
                    "params": { "name": "list-drafts", "arguments": [] },
                }),
                200,
                -32602,
            ),
        ] {
            let reply = ask(&permissions(&[]), &mut FakePlugin::default(), &[], &message);
            assert_eq!(code(&reply), (status, code_of), "{message}");
        }
        for id in [json!("你".repeat(1024)), json!(-1), json!(1.0), json!(u64::MAX)] {
            let ping = json!({ "jsonrpc": "2.0", "id": id, "method": "ping" });
            let (status, reply) = ask(&permissions(&[]), &mut FakePlugin::default(), &[], &ping);
            assert_eq!((status, &reply["id"]), (200, &id));
        }
        let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        assert_eq!(
            ask(&permissions(&[]), &mut FakePlugin::default(), &[], &notification),
            (202, Value::Null)
        );
    }

    #[test]
    fn no_error_repeats_more_than_the_beginning_of_a_callers_text() {
        let long = "\u{7f}".repeat(100_000);
        let mut version = modern_message("ping", json!({}));
        version["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!(long);
        for message in [
            json!({ "jsonrpc": "2.0", "id": 1, "method": long }),
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": long } }),
            json!({ "jsonrpc": "2.0", "id": long, "method": "ping" }),
            version,
        ] {
            let (_, reply) = ask(&permissions(&[]), &mut FakePlugin::default(), &[], &message);
            assert!(reply["error"].is_object());
            assert!(reply.to_string().len() < 10_000);
        }
    }

    #[test]
    fn a_modern_request_has_headers_that_agree_with_it() {
        let call = modern_message("tools/call", json!({ "name": "list-drafts" }));
        let version = ("MCP-Protocol-Version", "2026-07-28");
        let method = ("Mcp-Method", "tools/call");
        for (headers, expected) in [
            (&[][..], (400, -32020)),
            (&[version, ("Mcp-Name", "list-drafts")], (400, -32020)),
            (&[version, method], (400, -32020)),
            (&[version, method, ("Mcp-Name", "get-draft")], (400, -32020)),
            (
                &[
                    ("MCP-Protocol-Version", "2025-11-25"),
                    method,
                    ("Mcp-Name", "list-drafts"),
                ],
                (400, -32020),
            ),
            (&[version, method, ("Mcp-Name", "=?base64?!?=")], (400, -32020)),
        ] {
            let mut plugin = FakePlugin::default();
            assert_eq!(
                code(&ask(&permissions(&[]), &mut plugin, headers, &call)),
                expected,
                "{headers:?}"
            );
            assert!(plugin.calls.is_empty());
        }
        let encoded = [version, method, ("Mcp-Name", "=?base64?bGlzdC1kcmFmdHM=?=")];
        assert_eq!(
            ask(&permissions(&[]), &mut FakePlugin::default(), &encoded, &call).0,
            200
        );
        assert_eq!(code(&modern("ping", json!({}))), (404, -32601));
    }

    #[test]
    fn versions_that_are_unknown_are_refused_with_those_that_are_not() {
        let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
        let headers = |version| [("MCP-Protocol-Version", version)];
        let reply = ask(
            &permissions(&[]),
            &mut FakePlugin::default(),
            &headers("1900-01-01"),
            &ping,
        );
        assert_eq!(code(&reply), (400, -32022));
        assert_eq!(
            reply.1["error"]["data"],
            json!({ "supported": ["2026-07-28", "2025-11-25", "2025-06-18"], "requested": "1900-01-01" })
        );
        assert_eq!(
            ask(
                &permissions(&[]),
                &mut FakePlugin::default(),
                &headers("2025-11-25"),
                &ping
            )
            .0,
            200
        );
        // A modern request without its `_meta`.
        let reply = ask(
            &permissions(&[]),
            &mut FakePlugin::default(),
            &headers("2026-07-28"),
            &ping,
        );
        assert_eq!(code(&reply), (400, -32602));
        let mut other = modern_message("ping", json!({}));
        other["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2030-01-01");
        assert_eq!(
            code(&ask(&permissions(&[]), &mut FakePlugin::default(), &[], &other)),
            (400, -32022)
        );
        let mut bare = modern_message("ping", json!({}));
        bare["params"]["_meta"]
            .as_object_mut()
            .unwrap()
            .remove("io.modelcontextprotocol/clientCapabilities");
        let reply = ask(
            &permissions(&[]),
            &mut FakePlugin::default(),
            &headers("2026-07-28"),
            &bare,
        );
        assert_eq!(code(&reply), (400, -32602));
    }

    #[test]
    fn web_pages_need_the_operators_consent() {
        let permissions = permissions(&[("EDGE_ALLOWED_ORIGINS", "https://a.example")]);
        let refused = |headers: &[(&str, &str)]| {
            let request = request("POST /mcp", headers);
            let mut body = Bytes::new("{}");
            let mut plugin = FakePlugin::default();
            let problem = answer(&request, &mut body, &permissions, || Ok(&mut plugin)).unwrap_err();
            assert!(!body.was_read());
            problem.kind()
        };
        for origin in [
            "https://b.example",
            "null",
            "https://a.example.evil.example",
            "http://a.example",
        ] {
            assert_eq!(refused(&[("origin", origin)]), "origin-not-allowed", "{origin}");
        }
        let twice = [("origin", "https://a.example"), ("origin", "https://a.example")];
        assert_eq!(refused(&twice), "origin-not-allowed");
        // Past the origin, the body's type is missed.
        assert_eq!(refused(&[("origin", "https://a.example")]), "unsupported-media-type");
    }
}
