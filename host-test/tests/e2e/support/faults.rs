//! The faults of a request, for tests that try all of them.

use wechat_simulator::Fault;

/// Returns the faults that only a time limit ends: on the first byte, between bytes, and on the call as a whole.
pub fn waiting() -> Vec<Fault> {
    Fault::samples().into_iter().filter(waits).collect()
}

/// Returns all other faults.
pub fn immediate() -> Vec<Fault> {
    Fault::samples().into_iter().filter(|fault| !waits(fault)).collect()
}

fn waits(fault: &Fault) -> bool {
    matches!(fault, Fault::Delay { .. } | Fault::Stall | Fault::Trickle { .. })
}
