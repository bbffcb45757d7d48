//! The steps: look at the header, return what fits, decode the rest, and make it smaller until it fits.

use image::DynamicImage;
use image::metadata::Orientation;

use crate::bindings::types::{Error, File, Fitted, Language, Place};
use crate::change::Change;
use crate::decode::{self, Decoded};
use crate::file_type::FileType;
use crate::header::Header;
use crate::place::Rules;
use crate::problem::Problem;
use crate::{canvas, encode, pages, texts};

/// Returns a picture that WeChat takes in this place. See `fit` in the contract.
///
/// # Errors
///
/// If the picture can't be made to fit.
pub fn fit(file: File, place: Place, language: Language) -> Result<Fitted, Error> {
    let texts = texts::of(language);
    let File { name, bytes } = file;
    match picture(bytes, Rules::of(place)) {
        Ok(picture) => Ok(Fitted {
            file: File {
                name: named(name, &picture),
                bytes: picture.bytes,
            },
            width: picture.size.0,
            height: picture.size.1,
            changes: picture.changes.iter().map(|change| change.sentence(texts)).collect(),
        }),
        Err(problem) => Err(problem.into_error(&name, texts)),
    }
}

/// Returns the name with the extension of a new type.
fn named(name: String, picture: &Picture) -> String {
    let Some(Change::Type(_, to)) = picture.changes.iter().find(|change| matches!(change, Change::Type(..))) else {
        return name;
    };
    let folder = name.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    // A name that begins with its only dot has no extension.
    let end = name.rfind('.').filter(|dot| *dot > folder).unwrap_or(name.len());
    format!("{}.{}", name.get(..end).unwrap_or(&name), to.extension())
}

/// A picture that fits.
struct Picture {
    bytes: Vec<u8>,
    size: (u32, u32),
    changes: Vec<Change>,
}

fn picture(bytes: Vec<u8>, rules: &Rules) -> Result<Picture, Problem> {
    let header = Header::read(&bytes)?;
    if fits(&header, rules)? {
        return Ok(without_metadata(bytes, &header));
    }
    encoded_again(&bytes, &header, rules)
}

/// The pixels of a picture that WeChat is known to have refused, 18018 × 24477 (wechat-api §7).
const PIXELS_REFUSED: u64 = 18_018 * 24_477;

/// Returns whether the pixels can stay as they are.
fn fits(header: &Header, rules: &Rules) -> Result<bool, Problem> {
    let length = header.picture.length();
    let (width, height) = header.size;
    let is_taken = u64::from(width) * u64::from(height) < PIXELS_REFUSED;
    if header.is_animated {
        let is_kept = header.file_type == FileType::Gif && rules.keeps_animations;
        let fits = is_kept && is_taken && length <= rules.animation_limit;
        return if fits {
            Ok(true)
        } else {
            Err(Problem::Animation(header.file_type))
        };
    }
    Ok(is_taken
        && rules.keeps.contains(&header.file_type)
        && !header.is_cmyk()
        && header.orientation == Orientation::NoTransforms
        && rules.exact.is_none_or(|exact| exact == header.size)
        && length <= rules.limit)
}

/// Leaves out the bytes that are not the picture. Its pixels stay as they are.
fn without_metadata(bytes: Vec<u8>, header: &Header) -> Picture {
    let size = header.size;
    if header.picture.length() == bytes.len() {
        let changes = Vec::new();
        return Picture { bytes, size, changes };
    }
    Picture {
        bytes: header.picture.of(&bytes),
        size,
        changes: vec![Change::Metadata],
    }
}

fn encoded_again(bytes: &[u8], header: &Header, rules: &Rules) -> Result<Picture, Problem> {
    let mut changes = Vec::new();
    let seen = header.seen_size();
    let target = target(seen, rules);
    let Decoded { image, profile } = decode::decode(header, bytes, header.turned(target))?;
    if header.file_type == FileType::Tiff && pages::has_more(bytes) {
        changes.push(Change::Pages);
    }
    if header.is_cmyk() {
        changes.push(Change::Cmyk);
    }
    let is_graphic =
        header.file_type != FileType::Jpg && (canvas::is_transparent(&image) || canvas::is_graphic(&image));

    // A jpg may come smaller than wanted, if memory is short. Only a cover is ever enlarged.
    let decoded = header.turned((image.width(), image.height()));
    let target = if rules.exact.is_some() {
        target
    } else {
        (target.0.min(decoded.0), target.1.min(decoded.1))
    };
    let mut image = canvas::scale(image, header.turned(target));
    if header.orientation != Orientation::NoTransforms {
        image.apply_orientation(header.orientation);
        changes.push(Change::Turned);
    }
    if rules.exact.is_some() && !is_same_shape(seen, target) {
        changes.push(Change::Cut(target.0, target.1));
    }
    let profile = profile.filter(|profile| is_kept(profile, &image, rules));
    let smallest = smallest(image, profile.as_deref(), is_graphic, rules, &mut changes)?;
    if smallest.size != seen {
        changes.push(Change::Scaled(seen, smallest.size));
    }
    if smallest.file_type != header.file_type {
        changes.push(Change::Type(header.file_type, smallest.file_type));
    }
    changes.extend(smallest.quality.map(Change::Quality));
    Ok(Picture {
        bytes: smallest.bytes,
        size: smallest.size,
        changes,
    })
}

