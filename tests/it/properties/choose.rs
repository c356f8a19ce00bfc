//! From a number to what somebody may well ask for as things stand, sensible or not.

mod others;
mod permissions;
mod records;

use chrono::Duration;
use doorbook::domain::close;
use doorbook::domain::codes::*;
use doorbook::domain::day::Session;
use doorbook::domain::decide::*;
use doorbook::domain::event::{About, Answer, Basis, Carer, Counted, Event, Told};
use doorbook::domain::ids::*;
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;
use uuid::Uuid;

use super::steps;
use super::world::{DOORS, Mix, PLACES, World};
use crate::chance::Chance;

pub enum Next {
    Wait(Duration),
    /// The clocks change.
    Offset(i32),
    Try {
        command: Box<Command>,
        back: Option<Duration>,
        staff: usize,
        desk: usize,
    },
}

pub fn choose(world: &World, chance: &mut Chance) -> Next {
    let roll = chance.below(100);
    if roll < 11 {
        return wait(chance);
    }
    let anything = world.mix == Mix::Anything;
    let command = match roll {
        11..=30 => usual(world, chance).unwrap_or_else(|| Command::May(permission(world, chance))),
        31..=55 => Command::May(permission(world, chance)),
        56..=60 => others::allowed(world, chance),
        61..=66 if anything => Command::Happened(fact(world, chance)),
        67..=69 if anything => others::paper(world, chance),
        70..=72 if anything => correction(world, chance),
        61..=66 => Command::May(permission(world, chance)),
        67..=79 => Command::Write(record(world, chance)),
        80..=84 => day_act(world, chance),
        85..=87 => note(world, chance),
        88 => others::file(world, chance),
        89..=94 => question(world, chance),
        _ => undo(world, chance),
    };
    let back = (chance.below(7) == 0).then(|| Duration::seconds(chance.pick(&[1, 20, 60, 300, 900, 2400])));
    let (staff, desk) = match &command {
        Command::Amend(Amend::Undo { .. }) => last_hand(world, chance),
        Command::File(_) | Command::Policy(_) => (chance.pick(&[0, 0, 0, 1]), 0),
        _ => (chance.pick(&[0, 0, 1, 2, 3, 4, 4]), chance.pick(&[0, 0, 0, 1])),
    };
    Next::Try { command: Box::new(command), back, staff, desk }
}

/// What the Enter line of a card offers, its question answered by somebody who has a hand free.
pub fn usual(world: &World, chance: &mut Chance) -> Option<Command> {
    let session = session(world, chance);
    let party = chance.pick(Party::ALL);
    let worker = worker(world, chance);
    let stamp = world.stamp_now(worker);
    steps::usual(world, session.id(), party, worker, &stamp)
}

fn wait(chance: &mut Chance) -> Next {
    match chance.below(24) {
        0 => Next::Wait(-Duration::seconds(chance.pick(&[3, 70, 600]))),
        1 => Next::Offset(chance.pick(&[0, 1])),
        2 if chance.below(3) == 0 => Next::Wait(Duration::hours(9)),
        _ => Next::Wait(Duration::seconds(chance.pick(&[20, 60, 60, 180, 300, 600, 900, 1800]))),
    }
}

pub fn session<'a>(world: &'a World, chance: &mut Chance) -> &'a Session {
    let sessions = &world.day().sessions;
    if let Some(focus) = world.focus.and_then(|f| world.day().session(f)).filter(|_| chance.flip()) {
        return focus;
    }
    let n = chance.below(sessions.len().min(3));
    &sessions[if chance.below(6) == 0 { chance.below(sessions.len()) } else { n }]
}

pub fn subset<T: Clone>(chance: &mut Chance, all: &[T]) -> Vec<T> {
    let some: Vec<T> = all.iter().filter(|_| chance.below(5) < 4).cloned().collect();
    if some.is_empty() { all.iter().take(1).cloned().collect() } else { some }
}

pub fn one_or_any(chance: &mut Chance, some: &[PersonId], session: &Session) -> PersonId {
    if some.is_empty() || chance.below(12) == 0 {
        return chance.pick(&session.plan.people).person;
    }
    chance.pick(some)
}

pub fn children_in(session: &Session) -> Vec<PersonId> {
    session.children().filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect()
}

