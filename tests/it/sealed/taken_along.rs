//! The directory taken along when keys are changed: the book is not read again, the old key opens nothing, and where it must
//! be made anew all the same it is said how far that is.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use doorbook::app::action::Action;
use doorbook::app::people::PeopleAct;
use doorbook::app::secret::Secret;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{By, CentreEvent, Draft, Event, FileRef, Source};
use doorbook::domain::ids::StaffId;
use doorbook::run::Door;
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::{DESK, Families};
use doorbook::run::stamp::{Hand, stamp};
use doorbook::vault::KeyedSealer;

use super::cut::full_with;
use super::naming::shelf;
use super::{Centre, Desk, card, clock, put};

/// Entries, so many that they are put into the directory at once.
const MANY: usize = 2500;

/// Rows that are read while this is done.
fn reads<T>(desk: &Desk, work: impl FnOnce() -> T) -> (usize, T) {
    let before = desk.ends.read.load(Ordering::SeqCst);
    let done = work();
    (desk.ends.read.load(Ordering::SeqCst) - before, done)
}

fn opens(centre: &Centre, number: u8, passphrase: &str) -> [usize; 6] {
    shelf(centre, &KeyedSealer::new(Some(Arc::new(centre.keys(number, passphrase)))))
}

/// So many entries that say nothing of anybody, in one act.
fn fills(desk: &Desk, by: StaffId, many: usize) {
    let now = clock().now();
    let event = Event::Centre(CentreEvent::WrongTries { staff: by, count: 7 });
    let file = FileRef::Staff(by);
    let draft = Draft { day: None, file, occurred_at: now, against: Vec::new(), source: Source::Desk, event };
    let hand = Hand { by: By::Staff(by), desk: DESK, now, source: Source::Desk };
    desk.stores(stamp(vec![draft; many], &hand, clock().ids())).unwrap();
}

#[test]
fn whoever_is_removed_costs_no_reading_of_the_book() {
    let (centre, people) = full_with(Families::Invented);
    let old = centre.keys(8, &people[2].2);
    let desk = centre.desk();
    let ruth = desk.unlock(1, PRACTICE).unwrap().unlocked.who;
    fills(&desk, ruth, MANY);
    desk.door(Door::Lock);
    // What any unlocking reads, and a list of the team, and some entries more that each act writes.
    let (unlocks, _) = reads(&desk, || desk.unlock(5, PRACTICE).unwrap());
    desk.door(Door::Lock);
    desk.unlock(1, PRACTICE).unwrap();
    let (lists, _) = reads(&desk, || desk.people(PeopleAct::List).unwrap());
    assert!(2 * unlocks.max(lists) < MANY, "{unlocks} and {lists} rows");
    let before = opens(&centre, 1, PRACTICE);
    for (n, act) in [
        PeopleAct::Remove(people[2].1),
        PeopleAct::Reset(people[1].1),
        PeopleAct::Change(people[0].1, card(6, "Ada", Role::Volunteer)),
    ]
    .into_iter()
    .enumerate()
    {
        let (read, _) = reads(&desk, || desk.people(act).unwrap());
        assert!(read < 3 * lists + 60, "act {n}: {read} rows were read; a list takes {lists}");
        desk.door(Door::Lock);
        let (read, _) = reads(&desk, || desk.unlock(if n % 2 == 0 { 5 } else { 1 }, PRACTICE).unwrap());
        assert!(read < unlocks + 60, "the unlocking after act {n}: {read} rows were read; any takes {unlocks}");
        desk.door(Door::Lock);
        desk.unlock(1, PRACTICE).unwrap();
        let of_now = opens(&centre, 1, PRACTICE);
        assert_eq!(of_now, before, "all of it is taken along");
    }
    drop(desk);
    assert_eq!(shelf(&centre, &KeyedSealer::new(Some(Arc::new(old)))), [0; 6]);
}

