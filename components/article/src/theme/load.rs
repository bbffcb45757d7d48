//! Reading a theme.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::contrast;
use super::look::{Look, Theme};
use super::role::Role;
use crate::bindings::types::ErrorKind;
use crate::color::Color;
use crate::failure::{Result, error};
use crate::findings::excerpt;
use crate::source::Lines;
use crate::style;
use crate::texts::Texts;

/// The themes that are built in, the default first.
const BUILT_IN: [(&str, &str); 4] = [
    ("plain", include_str!("../../themes/plain.toml")),
    ("magazine", include_str!("../../themes/magazine.toml")),
    ("tech", include_str!("../../themes/tech.toml")),
    ("warm", include_str!("../../themes/warm.toml")),
];

/// The largest theme of one's own, in bytes. One with a style for every role has about 8 KiB.
const LARGEST: usize = 64 * 1024;
/// The deepest nesting of brackets. A theme has none that is deeper than one table.
const DEEPEST: usize = 4;
/// The longest ornament, in characters. A line on a phone has some 20, of which a heading needs a part.
const LONGEST_CONTENT: usize = 12;

/// Returns the names of the themes that are built in.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// Loads a theme: one that is built in, or one of one's own. None is the default.
pub fn load(theme: Option<&crate::bindings::types::Theme>, texts: &Texts) -> Result<Theme> {
    let mut sheet = Sheet::new(texts);
    match theme {
        None => sheet.read_named("plain", 0)?,
        Some(crate::bindings::types::Theme::Named(name)) => sheet.read_named(name, 0)?,
        Some(crate::bindings::types::Theme::Custom(toml)) => sheet.read(toml)?,
    }
    sheet.finish()
}

/// A declaration as it stands in a theme.
struct Declaration {
    property: String,
    value: String,
    line: u32,
}

/// The styles of a theme and of those that it extends.
struct Sheet<'t> {
    texts: &'t Texts,
    colors: BTreeMap<String, String>,
    /// For each role, in their order: its line, its declarations, and its text.
    roles: Vec<RoleEntry>,
}

type RoleEntry = (u32, Vec<Declaration>, String);

impl<'t> Sheet<'t> {
    fn new(texts: &'t Texts) -> Self {
        let roles = Role::ALL.iter().map(|_| Default::default()).collect();
        Self {
            texts,
            colors: BTreeMap::new(),
            roles,
        }
    }

    /// Reads a theme that is built in.
    fn read_named(&mut self, name: &str, line: u32) -> Result<()> {
        let Some((_, toml)) = BUILT_IN.iter().find(|(known, _)| *known == name) else {
            let known = names().collect::<Vec<_>>().join(", ");
            let text = &self.texts.errors.theme_unknown;
            return Err(error(ErrorKind::Theme, line, text, [&excerpt(name), &known]));
        };
        self.read(toml)?;
        // Lines are those of the theme that extends this one.
        for (line, declarations, _) in &mut self.roles {
            *line = 0;
            declarations.iter_mut().for_each(|declaration| declaration.line = 0);
        }
        Ok(())
    }

    fn read(&mut self, toml: &str) -> Result<()> {
        let errors = &self.texts.errors;
        if toml.len() > LARGEST {
            let text = &errors.theme_too_long;
            return Err(error(ErrorKind::Theme, 0, text, [&toml.len(), &LARGEST]));
        }
        let lines = Lines::of(toml);
        if let Some(at) = too_deep(toml) {
            return Err(error(
                ErrorKind::Theme,
                lines.line(at),
                &errors.theme_too_deep,
                [&DEEPEST],
            ));
        }
        let table = DeTable::parse(toml).map_err(|problem| {
            let line = problem.span().map_or(0, |span| lines.line(span.start));
            error(ErrorKind::Theme, line, &errors.theme_syntax, [&problem.message()])
        })?;
        let table = table.get_ref();
        if let Some(name) = table.get("extends") {
            let line = lines.line(name.span().start);
            let name = self.text("extends", name.get_ref(), line)?;
            self.read_named(&name, line)?;
        }
        for (key, value) in table {
            let line = lines.line(key.span().start);
            let name = key.get_ref().as_ref();
            match (name, value.get_ref()) {
                ("extends", _) => {}
                ("colors", DeValue::Table(colors)) => self.read_colors(colors, &lines)?,
                (_, DeValue::Table(style)) => self.read_role(name, line, style, &lines)?,
                _ => {
                    let text = &self.texts.errors.theme_key;
                    return Err(error(ErrorKind::Theme, line, text, [&excerpt(name), &"[table]"]));
                }
            }
        }
        Ok(())
    }

