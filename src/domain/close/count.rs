//! Check 1 of the close: the count, and anyone else in the building.

use crate::domain::close::still_in::not_counted;
use crate::domain::close::{Choice, Question, Says, Subject, answer, choice, count_again};
use crate::domain::codes::Moment;
use crate::domain::day::Day;
use crate::domain::decide::{Command, DayAct};
use crate::domain::event::{Amendment, Answer, Counted, DayEvent, DoorEvent, Entry, Event};
use crate::domain::ids::FileId;

/// Anyone else whom the register has in the building and nobody counted.
pub(super) fn others_in(day: &Day, now: Moment) -> Vec<Question> {
    let inside: Vec<(FileId, Moment)> =
        day.visitors.iter().filter(|(_, v)| v.spell.went.is_none()).map(|(f, v)| (*f, v.spell.came)).collect();
    let counted = day.counted.map_or(0, |(_, c)| usize::from(c.others));
    if counted >= inside.len() {
        return Vec::new();
    }
    let ask = |(visitor, came): (FileId, Moment)| {
        let left = choice(Says::LeftSeen, Command::Day(DayAct::VisitorOut { visitor }));
        let at = Some(not_counted(day, now, Some(came), now));
        Question { about: Subject::OtherIn(visitor), answers: vec![Choice { at, ..left }, count_again()] }
    };
    inside.into_iter().map(ask).collect()
}

/// Check 1: counted heads and register agree, as far as no other question says why not.
pub(super) fn differs(day: &Day) -> Option<Question> {
    let (_, counted) = day.counted?;
    if is_count_stale(day) {
        return Some(Question { about: Subject::Count, answers: vec![count_again()] });
    }
    let heads = day.heads();
    let more = counted.children > heads.children || counted.adults > heads.adults || counted.others > heads.others;
    let differs = (more || counted.team != heads.team) && day.count_stands != Some(counted);
    differs.then(|| Question { about: Subject::Count, answers: vec![count_again(), stands(counted)] })
}

/// Somebody came or went since heads were counted, by what happened, not by when it was written down; or the day was
/// opened again.
pub fn is_count_stale(day: &Day) -> bool {
    let is_count = |e: &Entry| matches!(e.event.open(), Some(Event::Day(DayEvent::Counted(_))));
    let Some((counted, at)) = day.entries.iter().rposition(is_count).zip(day.counted.map(|(at, _)| at)) else {
        return false;
    };
    let (before, after) = day.entries.split_at(counted);
    after.iter().any(|entry| match entry.event.open() {
        Some(Event::Amend(Amendment::Undone { act })) => before.iter().any(|e| e.act == *act && comes_or_goes(e)),
        _ => comes_or_goes(entry) && day.happened(entry) >= at && !day.undone.contains(&entry.act),
    })
}

fn comes_or_goes(entry: &Entry) -> bool {
    match entry.event.open() {
        Some(Event::Door(event)) => matches!(
            event,
            DoorEvent::Arrived { .. }
                | DoorEvent::CameBack { .. }
                | DoorEvent::WentOut { .. }
                | DoorEvent::ChildLeft { .. }
                | DoorEvent::AdultLeft { .. }
        ),
        Some(Event::Day(event)) => matches!(
            event,
            // With a place it is only where somebody is who was here before.
            DayEvent::StaffCame { place: None, .. }
                | DayEvent::StaffWent { .. }
                | DayEvent::VisitorCame { .. }
                | DayEvent::VisitorWent { .. }
                | DayEvent::Reopened { .. }
        ),
        _ => false,
    }
}

fn stands(counted: Counted) -> Choice {
    answer(Says::CountStands, Answer::CountStands { counted })
}
