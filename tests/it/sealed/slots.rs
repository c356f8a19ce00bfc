//! Slots that somebody has planted, spoilt or taken out of the keyring by a program of their own: nobody signs who has one.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use doorbook::app::people::PeopleAct;
use doorbook::app::secret::Secret;
use doorbook::book::DiskBook;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{About, CentreEvent, Event, FileRef, Readers, StaffCard};
use doorbook::domain::ids::{FileId, StaffId};
use doorbook::domain::text::Text;
use doorbook::run::house::PRACTICE;
use doorbook::vault::{Group, Id, Kdf, Keyring, NewPerson, Random, System};

use super::cut::full;
use super::keyring::told;
use super::signed::{forges, path};
use super::{Centre, card, words};

/// The system's randomness, and the first that was drawn of it.
#[derive(Default)]
struct Drawn(Mutex<Vec<u8>>);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), doorbook::vault::Fault> {
        System.fill(bytes)?;
        let mut first = self.0.lock().unwrap();
        if first.is_empty() {
            first.extend_from_slice(bytes);
        }
        Ok(())
    }
}

/// A volunteer's own program: changes what it will of the file, and makes the check and the sum right, having the house key.
fn own(centre: &Centre, work: impl FnOnce(&mut Vec<u8>)) {
    let (mut keys, drawn) = (centre.keys(5, PRACTICE), Drawn::default());
    let (roster, act) = (keys.ring().roster(), *keys.ring().act());
    keys.put_right(&roster, &act, &drawn).unwrap();
    let mut file = keys.seal(&System).unwrap().bytes;
    work(&mut file);
    file.truncate(file.len() - 64);
    let check = blake3::derive_key("doorbook keyring check v1", &drawn.0.lock().unwrap());
    let check = *blake3::keyed_hash(&check, &file).as_bytes();
    file.extend_from_slice(&check);
    let sum = *blake3::hash(&file).as_bytes();
    file.extend_from_slice(&sum);
    centre.put_keyring(&file);
}

fn two(file: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes(file[at..at + 2].try_into().unwrap()))
}

/// Where the last generation of a group has the count of its slots, which follow.
fn slots(file: &[u8], group: Group) -> usize {
    let house = 40 + 177 * two(file, 38) + 64;
    let older = house + 2 + 96 * two(file, house);
    let epochs = u32::from_le_bytes(file[older..older + 4].try_into().unwrap());
    let mut at = older + 4 + 72 * epochs as usize;
    let (count, mut found) = (two(file, at), None);
    at += 2;
    for _ in 0..count {
        if Group::of(file[at]) == Some(group) {
            found = Some(at + 37);
        }
        at += 39 + 96 * two(file, at + 37);
    }
    found.unwrap()
}

/// Where in it somebody's slot is.
fn slot(file: &[u8], group: Group, to: &Id) -> usize {
    let first = slots(file, group);
    (0..two(file, first)).map(|n| first + 2 + 96 * n).find(|at| file[*at..*at + 16] == to[..]).unwrap()
}

/// A slot more, with nothing in it that opens.
fn plant(file: &mut Vec<u8>, group: Group, to: &Id) {
    let at = slots(file, group);
    let count = two(file, at) as u16 + 1;
    file[at..at + 2].copy_from_slice(&count.to_le_bytes());
    let slot = [&to[..], &[9; 80]].concat();
    file.splice(at + 2..at + 2, slot);
}

/// A slot less.
fn take(file: &mut Vec<u8>, group: Group, to: &Id) {
    let (at, gone) = (slots(file, group), slot(file, group, to));
    let count = two(file, at) as u16 - 1;
    file[at..at + 2].copy_from_slice(&count.to_le_bytes());
    file.drain(gone..gone + 96);
}

fn fill(file: &mut [u8], group: Group, to: &Id, with: &[u8]) {
    let at = slot(file, group, to) + 16;
    file[at..at + 80].copy_from_slice(with);
}

/// What a volunteer's program seals to somebody as the next key of a group: a key, and not the one that counts.
fn another(centre: &Centre, group: Group, to: &Id) -> Vec<u8> {
    let mut keys = centre.keys(5, PRACTICE);
    let me = *keys.me();
    keys.set_readers(&me, &[group], &System).unwrap();
    let file = keys.seal(&System).unwrap().bytes;
    let at = slot(&file, group, to) + 16;
    file[at..at + 80].to_vec()
}

