//! The uploads of a connection: how many were answered, and their early end.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use wechat_official_account_host::Egress;

/// The paths that pictures are uploaded to (wechat-api §8.1, §9).
const PATHS: [&str; 2] = ["/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material"];

/// The picture uploads of a connection. Clones share their state.
#[derive(Clone, Default)]
pub struct Uploads(Arc<Shared>);

#[derive(Default)]
struct Shared {
    answered: AtomicU64,
    is_ended: AtomicBool,
}

impl Uploads {
    /// Counts the replies of this egress, and lets no request begin after the end.
    pub fn watch(&self, egress: Egress) -> Egress {
        let (listener, end) = (self.clone(), self.clone());
        egress
            .on_reply(move |path| listener.count(path))
            .deny_while(move || end.is_ended())
    }

    /// Returns the number of uploads that were answered.
    pub fn answered(&self) -> u64 {
        self.0.answered.load(Ordering::Relaxed)
    }

    /// Counts a reply if its request went to one of the paths.
    fn count(&self, path: &str) {
        if PATHS.contains(&path) {
            self.0.answered.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Returns whether no upload may begin any more.
    pub fn is_ended(&self) -> bool {
        self.0.is_ended.load(Ordering::Relaxed)
    }

    /// Runs a call. When `stop` comes, the call may end its present request, and begins no other.
    pub async fn run_until<T>(&self, stop: impl Future<Output = ()>, call: impl Future<Output = T>) -> T {
        tokio::pin!(call);
        tokio::select! {
            biased;
            answer = &mut call => return answer,
            () = stop => self.0.is_ended.store(true, Ordering::Relaxed),
        }
        call.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uploads_of_pictures_count() {
        let uploads = Uploads::default();
        for path in [
            "/cgi-bin/stable_token",
            PATHS[0],
            "/cgi-bin/draft/add",
            PATHS[1],
            PATHS[0],
        ] {
            uploads.count(path);
        }
        assert_eq!(uploads.answered(), 3);
    }

    #[tokio::test]
    async fn a_call_ends_by_itself_after_a_stop() {
        let uploads = Uploads::default();
        assert_eq!(uploads.run_until(std::future::pending(), async { 1 }).await, 1);
        assert!(!uploads.is_ended());
        let call = async {
            while !uploads.is_ended() {
                tokio::task::yield_now().await;
            }
            2
        };
        assert_eq!(uploads.run_until(async {}, call).await, 2);
    }
}
