// The engine's configuration. The build script compiles the component with it, and the package loads the code with it,
// so both include this file.

use wasmtime::{Config, InstanceAllocationStrategy};
use wechat_official_account_host::Host;

/// Returns the engine's configuration.
pub(crate) fn engine_config() -> Config {
    let mut config = Host::engine_config_for(1);
    config
        // Python's `faulthandler` takes the signals by which wasmtime would notice a trap, whenever it is enabled.
        .signals_based_traps(false)
        // A program has a few sessions at once, and nobody knows how many: a pool would reserve memory for the most.
        .allocation_strategy(InstanceAllocationStrategy::OnDemand);
    config
}
