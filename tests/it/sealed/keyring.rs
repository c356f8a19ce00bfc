//! The keyring lost, of another register, changed by hand; keys of somebody who left; who opens what was told of a note.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use base64ct::{Base64, Encoding};
use doorbook::app::people::PeopleAct;
use doorbook::book::{Book, DiskBook};
use doorbook::domain::codes::Role;
use doorbook::domain::event::{About, Account, By, CentreEvent, Event, FileRef, Leaves, NoteEvent, Readable, Readers};
use doorbook::domain::ids::{FileId, NoteId, StaffId};
use doorbook::domain::text::Text;
use doorbook::journal::{self, Body, Journal, Seq, Which};
use doorbook::run::Door;
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;
use doorbook::vault::{BodyBound, KeyedSealer, Keyring, Opened, Sealer, ShellBound};
use uuid::Uuid;

use super::cut::{full, full_with};
use super::{Centre, put};

/// A keyring with its last 32 bytes right again, as anybody can make them.
fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 32;
    let sum = *blake3::hash(&bytes[..end]).as_bytes();
    bytes[end..].copy_from_slice(&sum);
    bytes
}

/// The program by its command line, as number 1 of a practice register.
fn says(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbook"));
    command.args(args).env("DOORBOOK_DATA", folder).env("HOME", folder.parent().unwrap());
    let out = command.stdin(std::process::Stdio::null()).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap())
}

#[test]
fn without_its_keyring_nothing_opens_and_none_is_made() {
    let centre = Centre::new();
    std::fs::remove_file(centre.folder().join("keyring")).unwrap();
    let head = || *DiskBook::look_at(&centre.folder().join("register.redb")).unwrap().head();
    let before = head();
    for args in [vec!["day"], vec!["log"], vec!["roll"], vec!["practice", "--no-open"], vec!["import", "."]] {
        let (code, says) = says(&centre.folder(), &args);
        assert!(code != 0 && says.contains("keyring"), "{args:?}: {code} {says}");
    }
    assert!(!centre.folder().join("keyring").exists());
    assert_eq!(head(), before);
    assert!(centre.desk().unlock(1, PRACTICE).unwrap_err().contains("Put the file \"keyring\" back"));
}

