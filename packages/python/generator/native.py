"""Writes `src/generated.rs`: conversions between Python's objects and the host's types, and a function for each
operation. Beside it `src/field_names.rs`, on which the conversions rest."""

from __future__ import annotations

from .contract import Contract, Function, ListOf, Named, OptionOf, Type, TypeDefinition
from .naming import PAYLOADS, camel, case_class, snake, type_name
from .records import WRITTEN_BY_HAND, ordered

HEAD = """\
//! Conversions of the contract's types, and a function for each operation. Generated from `wit/`: do not edit.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use wechat_official_account_host::types::*;

use crate::arguments::{Attachments, File as Source};
use crate::call::Call;
use crate::client::Client;
use crate::convert::{Class, FromPy, ToPy, argument, field, in_python, is, member, no_case, wrong};
use crate::facts::{Choice, Facts};
use crate::operation::{answered, operation, with_file, with_files};

"""

# The method of the host's session for each function. Those of `None` are written by hand: the token is shared by all
# sessions of an account.
METHODS: dict[tuple[str, str], str | None] = {
    ("account", "verify"): None,
    ("account", "access-token"): None,
    ("account", "forget-token"): None,
    ("account", "quota"): "quota",
    ("account", "explain"): "explain",
    ("material", "upload-image"): "upload_material_image",
    ("material", "upload-voice"): "upload_material_voice",
    ("material", "upload-video"): "upload_material_video",
    ("material", "upload-thumb"): "upload_material_thumb",
    ("material", "upload-article-image"): "upload_article_image",
    ("material", "get"): "get_material",
    ("material", "delete"): "delete_material",
    ("material", "counts"): "count_material",
    ("material", "list"): "list_material",
    ("media", "upload"): "upload_media",
    ("media", "get"): "get_media",
    ("media", "get-voice"): "get_voice",
    ("draft", "check"): "check_articles_in",
    ("draft", "compare"): "compare_article_in",
    ("draft", "add"): "add_draft",
    ("draft", "get"): "get_draft",
    ("draft", "update"): "update_draft",
    ("draft", "delete"): "delete_draft",
    ("draft", "count"): "count_drafts",
    ("draft", "list"): "list_drafts",
    ("draft", "product-card"): "product_card",
    ("content", "references"): "references",
    ("content", "prepare"): "prepare_content",
    ("publish", "submit"): "submit",
    ("publish", "status"): "publish_status",
    ("publish", "wait"): "wait_published",
    ("publish", "get"): "get_publication",
    ("publish", "list"): "list_publications",
    ("publish", "delete"): "delete_publication",
}

# Calls that may last for minutes by their nature, so no other call may have to wait for their session.
# The sessions of the operations that may not have any: see `Choice` in `src/facts.rs`.
CHOICES = {("publish", "wait"): "Spare", ("content", "prepare"): "Primary"}

PLAIN = {"string": "String", "bool": "bool", "f64": "f64", "u8": "u8", "u16": "u16", "u32": "u32", "u64": "u64",
         "s8": "i8", "s16": "i16", "s32": "i32", "s64": "i64"}


def write(contract: Contract) -> str:
    functions = contract.functions()
    results = contract.reachable([f.answer for f in functions]) - WRITTEN_BY_HAND - {"error-kind", "token"}
    arguments = contract.reachable([m.type for f in functions for m in f.arguments] + [Named("timeouts")])
    arguments -= {"file"}
    # Members of enums are told by their texts, and nobody needs the class.
    looked_up = results | {n for n in arguments if contract.by_name[n].kind != "enum"}
    parts = [HEAD, classes(contract, looked_up)]
    for definition in contract.types:
        if definition.name in results or definition.name == "error-kind":
            parts.append(to_python(definition))
        if definition.name in arguments:
            parts.append(from_python(definition))
    parts += [function_of(function) for function in functions if METHODS[function.interface, function.name]]
    names = ", ".join(f"{snake(f.interface)}_{snake(f.name)}" for f in functions if METHODS[f.interface, f.name])
    added = "".join(f"    module.add_function(wrap_pyfunction!({name}, module)?)?;\n" for name in names.split(", "))
    parts.append("/// Adds the functions to the module.\npub(crate) fn register(module: &Bound<'_, PyModule>) -> "
                 f"PyResult<()> {{\n{added}    Ok(())\n}}\n")
    return "\n".join(parts)


def constant(name: str) -> str:
    return "".join("_" + c if c.isupper() else c.upper() for c in name).lstrip("_")


def classes(contract: Contract, names: set[str]) -> str:
    found = []
    for definition in contract.types:
        if definition.name not in names and definition.name != "error-kind":
            continue
        if definition.kind == "variant":
            found += [case_class(definition.name, m.name) for m in definition.members]
        else:
            found.append(type_name(definition.name))
    return "".join(f'static {constant(name)}: Class = Class::new("{name}");\n' for name in found if name)


def to_python(definition: TypeDefinition) -> str:
    name = camel(definition.name)
    lines = []
    if definition.kind == "enum":
        for m in definition.members:
            lines.append(f'Self::{camel(m.name)} => "{m.name}",')
        body = f"let text = match self {{ {' '.join(lines)} }};\nmember(py, &{constant(name)}, text)"
    elif definition.kind == "record":
        values = [to_value(m.type, f"self.{snake(m.name)}") for m in ordered(definition)]
        body = f"{constant(type_name(definition.name))}.make(py, [{', '.join(values)}])"
    else:
        for m in definition.members:
            class_ = case_class(definition.name, m.name)
            if class_ is None:
                lines.append(f"Self::{camel(m.name)}(value) => value.to_py(py),")
            elif m.type is None:
                lines.append(f"Self::{camel(m.name)} => {constant(class_)}.make(py, []),")
            else:
                lines.append(f"Self::{camel(m.name)}(value) => {constant(class_)}.make(py, [value.to_py(py)?]),")
        body = "match self {\n" + "\n".join(lines) + "\n}"
    return f"impl ToPy for {name} {{\nfn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {{\n" \
        f"{body}\n}}\n}}\n"


