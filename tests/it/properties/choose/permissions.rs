//! Permissions of how contact goes: given to another adult, out with the side that visits, on after a pause, by video,
//! cancelled.

use chrono::Duration;
use doorbook::domain::codes::Party;
use doorbook::domain::day::Session;
use doorbook::domain::decide::{Journey, Permission};
use doorbook::domain::event::Carer;
use doorbook::domain::ids::PersonId;
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;

use super::{adults_in, children_in, door, one_or_any, subset, worker};
use crate::chance::Chance;
use crate::properties::world::World;

pub fn of_course(world: &World, chance: &mut Chance, session: &Session) -> Permission {
    let id = session.id();
    match chance.below(10) {
        0..=3 => {
            let children = subset(chance, &children_in(session));
            let party = chance.pick(Party::ALL);
            let adult = one_or_any(chance, &adults_in(session, party), session);
            let staff = session.supervisor.filter(|_| chance.below(3) > 0).unwrap_or_else(|| worker(world, chance));
            let carer = if chance.below(3) == 0 { Carer::Adult(adult) } else { Carer::Worker(staff) };
            Permission::Give { session: id, children, carer }
        }
        4..=6 => take_out(world, chance, session),
        7 => Permission::Resume { session: id },
        8 => {
            let visits: Vec<PersonId> = session.adults(Party::Visits).map(|(m, _)| m.person).collect();
            Permission::Connect { session: id, person: one_or_any(chance, &visits, session) }
        }
        _ => Permission::Cancel { session: id, why: Code::new(chance.pick(&["X-STF", "X-SUP", "no such code"])) },
    }
}

pub fn take_out(world: &World, chance: &mut Chance, session: &Session) -> Permission {
    let children = subset(chance, &children_in(session));
    let adult = one_or_any(chance, &adults_in(session, Party::Visits), session);
    let staff = session.supervisor.filter(|_| chance.below(3) > 0).unwrap_or_else(|| worker(world, chance));
    let along = session.plan.kind.is_supervised() && chance.below(5) > 0 || chance.below(8) == 0;
    let journey = Journey {
        until: (chance.below(5) > 0).then(|| world.now + Duration::minutes(chance.pick(&[30, 90, 300]))),
        to: Text::name(chance.pick(&["", "the park"])),
        number: chance.flip().then(|| Text::name("07700 900123")),
        worker: along.then_some(staff),
    };
    Permission::TakeOut { session: session.id(), children, adult, journey, door: door(chance) }
}
