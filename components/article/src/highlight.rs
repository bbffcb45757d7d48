//! The colours of code: comments, strings, numbers, and words of the language.
//!
//! By hand, for families of languages that share their comments and strings. syntect with its grammars is
//! larger than this whole component (docs/performance.md, "Articles"). What it can't know it leaves plain.

use crate::theme::Role;

/// The form of a language.
#[derive(Clone, Copy, Default)]
struct Grammar {
    /// The beginnings of comments up to the end of the line. `#` begins one after a blank only.
    line: &'static [&'static str],
    /// The beginning and the end of other comments.
    block: Option<(&'static str, &'static str)>,
    /// The quotes of strings within a line.
    quotes: &'static str,
    /// The quotes of strings over several lines.
    long_quotes: &'static [&'static str],
    /// The words of the language, in order.
    words: &'static [&'static str],
    /// True if words are in any case.
    any_case: bool,
}

/// The comments and strings of C, which many languages have.
const SLASHES: Grammar = Grammar {
    line: &["//"],
    block: Some(("/*", "*/")),
    quotes: "\"'",
    long_quotes: &[],
    words: &[],
    any_case: false,
};
/// The comments of the shell, and the same strings.
const HASH: Grammar = Grammar {
    line: &["#"],
    block: None,
    ..SLASHES
};

/// The words of Rust.
#[rustfmt::skip]
const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while",
];
/// The words of JavaScript and TypeScript.
#[rustfmt::skip]
const SCRIPT: &[&str] = &[
    "as", "async", "await", "break", "case", "catch", "class", "const", "continue", "default", "delete", "else", "enum",
    "export", "extends", "false", "finally", "for", "from", "function", "if", "implements", "import", "in",
    "instanceof", "interface", "let", "new", "null", "of", "private", "public", "readonly", "return", "static", "super",
    "switch", "this", "throw", "true", "try", "type", "typeof", "undefined", "var", "void", "while", "yield",
];
/// The words of Go.
#[rustfmt::skip]
const GO: &[&str] = &[
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "false", "for", "func",
    "go", "goto", "if", "import", "interface", "map", "nil", "package", "range", "return", "select", "struct", "switch",
    "true", "type", "var",
];
/// The words of C, and of those that come from it.
#[rustfmt::skip]
const C: &[&str] = &[
    "abstract", "auto", "bool", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "constexpr",
    "continue", "data", "default", "delete", "do", "double", "else", "enum", "extends", "extern", "false", "final",
    "finally", "float", "for", "foreach", "fun", "func", "function", "goto", "guard", "if", "implements", "import",
    "in", "int", "interface", "internal", "is", "let", "long", "namespace", "new", "nil", "null", "nullptr", "object",
    "override", "package", "private", "protected", "public", "return", "sealed", "short", "signed", "sizeof", "static",
    "string", "struct", "super", "switch", "template", "this", "throw", "throws", "true", "try", "typedef", "typename",
    "union", "unsigned", "using", "val", "var", "virtual", "void", "volatile", "when", "where", "while",
];
/// The words of Python.
#[rustfmt::skip]
const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match",
    "nonlocal", "not", "or", "pass", "raise", "return", "self", "try", "while", "with", "yield",
];
/// The words of Ruby.
#[rustfmt::skip]
const RUBY: &[&str] = &[
    "alias", "and", "begin", "break", "case", "class", "def", "do", "else", "elsif", "end", "ensure", "false", "for",
    "if", "in", "module", "next", "nil", "not", "or", "require", "rescue", "return", "self", "super", "then", "true",
    "unless", "until", "when", "while", "yield",
];
/// The words of shells, and of files with commands for one.
#[rustfmt::skip]
const SHELL: &[&str] = &[
    "case", "do", "done", "elif", "else", "esac", "exit", "export", "fi", "for", "function", "if", "in", "local",
    "return", "set", "source", "sudo", "then", "until", "while",
];
/// The words of SQL.
#[rustfmt::skip]
const SQL: &[&str] = &[
    "add", "all", "alter", "and", "as", "asc", "between", "by", "case", "create", "default", "delete", "desc",
    "distinct", "drop", "else", "end", "exists", "foreign", "from", "group", "having", "in", "index", "inner", "insert",
    "into", "is", "join", "key", "left", "like", "limit", "not", "null", "offset", "on", "or", "order", "outer",
    "primary", "references", "right", "select", "set", "table", "then", "union", "unique", "update", "values", "view",
    "when", "where", "with",
];
/// The words of Lua.
#[rustfmt::skip]
const LUA: &[&str] = &[
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or",
    "repeat", "return", "then", "true", "until", "while",
];
/// The words of JSON, YAML and the like.
const DATA: &[&str] = &["false", "no", "null", "true", "yes"];

