//! `desk-host`: serves a desk on loopback until it is told to stop. Its first line says where: `{"url": "http://…"}`.

use std::{
    error::Error,
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, ValueEnum};
use desk_core::{
    clock::Clock,
    provision::StartOptions,
    secrets::{Keychain, MemoryKeychain, NoKeychain, SystemKeychain},
    text,
};
use desk_host::Host;
use secrecy::SecretString;
use serde_json::json;
use tokio::net::TcpListener;

/// The desk over loopback HTTP, for development and tests
#[derive(Debug, Parser)]
#[command(name = "desk-host", version)]
struct Arguments {
    /// The loopback port; 0 lets the system choose one
    #[arg(long, default_value_t = 0)]
    port: u16,
    #[command(flatten)]
    desk: StartOptions,
    /// Start in practice mode
    #[arg(long, conflicts_with = "import_profile")]
    practice: bool,
    /// Where secrets are kept
    #[arg(long, value_enum, default_value_t = KeychainChoice::System)]
    keychain: KeychainChoice,
    /// The built web front
    #[arg(long, value_name = "DIR", default_value_os_t = built_front())]
    front: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeychainChoice {
    /// The operating system's keychain
    System,
    /// Memory: nothing outlives this program
    Memory,
    /// None that answers: what outlives this program does so under a passphrase
    None,
}

/// A keychain that never answers, as on a PC without one.
struct Silent;

impl Keychain for Silent {
    fn name(&self) -> &'static str {
        "none"
    }

    fn read(&self, _: &str) -> Result<Option<SecretString>, NoKeychain> {
        Err(no_keychain())
    }

    fn write(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
        Err(no_keychain())
    }

    fn forget(&self, _: &str) -> Result<(), NoKeychain> {
        Err(no_keychain())
    }
}

fn no_keychain() -> NoKeychain {
    NoKeychain("this desk was started without one".to_owned())
}

fn built_front() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist")
}

#[tokio::main]
async fn main() -> ExitCode {
    desk_core::crash::keep_quiet();
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("FRONT_DESK_LOG"))
        .with_writer(io::stderr)
        .init();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("desk-host: {failure}");
            ExitCode::from(2)
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let keychain: Arc<dyn Keychain> = match arguments.keychain {
        KeychainChoice::System => Arc::new(SystemKeychain),
        KeychainChoice::Memory => Arc::new(MemoryKeychain::default()),
        KeychainChoice::None => Arc::new(Silent),
    };
    let desk = Arc::new(
        arguments
            .desk
            .open(keychain, Clock::System, io::stdin())
            .await?,
    );
    if arguments.practice {
        let started = desk.dispatch("start_practice", json!({})).await;
        started.map_err(|failure| text::format(&failure.message))?;
    }
    let listener =
        TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port))).await?;
    let address = listener.local_addr()?;
    println!("{}", json!({ "url": format!("http://{address}") }));
    let router = desk_host::router(Host {
        desk,
        front: arguments.front,
        address,
    });
    axum::serve(listener, router)
        .with_graceful_shutdown(told_to_stop())
        .await?;
    Ok(())
}

/// An interrupt, or, where there is such a thing, a request to terminate.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupted => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a way to hear of an interrupt, serve until killed.
    if interrupted.await.is_err() {
        std::future::pending::<()>().await;
    }
}