/// Returns the size, as it is seen, that a picture is scaled to at first.
fn target((width, height): (u32, u32), rules: &Rules) -> (u32, u32) {
    if let Some(exact) = rules.exact {
        return exact;
    }
    let factor = f64::from(rules.width) / f64::from(width);
    let factor = factor.min(f64::from(encode::LONGEST_SIDE) / f64::from(height));
    scaled((width, height), factor.min(1.0))
}

/// Returns a size by a factor of at most 1.
fn scaled((width, height): (u32, u32), factor: f64) -> (u32, u32) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is positive, and not above the side"
    )]
    let side = |side: u32| ((f64::from(side) * factor).round() as u32).max(1);
    (side(width), side(height))
}

/// Returns whether two sizes have the same proportions, but for a pixel.
fn is_same_shape(a: (u32, u32), b: (u32, u32)) -> bool {
    let across = u64::from(a.0) * u64::from(b.1);
    let down = u64::from(a.1) * u64::from(b.0);
    across.abs_diff(down) <= u64::from(a.0.max(a.1))
}

/// Returns whether a profile of colours goes with a picture. One of CMYK ends with it; and a large one would take the
/// room of the picture. Those of phones and screens have less than 4 KiB.
fn is_kept(profile: &[u8], image: &DynamicImage, rules: &Rules) -> bool {
    // Of the least limit, 64 KiB for a thumb, this is 4 KiB: the profiles of phones and screens stay everywhere.
    const SHARE: usize = 16;
    let space: &[u8] = if image.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(space) && profile.len() <= rules.limit / SHARE
}

/// A picture in a form that fits.
struct Smallest {
    bytes: Vec<u8>,
    size: (u32, u32),
    file_type: FileType,
    quality: Option<u8>,
}

/// The qualities of a jpg that are tried at each size: hardly to be told from the original, good, and sufficient. What
/// is still too large looks better with fewer pixels than with a lower quality.
const QUALITIES: [u8; 3] = [90, 82, 74];

/// Encodes a picture ever smaller until it fits.
fn smallest(
    mut image: DynamicImage,
    profile: Option<&[u8]>,
    is_graphic: bool,
    rules: &Rules,
    changes: &mut Vec<Change>,
) -> Result<Smallest, Problem> {
    let size = (image.width(), image.height());
    let is_transparent = canvas::is_transparent(&image);
    if !is_transparent {
        image = canvas::on_white(image);
    }
    if is_graphic && rules.makes_png {
        let bytes = encode::png(&image, profile).filter(|bytes| bytes.len() <= rules.limit);
        if let Some(bytes) = bytes {
            let file_type = FileType::Png;
            let quality = None;
            return Ok(Smallest {
                bytes,
                size,
                file_type,
                quality,
            });
        }
    }
    if is_transparent {
        image = canvas::on_white(image);
        changes.push(Change::White);
    }
    loop {
        let size = (image.width(), image.height());
        let mut length = usize::MAX;
        for quality in QUALITIES {
            let bytes = encode::jpg(&image, quality, profile).ok_or(Problem::TooLarge)?;
            if bytes.len() <= rules.limit {
                let file_type = FileType::Jpg;
                let quality = Some(quality);
                return Ok(Smallest {
                    bytes,
                    size,
                    file_type,
                    quality,
                });
            }
            length = bytes.len();
        }
        image = canvas::scale(image, smaller(size, length, rules).ok_or(Problem::TooLarge)?);
    }
}

/// Returns the size that comes after one that was too large by these bytes.
fn smaller(size: (u32, u32), length: usize, rules: &Rules) -> Option<(u32, u32)> {
    // The least step, so that the end is near: 20 of them make the pixels 64 times fewer.
    const STEP: f64 = 0.9;
    #[expect(clippy::cast_precision_loss, reason = "lengths of files are far below 2^52")]
    let factor = (rules.limit as f64 / length as f64).sqrt().min(STEP);
    if rules.exact.is_some() {
        return None;
    }
    let smaller = scaled(size, factor);
    (smaller != size).then_some(smaller)
}
