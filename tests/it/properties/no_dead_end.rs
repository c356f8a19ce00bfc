//! No dead end: from wherever a day has come to, also after facts against rules, what was allowed and denied, papers
//! that wait, a supervisor who went home and a power cut, it can be brought to an honest signed close by what the
//! program itself offers: the Enter line, the digits of its questions, the answers of the close.

use chrono::Duration;
use doorbook::domain::close::{self, Subject};
use doorbook::domain::codes::{How, Moment, Party};
use doorbook::domain::day::Presence;
use doorbook::domain::decide::{Allowance, Command, DayAct, Permission, Record};
use doorbook::domain::event::{Basis, Carer};
use doorbook::domain::ids::{PersonId, SessionId};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;
use proptest::prelude::*;

use super::choose::heads;
use super::closing::{last, open_ends};
use super::conduct::log;
use super::steps;
use super::world::{DOORS, Mix, World};
use super::{cases, numbers};
use crate::chance::Chance;

/// Ruth, who coordinates, and Walter, who leads the session.
const RUTH: usize = 0;
const WALTER: usize = 2;

/// Time goes on, whatever the clock did.
fn go_on(world: &mut World, minutes: i64) {
    world.now = world.now.max(last(world)) + Duration::minutes(minutes);
}

/// Whoever signs it is here, and the day is open to be written in.
fn somebody_is_here(world: &mut World) {
    go_on(world, 1);
    if world.day().is_signed() {
        let why = Text::note("more was to be written");
        assert!(world.attempt(&Command::Day(DayAct::Reopen { why }), None, RUTH, 0).result.is_ok());
    }
    for staff in [RUTH, WALTER, 3] {
        let staff = world.staff[staff];
        let _ = world.attempt(&Command::Day(DayAct::StaffIn { staff }), None, RUTH, 0);
    }
}

/// A step of the day that the desk itself offers, by whichever door is free, or allowed by Ruth; `true`: it was written.
fn a_step(world: &mut World, session: SessionId, party: Party) -> bool {
    let stamp = world.stamp_now(world.staff[WALTER]);
    let walker = a_free_hand(world);
    let Some(command) = steps::usual(world, session, party, walker, &stamp) else {
        return elsewise(world, session, party);
    };
    if world.attempt(&command, None, WALTER, 0).result.is_ok() {
        return true;
    }
    let Command::May(permission) = command else { return false };
    past(world, &permission)
}

/// Somebody on shift, who is not out with a child.
fn a_free_hand(world: &World) -> doorbook::domain::ids::StaffId {
    let day = world.day();
    let free = day.shift().find(|s| !day.is_away(*s) && *s != world.staff[RUTH]);
    free.unwrap_or(world.staff[RUTH])
}

/// By the other door; else Ruth allows it.
fn past(world: &mut World, permission: &Permission) -> bool {
    for door in DOORS {
        let permission = by_door(permission, &Code::new(door));
        if world.attempt(&Command::May(permission.clone()), None, RUTH, 0).result.is_ok() {
            return true;
        }
        let (by, why) = (world.staff[RUTH], Code::new("A-OTH"));
        let allowed = Command::Allowed(Allowance { permission, by, how: How::Here, why });
        if world.attempt(&allowed, None, RUTH, 0).result.is_ok() {
            return true;
        }
    }
    false
}

fn by_door(permission: &Permission, door: &Code) -> Permission {
    let mut other = permission.clone();
    match &mut other {
        Permission::LetIn { door: d, .. }
        | Permission::GoOut { door: d, .. }
        | Permission::HandOver { door: d, .. }
        | Permission::LetGo { door: d, .. }
        | Permission::TakeOut { door: d, .. } => *d = door.clone(),
        _ => {}
    }
    other
}

/// Where the Enter line waits, what the footer offers: end early, hand over, to an agency if need be, let go, hang up.
fn elsewise(world: &mut World, session: SessionId, party: Party) -> bool {
    let walker = a_free_hand(world);
    let known = world.day().session(session).unwrap();
    let inside = |child: bool| -> Vec<PersonId> {
        known.all().filter(|(m, a)| m.is_child() == child && a.is_in()).map(|(m, _)| m.person).collect()
    };
    let (children, adults) = (inside(true), inside(false));
    let on_line: Vec<PersonId> = known.all().filter(|(_, a)| a.is_on_line()).map(|(m, _)| m.person).collect();
    let collectors: Vec<PersonId> = known.all().filter(|(m, _)| m.collects).map(|(m, _)| m.person).collect();
    let adults: Vec<PersonId> =
        adults.into_iter().filter(|p| known.member(*p).is_some_and(|m| m.party() == party)).collect();
    let mut asked = Vec::new();
    if !children.is_empty() && party == Party::Brings {
        let text = |t| Text::name(t);
        let agency = Basis::Agency {
            agency: text("duty team"),
            name: text("A. Jones"),
            number: text("01632 960001"),
            decided: text("Ruth"),
        };
        for basis in collectors.into_iter().map(Basis::Listed).chain([agency]) {
            let (children, door) = (children.clone(), Code::new("front"));
            asked.push(Permission::HandOver { session, children, basis, walker: Some(walker), door });
        }
        let carer = Carer::Worker(walker);
        asked.push(Permission::Give { session, children: children.clone(), carer });
    }
    if children.is_empty() && !adults.is_empty() {
        asked.push(Permission::LetGo { session, people: adults, door: Code::new("front") });
    }
    let hang_up = |person| Command::Write(Record::Disconnect { session, person });
    let written: Vec<Command> = on_line.into_iter().map(hang_up).collect();
    written.iter().any(|c| world.attempt(c, None, WALTER, 0).result.is_ok()) || asked.iter().any(|p| past(world, p))
}

