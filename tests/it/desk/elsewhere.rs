//! Escorted contact out of the building, contact by video, life-story work, looked-after children, interpreters: what
//! differs from a family in a room.

use doorbook::domain::codes::{ContactKind, Effect, Flag, Party, Side};
use doorbook::domain::day::{Outcome, Stage};

use super::hand;
use super::harness::Desk;
use super::kinds::Case;
use super::lobby::is_fit_for_the_lobby;
use super::single::{has, place, session, stage};

#[track_caller]
fn enter_is(desk: &Desk, says: &str) {
    assert_eq!(desk.enter(), says, "\n{}", desk.screen());
}

/// Mark and Beth with Oscar are here, Priya has met him.
fn before_they_go() -> Desk {
    let mut desk = Desk::kinds("09:45", &[Case::of(ContactKind::Escorted)]);
    desk.keys("1 enter tab enter @10:00 1 enter enter 1 enter enter 4");
    assert_eq!(has(&desk, "Oscar"), "Priya");
    desk
}

#[test]
fn escorted_they_go_out_with_the_worker_who_is_on_no_roll_until_they_are_back() {
    let mut desk = before_they_go();
    desk.keys("1 enter");
    enter_is(&desk, "Enter   Oscar goes out with Priya, 10:00, back 11:00");
    desk.sees_not("Mark");
    desk.keys("tab");
    enter_is(&desk, "Enter   Oscar and Mark go out with Priya, 10:00, back 11:00");
    desk.keys("enter").sees("0 children   1 adult   4 team").sees("out 11:00");
    assert_eq!(has(&desk, "Oscar"), "Priya", "throughout");
    desk.keys("f9").sees("Oscar, Mark, Priya, out to 11:00").sees_not("Priya             team");
    desk.keys("esc f2").sees("4  ○ Priya     supervisor     out with a child");
    desk.keys("4").sees("Priya is out with a child");
    // Nobody picks a worker who is not in the building.
    desk.keys("esc 1 enter tab k").sees_not("Priya");
    // Beth's card says nothing of the other side.
    desk.keys("esc esc 1 enter tab").sees("The side that brings").sees_not("Mark");
    desk.keys("esc @11:02 1 enter").sees("The side that visits");
    enter_is(&desk, "Enter   Mark and Oscar arrive by the front door, small waiting room, 11:02");
    desk.keys("enter").sees("1 child   2 adults   5 team");
    assert_eq!(has(&desk, "Oscar"), "Priya");
    desk.keys("1 enter").sees("The side that brings");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter").sees("Priya walks Oscar back first");
    desk.keys("1 @11:17 1 enter enter");
    assert_eq!(stage(&desk), Stage::Home);
    assert_eq!(session(&desk).contact_minutes(desk.now), 62);
    desk.reloads();
}

#[test]
fn escorted_nothing_on_file_lets_them_out() {
    let case = Case::of(ContactKind::Escorted).offsite(None);
    let mut desk = Desk::kinds("09:45", &[case]);
    desk.keys("1 enter tab enter @10:00 1 enter enter 1 enter enter 4 1 enter");
    enter_is(&desk, "Wait   no paper on file lets them leave the building. r Ruth says so");
    desk.keys("enter");
    assert_eq!(place(&desk, "Oscar"), "waiting");
}

#[test]
fn escorted_it_ends_early_while_they_are_out_and_nobody_is_walked_before_they_are_back() {
    let mut desk = before_they_go();
    desk.keys("1 enter enter @10:30 1 enter tab e 3 enter");
    assert!(matches!(stage(&desk), Stage::Out(_)), "{:?}", stage(&desk));
    desk.keys("@10:40 1 enter enter");
    assert_eq!((has(&desk, "Oscar"), place(&desk, "Oscar")), ("Priya".into(), "small".into()));
    desk.keys("1 enter enter 1");
    assert!(matches!(stage(&desk), Stage::Stays(_)));
    desk.reloads();
}

#[test]
fn escorted_going_out_is_taken_back() {
    let mut desk = before_they_go();
    desk.keys("1 enter enter ctrl-z 1").sees("1 child   2 adults   5 team");
    assert_eq!((has(&desk, "Oscar"), place(&desk, "Oscar")), ("Priya".into(), "waiting".into()));
    desk.reloads();
}

