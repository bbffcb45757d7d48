//! The walk over an article.

use super::advice::{Advice, Rule};
use super::element::{Attributes, Element, Key};
use super::height::Height;
use super::leaf::Leaf;
use super::lines::{Amount, Lines, Place};
use super::name::{self, Name};
use super::nesting::Nesting;
use super::opacity::Opacity;
use super::paint::Paint;
use super::picture_width::PictureWidths;
use super::pre::Pre;
use super::style::{Property, Style};
use super::tree::Tree;
use super::width::Width;
use super::{align, animation, caret, font, order, text};
use crate::check::report::Report;
use crate::html::{Part, Parts, Tag, decode};

/// The class of the marks that WeChat's editor sets beside pictures.
const MARK: &str = "ProseMirror-separator";

/// The most elements of height 0 that wait for an animation beside them. Articles have a few; more are told at once.
const WAITING: usize = 100;

/// A question about an element.
type IsBroken = fn(&Element) -> bool;

/// The rules that an element breaks by itself.
const ALONE: [(Rule, IsBroken); 5] = [
    (Rule::CaretColor, caret::is_broken),
    (Rule::TextAlign, align::is_broken),
    (Rule::Begin, animation::is_broken),
    (Rule::FontFamily, font::is_broken),
    (Rule::Order, order::is_broken),
];

/// Checks an article.
pub fn walk(html: &str, report: &mut Report) {
    let mut walk = Walk::default();
    for part in Parts::new(html) {
        match part {
            Part::Text(text) => walk.text(text),
            Part::Comment(_) => {}
            Part::Tag(tag) if tag.closing => {
                let level = walk.tree.closed_by_end(Name::of(tag.name));
                walk.close_to(level);
            }
            Part::Tag(tag) => walk.start(tag),
        }
    }
    walk.close_to(1);
    walk.advice.report(report);
    walk.pictures.report(report);
}

#[derive(Default)]
struct Walk<'a> {
    tree: Tree,
    /// The innermost open element; the text itself if none is open.
    inner: Open<'a>,
    /// The elements around it.
    outer: Vec<Open<'a>>,
    advice: Advice<'a>,
    opacity: Opacity<'a>,
    pictures: PictureWidths<'a>,
    /// Elements of height 0 with text, each with the level of the element that may make it a part of an animation, in
    /// the order of the levels.
    waiting: Vec<(usize, &'a str)>,
}

/// An open element.
#[derive(Clone, Copy, Default)]
struct Open<'a> {
    source: &'a str,
    name: Name,
    is_in_svg: bool,
    is_hidden: bool,
    has_text: bool,
    /// True if there is text, or a picture.
    has_content: bool,
    has_animation: bool,
    lines: Lines,
    width: Width,
    height: Height,
    pre: Pre,
    nesting: Nesting<'a>,
    leaf: Leaf,
    paint: Paint,
}

impl<'a> Walk<'a> {
    fn start(&mut self, tag: Tag<'a>) {
        let attributes = Attributes::read(tag);
        let css = decode(attributes.get(Key::Style).unwrap_or_default());
        let style = Style::read(&css);
        let element = Element {
            source: tag.source,
            name: Name::of(tag.name),
            attributes,
            style: &style,
        };
        if element
            .attributes
            .get(Key::Class)
            .is_some_and(|class| class.contains(MARK))
        {
            return;
        }
        if self.inner.leaf.is_block_in_span(&element) {
            self.advice.add(Rule::SpanLeaf, element.source);
        }
        match self.tree.closed_by_start(element.name) {
            0 => {}
            level => self.close_to(level),
        }
        for (rule, is_broken) in ALONE {
            if is_broken(&element) {
                self.advice.add(rule, element.source);
            }
        }
        self.opacity.enter(&element, &mut self.advice);
        self.pictures.enter(&element);
        let is_told_apart = self.tree.open(element.name);
        self.open(&element);
        let is_closed = self.inner.is_in_svg && tag.source.ends_with("/>");
        if is_closed || element.name.is_in(&name::VOID) {
            if is_told_apart {
                self.close();
            } else {
                self.tree.closed_by_end(element.name);
            }
        }
        if !is_told_apart {
            self.leave();
        }
    }

