//! The locked screen: nothing is read before somebody is in, wrong passphrases wait and are told, F8 and F9 hold.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::keymap::Mode;
use doorbook::app::lock::{NotUnlocked, Tries};
use doorbook::app::screen::Size;
use doorbook::domain::event::{Event, NoteEvent};
use doorbook::domain::past::{Brought, Want};

use super::harness::Desk;
use super::vault::{OFFERED, SHEET, WORDS, short, words};

/// Nothing of the register is in the state: no name of it, no passphrase.
#[track_caller]
fn holds_nothing(desk: &Desk) {
    let state = format!("{:?}", desk.app);
    for secret in ["Hughes", "Mensah", "07700", "Aleksander", "anch", "bicy", "Bartholomew"] {
        assert!(!state.contains(secret), "{secret} is in the state");
    }
    let families = desk.app.register.cases.len() + desk.app.register.team.len() + desk.app.register.days.len();
    assert_eq!(families, 0);
}

fn given(desk: &Desk) -> Option<String> {
    desk.app.who.map(|who| desk.app.register.staff_name(who).to_owned())
}

#[test]
fn nothing_is_read_before_somebody_is_in() {
    let mut desk = Desk::sealed("09:41");
    insta::assert_snapshot!("locked_80", desk.screen());
    holds_nothing(&desk);
    let before = desk.written();
    desk.keys("enter esc f9 esc f2 f3 f5 f6 f7 ctrl-p ctrl-z ! j e a n enter");
    assert_eq!((desk.app.view, desk.written()), (View::Locked, before));
    holds_nothing(&desk);
    assert!(desk.enter().starts_with("Wait"), "{}", desk.enter());
}

#[test]
fn number_and_passphrase_open_it_and_one_enter_says_what_it_writes() {
    let mut desk = Desk::sealed("08:55");
    let before = desk.written();
    desk.keys("5 enter");
    assert!(desk.enter().contains("type your passphrase"), "{}", desk.enter());
    desk.keys(&words());
    insta::assert_snapshot!("locked_typed_80", desk.screen());
    desk.sees_not("anch");
    assert!(!format!("{:?}", desk.app).contains("anch"));
    assert_eq!(desk.enter(), "Enter   opens the register for number 5");
    desk.keys("enter");
    assert_eq!((desk.app.view, desk.written()), (View::Start, before));
    insta::assert_snapshot!("unlocked_80", desk.screen());
    assert_eq!(desk.enter(), "Enter   Jean opens the day, 08:55");
    desk.keys("2 3");
    assert_eq!(desk.written(), before, "only who is in takes the desk");
    desk.keys("enter");
    assert_eq!((desk.app.view, given(&desk).as_deref()), (View::Board, Some("Jean")));
    desk.reloads();
}

#[test]
fn four_letters_a_word_or_all_of_it_or_pasted() {
    for typed in
        [words(), WORDS.chars().map(|c| if c == ' ' { "space ".to_owned() } else { format!("{c} ") }).collect()]
    {
        let mut desk = Desk::sealed("08:55");
        desk.keys(&format!("5 tab {typed} enter"));
        assert_eq!(desk.app.view, View::Start, "{typed}");
    }
    let mut desk = Desk::sealed("08:55");
    desk.keys("5 tab");
    let now = desk.now;
    desk.send(Action::Paste { text: format!("{WORDS}\n"), now });
    assert_eq!(desk.app.view, View::Locked, "a line end in a paste is no Enter");
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Start);
}

#[test]
fn a_number_goes_on_with_a_letter_and_never_by_itself_at_either_door() {
    // Nobody's number begins with 1 but Ruth's, and at the locked screen that is not known.
    let at_both = |script: &str| {
        let (mut locked, mut change) = (Desk::sealed("08:55"), Desk::sealed_saturday("08:55"));
        locked.keys(script);
        change.keys("f6").keys(script);
        (locked, change)
    };
    let (locked, change) = at_both("1 2");
    for desk in [&locked, &change] {
        assert_eq!(desk.screen().lines().filter(|l| l.ends_with("12_")).count(), 1, "{}", desk.screen());
    }
    let typed = format!("2 {} enter", words());
    let (locked, change) = at_both(&typed);
    assert_eq!(locked.enter(), "Enter   Sam opens the day, 08:55");
    assert_eq!(given(&change).as_deref(), Some("Sam"));
}

