//! Paper: the sheets of the day, and what was written on one entered afterwards.

use doorbook::app::View;
use doorbook::app::action::Effect;
use doorbook::domain::close::{self, Subject};
use doorbook::domain::codes::{Moment, Rule};
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Command, PaperLine, Permission};
use doorbook::domain::event::{Carer, Source};
use doorbook::domain::ids::SessionId;
use doorbook::domain::policy::Code;
use doorbook::export;
use unicode_width::UnicodeWidthStr;

use super::hand::{people, saturday, session, staff, write, write_at};
use super::harness::{Desk, moment};

fn papers(desk: &Desk) -> Vec<(u32, u32)> {
    let of = |s: &Source| if let Source::Paper { sheet, line } = s { Some((*sheet, *line)) } else { None };
    let mut lines: Vec<_> = desk.log.iter().filter_map(|e| of(&e.source)).collect();
    lines.dedup();
    lines
}

#[test]
fn the_sheets_are_made_at_the_opening_and_by_p_and_from_the_palette() {
    let mut desk = Desk::practice("08:55");
    desk.keys("5");
    assert!(desk.effects.contains(&Effect::PrintSheets { sealed: true, asked: false }), "at the opening both");
    desk.effects.clear();
    desk.keys("f2 p");
    assert_eq!(
        desk.effects,
        [Effect::PrintSheets { sealed: false, asked: true }],
        "the sealed one anew only by who may"
    );
    desk.keys("1 esc f6 1");
    desk.effects.clear();
    desk.keys("ctrl-p \"sheets enter");
    assert_eq!(desk.effects, [Effect::PrintSheets { sealed: true, asked: true }]);
    desk.reloads();
}

#[test]
fn the_desk_sheet_tells_a_lobby_nothing_and_its_columns_hold() {
    let desk = saturday("09:00", "Ruth");
    let day = desk.app.day().unwrap();
    let sheet = export::desk_sheet(&desk.app.register, day);
    insta::assert_snapshot!("desk_sheet", sheet);
    for row in sheet.lines().map(|l| l.trim_start_matches('\u{c}')) {
        assert!(row.width() <= 80, "{row}");
    }
    assert!(sheet.split('\u{c}').all(|page| page.lines().count() <= 60));
    assert_eq!(sheet.matches('\u{c}').count(), 3);
    for member in day.sessions.iter().flat_map(|s| &s.plan.people) {
        let surname = member.family.as_str();
        assert!(surname.chars().count() < 3 || !sheet.contains(surname), "{surname}");
        assert!(member.phone.as_ref().is_none_or(|p| !sheet.contains(p.as_str())));
        if !member.is_child() {
            let named = sheet.split(|c: char| !c.is_alphanumeric()).any(|w| w == member.called());
            assert!(!named, "{} is an adult of a family", member.called());
        }
    }
    for never in ["hand", "1:1", "Elm.", "meet", "apart", "order", "mother", "F26"] {
        let lower = sheet.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| c.is_whitespace()).collect();
        assert!(!words.contains(&never), "{never}");
    }
    assert!(sheet.contains("Mia H, Leo") && sheet.contains("Mia K") && sheet.contains(" 72  ____"));
}

#[test]
fn the_sealed_sheet_has_what_a_day_without_a_screen_needs() {
    let desk = saturday("09:00", "Ruth");
    let sheet = export::sealed_sheet(&desk.app.register, desk.app.day().unwrap());
    insta::assert_snapshot!("sealed_sheet", sheet);
    assert!(sheet.contains("eep in the envelope"));
    assert!(sheet.contains("07700 900417") && sheet.contains("Gwen Howell"));
    assert!(sheet.lines().any(|l| l.contains("NOT LET IN") && l.contains("Gary Dunne")));
    // In every script the number begins in one column.
    let column = |name: &str| {
        let row = sheet.lines().find(|l| l.contains(name)).unwrap();
        row.split("07700").next().unwrap().width()
    };
    assert!(["Sarah Hughes", "Li Wang", "Tuấn Nguyễn", "Georgina"].iter().all(|n| column(n) == column("Dan Rees")));
    assert!(sheet.lines().all(|l| l.trim_start_matches('\u{c}').width() <= 80));
    assert!(sheet.split('\u{c}').all(|page| page.lines().count() <= 60));
}

