//! Limits on an instance: its memory, and its time on the thread that polls it.

use std::io;
use std::thread;
use std::time::Duration;

use wasmtime::{Engine, ResourceLimiter, Store};

/// The largest memory of one instance in bytes. A list of 24 MiB takes half of it.
pub const MEMORY: usize = 128 * 1024 * 1024;

/// The longest that a guest computes before other tasks get their turn. No call of the component computes for as long,
/// except over megabytes of JSON. A shorter tick would only wake the machine up more often.
const TICK: Duration = Duration::from_millis(10);

/// Keeps an instance's linear memory below [`MEMORY`], and counts its bytes.
#[derive(Debug, Default)]
pub struct Memory {
    bytes: usize,
    before: usize,
}

impl Memory {
    /// Returns its present size. A linear memory never shrinks.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let after = self.bytes.saturating_sub(current).saturating_add(desired);
        if after > MEMORY {
            return Ok(false);
        }
        self.before = self.bytes;
        self.bytes = after;
        Ok(true)
    }

    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
        self.bytes = self.before;
        Ok(())
    }

    /// Allows everything: the pool has its own cap on tables, and the component's table does not grow.
    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

/// Advances the engine's epoch for as long as the engine lives.
///
/// # Errors
/// If the system has no thread to spare.
pub fn start_epoch_ticker(engine: &Engine) -> io::Result<()> {
    let engine = engine.weak();
    let ticker = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    thread::Builder::new().name("epoch".to_owned()).spawn(ticker)?;
    Ok(())
}

/// Makes a guest that computes for longer than a tick yield to other tasks. Its caller can then give it up, by a
/// timeout for example, even if it would never end.
pub fn yield_on_epoch<T>(store: &mut Store<T>) {
    store.set_epoch_deadline(1);
    store.epoch_deadline_async_yield_and_update(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_counted_and_capped() {
        let mut memory = Memory::default();
        assert!(memory.memory_growing(0, 65_536, None).unwrap());
        assert!(memory.memory_growing(65_536, MEMORY, None).unwrap());
        assert!(!memory.memory_growing(MEMORY, MEMORY + 65_536, None).unwrap());
        assert_eq!(memory.bytes(), MEMORY);
    }

    #[test]
    fn growth_that_failed_does_not_count() {
        let mut memory = Memory::default();
        assert!(memory.memory_growing(0, 65_536, None).unwrap());
        assert!(memory.memory_growing(65_536, 131_072, None).unwrap());
        memory.memory_grow_failed(wasmtime::Error::msg("no memory")).unwrap();
        assert_eq!(memory.bytes(), 65_536);
    }
}