#[test]
fn another_register_in_the_place_of_a_lost_book_keeps_its_keyring() {
    let centre = Centre::new();
    let keyring = std::fs::read(centre.folder().join("keyring")).unwrap();
    std::fs::remove_file(centre.folder().join("register.redb")).unwrap();
    let (code, said) = says(&centre.folder(), &["practice", "--no-open"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("keyring without its register"), "{said}");
    let names = std::fs::read_dir(centre.folder()).unwrap().map(|one| one.unwrap().path());
    let aside: Vec<_> = names.filter(|path| path.to_string_lossy().contains("keyring.")).collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(std::fs::read(&aside[0]).unwrap(), keyring);
    assert_ne!(std::fs::read(centre.folder().join("keyring")).unwrap(), keyring);
}

/// A register that is not sealed, with the id of this one: as an attacker makes it of nothing.
fn in_clear(centre: &Centre) {
    let register = doorbook::domain::ids::RegisterId(Uuid::from_bytes(centre.register()));
    let clock = super::clock();
    let made = doorbook::run::setup::practice_entries(register, Families::None, clock.now(), clock.ids());
    for name in ["register.redb", "directory.redb"] {
        let _ = std::fs::remove_file(centre.folder().join(name));
    }
    let mut entries = made.into_iter().map(Ok::<_, ()>);
    drop(DiskBook::create_at(&centre.folder().join("register.redb"), register, &mut entries).unwrap());
}

#[test]
fn a_book_in_clear_in_the_place_of_the_sealed_one_is_told() {
    let centre = Centre::new();
    centre.desk().unlock(1, PRACTICE).unwrap();
    in_clear(&centre);
    let ring = centre.keyring();
    for args in [vec!["day"], vec!["roll"], vec!["verify"], vec!["practice", "--no-open"]] {
        let (code, says) = says(&centre.folder(), &args);
        assert!(code == 6 && says.contains("not sealed, and there is a keyring beside it"), "{args:?}: {code} {says}");
    }
    let house = doorbook::run::house::House::of(&centre.folder());
    let desk = doorbook::run::open::locked(&centre.folder(), &house).unwrap_err().to_string();
    assert!(desk.contains("there is a keyring beside it"), "{desk}");
    assert_eq!(centre.keyring(), ring);
    // The keyring taken away too: what somebody had typed is sealed still.
    std::fs::remove_file(centre.folder().join("keyring")).unwrap();
    let (code, says_) = says_of(&centre);
    assert!(code == 0, "a practice register of before keys: {says_}");
    put(&centre.folder().join(format!("draft-{}.sealed", Uuid::nil())), b"sealed");
    let (code, says_) = says_of(&centre);
    assert!(code == 6 && says_.contains("a centre's own always is"), "{code} {says_}");
}

fn says_of(centre: &Centre) -> (i32, String) {
    says(&centre.folder(), &["day"])
}

#[test]
fn the_keyring_or_the_book_of_another_register_is_told() {
    let (centre, other) = (Centre::new(), Centre::new());
    let own = centre.keyring();
    centre.put_keyring(&other.keyring());
    for says in [centre.refuses(1, PRACTICE), centre.desk().unlock(1, PRACTICE).unwrap_err()] {
        assert!(says.contains("of another register"), "{says}");
    }
    centre.put_keyring(&own);
    put(&centre.folder().join("register.redb"), &std::fs::read(other.folder().join("register.redb")).unwrap());
    assert!(centre.refuses(1, PRACTICE).contains("of another register"));
}

#[test]
fn half_a_keyring_or_one_flipped_byte_is_told_before_anybody_types() {
    let centre = Centre::new();
    let whole = centre.keyring();
    for cut in (0..whole.len()).step_by(61) {
        centre.put_keyring(&whole[..cut]);
        let says = centre.refuses(1, PRACTICE);
        assert!(says.contains("eyring") && says.contains("Put a copy"), "{cut}: {says}");
    }
    for at in (0..whole.len()).step_by(37) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        centre.put_keyring(&flipped);
        let says = centre.refuses(1, PRACTICE);
        assert!(says.contains("eyring"), "{at}: {says}");
    }
    centre.put_keyring(&whole);
    centre.desk().unlock(1, PRACTICE).unwrap();
}

/// Where person `n` begins, where their public key does.
const PERSON: (usize, usize) = (177, 40);
const X: usize = 17;
const SLOT: usize = 96;

#[test]
fn a_public_key_put_in_the_place_of_another_is_told_to_whoever_unlocks() {
    let centre = Centre::new();
    let mut forged = centre.keyring();
    let own = another_public_key();
    let at = PERSON.1 + PERSON.0 + X;
    forged[at..at + 32].copy_from_slice(&own);
    centre.put_keyring(&summed(forged));
    for number in [1, 2, 5] {
        let says = centre.refuses(number, PRACTICE);
        assert!(says.contains("not as it was written"), "{number}: {says}");
    }
}

/// A public key of the attacker's own.
fn another_public_key() -> [u8; 32] {
    let other = Centre::new();
    *other.keyring()[PERSON.1 + X..].first_chunk().unwrap()
}

#[test]
fn a_house_key_that_is_sealed_to_another_opens_for_nobody_else() {
    let centre = Centre::new();
    let ring = Keyring::read(centre.keyring()).unwrap();
    let first = PERSON.1 + PERSON.0 * ring.people().len() + 64 + 2;
    let mut forged = centre.keyring();
    let others = forged[first + 16..first + SLOT].to_vec();
    forged[first + SLOT + 16..first + 2 * SLOT].copy_from_slice(&others);
    centre.put_keyring(&summed(forged));
    assert!(centre.refuses(2, PRACTICE).contains("not as it was written"));
}

