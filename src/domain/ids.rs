//! Ids: newtypes over UUIDs, never names, never bare strings. People are matched by id only.

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// The register (one book).
    RegisterId,
    /// One entry of the book.
    EntryId,
    /// One decision: shared by all entries that it wrote. Undo, correction and the log name the act.
    ActId,
    /// The centre's open day (not the calendar date).
    DayId,
    /// One case's appointment on one day.
    SessionId,
    /// One case: the children, the side that brings, the side that visits.
    CaseId,
    /// A person of a case. A person in two cases has details in each, under one id.
    PersonId,
    /// Someone of the team.
    StaffId,
    /// One desk (one machine at the door).
    DeskId,
    /// A note for the coordinator.
    NoteId,
    /// A file of its own, apart from all cases: a visitor to the building, a note about nobody or about a worker.
    FileId,
    /// A repeating booking.
    PatternId,
    /// An instruction at the door.
    InstructionId,
    /// A thing that is kept and given back.
    ThingId,
}

/// The ids that one decision may deal: all made from one UUID that `run` drew with the clock, so that `decide` stays
/// pure and the same decision tried twice deals the same ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ids(pub Uuid);

impl Ids {
    /// The `n`th id: the base with `n` added to its random tail (the time and the version stay).
    pub fn nth<T: From<Uuid>>(self, n: u32) -> T {
        let base = self.0.as_u128();
        let tail = (base & TAIL).wrapping_add(u128::from(n)) & TAIL;
        T::from(Uuid::from_u128((base & !TAIL) | tail))
    }
}

/// The low 48 random bits of a version 7 UUID.
const TAIL: u128 = (1 << 48) - 1;

/// The id of the session that a pattern expects on a date: the same whoever asks, so that a day which was never opened
/// can be shown with the ids that it will have.
pub fn expected_session(pattern: PatternId, date: chrono::NaiveDate) -> SessionId {
    SessionId(Uuid::new_v5(&pattern.0, date.to_string().as_bytes()))
}

/// The id of the centre's day on a date.
pub fn day_on(register: Uuid, date: chrono::NaiveDate) -> DayId {
    DayId(Uuid::new_v5(&register, date.to_string().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dealt_ids_differ_and_keep_their_version() {
        let ids = Ids(Uuid::from_u128(0x0193_5c3a_0000_7abc_8000_ffff_ffff_ffff));
        let (a, b): (EntryId, EntryId) = (ids.nth(0), ids.nth(1));
        assert_ne!(a, b);
        assert_eq!(b.0.get_version_num(), 7);
        assert_eq!(ids.nth::<EntryId>(1), b);
    }
}
