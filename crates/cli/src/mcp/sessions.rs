//! Open sessions of the account, each for one call at a time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wechat_official_account_host::types::Config;
use wechat_official_account_host::{Egress, Host, Result, Session};

use crate::uploads::Uploads;

/// The calls that run at once; more of them wait. Each may take as much memory as an instance may have, and one account
/// has no use for many.
pub const MOST: u32 = 8;

/// The most memory of a session that is kept for another call. A larger one takes less: it would refuse what
/// [`pictures_beside`](wechat_official_account_host::limits::pictures_beside) promises, which reckons with as much.
const MOST_MEMORY: usize = 8 * 1024 * 1024;

/// How long nobody may force a token after a session is gone that may have forced one. WeChat forces 20 a day for an
/// account (wechat-api §6.2), and the session kept this pause itself.
const PAUSE: Duration = Duration::from_secs(72 * 60);

/// The account's sessions. Clones share them.
#[derive(Clone)]
pub struct Sessions(Arc<Shared>);

struct Shared {
    host: Host,
    egress: Egress,
    config: Config,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Open>>,
    forcing: Arc<Mutex<Permission>>,
}

/// A session that is used by nobody.
struct Open {
    session: Session,
    uploads: Uploads,
    forcing: Option<Forcing>,
}

/// The permission to force a new token. WeChat allows few of these, so one session has it.
#[derive(Default)]
enum Permission {
    #[default]
    Free,
    Given,
    /// The session that had it is gone since then, and with it the time of its last forced token.
    Lost(Instant),
}

impl Permission {
    /// Gives the permission, if nobody has it and none was lost lately.
    fn take(&mut self, now: Instant) -> bool {
        let is_free = match self {
            Self::Free => true,
            Self::Given => false,
            Self::Lost(since) => now.saturating_duration_since(*since) >= PAUSE,
        };
        if is_free {
            *self = Self::Given;
        }
        is_free
    }
}

/// The permission of a session.
struct Forcing(Arc<Mutex<Permission>>);

impl Drop for Forcing {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Permission::Lost(Instant::now());
    }
}

/// A session in use. It goes back if [`Lease::give_back`] is called, and is gone otherwise: an instance whose call was
/// broken off is of no use.
pub struct Lease {
    open: Open,
    sessions: Arc<Shared>,
    _place: OwnedSemaphorePermit,
}

impl Sessions {
    pub fn new(host: Host, egress: Egress, config: Config) -> Self {
        Self(Arc::new(Shared {
            host,
            egress,
            config,
            places: Arc::new(Semaphore::new(MOST as usize)),
            idle: Mutex::default(),
            forcing: Arc::default(),
        }))
    }

    /// Returns a session that is used by nobody else, and opens one if there is none. WeChat is not contacted.
    ///
    /// # Errors
    /// If the configuration is refused, or no instance could be made.
    pub async fn take(&self) -> Result<Lease> {
        let shared = &self.0;
        // Nobody closes the semaphore.
        let place = Arc::clone(&shared.places).acquire_owned().await;
        let place = place.map_err(|error| wechat_official_account_host::Error::NoInstance(error.into()))?;
        let open = match shared.idle() {
            Some(open) => open,
            None => shared.open().await?,
        };
        Ok(Lease {
            open,
            sessions: Arc::clone(shared),
            _place: place,
        })
    }
}

impl Shared {
    /// Takes a session that is used by nobody, rather the one that may force a token than another.
    fn idle(&self) -> Option<Open> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        match idle.iter().position(|open| open.forcing.is_some()) {
            Some(position) => Some(idle.swap_remove(position)),
            None => idle.pop(),
        }
    }

    async fn open(&self) -> Result<Open> {
        let forcing = self.forcing();
        let config = Config {
            may_force_token: Some(forcing.is_some()),
            ..self.config.clone()
        };
        let uploads = Uploads::default();
        let egress = uploads.watch(self.egress.clone());
        let session = Session::open(&self.host.with_egress(egress), &config).await?;
        Ok(Open {
            session,
            uploads,
            forcing,
        })
    }

    /// Takes the permission to force a token, if the account may do so and the permission is free.
    fn forcing(&self) -> Option<Forcing> {
        let is_allowed = self.config.may_force_token != Some(false);
        let mut permission = self.forcing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_mine = is_allowed && permission.take(Instant::now());
        is_mine.then(|| Forcing(Arc::clone(&self.forcing)))
    }
}

impl Lease {
    pub fn session(&mut self) -> &mut Session {
        &mut self.open.session
    }

    /// Returns the uploads of this session so far.
    pub fn uploads(&self) -> Uploads {
        self.open.uploads.clone()
    }

    /// Gives the session back for the next call, unless it has grown.
    pub fn give_back(self) {
        if self.open.session.memory_bytes() > MOST_MEMORY {
            return;
        }
        let idle = self.sessions.idle.lock();
        idle.unwrap_or_else(PoisonError::into_inner).push(self.open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_may_force_a_token_and_another_after_a_pause() {
        let permission: Arc<Mutex<Permission>> = Arc::default();
        let take = |later: Duration| permission.lock().unwrap().take(Instant::now() + later);
        assert!(take(Duration::ZERO));
        let forcing = Forcing(Arc::clone(&permission));
        assert!(!take(PAUSE));
        drop(forcing);
        assert!(!take(Duration::ZERO));
        assert!(!take(PAUSE - Duration::from_secs(60)));
        assert!(take(PAUSE));
        assert!(!take(PAUSE));
    }
}