/// Plays the Enter lines until everybody has gone home, or nothing is offered any more.
fn everybody_home(world: &mut World) {
    somebody_is_here(world);
    let sessions: Vec<SessionId> = world.day().sessions.iter().map(|s| s.id()).collect();
    for _ in 0..30 {
        let here = |world: &World| {
            world.day().sessions.iter().any(|s| {
                s.all().any(|(_, a)| {
                    !matches!(
                        a.presence(),
                        Presence::Expected | Presence::Left | Presence::NotComing(_) | Presence::NotAdmitted
                    )
                })
            })
        };
        if !here(world) {
            return;
        }
        for session in &sessions {
            for party in Party::ALL {
                let is_here = world.day().session(*session).is_some_and(|s| {
                    s.side(*party)
                        .any(|(_, a)| a.is_in() || matches!(a.presence(), Presence::Out(_) | Presence::OnLine))
                });
                if is_here {
                    a_step(world, *session, *party);
                }
            }
        }
        go_on(world, 20);
    }
}

/// Gives answers of the close, in the order of a number, until none is asked; says what was tried where it is stuck.
pub fn answer_all(world: &mut World, order: u64) -> Result<usize, String> {
    let mut chance = Chance::new(order);
    for round in 0..600 {
        world.now = world.now.max(last(world)) + Duration::seconds(61);
        let questions = close::questions(world.day(), world.now);
        let Some(question) = questions.get(chance.below(questions.len().max(1))).cloned() else { return Ok(round) };
        let mut answers = question.answers.clone();
        if chance.flip() {
            answers.reverse();
        }
        let mut said = Vec::new();
        let mut gone = false;
        for answer in &answers {
            let Some(command) = &answer.command else { continue };
            let back = answer.at.map(|at: Moment| world.now - at);
            let refused = [RUTH, WALTER].into_iter().filter_map(|by| world.attempt(command, back, by, 0).result.err());
            // Whoever is asked first answers; the other is asked only if they may not.
            let first = refused.take(2).collect::<Vec<_>>();
            said.push(format!("{:?}: {first:?}", answer.says));
            gone = close::questions(world.day(), world.now).iter().all(|q| q.about != question.about);
            if gone {
                break;
            }
        }
        if !gone
            && matches!(
                question.about,
                Subject::Count | Subject::OtherIn(_) | Subject::AdultIn { .. } | Subject::ChildIn { .. }
            )
        {
            world.now += Duration::seconds(61);
            let counted = heads(world);
            let _ = world.attempt(&Command::Day(DayAct::Count(counted)), None, RUTH, 0);
            gone = matches!(question.about, Subject::Count);
        }
        if !gone && !said.is_empty() {
            return Err(format!("no answer takes {:?} away:\n  {}", question.about, said.join("\n  ")));
        }
    }
    Err(format!("the questions never end: {:?}", close::questions(world.day(), world.now)))
}

/// From where the day is to a signature under it, honestly.
pub fn closes(world: &mut World, order: u64) -> Result<(), String> {
    somebody_is_here(world);
    let counted = heads(world);
    if let Err(refused) = world.attempt(&Command::Day(DayAct::Count(counted)), None, RUTH, 0).result {
        return Err(format!("heads cannot be counted: {refused:?}"));
    }
    answer_all(world, order)?;
    let by = if order.is_multiple_of(2) { RUTH } else { WALTER };
    if let Err(refused) = world.attempt(&Command::Day(DayAct::Sign), None, by, 0).result {
        return Err(format!("it cannot be signed: {refused:?}"));
    }
    let ends = open_ends(world);
    if ends.is_empty() { Ok(()) } else { Err(format!("signed over {ends:?}")) }
}

/// Children who are here, or adults, when nothing more is offered.
fn still_here(world: &World) -> Vec<String> {
    let stamp = world.stamp_now(world.staff[WALTER]);
    let mut all = Vec::new();
    for session in &world.day().sessions {
        for (member, attendance) in session.all().filter(|(_, a)| a.is_in() || matches!(a.presence(), Presence::Out(_)))
        {
            let steps = Party::ALL.iter().map(|party| steps::step_of(world, session.id(), *party, &stamp));
            let steps: Vec<String> = steps.map(|step| format!("{step:?}")).collect();
            all.push(format!(
                "{} of {} ({:?}) is {:?} with {:?}\n      {}",
                member.person,
                session.id(),
                session.plan.kind,
                attendance.presence(),
                attendance.carer(),
                steps.join("\n      ")
            ));
        }
    }
    all
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_day_can_be_closed_honestly(seed: u64, numbers in numbers(90), order: u64) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        if let Err(stuck) = closes(&mut world, order) {
            prop_assert!(false, "{stuck}\n{}", log(&world));
        }
    }

    /// By the Enter lines and what the footer offers, and nothing that has to be said to have happened.
    #[test]
    fn everybody_can_go_home_by_what_is_offered(seed: u64, numbers in numbers(60)) {
        let mut world = World::new(seed, Mix::Asked);
        numbers.iter().for_each(|n| { world.next(*n); });
        everybody_home(&mut world);
        let still = still_here(&world);
        prop_assert!(still.is_empty(), "{}\n{}", still.join("\n"), log(&world));
    }
}