fn ring(centre: &Centre) -> Keyring {
    Keyring::read(centre.keyring()).unwrap()
}

fn change(old: &str, new: &str) -> PeopleAct {
    PeopleAct::ChangeOwn { old: Secret::new(old), new: Secret::new(new) }
}

/// The words of a recovery sheet, which the book has named.
fn sheet(centre: &Centre) -> String {
    let mut sheet = None;
    drop(forges(centre, (1, PRACTICE), |keys| sheet = Some(keys.remake_recovery(&System).unwrap())));
    centre.desk().unlock(1, PRACTICE).unwrap();
    sheet.unwrap().text().to_string()
}

fn about(staff: StaffId) -> About {
    About::Worker { file: FileId(super::clock().ids().0), staff }
}

type Way<'a> = &'a dyn Fn(&mut Vec<u8>);

const NEW: &str = "five other words of mine";

#[test]
fn a_slot_that_a_volunteer_plants_gets_no_key_when_the_lead_makes_another() {
    let (whole, people) = full();
    let jean = *whole.keys(5, PRACTICE).me();
    own(&whole, |file| plant(file, Group::Allegation, &jean));
    assert!(ring(&whole).readers(Group::Allegation).contains(&jean));
    for (number, old) in [(6, people[0].2.as_str()), (7, &people[1].2), (1, PRACTICE)] {
        let centre = whole.copy();
        let desk = centre.desk();
        desk.unlock(number, old).unwrap();
        desk.people(change(old, NEW)).unwrap();
        drop(desk);
        let after = ring(&centre);
        assert!(!after.readers(Group::Allegation).contains(&jean), "{number}");
        assert!(!centre.keys(5, PRACTICE).reads(Group::Allegation), "{number}");
        assert_eq!(centre.keys(number, NEW).reads(Group::Allegation), number != 1);
        assert!(!centre.desk().unlock(2, PRACTICE).unwrap().unlocked.put_right);
        assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
    }
}

#[test]
fn the_sheet_hands_nothing_to_a_slot_that_somebody_planted() {
    let (whole, _) = full();
    let typed = sheet(&whole);
    let jean = *whole.keys(5, PRACTICE).me();
    own(&whole, |file| Group::ALL.iter().for_each(|group| plant(file, *group, &jean)));
    for number in [5, 1] {
        let centre = whole.copy();
        let passphrase = centre.desk().recover(number, &typed).unwrap();
        let jeans = centre.keys(5, if number == 5 { &passphrase } else { PRACTICE });
        for group in Group::ALL {
            assert!(!jeans.reads(group) && !ring(&centre).readers(group).contains(&jean), "{number}: {group:?}");
        }
        let all = centre.desk().unlock(number, &passphrase).unwrap();
        assert!(!all.unlocked.put_right);
        assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
    }
}

