//! Time that misbehaves: a clock that goes back or on, both changes of London, a leap day, midnight, another zone of the
//! machine. Order is by place in the book, an event is on one day, nobody is signed out, and the desk says what happened.

use chrono::{NaiveDateTime, TimeDelta};
use doorbook::app::View;
use doorbook::app::action::Action;
use doorbook::clock::Clock;
use doorbook::domain::event::{DoorEvent, Event};

use doorbook::run::setup::Families;

use crate::desk::harness::{Desk, moment};

fn london(local: &str) -> doorbook::domain::codes::Moment {
    let local: NaiveDateTime = local.parse().unwrap();
    let clock = Clock::standing("Europe/London", local).unwrap();
    clock.now()
}

/// The clock on the wall says this; the other one goes on by a second.
fn jumps(desk: &mut Desk, to: doorbook::domain::codes::Moment) {
    desk.now = to;
    desk.since_start += std::time::Duration::from_secs(1);
    desk.send(Action::Tick { now: to, since_start: desk.since_start });
}

/// A day with people in, at ten.
fn worked() -> Desk {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter enter 2 enter enter");
    assert!(desk.app.day().unwrap().heads().children >= 2);
    desk
}

#[track_caller]
fn whole(desk: &mut Desk) {
    let days = &desk.app.register.days;
    let of_days = desk.log.iter().filter(|e| e.day.is_some()).count();
    assert_eq!(days.values().map(|d| d.entries.len()).sum::<usize>(), of_days);
    for day in days.values() {
        for attendance in day.sessions.iter().flat_map(|s| s.people.values()) {
            assert!(attendance.steps().map(|step| step.at).is_sorted());
        }
    }
    let recorded: Vec<_> = desk.log.iter().map(|e| e.id).collect();
    assert_eq!(desk.entries().iter().map(|e| e.id).collect::<Vec<_>>(), recorded, "order is by place");
    desk.reloads();
}

#[test]
fn a_clock_that_jumps_is_told_refuses_no_fact_and_signs_nobody_out() {
    for (by, says) in [
        (TimeDelta::hours(-1), "clock went back 60 minutes, to 08:5"),
        (TimeDelta::days(-365), "clock went back 365 days, to"),
        (TimeDelta::days(3652), "clock went on 10 years, to"),
    ] {
        let mut desk = worked();
        let (inside, to) = (desk.app.day().unwrap().heads().all(), desk.now + by);
        jumps(&mut desk, to);
        desk.sees(says);
        assert_eq!(desk.app.day().unwrap().heads().all(), inside, "nobody is signed out");
        assert_eq!(desk.app.view, View::Board);
        let before = desk.written();
        // What has happened: a mother walks out.
        desk.keys("1 enter x 3");
        assert!(desk.written() > before, "{by}: a fact was not written\n{}", desk.screen());
        desk.keys("esc esc f8");
        whole(&mut desk);
    }
}

#[test]
fn a_clock_that_is_put_right_or_a_computer_that_slept_is_not_told() {
    let mut desk = worked();
    for by in [TimeDelta::seconds(-40), TimeDelta::hours(3), TimeDelta::seconds(59)] {
        let to = desk.now + by;
        jumps(&mut desk, to);
        desk.sees_not("clock went");
    }
}

#[test]
fn a_practice_book_ahead_of_the_clock_is_not_told() {
    let desk = worked();
    // A practice register has a clock of its own: nothing is said.
    desk.restarted_on("2026-11-21T08:00").sees_not("later than the computer's clock");
}

#[test]
fn both_changes_of_the_clocks_keep_order_and_day() {
    for (before, after, day) in [
        ("2026-10-25T00:50:00", "2026-10-25T02:10:00", "2026-10-25"),
        ("2026-03-29T00:50:00", "2026-03-29T02:10:00", "2026-03-29"),
    ] {
        let mut desk = Desk::with(Families::Invented, &before[..16]);
        assert_eq!(desk.now, london(before));
        desk.keys("5 f8");
        let first = desk.written();
        jumps(&mut desk, london(after));
        desk.keys("esc f2 1 esc f8");
        assert!(desk.written() > first);
        assert!(desk.log.windows(2).all(|two| two[0].recorded_at <= two[1].recorded_at), "{before}");
        let of_day = desk.app.register.day_id(day.parse().unwrap());
        let entries = desk.log.iter().skip_while(|e| e.day.is_none());
        assert!(entries.into_iter().all(|e| e.day.is_none_or(|d| d == of_day)), "one day for all");
        whole(&mut desk);
    }
    // The hour that comes twice: the clock on the wall goes back, the time does not, and nothing is said of it.
    let twice = [london("2026-10-25T01:30:00"), london("2026-10-25T01:30:00") + TimeDelta::hours(1)];
    let zone = Clock::standing("Europe/London", "2026-10-25T01:30:00".parse().unwrap()).unwrap();
    assert_eq!(zone.in_zone(twice[1].to_utc()).naive_local(), twice[0].naive_local());
    assert!(zone.in_zone(twice[1].to_utc()) > twice[0]);
}

/// Planned times have the offset of their own day, whatever the offset is when they are looked at.
#[test]
fn a_plan_looked_at_after_a_change_of_the_clocks_is_at_its_own_hour() {
    let desk = worked();
    let day = desk.app.day().unwrap();
    let start = day.sessions[0].plan.start;
    let summer = desk.now.with_timezone(&chrono::FixedOffset::east_opt(3600).unwrap());
    assert_eq!(day.local(start, summer), day.local(start, desk.now));
    assert_eq!(day.local(start, summer).to_rfc3339(), "2026-11-21T10:00:00+00:00");
}

#[test]
fn a_leap_day_opens_and_is_one_day() {
    let mut desk = Desk::with(Families::Invented, "2028-02-29T09:00");
    desk.keys("5 f2 1 2 esc f8");
    desk.sees("29 February 2028");
    assert!(desk.app.register.days.contains_key(&desk.app.register.day_id("2028-02-29".parse().unwrap())));
    whole(&mut desk);
}

#[test]
fn midnight_in_a_session_stays_on_the_day_that_is_open() {
    let mut desk = worked();
    let day = desk.app.day;
    jumps(&mut desk, moment("2026-11-21T23:55"));
    desk.keys("+10m 1 enter x 3 esc esc");
    let last = desk.log.last().unwrap().clone();
    assert_eq!((last.day, desk.app.day), (Some(day), day));
    assert_eq!(last.recorded_at.date_naive().to_string(), "2026-11-22");
    assert!(desk.app.day().unwrap().heads().children > 0, "nobody is signed out by midnight");
    whole(&mut desk);
    let again = desk.restarted();
    assert_eq!(again.app.day, day, "the day with people in is the one in hand after midnight");
    assert!(desk.log.iter().any(|e| matches!(e.event.open(), Some(Event::Door(DoorEvent::Arrived { .. })))));
}

/// The machine's own zone is nothing to the book: the policy's counts.
#[test]
fn another_zone_of_the_machine_changes_nothing() {
    let folder = crate::cli::Folder::practice(&["--no-open"]);
    let said = |zone: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_doorbook"));
        command.args(["day", "2026-11-21", "--json", "--at", "2026-11-21T09:40"]).env("DOORBOOK_DATA", &folder.path);
        let out = command.env("HOME", folder.path.parent().unwrap()).env("TZ", zone).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let here = said("Europe/London");
    for zone in ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", ":/nowhere", ""] {
        assert_eq!(said(zone), here, "{zone}");
    }
}
