//! `/__stored`: how much the accounts have stored, for other programs. A client that counts before and after a call
//! learns how often the call was executed, without a word from the log of requests.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::{self, MethodRouter};
use serde::Serialize;

use crate::model::account::Account;
use crate::state::Shared;

/// The control path. No path of WeChat's begins like it.
pub(super) const PATH: &str = "/__stored";

/// Counts over all accounts.
#[derive(Default, Serialize)]
struct Stored {
    /// Permanent material of every kind.
    materials: usize,
    /// Pictures for the text of articles.
    article_images: usize,
    /// Temporary media, expired ones included.
    media: usize,
    /// Drafts in the draft box.
    drafts: usize,
    /// Publishing tasks in every state.
    publications: usize,
}

impl Stored {
    fn add(mut self, account: &Account) -> Stored {
        self.materials += account.materials.len();
        self.article_images += account.article_images.len();
        self.media += account.media.len();
        self.drafts += account.drafts.len();
        self.publications += account.publications.len();
        self
    }
}

/// Returns the method of the path.
pub(super) fn methods() -> MethodRouter<Arc<Shared>> {
    routing::get(show)
}

async fn show(State(shared): State<Arc<Shared>>) -> Json<Stored> {
    let world = shared.world();
    Json(world.accounts.values().fold(Stored::default(), Stored::add))
}