#[test]
fn whoever_left_opens_nothing_with_a_new_copy_and_nothing_new_with_their_own_old_one() {
    let (centre, people) = full_with(Families::Invented);
    let (number, nora, passphrase) = people[2].clone();
    let old = centre.keys(number, &passphrase);
    let before = centre.reads(1, PRACTICE).len() as u64;
    let (old_ring, desk) = (centre.keyring(), centre.desk());
    desk.unlock(1, PRACTICE).unwrap();
    desk.people(PeopleAct::Remove(nora)).unwrap();
    let marked = Event::Centre(CentreEvent::WrongTries { staff: people[0].1, count: 7 });
    desk.write(people[0].1, marked, FileRef::Staff(people[0].1)).unwrap();
    drop(desk);
    // Who is on file, which the directory says too: its key is another one now.
    let theirs = KeyedSealer::new(Some(Arc::new(old.clone())));
    let of_now = KeyedSealer::new(Some(Arc::new(centre.keys(1, PRACTICE))));
    let (theirs, of_now) = (super::naming::shelf(&centre, &theirs), super::naming::shelf(&centre, &of_now));
    assert!(theirs == [0; 6] && of_now[..5].iter().all(|many| *many > 0), "{theirs:?} {of_now:?}");
    assert!(centre.refuses(number, &passphrase).contains("do not go together"));
    assert_eq!(centre.desk().unlock(number, &passphrase).unwrap_err(), "wrong");

    // Their own program, their old keyring, the new book: entry by entry.
    let sealer = KeyedSealer::new(Some(Arc::new(old)));
    let journal = journal::look_at_file(&centre.folder().join("register.redb")).unwrap();
    let mut book = Book::sealed(journal, Box::new(sealer.clone())).unwrap();
    let mut journal = journal::look_at_file(&centre.folder().join("register.redb")).unwrap();
    let rows = journal.read(Which::All, Seq(before), usize::MAX).unwrap();
    assert!(rows.len() >= 3, "{}", rows.len());
    for kept in rows {
        let shell = ShellBound { register: centre.register(), seq: kept.seq.0, before: kept.before.0 };
        let opened = sealer.open_shell(&shell, &kept.row.shell);
        let named = matches!(book.at(kept.seq.0), Ok(Some(placed))
            if matches!(placed.entry.event.open(), Some(Event::Centre(CentreEvent::KeysSet(_)))));
        assert!(named || opened == Ok(Opened::Closed), "entry {}", kept.seq);
    }
    assert!(book.at(before).unwrap().is_some(), "what was there before they left they have read already");
    centre.put_keyring(&old_ring);
    assert!(centre.refuses(number, &passphrase).contains("older than the register"));
}

/// An account of Jean's, about whom it may be, for whom it is.
pub(super) fn told(centre: &Centre, about: About, to: Readers, mark: &str) -> Event {
    let jean = StaffId(Uuid::from_bytes(*centre.keys(5, PRACTICE).me()));
    let account = Account { about, kind: None, words: Text::note(mark), paper: None };
    let event =
        Event::Note(NoteEvent::Told { note: NoteId(super::clock().ids().0), account: Readable::Open(account), to });
    let desk = centre.desk();
    desk.unlock(5, PRACTICE).unwrap();
    let stored = desk.write(jean, event, FileRef::Apart(FileId(super::clock().ids().0))).unwrap();
    // What comes back to the raiser's screen is closed already.
    assert!(!format!("{stored:?}").contains(mark));
    stored[0].event.open().unwrap().clone()
}

#[test]
fn an_account_opens_for_its_readers_and_not_for_its_writer_the_lead_whom_it_is_about_or_anybody_else() {
    let (centre, people) = full();
    let file = || FileId(super::clock().ids().0);
    let of = |staff| About::Worker { file: file(), staff };
    let sam = StaffId(Uuid::from_bytes(*centre.keys(2, PRACTICE).me()));
    told(&centre, About::Nobody(file()), Readers::Concern, "MARKED-concern");
    told(&centre, of(sam), Readers::Allegation, "MARKED-of-sam");
    told(&centre, of(people[0].1), Readers::Chair, "MARKED-of-the-lead");
    told(&centre, of(people[1].1), Readers::Lead, "MARKED-of-the-chair");
    let marks = ["MARKED-concern", "MARKED-of-sam", "MARKED-of-the-lead", "MARKED-of-the-chair"];
    let who = |number: u8| people.iter().find(|one| one.0 == number).map_or(PRACTICE, |one| one.2.as_str());
    for (number, may) in [
        (1, [true, false, false, false]),
        (2, [false; 4]),
        (3, [false; 4]),
        (4, [false; 4]),
        (5, [false; 4]),
        (6, [true, true, false, true]),
        (7, [false, true, true, false]),
        (8, [false; 4]),
    ] {
        let all = format!("{:?}", centre.reads(number, who(number)));
        assert_eq!(marks.map(|mark| all.contains(mark)), may, "number {number}");
    }
    // Nor in what is written in the clear: whose account it is stands nowhere but in the account.
    let bytes = std::fs::read(centre.folder().join("register.redb")).unwrap();
    assert!(marks.iter().all(|mark| !super::plaintext::holds(&bytes, mark)));
}

