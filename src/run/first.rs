//! Setting up a real register: its keys in memory until the recovery words were written down, then the keyring, then the book.

use std::path::Path;

use crate::app::first::SetUp;
use crate::app::secret::Secret;
use crate::book::policy_default;
use crate::clock::Clock;
use crate::domain::event::{By, CentreEvent, Entry, FileRef, RegisterKind, StaffCard};
use crate::domain::ids::{RegisterId, StaffId};
use crate::journal::Fault;
use crate::platform;
use crate::run::house::House;
use crate::run::keeper::cards;
use crate::run::making;
use crate::run::open::{OpenFault, is_there};
use crate::vault::{Keys, Kind, Passphrase};

/// A register that is not on disk yet.
pub struct Prepared {
    register: RegisterId,
    keys: Keys,
    entries: Vec<Entry>,
    /// The 26 words, until they are shown.
    pub words: Secret,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("register", &self.register).finish_non_exhaustive()
    }
}

/// Makes the keys, which takes some seconds; nothing is written.
///
/// # Errors
/// The sentence.
pub fn prepare(set_up: &SetUp, clock: &Clock) -> Result<Prepared, String> {
    let (register, staff) = (RegisterId(clock.ids().0), StaffId(clock.ids().0));
    let card = &set_up.card;
    let listed = StaffCard {
        staff,
        number: card.number,
        given: card.given.clone(),
        family: card.family.clone(),
        role: card.role,
        left: false,
    };
    let passphrase = Passphrase::new(set_up.passphrase.reveal()).filter(|words| !words.is_empty());
    let passphrase = passphrase.ok_or("That is no passphrase. Nothing was written. Take the one that is offered.")?;
    let (keys, sheet) =
        making::keys(register, Kind::Real, &listed, &passphrase, clock).map_err(|fault| fault.to_string())?;
    let policy = crate::domain::policy::Policy { centre: set_up.centre.clone(), ..policy_default() };
    let mut events = vec![
        (FileRef::Centre, CentreEvent::RegisterMade { register, kind: RegisterKind::Real }),
        (FileRef::Centre, CentreEvent::PolicySet(Box::new(policy))),
    ];
    events.extend(cards(staff, card, false, None));
    let entries = making::of_centre(By::Staff(staff), events, clock);
    Ok(Prepared { register, keys, entries, words: Secret::new(&sheet.text()) })
}

/// Writes it: the keyring, then the book, whole or not at all. Its keys are in hand then.
///
/// # Errors
/// [`OpenFault`]; there is no register.
pub fn keep(prepared: Prepared, folder: &Path, clock: &Clock) -> Result<House, OpenFault> {
    if is_there(folder) {
        return Err(Fault::Exists.into());
    }
    platform::private_folder(folder).map_err(Fault::from)?;
    let Prepared { keys, entries, .. } = prepared;
    let house = House::of(folder);
    making::register(&house, folder, keys, entries, clock)?;
    Ok(house)
}