#[test]
fn another_key_in_the_slots_of_a_group_shuts_nobody_out_and_is_told() {
    let (whole, mut people) = full();
    let typed = sheet(&whole);
    let [lead, chair] = [0, 1].map(|n| people[n].1.0.into_bytes());
    let wrong = another(&whole, Group::Allegation, &lead);
    let desk = whole.desk();
    desk.unlock(1, PRACTICE).unwrap();
    // The next key of the group, which is sealed to the lead as she is.
    people[1].2 = desk.given(PeopleAct::Reset(people[1].1)).1;
    drop(desk);
    let ways: [Way<'_>; 3] = [
        &|file| fill(file, Group::Allegation, &lead, &wrong),
        &|file| fill(file, Group::Allegation, &lead, &[9; 80]),
        &|file| take(file, Group::Allegation, &lead),
    ];
    for (n, way) in ways.into_iter().enumerate() {
        let centre = whole.copy();
        own(&centre, |file| {
            way(file);
            fill(file, Group::Allegation, &chair, &[8; 80]);
        });
        let sam = StaffId(uuid::Uuid::from_bytes(*centre.keys(2, PRACTICE).me()));
        told(&centre, about(sam), Readers::Allegation, "MARKED-before");
        let all = centre.desk().unlock(6, &people[0].2).unwrap_or_else(|says| panic!("{n}: {says}"));
        // Of a slot that is not there nobody can say who took it out.
        assert_eq!(all.unlocked.put_right, n != 2, "{n}: whoever is in is told");
        assert!(centre.keys(6, &people[0].2).reads(Group::Allegation), "{n}");
        told(&centre, about(sam), Readers::Allegation, "MARKED-after");
        assert!(!centre.desk().unlock(6, &people[0].2).unwrap().unlocked.put_right, "{n}: once");
        assert!(centre.desk().unlock(7, &people[1].2).unwrap().unlocked.put_right, "{n}: the chair's, of before");
        for (number, passphrase) in [(6, &people[0].2), (7, &people[1].2)] {
            let read = format!("{:?}", centre.reads(number, passphrase));
            assert!(read.contains("MARKED-after") && !read.contains("MARKED-before"), "{n}: {number}");
        }
        // What was told while it was so has waited: the sheet has its key.
        assert!(ring(&centre).waiting().iter().any(|one| one.person == lead && one.group == Group::Allegation), "{n}");
        let passphrase = centre.desk().recover(6, &typed).unwrap();
        assert!(format!("{:?}", centre.reads(6, &passphrase)).contains("MARKED-before"), "{n}");
        assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
    }
}

#[test]
fn garbage_in_the_slots_of_the_sheet_does_not_shut_it_out_and_it_reads_again_from_then_on() {
    let (centre, people) = full();
    let typed = sheet(&centre);
    own(&centre, |file| Group::ALL.iter().for_each(|group| fill(file, *group, &[0; 16], &[9; 80])));
    centre.desk().recover(4, &typed).unwrap();
    let sam = StaffId(uuid::Uuid::from_bytes(*centre.keys(2, PRACTICE).me()));
    told(&centre, about(sam), Readers::Allegation, "MARKED-of-sam");
    assert!(format!("{:?}", centre.reads(6, &people[0].2)).contains("MARKED-of-sam"));
    // Her key is another: what she reads she has of the sheet.
    let passphrase = centre.desk().recover(6, &typed).unwrap();
    assert!(format!("{:?}", centre.reads(6, &passphrase)).contains("MARKED-of-sam"));
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}

#[test]
fn what_was_told_to_a_slot_that_was_spoilt_is_no_damage_of_the_book() {
    let (centre, people) = full();
    let [ruth, lead] = [*centre.keys(1, PRACTICE).me(), people[0].1.0.into_bytes()];
    let wrong = another(&centre, Group::Concern, &lead);
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.people(change(PRACTICE, NEW)).unwrap();
    drop(desk);
    own(&centre, |file| {
        fill(file, Group::Concern, &lead, &wrong);
        fill(file, Group::Concern, &ruth, &[9; 80]);
    });
    told(&centre, About::Nobody(FileId(super::clock().ids().0)), Readers::Concern, "MARKED-before");
    for (number, passphrase) in [(6, people[0].2.as_str()), (1, NEW)] {
        let read = format!("{:?}", centre.reads(number, passphrase));
        assert!(!read.contains("MARKED-before"));
    }
    assert!(centre.desk().unlock(1, NEW).unwrap().unlocked.put_right);
    told(&centre, About::Nobody(FileId(super::clock().ids().0)), Readers::Concern, "MARKED-after");
    for (number, passphrase) in [(6, people[0].2.as_str()), (1, NEW)] {
        assert!(format!("{:?}", centre.reads(number, passphrase)).contains("MARKED-after"), "{number}");
    }
    // A volunteer's, which nothing is to be in.
    let jean = *centre.keys(5, PRACTICE).me();
    own(&centre, |file| plant(file, Group::Chair, &jean));
    assert!(centre.desk().unlock(5, PRACTICE).unwrap().unlocked.put_right);
    assert!(!ring(&centre).readers(Group::Chair).contains(&jean));
}

