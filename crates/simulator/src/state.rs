//! The state that all connections of a simulator share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::plan::Faults;
use crate::model::world::World;
use crate::request_log::RequestLog;

/// Settings of a simulator.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Port on 127.0.0.1; 0 lets the system choose. Default 0.
    pub port: u16,
    /// Serve HTTP instead of HTTPS, and do not answer 43003 to it. Default false.
    pub plain_http: bool,
    /// Accept requests of common SDKs that the documents forbid: JSON without a JSON content type, a video's
    /// description in the query, no CRLF after the closing boundary. Default false.
    pub lenient: bool,
}

/// The settings, and the state that requests and tests change.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: Options,
    world: Mutex<World>,
    log: Mutex<RequestLog>,
    faults: Mutex<Faults>,
}

impl Shared {
    pub(crate) fn new(options: Options, world: World) -> Shared {
        Shared {
            options,
            world: Mutex::new(world),
            log: Mutex::default(),
            faults: Mutex::default(),
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
