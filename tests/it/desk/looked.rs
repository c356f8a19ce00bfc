//! Looking into a case file is an entry: whose, when, of which file, who may read that, and what it leaves alone.

use doorbook::domain::decide::{Command, NoteAct};
use doorbook::domain::event::{About, By, CentreEvent, Entry, Event, FileRef};
use doorbook::domain::ids::{CaseId, FileId};
use doorbook::domain::text::Text;
use doorbook::{app::Then, export};

use super::hand::{lets_in, note, staff};
use super::harness::Desk;
use super::vault::words;

/// The looks that were written: of which file, by whom.
fn looks(desk: &Desk) -> Vec<(CaseId, By)> {
    let of = |e: &Entry| match e.event.open() {
        Some(Event::Centre(CentreEvent::Viewed { case })) => {
            assert_eq!((e.file, e.day), (FileRef::Case(*case), Some(desk.app.day)));
            Some((*case, e.by))
        }
        _ => None,
    };
    desk.log.iter().filter_map(of).collect()
}

fn case(desk: &Desk, no: u16) -> CaseId {
    desk.app.day().unwrap().numbered(no).unwrap().plan.case
}

/// Somebody else takes the desk, by passphrase.
fn comes(desk: &mut Desk, number: &str) {
    desk.keys(&format!("f6 {number} tab {} enter +1s", words()));
}

/// Ruth at a sealed desk, on the card of No 5 in staff view.
fn ruth() -> Desk {
    let mut desk = Desk::sealed_saturday("09:44");
    lets_in(&mut desk, 5, "Kev", "oak");
    comes(&mut desk, "1");
    assert_eq!(desk.app.who, Some(staff(&desk, "Ruth")), "{}", desk.screen());
    desk.keys("5 enter f5");
    desk
}

#[test]
fn what_changes_on_file_is_a_look_once_in_a_quarter_of_an_hour() {
    let mut desk = ruth();
    let (of, by) = (case(&desk, 5), By::Staff(staff(&desk, "Ruth")));
    let (written, saved) = (desk.written(), desk.app.saved.clone());
    desk.keys("i");
    assert_eq!(looks(&desk), [(of, by)]);
    desk.sees("What changes on file?");
    assert!(desk.app.flight.is_none(), "no key waits for it");
    assert_eq!(desk.app.saved, saved, "nothing was done");
    desk.keys("1 esc i 5 esc esc 5 enter i esc");
    assert_eq!(desk.written(), written + 1, "she works in it");
    desk.awake_until("10:01").keys("esc 5 enter f5 i esc");
    assert_eq!(looks(&desk).len(), 2, "that is another");
    // Of another family it is at once another.
    desk.keys("esc 6 enter i");
    assert_eq!(looks(&desk).last(), Some(&(case(&desk, 6), by)));
    desk.reloads();
}

#[test]
fn whoever_may_not_change_the_file_and_the_lobby_look_into_none_and_an_unsealed_desk_writes_none() {
    let mut desk = Desk::sealed_saturday("09:44");
    desk.keys("5 enter i f5 i esc f3 esc");
    assert_eq!(looks(&desk), [], "Jean changes no file, and the card is today's work");
    comes(&mut desk, "1");
    desk.keys("5 enter i");
    assert_eq!(looks(&desk), [], "in lobby view there is nothing to look at");
    let mut open = Desk::saturday("09:44");
    open.keys("f6 1 enter 5 enter f5 i");
    assert_eq!(looks(&open), [], "nobody was asked who they are");
}

#[test]
fn the_log_tells_it_to_whoever_may_take_it_out_and_to_whoever_looked() {
    let mut desk = ruth();
    desk.keys("i esc esc f3");
    desk.sees("Ruth").sees("looked at the file of No 5");
    desk.keys("f5").sees_not("looked at");
    comes(&mut desk, "2");
    desk.keys("f5 f3").sees("Kev O arrived").sees_not("looked at");
    let log = export::log(&desk.app.register, desk.app.date, doorbook::book::wire::name);
    let text = export::log_text(&log, None);
    assert!(text.contains("centre.viewed            looked at the file of No 5"), "{text}");
    let of = case(&desk, 5).to_string();
    assert!(log.entries.iter().any(|e| e.case.as_deref() == Some(of.as_str()) && e.says.is_some()));
}

#[test]
fn it_takes_nothing_from_undo_from_the_day_or_from_the_close() {
    let mut desk = Desk::sealed_saturday("09:44");
    comes(&mut desk, "1");
    lets_in(&mut desk, 5, "Kev", "oak");
    let (act, heads) = (desk.app.can_undo().unwrap(), desk.app.day().unwrap().heads());
    let questions = doorbook::domain::close::questions(desk.app.day().unwrap(), desk.now).len();
    desk.keys("5 enter f5 i esc esc");
    assert_eq!(looks(&desk).len(), 1);
    let day = desk.app.day().unwrap();
    assert_eq!((desk.app.can_undo(), day.heads()), (Some(act), heads));
    assert_eq!(doorbook::domain::close::questions(day, desk.now).len(), questions);
    assert_eq!(day.last_entry(), day.entries.iter().filter(|e| !e.is_use()).map(|e| e.recorded_at).max());
    desk.keys("ctrl-z 1");
    assert!(desk.app.day().unwrap().undone.contains(&act), "{}", desk.screen());
    desk.reloads();
}

#[test]
fn what_was_told_of_a_family_is_in_its_file_and_what_was_told_of_one_of_the_team_in_none() {
    let mut desk = Desk::sealed_saturday("10:14");
    let sam = staff(&desk, "Sam");
    for about in [None, Some(About::Worker { file: FileId(uuid::Uuid::from_u128(77)), staff: sam })] {
        note(&mut desk, 6);
        let day = desk.app.day().unwrap();
        let of = About::Session { session: day.numbered(6).unwrap().id(), case: case(&desk, 6) };
        let note = day.notes.last().unwrap().id;
        let (about, words) = (about.unwrap_or(of), Text::note("he held on to the door"));
        let tell = NoteAct::Tell { note, about, kind: None, words, paper: None };
        desk.write(&Command::Note(tell), None, Then::Stay);
    }
    desk.app.to_board();
    comes(&mut desk, "1");
    desk.keys("! enter").sees("he held on to the door");
    assert_eq!(looks(&desk), [(case(&desk, 6), By::Staff(staff(&desk, "Ruth")))]);
    desk.keys("esc down enter");
    assert_eq!(looks(&desk).len(), 1, "{}", desk.screen());
}

#[test]
fn a_locked_desk_takes_none_of_it_in_and_reads_it_when_somebody_unlocks() {
    let mut desk = ruth();
    let before = desk.fork();
    desk.keys("i");
    let entry = desk.log.last().cloned().unwrap();
    let mut late = before;
    late.keys("f4");
    late.send(doorbook::app::action::Action::Beside(vec![entry]));
    assert!(late.app.is_locked() && late.app.register.days.is_empty());
    desk.keys("f4").comes_in("1").keys("f5 f3").sees("looked at the file of No 5");
}

#[test]
fn what_could_not_be_written_is_tried_at_the_next_look() {
    let mut desk = ruth();
    desk.keys("i esc");
    desk.send(doorbook::app::action::Action::Beside(Vec::new()));
    desk.keys("i");
    assert_eq!(looks(&desk).len(), 2);
}
