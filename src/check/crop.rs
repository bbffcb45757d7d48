//! The crops of a cover.

use super::report::Report;
use crate::bindings::types::{Crop, CropRatio};

/// The unit of an edge on the wire: WeChat takes 6 decimals (wechat-api §16).
pub const DECIMALS: u32 = 1_000_000;

/// The most crops that are checked. There are three shapes, so a fourth crop repeats one and has an error.
const CHECKED: usize = 4;

/// Returns an edge in millionths, as it is sent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and only 0 to 1 is used"
)]
pub fn millionths(edge: f64) -> u32 {
    (edge * f64::from(DECIMALS) + 0.5) as u32
}

/// Finds crops that are not a part of the picture, are there twice, or are not for this article: the landscape shape is
/// for pictures only (wechat-api §11.1).
pub fn check(report: &mut Report, crops: &[Crop], landscape: bool) {
    let texts = &report.texts.report;
    for (index, crop) in crops.iter().enumerate().take(CHECKED) {
        let is_repeated = crops.iter().take(index).any(|other| other.ratio == crop.ratio);
        let problem = if crop.ratio == CropRatio::Landscape && !landscape {
            texts.crop_landscape
        } else if is_repeated {
            texts.crop_twice
        } else if !is_part(crop) {
            texts.crop_outside
        } else {
            continue;
        };
        let shape = match crop.ratio {
            CropRatio::Wide => "wide",
            CropRatio::Square => "square",
            CropRatio::Landscape => "landscape",
        };
        report.refuse("cover-crops", &problem.with([&shape]));
    }
}

fn is_part(crop: &Crop) -> bool {
    is_span(crop.x1, crop.x2) && is_span(crop.y1, crop.y2)
}

fn is_span(from: f64, to: f64) -> bool {
    from >= 0.0 && to <= 1.0 && millionths(from) < millionths(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    fn crop(ratio: CropRatio, x1: f64, y1: f64, x2: f64, y2: f64) -> Crop {
        Crop { ratio, x1, y1, x2, y2 }
    }

    fn messages(crops: &[Crop], landscape: bool) -> Vec<String> {
        let mut report = Report::new(&EN);
        check(&mut report, crops, landscape);
        report.findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_crop_outside_the_picture_is_found() {
        for (x1, y1, x2, y2) in [
            (-0.1, 0.0, 1.0, 1.0),
            (0.0, 0.0, 1.1, 1.0),
            (0.0, 0.0, 1.000_000_1, 1.0),
            (f64::NAN, 0.0, 1.0, 1.0),
            (0.0, f64::INFINITY, 1.0, 1.0),
            (0.5, 0.0, 0.5, 1.0),
            (0.0, 0.7, 1.0, 0.3),
            (0.5, 0.0, 0.500_000_4, 1.0),
        ] {
            let found = messages(&[crop(CropRatio::Square, x1, y1, x2, y2)], false);
            assert!(
                found.len() == 1 && found[0].contains("cover-crops for square is not a part"),
                "{found:?}"
            );
        }
        assert!(messages(&[crop(CropRatio::Wide, 0.0, 0.0, 1.0, 0.000_001)], false).is_empty());
    }

    #[test]
    fn a_cover_has_one_crop_for_each_of_its_shapes() {
        let whole = |ratio| crop(ratio, 0.0, 0.0, 1.0, 1.0);
        let [wide, square, landscape] = [CropRatio::Wide, CropRatio::Square, CropRatio::Landscape].map(whole);
        assert!(messages(&[wide, square], false).is_empty());
        assert!(messages(&[wide, square, landscape], true).is_empty());
        assert!(messages(&[landscape], false)[0].contains("landscape is for pictures only"));
        assert!(messages(&[wide, square, wide], true)[0].contains("wide is there twice"));
        // The check does not go through a list without end.
        assert!(messages(&vec![wide; 1000], true).len() <= CHECKED);
    }
}