#[test]
fn forty_minutes_are_entered_on_the_cards_each_with_its_line_and_its_time() {
    let mut desk = Desk::saturday("10:30");
    desk.keys("ctrl-p \"the space \"paper");
    desk.sees("Enter the paper sheet");
    desk.keys("ctrl-p esc ctrl-p \"enter space \"the space \"paper enter");
    assert_eq!(desk.app.view, View::Paper);
    insta::assert_snapshot!("paper_which_80", desk.screen());
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before, "which sheet writes nothing");
    desk.sees("From paper, line 1   Jean");
    // Without the time on the paper nothing is written.
    desk.keys("1 enter");
    assert_eq!(desk.enter(), "Wait   the time on the paper first: - and its digits, Enter");
    desk.keys("enter enter x 3");
    assert_eq!(desk.written(), before);
    desk.keys("esc esc 1 enter minus 9 5 0 enter");
    assert!(desk.enter().ends_with("09:50, line 1"), "{}", desk.enter());
    desk.keys("enter");
    desk.sees("From paper, line 2   Jean");
    desk.keys("1 enter minus 9 5 2 enter enter");
    desk.keys("1 enter minus 1 0 0 0 enter enter 3");
    assert_eq!(papers(&desk), [(1, 1), (1, 2), (1, 3)]);
    let last = desk.log.last().unwrap();
    assert_eq!(last.occurred_at.format("%H:%M").to_string(), "10:00");
    assert_eq!(last.recorded_at.format("%H:%M").to_string(), "10:30");
    // Carys came by the front door three minutes after Tomos: a rule would not have let her; it has happened.
    desk.keys("t o enter minus 9 3 8 enter enter c a enter minus 9 4 1 enter");
    assert!(desk.enter().ends_with("09:41, line 5: a question for the close"), "{}", desk.enter());
    insta::assert_snapshot!("paper_card_80", desk.screen());
    desk.keys("enter");
    desk.sees("From paper, line 6   Jean");
    desk.keys("esc");
    desk.sees("5 lines entered, 1 question for the close").sees_not("From paper");
    assert!(!desk.app.paper.is_on());
    let questions = close::questions(desk.app.day().unwrap(), desk.now);
    let clash =
        |q: &&close::Question| matches!(&q.about, Subject::Against { rules, .. } if *rules == [Rule::KeepApart]);
    assert_eq!(questions.iter().filter(clash).count(), 1);
    // The log says from where, and goes on with the next line when the sheet is taken up again.
    desk.keys("f3");
    desk.sees(", paper line 5");
    desk.keys("esc ctrl-p \"enter space \"the space \"paper enter enter");
    desk.sees("From paper, line 6   Jean");
    desk.keys("1 enter esc esc");
    desk.sees("0 lines entered, 0 questions for the close");
    let log = export::log(&desk.app.register, desk.app.date, doorbook::book::wire::name);
    let log: serde_json::Value = serde_json::from_str(&export::json(&log).unwrap()).unwrap();
    let sources: Vec<_> = log["entries"].as_array().unwrap().iter().map(|e| e["source"].clone()).collect();
    assert!(sources.iter().any(|s| s["kind"] == "paper" && s["sheet"] == 1 && s["line"] == 5), "{sources:?}");
    desk.reloads();
}

/// The lines of an outage from 09:45 to 10:25: what, and when.
fn outage(desk: &Desk) -> Vec<(&'static str, Permission)> {
    let in_by = |no: u16, names: &str, door: &str, place: &str| Permission::LetIn {
        session: session(desk, no),
        people: people(desk, no, names),
        door: Code::new(door),
        place: Code::new(place),
        carer: None,
    };
    let walk = |no: u16, children: &str, into: &str, place: &str| Permission::Walk {
        session: session(desk, no),
        children: people(desk, no, children),
        walker: staff(desk, "Sam"),
        place: Code::new(place),
        into: Carer::Adult(people(desk, no, into)[0]),
    };
    vec![
        ("2026-11-21T09:45", in_by(1, "Dan", "front", "oak")),
        ("2026-11-21T09:46", in_by(2, "Ines", "front", "oak")),
        ("2026-11-21T09:47", in_by(3, "Tomos", "front", "elm")),
        ("2026-11-21T09:55", in_by(1, "Mia Leo Sarah", "front", "waiting")),
        ("2026-11-21T09:56", in_by(2, "Piotr Aleksander", "front", "waiting")),
        ("2026-11-21T09:57", in_by(3, "Carys Siân", "front", "waiting")),
        ("2026-11-21T10:00", walk(1, "Mia Leo", "Dan", "oak")),
        ("2026-11-21T10:01", walk(2, "Aleksander", "Ines", "oak")),
        ("2026-11-21T10:02", walk(3, "Siân", "Tomos", "elm")),
        (
            "2026-11-21T10:20",
            Permission::GoOut { session: session(desk, 1), people: people(desk, 1, "Sarah"), door: Code::new("front") },
        ),
    ]
}

