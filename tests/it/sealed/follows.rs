//! What a screen is given at an unlocking, and what follows by itself: who must not meet, and who is expected.

use std::sync::atomic::Ordering;
use std::time::Duration;

use doorbook::app::secret::Secret;
use doorbook::domain::event::{CaseEvent, CentreEvent, Event, FileRef};
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;
use doorbook::run::{Door, Kept};

use super::cut::full_with;

/// Whoever changes at the desk is given all of it at once: it comes to the same.
#[test]
fn what_is_given_and_what_follows_is_what_is_given_at_once() {
    let (centre, _) = full_with(Families::Invented);
    let desk = centre.desk();
    let followed = desk.unlock(5, PRACTICE).unwrap().unlocked;
    assert!(followed.register.pairs.open().next().is_some(), "there are pairs here");
    desk.keeper.door(Door::Unlock { number: 5, passphrase: Secret::new(PRACTICE), change: true }).unwrap();
    let at_once = desk.let_in().unlocked;
    assert_eq!(at_once.comes, None);
    let [followed, at_once] = [followed.register, at_once.register].map(|mut register| {
        // Of two who must not meet it means nothing who is named first.
        for file in register.cases.values_mut() {
            file.apart = file.apart.iter().map(|(one, other)| (*one.min(other), *one.max(other))).collect();
            file.apart.sort_unstable();
        }
        format!("{register:?}")
    });
    assert!(followed == at_once, "they are alike");
}

/// An entry of who must not meet cannot be read: nobody is let through a door by what is not known.
#[test]
fn nothing_is_written_where_it_cannot_be_read_who_must_not_meet() {
    let (centre, people) = full_with(Families::Invented);
    let apart = centre.reads(5, PRACTICE).into_iter().find(|placed| {
        matches!(
            placed.entry.event.open(),
            Some(Event::Case(CaseEvent::FamiliesApart { .. } | CaseEvent::KeptApart { .. }))
        )
    });
    let desk = centre.desk();
    desk.unlock(5, PRACTICE).unwrap();
    desk.door(Door::Lock);
    desk.ends.lost.store(apart.unwrap().seq, Ordering::SeqCst);
    desk.keeper.door(Door::Unlock { number: 5, passphrase: Secret::new(PRACTICE), change: false }).unwrap();
    desk.let_in();
    loop {
        if let Kept::Read(_, brought) = desk.kept.recv_timeout(Duration::from_secs(60)).unwrap() {
            assert_eq!(brought, None);
            break;
        }
    }
    let (jean, file) = (people[0].1, FileRef::Staff(people[0].1));
    let event = Event::Centre(CentreEvent::WrongTries { staff: jean, count: 1 });
    let says = desk.write(jean, event.clone(), file).unwrap_err();
    assert!(says.starts_with("Who must not meet could not be read: this was not saved."), "{says}");
    // It was the disk, for a moment.
    desk.ends.lost.store(0, Ordering::SeqCst);
    desk.door(Door::Lock);
    desk.unlock(5, PRACTICE).unwrap();
    desk.write(jean, event, file).unwrap();
}
