//! `multipart/form-data` exactly as WeChat's upload server takes it (wechat-api §7). General libraries quote the
//! boundary or send the name as `filename*`, and are refused with 41005.

use memchr::memmem::{FinderBuilder, Prefilter};

use crate::transport::Body;

/// Begins every boundary. The search for it in a file skips 48 bytes wherever it meets one that the prefix lacks, so a
/// long prefix of two characters takes the least time. The last one keeps occurrences apart in a file full of hyphens.
const PREFIX: &str = "-----------------------------------------------w";
/// Digits after the prefix; fixed, so that no boundary is the beginning of another. With them a boundary has less than
/// the 70 characters that it may have (RFC 2046, section 5.1.1).
const DIGITS: usize = 8;

/// A file as a part of a form.
#[derive(Clone, Copy)]
pub struct FilePart<'a> {
    /// ASCII, with the extension that fits the content: WeChat refuses anything else.
    pub file_name: &'a str,
    /// The content type.
    pub media_type: &'a str,
    /// The file.
    pub bytes: &'a [u8],
}

/// A form with one file, ready to be sent. The file itself stays where it is.
pub struct Form<'a> {
    /// The request's content type.
    pub content_type: String,
    head: String,
    file: &'a [u8],
    tail: String,
}

impl<'a> Form<'a> {
    /// Makes a form of the file as part `media`, and the JSON text of `description` for a video.
    pub fn new(file: FilePart<'a>, description: Option<&str>) -> Self {
        let FilePart {
            file_name,
            media_type,
            bytes,
        } = file;
        let boundary = boundary([bytes, description.unwrap_or_default().as_bytes()]);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{file_name}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        );
        let description = description.map_or_else(String::new, |description| {
            format!("\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{description}")
        });
        Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head,
            file: bytes,
            tail: format!("{description}\r\n--{boundary}--\r\n"),
        }
    }

    /// Returns the three pieces of the body.
    pub fn body(&self) -> Body<'_> {
        Body([self.head.as_bytes(), self.file, self.tail.as_bytes()])
    }
}

/// Chooses a boundary that does not occur in the contents. A random one needs entropy, which this component does not
/// import; looking is as good, and certain. The time is linear for all contents.
fn boundary(contents: [&[u8]; 2]) -> String {
    // Without a prefilter, which looks at every byte, most of a file is skipped: in WebAssembly that makes an upload of
    // 10 MiB a sixth faster.
    let prefix = FinderBuilder::new().prefilter(Prefilter::None).build_forward(PREFIX);
    let mut taken = Vec::new();
    for mut rest in contents {
        while let Some(at) = prefix.find(rest) {
            rest = rest.get(at + PREFIX.len()..).unwrap_or_default();
            taken.extend(rest.first_chunk().and_then(number));
        }
    }
    // One of the first n + 1 numbers is not among n.
    let mut free = vec![true; taken.len() + 1];
    for number in taken {
        if let Some(free) = free.get_mut(number) {
            *free = false;
        }
    }
    let number = free.iter().position(|free| *free).unwrap_or_default();
    format!("{PREFIX}{number:0DIGITS$}")
}

/// Reads the number of a boundary. Returns `None` if there is another byte than a digit.
fn number(digits: &[u8; DIGITS]) -> Option<usize> {
    let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(file: &[u8], description: Option<&str>) -> (String, Vec<u8>) {
        let part = FilePart {
            file_name: "image.jpg",
            media_type: "image/jpeg",
            bytes: file,
        };
        let form = Form::new(part, description);
        (form.content_type.clone(), form.body().0.concat())
    }

    #[test]
    fn the_body_is_that_of_the_documented_sample() {
        let (content_type, body) = sent(b"BYTES", None);
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert!(!boundary.contains('"'));
        assert!(boundary.len() <= 70, "RFC 2046 allows 70 characters");
        let sample = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"image.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\nBYTES\r\n--{boundary}--\r\n"
        );
        assert_eq!(String::from_utf8(body).unwrap(), sample);
    }

    #[test]
    fn the_description_is_a_second_field() {
        let (content_type, body) = sent(b"BYTES", Some("{\"title\":\"标题\"}"));
        let boundary = content_type.rsplit('=').next().unwrap();
        let end = format!(
            "BYTES\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n\
             {{\"title\":\"标题\"}}\r\n--{boundary}--\r\n"
        );
        assert!(body.ends_with(end.as_bytes()));
    }

    #[test]
    fn the_boundary_never_occurs_in_the_contents() {
        let chosen = |file: &[u8], description| {
            let (content_type, _) = sent(file, description);
            content_type.rsplit('w').next().unwrap().to_owned()
        };
        assert_eq!(chosen(b"nothing", None), "00000000");
        let file = format!("xx{PREFIX}00000000{PREFIX}00000001{PREFIX}00000003").repeat(2);
        assert_eq!(chosen(file.as_bytes(), None), "00000002");
        assert_eq!(chosen(format!("{PREFIX}0000").as_bytes(), None), "00000000");
        assert_eq!(chosen(format!("{PREFIX}+0000000").as_bytes(), None), "00000000");
        assert_eq!(chosen(b"", Some(&format!("{PREFIX}00000000"))), "00000001");
    }

    #[test]
    fn hyphens_before_a_boundary_hide_nothing() {
        for hyphens in [1, 2, 46, 47, 48, 1000] {
            let file = format!("{}{PREFIX}00000000", "-".repeat(hyphens));
            let (content_type, _) = sent(file.as_bytes(), None);
            assert!(content_type.ends_with("w00000001"), "{hyphens}: {content_type}");
        }
    }

    #[test]
    fn a_file_full_of_boundaries_is_searched_once() {
        let file: String = (0..20_000)
            .rev()
            .map(|number| format!("{PREFIX}{number:08}."))
            .collect();
        let (content_type, body) = sent(file.as_bytes(), None);
        assert!(content_type.ends_with("00020000"));
        assert!(body.len() > file.len());
    }
}