/// Finds a language by its usual names.
fn grammar(language: &str) -> Option<Grammar> {
    Some(match &*language.to_ascii_lowercase() {
        "rust" | "rs" => Grammar {
            quotes: "\"",
            words: RUST,
            ..SLASHES
        },
        "javascript" | "js" | "jsx" | "typescript" | "ts" | "tsx" | "mjs" | "vue" => Grammar {
            long_quotes: &["`"],
            words: SCRIPT,
            ..SLASHES
        },
        "go" | "golang" => Grammar {
            long_quotes: &["`"],
            words: GO,
            ..SLASHES
        },
        "c" | "h" | "cpp" | "c++" | "cc" | "java" | "kotlin" | "kt" | "swift" | "csharp" | "cs" | "c#" | "php"
        | "dart" | "scala" | "objc" | "wit" | "proto" => Grammar { words: C, ..SLASHES },
        "css" | "scss" | "less" => Grammar { line: &[], ..SLASHES },
        "json" | "jsonc" | "json5" => Grammar { words: DATA, ..SLASHES },
        "python" | "py" => Grammar {
            long_quotes: &["\"\"\"", "'''"],
            words: PYTHON,
            ..HASH
        },
        "ruby" | "rb" => Grammar { words: RUBY, ..HASH },
        "sh" | "bash" | "shell" | "zsh" | "console" | "dockerfile" | "makefile" | "make" | "powershell" | "ps1" => {
            Grammar { words: SHELL, ..HASH }
        }
        "yaml" | "yml" | "toml" | "ini" | "conf" | "properties" => Grammar { words: DATA, ..HASH },
        "sql" | "mysql" | "postgresql" | "sqlite" => Grammar {
            line: &["--"],
            words: SQL,
            any_case: true,
            ..SLASHES
        },
        "lua" => Grammar {
            line: &["--"],
            block: Some(("--[[", "]]")),
            words: LUA,
            ..SLASHES
        },
        "html" | "xml" | "svg" => Grammar {
            line: &[],
            block: Some(("<!--", "-->")),
            quotes: "\"",
            ..SLASHES
        },
        _ => return None,
    })
}

