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

/// What driving a window without a display needs beside that.
const VIRTUAL_DISPLAY_PACKAGES: &[&str] = &[
    "dbus",
    "fonts-noto-core",
    "gnome-keyring",
    "libsecret-tools",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
];

/// Browsers that the browser tests can use; FRONT_DESK_CHROMIUM names another.
const BROWSERS: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

const NODE_AT_LEAST: u32 = 20;

/// What a chore needs on the machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    /// To compile the window and open it.
    Window,
    /// Also to drive it in a virtual display.
    Tour,
    /// Also a browser: everything there is.
    Everything,
}

/// Installs what is missing for a chore.
pub fn set_up(needs: Needs) -> Outcome {
    system_packages(needs)?;
    node()?;
    npm_packages(&tree::ui())?;
    if needs > Needs::Window {
        npm_packages(&tree::e2e())?;
    }
    Ok(())
}

fn system_packages(needs: Needs) -> Outcome {
    let mut wanted = WINDOW_PACKAGES.to_vec();
    if needs >= Needs::Tour {
        wanted.extend(VIRTUAL_DISPLAY_PACKAGES);
    }
    let browser = needs >= Needs::Everything && !has_browser();
    if !cfg!(target_os = "linux") || !is_there("dpkg-query") || !is_there("apt-get") {
        println!(
            "No apt here. The Linux packages this project is tested with: {} chromium",
            wanted.join(" ")
        );
        return Ok(());
    }
    let mut missing: Vec<&str> = wanted
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() && !browser {
        return Ok(());
    }
    println!("System packages are missing and will now be installed with apt-get:");
    println!(
        "  {}{}",
        missing.join(" "),
        if browser { " and Chromium" } else { "" }
    );
    let root = run::answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    run::step("apt-get update", &mut apt(root, &["update", "--quiet"]))?;
    if browser {
        missing.push(browser_package());
    }
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(missing);
    run::step("apt-get install", &mut apt(root, &arguments))
}

fn has_browser() -> bool {
    std::env::var_os("FRONT_DESK_CHROMIUM").is_some()
        || BROWSERS.iter().any(|browser| Path::new(browser).exists())
}

/// Debian calls it chromium; Ubuntu has only a package of another name, which brings its own.
fn browser_package() -> &'static str {
    match run::answer(Command::new("apt-cache").args(["show", "chromium"])) {
        Some(found) if !found.trim().is_empty() => "chromium",
        _ => "chromium-browser",
    }
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