#[test]
fn wrong_ones_wait_longer_and_are_told_to_who_gets_in() {
    let mut desk = Desk::sealed("09:41");
    desk.keys("5 tab w r o n g enter");
    desk.sees("do not go together");
    assert_eq!(desk.enter(), "Wait   the next try is taken from 09:41:01 on");
    let asked = |desk: &Desk| desk.vault.as_ref().unwrap().asked.len();
    let tried = asked(&desk);
    desk.keys("w r enter");
    assert_eq!(asked(&desk), tried, "the wait is kept");
    desk.keys("+1s enter");
    assert_eq!(asked(&desk), tried + 1);
    desk.keys("+2s x enter");
    insta::assert_snapshot!("locked_wrong_80", desk.screen());
    assert!(desk.enter().starts_with("Wait   the next try is taken from"), "{}", desk.enter());
    desk.keys("+5s").keys(&format!("{} enter", words()));
    desk.sees("3 wrong passphrases were tried, the last at 09:41.");
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Board);
    desk.keys("f4").comes_in("2");
    desk.sees_not("wrong passphrase");
}

#[test]
fn starting_again_is_no_way_round_the_wait() {
    let mut desk = Desk::sealed("09:41");
    let last = Some(desk.now);
    desk.started_locked(None, Tries { count: 4, last });
    desk.app.since_start = Duration::ZERO;
    desk.since_start = Duration::ZERO;
    desk.keys(&format!("5 tab {}", words()));
    assert!(desk.enter().contains("the next try"), "{}", desk.enter());
    desk.keys("+9s enter");
    desk.sees("4 wrong passphrases were tried, the last at 09:41.");
}

#[test]
fn a_practice_register_shows_its_passphrase_and_has_it_filled_in() {
    let mut desk = Desk::sealed("08:55");
    desk.started_locked(Some(WORDS), Tries::default());
    insta::assert_snapshot!("locked_practice_80", desk.screen());
    desk.keys("5 enter enter");
    assert_eq!((desk.app.view, given(&desk).as_deref()), (View::Board, Some("Jean")));
    desk.keys("f4 2 enter");
    assert_eq!(desk.enter(), "Enter   Sam takes the desk, 08:55");
}

#[test]
fn a_held_enter_opens_no_day() {
    let mut desk = Desk::sealed("08:55");
    desk.started_locked(Some(WORDS), Tries::default());
    let before = desk.written();
    desk.keys("5 enter");
    for _ in 0..40 {
        desk.press_after(Key::Enter, Duration::from_millis(33));
    }
    assert_eq!((desk.app.view, desk.written()), (View::Start, before));
}

#[test]
fn keys_while_it_opens_are_lost_and_kept_nowhere() {
    let mut desk = Desk::sealed("08:55");
    desk.vault.as_mut().unwrap().slow = true;
    desk.keys(&format!("5 tab {} enter", words()));
    assert_eq!(desk.enter(), "Wait   opening …, about a second");
    insta::assert_snapshot!("locked_opening_80", desk.screen());
    desk.keys(&format!("{} enter enter 1 esc f6", words()));
    assert!(!format!("{:?}", desk.app).contains("'a'"));
    let asked = desk.vault.as_ref().unwrap().asked.len();
    assert_eq!(asked, 1, "one try at a time");
    desk.answered();
    assert_eq!(desk.app.view, View::Start);
}

/// The first frame comes before the pairs are read: keys wait for them, and are done then.
#[test]
fn nothing_is_done_before_it_is_known_who_must_not_meet() {
    for read in [true, false] {
        let mut desk = Desk::sealed("08:55");
        desk.vault.as_mut().unwrap().slow = true;
        desk.keys(&format!("5 tab {} enter", words()));
        let before = desk.written();
        let mut comes = None;
        for mut action in desk.vault.as_mut().unwrap().now() {
            if let Action::Unlocked(all) = &mut action {
                comes = Some(Want::Date(all.register.date_in_hand(all.setup.now)));
                all.comes = comes;
            }
            desk.send(action);
        }
        let want = comes.unwrap();
        assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Read(_))), "it comes by itself");
        desk.sees("Who is expected is being read.");
        desk.keys("+1s enter +1s f8");
        assert_eq!((desk.app.view, desk.app.who, desk.written()), (View::Start, None, before));
        // What is asked for otherwise does not set them free.
        desk.send(Action::Brought(Want::Past, Some(Brought::default())));
        assert_eq!(desk.app.who, None);
        desk.send(Action::Brought(want, read.then(Brought::default)));
        assert!(desk.app.who.is_some(), "{read}");
    }
}