/// Splits code into pieces, each with the role of its colour.
pub fn pieces<'c>(language: &str, code: &'c str) -> Vec<(Option<Role>, &'c str)> {
    if language.eq_ignore_ascii_case("diff") || language.eq_ignore_ascii_case("patch") {
        return code
            .split_inclusive('\n')
            .map(|line| (role_of_change(line), line))
            .collect();
    }
    let Some(grammar) = grammar(language) else {
        return vec![(None, code)];
    };
    let mut pieces = Vec::new();
    let mut rest = code;
    let mut before = ' ';
    while !rest.is_empty() {
        let (role, length) = next(&grammar, rest, before);
        let (piece, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        before = piece.chars().next_back().unwrap_or(' ');
        pieces.push((role, piece));
        rest = after;
    }
    pieces
}

/// Returns the role of a line of a diff, by its first character.
fn role_of_change(line: &str) -> Option<Role> {
    match line.as_bytes().first() {
        Some(b'+') => Some(Role::CodeString),
        Some(b'-') => Some(Role::CodeKeyword),
        Some(b'@') => Some(Role::CodeComment),
        _ => None,
    }
}

/// Returns the role and the length of the piece that a text begins with.
fn next(grammar: &Grammar, text: &str, before: char) -> (Option<Role>, usize) {
    let line_end = || text.find('\n').unwrap_or(text.len());
    let end_of = |start: &str, end: &str| {
        let inner = text.get(start.len()..).unwrap_or_default();
        inner.find(end).map_or(text.len(), |at| start.len() + at + end.len())
    };
    if let Some((start, end)) = grammar.block
        && text.starts_with(start)
    {
        return (Some(Role::CodeComment), end_of(start, end));
    }
    let is_comment = |start: &str| text.starts_with(start) && (start != "#" || before.is_whitespace());
    if grammar.line.iter().any(|start| is_comment(start)) {
        return (Some(Role::CodeComment), line_end());
    }
    if let Some(quote) = grammar.long_quotes.iter().find(|quote| text.starts_with(**quote)) {
        return (Some(Role::CodeString), end_of(quote, quote));
    }
    let Some(first) = text.chars().next() else {
        return (None, 0);
    };
    if grammar.quotes.contains(first) {
        return match end_of_string(text, first) {
            Some(end) => (Some(Role::CodeString), end),
            // Without an end it is no string. To look for one after each further quote would take quadratic time.
            None => (None, line_end().max(1)),
        };
    }
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let length = text.find(|character| !is_word(character)).unwrap_or(text.len());
    if first.is_ascii_digit() {
        return (Some(Role::CodeNumber), length);
    }
    if length > 0 {
        let (word, after) = text.split_at_checked(length).unwrap_or((text, ""));
        return (role_of_word(grammar, word, after), length);
    }
    let ends_plain = |character: char| is_word(character) || "\"'`#/-<".contains(character);
    let plain = text
        .char_indices()
        .skip(1)
        .find(|(_, character)| ends_plain(*character));
    (None, plain.map_or(text.len(), |(at, _)| at))
}

/// Returns the role of a word, by itself and by the text after it.
fn role_of_word(grammar: &Grammar, word: &str, after: &str) -> Option<Role> {
    let lower = grammar.any_case.then(|| word.to_ascii_lowercase());
    if grammar.words.binary_search(&lower.as_deref().unwrap_or(word)).is_ok() {
        return Some(Role::CodeKeyword);
    }
    let is_called = after.starts_with('(') || after.starts_with("!(");
    (is_called && !grammar.words.is_empty()).then_some(Role::CodeName)
}

/// Returns the end of a string that does not go beyond its line.
fn end_of_string(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return Some(at + quote.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: &str, code: &str) -> String {
        let pieces = pieces(language, code);
        let whole: String = pieces.iter().map(|(_, piece)| *piece).collect();
        assert_eq!(whole, code);
        let shown = pieces.iter().map(|(role, piece)| match role {
            Some(Role::CodeComment) => format!("[c {piece}]"),
            Some(Role::CodeString) => format!("[s {piece}]"),
            Some(Role::CodeNumber) => format!("[n {piece}]"),
            Some(Role::CodeKeyword) => format!("[k {piece}]"),
            Some(Role::CodeName) => format!("[f {piece}]"),
            _ => (*piece).to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn code_has_colours() {
        for (language, code, expected) in [
            (
                "rust",
                "fn a<'b>(c: &'b str) -> u8 { d!(\"e\\\"\") } // f",
                "[k fn] a<'b>(c: &'b str) -> u8 { [f d]!([s \"e\\\"\"]) } [c // f]",
            ),
            (
                "js",
                "const a = `b\n${c}`; /* d",
                "[k const] a = [s `b\n${c}`]; [c /* d]",
            ),
            (
                "Python",
                "def a(): # b\n  \"\"\"c\nd\"\"\" + 'e' + 0x1f",
                "[k def] [f a](): [c # b]\n  [s \"\"\"c\nd\"\"\"] + [s 'e'] + [n 0x1f]",
            ),
            ("sh", "echo $# \"a\" # b", "echo $# [s \"a\"] [c # b]"),
            ("sql", "SELECT 1 -- a", "[k SELECT] [n 1] [c -- a]"),
            ("diff", "+a\n-b\n c\n", "[s +a\n][k -b\n] c\n"),
            ("json", "{\"a\": true}", "{[s \"a\"]: [k true]}"),
            ("none", "if a", "if a"),
            ("c", "char *a = \"b", "[k char] *a = \"b"),
            ("c", "写 = '作'; a(写)", "写 = [s '作']; [f a](写)"),
        ] {
            assert_eq!(shown(language, code), expected, "{language}");
        }
    }

    #[test]
    fn words_can_be_searched() {
        for words in [RUST, SCRIPT, GO, C, PYTHON, RUBY, SHELL, SQL, LUA, DATA] {
            assert!(words.is_sorted(), "{words:?}");
        }
    }
}