fn by_video() -> Desk {
    let mut desk = Desk::kinds("09:50", &[Case::of(ContactKind::Video)]);
    desk.keys("1 enter enter");
    desk
}

#[test]
fn by_video_they_join_and_are_in_nobodys_count() {
    let mut desk = by_video();
    desk.sees("1 child   1 adult   5 team").sees("due by 10:00");
    desk.keys("@10:00 1 enter").sees("The side that visits").sees("Please stay on the line");
    enter_is(&desk, "Enter   Mark joins by video, 10:00");
    desk.keys("enter").sees("1 child   1 adult   5 team").sees("● ●");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   Beth and Oscar go to Elm, 10:00");
    desk.keys("enter").sees("together    ends 11:00");
    assert_eq!(has(&desk, "Oscar"), "Beth", "as before");
    desk.keys("f9").sees_not("Mark").sees("Oscar B");
    desk.keys("esc f5").sees("Mark  on line");
    desk.keys("f5 @11:00 1 enter").sees("The side that brings");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter").sees("Who takes Oscar B?").sees_not("walks");
    desk.keys("1 1 enter").sees("The side that visits");
    enter_is(&desk, "Enter   Mark leaves the video call, 11:00");
    desk.keys("enter");
    assert_eq!(stage(&desk), Stage::Home);
    assert_eq!(desk.app.day().unwrap().outcome(session(&desk)), Outcome::Held);
    assert_eq!(session(&desk).contact_minutes(desk.now), 60);
    desk.reloads();
}

#[test]
fn a_call_that_broke_off_is_joined_again() {
    let mut desk = by_video();
    desk.keys("@10:00 1 enter enter 1 enter enter @10:20 1 enter s").sees("1   the call broke off, or has ended");
    desk.keys("1 1 enter").sees("The side that visits");
    enter_is(&desk, "Enter   Mark joins by video, 10:20");
    desk.keys("esc @10:25 1 enter enter");
    assert!(session(&desk).is_together());
    desk.keys("@10:40 1 enter tab e 2 enter");
    desk.keys("1 enter tab");
    enter_is(&desk, "Enter   Mark leaves the video call, 10:40");
    desk.keys("enter 1 enter enter 1");
    assert_eq!(session(&desk).contact_minutes(desk.now), 35);
    assert_eq!(desk.app.day().unwrap().outcome(session(&desk)), Outcome::HeldShort);
    desk.keys("ctrl-z 1");
    desk.reloads();
}

#[test]
fn life_story_work_awaits_no_other_side() {
    let mut desk = Desk::kinds("09:55", &[Case::of(ContactKind::LifeStory)]);
    desk.keys("1 enter enter @10:10").sees_not("late").sees_not("ring them");
    desk.keys("1 enter").sees("The side that brings");
    enter_is(&desk, "Enter   asks who has Oscar from here");
    let mut other = desk.fork();
    other.keys("tab");
    enter_is(&other, "Wait   they do not come today. A number lets somebody in after all");
    desk.keys("enter 4 1 enter enter").sees("together    ends 11:00");
    assert_eq!((has(&desk, "Oscar"), place(&desk, "Oscar")), ("Priya".into(), "elm".into()));
    desk.keys("@10:30 1 enter s 1 1 1 @10:33 1 enter enter @11:00 1 enter enter 1");
    assert_eq!(stage(&desk), Stage::Home);
    assert_eq!(session(&desk).contact_minutes(desk.now), 47);
    desk.reloads();
}

#[test]
fn a_supervised_assessment_goes_as_one_to_one() {
    let mut desk = Desk::kinds("09:45", &[Case::of(ContactKind::Assessment)]);
    desk.keys("1 enter tab enter @10:00 1 enter enter 1 enter enter 4 1 enter enter 1 enter enter");
    assert!(session(&desk).is_together());
    desk.keys("1 enter s").sees("6   who writes it up");
}