pub fn adults_in(session: &Session, party: Party) -> Vec<PersonId> {
    session.adults(party).filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect()
}

pub fn door(chance: &mut Chance) -> Code {
    Code::new(chance.pick(&DOORS))
}

pub fn place(chance: &mut Chance) -> Code {
    Code::new(chance.pick(&PLACES))
}

pub fn worker(world: &World, chance: &mut Chance) -> StaffId {
    let here: Vec<StaffId> = world.day().shift().collect();
    if here.is_empty() || chance.below(4) == 0 {
        return chance.pick(&world.staff);
    }
    chance.pick(&here)
}

pub fn permission(world: &World, chance: &mut Chance) -> Permission {
    let session = session(world, chance);
    let id = session.id();
    let both = !children_in(session).is_empty() && !adults_in(session, Party::Visits).is_empty();
    if both && !session.is_together() && chance.flip() {
        return walk(world, chance, session);
    }
    let waits = adults_in(session, Party::Visits);
    let gone = session.children().any(|(_, a)| a.left_at().is_some());
    if gone && !waits.is_empty() && children_in(session).is_empty() && chance.flip() {
        return Permission::LetGo { session: id, people: waits, door: door(chance) };
    }
    match chance.below(27) {
        20..=26 => permissions::of_course(world, chance, session),
        0..=6 => let_in(world, chance, session),
        7..=10 => walk(world, chance, session),
        11 | 12 => {
            let all: Vec<PersonId> = session.all().filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect();
            let people = if chance.flip() { subset(chance, &all) } else { vec![one_or_any(chance, &all, session)] };
            Permission::Move { session: id, people, place: place(chance) }
        }
        13 => {
            let people = subset(chance, &adults_in(session, Party::Brings));
            Permission::GoOut { session: id, people, door: door(chance) }
        }
        14..=16 => hand_over(world, chance, session),
        17 | 18 => {
            let party = chance.pick(&[Party::Visits, Party::Visits, Party::Brings]);
            let mut people = subset(chance, &adults_in(session, party));
            if chance.below(12) == 0 {
                people.extend(adults_in(session, chance.pick(Party::ALL)));
            }
            Permission::LetGo { session: id, people, door: door(chance) }
        }
        _ if chance.flip() => let_in(world, chance, session),
        _ => Permission::StaffOut { staff: worker(world, chance) },
    }
}

fn let_in(world: &World, chance: &mut Chance, session: &Session) -> Permission {
    let party = chance.pick(Party::ALL);
    let out: Vec<PersonId> = session.side(party).filter(|(_, a)| !a.is_in()).map(|(m, _)| m.person).collect();
    let mut people = subset(chance, &out);
    if chance.below(10) == 0 {
        people.push(chance.pick(&session.plan.people).person);
    }
    people.dedup();
    let (mut way_in, mut to) = world.day().usual_way(session, party);
    if chance.below(3) == 0 {
        way_in = door(chance);
    }
    if chance.below(3) == 0 {
        to = place(chance);
    }
    let carer = match chance.below(8) {
        0 => Some(Carer::Worker(worker(world, chance))),
        1 => Some(Carer::Adult(chance.pick(&session.plan.people).person)),
        _ => None,
    };
    Permission::LetIn { session: session.id(), people, door: way_in, place: to, carer }
}

fn walk(world: &World, chance: &mut Chance, session: &Session) -> Permission {
    let children = subset(chance, &children_in(session));
    let party = chance.pick(&[Party::Visits, Party::Visits, Party::Brings]);
    let adult = one_or_any(chance, &adults_in(session, party), session);
    let into = if chance.below(8) == 0 { Carer::Worker(worker(world, chance)) } else { Carer::Adult(adult) };
    let theirs = session.of(adult).and_then(|a| a.place()).cloned();
    let to = theirs.filter(|_| chance.below(8) > 0).unwrap_or_else(|| place(chance));
    Permission::Walk { session: session.id(), children, walker: worker(world, chance), place: to, into }
}

