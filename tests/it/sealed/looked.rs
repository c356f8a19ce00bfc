//! A look into a case file, as the keeper of a sealed register writes it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use doorbook::app::action::Action;
use doorbook::book::Placed;
use doorbook::domain::decide::{Command, DayAct};
use doorbook::domain::event::{By, CentreEvent, Event, FileRef};
use doorbook::run::Door;
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;

use super::Centre;
use crate::made::Made;

/// Until the keeper has written it.
const WAIT: Duration = Duration::from_secs(60);

#[test]
fn a_look_into_a_file_lies_in_it_in_the_name_of_whoever_is_in_and_is_no_act_of_the_desk() {
    let centre = Centre::with(Families::Invented);
    let desk = centre.desk();
    let all = desk.unlock(1, PRACTICE).unwrap().unlocked;
    let (who, mut made) = (all.who, Made::on(all.register, super::clock()));
    made.who = who;
    let date = made.date();
    desk.stores(made.does(Command::Day(DayAct::Open { date }))).unwrap();
    let (case, day) = (made.day().sessions[0].plan.case, made.day().id);
    while desk.kept.try_recv().is_ok() {}
    // A full disk: the page is there, and the next look is written.
    desk.ends.full.store(true, Ordering::SeqCst);
    desk.door(Door::Viewed(case, Some(day)));
    assert!(matches!(desk.says(WAIT), Some(Action::Beside(none)) if none.is_empty()), "the next look is another");
    desk.ends.full.store(false, Ordering::SeqCst);
    desk.door(Door::Viewed(case, Some(day)));
    let Some(Action::Beside(told)) = desk.says(WAIT) else { panic!("not written") };
    assert!(desk.kept.try_recv().is_err(), "nobody is told that something was saved");
    desk.door(Door::Lock);
    drop(desk);
    let viewed = |placed: &Placed| {
        let of =
            matches!(placed.entry.event.open(), Some(Event::Centre(CentreEvent::Viewed { case: of })) if *of == case);
        of && (placed.entry.by, placed.entry.file, placed.entry.day) == (By::Staff(who), FileRef::Case(case), Some(day))
    };
    let read = centre.reads(3, PRACTICE);
    assert_eq!(read.iter().filter(|placed| viewed(placed)).count(), 1);
    assert_eq!(read.iter().filter(|placed| placed.entry.id == told[0].id).count(), 1);
    // The day gives it, as it gives all that was written on it.
    let seen = centre.desk().unlock(1, PRACTICE).unwrap().unlocked.register;
    assert!(seen.days[&day].entries.iter().any(|entry| entry.id == told[0].id));
}
