//! The bytes of a reply as they arrive: never more than the limit, and no leftover copy of a secret.

use std::mem;

use zeroize::Zeroize;

use crate::texts::TransportTexts;
use crate::transport::TransportError;

/// The part of a reply's body that has arrived.
pub struct Received {
    bytes: Vec<u8>,
    /// The value of `content-length`.
    announced: Option<u64>,
    limit: usize,
    is_secret: bool,
    texts: &'static TransportTexts,
}

impl Received {
    /// Makes room for a reply of the announced length.
    pub fn new(
        announced: Option<u64>,
        limit: usize,
        is_secret: bool,
        texts: &'static TransportTexts,
    ) -> Result<Self, TransportError> {
        let mut received = Self {
            bytes: Vec::new(),
            announced,
            limit,
            is_secret,
            texts,
        };
        if let Some(length) = announced {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            received.check_limit(length)?;
            // An allocation that fails would trap, so it is tried.
            let reserved = received.bytes.try_reserve_exact(length);
            reserved.map_err(|_| received.no_memory())?;
        }
        Ok(received)
    }

    /// Adds a piece.
    pub fn push(&mut self, mut piece: Vec<u8>) -> Result<(), TransportError> {
        let added = self.add(&piece);
        if self.is_secret {
            piece.zeroize();
        }
        added
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        self.check_limit(self.bytes.len() + piece.len())?;
        if self.is_secret && piece.len() > self.bytes.capacity() - self.bytes.len() {
            self.move_secret(piece.len())?;
        }
        let reserved = self.bytes.try_reserve(piece.len());
        reserved.map_err(|_| self.no_memory())?;
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// Makes room for this many bytes more and wipes the old place, which a growing `Vec` would not do.
    fn move_secret(&mut self, more: usize) -> Result<(), TransportError> {
        let mut larger = Vec::new();
        let room = (self.bytes.len() + more).saturating_mul(2);
        larger.try_reserve_exact(room).map_err(|_| self.no_memory())?;
        larger.extend_from_slice(&self.bytes);
        self.bytes.zeroize();
        self.bytes = larger;
        Ok(())
    }

    fn check_limit(&self, length: usize) -> Result<(), TransportError> {
        match length > self.limit {
            true => Err(TransportError::reply_too_long(self.texts.too_long.with([&self.limit]))),
            false => Ok(()),
        }
    }

    fn no_memory(&self) -> TransportError {
        TransportError::reply_too_long(self.texts.no_memory)
    }

    /// Adds the bytes that have arrived to the error that ended the reply.
    pub fn broken(mut self, error: TransportError) -> TransportError {
        error.after(mem::take(&mut self.bytes))
    }

    /// Returns the whole reply, or an error if it does not have the announced length.
    pub fn complete(mut self) -> Result<Vec<u8>, TransportError> {
        let length = self.bytes.len();
        match self.announced {
            Some(announced) if announced != length as u64 => {
                let message = self.texts.ended_early.with([&length, &announced]);
                Err(self.broken(TransportError::reply_lost(message)))
            }
            _ => Ok(mem::take(&mut self.bytes)),
        }
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if self.is_secret {
            self.bytes.zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;
    use crate::transport::Delivery;

    fn received(announced: Option<u64>, pieces: &[&str]) -> Result<Vec<u8>, TransportError> {
        let mut received = Received::new(announced, 10, false, &EN.transport)?;
        for piece in pieces {
            received.push(piece.as_bytes().to_vec())?;
        }
        received.complete()
    }

    #[test]
    fn a_reply_has_the_length_that_it_announced() {
        assert_eq!(received(Some(4), &["{\"", "a"]).unwrap_err(), {
            let error = TransportError::reply_lost("the reply ended after 3 of 4 bytes");
            error.after(b"{\"a".to_vec())
        });
        let longer = received(Some(2), &["{}", "{}"]).unwrap_err();
        assert_eq!(longer.message, "the reply ended after 4 of 2 bytes");
        assert_eq!(received(Some(2), &["{", "}"]).unwrap(), b"{}");
        assert_eq!(received(Some(0), &[]).unwrap(), b"");
        assert_eq!(received(None, &["{", "}"]).unwrap(), b"{}");
    }

    #[test]
    fn a_reply_has_at_most_as_many_bytes_as_the_limit() {
        for (announced, pieces) in [
            (Some(11), [].as_slice()),
            (Some(u64::MAX), &[]),
            (Some(4), &["0123456789", "0"]),
            (None, &["0123456789", "0"]),
        ] {
            let error = received(announced, pieces).unwrap_err();
            assert_eq!(error.delivery, Delivery::ReplyTooLong);
            assert_eq!(error.message, "the reply is longer than 10 bytes");
        }
        assert_eq!(received(Some(10), &["01234", "56789"]).unwrap(), b"0123456789");
        assert_eq!(received(None, &["0123456789"]).unwrap(), b"0123456789");
    }

    #[test]
    fn a_broken_reply_keeps_what_had_arrived() {
        let mut received = Received::new(Some(9), 10, true, &EN.transport).unwrap();
        received.push(b"{\"a".to_vec()).unwrap();
        let error = received.broken(TransportError::reply_lost("broken"));
        assert_eq!(
            (error.message.as_str(), error.received.as_slice()),
            ("broken", b"{\"a".as_slice())
        );
    }

    #[test]
    fn a_secret_of_unknown_length_is_put_together_like_any_reply() {
        let mut received = Received::new(None, 1000, true, &EN.transport).unwrap();
        for piece in ["{\"access_token\":", "\"75_", &"x".repeat(100), "\"}"] {
            received.push(piece.as_bytes().to_vec()).unwrap();
        }
        let expected = format!("{{\"access_token\":\"75_{}\"}}", "x".repeat(100));
        assert_eq!(received.complete().unwrap(), expected.as_bytes());
    }
}