fn hand_over(world: &World, chance: &mut Chance, session: &Session) -> Permission {
    let mut children = subset(chance, &children_in(session));
    if chance.flip() {
        children.truncate(1);
    }
    let collectors: Vec<PersonId> = session.plan.people.iter().filter(|m| m.collects).map(|m| m.person).collect();
    let name = |chance: &mut Chance| Text::name(chance.pick(&["", "PC 412", "A. Jones", "01632 960001"]));
    let basis = match chance.below(10) {
        0 => Basis::Agency { agency: name(chance), name: name(chance), number: name(chance), decided: name(chance) },
        1 => {
            let on_file = session.plan.people.iter().find_map(|m| m.phone.clone()).unwrap_or_default();
            let number = if chance.flip() { on_file } else { name(chance) };
            Basis::Verified { name: name(chance), coordinator: world.staff[chance.below(2)], number }
        }
        2 => Basis::TakenWithoutUs { by: None },
        _ => Basis::Listed(one_or_any(chance, &collectors, session)),
    };
    let walker = (chance.below(3) > 0).then(|| worker(world, chance));
    Permission::HandOver { session: session.id(), children, basis, walker, door: door(chance) }
}

pub fn fact(world: &World, chance: &mut Chance) -> Fact {
    let session = session(world, chance);
    let id = session.id();
    let people: Vec<PersonId> = session.plan.people.iter().map(|m| m.person).collect();
    let children: Vec<PersonId> = session.children().map(|(m, _)| m.person).collect();
    let adults: Vec<PersonId> = session.plan.people.iter().filter(|m| !m.is_child()).map(|m| m.person).collect();
    let (person, adult) = (chance.pick(&people), chance.pick(&adults));
    match chance.below(14) {
        9..=13 => others::late_fact(world, chance, session),
        0 => Fact::SidesMet { session: id, place: place(chance) },
        1..=3 => Fact::WalkedIn { session: id, person, door: door(chance), place: place(chance) },
        4 => Fact::LeftAbout { session: id, person: adult, door: door(chance) },
        5..=6 => Fact::Left { session: id, person: adult, door: door(chance), seen: chance.flip() },
        7 => Fact::Collected { session: id, child: chance.pick(&children), by: adult, door: door(chance) },
        _ => {
            let by = chance.flip().then_some(adult);
            Fact::Taken { session: id, children: subset(chance, &children), by, door: door(chance) }
        }
    }
}

/// The time of something at the door is corrected.
fn correction(world: &World, chance: &mut Chance) -> Command {
    let doors: Vec<(EntryId, Moment)> = world
        .day()
        .entries
        .iter()
        .filter(|e| matches!(e.event.open(), Some(Event::Door(_))))
        .map(|e| (e.id, e.occurred_at))
        .collect();
    if doors.is_empty() {
        return Command::Happened(fact(world, chance));
    }
    let (entry, at) = chance.pick(&doors);
    let by = Duration::seconds(chance.pick(&[-1800, -600, -60, 60, 600]));
    Command::Amend(Amend::SetTime { entry, at: (at + by).min(world.now) })
}

pub fn record(world: &World, chance: &mut Chance) -> Record {
    let session = session(world, chance);
    let id = session.id();
    let party = chance.pick(Party::ALL);
    let why = |chance: &mut Chance, all: &[doorbook::domain::policy::Reason]| chance.pick(all).code;
    let policy = &world.policy;
    let side: Vec<PersonId> = session.side(party).map(|(m, _)| m.person).collect();
    match chance.below(20) {
        10..=19 => records::of_course(world, chance, session),
        0 | 1 => {
            let told = chance.flip().then(|| Told {
                at: world.now - Duration::minutes(90),
                by: None,
                to: worker(world, chance),
                channel: Channel::Phone,
            });
            Record::NotComing { session: id, people: subset(chance, &side), why: why(chance, &policy.reasons), told }
        }
        2 => Record::OnTheWay { session: id, party, expected: Some(world.now + Duration::minutes(10)) },
        3 => Record::ToldOther { session: id, party, channel: Channel::Phone },
        4 => Record::NotAdmit {
            session: id,
            people: vec![one_or_any(chance, &side, session)],
            why: why(chance, &policy.no_part),
        },
        5 => Record::Unlisted { session: id, party, name: Text::name("A man") },
        6 => Record::NoPart {
            session: id,
            children: subset(chance, &children_in(session)),
            why: why(chance, &policy.no_part),
            tried_from: world.now - Duration::minutes(5),
        },
        7 | 8 => {
            let walker = (chance.below(5) > 0).then(|| worker(world, chance));
            Record::EndEarly { session: id, party: Some(party), why: why(chance, &policy.early), walker }
        }
        _ => Record::Keep { session: id, children: subset(chance, &children_in(session)), with: worker(world, chance) },
    }
}

