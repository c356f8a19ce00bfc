//! Tell the coordinator.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::action::Effect;
use doorbook::app::key::Key;
use doorbook::domain::decide::{Command, Permission};
use doorbook::domain::event::About;

use super::harness::Desk;

fn at_no(no: u16) -> Desk {
    let mut desk = Desk::saturday("10:14");
    desk.app.session = desk.app.day().and_then(|d| d.numbered(no)).map(|s| s.plan.session);
    desk
}

fn drafts(desk: &Desk) -> Vec<String> {
    let kept = desk.effects.iter().filter_map(|e| match e {
        Effect::KeepDraft { words, .. } => Some(words.as_str().to_owned()),
        _ => None,
    });
    kept.collect()
}

#[test]
fn f8_is_on_disk_at_once_and_changes_one_line() {
    let mut desk = at_no(6);
    let before = desk.screen();
    let n = desk.written();
    desk.keys("f8");
    assert_eq!(desk.written(), n + 1);
    desk.sees("F8 again to say more");
    let changed = before.lines().zip(desk.screen().lines()).filter(|(a, b)| a != b).count();
    assert!(changed <= 2, "the line, and the count for Ruth\n{}", desk.screen());
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn words_typed_right_after_one_f8_are_put_into_the_note_by_the_next() {
    let mut desk = at_no(6);
    desk.keys("f8 h e space s a i d space 2 space t i m e s");
    desk.sees("Find   he said 2 times_");
    assert_eq!(desk.enter(), "Wait   nobody today begins so. F8 puts these words into the note");
    let n = desk.written();
    desk.keys("f8");
    assert_eq!((desk.app.view, desk.written()), (View::Tell, n), "no second note");
    desk.sees("> he said 2 times_");
    assert_eq!(drafts(&desk).last().map(String::as_str), Some("he said 2 times"));
    desk.keys("enter");
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "he said 2 times");
    desk.reloads();
    // Left by Esc it is said. A name that is found is found, and F8 later is a new note.
    let mut desk = at_no(6);
    desk.keys("f8 q q esc");
    desk.sees("not kept");
    desk.keys("f8 down q q f8");
    assert_eq!((desk.app.view, desk.app.day().unwrap().notes.len()), (View::Board, 3));
    desk.keys("esc f8 m i");
    assert_eq!(desk.enter(), "Enter   goes into the list: there are two");
}

#[test]
fn four_keys_tell_with_a_kind() {
    let mut desk = at_no(6);
    desk.keys("f8 f8");
    insta::assert_snapshot!("tell_empty", desk.screen());
    desk.keys("7");
    insta::assert_snapshot!("tell_chosen", desk.screen());
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Board);
    let note = &desk.app.day().unwrap().notes[0];
    assert_eq!(note.kind.as_ref().map(ToString::to_string).as_deref(), Some("REFU"));
    assert!(matches!(note.about, Some(About::Session { .. })));
    desk.reloads();
}

#[test]
fn a_letter_begins_the_words_and_each_change_is_kept_until_saved() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 7 \"he space \"said space \"2");
    desk.sees("> he said 2");
    assert_eq!(drafts(&desk).last().map(String::as_str), Some("he said 2"));
    desk.keys("enter");
    assert_eq!(drafts(&desk).last().map(String::as_str), Some(""));
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "he said 2");
    desk.reloads();
}

#[test]
fn esc_leaves_and_all_is_kept() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 \"crying esc");
    assert_eq!(desk.app.view, View::Board);
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "crying");
    desk.reloads();

    let mut desk = at_no(6);
    desk.keys("f8 f8");
    let before = desk.written();
    desk.keys("enter esc");
    assert_eq!((desk.app.view, desk.written()), (View::Board, before), "nothing typed, nothing more written");
    desk.reloads();
}

#[test]
fn another_screen_keeps_what_was_typed_too() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 \"crying f9");
    assert_eq!(desk.app.view, View::Roll);
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "crying");
    desk.reloads();
}

#[test]
fn a_store_that_fails_loses_no_word() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 \"crying");
    desk.fail = Some("The disk is full. Your words are kept.".to_owned());
    desk.keys("enter");
    desk.sees("crying").sees("The disk is full");
    assert_eq!(drafts(&desk).last().map(String::as_str), Some("crying"));
    desk.keys("down enter");
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "crying");
    desk.reloads();
}

#[test]
fn pressed_by_mistake_is_chosen_and_then_entered() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 0");
    assert_eq!(desk.enter(), "Enter   note 1 was pressed by mistake");
    desk.keys("enter");
    assert!(desk.app.day().unwrap().notes[0].mistaken);
    desk.reloads();
}