#[test]
fn ctrl_l_drops_everything_but_who_was_in() {
    let mut desk = Desk::sealed_saturday("09:55");
    desk.keys("1 enter enter f4");
    assert_eq!((desk.app.view, desk.app.who), (View::Locked, None));
    assert!(desk.effects.iter().any(|e| matches!(e, doorbook::app::action::Effect::Lock)));
    holds_nothing(&desk);
    desk.keys("f9");
    insta::assert_snapshot!("locked_roll_80", desk.screen());
    desk.sees("Mia").sees("Jean").sees_not("Mia H");
    desk.keys("x 1 enter");
    desk.keys("esc").comes_in("5");
    assert_eq!((desk.app.view, given(&desk).as_deref()), (View::Board, Some("Jean")));
    assert_eq!(desk.app.day().unwrap().heads().children, 2);
    desk.reloads();
}

#[test]
fn it_locks_itself_after_fifteen_minutes_and_no_sooner() {
    let mut desk = Desk::sealed_saturday("09:55");
    desk.keys("tab");
    let at = doorbook::app::wakes_at(&desk.app).unwrap();
    assert_eq!(at, desk.since_start + Duration::from_secs(900));
    desk.keys("+14m");
    assert_eq!(desk.app.view, View::Board);
    desk.keys("tab +14m tab +15m");
    assert_eq!(desk.app.view, View::Locked);
    holds_nothing(&desk);
}

#[test]
fn the_first_key_after_a_sleep_is_not_read() {
    let mut desk = Desk::sealed_saturday("09:55");
    let before = desk.written();
    desk.keys("1 enter");
    desk.press_after(Key::Enter, Duration::from_secs(3600));
    assert_eq!((desk.app.view, desk.written()), (View::Locked, before));
}

#[test]
fn an_unsealed_register_never_locks() {
    let mut desk = Desk::saturday("09:55");
    desk.keys("f4");
    desk.sees("nothing to lock");
    desk.keys("+40m");
    assert_eq!(desk.app.view, View::Board);
    desk.keys("ctrl-p l o c k");
    desk.sees_not("Locks the register");
}

#[test]
fn f8_on_the_locked_screen_is_entered_at_its_time_by_who_gets_in() {
    let mut desk = Desk::sealed_saturday("10:14");
    desk.keys("f4 @10:20");
    let before = desk.written();
    desk.keys("f8");
    desk.sees("Kept 10:20:00.");
    desk.keys("f8");
    desk.sees("It is kept.");
    insta::assert_snapshot!("locked_kept_80", desk.screen());
    desk.keys("@10:22 x bksp f8");
    assert_eq!((desk.written(), desk.vault.as_ref().unwrap().raised.len()), (before, 2));
    desk.keys("esc").comes_in("2");
    desk.sees("from the locked screen, 10:22:00");
    let notes: Vec<String> = desk.app.day().unwrap().notes.iter().map(|n| n.at.format("%H:%M").to_string()).collect();
    assert_eq!(notes, ["10:20", "10:22"]);
    let raised = desk.log.iter().filter(|e| matches!(e.event.open(), Some(Event::Note(NoteEvent::Raised { .. }))));
    let ids: std::collections::BTreeSet<_> = raised.map(|e| format!("{:?}", e.event)).collect();
    assert_eq!(ids.len(), 2);
    assert!(desk.vault.as_ref().unwrap().raised.is_empty(), "what is entered is kept no more");
    desk.reloads();
}

#[test]
fn what_f8_could_not_keep_is_not_said_to_be_kept() {
    let mut desk = Desk::sealed("10:20");
    desk.keys("f8");
    desk.sees("1 note kept here");
    desk.send(Action::NotStored("The disk is full. Write it on paper.".to_owned()));
    desk.sees("The disk is full").sees_not("kept here");
    desk.vault.as_mut().unwrap().slow = true;
    desk.keys(&format!("5 tab {} enter", words()));
    desk.send(Action::NotStored("The part that reads has stopped.".to_owned()));
    desk.sees("has stopped");
    assert!(desk.enter().starts_with("Wait   type your passphrase"), "{}", desk.enter());
}

