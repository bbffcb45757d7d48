//! The paths of the service, and the methods of each. `docs/openapi.yaml` describes the same; a test compares them.

use percent_encoding::percent_decode_str;

use crate::http::Method;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The sign that the service runs.
    Health,
    /// The state of the account.
    Account,
    /// A list of drafts.
    ListDrafts,
    /// A new draft.
    CreateDraft,
    /// A draft.
    GetDraft,
    /// Another article for a draft.
    UpdateDraft,
    /// The end of a draft.
    DeleteDraft,
    /// A draft becomes public.
    PublishDraft,
    /// A publishing task.
    GetPublish,
    /// A list of what is public.
    ListPublications,
    /// A file as permanent material.
    UploadMaterial,
    /// A message of the Model Context Protocol.
    Mcp,
}

/// One method of one path.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method. A path that has GET also has HEAD.
    pub method: Method,
    /// The path's beginning if it names no account. Such paths of one account begin with [`ACCOUNT_PREFIX`].
    prefix: &'static str,
    /// The rest of the path. It may have one parameter in braces.
    rest: &'static str,
    /// The operation.
    pub operation: Operation,
}

/// The beginning of the paths of the account of an alias.
const ACCOUNT_PREFIX: &str = "/v1/accounts/{alias}";

/// All paths.
pub const ROUTES: [Route; 12] = [
    route(Method::Get, "", "/healthz", Operation::Health),
    route(Method::Get, "/v1", "/account", Operation::Account),
    route(Method::Get, "/v1", "/drafts", Operation::ListDrafts),
    route(Method::Post, "/v1", "/drafts", Operation::CreateDraft),
    route(Method::Get, "/v1", "/drafts/{media_id}", Operation::GetDraft),
    route(Method::Put, "/v1", "/drafts/{media_id}", Operation::UpdateDraft),
    route(Method::Delete, "/v1", "/drafts/{media_id}", Operation::DeleteDraft),
    route(
        Method::Post,
        "/v1",
        "/drafts/{media_id}/publish",
        Operation::PublishDraft,
    ),
    route(Method::Get, "/v1", "/publishes/{publish_id}", Operation::GetPublish),
    route(Method::Get, "/v1", "/publications", Operation::ListPublications),
    route(Method::Post, "/v1", "/materials", Operation::UploadMaterial),
    route(Method::Post, "", "/mcp", Operation::Mcp),
];

const fn route(method: Method, prefix: &'static str, rest: &'static str, operation: Operation) -> Route {
    Route {
        method,
        prefix,
        rest,
        operation,
    }
}

impl Route {
    /// Returns the path as documents write it.
    #[must_use]
    pub fn template(&self, with_alias: bool) -> String {
        let prefix = if with_alias { ACCOUNT_PREFIX } else { self.prefix };
        format!("{prefix}{}", self.rest)
    }

    /// Returns whether the path also exists for the account of an alias.
    #[must_use]
    pub fn has_alias(&self) -> bool {
        self.operation != Operation::Health
    }
}

/// A request's path, as far as it is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The operation.
    pub operation: Operation,
    /// The alias in the path.
    pub alias: Option<String>,
    /// The parameter in the path; empty if the path has none.
    pub id: String,
    /// The path as documents write it: without anything that the caller wrote.
    pub template: String,
}

/// The reason why there is no operation.
#[derive(Debug, PartialEq, Eq)]
pub enum NotFound {
    /// The path is unknown.
    Path,
    /// The path has these other methods, as in `Allow`.
    Method(String),
}

/// Finds the operation of a method and a path.
///
/// # Errors
///
/// If there is none.
pub fn find(method: Option<Method>, path: &str) -> Result<Found, NotFound> {
    let candidates: Vec<_> = ROUTES
        .iter()
        .filter_map(|route| Some((route, matched(route, path)?)))
        .collect();
    let asked = |candidate: Method| match method {
        Some(Method::Head) => candidate == Method::Get,
        method => Some(candidate) == method,
    };
    match candidates.iter().find(|(route, _)| asked(route.method)) {
        Some((route, (alias, id))) => Ok(Found {
            operation: route.operation,
            template: route.template(alias.is_some()),
            alias: alias.clone(),
            id: id.clone(),
        }),
        None if candidates.is_empty() => Err(NotFound::Path),
        None => Err(NotFound::Method(allow(
            candidates.iter().map(|(route, _)| route.method),
        ))),
    }
}

