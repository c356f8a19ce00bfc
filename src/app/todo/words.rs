//! A line of the list in words.

use chrono::NaiveDate;

use crate::app::close::rule;
use crate::app::state::App;
use crate::app::todo::read::may_read;
use crate::app::words::{hm, list, party, sentence, short};
use crate::domain::case::Member;
use crate::domain::day::{Day, Note};
use crate::domain::event::By;
use crate::domain::ids::{ActId, CaseId, EntryId, SessionId};
use crate::domain::todo::{Todo, What, is_overdue};

/// `14 Nov`, and the No where there is one; of today the No alone.
pub(super) fn label(app: &App, todo: &Todo) -> String {
    let no = app.register.days.get(&todo.day).and_then(|day| session_of(day, &todo.what).and_then(|s| number(day, s)));
    let no = no.unwrap_or_default();
    if todo.date == app.today() {
        return if no.is_empty() { "today".to_owned() } else { no };
    }
    format!("{:<7} {no}", todo.date.format("%-d %b")).trim_end().to_owned()
}

fn number(day: &Day, session: SessionId) -> Option<String> {
    day.session(session).map(|s| format!("No {}", s.plan.no))
}

fn session_of(day: &Day, what: &What) -> Option<SessionId> {
    match what {
        What::Note(note) => day.notes.iter().find(|n| n.id == *note).and_then(|n| n.session),
        What::Message(id) => day.messages.iter().find(|m| m.id == *id).and_then(|m| m.session),
        What::Override(entry) => day.overrides.iter().find(|o| o.entry == *entry).map(|o| o.session),
        What::Against(entry) => day.against.iter().find(|a| a.entry == *entry).and_then(|a| a.session),
        What::Report { session, .. } | What::Owed { session, .. } | What::ToTell { session, .. } => Some(*session),
        What::ToTellWorker(session) => Some(*session),
        _ => None,
    }
}

/// The line.
pub(super) fn says(app: &App, todo: &Todo) -> String {
    let Some(day) = app.register.days.get(&todo.day) else { return of_file(app, todo) };
    match &todo.what {
        What::Note(id) => day.notes.iter().find(|n| n.id == *id).map(|n| note(app, day, n)).unwrap_or_default(),
        What::Message(id) => message(app, day, *id),
        What::Override(entry) => {
            let allowed = day.overrides.iter().find(|o| o.entry == *entry);
            let why = allowed.and_then(|o| day.policy.reason(&o.why)).map(|r| r.words.to_string()).unwrap_or_default();
            let by = allowed.map(|o| app.register.staff_name(o.by)).unwrap_or_default();
            let what = allowed.and_then(|o| act_of(app, day, o.act, *entry)).unwrap_or_default();
            format!("{by} was named as having allowed it: {what}; {why}")
        }
        What::Against(entry) => {
            let against = day.against.iter().find(|a| a.entry == *entry);
            let rules: Vec<&str> = against.map(|a| a.rules.iter().map(|r| rule(*r)).collect()).unwrap_or_default();
            sentence(&rules.join("; "))
        }
        What::Report { owner, due, .. } => {
            let late = if is_overdue(&todo.what, app.now) { "   late" } else { "" };
            format!("{} writes the report by {}{late}", app.register.staff_name(*owner), date(*due))
        }
        What::Owed { party: p, minutes, .. } => format!("{minutes} minutes are owed to {}", party(*p)),
        What::ToTell { party: p, .. } => sentence(&format!("{} was not told that there was no contact", party(*p))),
        What::ToTellWorker(_) => "The social worker was not told that there was no contact".to_owned(),
        What::Unsigned => "This day was never signed".to_owned(),
        _ => of_file(app, todo),
    }
}

/// What was allowed: the first entry of the same act beside the allowance.
fn act_of(app: &App, day: &Day, act: ActId, allowance: EntryId) -> Option<String> {
    let entry = day.entries.iter().find(|e| e.act == act && e.id != allowance)?;
    let says = crate::app::words::entry(app, day, entry);
    let says = says.split_once("  ").map_or(says.clone(), |(_, rest)| rest.to_owned());
    Some(format!("{} {says}", hm(day.happened(entry))))
}

fn of_file(app: &App, todo: &Todo) -> String {
    match &todo.what {
        What::Missed { case, party: p, times } => {
            format!("{times} missed in a row by {}: {}", party(*p), children(app, *case))
        }
        What::TookNoPart { case, child, times } => {
            let people = app.register.cases.get(case).map(|c| c.people.as_slice()).unwrap_or_default();
            let name = people.iter().find(|m| m.person == *child).map(short).unwrap_or_default();
            format!("{times} in a row without taking part: {name}")
        }
        What::NewKey { entry, .. } => {
            let given = app.register.people.iter().find(|done| done.entry == *entry);
            given.map(|one| format!("{}, {}", crate::app::words::done(app, one), hm(one.at))).unwrap_or_default()
        }
        What::Ends { case, to, .. } => {
            let ends = if *to < app.now.date_naive() { "ended" } else { "ends" };
            format!("An instruction {ends} on {}: {}", date(*to), children(app, *case))
        }
        _ => String::new(),
    }
}

/// `3 December`.
fn date(date: NaiveDate) -> String {
    date.format("%-d %B").to_string()
}

fn children(app: &App, case: CaseId) -> String {
    let people = app.register.cases.get(&case).map(|c| c.people.as_slice()).unwrap_or_default();
    let names: Vec<String> =
        people.iter().filter(|m| m.is_child() && m.is_expected()).map(|m: &Member| short(m)).collect();
    list(&names)
}

/// `from Jean`.
pub(super) fn from(app: &App, by: By) -> String {
    match by {
        By::Staff(staff) => app.register.staff_name(staff).to_owned(),
        By::Program => "the desk".to_owned(),
    }
}

/// That it is there; what it is only to who may read it.
fn note(app: &App, day: &Day, note: &Note) -> String {
    let kind = note.kind.as_ref().filter(|_| may_read(app, note)).and_then(|k| day.policy.kind(k));
    let kind = kind.map(|k| format!(": {}", k.words)).unwrap_or_default();
    let how = match (note.mistaken, note.stands) {
        (true, _) => ", pressed by mistake",
        (false, true) => ", left open at the close",
        (false, false) => "",
    };
    format!("Note {}, from {}{how}{kind}", note.no, from(app, note.by))
}

fn message(app: &App, day: &Day, id: crate::domain::ids::NoteId) -> String {
    let Some(message) = day.messages.iter().find(|m| m.id == id) else { return String::new() };
    let kind = day.policy.message(&message.kind).map(|m| m.words.to_string()).unwrap_or_default();
    format!("{}, from {}", sentence(&kind), from(app, message.by))
}
