//! Character references, decoded as far as they could hide something from the filter.

/// Names of ASCII characters. Text with any other name is neither an address nor syntax.
const NAMES: [(&str, char); 43] = [
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("nbsp", '\u{a0}'),
    ("excl", '!'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("amp", '&'),
    ("AMP", '&'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("lt", '<'),
    ("LT", '<'),
    ("equals", '='),
    ("gt", '>'),
    ("GT", '>'),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];

/// Longest reference that is read, in bytes. Numbers may have leading zeros.
const LONGEST: usize = 32;

/// Returns the text with its character references resolved, once: `&amp;lt;` becomes `&lt;`.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match reference(after) {
            Some((character, after)) => {
                out.push(character);
                after
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// Reads the reference after an `&`, and returns its character and the rest. Numbers need no semicolon in browsers.
fn reference(text: &str) -> Option<(char, &str)> {
    if let Some(number) = text.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let (digits, radix) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
        let length = digits
            .find(|character: char| !character.is_digit(radix))
            .unwrap_or(digits.len());
        let (digits, after) = digits.split_at(length);
        let code = u32::from_str_radix(digits, radix).ok()?;
        let character = char::from_u32(code)
            .filter(|character| *character != '\0')
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        return Some((character, after.strip_prefix(';').unwrap_or(after)));
    }
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, after) = text.split_at_checked(end)?;
    let (_, character) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some((*character, after.strip_prefix(';')?))
}
