//! Linear memories that a test can search.
#![allow(unsafe_code, reason = "wasmtime trusts the maker of a memory")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use wasmtime::{InstanceAllocationStrategy, LinearMemory, MemoryCreator, MemoryType};
use wechat_official_account_component as component;
use wechat_official_account_host::Egress;
use wechat_official_account_host::Host;
use wechat_official_account_host::limits::MEMORY;
use wechat_simulator::{APP_SECRET, TOKEN_MARK};

/// A linear memory at a fixed address.
pub struct Block {
    start: usize,
    length: AtomicUsize,
}

impl Block {
    /// Returns the memory's content. No code of the guest may run meanwhile.
    fn bytes(&self) -> &[u8] {
        // SAFETY: the bytes are leaked, initialised, and written to by the guest only.
        unsafe { std::slice::from_raw_parts(self.start as *const u8, self.length.load(Ordering::Relaxed)) }
    }

    /// Returns whether this text is anywhere in it.
    pub fn holds(&self, needle: &str) -> bool {
        self.bytes()
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    }
}

/// Wasmtime's handle of a block.
struct Handle(Arc<Block>);

// SAFETY: the pointer stays valid for `MEMORY` bytes for good, and the length never passes that.
unsafe impl LinearMemory for Handle {
    fn byte_size(&self) -> usize {
        self.0.length.load(Ordering::Relaxed)
    }

    fn byte_capacity(&self) -> usize {
        MEMORY
    }

    fn grow_to(&mut self, length: usize) -> wasmtime::Result<()> {
        if length > MEMORY {
            return Err(wasmtime::Error::msg("more than the capacity"));
        }
        self.0.length.store(length, Ordering::Relaxed);
        Ok(())
    }

    fn as_ptr(&self) -> *mut u8 {
        self.0.start as *mut u8
    }
}

/// A host whose instances have memories that a test can search.
pub struct InspectableHost {
    pub host: Host,
    blocks: Blocks,
}

impl InspectableHost {
    /// Compiles the component again, because the code depends on the kind of memory.
    pub fn new(egress: Egress) -> Self {
        let blocks = Blocks::default();
        let mut config = Host::engine_config();
        config
            .allocation_strategy(InstanceAllocationStrategy::OnDemand)
            .memory_reservation(MEMORY as u64)
            .memory_guard_size(0)
            .memory_may_move(false)
            .memory_init_cow(false)
            .with_host_memory(Arc::new(blocks.clone()));
        let host = Host::with_engine_config(component::PATH, egress, &config).unwrap();
        Self { host, blocks }
    }

    /// Returns the memory of the newest instance.
    pub fn newest(&self) -> Arc<Block> {
        self.blocks.0.lock().unwrap().last().unwrap().clone()
    }
}

/// The blocks so far.
#[derive(Clone, Default)]
struct Blocks(Arc<Mutex<Vec<Arc<Block>>>>);

// SAFETY: memories are zeroed, as large as reserved, and need no guard, as `InspectableHost::new` asks for none.
unsafe impl MemoryCreator for Blocks {
    fn new_memory(
        &self,
        _: MemoryType,
        minimum: usize,
        _: Option<usize>,
        reserved: Option<usize>,
        guard: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        assert_eq!((reserved, guard), (Some(MEMORY), 0));
        let block = Arc::new(Block {
            start: vec![0_u8; MEMORY].leak().as_mut_ptr() as usize,
            length: AtomicUsize::new(minimum),
        });
        self.0.lock().unwrap().push(block.clone());
        Ok(Box::new(Handle(block)))
    }
}

impl Block {
    /// Fails if it has the known account's secret, a token, or half of one of these tokens.
    #[track_caller]
    pub fn assert_wiped(&self, tokens: &[String]) {
        assert!(!self.holds(APP_SECRET), "the secret is left");
        assert!(!self.holds(TOKEN_MARK), "a part of a token is left");
        for token in tokens {
            let (begin, end) = token.split_at(token.len() / 2);
            assert!(!self.holds(begin) && !self.holds(end), "a half of a token is left");
        }
    }
}