fn day_act(world: &World, chance: &mut Chance) -> Command {
    let inside: Vec<FileId> = world.day().visitors.keys().copied().collect();
    let act = match chance.below(12) {
        0 => DayAct::TakeDesk { staff: worker(world, chance) },
        1..=4 => DayAct::StaffIn { staff: worker(world, chance) },
        5 => {
            let session = chance.flip().then(|| session(world, chance).id());
            let (name, what) = (Text::name("Mr Brown"), Text::name("interpreter"));
            DayAct::VisitorIn { name, what, place: place(chance), session }
        }
        6 if !inside.is_empty() => DayAct::VisitorOut { visitor: chance.pick(&inside) },
        7 => DayAct::Muster { seen: 3, of: 3, seconds: 90 },
        8 => DayAct::Count(Counted { children: 0, adults: 0, team: 1, others: 0 }),
        9 => DayAct::Count(heads(world)),
        10 => DayAct::Sign,
        11 if chance.flip() => {
            let inside = heads(world);
            DayAct::Resume { minutes: 23, inside: inside.children + inside.adults, so: chance.flip() }
        }
        _ => DayAct::Reopen { why: Text::note("a time was wrong") },
    };
    Command::Day(act)
}

/// What an honest count would give.
pub fn heads(world: &World) -> Counted {
    let heads = world.day().heads();
    Counted { children: heads.children, adults: heads.adults, team: heads.team, others: heads.others }
}

fn note(world: &World, chance: &mut Chance) -> Command {
    if chance.below(3) == 0 {
        return Command::Note(others::message(world, chance));
    }
    let notes: Vec<NoteId> = world.day().notes.iter().map(|n| n.id).collect();
    if notes.is_empty() || chance.below(4) == 0 {
        let session = session(world, chance).id();
        return Command::Note(NoteAct::Raise { session: Some(session), place: None });
    }
    let note = chance.pick(&notes);
    let about = match chance.below(3) {
        0 => About::Nobody(FileId(Uuid::from_u128(0xF11E))),
        1 => About::Worker { file: FileId(Uuid::from_u128(0xF11F)), staff: worker(world, chance) },
        _ => {
            let session = session(world, chance);
            About::Session { session: session.id(), case: session.plan.case }
        }
    };
    Command::Note(match chance.below(4) {
        0 => NoteAct::Mistake { note },
        1 => NoteAct::See { note },
        _ => {
            NoteAct::Tell { note, about, kind: Some(Code::new("DISC")), words: Text::note("She said so."), paper: None }
        }
    })
}

/// An answer to a question of the close.
fn question(world: &World, chance: &mut Chance) -> Command {
    let questions = close::questions(world.day(), world.now);
    let answers: Vec<Command> = questions
        .into_iter()
        .flat_map(|q| q.answers)
        .filter_map(|a| a.command)
        .filter(|c| world.mix == Mix::Anything || !matches!(c, Command::Happened(_)))
        .collect();
    if answers.is_empty() {
        return Command::Amend(Amend::Answer(Answer::CountStands { counted: heads(world) }));
    }
    chance.pick(&answers)
}

fn undo(world: &World, chance: &mut Chance) -> Command {
    let (staff, desk) = last_hand(world, chance);
    let act = last_act(world.day(), world.staff[staff], world.desks[desk]);
    match act {
        Some(act) => Command::Amend(Amend::Undo { act }),
        None => day_act(world, chance),
    }
}

/// Whoever wrote last, where they wrote it.
fn last_hand(world: &World, _: &mut Chance) -> (usize, usize) {
    let last = world.day().entries.iter().rev().find_map(|e| match e.by {
        doorbook::domain::event::By::Staff(staff) => Some((staff, e.desk)),
        doorbook::domain::event::By::Program => None,
    });
    let Some((staff, desk)) = last else { return (0, 0) };
    let staff = world.staff.iter().position(|s| *s == staff).unwrap_or(0);
    (staff, world.desks.iter().position(|d| *d == desk).unwrap_or(0))
}