/// Who is where since when, who has whom, when contact was.
fn state(day: &Day) -> Vec<String> {
    let of = |s: &doorbook::domain::day::Session| {
        let people = s.people.iter().map(|(p, a)| {
            let moves: Vec<_> = a.moves.iter().map(|m| (m.at, m.door.clone(), m.to.clone())).collect();
            format!("{p} {moves:?} {:?} {:?}", a.care, a.contact)
        });
        people.collect::<Vec<_>>()
    };
    day.sessions.iter().flat_map(of).collect()
}

fn enter_lines(order: &[usize]) -> Desk {
    let mut desk = saturday("10:30", "Jean");
    let lines = outage(&desk);
    for (line, n) in (1..).zip(order) {
        let (at, permission) = lines[*n].clone();
        let says = Box::new(Command::May(permission));
        write_at(&mut desk, &Command::Paper(PaperLine { sheet: 1, line, says }), Some(moment(at)));
    }
    desk
}

fn against(desk: &Desk) -> Vec<(Moment, Option<SessionId>, Vec<Rule>)> {
    desk.app.day().unwrap().against.iter().map(|a| (a.at, a.session, a.rules.clone())).collect()
}

#[test]
fn an_outage_folds_as_if_it_had_been_typed_at_the_time_in_any_order_of_lines() {
    // Typed at the time: the clash needs Ruth, the rest goes by itself.
    let mut typed = saturday("09:45", "Jean");
    for (at, permission) in outage(&typed) {
        typed.wait_until(moment(at));
        let clash = permission.session() == Some(session(&typed, 3)) && at.ends_with("09:57");
        let command = match clash {
            true => Command::Allowed(doorbook::domain::decide::Allowance {
                permission,
                by: staff(&typed, "Ruth"),
                how: doorbook::domain::codes::How::Said,
                why: Code::new("A-URG"),
            }),
            false => Command::May(permission),
        };
        write(&mut typed, &command);
    }
    let wanted = state(typed.app.day().unwrap());
    let orders: [&[usize]; 5] = [
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        // Family by family.
        &[0, 3, 6, 9, 1, 4, 7, 2, 5, 8],
        &[2, 5, 8, 1, 4, 7, 0, 3, 6, 9],
        // Each side by itself, the carers' first.
        &[3, 4, 5, 0, 1, 2, 8, 7, 6, 9],
        &[5, 2, 4, 1, 3, 0, 7, 8, 6, 9],
    ];
    for order in orders {
        let mut desk = enter_lines(order);
        assert_eq!(state(desk.app.day().unwrap()), wanted, "{order:?}");
        let open = against(&desk);
        assert_eq!(open.len(), 1, "{order:?}: {open:?}");
        assert_eq!((open[0].1, &open[0].2), (Some(session(&desk, 3)), &vec![Rule::KeepApart]), "{order:?}");
        desk.reloads();
    }
}

#[test]
fn a_line_that_comes_before_what_it_rests_on_is_written_and_asked_about() {
    // The walks first: nobody is in by the book yet.
    let mut desk = enter_lines(&[6, 9, 0, 3]);
    let day = desk.app.day().unwrap();
    let child = people(&desk, 1, "Mia")[0];
    let attendance = day.numbered(1).unwrap().of(child).unwrap();
    assert_eq!(attendance.carer(), Some(Carer::Adult(people(&desk, 1, "Dan")[0])));
    assert_eq!(attendance.place(), Some(&Code::new("oak")));
    assert!(!against(&desk).is_empty(), "what did not fit is a question");
    assert_eq!(papers(&desk), [(1, 1), (1, 2), (1, 3), (1, 4)]);
    desk.reloads();
}

