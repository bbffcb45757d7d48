//! The pool of instances: the memory that it reserves, and the queue in front of it.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::limits::{LimitReached, Limits, MEMORY};

/// Bytes of address space behind each memory, which belong to nobody. The code checks every address itself, so this is
/// the second line.
const GUARD: u64 = 64 * 1024;
/// Bytes of a returned memory or table that the pool wipes and keeps. An instance starts with about this much, and
/// wiping it is cheaper than asking the system for it again.
const KEEP_RESIDENT: usize = 192 * 1024;
/// Core modules in the component: the plugin, and two small ones that tie it to its imports.
const CORE_INSTANCES: u32 = 3;

/// Returns the configuration of an engine with a pool for this many instances.
///
/// Each reserves [`MEMORY`] and not the 4 GiB that wasmtime would: a thousand of those are 4 TiB of address space. No
/// machine with 39-bit addresses has that, and no process under `ulimit -v`. In return the code compares each address
/// with a constant.
pub(crate) fn engine_config(instances: u32) -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances)
        .total_core_instances(instances.saturating_mul(CORE_INSTANCES))
        .total_memories(instances)
        .total_tables(instances.saturating_mul(CORE_INSTANCES))
        .total_stacks(instances)
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(KEEP_RESIDENT)
        .max_memory_size(MEMORY);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_reservation(MEMORY as u64)
        .memory_guard_size(GUARD)
        .memory_may_move(false)
        .epoch_interruption(true);
    config
}

/// The advice if the system refuses the address space of a pool.
const NO_SPACE: &str = "cannot make the engine. Its pool reserves 131 MiB of address space (not memory) for each \
    instance, which is some 128 GiB for the 1,000 of Host::new. If the system allows less (ulimit -v, a container, a \
    machine with 39-bit addresses), make a smaller pool: Host::engine_config_for(1) is for one instance. If that is \
    the pool already, raise the limit (ulimit -v)";

/// Makes an engine.
pub(crate) fn engine(config: &Config) -> wasmtime::Result<Engine> {
    Engine::new(config).map_err(|error| {
        let causes = format!("{error:#}");
        let is_about_space = ["mmap", "pool mapping", "Cannot allocate", "addressable memory"]
            .iter()
            .any(|word| causes.contains(word));
        error.context(if is_about_space {
            NO_SPACE
        } else {
            "cannot make the engine"
        })
    })
}

/// Returns this many permits, or as many as a semaphore can have, which nobody can use up.
pub(crate) fn permits(number: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(number.min(Semaphore::MAX_PERMITS)))
}

/// The places of a pool that are free, and the queue for them.
#[derive(Clone)]
pub(crate) struct Places {
    /// None if the engine makes instances on demand.
    free: Option<Arc<Semaphore>>,
    instances: usize,
    queue: Arc<Semaphore>,
}

impl Places {
    pub(crate) fn new(engine: &Engine, limits: &Limits) -> Self {
        let pool = engine.get_pooling_config();
        let instances = pool.map_or(0, |pool| {
            let all = pool.get_total_component_instances();
            all.min(pool.get_total_memories()).min(pool.get_total_stacks()) as usize
        });
        Self {
            free: pool.map(|_| permits(instances)),
            instances,
            queue: permits(limits.queue),
        }
    }

    /// Returns the same places with another queue.
    pub(crate) fn with_queue(self, limits: &Limits) -> Self {
        Self {
            queue: permits(limits.queue),
            ..self
        }
    }

    /// Takes a place, and waits for one if none is free.
    pub(crate) async fn take(&self, limits: &Limits) -> Result<Option<OwnedSemaphorePermit>, LimitReached> {
        let Some(free) = &self.free else {
            return Ok(None);
        };
        if let Ok(place) = Arc::clone(free).try_acquire_owned() {
            return Ok(Some(place));
        }
        let begin = Instant::now();
        if let Ok(_in_queue) = self.queue.try_acquire()
            && let Ok(Ok(place)) = timeout(limits.queue_time, Arc::clone(free).acquire_owned()).await
        {
            return Ok(Some(place));
        }
        Err(LimitReached::Instances {
            instances: self.instances,
            waited: begin.elapsed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_may_be_as_large_as_its_type() {
        assert_eq!(permits(usize::MAX).available_permits(), Semaphore::MAX_PERMITS);
        let limits = Limits {
            queue: usize::MAX,
            ..Limits::default()
        };
        let places = Places::new(&engine(&engine_config(1)).unwrap(), &limits);
        assert_eq!(places.with_queue(&limits).instances, 1);
    }

    #[test]
    fn only_a_lack_of_address_space_gets_advice_on_it() {
        let mut contradiction = engine_config(1);
        contradiction.wasm_simd(false).wasm_relaxed_simd(true);
        let error = engine(&contradiction).err().unwrap();
        assert_eq!(error.to_string(), "cannot make the engine", "{error:#}");
    }
}
