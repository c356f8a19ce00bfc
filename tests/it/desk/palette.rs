//! All commands.

use doorbook::app::View;
use doorbook::domain::event::{Event, NoteEvent};

use super::hand::{small_day, takes};

#[test]
fn every_command_is_found_by_its_words_and_runs() {
    let mut desk = small_day("Jean");
    desk.keys("ctrl-p");
    insta::assert_snapshot!("palette_80", desk.screen());
    for f in ["F1", "F2", "F3", "F5", "F6", "F7", "F8", "F9", "F12"] {
        desk.sees(f);
    }
    desk.keys("\"who space \"is space \"in enter");
    assert_eq!(desk.app.view, View::Roll);
    desk.keys("esc ctrl-p \"roll esc");
    assert_eq!(desk.app.view, View::Board);
    desk.keys("ctrl-p \"day space \"log enter");
    assert_eq!(desk.app.view, View::Log);
    desk.keys("ctrl-p \"zzz enter");
    desk.sees("no command has these words");
    desk.reloads();
}

#[test]
fn a_command_of_the_screen_below_runs_there() {
    let mut desk = small_day("Jean");
    desk.keys("f9 ctrl-p \"everyone");
    assert_eq!(desk.enter(), "Enter   end: Everyone is out, or the drill is over: written down");
    desk.keys("enter tab f enter");
    assert_eq!(desk.app.day().unwrap().musters.len(), 1);
    desk.reloads();
}

#[test]
fn telling_ruth_works_from_here_too() {
    let mut desk = small_day("Jean");
    desk.keys("ctrl-p \"tell enter");
    let raised =
        desk.entries().iter().filter(|e| matches!(e.event.open(), Some(Event::Note(NoteEvent::Raised { .. })))).count();
    assert_eq!(raised, 2);
    desk.reloads();
}

#[test]
fn open_again_is_there_only_for_who_may() {
    let mut desk = small_day("Ruth");
    desk.keys("ctrl-p");
    desk.sees_not("Open again");
    desk.keys("esc f7 0 tab 0 tab 5 tab 0 enter 2 1 1 enter ctrl-p \"again");
    desk.sees("Open again");
    desk.keys("enter");
    desk.sees("Why is the day opened again");
    desk.keys("esc esc");
    takes(&mut desk, "Jean");
    desk.keys("ctrl-p \"again");
    desk.sees_not("Open again");
    desk.reloads();
}