def to_value(type_: Type | None, value: str) -> str:
    if isinstance(type_, ListOf) and type_.item == "u8":
        return f"PyBytes::new(py, &{value}).into_any()"
    if value == "self.field":
        # It is the name of a field itself.
        return "in_python(&self.field).as_ref().to_py(py)?"
    return f"{value}.to_py(py)?"


def from_python(definition: TypeDefinition) -> str:
    name = camel(definition.name)
    lines = []
    if definition.kind == "enum":
        for m in definition.members:
            lines.append(f'"{m.name}" => Self::{camel(m.name)},')
        known = ", ".join(m.name for m in definition.members)
        expected = type_name(definition.name)
        body = f'let text: String = argument(value, "{expected}")?;\nOk(match text.as_str() {{ {" ".join(lines)}\n' \
            f'_ => return Err(no_case("{expected}", "{known}")) }})'
    elif definition.kind == "record":
        class_ = type_name(definition.name)
        for m in ordered(definition):
            lines.append(f'{snake(m.name)}: field(value, "{snake(m.name)}")?,')
        body = f'if !is(value, &{constant(class_)})? {{ return Err(wrong(value, "{class_}")); }}\n' \
            f"Ok(Self {{ {' '.join(lines)} }})"
    else:
        names = []
        for m in definition.members:
            found = case_class(definition.name, m.name)
            if found is None:
                assert isinstance(m.type, Named)
                class_ = type_name(m.type.name)
                made = f"Self::{camel(m.name)}(FromPy::from_py(value)?)"
            elif m.type is None:
                class_, made = found, f"Self::{camel(m.name)}"
            else:
                class_ = found
                made = f'Self::{camel(m.name)}(field(value, "{PAYLOADS[class_]}")?)'
            names.append(class_)
            lines.append(f"if is(value, &{constant(class_)})? {{ return Ok({made}); }}")
        lines.append(f'Err(wrong(value, "{" or ".join(names)}"))')
        body = "\n".join(lines)
    return f"impl FromPy for {name} {{\nfn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {{\n{body}\n}}\n}}\n"


def rust(type_: Type | None) -> str:
    if isinstance(type_, str):
        return PLAIN[type_]
    if isinstance(type_, Named):
        return camel(type_.name)
    assert isinstance(type_, (ListOf, OptionOf))
    return f"{'Vec' if isinstance(type_, ListOf) else 'Option'}<{rust(type_.item)}>"


def is_copied(type_: Type | None) -> bool:
    """Returns whether the session takes it by value."""
    if isinstance(type_, OptionOf):
        return is_copied(type_.item)
    by_value = {"language", "material-kind", "media-kind", "product-card-type", "delete-which"}
    return (isinstance(type_, str) and type_ != "string") or (isinstance(type_, Named) and type_.name in by_value)


def field_names(contract: Contract) -> str:
    """Writes `src/field_names.rs`: the names that findings and errors may have, and that are others in Python."""
    members = [m for d in contract.types if d.kind == "record" for m in d.members]
    members += [m for f in contract.functions() for m in f.parameters]
    names = sorted({m.name for m in members if "-" in m.name})
    found = "".join(f'    ("{name}", "{snake(name)}"),\n' for name in names)
    return "//! Names of the contract that are others in Python. Generated from `wit/`: do not edit.\n\n" \
        "/// Fields and arguments with another name in Python, in order.\n" \
        f"pub(crate) static FIELD_NAMES: [(&str, &str); {len(names)}] = [\n{found}];\n"


def function_of(function: Function) -> str:
    name = f"{snake(function.interface)}_{snake(function.name)}"
    method = METHODS[function.interface, function.name]
    file = next((m for m in function.arguments if m.type == Named("file")), None)
    files = next((m for m in function.arguments if m.type == ListOf(Named("file"))), None)
    loaded = file or files
    parameters = "".join(f", {snake(m.name)}: &Bound<'_, PyAny>" for m in function.arguments)
    taken = []
    for m in function.arguments:
        kind = "Source" if m is file else "Attachments" if m is files else rust(m.type)
        taken.append(f'let {snake(m.name)}: {kind} = argument({snake(m.name)}, "{snake(m.name)}")?;')
    names = ", ".join(snake(m.name) for m in function.arguments)
    names = f"({names},)" if function.arguments else "()"
    passed = ", ".join(("*" if is_copied(m.type) else "") + snake(m.name) for m in function.arguments)
    made = f"operation({names}, |{names}, session| Box::pin(session.{method}({passed})))"
    if loaded:
        wrapper = "with_file" if file else "with_files"
        made = f"{wrapper}({snake(loaded.name)}, move |{snake(loaded.name)}| {made})"
    else:
        made = f"answered({made})"
    boolean = {True: "true", False: "false"}
    facts = f'Facts {{ name: "{function.interface}.{function.name}", ' \
        f"repeatable: {boolean[function.is_repeatable]}, needs_account: {boolean[function.needs_account]}, " \
        f"session: Choice::{CHOICES.get((function.interface, function.name), 'Any')} }}"
    return f"#[pyfunction]\nfn {name}(py: Python<'_>, client: &Client{parameters}) -> PyResult<Call> {{\n" \
        + "\n".join(taken) + f"\nclient.call(py, {facts}, {made})\n}}\n"