/// A foster carer, or an escort, brings; the placement is nobody's to read, and the social worker is told.
#[test]
fn a_looked_after_child_is_brought_by_a_carer_and_the_social_worker_is_told() {
    let case = Case::empty(ContactKind::Supervised)
        .child("Oscar", 7)
        .brings("Beth", "foster carer")
        .collects("Ed", "escort")
        .visits("Mark", "father")
        .told(Flag::LookedAfter, Effect::Show, None, "Looked after by the council: tell the social worker.");
    let mut desk = Desk::kinds("09:55", &[case]);
    desk.keys("1 enter").sees("There is something to read: F5").sees_not("council");
    desk.keys("f5").sees("Looked after by the council: tell the social worker.");
    desk.keys("f5 tab").sees_not("foster").sees_not("Beth");
    // The escort brings.
    desk.keys("tab w 1");
    enter_is(&desk, "Enter   Ed and Oscar arrive by the front door, waiting room, 09:55");
    desk.keys("enter");
    assert_eq!(has(&desk, "Oscar"), "Ed");
    // Mark does not come: no contact, and whoever must know is told.
    desk.keys("@10:20 1 enter tab a 0 enter 1 enter t").sees("5   another who must be told, was");
    desk.sees_not("social worker");
    desk.keys("f5").sees("5   the social worker was told");
    desk.keys("f5 5 1");
    enter_is(&desk, "Enter   they were told, 10:20");
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before + 1);
    assert!(session(&desk).social_worker_told.is_some());
    desk.keys("f5 1 enter").sees("Told    the social worker, 10:20");
    desk.keys("esc ctrl-z 1");
    assert!(session(&desk).social_worker_told.is_none());
    desk.reloads();
}

#[test]
fn only_of_a_looked_after_child_is_there_somebody_else_to_tell() {
    let mut desk = Desk::kinds("09:55", &[Case::of(ContactKind::Supported)]);
    desk.keys("1 enter t").sees("4   through somebody else").sees_not("must be told");
}

#[test]
fn an_interpreter_comes_for_a_session_and_the_card_says_whether() {
    let case =
        Case::of(ContactKind::Supervised).told(Flag::Language, Effect::Warn, Some(Party::Visits), "Speaks Polish.");
    let other = Case::empty(ContactKind::Supported).code("T26-00002").child("Ida", 4).brings("Ann", "mother");
    let mut desk = Desk::kinds("09:30", &[case, other]);
    desk.keys("1 enter tab").sees("○ nobody is here yet who speaks for them");
    desk.keys("tab").sees_not("speaks for them");
    desk.keys("esc f2 0 \"Ms space \"Haddad tab 3 1");
    desk.sees("For which number on the board, if for one");
    desk.keys("1");
    assert!(desk.enter().contains("for No 1, 09:30"), "{}", desk.enter());
    let mut nobodys = desk.fork();
    nobodys.keys("0 enter");
    assert!(nobodys.app.day().unwrap().visitors.values().all(|v| v.session.is_none()));
    desk.keys("enter esc 1 enter tab").sees("● whoever speaks for them is here").sees_not("Haddad");
    desk.keys("f5").sees("● Ms Haddad, interpreter, hall");
    assert_eq!(desk.app.day().unwrap().visitors.values().next().unwrap().session, Some(hand::session(&desk, 1)));
    desk.keys("f5 esc f2 down enter 1 esc 1 enter tab").sees("○ nobody is here yet");
    desk.reloads();
}

/// Whoever stands in front of a card learns nothing of the other side, nor what kind of contact it is.
#[test]
fn no_card_of_any_kind_tells_the_lobby_of_the_other_side() {
    for kind in [ContactKind::Supervised, ContactKind::Escorted, ContactKind::Video, ContactKind::LifeStory] {
        let mut desk = Desk::kinds("09:45", &[Case::of(kind)]);
        let day = [
            "1 enter tab enter @10:00 1 enter enter 1 enter enter 4 1 enter enter 1 enter enter",
            "@10:20 1 enter s 1 2 2 @10:25 1 enter enter @10:55 1 enter enter esc",
            "@11:00 1 enter enter 1 1 enter enter @11:20 1 enter enter esc",
        ];
        for token in day.iter().flat_map(|line| line.split_whitespace()) {
            desk.keys(token);
            is_fit_for_the_lobby(&desk);
            let mut card = desk.fork();
            card.keys("esc esc 1 enter");
            for keys in ["", "tab", "s", "s 1", "s 1 1", "s 4", "s 5", "s 6", "t", "d", "e", "esc tab s", "x"] {
                let mut fork = card.fork();
                fork.keys(keys);
                is_fit_for_the_lobby(&fork);
            }
        }
        let visiting = session(&desk).all().filter(|(m, _)| m.side == Side::Visiting).count();
        assert_eq!(visiting, 1, "{kind:?}");
        desk.reloads();
    }
}
