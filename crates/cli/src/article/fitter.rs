//! Pictures as WeChat takes them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use wechat_official_account_host::types::File;
use wechat_official_account_language::Language;
use wechat_official_account_picture::types::{self, Fitted, Place};

use crate::texts::Texts;

/// Makes pictures fit, and remembers the results if it is asked to: a preview fits the same pictures again and again.
pub struct Fitter {
    language: types::Language,
    texts: &'static Texts,
    memory: Option<Memory>,
}

/// The pictures of this article and of the one before it: a picture that is in neither is forgotten, so that a long
/// preview takes no more memory than a short one.
#[derive(Default)]
struct Memory {
    now: Results,
    before: Results,
}

/// The results by the hash of the file, and whether it was for the text or for the cover.
type Results = BTreeMap<([u8; 32], bool), Fitted>;

impl Memory {
    fn recall(&mut self, key: ([u8; 32], bool)) -> Option<Fitted> {
        if let Some(fitted) = self.before.remove(&key) {
            self.now.insert(key, fitted);
        }
        self.now.get(&key).cloned()
    }
}

impl Fitter {
    /// Makes a fitter that remembers nothing.
    pub fn new(language: Language, texts: &'static Texts) -> Self {
        Self {
            language: match language {
                Language::English => types::Language::En,
                Language::Chinese => types::Language::Zh,
            },
            texts,
            memory: None,
        }
    }

    /// Makes it remember the results.
    pub fn remembering(self) -> Self {
        Self {
            memory: Some(Memory::default()),
            ..self
        }
    }

    /// Begins an article: forgets the pictures that the last one did not have.
    pub fn begin(&mut self) {
        if let Some(memory) = &mut self.memory {
            memory.before = std::mem::take(&mut memory.now);
        }
    }

    /// Returns the picture as it fits, under the name that it had. An error is the rest of a sentence that begins with
    /// this name, without its full stop.
    pub fn fit(&mut self, file: File, place: Place) -> Result<Fitted, String> {
        let name = file.name;
        let key = self.memory.as_ref().map(|_| {
            let hash: [u8; 32] = Sha256::digest(&file.bytes).into();
            (hash, place == Place::Article)
        });
        let known = key.and_then(|key| self.memory.as_mut()?.recall(key));
        let fitted = match known {
            Some(fitted) => fitted,
            None => {
                let file = types::File {
                    name: name.clone(),
                    bytes: file.bytes,
                };
                let fitted = wechat_official_account_picture::fit(file, place, self.language);
                let fitted = fitted.map_err(|error| self.describe(&name, &error))?;
                if let (Some(memory), Some(key)) = (&mut self.memory, key) {
                    memory.now.insert(key, fitted.clone());
                }
                fitted
            }
        };
        let file = types::File { name, ..fitted.file };
        Ok(Fitted { file, ..fitted })
    }

    /// Describes an error without the name that its message begins with, and without the last full stop.
    fn describe(&self, name: &str, error: &types::Error) -> String {
        let message = error.message.strip_prefix(name).unwrap_or(&error.message);
        let message = message.trim_start_matches([':', '：', ' ']);
        let advice = error.advice.trim_end_matches(['.', '。']);
        self.texts.unfit.with([&message, &advice])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn an_error_continues_a_sentence_that_begins_with_the_name() {
        for (language, expected) in [
            (
                Language::English,
                "can't be used: no picture of a known type, by its bytes. Give a jpg, png, webp, bmp, tiff or gif",
            ),
            (
                Language::Chinese,
                "无法使用：从文件内容看，不是可识别的图片。请使用 jpg、png、webp、bmp、tiff 或 gif 图片",
            ),
        ] {
            let file = File {
                name: "a.b: c.png".to_owned(),
                bytes: b"no picture".to_vec(),
            };
            let mut fitter = Fitter::new(language, texts::article_texts(language));
            assert_eq!(fitter.fit(file, Place::Article).unwrap_err(), expected);
        }
    }

    #[test]
    fn a_picture_is_remembered_as_long_as_articles_have_it() {
        let pictures: [&[u8]; 2] = [
            include_bytes!("../../../../host-test/fixtures/cover.jpg"),
            include_bytes!("../../../../host-test/fixtures/article.png"),
        ];
        let language = Language::English;
        let mut fitter = Fitter::new(language, texts::article_texts(language)).remembering();
        let mut load = |names: &[(&str, usize)]| {
            fitter.begin();
            for (name, picture) in names {
                let file = File {
                    name: (*name).to_owned(),
                    bytes: pictures[*picture].to_vec(),
                };
                assert_eq!(fitter.fit(file, Place::Article).unwrap().file.name, *name);
            }
            let memory = fitter.memory.as_ref().unwrap();
            memory.now.len() + memory.before.len()
        };
        assert_eq!(load(&[("a.jpg", 0), ("b.png", 1), ("again.jpg", 0)]), 2);
        assert_eq!(load(&[("a.jpg", 0)]), 2);
        assert_eq!(load(&[("a.jpg", 0)]), 1);
        assert_eq!(load(&[]), 1);
        assert_eq!(load(&[]), 0);
    }
}