#[test]
fn another_kind_is_found_by_typing_and_echoed_as_9() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 9 \"weap");
    insta::assert_snapshot!("tell_find", desk.screen());
    desk.keys("enter");
    desk.sees("Chosen   9").sees_not("weapon");
    desk.keys("enter");
    assert_eq!(desk.app.day().unwrap().notes[0].kind.as_ref().map(ToString::to_string).as_deref(), Some("WEAP"));
    desk.reloads();
}

#[test]
fn it_can_be_about_another_family_nobody_or_one_of_the_team() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 7 backtab");
    desk.keys("1");
    desk.sees("No 1_");
    desk.keys("2");
    desk.sees("No 12");
    insta::assert_snapshot!("tell_about", desk.screen());
    desk.keys("right");
    desk.sees("nobody");
    desk.keys("right 2");
    desk.sees("Sam, of the team");
    assert!(desk.enter().contains("lead and the chair only"), "{}", desk.enter());
    desk.keys("right");
    desk.sees("No 12");
    desk.keys("enter");
    let no = desk.app.day().unwrap().numbered(12).unwrap().id();
    assert!(matches!(desk.app.day().unwrap().notes[0].about, Some(About::Session { session, .. }) if session == no));
    desk.reloads();

    let mut desk = at_no(6);
    desk.keys("f8 f8 7 backtab right enter");
    assert!(matches!(desk.app.day().unwrap().notes[0].about, Some(About::Nobody(_))));
    desk.reloads();
}

#[test]
fn a_paper_form_is_named_by_its_number() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 8 tab tab 1 4 enter");
    let note = &desk.app.day().unwrap().notes[0];
    assert_eq!(note.paper.as_ref().map(ToString::to_string).as_deref(), Some("14"));
    desk.reloads();
}

#[test]
fn a_fresh_f8_in_the_form_opens_the_999_card_and_a_held_one_never() {
    let mut desk = at_no(9);
    desk.keys("f8 f8");
    desk.press_after(Key::F(8), Duration::from_millis(500));
    for _ in 0..100 {
        desk.press_after(Key::F(8), Duration::from_millis(33));
    }
    desk.sees("What was it?").sees_not("Ring 999 now");
    desk.keys("+2s f8");
    insta::assert_snapshot!("tell_999", desk.screen());
    desk.sees("Ring 999 now").sees("Grace, 9");
    let before = desk.written();
    desk.keys("enter esc");
    desk.sees("What was it?");
    assert_eq!(desk.written(), before);
    desk.keys("esc");
    desk.reloads();
}

#[test]
fn in_staff_view_the_form_opens_at_once() {
    let mut desk = at_no(6);
    desk.keys("f5 f8");
    desk.sees("What was it?");
    desk.keys("7");
    desk.sees("child upset");
    desk.keys("enter");
    desk.reloads();
}

#[test]
fn a_paste_is_cleaned_and_goes_into_the_words() {
    let mut desk = at_no(6);
    desk.keys("f8 f8");
    let now = desk.now;
    desk.send(doorbook::app::action::Action::Paste { text: "one\ntwo\u{1b}[31m".into(), now });
    desk.sees("> one two[31m");
    desk.keys("esc");
    desk.reloads();
}

#[test]
fn a_mistake_never_loses_words() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 \"crying backtab 0");
    let before = desk.written();
    desk.keys("enter");
    assert!(desk.enter().starts_with("Wait"));
    assert_eq!(desk.written(), before);
    desk.keys("esc");
    let note = &desk.app.day().unwrap().notes[0];
    assert_eq!((note.words.as_str(), note.mistaken), ("crying", false));
    desk.reloads();
}

#[test]
fn a_note_of_another_person_is_not_shown() {
    let mut desk = at_no(6);
    desk.keys("f8 f8 \"crying enter f6 2");
    let note = desk.app.tell.last.unwrap();
    doorbook::app::tell::open(&mut desk.app, note);
    assert_eq!(desk.app.view, View::Board);
    desk.sees("Note 1 is with Ruth").sees_not("crying");
    desk.reloads();
}

#[test]
fn the_999_card_says_with_whom_and_where_a_child_was_last() {
    let mut desk = at_no(1);
    let session = desk.app.session.unwrap();
    let way = |party| {
        let day = desk.app.day().unwrap();
        let s = day.session(session).unwrap();
        let (door, place) = day.usual_way(s, party);
        (s.expected(party).map(|(m, _)| m.person).collect::<Vec<_>>(), door, place)
    };
    let (people, door, place) = way(doorbook::domain::codes::Party::Brings);
    let let_in = Permission::LetIn { session, people, door, place, carer: None };
    assert!(desk.write(&Command::May(let_in), None, doorbook::app::Then::Stay));
    desk.app.session = Some(session);
    desk.keys("f8 f8 +2s f8");
    desk.sees("Mia, 6:  with Sarah H (mother), in the waiting room since 10:14");
    insta::assert_snapshot!("tell_999_here", desk.screen());
    desk.keys("esc esc");
    desk.reloads();
}
