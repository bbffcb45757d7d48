//! Pixels that are scaled, cut, turned and laid on white. All have 8 bits a channel.

use fast_image_resize::{FilterType, MulDiv, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayImage, RgbImage};

/// Makes it 8 bits a channel.
pub fn to_8_bits(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma16(_) => image.into_luma8().into(),
        DynamicImage::ImageLumaA16(_) => image.into_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) | DynamicImage::ImageRgb32F(_) => image.into_rgb8().into(),
        DynamicImage::ImageRgba16(_) | DynamicImage::ImageRgba32F(_) => image.into_rgba8().into(),
        image => image,
    }
}

/// Scales to a size. What has other proportions is cut at both sides alike.
pub fn scale(mut image: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (image.width(), image.height()) == (width, height) {
        return image;
    }
    let has_alpha = image.color().has_alpha();
    let mut scaled = DynamicImage::new(width, height, image.color());
    // In place: the resizer would make a copy of all pixels for it. Neither fails for pixels of 8 bits.
    if has_alpha {
        let _ = MulDiv::new().multiply_alpha_inplace(&mut image);
    }
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .fit_into_destination(None)
        .use_alpha(false);
    let _ = Resizer::new().resize(&image, &mut scaled, &options);
    if has_alpha {
        let _ = MulDiv::new().divide_alpha_inplace(&mut scaled);
    }
    scaled
}

/// Returns whether a part is not opaque.
pub fn is_transparent(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageLumaA8(image) => image.pixels().any(|pixel| pixel.0[1] != u8::MAX),
        DynamicImage::ImageRgba8(image) => image.pixels().any(|pixel| pixel.0[3] != u8::MAX),
        _ => false,
    }
}

/// Lays a picture on white, in place.
pub fn on_white(image: DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let flat = match image {
        DynamicImage::ImageLumaA8(image) => {
            GrayImage::from_raw(width, height, blend::<2>(image.into_raw())).map(DynamicImage::from)
        }
        DynamicImage::ImageRgba8(image) => {
            RgbImage::from_raw(width, height, blend::<4>(image.into_raw())).map(DynamicImage::from)
        }
        image => Some(image),
    };
    flat.unwrap_or_default()
}

/// Blends pixels of `N` channels with white, and leaves out the last channel, which is alpha.
fn blend<const N: usize>(mut bytes: Vec<u8>) -> Vec<u8> {
    for pixel in bytes.as_chunks_mut::<N>().0 {
        let Some((alpha, colors)) = pixel.split_last_mut() else {
            continue;
        };
        let alpha = u32::from(*alpha);
        for color in colors {
            *color = of_255(u32::from(*color) * alpha + 255 * (255 - alpha));
        }
    }
    without_last::<N>(bytes)
}

/// Makes RGB of CMYK, where 255 is all ink. Without profiles, as programs do that have none.
pub fn cmyk_to_rgb(mut bytes: Vec<u8>) -> Vec<u8> {
    for pixel in bytes.as_chunks_mut::<4>().0 {
        let [c, m, y, k] = *pixel;
        let color = |ink: u8| of_255((255 - u32::from(ink)) * (255 - u32::from(k)));
        *pixel = [color(c), color(m), color(y), 0];
    }
    without_last::<4>(bytes)
}

/// Divides by 255, rounded. The dividend is at most 255 × 255.
fn of_255(product: u32) -> u8 {
    u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
}

/// Leaves out the last of each `N` bytes, in place.
fn without_last<const N: usize>(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut at = 0;
    bytes.retain(|_| {
        at += 1;
        at % N != 0
    });
    bytes
}

/// Returns whether a picture is a drawing or a screenshot: it has few colours for its pixels. A png shows it sharper
/// than a jpg does, and is not larger.
pub fn is_graphic(image: &DynamicImage) -> bool {
    // What a gif can have.
    const FEW: usize = 256;
    // A screenshot has some thousand, of which the edges of letters make most. A large photograph has more than
    // 100,000, and a small one has a colour for every few pixels.
    const MANY: usize = 16_384;
    const PIXELS_PER_COLOR: usize = 16;
    let pixels = image.as_bytes().len() / usize::from(image.color().channel_count()).max(1);
    let most = (pixels / PIXELS_PER_COLOR).clamp(FEW, MANY);
    let mut seen = Colors::default();
    match image {
        DynamicImage::ImageRgb8(image) => image.pixels().all(|pixel| seen.add(pixel.0) <= most),
        DynamicImage::ImageRgba8(image) => image.pixels().all(|pixel| {
            let [r, g, b, _] = pixel.0;
            seen.add([r, g, b]) <= most
        }),
        // Grey has at most 256.
        _ => true,
    }
}

/// A set of colours: a bit for each.
struct Colors {
    bits: Vec<u64>,
    count: usize,
}

impl Default for Colors {
    fn default() -> Self {
        Self {
            bits: vec![0; 1 << (24 - 6)],
            count: 0,
        }
    }
}

impl Colors {
    /// Adds a colour, and returns how many there are.
    fn add(&mut self, [r, g, b]: [u8; 3]) -> usize {
        let color = usize::from(r) << 16 | usize::from(g) << 8 | usize::from(b);
        let bit = 1_u64 << (color & 63);
        if let Some(bits) = self.bits.get_mut(color >> 6)
            && *bits & bit == 0
        {
            *bits |= bit;
            self.count += 1;
        }
        self.count
    }
}
