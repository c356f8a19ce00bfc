//! A day as JSON: its fields are those of the manual, and they say what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use doorbook::export::{self, *};
use serde_json::Value;

use crate::made::Made;

/// The tables of the manual: heading to the fields under it.
fn documented(page: &str) -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manual").join(page)).unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            heading = name.trim_matches('`').to_owned();
        } else if let Some(field) = line.strip_prefix("| `") {
            found.entry(heading.clone()).or_default().push(field.split('`').next().unwrap().to_owned());
        }
    }
    found
}

fn fields(of: &impl serde::Serialize) -> BTreeSet<String> {
    let Value::Object(fields) = serde_json::to_value(of).unwrap() else { panic!("no object") };
    fields.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn the_documented_fields_are_the_written_ones() {
    let written: [(&str, BTreeSet<String>); 18] = [
        ("day", fields(&DayOut::default())),
        ("signed", fields(&SignedOut::default())),
        ("sessions", fields(&SessionOut::default())),
        ("people", fields(&PersonOut::default())),
        ("movements", fields(&MovementOut::default())),
        ("responsible", fields(&ResponsibleOut::default())),
        ("absences", fields(&AbsenceOut::default())),
        ("pauses", fields(&PauseOut::default())),
        ("owed", fields(&OwedOut::default())),
        ("notes", fields(&NoteOut::default())),
        ("questions", fields(&QuestionOut::default())),
        ("staff", fields(&StaffOut::default())),
        ("visitors", fields(&VisitorOut::default())),
        ("counts", fields(&CountsOut::default())),
        ("counts.counted", fields(&CountedOut::default())),
        ("log", fields(&LogOut::default())),
        ("entries", fields(&EntryOut::default())),
        ("entries.source", fields(&SourceOut::default())),
    ];
    let documented = documented("day-json.md");
    for (heading, fields) in &written {
        let said: BTreeSet<String> =
            documented.get(*heading).unwrap_or_else(|| panic!("no ## {heading}")).iter().cloned().collect();
        assert_eq!(&said, fields, "## {heading}");
    }
    let headings: BTreeSet<&str> = documented.keys().map(String::as_str).collect();
    assert_eq!(headings, written.iter().map(|(heading, _)| *heading).collect());
}

/// From here on it only gains fields: those of format 1, for ever.
#[test]
fn no_field_of_format_1_is_lost() {
    let day = fields(&DayOut::default());
    for field in
        "format date centre practice opened signed sessions people movements responsible absences notes questions \
                  staff visitors counts"
            .split_whitespace()
    {
        assert!(day.contains(field), "{field}");
    }
    let session = fields(&SessionOut::default());
    for field in "id no case kind start end room stage outcome".split_whitespace() {
        assert!(session.contains(field), "{field}");
    }
    let movement = fields(&MovementOut::default());
    for field in "session person kind place door occurred_at recorded_at entry".split_whitespace() {
        assert!(movement.contains(field), "{field}");
    }
    assert_eq!(FORMAT, 1);
}

#[test]
fn a_day_never_opened_says_what_is_expected() {
    let made = Made::practice("08:55");
    let day = export::day(&made.register, made.date(), made.now);
    assert_eq!((day.sessions.len(), day.opened, day.questions.len()), (12, None, 0));
    assert!(day.sessions.iter().all(|s| s.outcome == "expected" && s.stage == "later"));
    assert!(day.people.iter().all(|p| p.presence == "expected" && p.place.is_none()));
    assert_eq!(day.counts, CountsOut { sessions: 12, ..CountsOut::default() });
}

/// What happened, through the rules themselves.
#[test]
fn a_day_says_who_came_who_has_whom_and_who_does_not_come() {
    use doorbook::domain::codes::{Channel, Party};
    use doorbook::domain::decide::{Command, DayAct, NoteAct, Permission, Record};
    use doorbook::domain::event::{Carer, Told};
    use doorbook::domain::policy::Code;
    let mut made = Made::practice("08:55");
    let date = made.date();
    made.does(Command::Day(DayAct::Open { date }));
    made.at("09:50");
    let (first, fourth) = {
        let day = made.day();
        (day.numbered(1).unwrap().clone(), day.numbered(4).unwrap().clone())
    };
    let mother = first.expected(Party::Brings).find(|(m, _)| !m.is_child()).unwrap().0.person;
    let came: Vec<_> = first.expected(Party::Brings).map(|(m, _)| m.person).collect();
    let (door, place) = made.day().usual_way(&first, Party::Brings);
    let (session, carer) = (first.id(), Some(Carer::Adult(mother)));
    made.does(Command::May(Permission::LetIn { session, people: came.clone(), door, place: place.clone(), carer }));
    let absent: Vec<_> = fourth.expected(Party::Visits).map(|(m, _)| m.person).collect();
    let told = Some(Told { at: made.now, by: None, to: made.who, channel: Channel::Phone });
    let why = Code::new("N-ILL");
    made.does(Command::Write(Record::NotComing { session: fourth.id(), people: absent.clone(), why, told }));
    made.does(Command::Note(NoteAct::Raise { session: Some(session), place: None }));

    let day = export::day(&made.register, date, made.now);
    assert_eq!(day.opened.as_deref(), Some("2026-11-21T08:55:00+00:00"));
    assert_eq!(day.movements.len(), came.len());
    let movement = &day.movements[0];
    assert_eq!((movement.kind.as_str(), movement.place.as_deref()), ("came_in", Some(place.as_str())));
    assert_eq!(movement.occurred_at, "2026-11-21T09:50:00+00:00");
    let children = first.children().count();
    assert_eq!((day.counts.children, day.responsible.len()), (children as u16, children));
    assert!(day.responsible.iter().all(|r| r.adult == Some(mother.to_string()) && r.worker.is_none()));
    assert_eq!(day.absences.len(), absent.len());
    let absence = &day.absences[0];
    assert_eq!(
        (absence.code.as_str(), absence.channel.as_deref(), absence.provisional),
        ("N-ILL", Some("PHONE"), false)
    );
    assert_eq!((day.notes.len(), day.notes[0].kind_chosen, day.notes[0].seen), (1, false, false));
    let asked: BTreeSet<&str> = day.questions.iter().map(|q| q.about.as_str()).collect();
    assert!(asked.contains("note") && asked.contains("child_in") && asked.contains("why_not"), "{asked:?}");
    assert_eq!(day.staff.len(), 1);

    let value = export::day_json(&made.register, date, made.now).unwrap();
    assert_eq!(value["sessions"][0]["stage"], "bringing_side_here");
    assert_eq!(value["people"].as_array().unwrap().iter().filter(|p| p["presence"] == "in").count(), came.len());
    let log = export::log(&made.register, date, doorbook::book::wire::name);
    let names: Vec<&str> = log.entries.iter().filter_map(|e| e.event.as_deref()).collect();
    assert!(names.starts_with(&["day.opened"]) && names.ends_with(&["note.raised"]), "{names:?}");
    assert!(log.entries.iter().all(|e| !e.undone && e.name.as_deref() == Some("Jean") && e.source.kind == "desk"));
    assert!(export::log_text(&log, None).contains("09:50  Jean        door.arrived"));
    assert!(export::day_text(&made.register, &day).contains("Opened 08:55, not signed."));
}

/// Words that were typed into a note leave by no export.
#[test]
fn no_word_of_a_note_leaves() {
    use doorbook::domain::decide::{Command, DayAct, NoteAct};
    let mut made = Made::practice("08:55");
    let date = made.date();
    made.does(Command::Day(DayAct::Open { date }));
    made.does(Command::Note(NoteAct::Raise { session: None, place: None }));
    let note = made.day().notes[0].id;
    let words = doorbook::domain::text::Text::note("marzipan");
    let kind = made.day().policy.kinds.iter().find(|k| k.severity > 1).map(|k| k.code.clone());
    let file = doorbook::domain::ids::FileId(uuid::Uuid::from_u128(9));
    let about = doorbook::domain::event::About::Nobody(file);
    made.does(Command::Note(NoteAct::Tell { note, about, kind: kind.clone(), words, paper: None }));
    let day = export::day(&made.register, date, made.now);
    assert!(day.notes[0].kind_chosen);
    let log = export::log(&made.register, date, doorbook::book::wire::name);
    let all = [
        export::json(&day).unwrap(),
        export::json(&log).unwrap(),
        export::day_text(&made.register, &day),
        export::log_text(&log, None),
    ]
    .join("\n");
    let kind = format!("\"{}\"", kind.unwrap());
    assert!(!all.contains("marzipan") && !all.contains(&kind), "{all}");
}
