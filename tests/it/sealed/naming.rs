//! A keyring that the book does not name yet, or names otherwise: who gets in, by which number, with which version, and what
//! is left in hand of whoever does not.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use doorbook::app::people::{PeopleAct, PeopleDone};
use doorbook::domain::codes::Role;
use doorbook::domain::event::{CentreEvent, Event, FileRef, KeysSigned, UserKeys};
use doorbook::domain::ids::StaffId;
use doorbook::domain::past::Want;
use doorbook::journal::{DiskShelf, Shelf};
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;
use doorbook::run::{Door, Kept};
use doorbook::vault::{Act, Group, Kdf, KeyedSealer, Keyring, NewPerson, Public, Sealer, System};

use super::cut::{full, full_with};
use super::signed::{forges, said, writes};
use super::{Centre, Desk, card, clock, put, words};

/// How many values of each table of the directory these keys open.
pub(super) fn shelf(centre: &Centre, keys: &KeyedSealer) -> [usize; 6] {
    let mut shelf = DiskShelf::at(&centre.folder().join("directory.redb"));
    [1, 2, 3, 4, 5, 6].map(|table| {
        let mut many = 0;
        let mut each = |key: &[u8], value: &[u8]| {
            many += usize::from(keys.open_shelf(&[&[2], key].concat(), value).is_ok());
            Ok(())
        };
        shelf.scan(table, &mut each).unwrap();
        many
    })
}

fn ring(centre: &Centre) -> Keyring {
    Keyring::read(centre.keyring()).unwrap()
}

fn versions(centre: &Centre) -> Vec<u64> {
    let of = |event: &Event| match event {
        Event::Centre(CentreEvent::KeysSet(set)) => Some(set.version),
        _ => None,
    };
    centre.reads(1, PRACTICE).iter().filter_map(|placed| placed.entry.event.open().and_then(of)).collect()
}

/// Something that anybody writes.
fn writes_something(desk: &Desk, by: StaffId) -> Result<(), String> {
    let event = Event::Centre(CentreEvent::WrongTries { staff: by, count: 7 });
    desk.write(by, event, FileRef::Staff(by)).map(|_| ())
}

#[test]
fn a_disk_that_is_full_after_a_new_passphrase_keeps_nobody_out() {
    let (centre, people) = full();
    let desk = centre.desk();
    let ruth = desk.unlock(1, PRACTICE).unwrap().unlocked.who;
    desk.ends.full.store(true, Ordering::SeqCst);
    let done = desk.people(PeopleAct::Reset(people[2].1)).unwrap().0;
    assert!(matches!(done, Some(PeopleDone::NotTold(..))), "{done:?}");
    // And one that is more than half done: who reads what is the coordinator's to bring in step, when there is room.
    for number in [5, 2, 1] {
        desk.door(Door::Lock);
        let all = desk.unlock(number, PRACTICE).unwrap_or_else(|says| panic!("{number}: {says}"));
        assert!(!all.unlocked.put_right, "nobody has changed what they may not");
    }
    let says = writes_something(&desk, ruth).unwrap_err();
    assert!(says.contains("disk is full"), "{says}");
    desk.ends.full.store(false, Ordering::SeqCst);
    writes_something(&desk, ruth).unwrap();
    drop(desk);
    assert_eq!(versions(&centre).last(), Some(&ring(&centre).version()), "named with the next entry");
}

#[test]
fn a_disk_that_is_full_after_a_change_of_a_role_keeps_nobody_out_and_it_is_brought_in_step_later() {
    let (centre, people) = full();
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    desk.ends.full.store(true, Ordering::SeqCst);
    desk.people(PeopleAct::Change(people[2].1, card(8, "Nora", Role::SafeguardingLead))).unwrap_err();
    let nora = people[2].1.0.into_bytes();
    for number in [5, 1, 1] {
        desk.door(Door::Lock);
        desk.unlock(number, PRACTICE).unwrap_or_else(|says| panic!("{number}: {says}"));
    }
    assert!(ring(&centre).readers(Group::Concern).contains(&nora), "nothing is changed that cannot be named");
    desk.ends.full.store(false, Ordering::SeqCst);
    desk.unlock(1, PRACTICE).unwrap();
    assert!(!ring(&centre).readers(Group::Concern).contains(&nora));
    drop(desk);
    assert_eq!(versions(&centre).last(), Some(&ring(&centre).version()));
}

