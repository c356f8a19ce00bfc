//! Records of how contact goes and of what the desk keeps: supervisor, pause, call, things, minutes owed, the report.

use chrono::Duration;
use doorbook::domain::codes::*;
use doorbook::domain::day::Session;
use doorbook::domain::decide::Record;
use doorbook::domain::ids::{PersonId, ThingId};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;
use uuid::Uuid;

use super::{one_or_any, place, worker};
use crate::chance::Chance;
use crate::properties::world::World;

pub fn of_course(world: &World, chance: &mut Chance, session: &Session) -> Record {
    let id = session.id();
    let party = chance.pick(Party::ALL);
    let channel = chance.pick(Channel::ALL);
    let on_line: Vec<PersonId> = session.all().filter(|(_, a)| a.is_on_line()).map(|(m, _)| m.person).collect();
    if !on_line.is_empty() && chance.below(3) == 0 {
        return Record::Disconnect { session: id, person: chance.pick(&on_line) };
    }
    match chance.below(12) {
        0 | 1 => Record::Supervisor { session: id, staff: worker(world, chance) },
        2 | 3 => {
            let to = chance.flip().then(|| place(chance));
            Record::Pause { session: id, why: chance.pick(&world.policy.pauses).code, place: to }
        }
        4 => Record::TenMinutes { session: id },
        5 => Record::Owe { session: id, minutes: 15, party, why: chance.pick(&world.policy.owed).code },
        6 => {
            let due = (world.now + Duration::days(10)).date_naive();
            Record::Report { session: id, owner: worker(world, chance), due }
        }
        7 => Record::Disconnect { session: id, person: one_or_any(chance, &on_line, session) },
        8 => {
            let number = chance.pick(&world.policy.numbers).name;
            let person = chance.flip().then(|| chance.pick(&session.plan.people).person);
            let number = person.is_none().then_some(number);
            Record::Call { session: id, person, number, answer: chance.pick(CallAnswer::ALL) }
        }
        9 => Record::ToldWorker { session: id, channel },
        10 => {
            let what: Code = chance.pick(&world.policy.things).code;
            Record::KeepThing { session: id, party, what, place: Text::name("locker 4") }
        }
        _ => {
            let kept: Vec<ThingId> = session.things.iter().map(|t| t.id).collect();
            let thing = if kept.is_empty() { ThingId(Uuid::from_u128(0xDEAD)) } else { chance.pick(&kept) };
            Record::GiveBack { session: id, thing }
        }
    }
}
