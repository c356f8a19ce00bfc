//! What goes past the rules or comes after the event: overrides, paper lines, facts of which nobody wrote at the time,
//! messages, changed files.

use chrono::Duration;
use doorbook::domain::codes::*;
use doorbook::domain::day::Session;
use doorbook::domain::decide::*;
use doorbook::domain::event::{Basis, Carer, OutFor};
use doorbook::domain::ids::{CaseId, InstructionId, NoteId, PersonId};
use doorbook::domain::policy::{Code, Policy};
use doorbook::domain::text::Text;

use super::{adults_in, children_in, door, fact, permission, place, record, session, subset, worker};
use crate::chance::Chance;
use crate::properties::world::{World, instruction};

/// By those who may and those who may not, here and by name only.
pub fn allowed(world: &World, chance: &mut Chance) -> Command {
    // Mostly something that a rule with a power stands against.
    let stands = |asked: &Permission| {
        let stamp = world.stamp_now(world.staff[0]);
        let refused = decide(&world.register, world.day, &Command::May(asked.clone()), &stamp).err();
        refused.is_some_and(|refusal| refusal.power().is_some())
    };
    let mut permission = super::permission(world, chance);
    for _ in 0..12 {
        if stands(&permission) {
            break;
        }
        permission = super::permission(world, chance);
    }
    let by = chance.pick(&[world.staff[0], world.staff[0], world.staff[2], world.staff[1], world.staff[3]]);
    let why = Code::new(chance.pick(&["A-SAW", "A-BTH", "A-PAP", "A-URG", "A-OTH"]));
    Command::Allowed(Allowance { permission, by, how: chance.pick(How::ALL), why })
}

/// A line of the sheet: what it says is judged at the time that it gives.
pub fn paper(world: &World, chance: &mut Chance) -> Command {
    let says = match chance.below(6) {
        0..=2 => Command::May(permission(world, chance)),
        3 | 4 => Command::Happened(fact(world, chance)),
        _ => Command::Write(record(world, chance)),
    };
    Command::Paper(PaperLine { sheet: 1, line: chance.below(24) as u32, says: Box::new(says) })
}

pub fn late_fact(world: &World, chance: &mut Chance, session: &Session) -> Fact {
    let id = session.id();
    let children: Vec<PersonId> = session.children().map(|(m, _)| m.person).collect();
    let adults: Vec<PersonId> = session.plan.people.iter().filter(|m| !m.is_child()).map(|m| m.person).collect();
    let here = children_in(session);
    let some = if here.is_empty() || chance.below(4) == 0 { &children } else { &here };
    let some = subset(chance, some);
    match chance.below(14) {
        10 => Fact::Moved { session: id, people: vec![chance.pick(&adults)], place: place(chance) },
        11 if !here.is_empty() => Fact::Moved { session: id, people: some, place: place(chance) },
        12 | 13 => {
            let worker = Carer::Worker(worker(world, chance));
            let carer = if chance.flip() { Carer::Adult(chance.pick(&adults)) } else { worker };
            Fact::Given { session: id, children: some, carer }
        }
        11 => {
            let number = Text::name("01632 960001");
            let basis = Basis::Verified { name: Text::name("A. Jones"), coordinator: world.staff[0], number };
            Fact::HandedOver { session: id, children: some, basis, door: door(chance) }
        }
        0..=3 => {
            let here = adults_in(session, Party::Visits);
            let adult = if here.is_empty() { chance.pick(&adults) } else { chance.pick(&here) };
            let into = if chance.flip() { Carer::Adult(adult) } else { Carer::Worker(worker(world, chance)) };
            Fact::Walked { session: id, children: some, walker: worker(world, chance), place: place(chance), into }
        }
        4 => {
            let adult = chance.pick(&adults);
            Fact::WentOut { session: id, people: vec![adult], door: door(chance), out: OutFor::Reachable }
        }
        5 | 6 => {
            let here = adults_in(session, Party::Visits);
            let adult = if here.is_empty() { chance.pick(&adults) } else { chance.pick(&here) };
            let (until, along) = (chance.flip().then(|| world.now + Duration::minutes(60)), chance.below(4) == 0);
            let worker = along.then(|| worker(world, chance));
            let out = OutFor::WithVisiting { adult, until, to: Text::default(), number: None, worker };
            let people = some.into_iter().chain([adult]).collect();
            Fact::WentOut { session: id, people, door: door(chance), out }
        }
        7 => Fact::WrongChild { session: id, child: chance.pick(&children), door: door(chance) },
        _ => Fact::Home { session: id, children: some, said_by: chance.pick(&adults) },
    }
}

pub fn message(world: &World, chance: &mut Chance) -> NoteAct {
    let left: Vec<NoteId> = world.day().messages.iter().map(|m| m.id).collect();
    if !left.is_empty() && chance.flip() {
        return NoteAct::Deal { message: chance.pick(&left) };
    }
    let about = chance.flip().then(|| session(world, chance).id());
    let kind = Code::new(chance.pick(&["PAPERS", "PAPERS", "NUMBER", "MOVE"]));
    NoteAct::Leave { session: about, kind, words: Text::name("07700 900999") }
}

/// A case file or the policy is changed while the day is open.
pub fn file(world: &World, chance: &mut Chance) -> Command {
    let today = session(world, chance);
    let case = today.plan.case;
    let one = chance.pick(&today.plan.people).person;
    let another = session(world, chance);
    let other = chance.pick(&another.plan.people).person;
    let others: Vec<CaseId> = world.day().sessions.iter().map(|s| s.plan.case).collect();
    let why = || Text::name("as agreed");
    let act = match chance.below(9) {
        0 | 1 => FileAct::KeepApart { case, one, other, why: None },
        2 => match today.apart.first().copied() {
            Some((one, other)) => FileAct::CloseApart { case, one, other, why: why() },
            None => FileAct::CloseApart { case, one, other, why: why() },
        },
        3 => FileAct::FamiliesApart { case, other: chance.pick(&others), why: None },
        4 => FileAct::CloseFamilies { case, other: chance.pick(&others), why: why() },
        5 | 6 => {
            let flag = chance.pick(&[Flag::DoNotMeet, Flag::Suspended, Flag::Premises, Flag::LookedAfter]);
            let id = 0xA00 + chance.below(6) as u128;
            let instruction = instruction(id, flag, chance.pick(&[Effect::Block, Effect::Block, Effect::Warn]));
            FileAct::Instruct { case, instruction: Box::new(instruction) }
        }
        7 => {
            let held: Vec<InstructionId> = today.instructions.iter().map(|i| i.id).collect();
            let unknown = InstructionId(uuid::Uuid::from_u128(0xDEAD));
            let instruction = if held.is_empty() { unknown } else { chance.pick(&held) };
            FileAct::Withdraw { case, instruction }
        }
        _ => {
            let policy = world.register.policy();
            let grace_min = chance.pick(&[5, 10, 20, 999]);
            return Command::Policy(Box::new(Policy { grace_min, ..(*policy).clone() }));
        }
    };
    Command::File(act)
}
