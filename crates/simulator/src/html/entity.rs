//! Character references, decoded as far as they could hide something from the filter.

/// Names of ASCII characters. Text that is spelled with any other name is no address, and no syntax.
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

/// The longest reference that is looked for, in bytes; numbers may have leading zeros.
const LONGEST: usize = 32;

/// The text with its character references resolved, once: `&amp;lt;` is `&lt;`.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        rest = match reference(behind) {
            Some((character, behind)) => {
                out.push(character);
                behind
            }
            None => {
                out.push('&');
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

/// The character that the reference behind an `&` stands for, and what follows. Browsers do without the semicolon of a number.
fn reference(text: &str) -> Option<(char, &str)> {
    if let Some(number) = text.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let (digits, radix) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
        let length = digits
            .find(|character: char| !character.is_digit(radix))
            .unwrap_or(digits.len());
        let (digits, behind) = digits.split_at(length);
        let code = u32::from_str_radix(digits, radix).ok()?;
        let character = char::from_u32(code)
            .filter(|character| *character != '\0')
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        return Some((character, behind.strip_prefix(';').unwrap_or(behind)));
    }
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, behind) = text.split_at_checked(end)?;
    let (_, character) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some((*character, behind.strip_prefix(';')?))
}
