//! Who is in the building, by place: the fire roll, and the heads in the board's second line.

use crate::domain::codes::Moment;
use crate::domain::day::{Day, Presence, Spell};
use crate::domain::event::Carer;
use crate::domain::ids::{FileId, PersonId, SessionId, StaffId};
use crate::domain::policy::Code;

/// How many are in the building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Children.
    pub children: u16,
    /// Adults of either side.
    pub adults: u16,
    /// The team.
    pub team: u16,
    /// Anyone else.
    pub others: u16,
}

impl Head {
    /// All of them.
    pub fn all(self) -> u16 {
        self.children + self.adults + self.team + self.others
    }
}

/// One person on the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// A child of a session.
    Child(SessionId, PersonId),
    /// An adult of a session.
    Adult(SessionId, PersonId),
    /// Someone of the team.
    Team(StaffId),
    /// Anyone else.
    Other(FileId),
}

/// One row of the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRow {
    /// Who.
    pub who: Who,
    /// Where; `None`: of the team, moving about.
    pub place: Option<Code>,
    /// Since when they are in the building.
    pub since: Option<Moment>,
}

impl Day {
    /// Everyone in the building. A person who is in twice by two cases stands once.
    pub fn roll(&self) -> Vec<RollRow> {
        let mut rows: Vec<RollRow> = Vec::new();
        for session in &self.sessions {
            for (member, attendance) in session.all() {
                let Presence::In(place) = attendance.presence() else { continue };
                let id = session.plan.session;
                let child = member.is_child();
                let who = if child { Who::Child(id, member.person) } else { Who::Adult(id, member.person) };
                let seen = rows.iter().any(|r| r.who.person() == Some(member.person));
                if !seen {
                    rows.push(RollRow { who, place: Some(place.clone()), since: attendance.came_at() });
                }
            }
        }
        let here = |spell: &Spell| spell.went.is_none();
        for (staff, spells) in &self.team {
            if let Some(spell) = spells.last().filter(|s| here(s) && !self.is_away(*staff)) {
                // Who has a child is where the child is, whatever was said of them before.
                let place = self.place_of_worker(*staff).or_else(|| spell.place.clone());
                rows.push(RollRow { who: Who::Team(*staff), place, since: Some(spell.came) });
            }
        }
        for (file, visitor) in self.visitors.iter().filter(|(_, v)| here(&v.spell)) {
            let (place, since) = (visitor.spell.place.clone(), Some(visitor.spell.came));
            rows.push(RollRow { who: Who::Other(*file), place, since });
        }
        rows
    }

    /// A worker who has a child is where the child is.
    fn place_of_worker(&self, staff: StaffId) -> Option<Code> {
        let (session, child) = *self.in_care_of(Carer::Worker(staff)).first()?;
        self.session(session)?.of(child)?.place().cloned()
    }

    /// Where somebody of the roll musters, by the policy's number: a child goes with the adult who has them.
    pub fn muster_of(&self, row: &RollRow) -> u8 {
        let of_place = |place: &Code| self.policy.place(place).map(|p| p.muster);
        let own = row.place.as_ref().and_then(of_place).unwrap_or(0);
        let Who::Child(session, child) = row.who else { return own };
        let carer = self.session(session).and_then(|s| s.of(child)).and_then(|a| a.carer());
        let with = match carer {
            Some(Carer::Adult(adult)) => {
                self.sessions.iter().filter_map(|s| s.of(adult)).find_map(|a| a.place()).and_then(of_place)
            }
            _ => None,
        };
        with.unwrap_or(own)
    }

    /// How many are in the building.
    pub fn heads(&self) -> Head {
        let mut head = Head::default();
        for row in self.roll() {
            let count = match row.who {
                Who::Child(..) => &mut head.children,
                Who::Adult(..) => &mut head.adults,
                Who::Team(_) => &mut head.team,
                Who::Other(_) => &mut head.others,
            };
            *count += 1;
        }
        head
    }
}

impl Who {
    fn person(self) -> Option<PersonId> {
        match self {
            Self::Child(_, person) | Self::Adult(_, person) => Some(person),
            _ => None,
        }
    }
}