/// What is said of the making until somebody is in.
fn told_of_making(desk: &Desk, number: u8) -> Vec<(u64, u64)> {
    while desk.says.try_recv().is_ok() {}
    desk.door(Door::Unlock { number, passphrase: Secret::new(PRACTICE), change: false });
    desk.lets.recv_timeout(Duration::from_secs(60)).unwrap();
    // All of it was said before.
    let made = |action| if let Action::Making { read, of } = action { Some((read, of)) } else { None };
    desk.says.try_iter().filter_map(made).collect()
}

#[test]
fn one_of_the_key_before_that_is_put_back_is_not_believed_and_how_far_its_making_is_is_told() {
    let (centre, people) = full_with(Families::Invented);
    let file = centre.folder().join("directory.redb");
    let old = KeyedSealer::new(Some(Arc::new(centre.keys(8, &people[2].2))));
    let desk = centre.desk();
    let ruth = desk.unlock(1, PRACTICE).unwrap().unlocked.who;
    fills(&desk, ruth, 2 * MANY);
    let theirs = std::fs::read(&file).unwrap();
    desk.people(PeopleAct::Remove(people[2].1)).unwrap();
    desk.door(Door::Lock);
    assert_eq!(told_of_making(&desk, 5), [], "nothing is made");
    desk.door(Door::Lock);
    desk.unlock(1, PRACTICE).unwrap();
    let of_now = opens(&centre, 1, PRACTICE);
    // Whoever left has kept their copy, and may write to the folder.
    desk.door(Door::Lock);
    put(&file, &theirs);
    assert_ne!(shelf(&centre, &old), [0; 6]);
    let told = told_of_making(&desk, 5);
    assert_eq!(told.first().map(|(read, _)| *read), Some(4096));
    assert!(told.iter().all(|(read, of)| read <= of && *of > 2 * MANY as u64), "{told:?}");
    assert!(told.last().is_some_and(|(read, of)| read == of), "{told:?}");
    assert_eq!((shelf(&centre, &old), opens(&centre, 1, PRACTICE)), ([0; 6], of_now));
}

#[test]
fn one_that_cannot_be_taken_along_is_made_anew_and_the_act_stands() {
    let (centre, people) = full_with(Families::Invented);
    let old = KeyedSealer::new(Some(Arc::new(centre.keys(8, &people[2].2))));
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    let of_now = opens(&centre, 1, PRACTICE);
    // Nothing can be made where it is to be written.
    std::fs::create_dir(centre.folder().join(".directory.redb.half")).unwrap();
    desk.people(PeopleAct::Remove(people[2].1)).unwrap();
    desk.door(Door::Lock);
    desk.unlock(5, PRACTICE).unwrap();
    std::fs::remove_dir(centre.folder().join(".directory.redb.half")).unwrap();
    desk.door(Door::Lock);
    desk.unlock(1, PRACTICE).unwrap();
    assert_eq!((shelf(&centre, &old), opens(&centre, 1, PRACTICE)), ([0; 6], of_now));
}

#[test]
fn one_that_was_taken_along_counts_until_the_program_ends_and_is_made_anew_at_the_next_start() {
    let (centre, people) = full_with(Families::Invented);
    let desk = centre.desk();
    let ruth = desk.unlock(1, PRACTICE).unwrap().unlocked.who;
    fills(&desk, ruth, 2 * MANY);
    desk.people(PeopleAct::Remove(people[2].1)).unwrap();
    desk.door(Door::Lock);
    assert_eq!(told_of_making(&desk, 5), []);
    let of_now = opens(&centre, 1, PRACTICE);
    drop(desk);
    let desk = centre.desk();
    assert!(!told_of_making(&desk, 5).is_empty(), "whoever left may have written it");
    assert_eq!(opens(&centre, 1, PRACTICE), of_now);
    drop(desk);
    let desk = centre.desk();
    assert_eq!(told_of_making(&desk, 5), [], "once is enough");
}