    fn read_colors(&mut self, colors: &DeTable<'_>, lines: &Lines) -> Result<()> {
        for (name, value) in colors {
            let line = lines.line(name.span().start);
            let name = name.get_ref().as_ref();
            let value = self.text(name, value.get_ref(), line)?;
            if Color::read(&value).is_none() {
                let text = &self.texts.errors.theme_value;
                let arguments: [&dyn std::fmt::Display; 3] = [&excerpt(name), &excerpt(&value), &"#rrggbb"];
                return Err(error(ErrorKind::Theme, line, text, arguments));
            }
            self.colors.insert(name.to_owned(), value.into_owned());
        }
        Ok(())
    }

    fn read_role(&mut self, name: &str, line: u32, style: &DeTable<'_>, lines: &Lines) -> Result<()> {
        let errors = &self.texts.errors;
        let Some(role) = Role::named(name) else {
            return Err(error(ErrorKind::Theme, line, &errors.theme_role, [&excerpt(name)]));
        };
        for (property, value) in style {
            let line = lines.line(property.span().start);
            let property = property.get_ref().as_ref();
            let value = self.text(property, value.get_ref(), line)?;
            let Some(known) = self.roles.get_mut(role as usize) else {
                continue;
            };
            if property == "content" && role.has_content() {
                if value.chars().count() > LONGEST_CONTENT {
                    let text = &errors.theme_content;
                    return Err(error(ErrorKind::Theme, line, text, [&name, &LONGEST_CONTENT]));
                }
                known.2 = value.into_owned();
                continue;
            }
            if !style::is_theme_property(property) {
                let text = &errors.theme_property;
                return Err(error(ErrorKind::Theme, line, text, [&name, &excerpt(property)]));
            }
            // A property that a theme extends is taken back by a text without a value.
            known.1.retain(|declaration| declaration.property != property);
            if !value.is_empty() {
                known.1.push(Declaration {
                    property: property.to_owned(),
                    value: value.into_owned(),
                    line,
                });
            }
        }
        if let Some(known) = self.roles.get_mut(role as usize) {
            known.0 = line;
        }
        Ok(())
    }

    /// Returns a value as text.
    fn text<'v>(&self, key: &str, value: &'v DeValue<'_>, line: u32) -> Result<Cow<'v, str>> {
        match value {
            DeValue::String(text) => Ok(Cow::Borrowed(text.as_ref())),
            DeValue::Integer(number) => Ok(Cow::Owned(number.to_string())),
            DeValue::Float(number) => Ok(Cow::Owned(number.to_string())),
            _ => {
                let text = &self.texts.errors.theme_key;
                Err(error(ErrorKind::Theme, line, text, [&excerpt(key), &"\"text\", 1.5"]))
            }
        }
    }

    /// Returns the theme, if all of it is valid.
    fn finish(mut self) -> Result<Theme> {
        let mut roles = std::mem::take(&mut self.roles);
        for declaration in roles.iter_mut().flat_map(|(_, declarations, _)| declarations) {
            self.put_colors(declaration)?;
            let (property, value) = (&declaration.property, &declaration.value);
            if !style::is_theme_value(property, value) {
                let text = &self.texts.errors.theme_value;
                let allowed = style::theme_values(property);
                let arguments: [&dyn std::fmt::Display; 3] = [property, &excerpt(value), &allowed];
                return Err(error(ErrorKind::Theme, declaration.line, text, arguments));
            }
        }
        contrast::check(
            Color::WHITE,
            |role, property| color(&roles, role, property),
            |role, ground, found| {
                let line = roles.get(role as usize).map_or(0, |(line, ..)| *line);
                let text = &self.texts.errors.theme_contrast;
                let found = format!("{found:.1}");
                let least = format!("{:.1}", contrast::LEAST);
                let arguments: [&dyn std::fmt::Display; 4] = [&role.name(), &ground.name(), &found, &least];
                error(ErrorKind::Theme, line, text, arguments)
            },
        )?;
        let base = roles.get(Role::Text as usize).map_or(&[][..], |(_, base, _)| base);
        let looks = Role::ALL.iter().zip(&roles).map(|(role, (_, own, content))| Look {
            style: write(
                if role.is_text() && *role != Role::Text {
                    base
                } else {
                    &[]
                },
                own,
            ),
            content: content.clone(),
        });
        Ok(Theme { looks: looks.collect() })
    }

