//! What the Enter line of a card would do, its question answered: the usual course of a day.

use doorbook::domain::codes::Party;
use doorbook::domain::decide::{Command, Journey, Permission, Stamp};
use doorbook::domain::event::{Basis, Carer};
use doorbook::domain::ids::{PersonId, SessionId, StaffId};
use doorbook::domain::next::{Question, Step, next_step, usual_ticks};

use super::world::World;

/// What the Enter line says on the card of a side, with the usual people ticked.
pub fn step_of(world: &World, session: SessionId, party: Party, stamp: &Stamp) -> Step {
    let known = world.day().session(session).unwrap();
    let (door, place) = world.day().usual_way(known, party);
    let ticked = usual_ticks(known, party);
    next_step(&world.register, world.day, session, party, &ticked, (&door, &place), stamp)
}

/// What Enter does there; or the likely digit, where it asks a question.
pub fn usual(world: &World, session: SessionId, party: Party, worker: StaffId, stamp: &Stamp) -> Option<Command> {
    Some(match step_of(world, session, party, stamp) {
        Step::Do(permission) => Command::May(permission),
        Step::Write(record) => Command::Write(record),
        Step::Ask(question) => Command::May(answered(world, session, party, worker, question)?),
        Step::Wait(_) | Step::Nothing(_) => return None,
    })
}

/// The likely digit: the supervisor where one is named, the collector who is here.
pub fn answered(
    world: &World,
    session: SessionId,
    party: Party,
    worker: StaffId,
    question: Question,
) -> Option<Permission> {
    let known = world.day().session(session).unwrap();
    let (door, place) = world.day().usual_way(known, party);
    Some(match question {
        // Told by telephone: nobody comes or goes.
        Question::HowTold => return None,
        Question::WhoWalks { children, into, place } => {
            Permission::Walk { session, children, walker: worker, place, into: Carer::Adult(into) }
        }
        Question::WhoTakes { children } => {
            let collectors = || known.all().filter(|(m, _)| m.collects);
            let here = collectors().find(|(_, a)| a.is_in()).map(|(m, _)| m.person);
            let by: PersonId = here.or_else(|| collectors().next().map(|(m, _)| m.person))?;
            let (basis, walker) = (Basis::Listed(by), Some(worker));
            Permission::HandOver { session, children, basis, walker, door }
        }
        Question::WhoMeets { children, supervisor } => {
            Permission::Give { session, children, carer: Carer::Worker(supervisor.unwrap_or(worker)) }
        }
        Question::WhoGoes { children, adults, until } => {
            let journey = Journey { until, ..Journey::default() };
            Permission::TakeOut { session, children, adult: *adults.first()?, journey, door }
        }
        Question::WhoHas { people, .. } => {
            Permission::LetIn { session, people, door, place, carer: Some(Carer::Worker(worker)) }
        }
    })
}
