//! Interrupts: the first asks a run to end in good order, the second ends the program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What a shell reports for a program that an interrupt ended.
const INTERRUPTED: i32 = 130;

/// Sets the flag at the first interrupt.
pub(crate) fn set_on_interrupt(stop: &Arc<AtomicBool>) {
    for signal in [SIGINT, SIGTERM] {
        // Where signals cannot be caught they end the program as they always do. The order counts:
        // what looks at the flag comes before what sets it.
        let _ = flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(stop))
            .and_then(|_| flag::register(signal, Arc::clone(stop)));
    }
}
