//! A day that came from a spreadsheet: imported, every session worked to its end through keys, closed, reloaded.

use std::path::Path;

use chrono::{Days, NaiveDate};
use doorbook::app::keymap::Mode;
use doorbook::app::{View, screen::Size};
use doorbook::domain::codes::Party;
use doorbook::domain::day::Stage;
use doorbook::domain::due::next_due;
use doorbook::domain::ids::{Ids, RegisterId};
use doorbook::domain::register::Register;
use doorbook::import::{Files, plan};
use doorbook::run::setup::{DESK, Families, Held, practice_entries};
use doorbook::run::stamp::stamp_import;
use uuid::Uuid;

use super::harness::{Desk, moment};

const REGISTER: RegisterId = RegisterId(Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0002));

/// A practice register with the team of the cast, and the families of the fixture.
fn imported(at: &str) -> Desk {
    let now = moment(at);
    let mut entries = practice_entries(REGISTER, Families::None, now, Ids(Uuid::from_u128(1 << 64)));
    let mut folded = Register::default();
    entries.iter().for_each(|e| folded.fold(e));
    let files = Files::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/register")).unwrap();
    let held = Held::new(&folded);
    let plan = plan(REGISTER, &files, &held).unwrap_or_else(|f| panic!("{}", f.report()));
    entries.extend(stamp_import(plan, DESK, now, Ids(Uuid::from_u128(2 << 64))));
    Desk::on(REGISTER, &entries, now)
}

/// The dates of the fixture with sessions on them.
fn dates() -> Vec<NaiveDate> {
    let register = imported("2026-01-01T09:00").app.register;
    let first = NaiveDate::from_ymd_opt(2025, 6, 28).unwrap();
    (0..366).map(|n| first + Days::new(n)).filter(|d| !register.expected_on(*d).is_empty()).collect()
}

fn stage(desk: &Desk, no: u16) -> Stage {
    let day = desk.app.day().unwrap();
    day.stage(day.numbered(no).unwrap(), desk.now)
}

fn open_card(desk: &mut Desk, no: u16, party: Party) {
    desk.app.to_board();
    for digit in no.to_string().chars() {
        desk.keys(&digit.to_string());
    }
    desk.keys("enter");
    assert_eq!((desk.app.view, desk.app.in_hand().unwrap().plan.no), (View::Card, no));
    if desk.app.card.party != party {
        desk.keys("tab");
    }
}

/// Does what the Enter line offers on one side's card; `false`: it is `Wait`.
fn works(desk: &mut Desk, no: u16, party: Party) -> bool {
    open_card(desk, no, party);
    let (before, says) = (desk.written(), desk.enter());
    if says.starts_with("Enter") {
        desk.keys("enter");
    } else if desk.screen().contains("d leaves with") && matches!(stage(desk, no), Stage::Together) && over(desk, no) {
        desk.keys("d");
    }
    if desk.app.mode() == Mode::Question {
        desk.keys(if says.contains("who walks") { "2" } else { "1" });
    }
    let wrote = desk.written() > before;
    // An answer may be refused until later; what Enter does itself may not.
    if !wrote && says.starts_with("Enter") && !says.contains("asks who") {
        panic!("{says} wrote nothing\n{}", desk.screen());
    }
    desk.keys("esc esc");
    wrote
}

fn over(desk: &Desk, no: u16) -> bool {
    let day = desk.app.day().unwrap();
    desk.now >= day.local(day.numbered(no).unwrap().plan.end, desk.now)
}

/// It is their time: from so many minutes before the start.
fn is_time(desk: &Desk, no: u16) -> bool {
    let day = desk.app.day().unwrap();
    let start = day.local(day.numbered(no).unwrap().plan.start, desk.now);
    desk.now >= start - chrono::Duration::minutes(15)
}