#[test]
fn a_note_that_is_being_told_is_saved_before_it_locks() {
    let mut desk = Desk::sealed_saturday("10:14");
    desk.keys("f8 f8 7 \"he f4");
    assert_eq!(desk.app.view, View::Locked);
    holds_nothing(&desk);
    desk.comes_in("5");
    let note = desk.app.day().unwrap().notes[0].clone();
    assert_eq!(note.words.as_str(), "he");
}

#[test]
fn another_person_by_passphrase_in_under_ten_seconds() {
    let mut desk = Desk::sealed_saturday("11:15");
    let before = desk.written();
    desk.keys("f6");
    insta::assert_snapshot!("change_80", desk.screen());
    let script = format!("f6 2 {} enter", words());
    let keys = script.split_whitespace().count();
    // 40 words a minute, five letters and a blank a word; and what opening takes.
    let seconds = f64::from(u16::try_from(keys).unwrap()) * 60.0 / (40.0 * 6.0) + 1.0;
    assert!(seconds < 10.0, "{keys} keys take {seconds} s");
    desk.keys(&format!("2 {}", words()));
    assert_eq!(desk.enter(), "Enter   Sam takes the desk, 11:15, if the passphrase is right");
    assert_eq!((given(&desk).as_deref(), desk.written()), (Some("Jean"), before));
    desk.keys("enter");
    assert_eq!((desk.app.view, given(&desk).as_deref()), (View::Board, Some("Sam")));
    assert_eq!(desk.written(), before + 1);
    desk.reloads();
}

#[test]
fn the_old_person_stays_until_the_new_one_is_in() {
    let mut desk = Desk::sealed_saturday("11:15");
    let before = desk.written();
    desk.keys("f6 2 n o enter");
    desk.sees("do not go together");
    assert_eq!((given(&desk).as_deref(), desk.written()), (Some("Jean"), before));
    desk.keys("esc esc esc");
    assert_eq!((desk.app.view, given(&desk).as_deref()), (View::Board, Some("Jean")));
    desk.keys("f6 5");
    desk.keys("enter");
    desk.sees("Jean is at the desk already");
    desk.keys("+30s f6 2").keys(&format!("{} enter", words()));
    assert_eq!(given(&desk).as_deref(), Some("Sam"));
    desk.sees("1 wrong passphrase was tried");
    desk.keys("f6 3 s e c r e t f9 esc f6");
    assert!(!desk.screen().contains("***"), "what was typed is wiped when another screen is opened");
}

#[test]
fn a_store_that_fails_leaves_the_new_person_before_the_desk() {
    let mut desk = Desk::sealed_saturday("11:15");
    desk.keys(&format!("f6 2 {}", words()));
    desk.fail = Some("The disk is full. Nothing was written.".to_owned());
    desk.keys("enter");
    assert_eq!((desk.app.view, desk.app.who), (View::Start, None));
    desk.sees("The disk is full");
    assert_eq!(desk.enter(), "Enter   Sam takes the desk, 11:15");
    desk.keys("enter");
    assert_eq!(given(&desk).as_deref(), Some("Sam"));
}

#[test]
fn a_lost_passphrase_and_the_recovery_sheet() {
    let mut desk = Desk::sealed("09:41");
    desk.keys("0 enter");
    assert_eq!(desk.app.mode(), Mode::Locked);
    desk.keys(&format!("5 tab {}", short(SHEET)));
    insta::assert_snapshot!("recover_80", desk.screen());
    desk.keys("enter");
    insta::assert_snapshot!("recovered_80", desk.screen());
    desk.keys("enter enter esc f9 esc ctrl-q f2 f6");
    desk.sees("f o r e").sees("That key does not leave");
    desk.keys("f12");
    desk.sees_not("f o r e").sees_not("due");
    desk.keys("1");
    desk.sees("f o r e");
    assert!(!desk.effects.iter().any(|e| matches!(e, doorbook::app::action::Effect::Quit)));
    assert!(!format!("{:?}", desk.app).contains("forest"));
    desk.keys("1").keys(&format!("{} enter enter", short(OFFERED)));
    assert_eq!(given(&desk).as_deref(), Some("Jean"));
}

