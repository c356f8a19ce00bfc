//! The centre's policy: versioned data in the book, with defaults in `book`. Changing it is an entry. A retired code
//! still reads.

mod check;
mod setting;

pub use check::PolicyFault;
pub use setting::{ReasonList, Setting};

use crate::domain::codes::{Party, Role};
use crate::domain::text::Text;

/// The code of a place, a door, a reason or a kind of note: lower-case words for places (`oak`), the handbook's codes
/// for the rest (`C-ILL`, `METX`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub String);

impl Code {
    /// A code from its text, cleaned as a name is.
    pub fn new(code: &str) -> Self {
        Self(Text::name(code).as_str().to_owned())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// How the centre works, one version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Counts up from 1; a day freezes the version that it opened under.
    pub version: u32,
    /// The centre's name, as the head of a sheet has it.
    pub centre: Text,
    /// IANA name of the zone, `Europe/London`.
    pub zone: String,
    /// The plan of a case that has none of its own.
    pub plan: Plan,
    /// Minutes that a side may be late before somebody rings (domain.md 2.6).
    pub grace_min: u16,
    /// Minutes that the carer's side stays when the visiting party leaves first.
    pub return_min: u16,
    /// Minutes that must lie between two people who must not meet, at one entrance.
    pub apart_min: u16,
    /// Minutes between the two sides of a handover (domain.md 2.5).
    pub gap_min: u16,
    /// Minutes after which somebody who is to be back, or to collect, is rung (domain.md 2.5 and 2.6).
    pub overdue_min: u16,
    /// Minutes after which the duty team is rung.
    pub escalate_min: u16,
    /// Working days for the report of a one-to-one session (domain.md 2.4).
    pub report_days: u16,
    /// Sessions missed without a valid reason, one after the other, that go on the coordinator's list (domain.md 3.2).
    pub missed_limit: u16,
    /// Sessions in which the child took no part, one after the other, that do (domain.md 4, check 16).
    pub refused_limit: u16,
    /// Years of age from which somebody may have a key of the register (notice 003: 16; centres: 18, domain.md 6).
    pub user_age: u16,
    /// The centre's address, as the 999 card says it.
    pub address: Text,
    /// The centre's number, as the 999 card says it.
    pub phone: Text,
    /// Numbers that anyone at the desk may need: duty team, police.
    pub numbers: Vec<Number>,
    /// Rooms, waiting places, doors' lobbies, the car park.
    pub places: Vec<Place>,
    /// Ways in and out.
    pub doors: Vec<Door>,
    /// Why somebody does not come (domain.md 3.2).
    pub reasons: Vec<Reason>,
    /// Why somebody who came took no part, or was not admitted.
    pub no_part: Vec<Reason>,
    /// Why contact ended early.
    pub early: Vec<Reason>,
    /// Why one-to-one contact pauses.
    pub pauses: Vec<Reason>,
    /// Why minutes are owed: who caused it.
    pub owed: Vec<Reason>,
    /// Why somebody allowed what the rules would not.
    pub allowed: Vec<Reason>,
    /// Kinds of note for the coordinator (domain.md 3.3).
    pub kinds: Vec<NoteKind>,
    /// Things that are kept and given back.
    pub things: Vec<Item>,
    /// Kinds of message for the coordinator.
    pub messages: Vec<Item>,
    /// Who may do what beyond the ordinary.
    pub powers: Vec<PowerOf>,
}

/// When the sides come and go, relative to the start and the end of a session (domain.md 2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Who arrives first.
    pub first: Party,
    /// Minutes before the start that the first side is due.
    pub first_min: u16,
    /// Minutes before the start that the other side is due.
    pub second_min: u16,
    /// Minutes that the visiting party stays after the children have left; 0 is no hold.
    pub hold_min: u16,
    /// Minutes between two who must not meet, at one entrance, where the centre's do not fit.
    pub apart_min: Option<u16>,
    /// The two sides do not mind meeting.
    pub may_meet: bool,
    /// The way in that each side is to take, where it is not the usual one.
    pub routes: Vec<Route>,
}

/// The way in of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Whose.
    pub party: Party,
    /// By which door.
    pub door: Code,
    /// To which place.
    pub place: Code,
}

/// A place that people can be in. Lobby, door and car park are places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: Code,
    /// Its name on screen, without an article: `Oak`, `small waiting room`.
    pub name: Text,
    /// `the hall`, but `Oak`: whether a sentence puts an article before it.
    pub article: bool,
    /// What it is for.
    pub use_for: Use,
    /// The muster point of who is in it: 0 is A, 1 is B.
    pub muster: u8,
    /// No longer offered; still reads.
    pub retired: bool,
}

/// What a place is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Use {
    /// The hall behind the front door.
    Lobby,
    /// Where the side that brings waits.
    Waiting,
    /// Where contact happens.
    Contact,
    /// The team's.
    Office,
    /// In the grounds.
    Outside,
}

/// A way in and out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Its code.
    pub code: Code,
    /// Its name, without an article.
    pub name: Text,
    /// The place that everyone who uses it passes through.
    pub leads_to: Code,
    /// No longer offered; still reads.
    pub retired: bool,
}