    fn open(&mut self, element: &Element<'a, '_>) {
        let parent = &mut self.inner;
        let mut lines = parent.lines.enter(element);
        let place = lines.place;
        if element.name == name::BR {
            parent.lines.end_line(Place::Block);
        }
        match place {
            Place::Inline => parent.lines.lend(&mut lines),
            _ => parent.lines.end_line(place),
        }
        let is_in_svg = parent.is_in_svg || element.name == name::SVG;
        let is_hidden = parent.is_hidden || element.style.is(Property::Display, "none");
        let open = Open {
            source: element.source,
            name: element.name,
            is_in_svg,
            is_hidden,
            has_text: false,
            has_content: element.is_media() && !is_hidden,
            has_animation: element.name.is_in(&name::ANIMATION),
            lines,
            width: parent.width.enter(element, place, lines.font, is_in_svg),
            height: parent.height.enter(element, lines.font, is_in_svg),
            pre: parent.pre.enter(element),
            nesting: parent.nesting.enter(element, is_in_svg, &mut self.advice),
            leaf: parent.leaf.enter(element),
            paint: parent.paint.enter(element),
        };
        self.outer.push(std::mem::replace(&mut self.inner, open));
    }

    fn text(&mut self, source: &'a str) {
        if self.inner.is_in_svg || self.inner.is_hidden {
            return;
        }
        let width = text::width(source);
        if width == 0.0 {
            return;
        }
        let inner = &mut self.inner;
        inner.has_text = true;
        inner.has_content = true;
        inner.lines.text(width);
        inner.pre.text();
        inner.nesting.text(&mut self.advice);
        inner.leaf.text();
        inner.paint.text();
        self.opacity.text();
    }

    /// Closes all elements down to this level; none for level 0.
    fn close_to(&mut self, level: usize) {
        while level > 0 && self.tree.level() >= level {
            self.close();
        }
    }

    fn close(&mut self) {
        self.leave();
        self.tree.close();
    }

    /// Leaves the innermost element, and says what is wrong with it.
    fn leave(&mut self) {
        let level = self.outer.len();
        let Some(parent) = self.outer.pop() else { return };
        let mut child = std::mem::replace(&mut self.inner, parent);
        let (parent, advice) = (&mut self.inner, &mut self.advice);
        let mut amount = Amount::default();
        if child.lines.place == Place::Inline {
            parent.lines.resume(&child.lines);
        } else {
            amount = child.lines.end();
        }
        if child.lines.spaces && amount.low_lines > 1.0 {
            amount.low_lines = 0.0;
            advice.add(Rule::LineHeight, child.source);
        }
        if child.height.is_too_small(amount, &child.lines) {
            advice.add(Rule::Height, child.source);
        }
        if !child.height.scrolls {
            parent.lines.add(&child.lines, amount);
        }
        if child.width.leave(&mut parent.width, child.name, child.has_content) {
            advice.add(Rule::Width, child.source);
        }
        if child.pre.leave(&mut parent.pre) {
            advice.add(Rule::Pre, child.source);
        }
        if child.leaf.is_broken_node() {
            advice.add(Rule::NodeLeaf, child.source);
        }
        let (low_contrast, gradient) = child.paint.leave(&mut parent.paint);
        if low_contrast {
            advice.add(Rule::Contrast, child.source);
        }
        if gradient {
            advice.add(Rule::Gradient, child.source);
        }
        child
            .nesting
            .leave(&mut parent.nesting, child.name == parent.name, advice);
        parent.has_text |= child.has_text;
        parent.has_content |= child.has_content;
        parent.has_animation |= child.has_animation;
        self.wait(level, &child);
    }

    /// Says that an element of height 0 has text in it, unless it turns out to be a part of an animation: the element
    /// itself, or one up to two levels above it, has an animated SVG.
    fn wait(&mut self, level: usize, child: &Open<'a>) {
        while let Some((_, source)) = self.waiting.pop_if(|(last, _)| *last >= level) {
            if !child.has_animation {
                self.advice.add(Rule::ZeroHeight, source);
            }
        }
        if !(child.height.is_zero() && child.has_text && !child.has_animation) {
            return;
        }
        let last = level.saturating_sub(2).max(1);
        if level > 1 && self.waiting.len() < WAITING {
            let at = self.waiting.partition_point(|(known, _)| *known <= last);
            self.waiting.insert(at, (last, child.source));
        } else {
            self.advice.add(Rule::ZeroHeight, child.source);
        }
    }
}
