//! Invariant 9, as far as outputs exist: a card in lobby view holds no name, no number and no place of the other side.

use doorbook::app::Then;
use doorbook::app::View;
use doorbook::domain::codes::{Party, Side};
use doorbook::domain::day::Presence;
use doorbook::domain::decide::{Command, DayAct, Permission};
use doorbook::domain::event::{CaseEvent, Entry, Event, Readable};
use doorbook::domain::ids::{Ids, RegisterId};
use doorbook::domain::text::Text;
use doorbook::run::setup::{Families, practice_entries};
use proptest::prelude::*;
use uuid::Uuid;

use super::cases;
use crate::desk::harness::{Desk, moment};

/// The practice register with names that nothing else on a screen holds.
fn marked() -> Vec<Entry> {
    let now = moment("2026-11-21T08:55");
    let register = RegisterId(Uuid::from_u128(7));
    let mut entries = practice_entries(register, Families::Invented, now, Ids(Uuid::from_u128(1 << 70)));
    for entry in &mut entries {
        if let Readable::Open(Event::Case(CaseEvent::MemberListed { member, .. })) = &mut entry.event {
            let mark = match member.side {
                Side::Visiting => "Vqv",
                Side::Resident => "Rqr",
                _ => continue,
            };
            let n = member.phone.as_ref().map(|p| p.as_str().chars().rev().take(3).collect::<String>());
            let n: String = n.unwrap_or_default().chars().map(|c| char::from(b'a' + c as u8 % 16)).collect();
            member.given = Text::name(&format!("{mark}{n}"));
            member.family = Text::name(&format!("Zz{mark}{n}"));
        }
    }
    entries
}

fn desk() -> Desk {
    let mut desk = Desk::on(RegisterId(Uuid::from_u128(7)), &marked(), moment("2026-11-21T08:55"));
    desk.app.who = desk.app.register.present_team().last().map(|c| c.staff);
    let date = desk.app.date;
    desk.write(&Command::Day(DayAct::Open { date }), None, Then::Board);
    desk.keys("@09:40");
    desk
}

fn other(party: Party) -> Party {
    if party == Party::Brings { Party::Visits } else { Party::Brings }
}

/// The card of each session and side, and what it must not hold.
fn cards_are_one_sided(desk: &mut Desk) -> Result<(), TestCaseError> {
    let sessions: Vec<_> = desk.app.day().unwrap().sessions.iter().map(|s| s.id()).collect();
    for id in sessions {
        for party in [Party::Brings, Party::Visits] {
            desk.app.session = Some(id);
            desk.app.view = View::Card;
            desk.app.card = doorbook::app::card::State { party, ..Default::default() };
            desk.app.staff_view_until = None;
            desk.app.flash = None;
            desk.app.saved = None;
            let screen = desk.screen();
            let session = desk.app.day().unwrap().session(id).unwrap();
            prop_assert!(screen.contains(if party == Party::Brings { "Rqr" } else { "Vqv" }), "{screen}");
            let mark = if party == Party::Brings { "Vqv" } else { "Rqr" };
            let listed = session.plan.people.iter().any(|m| m.party() == party && m.given.as_str().contains(mark));
            prop_assert!(listed || !screen.contains(mark), "No {} {party:?}\n{screen}", session.plan.no);
            for (member, attendance) in session.adults(other(party)) {
                if let Some(phone) = &member.phone {
                    let tail: String =
                        phone.as_str().chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
                    prop_assert!(!screen.contains(&tail), "{tail} of No {} {party:?}\n{screen}", session.plan.no);
                }
                if let (true, Presence::In(place)) = (session.keeps_apart(), attendance.presence()) {
                    let ours = session.adults(party).any(|(_, a)| a.place() == Some(place));
                    let name = desk.app.policy().place(place).unwrap().name.clone();
                    let first_asks = party == Party::Visits && place.as_str() == "hall";
                    prop_assert!(
                        ours || first_asks || !screen.contains(&format!(" {name}")),
                        "{name} of No {} {party:?}\n{screen}",
                        session.plan.no
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn a_card_holds_one_side_only(steps in proptest::collection::vec((0usize..12, any::<bool>(), 0i64..12), 1..40)) {
        let mut desk = desk();
        for (no, brings, minutes) in steps {
            let now = desk.now + chrono::Duration::minutes(minutes);
            desk.wait_until(now);
            let party = if brings { Party::Brings } else { Party::Visits };
            let day = desk.app.day().unwrap();
            let session = &day.sessions[if no < 6 { 2 } else { no }];
            let people: Vec<_> = session.expected(party).filter(|(_, a)| !a.came()).map(|(m, _)| m.person).collect();
            let (door, place) = day.usual_way(session, party);
            let child = session.children().find(|(_, a)| a.is_in()).map(|(m, _)| m.person);
            let into = session.adults(Party::Visits).find_map(|(m, a)| a.place().map(|p| (m.person, p.clone())));
            let command = match (people.is_empty(), child, into) {
                (true, Some(child), Some((adult, place))) => Permission::Walk {
                    session: session.id(),
                    children: vec![child],
                    walker: desk.app.who.unwrap(),
                    place,
                    into: doorbook::domain::event::Carer::Adult(adult),
                },
                _ => Permission::LetIn { session: session.id(), people, door, place, carer: None },
            };
            desk.write(&Command::May(command), None, Then::Board);
            cards_are_one_sided(&mut desk)?;
        }
    }
}
