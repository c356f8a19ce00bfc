//! Signed closes: what `verify` says of them, with no key, and of the letters on a paper.

use doorbook::book::notes::text;
use doorbook::clock::Clock;
use doorbook::domain::event::{By, CentreEvent, Entry, Event, FileRef, Source};
use doorbook::domain::ids::DayId;
use doorbook::journal::{Head, Link, Seq};
use doorbook::run::house::whose;
use doorbook::run::notes::of_head;
use doorbook::run::open::{self, Opened, Who};
use doorbook::run::setup::{DESK, outside_days};
use doorbook::run::stamp::{Hand, stamp};
use doorbook::vault::sign;

use crate::cli::Folder;

fn entries(events: Vec<(By, CentreEvent)>) -> Vec<Entry> {
    let clock = Clock::standing("Europe/London", "2026-11-21T17:30:00".parse().unwrap()).unwrap();
    let one = |(by, event)| {
        let draft = outside_days(FileRef::Centre, Event::Centre(event), clock.now());
        stamp(vec![draft], &Hand { by, desk: DESK, now: clock.now(), source: Source::Desk }, clock.ids()).remove(0)
    };
    events.into_iter().map(one).collect()
}

/// Signs the head as the keeper does, and as somebody else would: `change` is what they say of it.
fn signs(opened: &mut Opened, change: impl FnOnce(Head) -> Head) -> String {
    let keys = opened.house.as_ref().unwrap().keys().unwrap();
    let staff = whose(&keys).unwrap();
    let (note, paper) = of_head(&change(*opened.book.head()), &keys, staff).unwrap();
    let day = DayId(uuid::Uuid::from_u128(7));
    opened.book.append(&entries(vec![(By::Staff(staff), CentreEvent::DayNote { day, note })])).unwrap();
    paper.rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn a_signed_close_is_checked_without_a_key_and_found_by_its_paper() {
    let folder = Folder::practice(&["--no-open"]);
    let mut opened = open::open(&folder.path, Who::Practises).unwrap();
    let count = opened.book.head().seq.0;
    let letters = signs(&mut opened, |head| head);
    drop(opened);
    let ran = folder.run(&["verify", &letters.to_lowercase().replace('-', " ")]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(&format!("entries 1 to {count}   {letters}")), "{}", ran.out);
    assert!(
        ran.out.contains(&format!("This paper            entries 1 to {count}, as they were signed")),
        "{}",
        ran.out
    );
    let ran = folder.run(&["verify", "K7QM-3XPT-9D2F-HW5B-0RAE-6CNY"]);
    assert!(ran.code == 6 && ran.err.contains("No close in this register has these letters"), "{}", ran.err);
    assert_eq!(folder.run(&["verify", "K7QM"]).code, 2);
    assert_eq!(folder.run(&["verify", "--deep"]).code, 0);
}

#[test]
fn a_close_of_another_book_is_told() {
    type Change = fn(Head) -> Head;
    let all: [(&str, Change); 3] = [
        ("the book is not the one that was signed", |head| Head { link: Link([7; 32]), ..head }),
        ("it names entries that were not there yet", |head| Head { seq: Seq(head.seq.0 + 5), ..head }),
        ("the book is not the one that was signed", |head| Head { seq: Seq(head.seq.0 - 1), ..head }),
    ];
    for (says, change) in all {
        let folder = Folder::practice(&["--no-open"]);
        signs(&mut open::open(&folder.path, Who::Practises).unwrap(), change);
        let ran = folder.run(&["verify"]);
        assert_eq!(ran.code, 6, "{says}: {}", ran.out);
        assert!(ran.err.contains(says) && ran.err.lines().count() == 1, "{}", ran.err);
    }
}

#[test]
fn a_close_that_somebody_else_signed_is_told() {
    let folder = Folder::practice(&["--no-open"]);
    let mut opened = open::open(&folder.path, Who::Practises).unwrap();
    let keys = opened.house.as_ref().unwrap().keys().unwrap();
    let others = opened.register.team.keys().find(|staff| Some(**staff) != whose(&keys)).copied().unwrap();
    // Ruth's key under another's name.
    let note = keys.sign(&text(opened.book.head()), &others.to_string()).unwrap();
    assert!(!sign::fingerprint(&note).is_empty());
    let day = DayId(uuid::Uuid::from_u128(7));
    opened.book.append(&entries(vec![(By::Staff(others), CentreEvent::DayNote { day, note })])).unwrap();
    drop(opened);
    let ran = folder.run(&["verify"]);
    assert!(ran.code == 6 && ran.err.contains("is not signed by that key"), "{}{}", ran.out, ran.err);
}
