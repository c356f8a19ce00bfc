//! Where the register lies and how it looks: the command line first, then the environment, then the preferences.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::path::PathBuf;

use chrono::NaiveDateTime;

use super::args::Args;
use super::exit::{Exit, Stop};
use super::out;
use super::pass::Says;
use crate::book::ReadFault;
use crate::clock::Clock;
use crate::config::{self, Preferences, ThemeChoice};
use crate::journal::Fault;
use crate::run::house::{House, HouseFault};
use crate::run::open::{self, OpenFault, Opened};
use crate::run::{Folders, Papers};
use crate::tui::{Glyphs, Look, Theme};

/// What holds for every command.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder of the register.
    pub folder: PathBuf,
    /// Where the clock of a practice register is to stand.
    pub at: Option<NaiveDateTime>,
    /// How the screen looks.
    pub theme: Theme,
    /// As to be typed after `doorbook`, where it was not found by itself.
    pub data: String,
    /// Where a practice register lies, or would.
    pub practice: PathBuf,
    /// Who opens a sealed one.
    says: RefCell<Says>,
}

impl Place {
    /// From the command line, the environment and the preferences.
    pub(super) fn find(args: &Args) -> Result<Self, Stop> {
        let prefers = config::load(args.config.as_deref()).map_err(|trouble| {
            Stop::new(Exit::Usage, format!("{trouble}\nNothing was touched. Put the preferences right."))
        })?;
        Self::with(args, prefers)
    }

    /// From the command line and the environment alone.
    pub(super) fn without_preferences(args: &Args) -> Result<Self, Stop> {
        Self::with(args, Preferences::default())
    }

    fn with(args: &Args, prefers: Preferences) -> Result<Self, Stop> {
        let named = args.data.clone().filter(|folder| !folder.as_os_str().is_empty());
        let data = named.as_ref().map(|folder| format!(" --data {}", folder.display())).unwrap_or_default();
        let theme = theme(args, &prefers);
        let (folder, practice) = match named.or(prefers.data) {
            Some(folder) => (folder.clone(), folder),
            None => own().ok_or_else(|| {
                Stop::new(Exit::Usage, "This system names no home folder. Nothing was touched. Say --data FOLDER.")
            })?,
        };
        let says = RefCell::new(Says::of(args)?);
        Ok(Self { folder, at: args.at, theme, data, practice, says })
    }

    /// The same of the practice register.
    pub(super) fn practises(&mut self) {
        self.folder = self.practice.clone();
    }

    /// The folders as the desk asks for them.
    pub(super) fn folders(&self) -> Folders {
        Folders { register: self.folder.clone(), practice: self.practice.clone(), at: self.at }
    }

    /// Why it cannot be opened; which folder was looked into is what is most often wrong.
    pub(super) fn stop(&self, fault: ReadFault) -> Stop {
        if fault != ReadFault::Journal(Fault::Missing) {
            return fault.into();
        }
        if let Err(stop) = self.has_its_book() {
            return stop;
        }
        let folder = self.folder.display();
        let cure = "Nothing was touched. Make one with doorbook practice, or name its folder with --data.";
        Stop::new(Exit::Missing, format!("There is no register in {folder}. {cure}"))
    }

    /// A keyring whose register is not there: a copy of it is to be put back.
    pub(super) fn has_its_book(&self) -> Result<(), Stop> {
        if open::lacks_its_book(&self.folder) { Err(HouseFault::NoBook.into()) } else { Ok(()) }
    }

    /// Opens the register to be read.
    pub(super) fn look(&self) -> Result<Opened, Stop> {
        self.ask()?;
        self.wait();
        let opened = open::look(&self.folder, self.says.borrow().who()).map_err(|fault| self.stopped(fault))?;
        say_unclean(&opened);
        Ok(opened)
    }

    /// After wrong passphrases the next one waits, as it does at the desk.
    fn wait(&self) {
        let tries = Papers::new(&self.folder).tries();
        let (Some(last), true) = (tries.last, House::is_there(&self.folder)) else { return };
        // A clock that was set back since makes nobody wait longer.
        let passed = (Clock::machine_now() - last).to_std().unwrap_or_default();
        std::thread::sleep(tries.wait().saturating_sub(passed));
    }

    /// Asks for a passphrase that is needed and was not given.
    fn ask(&self) -> Result<(), Stop> {
        self.has_its_book()?;
        if House::is_there(&self.folder) {
            self.says.borrow_mut().ask(&House::of(&self.folder).read()?)?;
        }
        Ok(())
    }

    fn stopped(&self, fault: OpenFault) -> Stop {
        match fault {
            OpenFault::Read(fault) => self.stop(fault),
            other => {
                if other == OpenFault::House(HouseFault::Wrong) {
                    Papers::new(&self.folder).wrong_try(Clock::machine_now());
                }
                other.into()
            }
        }
    }

    /// Opens the register to be written to.
    pub(super) fn open(&self) -> Result<Opened, Stop> {
        self.ask()?;
        self.wait();
        let opened = open::open(&self.folder, self.says.borrow().who()).map_err(|fault| self.stopped(fault))?;
        say_unclean(&opened);
        Ok(opened)
    }
}

/// The register's own folder, and the practice register's; where only that one is there, it is opened. A keyring alone is
/// of a register that was lost.
fn own() -> Option<(PathBuf, PathBuf)> {
    let data = config::data_folder()?;
    let (register, practice) = (data.join("register"), data.join("practice"));
    let practises = !open::is_there(&register) && !House::is_there(&register) && open::is_there(&practice);
    Some((if practises { practice.clone() } else { register }, practice))
}

fn say_unclean(opened: &Opened) {
    if opened.unclean {
        out::say("The register was not closed last time. It was checked just now; all that had been saved is there.");
    }
}

/// The desk needs one, in and out.
pub(super) fn terminal() -> Result<(), Stop> {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Stop::new(
        Exit::Usage,
        "The desk needs a terminal, and this is none. Nothing was touched. See doorbook --help.",
    ))
}

fn theme(args: &Args, prefers: &Preferences) -> Theme {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|said| !said.is_empty());
    let look = match prefers.theme {
        _ if args.mono || no_colour => Look::Mono,
        ThemeChoice::Mono => Look::Mono,
        ThemeChoice::Light => Look::Light,
        ThemeChoice::Dark => Look::Dark,
        ThemeChoice::Auto => Look::guess(std::env::var("COLORFGBG").ok().as_deref()),
    };
    let glyphs = if args.ascii || prefers.ascii { Glyphs::Ascii } else { Glyphs::Unicode };
    Theme { look, glyphs }
}