/// A reason that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The handbook's code.
    pub code: Code,
    /// Whose reason: `None` fits both sides.
    pub party: Option<Party>,
    /// It is about a child (`true`) or about an adult.
    pub of_child: bool,
    /// Plain words on screen.
    pub words: Text,
    /// Its digit in the picker; those without one stand under `9 another`.
    pub digit: Option<u8>,
    /// All that an outsider is told.
    pub outside: Text,
    /// Somebody must have given it: the picker fills who told us, when and how.
    pub told: bool,
    /// Only *not known yet*: open at the close.
    pub provisional: bool,
    /// No longer offered; still reads.
    pub retired: bool,
}

/// Something that can be picked from a list: a thing that is kept, a kind of message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its code.
    pub code: Code,
    /// Plain words on screen.
    pub words: Text,
    /// Its digit in the picker.
    pub digit: Option<u8>,
    /// Of a message: contact waits until the coordinator has dealt with it (new papers).
    pub stops: bool,
    /// No longer offered; still reads.
    pub retired: bool,
}

/// A number that anyone at the desk may need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Whose: `council duty team`.
    pub name: Text,
    /// The number.
    pub number: Text,
}

/// A kind of note for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKind {
    /// The handbook's code.
    pub code: Code,
    /// Plain words on screen.
    pub words: Text,
    /// Its digit in the form; those without one stand under `9 another`.
    pub digit: Option<u8>,
    /// 1 note, 2 concern, 3 serious, 4 emergency: set by the kind, changed by the lead (domain.md 3.3).
    pub severity: u8,
    /// The case file is held from disposal.
    pub hold: bool,
    /// No longer offered; still reads.
    pub retired: bool,
}

/// What a role may do beyond the ordinary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerOf {
    /// The power.
    pub power: Power,
    /// Who has it.
    pub roles: Vec<Role>,
}

/// Acts that loosen or that close; everything else needs no role (domain.md 2.7 with its ruling).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Power {
    /// Let go before the hold has run, let two sides pass, shorten the gap of a handover.
    Loosen,
    /// Let a session begin that may not: suspended, no supervisor, papers not read; let a child off site.
    Gate,
    /// Hand a child to a one-off adult, having rung the number on file.
    OneOff,
    /// Cancel a session for the centre.
    Cancel,
    /// Confirm what others allowed, and what was written against a rule.
    Confirm,
    /// Sign the day, open it again.
    Sign,
    /// Change what was written: times of others, a session.
    Correct,
    /// Mark a note as seen; deal with a message.
    SeeNotes,
    /// Read what others wrote in a note.
    ReadNotes,
    /// Change case files: instructions, who must not meet.
    Files,
    /// Change the policy.
    SetPolicy,
    /// Take named data out of the program.
    Export,
    /// Give and take keys: who may open the register, and what they read.
    People,
}

impl Power {
    /// Every power, in the order of the list on the policy screen.
    pub const ALL: &'static [Self] = &[
        Self::Loosen,
        Self::Gate,
        Self::OneOff,
        Self::Cancel,
        Self::Confirm,
        Self::Sign,
        Self::Correct,
        Self::SeeNotes,
        Self::ReadNotes,
        Self::Files,
        Self::SetPolicy,
        Self::Export,
        Self::People,
    ];
}

impl Default for Policy {
    /// What holds before a book has a policy: times of the handbook, and no places or reasons.
    fn default() -> Self {
        Self {
            version: 0,
            centre: Text::default(),
            zone: "Europe/London".to_owned(),
            plan: Plan {
                first: Party::Visits,
                first_min: 15,
                second_min: 5,
                hold_min: 15,
                apart_min: None,
                may_meet: false,
                routes: Vec::new(),
            },
            grace_min: 15,
            return_min: 10,
            apart_min: 15,
            gap_min: 10,
            overdue_min: 15,
            escalate_min: 30,
            report_days: 10,
            missed_limit: 2,
            refused_limit: 3,
            user_age: 18,
            address: Text::default(),
            phone: Text::default(),
            numbers: Vec::new(),
            places: Vec::new(),
            doors: Vec::new(),
            reasons: Vec::new(),
            no_part: Vec::new(),
            early: Vec::new(),
            pauses: Vec::new(),
            owed: Vec::new(),
            allowed: Vec::new(),
            kinds: Vec::new(),
            things: Vec::new(),
            messages: Vec::new(),
            powers: Vec::new(),
        }
    }
}

impl Policy {
    /// The place of a code.
    pub fn place(&self, code: &Code) -> Option<&Place> {
        self.places.iter().find(|p| p.code == *code)
    }

    /// The door of a code.
    pub fn door(&self, code: &Code) -> Option<&Door> {
        self.doors.iter().find(|d| d.code == *code)
    }

    /// The reason of a code, wherever it stands.
    pub fn reason(&self, code: &Code) -> Option<&Reason> {
        ReasonList::ALL.iter().flat_map(|list| self.reasons_of(*list)).find(|r| r.code == *code)
    }

    /// The thing of a code.
    pub fn thing(&self, code: &Code) -> Option<&Item> {
        self.things.iter().find(|t| t.code == *code)
    }

    /// The kind of message of a code.
    pub fn message(&self, code: &Code) -> Option<&Item> {
        self.messages.iter().find(|m| m.code == *code)
    }

    /// The kind of note of a code.
    pub fn kind(&self, code: &Code) -> Option<&NoteKind> {
        self.kinds.iter().find(|k| k.code == *code)
    }

    /// May this role do that?
    pub fn may(&self, role: Role, power: Power) -> bool {
        let listed = self.powers.iter().find(|p| p.power == power);
        // A power that an older policy does not name is the coordinator's.
        listed.map_or(role == Role::Coordinator, |p| p.roles.contains(&role))
    }
}