#[test]
fn what_no_rule_lets_be_is_written_from_paper_with_every_rule() {
    // A child handed over within the time of staying, after the visiting side had left first.
    let mut desk = saturday("09:45", "Jean");
    let one = session(&desk, 1);
    for (at, permission) in outage(&desk).into_iter().filter(|(_, p)| p.session() == Some(one)).take(3) {
        desk.wait_until(moment(at));
        write(&mut desk, &Command::May(permission));
    }
    desk.keys("@11:00 1 enter tab e 2 4 1 enter tab enter");
    desk.keys("@11:20");
    let at = Some(moment("2026-11-21T11:05"));
    let hand = Permission::HandOver {
        session: session(&desk, 1),
        children: people(&desk, 1, "Mia Leo"),
        basis: doorbook::domain::event::Basis::Listed(people(&desk, 1, "Sarah")[0]),
        walker: None,
        door: Code::new("front"),
    };
    let before = desk.written();
    assert!(!desk.write(&Command::May(hand.clone()), at, doorbook::app::Then::Stay), "refused at the desk");
    write_at(&mut desk, &Command::Paper(PaperLine { sheet: 2, line: 14, says: Box::new(Command::May(hand)) }), at);
    assert_eq!(desk.log[before].against, [Rule::Hold]);
    assert_eq!(desk.log[before].source, Source::Paper { sheet: 2, line: 14 });
    assert_eq!(desk.app.day().unwrap().heads().children, 0);
    desk.reloads();
}

#[test]
fn a_line_is_judged_as_it_stood_at_its_time() {
    // Dan came, and went to Elm at 10:20; that the children were walked to him in Oak at 10:00 is entered last.
    let mut desk = saturday("10:30", "Jean");
    let lines = outage(&desk);
    let dan = people(&desk, 1, "Dan");
    let went = Permission::Move { session: session(&desk, 1), people: dan.clone(), place: Code::new("elm") };
    let lines = [lines[0].clone(), lines[3].clone(), ("2026-11-21T10:20", went), lines[6].clone()];
    for (line, (at, permission)) in (1..).zip(lines) {
        let says = Box::new(Command::May(permission));
        write_at(&mut desk, &Command::Paper(PaperLine { sheet: 1, line, says }), Some(moment(at)));
    }
    assert!(against(&desk).is_empty(), "{:?}", against(&desk));
    let day = desk.app.day().unwrap();
    let mia = day.numbered(1).unwrap().of(people(&desk, 1, "Mia")[0]).unwrap();
    assert_eq!(mia.carer(), Some(Carer::Adult(dan[0])));
    desk.reloads();
}

/// Every paper that the desk or a command makes of a day, each with its pages.
fn pages(desk: &mut Desk) -> Vec<Vec<String>> {
    use doorbook::app::action::Effect;
    let before = desk.effects.len();
    desk.keys("f9 p esc f7 0 tab 0 tab 5 tab 0 enter p");
    let lines = desk.effects[before..].iter().filter_map(|e| match e {
        Effect::PrintRoll(lines) | Effect::PrintClose(lines) => Some(lines.clone()),
        _ => None,
    });
    let mut all: Vec<String> = lines.map(|lines| lines.join("\n")).collect();
    let (register, day) = (&desk.app.register, desk.app.day().unwrap());
    all.push(doorbook::export::desk_sheet(register, day));
    all.push(doorbook::export::sealed_sheet(register, day));
    let out = doorbook::export::day(register, desk.app.date, desk.now);
    all.push(doorbook::export::day_text(register, &out));
    let log = doorbook::export::log(register, desk.app.date, doorbook::book::wire::name);
    all.push(doorbook::export::log_text(&log, register.practice_mark()));
    all.push(doorbook::app::roll::named(&desk.app).join("\n"));
    let paged = |paper: &String| -> Vec<String> {
        let parts = paper.split('\u{c}').flat_map(|part| {
            part.lines().collect::<Vec<_>>().chunks(60).map(|page| page.join("\n")).collect::<Vec<_>>()
        });
        parts.collect()
    };
    all.iter().map(paged).collect()
}

#[test]
fn every_page_of_a_practice_register_says_so_and_none_of_a_real_one() {
    use doorbook::domain::event::RegisterKind;
    let mut desk = Desk::saturday("10:05");
    for no in 1..=12 {
        let no: String = no.to_string().chars().map(|c| format!("{c} ")).collect();
        desk.keys(&format!("{no}enter enter enter"));
    }
    let all = pages(&mut desk);
    assert_eq!(all.len(), 7);
    assert!(all.iter().map(Vec::len).max() >= Some(2), "one of them has more than one page");
    for page in all.iter().flatten() {
        assert!(page.contains("PRACTICE   invented people"), "{page}");
    }
    let id = desk.app.register.made.unwrap().0;
    desk.app.register.made = Some((id, RegisterKind::Real));
    desk.keys("esc");
    for page in pages(&mut desk).iter().flatten() {
        assert!(!page.contains("PRACTICE"), "{page}");
    }
}
