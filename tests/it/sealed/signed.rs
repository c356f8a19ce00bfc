//! Changes of the keyring that nobody who may has signed: in the book, by whoever has no key; in the keyring, by whoever has.

use std::sync::Arc;

use doorbook::app::people::PeopleAct;
use doorbook::app::secret::Secret;
use doorbook::book::{Book, DiskBook};
use doorbook::domain::codes::Role;
use doorbook::domain::event::{By, CentreEvent, Draft, Entry, Event, FileRef, KeysSet, Source};
use doorbook::domain::ids::StaffId;
use doorbook::journal::{self, Body, Head, Journal, Kept, Row, Seq, Which, link};
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::DESK;
use doorbook::run::stamp::{Hand, stamp};
use doorbook::vault::{Group, Kdf, KeyedSealer, Keyring, Keys, NewPerson, Sealer, System, TagOf};

use super::cut::full;
use super::{Centre, card, clock, words};

pub(super) fn path(centre: &Centre) -> std::path::PathBuf {
    centre.folder().join("register.redb")
}

pub(super) fn rows(centre: &Centre) -> Vec<Kept> {
    journal::look_at_file(&path(centre)).unwrap().read(Which::All, Seq::START, usize::MAX).unwrap()
}

/// Puts the rows of the book anew, linked one after the other, by whoever has the file and no key.
fn put(centre: &Centre, rows: impl IntoIterator<Item = Row>) {
    let register = journal::look_at_file(&path(centre)).unwrap().head().unwrap().register;
    std::fs::remove_file(path(centre)).unwrap();
    let _ = std::fs::remove_file(centre.folder().join("directory.redb"));
    let mut at = Head::empty(register);
    let mut linked = rows.into_iter().map(|mut row| {
        row.link = link::of(register, at.seq.next(), at.link, &row);
        at = Head { seq: at.seq.next(), link: row.link, ..at };
        Ok(row)
    });
    let journal = journal::create_file(&path(centre), register, |new| {
        let appended = new.append(&Head::empty(register), &mut linked);
        appended.map(|_| ()).map_err(|fault| journal::Fault::Device(format!("{fault:?}")))
    });
    drop(journal.unwrap());
}

fn is_keys_set(row: &Row) -> bool {
    matches!(&row.body, Body::Here(body) if body.windows(8).any(|part| part == b"keys_set"))
}

/// What lies open of a body, changed, and its digest in the shell made right.
fn changed(row: &Row, from: &str, to: &str) -> Row {
    let Body::Here(body) = &row.body else { panic!("gone") };
    let text = String::from_utf8_lossy(&body[18..]).into_owned();
    assert!(text.contains(from) && from.len() == to.len(), "{from} in {text}");
    let at = body.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
    let (mut body, mut shell) = (body.clone(), row.shell.clone());
    body[at..at + to.len()].copy_from_slice(to.as_bytes());
    let end = shell.len() - 32;
    shell[end..].copy_from_slice(&link::digest(&body).0);
    Row { shell, body: Body::Here(body), ..row.clone() }
}

/// Refused by name wherever it is opened, and told by whoever checks it without a key.
#[track_caller]
fn told_at(centre: &Centre, seq: usize) {
    let (ring, book) = (centre.keyring(), rows(centre));
    let at = format!("Entry {seq} says that the keys were changed");
    for says in [centre.refuses(1, PRACTICE), centre.desk().unlock(1, PRACTICE).unwrap_err()] {
        assert!(says.starts_with(&at), "{says}");
    }
    let report = DiskBook::aside_at(&path(centre)).unwrap().verify();
    assert_eq!(report.bad_keys.as_ref().map(|bad| bad.seq), Some(seq as u64), "{report:?}");
    assert!(!report.is_good() && report.sentence().contains(&format!("entry {seq}")), "{}", report.sentence());
    assert!(centre.keyring() == ring && rows(centre) == book, "nothing is written");
}