#[test]
fn the_directory_is_made_anew_under_its_new_key_and_serves_on_at_the_same_desk() {
    let (centre, people) = full_with(Families::Invented);
    let old = centre.keys(8, &people[2].2);
    let desk = centre.desk();
    desk.unlock(1, PRACTICE).unwrap();
    let today = Want::Date(clock().now().date_naive());
    let read = || {
        while desk.kept.try_recv().is_ok() {}
        desk.keeper.read(today).unwrap();
        loop {
            if let Kept::Read(_, brought) = desk.kept.recv_timeout(Duration::from_secs(60)).unwrap() {
                return brought;
            }
        }
    };
    let before = read();
    assert!(before.is_some());
    desk.people(PeopleAct::Remove(people[2].1)).unwrap();
    assert_eq!(read(), before);
    // One that failed half way, too: nothing of the old key is left among the new.
    desk.ends.full.store(true, Ordering::SeqCst);
    desk.people(PeopleAct::Add(card(9, "Zoe", Role::Volunteer))).unwrap_err();
    desk.ends.full.store(false, Ordering::SeqCst);
    desk.people(PeopleAct::Reset(people[1].1)).unwrap();
    assert_eq!(read(), before);
    desk.door(Door::Lock);
    desk.unlock(5, PRACTICE).unwrap();
    assert_eq!(read(), before);
    drop(desk);
    assert_eq!(shelf(&centre, &KeyedSealer::new(Some(Arc::new(old)))), [0; 6]);
}

#[test]
fn a_keyring_of_a_version_far_ahead_is_refused_and_a_change_that_names_one_too() {
    let (centre, _) = full();
    let honest = centre.keyring();
    forges(&centre, (5, PRACTICE), |keys| (0..1001).for_each(|_| drop(keys.seal(&System).unwrap())));
    for says in [centre.refuses(1, PRACTICE), centre.desk().unlock(1, PRACTICE).unwrap_err()] {
        assert!(says.contains("names keys that the register does not") && says.contains("Put the copy"), "{says}");
    }
    centre.put_keyring(&honest);
    forges(&centre, (5, PRACTICE), |keys| (0..900).for_each(|_| drop(keys.seal(&System).unwrap())));
    centre.desk().unlock(1, PRACTICE).unwrap();

    let keys = centre.keys(5, PRACTICE);
    let mut set = said(&centre, &keys);
    set.version += 1001;
    writes(&centre, keys, set);
    let says = centre.refuses(1, PRACTICE);
    assert!(says.contains("far ahead of the one before it"), "{says}");
}

/// The numbers of two of the team exchanged in the keyring, and a new sheet.
fn exchanged(centre: &Centre) -> String {
    let [sam, jean] = [2, 5].map(|number| *centre.keys(number, PRACTICE).me());
    let (own, mut sheet) = (words("of my own"), None);
    forges(centre, (1, PRACTICE), |keys| {
        for id in [&sam, &jean] {
            keys.remove(id, &System).unwrap();
        }
        for (id, number) in [(sam, 5), (jean, 2)] {
            let person = NewPerson { id, number, passphrase: &own, kdf: Kdf::PRACTICE, groups: &[] };
            keys.add(&person, &System).unwrap();
        }
        sheet = Some(keys.remake_recovery(&System).unwrap());
    });
    sheet.unwrap().text().to_string()
}

#[test]
fn the_sheet_gives_nobody_a_passphrase_by_a_number_that_the_register_gives_to_somebody_else() {
    let (centre, _) = full();
    let sheet = exchanged(&centre);
    let before = centre.keyring();
    for number in [2, 5] {
        let says = centre.desk().recover(number, &sheet).unwrap_err();
        assert!(says.contains("another number than the team list") && says.contains("Nothing was changed"), "{says}");
    }
    let seeds = |ring: Keyring| ring.people().iter().map(|one| one.public).collect::<Vec<_>>();
    assert_eq!(seeds(ring(&centre)), seeds(Keyring::read(&before).unwrap()), "nobody's seed is made anew");
    let passphrase = centre.desk().recover(1, &sheet).unwrap();
    centre.desk().unlock(1, &passphrase).unwrap();
}

#[test]
fn whose_number_in_the_keyring_is_not_that_of_the_team_list_is_told_at_unlocking() {
    let (centre, _) = full();
    exchanged(&centre);
    for number in [2, 5] {
        for says in [centre.refuses(number, "of my own"), centre.desk().unlock(number, "of my own").unwrap_err()] {
            assert!(says.contains("another number than the team list"), "{number}: {says}");
        }
    }
    centre.desk().unlock(1, PRACTICE).unwrap();
}

