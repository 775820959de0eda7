//! The machine: how much memory it has, and how much of it this program has used.

use std::fs;

/// What is taken for the machine's memory where the system does not tell.
const UNKNOWN: u64 = 4 << 30;

/// Half of the memory that the machine has, or that the program's group may use.
pub(crate) fn half_of_memory() -> u64 {
    let machine = field("/proc/meminfo", "MemTotal:");
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let group = group.and_then(|limit| limit.trim().parse::<u64>().ok());
    let known = machine.into_iter().chain(group).min();
    known.unwrap_or(UNKNOWN) / 2
}

/// Most bytes of memory that this program has used at once, where the system tells.
pub(crate) fn peak_memory() -> Option<u64> {
    field("/proc/self/status", "VmHWM:")
}

/// A field of a file that Linux writes, in bytes.
fn field(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}
