//! Marked content, and everything that each role can get: commands, entries, what they fold to, screens, drafts.

use std::process::{Command as Program, Stdio};
use std::time::Duration;

use doorbook::app::action::{Action, Effect};
use doorbook::app::lock::Tries;
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, update, view};
use doorbook::domain::decide::{Command, DayAct, NoteAct};
use doorbook::domain::event::{About, Source};
use doorbook::domain::ids::{FileId, StaffId};
use doorbook::domain::text::Text;
use doorbook::run::house::{House, PRACTICE};
use doorbook::run::setup::{DESK, Families};
use doorbook::run::stamp::{Hand, stamp, written_by};
use doorbook::run::{Papers, open};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::cut::full_with;
use super::{Centre, clock, put, words};
use crate::desk::harness::{ids, key};
use crate::made::Made;

/// A concern, an allegation about Sam, one about the lead, one about the chair, a draft of Jean's.
const MARKS: [&str; 5] = ["MARKEDCONCERN", "MARKEDOFSAM", "MARKEDOFLEAD", "MARKEDOFCHAIR", "MARKEDDRAFT"];

/// One person: number, passphrase, which marks are for them.
struct One {
    number: u8,
    passphrase: String,
    may: [bool; 5],
}

fn world() -> (Centre, Vec<One>) {
    let (centre, people) = full_with(Families::Invented);
    let desk = centre.desk();
    let all = desk.unlock(5, PRACTICE).unwrap();
    let mut made = Made::on(all.unlocked.register, clock());
    made.who = all.unlocked.who;
    let date = made.date();
    desk.stores(made.does(Command::Day(DayAct::Open { date }))).unwrap();
    let session = &made.day().sessions[0];
    let concern = About::Session { session: session.id(), case: session.plan.case };
    let of = |staff: StaffId| About::Worker { file: FileId(clock().ids().0), staff };
    let sam = made.register.present_team()[1].staff;
    let abouts = [concern, of(sam), of(people[0].1), of(people[1].1)];
    for (about, mark) in abouts.into_iter().zip(MARKS) {
        desk.stores(made.does(Command::Note(NoteAct::Raise { session: None, place: None }))).unwrap();
        let note = made.day().notes.last().unwrap().id;
        let words = Text::note(mark);
        desk.stores(made.does(Command::Note(NoteAct::Tell { note, about, kind: None, words, paper: None }))).unwrap();
    }
    drop(desk);
    let jean = centre.keys(5, PRACTICE);
    let staff = StaffId(uuid::Uuid::from_bytes(*jean.me()));
    let house = House::of(&centre.folder());
    house.take(Some(std::sync::Arc::new(jean)));
    Papers::sealed(&centre.folder(), house.sealer()).keep_draft(staff, None, &Text::note(MARKS[4])).unwrap();
    let may = |number| match number {
        1 => [true, false, false, false, false],
        5 => [false, false, false, false, true],
        6 => [true, true, false, true, false],
        7 => [false, true, true, false, false],
        _ => [false; 5],
    };
    let mut all: Vec<One> =
        (1..=5).map(|number| One { number, passphrase: PRACTICE.to_owned(), may: may(number) }).collect();
    all.extend(people.into_iter().map(|(number, _, passphrase)| One { number, passphrase, may: may(number) }));
    (centre, all)
}

/// Holds nothing that is not for them; which of what is for them.
#[track_caller]
fn found(one: &One, what: &str, text: &str) -> [bool; 5] {
    let text = text.to_uppercase();
    let found = MARKS.map(|mark| text.contains(mark));
    for ((found, may), mark) in found.into_iter().zip(one.may).zip(MARKS) {
        assert!(may || !found, "number {} gets {mark} by {what}", one.number);
    }
    found
}

