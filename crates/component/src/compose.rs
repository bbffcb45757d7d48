//! One component of the plugin and a component that uses it.

use std::borrow::Cow;
use std::fmt;

use wac_graph::types::{Package, are_semver_compatible};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, PackageId};
use wasmparser::Parser;
use wit_component::ComponentEncoder;

use crate::sections;

/// The beginning of the names of the plugin's interfaces.
const PLUGIN: &str = "wechat:official-account/";

/// A reason why two components can't be composed.
#[derive(Debug)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Composes the plugin with a consumer: a component that imports interfaces of `wechat:official-account`.
///
/// The consumer may also be the core module that a build for `wasm32-unknown-unknown` with wit-bindgen makes. The
/// result exports what the consumer exports, and nothing of the plugin. It imports what the two import.
///
/// Names, metadata and documentation of the two are left out, because their documentation makes tools refuse the
/// result: it is about interfaces that are not there any more.
///
/// # Errors
///
/// If one of the two can't be read, if the consumer imports nothing of the plugin, or an interface that the plugin
/// does not have or has in another form. The error names the interface.
pub fn compose(plugin: &[u8], consumer: &[u8]) -> Result<Vec<u8>, Error> {
    let mut graph = CompositionGraph::new();
    let plugin = register(&mut graph, "plugin", plugin)?;
    let consumer = register(&mut graph, "consumer", &component(consumer)?)?;
    let imports = names(&graph, consumer, Side::Imports);
    let imports: Vec<_> = imports.into_iter().filter(|name| name.starts_with(PLUGIN)).collect();
    if imports.is_empty() {
        return Err(Error(format!(
            "the consumer imports no interface of {PLUGIN}*: there is nothing to compose"
        )));
    }
    let exports = names(&graph, plugin, Side::Exports);
    let plugin = graph.instantiate(plugin);
    let instance = graph.instantiate(consumer);
    for import in imports {
        connect(&mut graph, plugin, &exports, instance, &import)?;
    }
    for name in names(&graph, consumer, Side::Exports) {
        let export = graph
            .alias_instance_export(instance, &name)
            .map_err(|error| chain(&name, &error))?;
        graph.export(export, &name).map_err(|error| chain(&name, &error))?;
    }
    graph
        .encode(EncodeOptions::default())
        .map_err(|error| chain("the composition", &error))
}

/// Gives the consumer one interface of the plugin.
fn connect(
    graph: &mut CompositionGraph,
    plugin: NodeId,
    exports: &[String],
    consumer: NodeId,
    import: &str,
) -> Result<(), Error> {
    // As hosts link: 0.1.0 satisfies 0.1.1, and neither satisfies 0.2.0.
    let fits = |export: &&String| *export == import || are_semver_compatible(export, import);
    let export = exports.iter().find(fits).ok_or_else(|| {
        let exports = exports.join(", ");
        Error(format!(
            "the consumer imports {import}, which the plugin does not have. It has: {exports}"
        ))
    })?;
    let alias = graph
        .alias_instance_export(plugin, export)
        .map_err(|error| chain(export, &error))?;
    graph
        .set_instantiation_argument(consumer, import, alias)
        .map_err(|error| {
            chain(
                &format!("the plugin's {export} does not fit the consumer's import"),
                &error,
            )
        })
}

/// Returns the consumer as a component.
fn component(consumer: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !Parser::is_core_wasm(consumer) {
        return Ok(consumer.into());
    }
    let mut encoder = ComponentEncoder::default();
    let encoder = encoder.validate(true).module(consumer);
    let encoded = encoder.and_then(ComponentEncoder::encode);
    encoded
        .map(Cow::from)
        .map_err(|error| chain("the consumer's core module", error.as_ref()))
}

fn register(graph: &mut CompositionGraph, name: &str, component: &[u8]) -> Result<PackageId, Error> {
    let plain = sections::without_custom(component).map_err(|error| chain(name, error.as_ref()))?;
    let package = Package::from_bytes(name, None, plain, graph.types_mut());
    let package = package.map_err(|error| chain(name, error.as_ref()))?;
    graph.register_package(package).map_err(|error| chain(name, &error))
}

enum Side {
    Imports,
    Exports,
}

/// Returns the names of a component's imports or exports.
fn names(graph: &CompositionGraph, package: PackageId, side: Side) -> Vec<String> {
    let world = &graph.types()[graph[package].ty()];
    let items = match side {
        Side::Imports => &world.imports,
        Side::Exports => &world.exports,
    };
    items.keys().cloned().collect()
}

/// Returns an error with all its causes on one line.
fn chain(subject: &str, error: &dyn std::error::Error) -> Error {
    let mut text = format!("{subject}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    Error(text)
}
