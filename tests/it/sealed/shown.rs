//! A disk that fails while somebody gets a passphrase: what is shown opens, and what does not open is not shown.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use doorbook::app::people::{PeopleAct, PeopleDone};
use doorbook::app::secret::Secret;
use doorbook::domain::codes::Role;
use doorbook::domain::ids::StaffId;
use doorbook::run::house::PRACTICE;
use doorbook::vault::System;

use super::cut::full;
use super::{Centre, Desk, card};
use crate::nearly_real::NearlyReal;

/// What is shown of it, and whether it was told at once.
fn shown(done: Option<PeopleDone>) -> (Option<String>, bool) {
    match done {
        Some(PeopleDone::Passphrase { passphrase, .. }) => (Some(passphrase.reveal().to_owned()), true),
        Some(PeopleDone::NotTold(done, says)) => {
            assert!(says.starts_with("It counts."), "{says}");
            (shown(Some(*done)).0, false)
        }
        Some(PeopleDone::ChangedOwn) => (None, true),
        other => panic!("{other:?}"),
    }
}

fn opens(centre: &Centre, number: u8, passphrase: &str) -> bool {
    centre.desk().unlock(number, passphrase).is_ok()
}

const NEW: &str = "five other words of mine";

/// Each act that gives a passphrase: by whom, and whose number it is.
fn acts(nora: StaffId) -> [(PeopleAct, u8); 3] {
    let own = PeopleAct::ChangeOwn { old: Secret::new(PRACTICE), new: Secret::new(NEW) };
    [(PeopleAct::Reset(nora), 8), (PeopleAct::Add(card(9, "Zoe", Role::Volunteer)), 9), (own, 1)]
}

#[test]
fn where_the_keyring_cannot_be_written_nothing_is_shown_and_what_opened_opens() {
    let (whole, people) = full();
    let (nora, before) = (people[2].1, people[2].2.clone());
    for (act, number) in acts(nora) {
        for good in 0..4 {
            for bad in [1, 2, 9] {
                let centre = whole.copy();
                let disk = Arc::new(NearlyReal::failing(bad));
                let desk = Desk::on(disk.clone(), &centre.folder());
                desk.unlock(1, PRACTICE).unwrap();
                disk.fails_after(good);
                let done = desk.people(act.clone());
                drop(desk);
                let case = format!("{act:?} {good} {bad}: {done:?}");
                let old = if number == 8 { before.as_str() } else { PRACTICE };
                match done {
                    Ok((done, _)) => {
                        let new = shown(done).0.unwrap_or(NEW.to_owned());
                        assert!(opens(&centre, number, &new), "{case}");
                    }
                    Err(says) if says.contains("may need another new one") => {}
                    Err(says) => {
                        assert!(says.contains("the disk fails"), "{case}");
                        assert!(number == 9 || opens(&centre, number, old), "{case}");
                    }
                }
            }
        }
    }
}

#[test]
fn where_the_book_cannot_be_written_what_is_shown_opens_and_it_is_told() {
    let (whole, people) = full();
    for (act, number) in acts(people[2].1) {
        let centre = whole.copy();
        let desk = centre.desk();
        desk.unlock(1, PRACTICE).unwrap();
        desk.ends.full.store(true, Ordering::SeqCst);
        let done = desk.people(act.clone());
        if number == 9 {
            let says = done.unwrap_err();
            assert!(says.contains("no passphrase counts"), "{says}");
            // Nor is anything in the way once there is room: the same number, a passphrase that opens.
            desk.ends.full.store(false, Ordering::SeqCst);
            let (_, passphrase) = desk.given(act);
            drop(desk);
            assert!(opens(&centre, 9, &passphrase));
            continue;
        }
        let (passphrase, told) = shown(done.unwrap().0);
        drop(desk);
        assert!(!told && opens(&centre, number, &passphrase.unwrap_or(NEW.to_owned())), "{act:?}");
        assert!(opens(&centre, 2, PRACTICE));
    }
}

#[test]
fn the_sheets_passphrase_is_shown_where_it_opens_though_the_book_cannot_be_written() {
    let centre = Centre::new();
    let mut keys = centre.keys(1, PRACTICE);
    let sheet = keys.remake_recovery(&System).unwrap().text();
    centre.put_keyring(&keys.seal(&System).unwrap().bytes);
    centre.desk().unlock(1, PRACTICE).unwrap();
    let desk = centre.desk();
    desk.ends.full.store(true, Ordering::SeqCst);
    let passphrase = desk.recover(1, &sheet).unwrap();
    drop(desk);
    assert!(opens(&centre, 1, &passphrase) && !opens(&centre, 1, PRACTICE));
}