#[test]
fn whose_key_the_book_does_not_name_takes_nobody_out_and_writes_nothing() {
    let (centre, _) = full();
    let (desk, ghost) = (centre.desk(), [99; 16]);
    let ruth = desk.unlock(1, PRACTICE).unwrap().unlocked.who;
    let staff = StaffId(uuid::Uuid::from_bytes(ghost));
    let (given, family) = (Text::name("Gwen"), Text::name("Ghost"));
    let listed = StaffCard { staff, number: 99, given, family, role: Role::Volunteer, left: false };
    desk.write(ruth, Event::Centre(CentreEvent::StaffListed(listed)), FileRef::Staff(staff)).unwrap();
    drop(desk);
    let passphrase = words(NEW);
    let new = NewPerson { id: ghost, number: 99, passphrase: &passphrase, kdf: Kdf::PRACTICE, groups: &[] };
    forges(&centre, (5, PRACTICE), |keys| keys.add(&new, &System).unwrap());
    let forged = centre.keyring();
    let says = centre.desk().unlock(99, NEW).map(|_| ()).unwrap_err();
    assert!(says.contains("does not name this key"), "{says}");
    assert_eq!(centre.keyring(), forged, "nothing is written");
    assert!(centre.desk().unlock(1, PRACTICE).unwrap().unlocked.put_right);
    assert!(ring(&centre).person(&ghost).is_none());
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}

#[test]
fn whose_promotion_was_cut_off_changes_their_own_passphrase_as_what_they_are() {
    let (centre, people) = full();
    let (number, nora, old) = people[2].clone();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.ends.full.store(true, Ordering::SeqCst);
    desk.people(PeopleAct::Change(nora, card(8, "Nora", Role::SafeguardingLead))).unwrap_err();
    drop(desk);
    assert!(centre.keys(number, &old).reads(Group::Allegation));
    let desk = centre.desk();
    desk.unlock(number, &old).unwrap();
    desk.people(change(&old, NEW)).unwrap();
    drop(desk);
    // Who may makes the group's key anew: here the lead, whose own it is.
    centre.desk().unlock(6, &people[0].2).unwrap();
    assert!(!centre.keys(number, NEW).reads(Group::Allegation) && !centre.keys(number, NEW).reads(Group::Concern));
    assert!(centre.keys(6, &people[0].2).reads(Group::Allegation));
    assert!(!centre.desk().unlock(1, PRACTICE).unwrap().unlocked.put_right);
    assert!(DiskBook::aside_at(&path(&centre)).unwrap().verify().is_good());
}

/// Somebody's house slot: garbage in it.
fn spoils_the_house(file: &mut [u8], of: &Id) {
    let from = 40 + 177 * two(file, 38) + 64;
    let at = (0..two(file, from)).map(|n| from + 2 + 96 * n).find(|at| file[*at..*at + 16] == of[..]).unwrap();
    file[at + 16..at + 96].iter_mut().for_each(|byte| *byte ^= 1);
}

#[test]
fn whose_own_slot_of_the_house_key_was_spoilt_is_told_what_helps_and_it_does() {
    let (whole, _) = full();
    let (typed, before) = (sheet(&whole), whole.keyring());
    let sam = whole.keys(2, PRACTICE).me().to_owned();
    own(&whole, |file| spoils_the_house(file, &sam));
    for says in [whole.refuses(2, PRACTICE), whole.desk().unlock(2, PRACTICE).unwrap_err()] {
        assert!(says.contains("what the keyring keeps for this number is damaged"), "{says}");
        assert!(says.contains("people, n") && says.contains("recovery sheet (0)") && says.contains("a copy"), "{says}");
    }
    // By another coordinator.
    let centre = whole.copy();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    let passphrase = desk.given(PeopleAct::Reset(StaffId(uuid::Uuid::from_bytes(sam)))).1;
    drop(desk);
    centre.desk().unlock(2, &passphrase).unwrap();
    // By the sheet.
    let centre = whole.copy();
    let passphrase = centre.desk().recover(2, &typed).unwrap();
    centre.desk().unlock(2, &passphrase).unwrap();
    // By the copy that was made before: the book names that one, and nobody has named another since.
    whole.put_keyring(&before);
    whole.desk().unlock(2, PRACTICE).unwrap();
}
