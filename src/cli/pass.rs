//! Who opens a sealed register from the command line: never by an argument, which everybody can see.

use std::fs::File;
use std::io::Read;

use super::args::Args;
use super::exit::{Exit, Stop};
use crate::platform;
use crate::run::open::Who;
use crate::vault::{Keyring, Kind, Passphrase};
use zeroize::Zeroizing;

/// The longest line that is taken.
const LONGEST: u64 = 1024;

/// Somebody, as far as the command line says.
#[derive(Debug, Default)]
pub(super) struct Says {
    number: u8,
    passphrase: Option<Passphrase>,
}

impl Says {
    /// From the words of the command line.
    pub(super) fn of(args: &Args) -> Result<Self, Stop> {
        let file = match (&args.passphrase_file, args.passphrase_fd) {
            (Some(path), _) => Some(platform::read_private(path).map_err(|fault| match fault {
                // A whole sentence, with what to do.
                platform::Fault::NotPrivate(says) => {
                    Stop::new(Exit::Usage, format!("The passphrase cannot be read. {says}"))
                }
                platform::Fault::Io(fault) => unread(&path.display().to_string(), &fault),
            })?),
            (None, Some(number)) => Some(
                File::open(format!("/dev/fd/{number}"))
                    .map_err(|fault| unread(&format!("open file {number}"), &fault))?,
            ),
            (None, None) => None,
        };
        let passphrase = file.map(first_line).transpose()?;
        Ok(Self { number: args.number, passphrase })
    }

    /// Asks for what was not said, where somebody can be asked; a practice register opens to everybody.
    pub(super) fn ask(&mut self, ring: &Keyring) -> Result<(), Stop> {
        if self.passphrase.is_some() || ring.kind() == Kind::Practice {
            return Ok(());
        }
        let prompt = format!("Passphrase of number {}: ", self.number);
        let typed = platform::ask_hidden(&prompt).map_err(|_| {
            Stop::new(
                Exit::Locked,
                "The register is sealed. Nothing was touched. Give the passphrase with --passphrase-file FILE or \
                 --passphrase-fd FD, and whose it is with --number.",
            )
        })?;
        self.passphrase = Passphrase::new(typed.trim_end_matches(['\r', '\n']));
        Ok(())
    }

    /// For opening.
    pub(super) fn who(&self) -> Who<'_> {
        self.passphrase.as_ref().map_or(Who::Practises, |passphrase| Who::Is(self.number, passphrase))
    }
}

fn unread(from: &str, fault: &std::io::Error) -> Stop {
    let says =
        format!("The passphrase cannot be read from {from} ({fault}). Nothing was touched. Name the file that has it.");
    Stop::new(Exit::Usage, says)
}

fn first_line(file: File) -> Result<Passphrase, Stop> {
    let mut text = Zeroizing::new(String::with_capacity(1025));
    let read = file.take(LONGEST).read_to_string(&mut text);
    let line = text.lines().next().unwrap_or_default();
    let passphrase = Passphrase::new(line).filter(|passphrase| read.is_ok() && !passphrase.is_empty());
    passphrase.ok_or_else(|| {
        Stop::new(
            Exit::Usage,
            "The first line of that file is no passphrase. Nothing was touched. Write the passphrase there.",
        )
    })
}
