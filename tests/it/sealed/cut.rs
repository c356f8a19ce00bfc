//! Keyring and book apart: each act on people cut off between the two, undone on one side, or forged; the next unlock puts
//! it right and nothing is lost.

use std::sync::atomic::Ordering;

use doorbook::app::people::{Card, PeopleAct, PeopleDone};
use doorbook::domain::codes::Role;
use doorbook::domain::event::{CentreEvent, Event, KeysSet};
use doorbook::domain::ids::StaffId;
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;
use doorbook::vault::{Group, Kdf, Keyring, NewPerson, System};

use super::{Centre, Desk, card, words};

/// A centre with a safeguarding lead (6), a chair (7) and Nora (8), who has no passphrase that anybody needs here.
pub(super) fn full() -> (Centre, Vec<(u8, StaffId, String)>) {
    full_with(Families::None)
}

pub(super) fn full_with(families: Families) -> (Centre, Vec<(u8, StaffId, String)>) {
    let centre = Centre::with(families);
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    let add = |(number, given, role)| {
        let (staff, passphrase) = desk.given(PeopleAct::Add(card(number, given, role)));
        (number, staff, passphrase)
    };
    let people = [(6, "Ada", Role::SafeguardingLead), (7, "Clare", Role::Chair), (8, "Nora", Role::Volunteer)];
    let people = people.map(add).to_vec();
    drop(desk);
    (centre, people)
}

fn keys_set(centre: &Centre) -> Vec<KeysSet> {
    let of = |event: &Event| match event {
        Event::Centre(CentreEvent::KeysSet(set)) => Some(set.clone()),
        _ => None,
    };
    centre.reads(1, PRACTICE).iter().filter_map(|placed| placed.entry.event.open().and_then(of)).collect()
}

fn ring(centre: &Centre) -> Keyring {
    Keyring::read(centre.keyring()).unwrap()
}

/// The keyring is what the book says it is.
#[track_caller]
fn agrees(centre: &Centre) {
    let (sets, ring) = (keys_set(centre), ring(centre));
    let last = sets.last().unwrap();
    assert_eq!((last.version, last.epoch, last.sum), (ring.version(), ring.epoch(), ring.sum()));
    let mut all = open(centre);
    all.all().unwrap();
    for one in ring.people() {
        let card = &all.register.team[&StaffId(uuid::Uuid::from_bytes(one.id))];
        assert!(!card.left && card.number == one.number, "{card:?}");
    }
    for group in Group::ALL {
        for reader in ring.readers(group) {
            let role = all.register.role(StaffId(uuid::Uuid::from_bytes(reader)));
            assert!(doorbook::run::making::groups(role).contains(&group), "{role:?} reads {group:?}");
        }
    }
}

fn open(centre: &Centre) -> doorbook::run::open::Opened {
    doorbook::run::open::look(&centre.folder(), doorbook::run::open::Who::Practises).unwrap()
}

fn nora(role: Role) -> Card {
    card(8, "Nora", role)
}

fn acts(people: &[(u8, StaffId, String)]) -> Vec<PeopleAct> {
    let nora_is = people[2].1;
    vec![
        PeopleAct::Add(card(9, "Zoe", Role::SafeguardingLead)),
        PeopleAct::Change(nora_is, nora(Role::SafeguardingLead)),
        PeopleAct::Change(people[0].1, card(6, "Ada", Role::Volunteer)),
        PeopleAct::Reset(nora_is),
        PeopleAct::Remove(nora_is),
        PeopleAct::Remove(people[0].1),
    ]
}

