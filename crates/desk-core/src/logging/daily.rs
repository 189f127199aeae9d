//! A file a day, named after it. One that was erased while it was written to is begun anew.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::{Days, NaiveDate};

use crate::{clock::Clock, files};

/// What is logged goes here.
#[derive(Debug)]
pub(super) struct Daily {
    folder: PathBuf,
    clock: Clock,
    open: Option<(NaiveDate, File)>,
}

impl Daily {
    /// Begins the file of today, or goes on with it.
    pub fn open(folder: PathBuf, clock: Clock) -> io::Result<Self> {
        let mut daily = Self {
            folder,
            clock,
            open: None,
        };
        daily.file()?;
        Ok(daily)
    }

    fn file(&mut self) -> io::Result<&mut File> {
        let today = self.clock.now().date_naive();
        let path = self.folder.join(name(today));
        let open = self
            .open
            .take()
            .filter(|(day, _)| *day == today && path.exists());
        let open = match open {
            Some(open) => open,
            None => {
                fs::create_dir_all(&self.folder)?;
                let file = File::options().create(true).append(true).open(&path)?;
                (today, file)
            }
        };
        Ok(&mut self.open.insert(open).1)
    }
}

impl Write for Daily {
    fn write(&mut self, words: &[u8]) -> io::Result<usize> {
        self.file()?.write(words)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.open {
            Some((_, file)) => file.flush(),
            None => Ok(()),
        }
    }
}

fn name(day: NaiveDate) -> String {
    format!("front-desk.{day}.log")
}

/// The day of a file of the log.
fn day(path: &Path) -> Option<NaiveDate> {
    let name = files::name(path);
    let day = name.strip_prefix("front-desk.")?.strip_suffix(".log")?;
    day.parse().ok()
}

/// Removes the files of the log in a folder that are more than so many days old.
pub(crate) fn tidy(folder: &Path, today: NaiveDate, days: u16) -> io::Result<()> {
    let oldest = today.checked_sub_days(Days::new(u64::from(days)));
    remove(folder, |day| oldest.is_some_and(|oldest| day < oldest))
}

/// Removes them all.
pub(crate) fn forget(folder: &Path) -> io::Result<()> {
    remove(folder, |_| true)
}

fn remove(folder: &Path, goes: impl Fn(NaiveDate) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if day(&path).is_some_and(&goes) {
            files::remove(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn on(day: &str) -> Clock {
        Clock::Still(format!("{day}T23:30:00+00:00").parse().unwrap())
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|entry| files::name(&entry.unwrap().path()))
            .collect()
    }

    #[test]
    fn each_day_has_a_file_and_goes_on_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logs");
        let mut daily = Daily::open(path.clone(), on("2026-11-22")).unwrap();
        daily.write_all(b"one\n").unwrap();
        daily.clock = on("2026-11-23");
        daily.write_all(b"two\n").unwrap();
        let mut next_run = Daily::open(path.clone(), on("2026-11-23")).unwrap();
        next_run.write_all(b"three\n").unwrap();
        next_run.flush().unwrap();
        let read = |day| fs::read_to_string(path.join(format!("front-desk.{day}.log"))).unwrap();
        assert_eq!(read("2026-11-22"), "one\n");
        assert_eq!(read("2026-11-23"), "two\nthree\n");
    }

    #[test]
    fn what_was_erased_meanwhile_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut daily = Daily::open(folder.path().to_owned(), on("2026-11-22")).unwrap();
        daily.write_all(b"before\n").unwrap();
        forget(folder.path()).unwrap();
        assert!(names(folder.path()).is_empty());
        daily.write_all(b"after\n").unwrap();
        let path = folder.path().join("front-desk.2026-11-22.log");
        assert_eq!(fs::read_to_string(path).unwrap(), "after\n");
    }

    #[test]
    fn files_older_than_what_is_kept_go_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [
            "front-desk.2026-11-16.log",
            "front-desk.2026-11-23.log",
            "front-desk.2027-01-01.log",
            "front-desk.log",
            "notes.2020-01-01.log",
        ];
        for name in kept.into_iter().chain(["front-desk.2026-11-15.log"]) {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        tidy(folder.path(), "2026-11-23".parse().unwrap(), 7).unwrap();
        assert_eq!(names(folder.path()), kept.map(str::to_owned).into());
        tidy(
            &folder.path().join("none"),
            "2026-11-23".parse().unwrap(),
            7,
        )
        .unwrap();
    }
}
