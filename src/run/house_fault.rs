//! What goes wrong with keys, in words: what happened, what was kept, what to do.

use crate::book::keys::BadKeys;
use crate::journal::Fault;
use crate::vault::{KeysFault, UnlockFault};

/// What goes wrong with keys, by what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HouseFault {
    /// There is none.
    #[error(
        "The register is sealed, and its keyring is not beside it. Nothing was changed. Put the file \"keyring\" back \
         from a copy: without it nobody can open the register."
    )]
    Lost,
    /// It is there, and the book is not sealed.
    #[error(
        "The register in this folder is not sealed, and there is a keyring beside it: somebody has put another register in \
         the place of the one that was here. Nothing was opened, and nothing was changed. Put the register back from a copy."
    )]
    NotSealed,
    /// It is not there, and the book is that of families and not sealed.
    #[error(
        "The register in this folder is not sealed, and a centre's own always is: somebody has put it there, or taken what \
         was here away. Nothing was changed. Put the register and its keyring back from a copy."
    )]
    NeverSealed,
    /// It is another register's.
    #[error("The keyring beside the register is of another register. Nothing was changed. Put its own one back.")]
    Foreign,
    /// Something was written with a later one.
    #[error(
        "The keyring is older than the register: it has version {has}, and the register was written with version \
         {needs}. Nothing was changed. Put the newest copy of the file \"keyring\" back."
    )]
    Older {
        /// The version of the file.
        has: u64,
        /// The last one that the book names.
        needs: u64,
    },
    /// Something was written in an epoch that it does not know.
    #[error(
        "The keyring is older than the register: it has version {0}, and something in the register was written with a \
         later one. Nothing was changed. Put the newest copy of the file \"keyring\" back."
    )]
    Behind(u64),
    /// It cannot be read, or not be trusted.
    #[error("{0}. Nothing was changed. Put a copy of the file \"keyring\" back.")]
    Damaged(String),
    /// What is sealed to whoever unlocks does not open: of others it may.
    #[error(
        "The passphrase is right, but what the keyring keeps for this number is damaged. Nothing was changed. If another \
         coordinator gets in, they give this person a new passphrase (people, n); so does the recovery sheet (0). If nobody \
         does, put a copy of the file \"keyring\" back that is no older than the last change of it."
    )]
    Slot,
    /// As late as the book, and not the one that it names.
    #[error(
        "The keyring beside the register is not the one that the register names: it has the same version {0} and other \
         content. Nothing was changed. Put a copy of the file \"keyring\" back that was made with this register."
    )]
    Other(u64),
    /// Somebody who may not has changed it, and what counted is gone.
    #[error(
        "The keyring names keys that the register does not: the register was put back to an older copy without its keyring, \
         or somebody with a key has changed the keyring by a program of their own. Nothing was changed. Put the copy of the \
         file \"keyring\" back that was made with this register."
    )]
    Forged,
    /// The same, and what counted is there still.
    #[error(
        "The keyring has keys in it that the register does not name: somebody with a key has changed it by a program of \
         their own, or the register was put back to an older copy. Nothing was changed. Unlock the register at the \
         desk: it takes them out, or says what to do."
    )]
    Meddled,
    /// Whose key it is stands in the keyring, and not in the book.
    #[error(
        "The register does not name this key: somebody has put it into the keyring by a program of their own. Nothing was \
         changed. Let somebody else unlock the register, which takes it out, and tell the coordinator."
    )]
    Unnamed,
    /// The book names a keyring by somebody who may not.
    #[error(
        "Entry {} says that the keys were changed, and {}: somebody has written it who may not. Nothing was changed. Put a \
         copy of the register and of its keyring back.", .0.seq, .0.why
    )]
    Unsigned(BadKeys),
    /// A number in it is another one than that of the team list.
    #[error(
        "The keyring gives somebody another number than the team list does: somebody with a key has changed it by a program \
         of their own. Nothing was changed. Put the copy of the file \"keyring\" back that was made with this register."
    )]
    Renumbered,
    /// It is there, and the book is not.
    #[error(
        "There is a keyring here and its register is not. Nothing was changed. Put the copy of the file \"register.redb\" \
         back that was made with this keyring. Whoever wants another register here must first take the file \"keyring\" \
         away, and keep it: without it no copy of that register opens."
    )]
    NoBook,
    /// Whoever has this key is not of the team.
    #[error("This key belongs to nobody on the team list. Nothing was changed. Ask the coordinator for a key.")]
    NotListed,
    /// Their role does not let them.
    #[error(
        "This is not for this person's role. Nothing was written. Ask the coordinator to do it, with --number and their \
         own passphrase."
    )]
    NotTheirs,
    /// Number and passphrase do not go together.
    #[error("This number and this passphrase do not go together. Nothing was changed. Type them again.")]
    Wrong,
    /// Of the recovery sheet: for whom it is to be.
    #[error("Nobody has number {0}. Nothing was changed. Look for the number on the team list.")]
    NoNumber(u8),
    /// The words are not those of this register's sheet.
    #[error(
        "These are not the words of this register's recovery sheet. Nothing was changed. Look for the sheet that was written down when it was made."
    )]
    OtherSheet,
    /// The words of the sheet are mistyped.
    #[error("{0}. Nothing was changed. Compare them with the sheet.")]
    Sheet(String),
    /// Its clock cannot be set so.
    #[error(transparent)]
    Clock(#[from] crate::run::when::Refused),
    /// Too little memory to try it.
    #[error(
        "There is not enough memory on this machine to try the passphrase. Close other programs. Nothing was changed."
    )]
    NoMemory,
    /// Nobody has unlocked it.
    #[error("The register is locked. Nothing was changed. Unlock it first.")]
    Locked,
    /// The keys cannot be changed so.
    #[error("This cannot be done: {0}. Nothing was changed.")]
    Keys(#[from] KeysFault),
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] Fault),
    /// It could not be written whole, nor what was there before put back.
    #[error(
        "{0} It is not known which keyring stands there now: where this was about a passphrase, that person may need another \
         new one. See to the disk, open Doorbook again, and try theirs."
    )]
    InDoubt(Fault),
}

impl From<UnlockFault> for HouseFault {
    fn from(fault: UnlockFault) -> Self {
        match fault {
            UnlockFault::NoSuch | UnlockFault::Wrong => Self::Wrong,
            UnlockFault::OtherSheet => Self::OtherSheet,
            UnlockFault::Slot => Self::Slot,
            UnlockFault::NoMemory => Self::NoMemory,
            UnlockFault::Damaged(_) => Self::Damaged(capital(&fault.to_string())),
        }
    }
}

pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
