//! Counting memory: what an input may cost, and what it did cost.

use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// For what does not depend on the input: tables made at first use, buffers, threads.
const IN_ANY_CASE: usize = 4 * 1024 * 1024;

/// Bytes for each byte of input. The worst that JSON holds is a list of objects with one member each, 7 bytes of input
/// that become a tree node of some 650, in a list that doubles as it grows.
const FOR_EACH_BYTE: usize = 200;

/// The most memory that an input of this length may take.
pub fn most(length: usize) -> usize {
    IN_ANY_CASE + FOR_EACH_BYTE * length
}

/// How far memory rises above where it was, while `act` runs. Whatever else the process does is counted in.
pub fn peak_of(act: impl FnOnce()) -> usize {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    act();
    HEAP.peak_usage().saturating_sub(before)
}