#[test]
fn a_change_of_the_keys_that_somebody_without_a_key_put_at_the_end_is_told_whatever_it_says() {
    let (whole, _) = full();
    let good: Vec<Row> = rows(&whole).into_iter().map(|kept| kept.row).collect();
    assert!(DiskBook::aside_at(&path(&whole)).unwrap().verify().is_good());
    let sets: Vec<Row> = good.iter().filter(|row| is_keys_set(row)).cloned().collect();
    let last = sets.last().unwrap();
    let version = Keyring::read(whole.keyring()).unwrap().version();
    let named = |n: u64| format!("\"version\":{n}");
    // Whoever left has the tag key still; without it the tags tell.
    let left = KeyedSealer::new(Some(Arc::new(whole.keys(5, PRACTICE))));
    let fresh = |row: Row, n: u8| {
        let no_day = journal::Tag(left.tag(TagOf::NoDay([n; 16])));
        Row { id: journal::EntryId([n; 16]), tags: [no_day, row.tags[1]], ..row }
    };
    let forged = [
        // The first of all once more, which is earlier than the keyring.
        fresh(sets[0].clone(), 1),
        // The last once more, and it with a later version: nobody has signed that here.
        fresh(last.clone(), 2),
        fresh(changed(last, &named(version), &named(version + 1)), 3),
    ];
    for row in forged {
        let centre = whole.copy();
        put(&centre, good.iter().cloned().chain([row]));
        told_at(&centre, good.len() + 1);
    }
}

#[test]
fn whoever_never_had_a_key_cannot_even_file_one() {
    let (centre, _) = full();
    let good: Vec<Row> = rows(&centre).into_iter().map(|kept| kept.row).collect();
    let last = good.iter().rfind(|row| is_keys_set(row)).unwrap().clone();
    put(&centre, good.into_iter().chain([Row { id: journal::EntryId([9; 16]), ..last }]));
    let says = centre.desk().unlock(1, PRACTICE).unwrap_err();
    assert!(says.contains("filed where it does not belong"), "{says}");
    assert!(!DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good(), "without a key its signature tells");
}

#[test]
fn a_public_key_changed_in_the_last_entry_of_the_book_is_told() {
    let (centre, people) = full();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.people(PeopleAct::Reset(people[2].1)).unwrap();
    drop(desk);
    let mut all: Vec<Row> = rows(&centre).into_iter().map(|kept| kept.row).collect();
    let last = all.pop().unwrap();
    assert!(is_keys_set(&last));
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let public = Keyring::read(centre.keyring()).unwrap().person(&people[2].1.0.into_bytes()).unwrap().public;
    for key in [public.x, public.ed] {
        let centre = centre.copy();
        let forged = changed(&last, &hex(&key), &hex(&Keys::clone(&centre.keys(1, PRACTICE)).sum()));
        put(&centre, all.iter().cloned().chain([forged]));
        told_at(&centre, all.len() + 1);
    }
    // Nor when, nor by whom: its shell lies open too.
    let mut shell = last.clone();
    shell.shell[18 + 60] ^= 1;
    put(&centre, all.iter().cloned().chain([shell]));
    told_at(&centre, all.len() + 1);
}

/// A current person's own program: their keys, changed, in the place of the keyring; the keys as they then are.
pub(super) fn forges(centre: &Centre, (number, passphrase): (u8, &str), work: impl FnOnce(&mut Keys)) -> Keys {
    let mut keys = centre.keys(number, passphrase);
    work(&mut keys);
    centre.put_keyring(&keys.seal(&System).unwrap().bytes);
    keys
}

/// Writes an entry with somebody's keys, by no rule of the program.
pub(super) fn writes(centre: &Centre, keys: Keys, set: KeysSet) {
    let sealer = KeyedSealer::new(Some(Arc::new(keys)));
    let mut book = Book::sealed(journal::open_file(&path(centre)).unwrap(), Box::new(sealer)).unwrap();
    let now = clock().now();
    let event = Event::Centre(CentreEvent::KeysSet(set));
    let draft =
        Draft { day: None, file: FileRef::Centre, occurred_at: now, against: Vec::new(), source: Source::Desk, event };
    let hand = Hand { by: By::Program, desk: DESK, now, source: Source::Desk };
    let entries: Vec<Entry> = stamp(vec![draft], &hand, clock().ids());
    book.append(&entries).unwrap();
}

