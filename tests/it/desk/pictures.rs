//! Pictures of the scripted Saturday: every screen at both sizes, in mono with a legend of what is strong, some in ASCII.
//! They are held against the mock-ups of screens.md by eye; a change in one is a change that somebody has looked at.

use doorbook::app::action::Action;
use doorbook::app::keymap::Mode;
use doorbook::app::screen::Size;
use doorbook::app::view;
use doorbook::tui::Theme;

use super::day::tokens;
use super::harness::Desk;
use super::saturday::closing_with_three_questions;
use crate::draw::{ASCII, MONO, shown};

/// 09:52 of screens.md: two families here, No 3 half way, No 4 late, No 7 not today, one note.
fn board_at_0952() -> Desk {
    let mut desk = Desk::saturday("09:10");
    desk.keys("7 enter a 1 enter tab enter t 1 enter");
    desk.keys("@09:42 t o enter enter");
    desk.keys("@09:43 1 enter tab enter 2 enter tab enter 5 enter tab enter 6 enter tab enter");
    desk.keys("@09:48 6 f8 esc @09:50 1 enter enter @09:51 5 enter enter @09:52 home");
    desk
}

/// No 3 together, No 1, 2, 5 and 6 too, No 9 out.
fn day_at_1041() -> Desk {
    let mut desk = board_at_0952();
    desk.keys("@09:58 3 enter m 2 enter 2 enter enter 6 enter enter");
    desk.keys("@10:00 1 enter enter 2 2 enter enter 3 5 enter enter 2 6 enter enter 4 3 enter enter 3");
    desk.keys("f2 0").keys("\"Mr tab \"caretaker enter esc esc @10:41");
    desk
}

fn picture(desk: &Desk, width: u16, height: u16, theme: &Theme) -> String {
    let mut desk = desk.fork();
    desk.send(Action::Resized(Size { width, height }));
    shown(&view(&desk.app), width, height, theme)
}

/// Both sizes.
#[track_caller]
fn both(desk: &Desk, name: &str) {
    insta::assert_snapshot!(format!("{name}_80"), picture(desk, 80, 24, &MONO));
    insta::assert_snapshot!(format!("{name}_120"), picture(desk, 120, 40, &MONO));
}

/// Both sizes, and both again in ASCII.
#[track_caller]
fn all(desk: &Desk, name: &str) {
    both(desk, name);
    insta::assert_snapshot!(format!("{name}_80_ascii"), picture(desk, 80, 24, &ASCII));
    insta::assert_snapshot!(format!("{name}_120_ascii"), picture(desk, 120, 40, &ASCII));
}

#[test]
fn the_board() {
    all(&board_at_0952(), "pic_board");
}

/// On a wide terminal too: neither parent may read that the other has come, nor any name of the two.
#[test]
fn the_card_beside_the_board_is_shut_where_two_must_not_meet() {
    let mut desk = Desk::practice("08:55");
    desk.send(Action::Resized(Size { width: 120, height: 40 }));
    let mut seen = 0;
    for token in tokens() {
        desk.keys(token);
        let marked = desk.app.in_hand().is_some_and(|s| s.must_read());
        if marked && desk.app.mode() == Mode::Board && !desk.app.staff_view() {
            desk.sees_not("Carys").sees_not("Tomos").sees_not("waiting room");
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
    let mut desk = day_at_1041();
    desk.keys("3");
    insta::assert_snapshot!("pic_board_shut_120", picture(&desk, 120, 40, &MONO));
}

#[test]
fn the_board_in_staff_view() {
    let mut desk = board_at_0952();
    desk.keys("f5");
    both(&desk, "pic_board_staff");
}

#[test]
fn find() {
    let mut desk = board_at_0952();
    desk.keys("m i");
    both(&desk, "pic_find");
    desk.keys("enter");
    both(&desk, "pic_find_list");
}

#[test]
fn the_card() {
    let mut desk = board_at_0952();
    desk.keys("@09:58 3 enter");
    all(&desk, "pic_card");
    desk.keys("m");
    both(&desk, "pic_card_place");
    desk.keys("2");
    both(&desk, "pic_card_by_the_side_door");
    desk.keys("f5");
    both(&desk, "pic_card_staff");
}

#[test]
fn a_time_set_back() {
    let mut desk = board_at_0952();
    desk.keys("4 enter minus 9");
    both(&desk, "pic_set_back_field");
    desk.keys("enter");
    both(&desk, "pic_set_back");
}

#[test]
fn who_walks_and_who_takes() {
    let mut desk = board_at_0952();
    desk.keys("@10:00 1 enter enter");
    both(&desk, "pic_who_walks");
    let mut desk = day_at_1041();
    desk.keys("@11:30 3 enter d");
    both(&desk, "pic_who_takes");
    desk.keys("0");
    both(&desk, "pic_who_takes_else");
}

#[test]
fn not_coming() {
    let mut desk = board_at_0952();
    desk.keys("@10:02 4 enter a 1");
    both(&desk, "pic_not_coming");
}

#[test]
fn tell() {
    let mut desk = day_at_1041();
    desk.keys("6 f8");
    both(&desk, "pic_tell_written");
    desk.keys("f8 7");
    both(&desk, "pic_tell");
    desk.keys("+2s f8");
    both(&desk, "pic_999");
}

#[test]
fn who_is_in() {
    let mut desk = day_at_1041();
    both(&desk, "pic_board_1041");
    desk.keys("f9 enter enter enter");
    all(&desk, "pic_roll");
}

#[test]
fn close() {
    let mut desk = closing_with_three_questions();
    desk.keys("f6 1 f7");
    both(&desk, "pic_close_count");
    desk.keys("0 tab 0 tab 5 tab 0 enter");
    all(&desk, "pic_close");
    desk.keys("2 1 1");
    both(&desk, "pic_close_sign");
    desk.keys("enter");
    both(&desk, "pic_close_signed");
}

#[test]
fn staff_log_help_palette_undo_hidden() {
    let desk = day_at_1041();
    for (name, keys) in [
        ("pic_staff", "f2"),
        ("pic_log_lobby", "f3"),
        ("pic_log", "f5 f3"),
        ("pic_help", "?"),
        ("pic_help_card", "1 enter ?"),
        ("pic_palette", "ctrl-p"),
        ("pic_undo", "ctrl-z"),
        ("pic_hidden", "space"),
        ("pic_change", "f6"),
        ("pic_stray", "1 enter z"),
    ] {
        let mut desk = desk.fork();
        desk.keys(keys);
        both(&desk, name);
    }
}

#[test]
fn start() {
    both(&Desk::practice("08:55"), "pic_start");
}