type Shape = (String, Vec<(u8, Vec<u8>, usize)>, Vec<u8>);

/// What a volunteer reads of a body with the source in hand: for whom it is said to be; of each copy group, generation and
/// length; and which of them somebody's keys open.
fn shape(centre: &Centre, row: &journal::Row, opens: &KeyedSealer) -> Shape {
    let jean = KeyedSealer::new(Some(Arc::new(centre.keys(5, PRACTICE))));
    let bound = BodyBound { register: centre.register(), entry: row.id.0 };
    let Body::Here(body) = &row.body else { panic!("gone") };
    let Ok(Opened::Open(frame)) = jean.open_body(&bound, body) else { panic!("closed") };
    let json: serde_json::Value = serde_json::from_slice(&frame[3..]).unwrap();
    let copies = json["note"]["copies"].as_array().unwrap().iter();
    let copies: Vec<Vec<u8>> = copies.map(|one| Base64::decode_vec(one.as_str().unwrap()).unwrap()).collect();
    let open = copies.iter().filter(|one| matches!(opens.open_account(&bound, one), Ok(Opened::Open(_))));
    let open = open.map(|one| one[17]).collect();
    assert_eq!(json["note"].as_object().unwrap().keys().collect::<Vec<_>>(), ["copies", "is", "note", "to"]);
    let shape = copies.iter().map(|one| (one[17], one[18..22].to_vec(), one.len())).collect();
    (json["note"]["to"].as_str().unwrap().to_owned(), shape, open)
}

