//! The texts in English.

use wechat_official_account_language::Text;

use super::table::Texts;

pub static EN: Texts = Texts {
    empty: Text::new("{0}: the file is empty"),
    unknown: Text::new("{0}: no picture of a known type, by its bytes"),
    not_convertible: Text::new("{0}: WeChat does not take {1}, and this program can't convert it"),
    other: Text::new("{0}: this is {1}, and no picture"),
    unsupported: Text::new("{0}: a kind of {1} that this program can't decode"),
    damaged: Text::new("{0}: the {1} is damaged or cut off"),
    too_many_pixels: Text::new("{0}: {1} × {2} pixels need more memory than a picture may take (112 MB)"),
    too_much_memory: Text::new("{0}: it needs more memory than a picture may take (112 MB)"),
    animation: Text::new("{0}: an animated {1}, which does not fit here; one of its pictures would lose the others"),
    too_large: Text::new("{0}: too large even in its smallest form"),

    read_again: Text::new("The file has 0 bytes: download or export the picture again."),
    give_a_picture: Text::new("Give a jpg, png, webp, bmp, tiff or gif."),
    convert: Text::new("Convert it to jpg or png with a program for pictures, or export it as one."),
    save_again: Text::new("Get the file again, or open it in a program for pictures and save it as jpg or png."),
    scale_down: Text::new("Make it smaller in a program for pictures: 2000 pixels are wide enough for an article."),
    save_one_frame: Text::new(
        "Make it an animated gif of at most 10 MB for an article or an image; for a thumb or a cover, save one of its \
         pictures as jpg or png.",
    ),
    give_another: Text::new("Give a picture with fewer details."),

    metadata_left_out: Text::new("Metadata was left out (EXIF with the place, XMP, comments)."),
    turned: Text::new("It was turned upright."),
    became_rgb: Text::new("CMYK became RGB."),
    cut: Text::new("The middle was cut out for {0} × {1} pixels."),
    scaled: Text::new("{0} × {1} became {2} × {3} pixels."),
    became_white: Text::new("Transparent parts became white."),
    type_changed: Text::new("{0} became {1}."),
    encoded: Text::new("It was encoded as jpg with quality {0}."),
    pages_left_out: Text::new("Only its first page was taken."),
};
