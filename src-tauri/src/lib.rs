//! The desktop shell: the only code that knows Tauri.
//!
//! It opens the desk, puts a window around it and hands every call on. What a call means is decided in desk-core, what
//! it looks like in the web front; nothing of either is here.

mod arguments;
mod commands;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use desk_core::clock::Clock;
use desk_core::desk::Desk;
use desk_core::secrets::SystemKeychain;
use serde_json::json;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_window_state::StateFlags;

pub use commands::COMMANDS;

use crate::arguments::Arguments;

const MAIN_WINDOW: &str = "main";

/// Reads the command line, opens the desk and shows its window until it is closed.
///
/// A desk that cannot be opened as asked opens no window: the reason goes to standard error.
#[must_use]
pub fn run() -> ExitCode {
    desk_core::crash::keep_quiet();
    let arguments = Arguments::parse();
    if let Some(file) = &arguments.verify_audit {
        let (words, code) = desk_core::audit::verify::file(file);
        println!("{words}");
        return ExitCode::from(code);
    }
    let folder = arguments.desk.folder();
    let log = desk_core::logging::start(&folder);
    if let Err(problem) = &log {
        eprintln!("front-desk: no log is written: {problem}");
    }
    match tauri::async_runtime::block_on(open_desk(&arguments)).and_then(show) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("front-desk: {problem}");
            // As for a wrong command line: whoever set the desk up by script asked for something that can't be had.
            ExitCode::from(2)
        }
    }
}

async fn open_desk(arguments: &Arguments) -> Result<Desk, Box<dyn Error>> {
    let keychain = Arc::new(SystemKeychain);
    let desk = arguments
        .desk
        .open(keychain, Clock::System, io::stdin())
        .await?;
    if arguments.practice {
        let started = desk.dispatch("start_practice", json!({})).await;
        started.map_err(|failure| desk_core::text::format(&failure.message))?;
    }
    Ok(desk)
}

fn show(desk: Desk) -> Result<(), Box<dyn Error>> {
    // Where and how large the window was is kept; whether it was minimised or hidden is not.
    let kept =
        StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            come_forward(app)
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(kept)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_notification::init())
        .manage(desk)
        .setup(|app| {
            let window = app.handle().clone();
            app.state::<Desk>()
                .erase_beside(move || forget_browsing(&window));
            Ok(())
        })
        .invoke_handler(commands::handler())
        .run(tauri::generate_context!())?;
    Ok(())
}

/// Clears what the web view keeps of its own: it is not much, and nothing that this program has told it to.
fn forget_browsing<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN_WINDOW) else {
        return;
    };
    if let Err(problem) = window.clear_all_browsing_data() {
        tracing::warn!(%problem, "the web view keeps what it has");
    }
}

/// A second start shows the window that is already open.
fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN_WINDOW) else {
        return;
    };
    for outcome in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(problem) = outcome {
            tracing::warn!(%problem, "the window could not be brought forward");
        }
    }
}