#[test]
fn an_act_on_people_that_is_cut_off_after_the_keyring_is_finished_or_taken_back_and_can_be_done_again() {
    let (whole, people) = full();
    for act in acts(&people) {
        let centre = whole.copy();
        let before = centre.reads(1, PRACTICE);
        let desk = centre.desk();
        desk.unlock(1, PRACTICE).unwrap();
        desk.ends.full.store(true, Ordering::SeqCst);
        match desk.people(act.clone()) {
            // It opens, and is shown; the rest is told.
            Ok((Some(PeopleDone::NotTold(..)), _)) => assert!(matches!(act, PeopleAct::Reset(_)), "{act:?}"),
            Ok(other) => panic!("{act:?}: {other:?}"),
            Err(says) => assert!(says.contains("disk is full") && says.contains("again."), "{act:?}: {says}"),
        }
        drop(desk);
        assert_eq!(centre.reads(1, PRACTICE), before, "{act:?}: the book has nothing of it");

        let desk = centre.desk();
        let all = desk.unlock(1, PRACTICE).unwrap_or_else(|says| panic!("{act:?}: {says}"));
        assert_eq!(all.unlocked.register.keys.as_ref().map(|keys| keys.version), Some(ring(&centre).version()));
        drop(desk);
        agrees(&centre);
        let desk = centre.desk();
        desk.unlock(1, PRACTICE).unwrap();
        let done = desk.people(act.clone());
        assert!(done.is_ok(), "{act:?} again: {done:?}");
        drop(desk);
        agrees(&centre);
        let now = centre.reads(1, PRACTICE);
        assert_eq!(now[..before.len()], before[..], "{act:?}: all that was there reads on");
    }
}

#[test]
fn an_act_that_was_not_saved_and_one_that_was_leave_nobody_unnamed() {
    let (centre, people) = full();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.ends.full.store(true, Ordering::SeqCst);
    desk.people(PeopleAct::Reset(people[2].1)).unwrap();
    desk.ends.full.store(false, Ordering::SeqCst);
    // The next change is named; it says nothing of the one before.
    desk.people(PeopleAct::Change(people[2].1, nora(Role::Chair))).unwrap();
    drop(desk);
    centre.desk().unlock(1, PRACTICE).unwrap();
    let public = ring(&centre).person(&people[2].1.0.into_bytes()).unwrap().public;
    let named: Vec<_> = keys_set(&centre).into_iter().flat_map(|set| set.added).collect();
    assert!(named.iter().any(|keys| keys.seals == public.x && keys.signs == public.ed), "her new key is in the book");
    agrees(&centre);
}

#[test]
fn an_older_keyring_beside_the_book_is_told_after_each_act_and_nothing_is_written() {
    let (whole, people) = full();
    for act in acts(&people) {
        let centre = whole.copy();
        let old = centre.keyring();
        let desk = centre.desk();
        desk.unlock(1, PRACTICE).unwrap();
        desk.people(act.clone()).unwrap();
        drop(desk);
        let (new, book) = (centre.keyring(), std::fs::read(centre.folder().join("register.redb")).unwrap());
        centre.put_keyring(&old);
        let says = centre.refuses(1, PRACTICE);
        assert!(says.contains("older than the register"), "{act:?}: {says}");
        assert!(book == std::fs::read(centre.folder().join("register.redb")).unwrap(), "{act:?}");
        let says = centre.desk().unlock(1, PRACTICE).unwrap_err();
        assert!(says.contains("older than the register"), "{act:?}: {says}");
        assert_eq!(centre.keyring(), old, "{act:?}");
        centre.put_keyring(&new);
        centre.desk().unlock(1, PRACTICE).unwrap();
        agrees(&centre);
    }
}

#[test]
fn unlocking_again_and_again_writes_nothing() {
    let (centre, _) = full();
    let (keyring, many) = (centre.keyring(), centre.reads(1, PRACTICE).len());
    for number in [1, 2, 5, 1] {
        centre.desk().unlock(number, PRACTICE).unwrap();
    }
    assert_eq!((centre.keyring(), centre.reads(1, PRACTICE).len()), (keyring, many));
}

/// A current person writes a keyring of their own making: what the library gives them anybody's program can do.
fn forges(centre: &Centre, number: u8, work: impl FnOnce(&mut doorbook::vault::Keys)) {
    let mut keys = centre.keys(number, PRACTICE);
    work(&mut keys);
    centre.put_keyring(&keys.seal(&System).unwrap().bytes);
}

