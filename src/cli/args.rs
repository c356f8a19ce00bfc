//! What may be said on the command line; docs/manual/command-line.md says the same at length.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Parser, Subcommand};

/// The register at the door of a child contact centre.
///
/// With no command it opens the register; where there is none yet, it says what there is and asks.
#[derive(Debug, Parser)]
#[command(name = "doorbook", version, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Args {
    /// The folder that the register lies in
    #[arg(long, global = true, value_name = "FOLDER", env = "DOORBOOK_DATA", hide_env_values = true)]
    pub data: Option<PathBuf>,
    /// Practice only: the clock stands at this time, as 2026-11-21T09:40
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub at: Option<NaiveDateTime>,
    /// Shapes and lines in plain ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// No colours, as with NO_COLOR
    #[arg(long, global = true)]
    pub mono: bool,
    /// Preferences from this file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Of a sealed register: whose passphrase it is, by the number on the team list
    #[arg(long, global = true, value_name = "N", default_value_t = 1)]
    pub number: u8,
    /// Of a sealed register: the passphrase is the first line of this file, which nobody else may read
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "passphrase_fd")]
    pub passphrase_file: Option<PathBuf>,
    /// Of a sealed register: the passphrase is the first line of this open file, by its number
    #[arg(long, global = true, value_name = "FD")]
    pub passphrase_fd: Option<u32>,
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the practice register: invented families on one Saturday; make it where there is none
    Practice(PracticeArgs),
    /// Bring in families.csv, people.csv and bookings.csv: a dry run first, then all of it or nothing
    Import(ImportArgs),
    /// Show a day: sessions, who came, who did not; of one never opened what the bookings expect
    Day(DayArgs),
    /// Show the entries of a day, in the order in which they were written
    Log(DayArgs),
    /// Show who is in the building now: the fire roll, for a second terminal or a printer
    Roll(JsonArgs),
    /// Check every page and every entry, with no key; nothing is written
    Verify(VerifyArgs),
    /// Say how this machine, its disk and the register's folder are, with no name of a person
    Doctor(JsonArgs),
    /// Write every entry of a damaged register that is still good into a new file; the register is not touched
    Salvage(SalvageArgs),
    /// The whole book in one flat file that no engine is needed for, and a new register of one
    Book(BookArgs),
    /// Print what a shell needs to complete these words
    Completions(ShellArgs),
}

/// How to practise.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct PracticeArgs {
    /// Make one with the team and no families, to import into, and end
    #[arg(long)]
    pub empty: bool,
    /// Make it and end
    #[arg(long)]
    pub no_open: bool,
}

/// What to bring in.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The folder with the three files
    pub folder: PathBuf,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// In which form.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct JsonArgs {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// How deep, and against what.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// Open every entry too, with the keys of --number
    #[arg(long)]
    pub deep: bool,
    /// The letters and digits on the paper of a close: is it in the book, and does the book hold up to it?
    #[arg(value_name = "LETTERS")]
    pub paper: Option<String>,
}

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct SalvageArgs {
    /// The file, which must not be there yet. It holds names in plain text
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// What to do with the book.
#[derive(Debug, clap::Args)]
pub(super) struct BookArgs {
    /// What
    #[command(subcommand)]
    pub what: BookCommand,
}

/// What to do with the book.
#[derive(Debug, Subcommand)]
pub(super) enum BookCommand {
    /// Write every entry as it is stored, sealed or not, into a new file; the register is not touched
    Export {
        /// The file, which must not be there yet
        file: PathBuf,
    },
    /// Make a new register of such a file, every entry of it or nothing
    Import {
        /// The file
        file: PathBuf,
    },
}

/// For which shell.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct ShellArgs {
    /// Which
    pub shell: clap_complete::Shell,
}

/// Which day.
#[derive(Debug, clap::Args)]
pub(super) struct DayArgs {
    /// As 2026-11-21; today by the register's clock if it is left out
    #[arg(value_parser = date)]
    pub date: Option<NaiveDate>,
    /// As JSON; its fields are documented in docs/manual/day-json.md
    #[arg(long)]
    pub json: bool,
}

fn time(text: &str) -> Result<NaiveDateTime, String> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.ok_or_else(|| "a time is written as 2026-11-21T09:40".to_owned())
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "a date is written as 2026-11-21".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn global_words_may_stand_anywhere() {
        let args = Args::try_parse_from(["doorbook", "day", "--at", "2026-11-21T09:40", "2026-11-21"]).unwrap();
        assert_eq!(args.at.unwrap().to_string(), "2026-11-21 09:40:00");
        assert!(Args::try_parse_from(["doorbook", "--at", "9:40"]).is_err());
        assert!(Args::try_parse_from(["doorbook", "day", "21.11.2026"]).is_err());
    }
}