#[test]
fn the_commands_say_nothing_above_whoever_asks() {
    let (centre, all) = world();
    let mut written = 0;
    for one in &all {
        let file = centre.folder().join("words");
        put(&file, one.passphrase.as_bytes());
        let made = centre.folder().join("made.out");
        let made = made.to_str().unwrap();
        for args in [
            vec!["day"],
            vec!["day", "--json"],
            vec!["log"],
            vec!["log", "--json"],
            vec!["roll"],
            vec!["roll", "--json"],
            vec!["doctor"],
            vec!["doctor", "--json"],
            vec!["verify"],
            vec!["verify", "--deep"],
            vec!["salvage", "--to", made],
            vec!["book", "export", made],
        ] {
            let _ = std::fs::remove_file(made);
            let mut program = Program::new(env!("CARGO_BIN_EXE_doorbook"));
            program.args(&args).arg("--number").arg(one.number.to_string()).arg("--passphrase-file").arg(&file);
            program.args(["--at", "2026-11-21T10:01"]);
            program.env("DOORBOOK_DATA", centre.folder()).env("HOME", centre.folder().parent().unwrap());
            let out = program.stdin(Stdio::null()).output().unwrap();
            let text = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
            assert!(!text.is_empty(), "{args:?}");
            // Whoever may not take named data out is told so; whoever may is shown it.
            let refused = out.status.code() == Some(7) && text.contains("This is not for this person's role.");
            assert!(args[0] != "day" || out.status.code() == Some(0) || refused, "{args:?}: {text}");
            found(one, &args.join(" "), &text);
            // What was written out on their asking, too.
            if let Ok(bytes) = std::fs::read(made) {
                found(one, &args.join(" "), &String::from_utf8_lossy(&bytes));
                written += 1;
            }
        }
    }
    assert!(written >= all.len(), "{written}");
}

#[test]
fn what_is_read_with_their_keys_holds_nothing_above_them_and_all_that_is_for_them() {
    let (centre, all) = world();
    for one in &all {
        let passphrase = words(&one.passphrase);
        let mut opened = open::look(&centre.folder(), open::Who::Is(one.number, &passphrase)).unwrap();
        opened.all().unwrap();
        let folded = found(one, "folding all of it", &format!("{:?}", opened.register));
        let read = found(one, "reading each entry", &format!("{:?}", opened.book.read_all().unwrap()));
        assert_eq!((&folded[..4], &read[..4]), (&one.may[..4], &one.may[..4]), "number {}", one.number);
        let house = opened.house.unwrap();
        let drafts = Papers::sealed(&centre.folder(), house.sealer()).drafts();
        assert_eq!(found(one, "a draft", &format!("{drafts:?}"))[4], one.may[4]);
    }
}

/// Everything that the app draws for somebody who goes through its screens.
fn screens(one: &One, centre: &Centre) -> (String, String) {
    let desk = centre.desk();
    let all = desk.unlock(one.number, &one.passphrase).unwrap();
    let size = Size { width: 120, height: 40 };
    let now = all.unlocked.setup.now;
    let setup = Setup { desk: DESK, size, now, clock_moves: false, unclean: false };
    let sealed = doorbook::app::lock::Sealed { practice: None, seconds: 1, list: doorbook::app::lock::WordList(&[]) };
    let mut app = App::locked(setup, sealed, Tries::default());
    update(&mut app, Action::Unlocked(Box::new(all.unlocked)));
    let (mut drawn, mut n) = (String::new(), 0);
    let script = "enter f5 f3 enter esc esc ! enter esc down enter esc down enter esc down enter esc esc f7 enter esc \
                  esc f9 esc f2 esc f1 esc f8 f8 esc esc 1 enter enter esc esc f12 esc f6 esc";
    for token in script.split_whitespace() {
        n += 1;
        let since_start = Duration::from_secs(60 + 3 * n);
        let pressed = Action::Key { key: key(token), now, since_start, ids: ids(9000 + u128::from(n)) };
        for effect in update(&mut app, pressed) {
            if let Effect::Append(drafts) = effect {
                let by = written_by(app.who, &drafts);
                let entries = stamp(drafts, &Hand { by, desk: DESK, now, source: Source::Desk }, clock().ids());
                update(&mut app, Action::Stored(desk.stores(entries).unwrap()));
            }
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        doorbook::tui::paint(&mut buffer, &view(&app), &doorbook::tui::Theme::default());
        let rows = buffer.content.chunks(usize::from(size.width));
        drawn.extend(rows.map(|row| row.iter().map(Cell::symbol).collect::<String>() + "\n"));
    }
    (drawn, format!("{:?}", app.register))
}

#[test]
fn no_screen_shows_and_no_state_holds_what_is_above_whoever_has_the_desk() {
    let (centre, all) = world();
    let mut read = 0;
    for one in &all {
        let (drawn, state) = screens(one, &centre);
        found(one, "the app's state", &state);
        read += found(one, "a screen", &drawn).into_iter().filter(|found| *found).count();
        assert!(drawn.contains("Who did what") || drawn.len() > 10_000);
        // The one whom it is about: neither a word nor that there is something.
        if one.number == 2 {
            assert!(!drawn.contains("about one of the team"), "{drawn}");
        }
    }
    assert!(read > 0, "whoever may read a note reads it on the screen");
}
