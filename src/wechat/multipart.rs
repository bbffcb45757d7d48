//! `multipart/form-data` exactly as WeChat's upload server takes it (wechat-api §7). General libraries quote the
//! boundary or send the name as `filename*`, and are refused with 41005.

use crate::check::file::Checked;
use crate::find::find;
use crate::transport::Body;

/// A form with one file, ready to be sent. The file itself stays where it is.
pub struct Form<'a> {
    /// The request's content type.
    pub content_type: String,
    head: String,
    file: &'a [u8],
    tail: String,
}

impl<'a> Form<'a> {
    /// The file as part `media`, and the JSON text of `description` for a video.
    pub fn new(file: &Checked<'a>, description: Option<&str>) -> Self {
        let boundary = boundary(file.bytes, description.unwrap_or_default().as_bytes());
        let head = format!(
            "--{boundary}\r\n\
             Content-Disposition: form-data; name=\"media\"; filename=\"{}\"\r\n\
             Content-Type: {}\r\n\r\n",
            file.file_name, file.media_type
        );
        let mut tail = String::from("\r\n");
        if let Some(description) = description {
            tail += &format!(
                "--{boundary}\r\n\
                 Content-Disposition: form-data; name=\"description\"\r\n\r\n\
                 {description}\r\n"
            );
        }
        tail += &format!("--{boundary}--\r\n");
        Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head,
            file: file.bytes,
            tail,
        }
    }

    /// The three pieces of the body.
    pub fn body(&self) -> Body<'_> {
        Body([self.head.as_bytes(), self.file, self.tail.as_bytes()])
    }
}

/// A boundary that does not occur in the contents. A random one needs entropy, which this component does not import;
/// looking is as good, and certain.
fn boundary(file: &[u8], description: &[u8]) -> String {
    (0u32..)
        .map(|number| format!("----wechat-official-account-upload-{number}"))
        .find(|candidate| {
            [file, description]
                .iter()
                .all(|content| find(content, candidate.as_bytes()).is_none())
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(file: &[u8], description: Option<&str>) -> (String, Vec<u8>) {
        let checked = Checked {
            file_name: "image.jpg".to_owned(),
            media_type: "image/jpeg",
            bytes: file,
        };
        let form = Form::new(&checked, description);
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
            "BYTES\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{{\"title\":\"标题\"}}\r\n--{boundary}--\r\n"
        );
        assert!(body.ends_with(end.as_bytes()));
    }

    #[test]
    fn the_boundary_never_occurs_in_the_contents() {
        let file = b"xx----wechat-official-account-upload-0----wechat-official-account-upload-1".repeat(3);
        let (content_type, _) = sent(&file, None);
        assert!(content_type.ends_with("upload-2"));
        let (content_type, _) = sent(b"----wechat-official-account-upload-", None);
        assert!(content_type.ends_with("upload-0"));
        let (content_type, _) = sent(b"", Some("----wechat-official-account-upload-0"));
        assert!(content_type.ends_with("upload-1"));
    }
}