/// What the book would say of these keys.
pub(super) fn said(centre: &Centre, keys: &Keys) -> KeysSet {
    let passphrase = words(PRACTICE);
    let who = doorbook::run::open::Who::Is(1, &passphrase);
    let house = doorbook::run::open::look(&centre.folder(), who).unwrap().house.unwrap();
    house.told(keys)
}

#[test]
fn a_change_of_people_that_a_volunteer_signs_and_writes_is_refused_by_everybody_after() {
    let (centre, _) = full();
    let jean = *centre.keys(5, PRACTICE).me();
    let own = words("of my own");
    let ghost = NewPerson { id: [99; 16], number: 99, passphrase: &own, kdf: Kdf::PRACTICE, groups: &[] };
    let acts: [&dyn Fn(&mut Keys); 3] = [
        &|keys| keys.add(&ghost, &System).unwrap(),
        &|keys| keys.set_readers(&jean, &[Group::Allegation], &System).unwrap(),
        &|keys| keys.reset(centre.keys(1, PRACTICE).me(), &own, Kdf::PRACTICE, &System).unwrap(),
    ];
    for act in acts {
        let centre = centre.copy();
        let (mut keys, honest) = (centre.keys(5, PRACTICE), centre.keyring());
        act(&mut keys);
        let bytes = keys.seal(&System).unwrap().bytes;
        let set = said(&centre, &keys);
        assert!(set.act.is_some());
        writes(&centre, keys, set);
        centre.put_keyring(&bytes);
        let at = rows(&centre).len();
        let says = centre.refuses(5, PRACTICE);
        assert!(says.contains(&format!("Entry {at} says")) && says.contains("may not say who has a key"), "{says}");
        assert!(centre.desk().unlock(5, PRACTICE).unwrap_err().contains("may not say who has a key"));
        centre.put_keyring(&honest);
        assert!(centre.refuses(1, PRACTICE).contains("may not say who has a key"));
        // Without a key only whether somebody with a key has signed it is known.
        assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
        let passphrase = words(PRACTICE);
        let ring = Keyring::read(&honest).unwrap().unlock(1, &passphrase).unwrap();
        let journal = journal::look_at_file(&path(&centre)).unwrap();
        let mut book = Book::sealed(journal, Box::new(KeyedSealer::new(Some(Arc::new(ring))))).unwrap();
        let chain = book.chain(doorbook::run::making::groups).unwrap();
        assert_eq!(chain.unwrap_err().seq, at as u64);
    }
}

#[test]
fn a_generation_of_a_group_that_nobody_who_may_has_signed_is_taken_out_whoever_unlocks_next() {
    let (centre, people) = full();
    let jean = *centre.keys(5, PRACTICE).me();
    for (number, passphrase) in [(2, PRACTICE), (1, PRACTICE), (6, people[0].2.as_str())] {
        let centre = centre.copy();
        let before = Keyring::read(centre.keyring()).unwrap();
        // Read by whom it should be, and by a key that Jean has kept.
        let readers: Vec<[u8; 16]> = before.readers(Group::Concern);
        let held = forges(&centre, (5, PRACTICE), |keys| {
            keys.set_readers(&jean, &[Group::Concern], &System).unwrap();
        });
        assert!(held.reads(Group::Concern) && !readers.contains(&jean));
        let desk = centre.desk();
        let all = desk.unlock(number, passphrase).unwrap();
        assert!(all.unlocked.put_right, "whoever is in is told");
        drop(desk);
        let after = Keyring::read(centre.keyring()).unwrap();
        assert_eq!((after.roster(), after.act()), (before.roster(), before.act()), "{number}");
        assert!(after.epoch() > before.epoch());
        assert!(!centre.desk().unlock(1, PRACTICE).unwrap().unlocked.put_right, "once");
        assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
        assert!(!centre.keys(5, PRACTICE).reads(Group::Concern));
    }
}