fn ghost(passphrase: &doorbook::vault::Passphrase) -> NewPerson<'_> {
    NewPerson { id: [99; 16], number: 99, passphrase, kdf: Kdf::PRACTICE, groups: &[Group::Concern] }
}

#[test]
fn whom_a_volunteer_put_into_the_keyring_gets_in_nowhere_and_is_put_out_by_whoever_comes_next() {
    let (centre, _) = full();
    let own = words("of my own");
    forges(&centre, 5, |keys| keys.add(&ghost(&own), &System).unwrap());
    let says = centre.desk().unlock(99, "of my own").unwrap_err();
    assert!(says.contains("nobody on the team list"), "{says}");
    assert!(centre.refuses(99, "of my own").contains("nobody on the team list"));
    let epoch = ring(&centre).epoch();
    centre.desk().unlock(2, PRACTICE).unwrap();
    assert!(ring(&centre).person(&[99; 16]).is_none() && ring(&centre).epoch() == epoch + 1);
    agrees(&centre);
    let stranger = StaffId(uuid::Uuid::from_bytes([99; 16]));
    assert!(keys_set(&centre).iter().any(|set| set.removed.contains(&stranger)), "the book says so");
}

#[test]
fn a_volunteer_who_gives_themselves_the_allegations_reads_none_that_comes_after_the_next_unlock() {
    let (centre, people) = full();
    let jean = *centre.keys(5, PRACTICE).me();
    forges(&centre, 5, |keys| keys.set_readers(&jean, &[Group::Allegation, Group::Concern], &System).unwrap());
    assert!(ring(&centre).readers(Group::Allegation).contains(&jean));
    centre.desk().unlock(7, &people[1].2).unwrap();
    agrees(&centre);
    assert!(!centre.keys(5, PRACTICE).reads(Group::Allegation));
    assert!(centre.keys(6, &people[0].2).reads(Group::Allegation));
}

#[test]
fn a_reader_whom_somebody_shut_out_reads_again() {
    let (centre, people) = full();
    let ada = people[0].1.0.into_bytes();
    forges(&centre, 5, |keys| keys.set_readers(&ada, &[], &System).unwrap());
    centre.desk().unlock(1, PRACTICE).unwrap();
    agrees(&centre);
    assert!(centre.keys(6, &people[0].2).reads(Group::Allegation));
}

#[test]
fn two_keyrings_of_the_same_version_are_told_apart() {
    let (centre, people) = full();
    let old = centre.keyring();
    let desk: Desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.people(PeopleAct::Change(people[2].1, nora(Role::SafeguardingLead))).unwrap();
    drop(desk);
    // Somebody goes on from the one before on their own: the same version, other content.
    let right = centre.keyring();
    centre.put_keyring(&old);
    forges(&centre, 5, |_| {});
    assert_eq!(ring(&centre).version(), Keyring::read(&right).unwrap().version());
    let says = centre.refuses(1, PRACTICE);
    assert!(says.contains("not the one that the register names"), "{says}");
}

#[test]
fn what_was_done_about_people_is_there_for_whoever_gets_in() {
    use doorbook::domain::event::By;
    use doorbook::domain::register::people::Change;
    let (centre, people) = full();
    let desk = centre.desk();
    let before = desk.unlock(1, PRACTICE).unwrap().unlocked;
    let (ruth, other) = (before.who, people[2].1);
    desk.people(PeopleAct::Reset(other)).unwrap();
    desk.people(PeopleAct::Change(other, nora(Role::Chair))).unwrap();
    desk.people(PeopleAct::Remove(other)).unwrap();
    drop(desk);
    let all = centre.desk().unlock(2, PRACTICE).unwrap().unlocked.register.people;
    let done: Vec<_> = all[before.register.people.len()..].iter().map(|done| (done.by, done.what)).collect();
    assert!(done.contains(&(By::Staff(ruth), Change::Passphrase(other))), "{done:?}");
    assert_eq!(done.last(), Some(&(By::Staff(ruth), Change::Removed(other))), "{done:?}");
    assert!(done.len() <= 4, "one act is one line, or two: {done:?}");
}
