//! Set-up of a machine: system packages through apt, UI packages through npm.
//!
//! Nothing is installed silently: what is missing is said first. On systems without apt it only says what is
//! needed. Rust and Node themselves are the two things a person brings.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::{self, Outcome};
use crate::tree;

/// What compiling and opening the window needs.
const WINDOW_PACKAGES: &[&str] = &[
    "build-essential",
    "libdbus-1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
    "xdg-utils",
];

/// What the tests, the tour and the pictures need beside that.
const TEST_PACKAGES: &[&str] = &[
    "chromium",
    "dbus",
    "fonts-noto-core",
    "gnome-keyring",
    "libsecret-tools",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

const NODE_AT_LEAST: u32 = 20;

/// Installs everything that is missing.
pub fn set_up() -> Outcome {
    system_packages()?;
    node()?;
    npm_packages(&tree::ui())?;
    npm_packages(&tree::e2e())
}

fn system_packages() -> Outcome {
    let wanted: Vec<&str> = WINDOW_PACKAGES
        .iter()
        .chain(TEST_PACKAGES)
        .copied()
        .collect();
    if !cfg!(target_os = "linux") || !is_there("dpkg-query") || !is_there("apt-get") {
        println!(
            "No apt here. The Linux packages this project is tested with: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing and will now be installed with apt-get:");
    println!("  {}", missing.join(" "));
    let root = run::answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    run::step("apt-get update", &mut apt(root, &["update", "--quiet"]))?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(missing);
    run::step("apt-get install", &mut apt(root, &arguments))
}

fn apt(root: bool, arguments: &[&str]) -> Command {
    let mut command = if root {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    };
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_installed(package: &str) -> bool {
    run::answer(Command::new("dpkg-query").args([
        "--show",
        "--showformat=${db:Status-Status}\n",
        package,
    ]))
    .is_some_and(|statuses| statuses.lines().any(|status| status == "installed"))
}

/// Whether a program can be started at all.
pub fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn node() -> Outcome {
    let version = run::answer(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|word| word.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_AT_LEAST => Ok(()),
        Some(_) => Err(format!(
            "Node {NODE_AT_LEAST} or newer is needed, found {}",
            version.trim()
        )
        .into()),
        None => Err(format!("Node {NODE_AT_LEAST} or newer is needed and was not found").into()),
    }
}

/// `npm ci`, unless what is installed already follows the lock file.
fn npm_packages(folder: &Path) -> Outcome {
    let read = |path: &Path| fs::read(path).unwrap_or_default();
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules").join(".installed-lock.json");
    if !read(&lock).is_empty() && read(&lock) == read(&installed) {
        return Ok(());
    }
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut npm = run::npm(folder, &["ci", "--no-audit", "--no-fund"]);
    run::step(&format!("npm ci in {name}/"), &mut npm)?;
    fs::copy(&lock, &installed).map(drop).map_err(|error| {
        format!(
            "could not note what was installed in {}: {error}",
            installed.display()
        )
        .into()
    })
}