/// Every session to its end: whatever Enter offers, side by side, and the clock goes on when it offers nothing.
fn work_the_day(desk: &mut Desk) {
    let nos: Vec<u16> = desk.app.day().unwrap().sessions.iter().map(|s| s.plan.no).collect();
    let home = |desk: &Desk, no: &u16| matches!(stage(desk, *no), Stage::Home | Stage::NotToday);
    for _ in 0..2000 {
        if nos.iter().all(|no| home(desk, no)) {
            return;
        }
        let mut wrote = false;
        for no in &nos {
            if is_time(desk, *no) && !home(desk, no) {
                wrote |= works(desk, *no, Party::Visits);
                wrote |= works(desk, *no, Party::Brings);
            }
        }
        if !wrote {
            let (day, now) = (desk.app.day().unwrap(), desk.now);
            let starts = day.sessions.iter().map(|s| day.local(s.plan.start, now) - chrono::Duration::minutes(15));
            let next = starts.filter(|t| *t > now).chain(next_due(day, now)).min();
            desk.wait_until(next.unwrap_or(now + chrono::Duration::minutes(1)));
            if desk.now.format("%H").to_string() == "23" {
                let board = desk.screen();
                desk.keys("esc esc tab enter f5");
                panic!("a session never ends\n{board}{}", desk.screen());
            }
        }
    }
    panic!("a session never ends\n{}", desk.screen());
}

/// Ruth counts, answers what is asked, signs.
fn close(desk: &mut Desk) {
    desk.keys("esc esc f6 1 f7 0 tab 0 tab 5 tab 0 enter");
    for _ in 0..20 {
        if desk.enter().starts_with("Enter   Ruth signs") {
            break;
        }
        desk.keys("1");
    }
    desk.keys("enter");
    desk.sees("by Ruth");
    assert!(desk.app.day().unwrap().is_signed(), "{}", desk.screen());
}

#[test]
fn the_last_saturday_of_june() {
    let mut desk = imported("2026-06-27T09:40");
    insta::assert_snapshot!("imported_start", desk.screen());
    desk.keys("5 f2 1 2 3 4 esc");
    insta::assert_snapshot!("imported_board", desk.screen());
    desk.app.size = Size { width: 120, height: 40 };
    insta::assert_snapshot!("imported_board_120", desk.screen());
    desk.app.size = Size::default();
    work_the_day(&mut desk);
    insta::assert_snapshot!("imported_end", desk.screen());
    close(&mut desk);
    desk.reloads();
}

#[test]
fn every_day_of_the_fixture_is_worked_to_its_end_and_closed() {
    let dates = dates();
    assert!(dates.len() > 60, "{}", dates.len());
    for date in dates {
        let mut desk = imported(&format!("{date}T09:40"));
        desk.keys("5 f2 1 2 3 4 esc");
        work_the_day(&mut desk);
        close(&mut desk);
        desk.reloads();
    }
}

/// What a coordinator has decided since stands: a second run neither keeps apart again who may meet, nor lists again who
/// had been listed twice.
#[test]
fn a_second_run_leaves_what_a_coordinator_decided() {
    use doorbook::domain::decide::{Command, FileAct};
    use doorbook::domain::text::Text;
    let mut desk = imported("2026-06-27T09:40");
    desk.keys("1");
    let files = Files::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/register")).unwrap();
    let adds = |desk: &Desk| {
        let held = Held::new(&desk.app.register);
        let mut plan = plan(REGISTER, &files, &held).unwrap();
        (plan.by_ref().collect::<Vec<_>>(), plan.report())
    };
    assert_eq!(adds(&desk).0, [], "nothing has changed yet");
    let (pair, file) = {
        let (pair, spell) = desk.app.register.pairs.open().next().expect("the fixture keeps two people apart");
        (pair, *spell.files.iter().next().unwrap())
    };
    let why = Text::name("the order has ended");
    let ends = FileAct::CloseApart { case: file, one: pair.0, other: pair.1, why };
    super::hand::write(&mut desk, &Command::File(ends));
    let (gone, into) = {
        let case =
            desk.app.register.cases.values().find(|c| c.people.iter().filter(|m| m.is_child()).count() > 1).unwrap();
        let mut children = case.people.iter().filter(|m| m.is_child()).map(|m| m.person);
        (children.next().unwrap(), children.next().unwrap())
    };
    super::hand::write(&mut desk, &Command::File(FileAct::Merge { gone, into }));
    let (entries, report) = adds(&desk);
    assert_eq!(entries, []);
    assert!(report.contains("may meet again: that stands"), "{report}");
    desk.reloads();
}