#[test]
fn an_allegation_has_one_shape_whomever_it_is_about() {
    let (centre, people) = full();
    let sam = StaffId(Uuid::from_bytes(*centre.keys(2, PRACTICE).me()));
    let of = |staff| About::Worker { file: FileId(super::clock().ids().0), staff };
    let mut events = Vec::new();
    for (staff, to) in [(sam, Readers::Allegation), (people[0].1, Readers::Chair), (people[1].1, Readers::Lead)] {
        events.push(told(&centre, of(staff), to, "the same words"));
    }
    // What the desk holds of it afterwards says no more than what anybody reads of it later.
    assert!(events.iter().all(|event| matches!(event, Event::Note(NoteEvent::Told { to: Readers::Allegation, .. }))));
    let mut journal = journal::look_at_file(&centre.folder().join("register.redb")).unwrap();
    let rows = journal.read(Which::All, Seq::START, usize::MAX).unwrap();
    let mut book = DiskBook::look_at(&centre.folder().join("register.redb")).unwrap();
    book = book.under(Box::new(KeyedSealer::new(Some(Arc::new(centre.keys(1, PRACTICE))))));
    let of_told = |placed: &doorbook::book::Placed| {
        matches!(placed.entry.event.open(), Some(Event::Note(NoteEvent::Told { .. })))
    };
    let places: Vec<u64> = book.read_all().unwrap().iter().filter(|one| of_told(one)).map(|one| one.seq).collect();
    let [lead, chair] = [0, 1].map(|n| {
        let (number, _, passphrase) = &people[n];
        KeyedSealer::new(Some(Arc::new(centre.keys(*number, passphrase))))
    });
    let shapes = |opens: &KeyedSealer| -> Vec<_> {
        places.iter().map(|seq| shape(&centre, &rows[*seq as usize - 1].row, opens)).collect()
    };
    let (by_lead, by_chair) = (shapes(&lead), shapes(&chair));
    assert!(by_lead.iter().all(|one| one.0 == "allegation" && one.1 == by_lead[0].1), "{by_lead:?}");
    assert_eq!(by_lead[0].1.iter().map(|one| one.0).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(by_lead.iter().map(|one| one.2.clone()).collect::<Vec<_>>(), [vec![2], vec![], vec![3]]);
    assert_eq!(by_chair.iter().map(|one| one.2.clone()).collect::<Vec<_>>(), [vec![2], vec![4], vec![]]);
    let lengths: Vec<usize> = places
        .iter()
        .map(|seq| match &rows[*seq as usize - 1].row.body {
            Body::Here(body) => body.len(),
            Body::Gone(_) => 0,
        })
        .collect();
    assert!(lengths.iter().all(|len| *len == lengths[0] && *len > 0), "{lengths:?}");
    // What opens for nobody here is no damage; deep, with each reader's own keys.
    for (number, passphrase) in [(1, PRACTICE), (6, &people[0].2), (7, &people[1].2)] {
        let keys = KeyedSealer::new(Some(Arc::new(centre.keys(number, passphrase))));
        let report = DiskBook::look_at(&centre.folder().join("register.redb")).unwrap().under(Box::new(keys)).verify();
        assert!(report.is_good(), "{number}: {}", report.sentence());
    }
}

#[test]
fn wrong_passphrases_are_counted_on_disk_over_a_restart_and_told_to_whoever_gets_in() {
    let centre = Centre::new();
    for _ in 0..2 {
        let desk = centre.desk();
        assert_eq!(desk.unlock(1, "not it").unwrap_err(), "wrong");
        assert_eq!(desk.unlock(77, "nobody").unwrap_err(), "wrong");
    }
    let tries = centre.folder().join("tries.txt");
    assert!(std::fs::read_to_string(&tries).unwrap().starts_with("4 "));
    drop({
        let desk = centre.desk();
        desk.unlock(2, PRACTICE).unwrap();
        desk
    });
    assert!(!tries.exists());
    let told = centre.reads(1, PRACTICE).into_iter().filter_map(|placed| placed.entry.event.open().cloned());
    let counts: Vec<u32> = told
        .filter_map(|event| match event {
            Event::Centre(CentreEvent::WrongTries { count, .. }) => Some(count),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [4]);
}

#[test]
fn what_is_printed_is_an_entry_in_the_name_of_whoever_has_the_desk() {
    let centre = Centre::new();
    let (desk, date) = (centre.desk(), super::clock().now().date_naive());
    let who = desk.unlock(3, PRACTICE).unwrap().unlocked.who;
    desk.door(Door::Exported(Leaves::Roll, date, None));
    drop(desk);
    let exported = |placed: &doorbook::book::Placed| {
        let of =
            matches!(placed.entry.event.open(), Some(Event::Centre(CentreEvent::Exported { what: Leaves::Roll, .. })));
        of && placed.entry.by == By::Staff(who)
    };
    assert_eq!(centre.reads(1, PRACTICE).iter().filter(|placed| exported(placed)).count(), 1);
}

#[test]
fn whoever_becomes_the_lead_does_not_read_what_was_told_of_them_before() {
    let (centre, people) = full();
    let nora = people[2].1;
    let of = About::Worker { file: FileId(super::clock().ids().0), staff: nora };
    told(&centre, of, Readers::Allegation, "MARKED-of-nora");
    let lead = || PeopleAct::Change(nora, super::card(8, "Nora", Role::SafeguardingLead));
    let desk = centre.desk();
    // The lead, who holds it and would hand it over, changes no roles; the coordinator holds nothing of it.
    desk.unlock(6, &people[0].2).unwrap();
    let says = desk.people(lead()).unwrap_err();
    assert!(says.contains("This is for the coordinator"), "{says}");
    desk.unlock(1, PRACTICE).unwrap();
    desk.people(lead()).unwrap();
    desk.people(PeopleAct::Give(nora)).unwrap();
    drop(desk);
    assert!(!format!("{:?}", centre.reads(8, &people[2].2)).contains("MARKED-of-nora"));
}