    /// Puts the theme's colours in place of their names, such as `$accent`.
    fn put_colors(&self, declaration: &mut Declaration) -> Result<()> {
        if !declaration.value.contains('$') {
            return Ok(());
        }
        let mut words = Vec::new();
        for word in declaration.value.split_ascii_whitespace() {
            let Some(name) = word.strip_prefix('$') else {
                words.push(word);
                continue;
            };
            let Some(color) = self.colors.get(name) else {
                let text = &self.texts.errors.theme_color;
                return Err(error(ErrorKind::Theme, declaration.line, text, [&excerpt(name)]));
            };
            words.push(color);
        }
        declaration.value = words.join(" ");
        Ok(())
    }
}

/// Writes declarations as the value of a `style` attribute: those of the base that the role does not have itself, and
/// its own.
fn write(base: &[Declaration], own: &[Declaration]) -> String {
    let is_own = |property: &str| own.iter().any(|declaration| declaration.property == property);
    let base = base.iter().filter(|declaration| !is_own(&declaration.property));
    let written = base
        .chain(own)
        .map(|declaration| format!("{}:{}", declaration.property, declaration.value));
    written.collect::<Vec<_>>().join(";")
}

/// Returns the position where brackets are too deep. Brackets in texts count, too: no value of a theme has any.
fn too_deep(toml: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in toml.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

/// Returns a colour that a role has itself.
fn color(roles: &[RoleEntry], role: Role, property: &str) -> Option<Color> {
    let (_, declarations, _) = roles.get(role as usize)?;
    let declaration = declarations.iter().find(|found| found.property == property)?;
    Color::read(&declaration.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_every_role_and_a_theme() {
        let document = include_str!("../../../../docs/article.md");
        let has = |name: &str| document.contains(&format!("`{name}`"));
        for role in Role::ALL {
            let level = role.name().chars().find(char::is_ascii_digit);
            let name = level.map_or_else(|| role.name().to_owned(), |level| role.name().replace(level, "1"));
            assert!(has(&name), "{name}");
        }
        let own = document
            .split("```toml")
            .nth(1)
            .and_then(|rest| rest.split("```").next());
        let own = crate::bindings::types::Theme::Custom(own.unwrap_or_default().to_owned());
        let theme = load(Some(&own), crate::texts::of(crate::bindings::types::Language::En)).unwrap();
        assert_eq!(theme.content(Role::Heading2Before), "◆ ");
        assert!(theme.style(Role::Heading3Text).contains("#a01040"));
    }

    #[test]
    fn no_theme_has_a_pure_black_text() {
        for (name, toml) in BUILT_IN {
            assert!(!toml.contains("\"#000"), "{name}");
        }
    }

    #[test]
    fn themes_can_be_read_in_dark_mode() {
        // WeChat's own page in dark mode.
        let page = Color::read("#191919").unwrap();
        let texts = crate::texts::of(crate::bindings::types::Language::En);
        for (name, _) in BUILT_IN {
            let mut sheet = Sheet::new(texts);
            sheet.read_named(name, 0).unwrap();
            let mut roles = std::mem::take(&mut sheet.roles);
            for declaration in roles.iter_mut().flat_map(|(_, declarations, _)| declarations) {
                sheet.put_colors(declaration).unwrap();
            }
            let found = contrast::check(
                page,
                |role, property| color(&roles, role, property).map(Color::inverted),
                |role, ground, found| {
                    let arguments: [&dyn std::fmt::Display; 4] = [&role.name(), &ground.name(), &found, &name];
                    error(ErrorKind::Theme, 0, &texts.errors.theme_contrast, arguments)
                },
            );
            assert_eq!(found.err().map(|error| error.message), None);
        }
    }
}
