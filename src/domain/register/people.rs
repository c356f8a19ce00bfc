//! What was done about who may open the register, as its entries have it: who was added, changed, removed, who has new keys.

use crate::domain::codes::{Moment, Role};
use crate::domain::event::{By, CentreEvent, Entry, KeysSet, StaffCard};
use crate::domain::ids::{ActId, EntryId, StaffId};
use crate::domain::register::Register;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The entry that says so.
    pub entry: EntryId,
    /// Its act.
    pub act: ActId,
    /// When it was written.
    pub at: Moment,
    /// By whom; the program: by the recovery sheet.
    pub by: By,
    /// What.
    pub what: Change,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Somebody is of the team now, or again.
    Added {
        /// Who.
        staff: StaffId,
        /// As what.
        role: Role,
    },
    /// Somebody has another role.
    Role {
        /// Who.
        staff: StaffId,
        /// Until then.
        from: Role,
        /// From then on.
        to: Role,
    },
    /// What is held of somebody: a name, a number, the undertaking.
    Held(StaffId),
    /// Somebody opens the register no more.
    Removed(StaffId),
    /// Somebody has a first key.
    Key(StaffId),
    /// Somebody has another passphrase, which another person or the recovery sheet gave them.
    Passphrase(StaffId),
    /// Somebody changed their own.
    Own(StaffId),
    /// Another recovery sheet was made.
    Sheet,
    /// Wrong passphrases before somebody got in.
    Tries {
        /// Who got in.
        staff: StaffId,
        /// How many.
        count: u32,
    },
}

impl Change {
    fn staff(self) -> Option<StaffId> {
        match self {
            Self::Added { staff, .. } | Self::Role { staff, .. } | Self::Tries { staff, .. } => Some(staff),
            Self::Held(staff) | Self::Removed(staff) | Self::Key(staff) | Self::Passphrase(staff) => Some(staff),
            Self::Own(staff) => Some(staff),
            Self::Sheet => None,
        }
    }
}

impl Register {
    /// Before an entry of the centre is folded: what it changes of who may come in.
    pub(super) fn fold_people(&mut self, event: &CentreEvent, entry: &Entry) {
        let by = signed_by(event).unwrap_or(entry.by);
        let changes = match event {
            CentreEvent::StaffListed(card) => self.of_team(card).into_iter().collect(),
            CentreEvent::AuthorisedUser(card) if self.users.get(&card.staff) != Some(card) => {
                vec![Change::Held(card.staff)]
            }
            CentreEvent::KeysSet(keys) => self.keyed(keys, by),
            CentreEvent::WrongTries { staff, count } => vec![Change::Tries { staff: *staff, count: *count }],
            _ => Vec::new(),
        };
        for what in changes {
            // One act, several entries: who is added has a card and a key, and that goes without saying.
            let said = |done: &Done| done.act == entry.act && done.what.staff() == what.staff();
            if matches!(what, Change::Held(_) | Change::Key(_)) && self.people.iter().rev().take(4).any(said) {
                continue;
            }
            let Entry { id, act, recorded_at, .. } = entry;
            self.people.push(Done { entry: *id, act: *act, at: *recorded_at, by, what });
        }
    }

    fn of_team(&self, card: &StaffCard) -> Option<Change> {
        let staff = card.staff;
        match self.team.get(&staff) {
            Some(before) if before.left && card.left => None,
            Some(_) if card.left => Some(Change::Removed(staff)),
            Some(before) if !before.left && before.role != card.role => {
                Some(Change::Role { staff, from: before.role, to: card.role })
            }
            Some(before) if before == card => None,
            Some(before) if !before.left => Some(Change::Held(staff)),
            _ => Some(Change::Added { staff, role: card.role }),
        }
    }

    fn keyed(&self, keys: &KeysSet, by: By) -> Vec<Change> {
        let changed = keys.added.iter().filter(|keys| self.keyed.get(&keys.staff) != Some(*keys));
        let change = |staff: StaffId| match (self.keyed.contains_key(&staff), by) {
            _ if staff.0.is_nil() => self.keyed.contains_key(&staff).then_some(Change::Sheet),
            (false, _) => Some(Change::Key(staff)),
            (true, By::Staff(who)) if who == staff => Some(Change::Own(staff)),
            (true, _) => Some(Change::Passphrase(staff)),
        };
        changed.filter_map(|keys| change(keys.staff)).collect()
    }
}

/// Who changed the public keys, whoever named it afterwards: whoever has the sheet signs as nobody.
fn signed_by(event: &CentreEvent) -> Option<By> {
    let CentreEvent::KeysSet(KeysSet { act: Some(act), .. }) = event else { return None };
    Some(if act.by.0.is_nil() { By::Program } else { By::Staff(act.by) })
}