#[test]
fn a_volunteer_who_gives_the_coordinator_another_passphrase_gets_in_by_it_nowhere() {
    let (centre, _) = full();
    let (honest, ruth) = (centre.keyring(), *centre.keys(1, PRACTICE).me());
    let own = words("of my own");
    forges(&centre, (5, PRACTICE), |keys| keys.reset(&ruth, &own, Kdf::PRACTICE, &System).unwrap());
    let forged = centre.keyring();
    for (number, passphrase) in [(1, "of my own"), (2, PRACTICE)] {
        let says = centre.desk().unlock(number, passphrase).unwrap_err();
        assert!(
            says.contains("names keys that the register does not") && says.contains("Put the copy"),
            "{number}: {says}"
        );
        assert!(centre.refuses(number, passphrase).contains("that the register does not name"));
    }
    assert_eq!(centre.keyring(), forged, "nothing is written");
    centre.put_keyring(&honest);
    centre.desk().unlock(1, PRACTICE).unwrap();
}

#[test]
fn a_roster_of_before_is_none_of_now() {
    let (centre, people) = full();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    let old = centre.keyring();
    desk.people(PeopleAct::Remove(people[2].1)).unwrap();
    drop(desk);
    // The keyring of before, which Ruth has signed, made as late as the one of now.
    let mut keys = Keyring::read(&old).unwrap().unlock(5, &words(PRACTICE)).unwrap();
    (0..3).for_each(|_| drop(keys.seal(&System).unwrap()));
    centre.put_keyring(&keys.seal(&System).unwrap().bytes);
    let says = centre.desk().unlock(8, &people[2].2).unwrap_err();
    assert!(says.contains("written with a later one") || says.contains("nobody on the team list"), "{says}");
}

#[test]
fn whoever_changes_their_own_passphrase_signs_it_by_the_key_that_they_had() {
    let (centre, people) = full();
    // A volunteer, and the lead, who reads: both by their own hand.
    for (number, old, new) in
        [(5, PRACTICE, "five other words of mine"), (6, &people[0].2, "seven other words of mine")]
    {
        let desk = centre.desk();
        desk.unlock(number, old).unwrap();
        desk.people(PeopleAct::ChangeOwn { old: Secret::new(old), new: Secret::new(new) }).unwrap();
        drop(desk);
        assert!(!centre.desk().unlock(number, new).unwrap().unlocked.put_right);
    }
    centre.desk().unlock(1, PRACTICE).unwrap();
    assert!(centre.keys(6, "seven other words of mine").reads(Group::Allegation));
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}

#[test]
fn a_change_that_was_cut_off_is_named_by_a_volunteer_too_and_stays_the_coordinators() {
    let (centre, people) = full();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.ends.full.store(true, std::sync::atomic::Ordering::SeqCst);
    desk.people(PeopleAct::Reset(people[0].1)).unwrap();
    desk.people(PeopleAct::Change(people[2].1, card(8, "Nora", Role::SafeguardingLead))).unwrap_err();
    drop(desk);
    let ring = Keyring::read(centre.keyring()).unwrap();
    let all = centre.desk().unlock(2, PRACTICE).unwrap();
    assert!(!all.unlocked.put_right);
    let after = Keyring::read(centre.keyring()).unwrap();
    assert_eq!((after.roster(), after.sum()), (ring.roster(), ring.sum()));
    let ruth = StaffId(uuid::Uuid::from_bytes(*centre.keys(1, PRACTICE).me()));
    let keys = all.unlocked.register.keys.unwrap();
    assert_eq!(keys.act.map(|act| act.by), Some(ruth));
    assert!(keys.added.iter().any(|one| one.staff == people[0].1) && !keys.groups.is_empty());
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}

#[test]
fn the_sheet_signs_what_it_changes_by_its_own_key() {
    let centre = Centre::new();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    drop(desk);
    // Nobody has the sheet of a practice register: Ruth makes another one.
    let mut sheet = None;
    let keys = forges(&centre, (1, PRACTICE), |keys| sheet = Some(keys.remake_recovery(&System).unwrap()));
    drop(keys);
    assert!(!centre.desk().unlock(5, PRACTICE).unwrap().unlocked.put_right, "hers to make");
    let typed = sheet.unwrap().text();
    let passphrase = centre.desk().recover(1, &typed).unwrap();
    let all = centre.desk().unlock(1, &passphrase).unwrap();
    assert!(!all.unlocked.put_right);
    assert!(all.unlocked.register.keys.unwrap().act.is_some_and(|act| act.by.0.is_nil()));
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}