/// Returns the value of `Allow`.
fn allow(methods: impl Iterator<Item = Method>) -> String {
    let has: Vec<_> = methods.collect();
    let is_allowed = |method: &Method| has.contains(if *method == Method::Head { &Method::Get } else { method });
    let names: Vec<_> = Method::ALL.into_iter().filter(is_allowed).map(Method::name).collect();
    names.join(", ")
}

/// Returns alias and parameter of a path that belongs to this route.
fn matched(route: &Route, path: &str) -> Option<(Option<String>, String)> {
    let direct = path
        .strip_prefix(route.prefix)
        .and_then(|rest| parameter(route.rest, rest));
    if let Some(id) = direct {
        return Some((None, id));
    }
    let (alias, rest) = path.strip_prefix("/v1/accounts/")?.split_once('/')?;
    if alias.is_empty() || !route.has_alias() {
        return None;
    }
    let id = parameter(route.rest.strip_prefix('/')?, rest)?;
    Some((Some(decoded(alias)?), id))
}

/// Compares a path with its template, and returns its parameter; empty if it has none.
fn parameter(template: &str, path: &str) -> Option<String> {
    let mut id = String::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        match expected.starts_with('{') {
            true if !segment.is_empty() => id = decoded(segment)?,
            false if segment == expected => {}
            _ => return None,
        }
    }
    segments.next().is_none().then_some(id)
}

/// Returns None for bytes that are no text.
fn decoded(segment: &str) -> Option<String> {
    percent_decode_str(segment).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: Method, path: &str) -> (Operation, Option<String>, String, String) {
        let found = find(Some(method), path).unwrap();
        (found.operation, found.alias, found.id, found.template)
    }

    #[test]
    fn every_route_is_found_with_and_without_an_alias() {
        for route in ROUTES {
            let path = |template: String| template.replace("{alias}", "news").replace("{media_id}", "a%2Fb");
            let id = if route.rest.contains("{media_id}") {
                "a/b"
            } else {
                "{publish_id}"
            };
            let id = if route.rest.contains('{') { id } else { "" };
            assert_eq!(
                found(route.method, &path(route.template(false))),
                (route.operation, None, id.to_owned(), route.template(false))
            );
            if route.has_alias() {
                assert_eq!(
                    found(route.method, &path(route.template(true))),
                    (
                        route.operation,
                        Some("news".to_owned()),
                        id.to_owned(),
                        route.template(true)
                    )
                );
            }
        }
    }

    #[test]
    fn unknown_paths_are_not_found() {
        for path in [
            "",
            "/",
            "*",
            "/v1",
            "/v1/",
            "/v1/drafts/",
            "/v1/drafts//publish",
            "/v1/drafts/a/b",
            "/V1/drafts",
            "/v1/drafts/a/publish/",
            "/v1/accounts",
            "/v1/accounts/",
            "/v1/accounts/news",
            "/v1/accounts//drafts",
            "/v1/accounts/news/healthz",
            "/v1/accounts/news/v1/drafts",
            "/v1/mcp",
            "/drafts",
            "/healthz/",
            "/v1/drafts/%FF",
            "/v1/accounts/%FF/drafts",
            "//v1/drafts",
        ] {
            assert_eq!(find(Some(Method::Get), path), Err(NotFound::Path), "{path}");
            assert_eq!(find(None, path), Err(NotFound::Path), "{path}");
        }
    }

    #[test]
    fn a_path_with_other_methods_lists_them() {
        let allow = |method, path| match find(method, path) {
            Err(NotFound::Method(allow)) => allow,
            other => panic!("{other:?}"),
        };
        assert_eq!(allow(None, "/v1/drafts"), "GET, HEAD, POST");
        assert_eq!(allow(Some(Method::Post), "/v1/drafts/a"), "GET, HEAD, PUT, DELETE");
        assert_eq!(allow(Some(Method::Get), "/mcp"), "POST");
        assert_eq!(allow(Some(Method::Head), "/v1/materials"), "POST");
        assert_eq!(
            allow(Some(Method::Delete), "/v1/accounts/news/publishes/1"),
            "GET, HEAD"
        );
    }

    #[test]
    fn a_path_with_get_has_head() {
        assert_eq!(found(Method::Head, "/v1/drafts").0, Operation::ListDrafts);
        assert_eq!(found(Method::Head, "/healthz").0, Operation::Health);
    }
}
