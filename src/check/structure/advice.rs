//! The structure rules with their messages, and the places that break them.

use crate::check::report::Report;
use crate::texts;

/// A rule that the text of an article can break.
#[derive(Clone, Copy)]
pub enum Rule {
    Opacity,
    CaretColor,
    LineHeight,
    Width,
    ZeroHeight,
    Height,
    TextAlign,
    Begin,
    Pre,
    Nesting,
    SpanLeaf,
    NodeLeaf,
    FontFamily,
    Contrast,
    Gradient,
    Order,
}

/// The number of each [`Rule`] on WeChat's page, in its order.
const RULES: [&str; texts::RULES] = [
    "1.1", "1.2", "1.3", "1.4", "1.5.1", "1.5.2", "1.6", "1.7", "1.8", "2.1", "2.2", "2.3", "3", "4.1.1", "4.1.2",
    "4.2.2",
];

/// Returns the numbers of all rules.
#[cfg(test)]
pub fn numbers() -> impl Iterator<Item = &'static str> {
    RULES.into_iter()
}

/// The most findings about one rule in one article.
const LISTED: usize = 20;

/// The places in an article that break the rules.
pub struct Advice<'a>([Places<'a>; RULES.len()]);

/// The places that break one rule.
struct Places<'a> {
    /// The opening tags of the first ones, in order.
    first: Vec<&'a str>,
    all: usize,
}

impl Default for Advice<'_> {
    fn default() -> Self {
        // `Default` for an array writes out each element.
        Self([const { Places::NONE }; RULES.len()])
    }
}

impl Places<'_> {
    const NONE: Self = Self {
        first: Vec::new(),
        all: 0,
    };
}

impl<'a> Advice<'a> {
    /// Adds a place by its opening tag. Places may come in any order.
    #[inline(never)]
    pub fn add(&mut self, rule: Rule, source: &'a str) {
        let Some(places) = self.0.get_mut(rule as usize) else {
            return;
        };
        places.all += 1;
        // All tags are parts of one text, so their order in memory is that in the text.
        let at = places.first.partition_point(|known| known.as_ptr() <= source.as_ptr());
        if at < LISTED {
            places.first.truncate(LISTED - 1);
            places.first.insert(at, source);
        }
    }

    /// Adds the findings to a report: by rule, and in the order of the text.
    pub fn report(&self, report: &mut Report) {
        let messages = &report.texts.structure;
        for ((number, message), places) in RULES.iter().zip(messages).zip(&self.0) {
            let cut = (places.all > LISTED).then_some((places.all, LISTED));
            for (index, source) in (1..).zip(&places.first) {
                let cut = cut.filter(|_| index == LISTED);
                report.advise(number, source, message, cut);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::Severity;
    use crate::texts::EN;

    #[test]
    fn the_first_20_places_are_listed_in_order_and_all_are_counted() {
        let html: String = (0..30).map(|number| format!("<p{number}>")).collect();
        let tags: Vec<&str> = html.split_inclusive('>').collect();
        for count in [1, 19, 20, 21, 30] {
            let mut advice = Advice::default();
            for tag in tags[..count].iter().rev() {
                advice.add(Rule::TextAlign, tag);
            }
            let mut report = Report::new(&EN);
            advice.report(&mut report);
            let listed: Vec<&str> = { report.findings.iter() }
                .map(|finding| finding.element.as_deref().unwrap())
                .collect();
            assert_eq!(listed, tags[..count.min(20)]);
            let (last, others) = report.findings.split_last().unwrap();
            assert!(others.iter().all(|finding| finding.figure.is_none()));
            let words = "; 30 places in all, the first 20 are listed";
            match last.figure {
                Some(figure) => {
                    assert_eq!((figure.found, figure.limit), (count as u64, 20));
                    assert_eq!(last.message.ends_with(words), count == 30);
                }
                None => assert!(count <= 20),
            }
            assert_eq!((last.severity, last.rule.as_deref()), (Severity::Advice, Some("1.6")));
        }
    }

    #[test]
    fn an_element_is_cut_to_80_characters() {
        let tag = format!("<p title='{}'>", "写".repeat(100));
        let mut advice = Advice::default();
        advice.add(Rule::Pre, &tag);
        let mut report = Report::new(&EN);
        advice.report(&mut report);
        let element = report.findings[0].element.as_deref().unwrap();
        assert!(tag.starts_with(element) && element.chars().count() == 80);
    }
}
