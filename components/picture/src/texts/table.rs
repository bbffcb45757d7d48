//! The texts: what each is about, and its arguments.

use wechat_official_account_language::Text;

/// All texts in one language. The first argument of an error is the name of the file.
pub struct Texts {
    /// An error: no bytes.
    pub empty: Text<1>,
    /// An error: no known type.
    pub unknown: Text<1>,
    /// An error: a picture of a type, the second argument, that cannot be decoded.
    pub not_convertible: Text<2>,
    /// An error: a file of a type, the second argument, that is no picture.
    pub other: Text<2>,
    /// An error: a kind of a type, the second argument, that cannot be decoded.
    pub unsupported: Text<2>,
    /// An error: a picture of a type, the second argument, that cannot be read to its end.
    pub damaged: Text<2>,
    /// An error: its width and its height.
    pub too_many_pixels: Text<3>,
    /// An error: a decoder needs too much memory.
    pub too_much_memory: Text<1>,
    /// An error: an animation of a type, the second argument.
    pub animation: Text<2>,
    /// An error: it fits in no form.
    pub too_large: Text<1>,

    /// Advice for an empty file.
    pub read_again: Text<0>,
    /// Advice for a file that is no picture.
    pub give_a_picture: Text<0>,
    /// Advice for a type that cannot be decoded.
    pub convert: Text<0>,
    /// Advice for a damaged picture.
    pub save_again: Text<0>,
    /// Advice for too many pixels.
    pub scale_down: Text<0>,
    /// Advice for an animation.
    pub save_one_frame: Text<0>,
    /// Advice for a picture that fits in no form.
    pub give_another: Text<0>,

    /// A change: metadata was left out.
    pub metadata_left_out: Text<0>,
    /// A change: turned by its orientation.
    pub turned: Text<0>,
    /// A change: CMYK to RGB.
    pub became_rgb: Text<0>,
    /// A change: the middle was cut out for this width and height.
    pub cut: Text<2>,
    /// A change: the size, from width and height to width and height.
    pub scaled: Text<4>,
    /// A change: transparent parts became white.
    pub became_white: Text<0>,
    /// A change: the type, from and to.
    pub type_changed: Text<2>,
    /// A change: encoded as a jpg of a quality.
    pub encoded: Text<1>,
    /// A change: only the first page of several was taken.
    pub pages_left_out: Text<0>,
}
