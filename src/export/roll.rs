//! The fire roll as JSON: who is in the building, where, and who was here and is not; by the day's own rows.

use serde::Serialize;

use super::day::FORMAT;
use super::fill::{presence, time};
use crate::domain::codes::Moment;
use crate::domain::day::{Day, Presence, RollRow, Who};
use crate::domain::register::Register;

/// The roll.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RollOut {
    /// The form of this.
    pub format: u32,
    /// When it was read, by the register's clock.
    pub at: String,
    /// The calendar date of the day in hand.
    pub date: String,
    /// The centre's name.
    pub centre: String,
    /// Invented people.
    pub practice: bool,
    /// When the day was opened; `null`: it was not, and nobody is in by the book.
    pub opened: Option<String>,
    /// Everyone in the building, each once: children, adults, the team, others.
    pub people: Vec<InOut>,
    /// Who was here and is not in the building now.
    pub not_in: Vec<AwayOut>,
}

/// Somebody in the building.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct InOut {
    /// Of a person, of the team, of a visitor.
    pub id: String,
    /// `child`, `adult`, `team`, `other`.
    pub kind: String,
    /// What they are called.
    pub name: String,
    /// Their family's name, where it is known.
    pub family: Option<String>,
    /// The session that they stand on the list of.
    pub session: Option<String>,
    /// Its number for the day.
    pub no: Option<u16>,
    /// The code of the place; `null`: of the team, moving about.
    pub place: Option<String>,
    /// Its name.
    pub place_name: Option<String>,
    /// Where they muster, from 0; a child goes with the adult who has them.
    pub muster: u8,
    /// Since when they are in the building.
    pub since: Option<String>,
}

/// Somebody who was in the building.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AwayOut {
    /// Of the person.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Their family's name.
    pub family: String,
    /// The session.
    pub session: String,
    /// `out` or `left`.
    pub presence: String,
    /// Since when.
    pub since: Option<String>,
}

/// The roll of the day in hand at `now`.
pub fn roll(register: &Register, now: Moment) -> RollOut {
    let date = register.date_in_hand(now);
    let day = register.days.get(&register.day_id(date)).filter(|day| day.opened.is_some());
    let policy = day.map_or_else(|| register.policy(), |day| day.policy.clone());
    let mut rows = day.map(Day::roll).unwrap_or_default();
    rows.sort_by_key(|row| match row.who {
        Who::Child(..) => 0,
        Who::Adult(..) => 1,
        Who::Team(_) => 2,
        Who::Other(_) => 3,
    });
    RollOut {
        format: FORMAT,
        at: time(now),
        date: date.to_string(),
        centre: policy.centre.to_string(),
        practice: register.is_practice(),
        opened: day.and_then(|day| day.opened).map(time),
        people: day.map(|day| rows.iter().map(|row| within(register, day, row)).collect()).unwrap_or_default(),
        not_in: day.map(away).unwrap_or_default(),
    }
}

fn within(register: &Register, day: &Day, row: &RollRow) -> InOut {
    let place = row.place.as_ref();
    let out = InOut {
        place: place.map(ToString::to_string),
        place_name: place.and_then(|code| day.policy.place(code)).map(|place| place.name.to_string()),
        muster: day.muster_of(row),
        since: row.since.map(time),
        ..InOut::default()
    };
    match row.who {
        Who::Child(id, person) | Who::Adult(id, person) => {
            let session = day.session(id);
            let member = session.and_then(|session| session.member(person));
            InOut {
                id: person.to_string(),
                kind: if matches!(row.who, Who::Child(..)) { "child" } else { "adult" }.to_owned(),
                name: member.map(|member| member.called().to_owned()).unwrap_or_default(),
                family: member.map(|member| member.family.to_string()),
                session: Some(id.to_string()),
                no: session.map(|session| session.plan.no),
                ..out
            }
        }
        Who::Team(staff) => {
            InOut { id: staff.to_string(), kind: "team".to_owned(), name: register.staff_name(staff).to_owned(), ..out }
        }
        Who::Other(file) => InOut {
            id: file.to_string(),
            kind: "other".to_owned(),
            name: day.visitors.get(&file).map(|visitor| visitor.name.to_string()).unwrap_or_default(),
            ..out
        },
    }
}

fn away(day: &Day) -> Vec<AwayOut> {
    let mut found = Vec::new();
    for session in &day.sessions {
        for (member, attendance) in session.all() {
            if matches!(attendance.presence(), Presence::Out(_) | Presence::Left) {
                found.push(AwayOut {
                    id: member.person.to_string(),
                    name: member.called().to_owned(),
                    family: member.family.to_string(),
                    session: session.id().to_string(),
                    presence: presence(attendance).to_owned(),
                    since: attendance.moves.last().map(|m| time(m.at)),
                });
            }
        }
    }
    found
}