#[test]
fn a_public_key_that_nothing_can_be_sealed_to_is_refused_by_its_place() {
    let (centre, _) = full();
    let keys = centre.keys(1, PRACTICE);
    let (register, me, before) = (centre.register(), *keys.me(), keys.ring().roster());
    let id = [99; 16];
    let public = Public { x: [0; 32], ed: before.people[&me].ed };
    let mut roster = before.clone();
    roster.people.insert(id, public);
    let digest = keys.ring().act().makes(&register, &before);
    let act = Act { by: me, before: digest, signature: [0; 64] };
    let signature = keys.sign_bytes(&[b"doorbook keys act v1", &act.makes(&register, &roster)[..]].concat());
    let staff = |id| StaffId(uuid::Uuid::from_bytes(id));
    let mut set = said(&centre, &keys);
    set.version += 1;
    set.added = vec![UserKeys { staff: staff(id), seals: public.x, signs: public.ed }];
    set.act = Some(KeysSigned { by: staff(me), signature });
    writes(&centre, keys, set);
    let says = centre.refuses(1, PRACTICE);
    assert!(says.contains("nothing can be sealed to one of its public keys"), "{says}");
}

/// The keeper asked for a day while nobody is in: whether anything was brought, and whether the directory was touched.
#[track_caller]
fn holds_nothing(centre: &Centre, desk: &Desk) {
    let file = centre.folder().join("directory.redb");
    let before = std::fs::read(&file).ok();
    while desk.kept.try_recv().is_ok() {}
    desk.keeper.read(Want::Date(clock().now().date_naive())).unwrap();
    loop {
        if let Kept::Read(_, brought) = desk.kept.recv_timeout(Duration::from_secs(60)).unwrap() {
            assert_eq!(brought, None);
            break;
        }
    }
    assert!(std::fs::read(&file).ok() == before, "it has no directory in hand");
}

#[test]
fn after_the_sheet_and_after_an_unlocking_that_failed_late_nothing_is_in_hand() {
    let (centre, _) = full_with(Families::Invented);
    let mut sheet = None;
    forges(&centre, (1, PRACTICE), |keys| sheet = Some(keys.remake_recovery(&System).unwrap()));
    centre.desk().unlock(1, PRACTICE).unwrap();
    let desk = centre.desk();
    desk.recover(2, &sheet.unwrap().text()).unwrap();
    holds_nothing(&centre, &desk);
    drop(desk);

    let own = words("of my own");
    let ghost = NewPerson { id: [99; 16], number: 99, passphrase: &own, kdf: Kdf::PRACTICE, groups: &[] };
    forges(&centre, (5, PRACTICE), |keys| keys.add(&ghost, &System).unwrap());
    let desk = centre.desk();
    let says = desk.unlock(99, "of my own").unwrap_err();
    assert!(says.contains("nobody on the team list"), "{says}");
    holds_nothing(&centre, &desk);
}

/// The program by its command line, in a home of its own.
fn run(home: &std::path::Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbook"));
    command.args(args).env_remove("DOORBOOK_DATA").env("HOME", home).env("XDG_DATA_HOME", home.join("data"));
    let out = command.stdin(std::process::Stdio::null()).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap())
}

/// The folders below, deep.
fn folders(of: PathBuf) -> Vec<PathBuf> {
    let mut all = vec![of.clone()];
    for one in std::fs::read_dir(of).unwrap().map(|one| one.unwrap().path()).filter(|path| path.is_dir()) {
        all.extend(folders(one));
    }
    all
}

#[cfg(target_os = "linux")]
#[test]
fn a_keyring_whose_register_is_gone_opens_no_first_screen_and_no_practice_register() {
    let home = tempfile::tempdir().unwrap();
    let (code, says) = run(home.path(), &["practice", "--no-open"]);
    assert_eq!(code, 0, "{says}");
    assert_eq!(run(home.path(), &["day"]).0, 0, "where there is nothing else, the practice register");
    let practice = folders(home.path().to_owned()).into_iter().find(|path| path.ends_with("practice")).unwrap();
    let register = practice.with_file_name("register");
    doorbook::platform::private_folder(&register).unwrap();
    put(&register.join("keyring"), &Centre::new().keyring());
    for args in [vec![], vec!["day"], vec!["log"], vec!["verify"]] {
        let (code, says) = run(home.path(), &args);
        let told = says.contains("There is a keyring here and its register is not") && says.contains("register.redb");
        assert!(code == 4 && told && says.contains("take the file \"keyring\" away"), "{args:?}: {code} {says}");
    }
    // Whoever names the practice register has it still.
    assert_eq!(run(home.path(), &["practice", "--no-open"]).0, 0);
}
