//! Tells Tauri which commands exist, from the one list that also feeds the handlers.

include!("../crates/desk-core/src/commands/list.rs");

macro_rules! names {
    ($($name:ident: $request:ty => $response:ty;)+) => { &[$(stringify!($name)),+] };
}

const COMMANDS: &[&str] = for_each_command!(names);

fn main() {
    println!("cargo::rerun-if-changed=crates/desk-core/src/commands/list.rs");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(problem) = tauri_build::try_build(attributes) {
        println!("cargo::error={problem:#}");
    }
}
