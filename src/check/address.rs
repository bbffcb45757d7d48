//! The real one among the addresses of a picture.

use crate::bindings::types::File;
use crate::check::file::IMAGE;
use crate::check::picture;
use crate::check::url::{Target, target_of};
use crate::data_uri;
use crate::html::{Address, Origin, Picture};

/// The longest `data:` URI that is decoded to find out if it is a placeholder or a picture, if there is a choice.
/// Placeholders have a few hundred bytes.
const PLACEHOLDER: usize = 64 * 1024;

/// The place that an address leads to.
#[derive(Clone, Copy)]
pub enum Source<'f> {
    /// A host whose pictures WeChat keeps.
    Kept,
    /// The data themselves.
    Data,
    /// An attachment.
    Attachment(&'f File),
    /// Another host of Tencent's.
    Unsure,
    /// Anything else.
    Elsewhere,
}

/// The use that an address has, from the best to the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// WeChat has the picture, and reads its address without scripts.
    KeptDirect,
    KeptLazy,
    /// WeChat has the picture, or can take it.
    Usable,
    Unsure,
    /// An attachment that WeChat can't take: its error tells why.
    Refused,
    Elsewhere,
    /// A `src` that can be had, beside the address of another picture for scripts that can't: it is shown while the
    /// real picture loads.
    Meanwhile,
    /// Data that WeChat can't take: mostly a placeholder in a newer format.
    RefusedData,
    Placeholder,
}

/// The address that was chosen, and the others.
pub struct Choice<'p, 'a, 'f> {
    /// The real address of the picture.
    pub address: &'p Address<'a>,
    /// The place that it leads to.
    pub source: Source<'f>,
    /// True if WeChat may show the picture with no attachment that is not here yet.
    pub is_usable: bool,
    /// The other addresses, except those on WeChat's hosts, placeholders and repetitions.
    pub alternatives: Vec<&'p Address<'a>>,
}

/// Chooses the address of a picture by the rule of `content.wit`. `find` finds attachments. Returns `None` if there is
/// no address.
pub fn choose<'p, 'a, 'f>(
    picture: &'p Picture<'a>,
    find: impl Fn(&str) -> Option<&'f File>,
) -> Option<Choice<'p, 'a, 'f>> {
    let is_only = picture.addresses.len() == 1;
    let mut ranked: Vec<(Rank, &Address<'a>, Source<'f>)> = Vec::new();
    for address in &picture.addresses {
        let source = source_of(&address.source, &find);
        let mut rank = rank(address, source, is_only);
        if rank == Rank::Usable && address.origin == Origin::Direct {
            // Those for scripts are before it.
            let mut missing = { ranked.iter() }
                .filter(|(rank, ..)| matches!(rank, Rank::Unsure | Rank::Refused | Rank::Elsewhere))
                .filter(|(_, lazy, _)| lazy.origin == Origin::Lazy)
                .peekable();
            let is_other = |lazy: &Address<'_>| file_name(&lazy.source) != file_name(&address.source);
            if missing.peek().is_some() && missing.all(|(_, lazy, _)| is_other(lazy)) {
                rank = Rank::Meanwhile;
            }
        }
        ranked.push((rank, address, source));
    }
    let &(best, address, source) = ranked.iter().min_by_key(|(rank, ..)| *rank)?;
    let mut alternatives: Vec<&Address<'a>> = Vec::new();
    for (rank, other, source) in ranked {
        let is_one = rank < Rank::Placeholder && !matches!(source, Source::Kept) && other.source != address.source;
        if is_one && alternatives.iter().all(|known| known.source != other.source) {
            alternatives.push(other);
        }
    }
    Some(Choice {
        address,
        source,
        is_usable: best <= Rank::Unsure,
        alternatives,
    })
}

/// Returns the last part of an address's path. A browser that saves a page gives a picture's file this name.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn source_of<'f>(address: &str, find: impl Fn(&str) -> Option<&'f File>) -> Source<'f> {
    let target = target_of(address);
    if target.keeps_pictures() {
        return Source::Kept;
    }
    if target == Target::Data {
        return Source::Data;
    }
    match (find(address), target) {
        (Some(file), _) => Source::Attachment(file),
        (None, Target::Tencent) => Source::Unsure,
        (None, _) => Source::Elsewhere,
    }
}

fn rank(address: &Address<'_>, source: Source<'_>, is_only: bool) -> Rank {
    match source {
        Source::Kept => match address.origin {
            Origin::Direct => Rank::KeptDirect,
            Origin::Lazy => Rank::KeptLazy,
            Origin::Alternative => Rank::Usable,
        },
        // There is no choice, and the upload will tell.
        Source::Data | Source::Attachment(_) if is_only => Rank::Usable,
        Source::Data => rank_of_data(&address.source),
        Source::Attachment(file) if picture::is_placeholder(&file.bytes) => Rank::Placeholder,
        Source::Attachment(file) if !IMAGE.accepts(&file.bytes) => Rank::Refused,
        Source::Attachment(_) => Rank::Usable,
        Source::Unsure => Rank::Unsure,
        Source::Elsewhere => Rank::Elsewhere,
    }
}

fn rank_of_data(uri: &str) -> Rank {
    const SVG: &str = "data:image/svg";
    if uri
        .get(..SVG.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(SVG))
    {
        return Rank::Placeholder;
    }
    if uri.len() > PLACEHOLDER {
        return Rank::Usable;
    }
    let bytes = data_uri::decode(uri).unwrap_or_default();
    if picture::is_placeholder(&bytes) {
        return Rank::Placeholder;
    }
    match IMAGE.accepts(&bytes) {
        true => Rank::Usable,
        false => Rank::RefusedData,
    }
}
