//! The state that all connections of a simulator share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::plan::Faults;
use crate::model::world::World;
use crate::request_log::RequestLog;

/// Default of [`Options::memory`]: room for a hundred of the largest files, in the memory of a small machine.
pub(crate) const MEMORY: u64 = 1024 * 1024 * 1024;

/// Settings of a simulator.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port on 127.0.0.1; 0 lets the system choose. Default 0.
    pub port: u16,
    /// Serve HTTP instead of HTTPS, and do not answer 43003 to it. Default false.
    pub plain_http: bool,
    /// Accept requests of common SDKs that the documents forbid: JSON without a JSON content type, a video's
    /// description in the query, no CRLF after the closing boundary. Default false.
    pub lenient: bool,
    /// Bytes that an account may store: files, drafts, publications. Uploads and articles beyond it are refused with
    /// 45101 (hit upload limit). See [`Account::memory_limit`](crate::Account::memory_limit). Default 1 GiB.
    pub memory: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            port: 0,
            plain_http: false,
            lenient: false,
            memory: MEMORY,
        }
    }
}

/// The settings, and the state that requests and tests change.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: Options,
    port: u16,
    world: Mutex<World>,
    log: Mutex<RequestLog>,
    faults: Mutex<Faults>,
}

impl Shared {
    /// Makes the state of a simulator that listens on this port.
    pub(crate) fn new(options: Options, port: u16, world: World) -> Shared {
        Shared {
            options,
            port,
            world: Mutex::new(world),
            log: Mutex::default(),
            faults: Mutex::default(),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
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
