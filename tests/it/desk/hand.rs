//! A hand at the desk for tests of one screen: writes commands without the screens that would ask for them.

use doorbook::app::Then;
use doorbook::domain::codes::{Channel, Moment, Party};
use doorbook::domain::decide::{Command, DayAct, NoteAct, Permission, Record};
use doorbook::domain::event::{Basis, Carer, Told};
use doorbook::domain::ids::{PersonId, SessionId, StaffId};
use doorbook::domain::policy::Code;

use super::harness::Desk;

/// The practice Saturday at a time, opened at 08:55 by Ruth with all five on shift, and this person at the desk.
pub fn saturday(at: &str, who: &str) -> Desk {
    let mut desk = Desk::practice("08:55");
    let ruth = staff(&desk, "Ruth");
    desk.app.who = Some(ruth);
    let date = desk.app.date;
    write(&mut desk, &Command::Day(DayAct::Open { date }));
    for name in ["Sam", "Walter", "Priya", "Jean"] {
        let staff = staff(&desk, name);
        write(&mut desk, &Command::Day(DayAct::StaffIn { staff }));
    }
    desk.keys(&format!("@{at}"));
    takes(&mut desk, who);
    desk.app.to_board();
    desk
}

pub fn takes(desk: &mut Desk, who: &str) {
    let staff = staff(desk, who);
    write(desk, &Command::Day(DayAct::TakeDesk { staff }));
}

pub fn staff(desk: &Desk, name: &str) -> StaffId {
    desk.app.register.team.values().find(|c| c.given.as_str() == name).unwrap().staff
}

pub fn session(desk: &Desk, no: u16) -> SessionId {
    desk.app.day().unwrap().numbered(no).unwrap().id()
}

pub fn people(desk: &Desk, no: u16, names: &str) -> Vec<PersonId> {
    let session = desk.app.day().unwrap().numbered(no).unwrap();
    let named = |name: &str| session.plan.people.iter().find(|m| m.given.as_str() == name).unwrap().person;
    names.split_whitespace().map(named).collect()
}

#[track_caller]
pub fn write(desk: &mut Desk, command: &Command) {
    write_at(desk, command, None);
}

#[track_caller]
pub fn write_at(desk: &mut Desk, command: &Command, at: Option<Moment>) {
    assert!(desk.write(command, at, Then::Stay), "refused: {command:?}: {:?}", desk.app.flash);
}

/// Lets people of one side in by the front door.
pub fn lets_in(desk: &mut Desk, no: u16, names: &str, place: &str) {
    let (session, people) = (session(desk, no), people(desk, no, names));
    let (door, place) = (Code::new("front"), Code::new(place));
    write(desk, &Command::May(Permission::LetIn { session, people, door, place, carer: None }));
}

/// Sam walks children over.
pub fn walks(desk: &mut Desk, no: u16, children: &str, into: &str, place: &str) {
    let (id, children) = (session(desk, no), people(desk, no, children));
    let into = Carer::Adult(people(desk, no, into)[0]);
    let (walker, place) = (staff(desk, "Sam"), Code::new(place));
    write(desk, &Command::May(Permission::Walk { session: id, children, walker, place, into }));
}

/// Hands children over to somebody of the list.
pub fn hands_over(desk: &mut Desk, no: u16, children: &str, to: &str) {
    let (id, children) = (session(desk, no), people(desk, no, children));
    let basis = Basis::Listed(people(desk, no, to)[0]);
    let walker = Some(staff(desk, "Sam"));
    let door = Code::new("front");
    write(desk, &Command::May(Permission::HandOver { session: id, children, basis, walker, door }));
}

/// Lets adults go.
pub fn lets_go(desk: &mut Desk, no: u16, names: &str) {
    let (session, people) = (session(desk, no), people(desk, no, names));
    write(desk, &Command::May(Permission::LetGo { session, people, door: Code::new("front") }));
}

/// A whole side does not come, for this reason.
pub fn not_coming(desk: &mut Desk, no: u16, party: Party, why: &str, told: bool) {
    let day = desk.app.day().unwrap();
    let of = day.numbered(no).unwrap();
    let people: Vec<PersonId> = of.expected(party).map(|(m, _)| m.person).collect();
    let (session, to) = (of.id(), desk.app.who.unwrap());
    let told = told.then_some(Told { at: desk.now, by: None, to, channel: Channel::Phone });
    write(desk, &Command::Write(Record::NotComing { session, people, why: Code::new(why), told }));
}

pub fn note(desk: &mut Desk, no: u16) {
    let session = Some(session(desk, no));
    write(desk, &Command::Note(NoteAct::Raise { session, place: None }));
}

/// A small day up to the close: No 1 is held and Dan was never signed out; of No 4 the side that brings is not known;
/// the others cancelled in time; one note is not seen.
pub fn small_day(who: &str) -> Desk {
    let mut desk = saturday("09:00", who);
    for no in [2, 3, 5, 6, 7, 8, 9, 10, 11, 12] {
        not_coming(&mut desk, no, Party::Brings, "C-ILL", true);
        let (session, channel) = (session(&desk, no), Channel::Phone);
        write(&mut desk, &Command::Write(Record::ToldOther { session, party: Party::Visits, channel }));
    }
    desk.keys("@09:45");
    lets_in(&mut desk, 1, "Dan", "oak");
    lets_in(&mut desk, 4, "Kofi", "garden");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:00");
    walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    desk.keys("@10:14");
    note(&mut desk, 6);
    not_coming(&mut desk, 4, Party::Brings, "R-NOW", false);
    desk.keys("@10:30");
    lets_go(&mut desk, 4, "Kofi");
    desk.keys("@12:00");
    hands_over(&mut desk, 1, "Mia Leo", "Sarah");
    desk.keys("@12:52");
    desk
}