#[test]
fn the_words_of_the_sheet_are_seen_and_judged_one_by_one() {
    let mut desk = Desk::sealed("09:41");
    desk.keys("0 enter \"5 \"aban space \"ac");
    desk.sees(" 1 abandon")
        .sees(" 2 ac_")
        .sees("Word 2, ac: access, accident, account, accuse, achieve, acid, acoustic,");
    assert_eq!(desk.enter(), "Wait   type word 2: four letters are enough");
    desk.keys("\"qq");
    desk.sees("Word 2: no word of the list begins acqq. Look at the sheet.");
    assert_eq!(desk.enter(), "Wait   this word is none of the list; Backspace");
    desk.keys("space \"able");
    desk.sees("?acqq").sees("Word 3 is able.");
    assert_eq!(desk.enter(), "Enter   goes to word 2, the first that is missing");
    assert!(!format!("{:?}", desk.app).contains("aban"));
    desk.keys("f12");
    desk.sees_not("aban").sees_not("acqq").sees("**** ").sees("F12 show the words");
    desk.keys("f12 enter bksp bksp bksp bksp");
    for typed in SHEET.split_whitespace().skip(1) {
        desk.keys(&format!("\"{typed} space"));
    }
    desk.keys("7");
    desk.sees("Letters alone");
    insta::assert_snapshot!("recover_words_80", desk.screen());
    assert_eq!(desk.enter(), "Enter   gives number 5 a new passphrase, if the words are right");
    // One word is wrong: it is said, all that was typed is still there, and one word is put right.
    desk.keys("up bksp bksp bksp bksp bksp \"zoo enter");
    desk.sees("not the words of this register's sheet").sees("abandon").sees("zoo");
    desk.keys("+2s bksp bksp bksp \"adap enter");
    desk.sees("f o r e");
    // Left lying, they go; Esc goes back word by word and then out.
    let mut left = Desk::sealed("09:41");
    left.keys("0 enter \"5 \"aban +14m");
    left.sees("abandon");
    left.keys("+2m");
    left.sees("Your number").sees_not("abandon");
    left.keys("0 enter \"5 \"z");
    for _ in 0..4 {
        left.keys("esc");
    }
    left.sees("Your number");
}

#[test]
fn any_size_of_the_locked_screens() {
    let mut all: Vec<Desk> = vec![Desk::sealed("09:41")];
    let mut typed = Desk::sealed("09:41");
    typed.keys(&format!("5 tab {}", words()));
    let mut practice = Desk::sealed("09:41");
    practice.started_locked(Some(WORDS), Tries::default());
    let mut roll = Desk::sealed_saturday("09:55");
    roll.keys("1 enter enter f4 f8 f9");
    let mut change = Desk::sealed_saturday("09:55");
    change.keys("f6 2");
    let mut recover = Desk::sealed("09:41");
    recover.keys("0 enter");
    all.extend([typed, practice, roll, change, recover]);
    for desk in &mut all {
        for (width, height) in [(80, 24), (120, 40), (40, 10), (20, 5), (1, 1), (0, 0), (79, 23), (200, 60), (3, 80)] {
            let before = format!("{:?}", desk.app.mode());
            desk.send(Action::Resized(Size { width, height }));
            let screen = desk.screen();
            assert!(width < 40 || height < 4 || screen.contains("Enter") || screen.contains("Wait"), "{screen}");
            assert_eq!(before, format!("{:?}", desk.app.mode()));
        }
    }
}

/// What is wrong with the keys, in as many words as it takes.
fn faults() -> Vec<String> {
    use doorbook::run::house::HouseFault as F;
    let all = [
        F::Lost,
        F::Foreign,
        F::Behind(7),
        F::Other(7),
        F::Forged,
        F::Meddled,
        F::Unnamed,
        F::Renumbered,
        F::NotListed,
    ];
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_wrong_with_the_keys_is_said_to_its_end() {
    for fault in faults() {
        // At the locked screen, and where somebody else takes the desk.
        for (mut desk, keys) in [(Desk::sealed("08:55"), "5 tab"), (Desk::sealed_saturday("10:14"), "f6 1")] {
            desk.vault.as_mut().unwrap().slow = true;
            desk.keys(&format!("{keys} {} enter", words()));
            desk.vault.as_mut().unwrap().now();
            desk.send(Action::NotUnlocked(NotUnlocked::Trouble(fault.clone())));
            let shown = desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(shown.contains(&fault), "{fault}\n{}", desk.screen());
        }
    }
}
