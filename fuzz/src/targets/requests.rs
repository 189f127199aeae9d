//! Requests of the window: every command, on a desk that has just been opened and is connected to nothing. Each is answered,
//! or refused in words that can be shown.

use std::sync::Arc;

use desk_core::{
    clock::Clock,
    commands,
    desk::{Desk, Options},
    secrets::MemoryKeychain,
    text,
};

/// One starts a Cubu of its own, which is fuzzed by none of its inputs; one writes wherever it is told to.
const LEFT_OUT: [&str; 2] = ["start_practice", "export_profile_to_file"];

/// The first line is the command, the rest its request.
pub fn request(input: &[u8]) {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let command = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let request = lines.next().unwrap_or_default();
    if LEFT_OUT.contains(&command.as_ref()) || !commands::NAMES.contains(&command.as_ref()) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::open(Options {
        data_dir: folder.path().to_owned(),
        keychain: Arc::new(MemoryKeychain::default()),
        clock: Clock::System,
    })
    .expect("a desk");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if let Err(failure) = runtime.block_on(desk.dispatch_json(&command, request)) {
        assert!(!text::format(&failure.message).is_empty());
    }
}
