//! The three tables as typed rows, with every fault in them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::codes::{ContactKind, Referral};
use crate::domain::text::Text;
use crate::import::cells::Cells;
use crate::import::faults::{Faults, Table, shown};
use crate::import::files::Files;
use crate::import::rows::{Alert, BookingRow, FamilyRow, Permitted, PersonRow, Residence, Who};
use crate::import::sheet::{self, Columns, Line};

/// The three tables, as far as they can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// `families.csv`
    pub families: Vec<FamilyRow>,
    /// `people.csv`
    pub people: Vec<PersonRow>,
    /// `bookings.csv`
    pub bookings: Vec<BookingRow>,
}

const FAMILIES: Columns<7> =
    Columns { needed: ["id", "ref", "status", "opened", "closed", "service", "referrer"], known: &["notes"] };
const PEOPLE: Columns<12> = Columns {
    needed: [
        "id",
        "family_id",
        "kind",
        "given",
        "family_name",
        "known_as",
        "dob",
        "relation",
        "residence",
        "phone",
        "permitted",
        "alert",
    ],
    known: &[],
};
const BOOKINGS: Columns<10> = Columns {
    needed: ["id", "family_id", "weekday", "start", "end", "room", "every_weeks", "from", "to", "type"],
    known: &[],
};

const SERVICES: [(&str, ContactKind); 3] = [
    ("supported", ContactKind::Supported),
    ("supervised", ContactKind::Supervised),
    ("handover", ContactKind::Handover),
];
const REFERRERS: [(&str, Referral); 10] = [
    ("", Referral::Other),
    ("cafcass", Referral::Cafcass),
    ("cafcass cymru", Referral::CafcassCymru),
    ("solicitor", Referral::Solicitor),
    ("self", Referral::SelfOther),
    ("local authority", Referral::Council),
    ("council", Referral::Council),
    ("court", Referral::Court),
    ("mediator", Referral::Mediator),
    ("other", Referral::Other),
];
const RESIDENCES: [(&str, Residence); 2] =
    [("resident", Residence::Resident), ("non-resident", Residence::NonResident)];
const PERMITTED: [(&str, Permitted); 3] =
    [("yes", Permitted::Yes), ("supervised", Permitted::Supervised), ("no", Permitted::No)];

/// Reads the three files. Every fault and notice goes to `faults`; rows with a fault are left out of the tables.
pub fn read(files: &Files, faults: &mut Faults) -> Tables {
    let families = rows(Table::Families, &FAMILIES, files, faults);
    let people = rows(Table::People, &PEOPLE, files, faults);
    let bookings = rows(Table::Bookings, &BOOKINGS, files, faults);
    let read = |n: Option<usize>| n.unwrap_or(0);
    faults.rows = [
        read(families.as_ref().map(Vec::len)),
        read(people.as_ref().map(Vec::len)),
        read(bookings.as_ref().map(Vec::len)),
    ];
    let known: Option<HashSet<String>> =
        families.as_ref().map(|rows| rows.iter().map(|row| key(&row.cells).to_owned()).collect());
    let known = known.as_ref();
    let families = each(Table::Families, families, faults, family);
    same_ref(&families, faults);
    Tables {
        families,
        people: each(Table::People, people, faults, |cells, row| person(cells, known, row)),
        bookings: each(Table::Bookings, bookings, faults, |cells, row| booking(cells, known, row)),
    }
}

fn rows<const N: usize>(
    table: Table,
    columns: &Columns<N>,
    files: &Files,
    faults: &mut Faults,
) -> Option<Vec<Line<N>>> {
    let Some(bytes) = files.bytes(table) else {
        let cure = format!("Put {} into it, with its header line at least", table.file());
        faults.fault(table, None, "the file is not in the folder".to_owned(), cure);
        return None;
    };
    sheet::read(table, columns, bytes, faults)
}

/// The table's own id stands first in every list of columns.
fn key<const N: usize>(cells: &[String; N]) -> &str {
    cells.first().map_or("", String::as_str)
}

/// Every row through `one`; an id that is empty or taken is a fault here.
fn each<const N: usize, T>(
    table: Table,
    rows: Option<Vec<Line<N>>>,
    faults: &mut Faults,
    mut one: impl FnMut(&mut Cells, [String; N]) -> Option<T>,
) -> Vec<T> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut out = Vec::new();
    for Line { at, cells } in rows.unwrap_or_default() {
        let mut row = Cells { table, line: at, faults };
        let id = key(&cells).to_owned();
        let first = seen.get(&id).copied();
        if id.is_empty() {
            row.fault("id is empty".to_owned(), "Give each row an id of its own, and never change it");
        } else if let Some(first) = first {
            let what = format!("id {} is taken by line {first}", shown(&id));
            row.fault(what, "Give each row an id of its own, and never change it");
        }
        let value = one(&mut row, cells);
        if !id.is_empty() && first.is_none() {
            seen.insert(id, at);
            out.extend(value);
        }
    }
    out
}

fn family(row: &mut Cells, cells: [String; 7]) -> Option<FamilyRow> {
    let [id, code, status, opened, closed, service, referrer] = cells;
    let code = row.text("ref", &code, "Give the family its reference, with no name in it");
    let is_open = row.choice("status", &status, &[("open", true), ("closed", false)]);
    let opened = row.date("opened", &opened);
    let closed = row.maybe_date("closed", &closed);
    match (is_open, closed) {
        (Some(false), Some(None)) => {
            row.fault("closed is empty, and the status is closed".to_owned(), "Write the date on which it was closed");
        }
        (Some(true), Some(Some(_))) => {
            let what = "closed has a date, and the status is open".to_owned();
            row.fault(what, "Take the date away, or write closed as the status");
        }
        _ => {}
    }
    if let (Some(opened), Some(Some(closed))) = (opened, closed)
        && closed < opened
    {
        let what = format!("closed {closed} is before opened {opened}");
        row.fault(what, "Correct one of the two dates");
    }
    let kind = row.choice("service", &service, &SERVICES);
    let referral = referral(row, &referrer);
    Some(FamilyRow { line: row.line, id, code: code?, opened: opened?, closed: closed?, kind: kind?, referral })
}

/// The reference is what people say and write down: two families must not share one.
fn same_ref(families: &[FamilyRow], faults: &mut Faults) {
    let mut seen: HashMap<&Text, u32> = HashMap::new();
    for row in families {
        if let Some(first) = seen.get(&row.code) {
            let what = format!("ref {} is taken by line {first}", shown(row.code.as_str()));
            faults.fault(Table::Families, Some(row.line), what, "Give each family a reference of its own");
        } else {
            seen.insert(&row.code, row.line);
        }
    }
}

/// A referrer that is not in the list is `other`: the handbook has a place for it, so it stops nothing.
fn referral(row: &mut Cells, raw: &str) -> Referral {
    let found = REFERRERS.iter().find(|(word, _)| word.eq_ignore_ascii_case(raw));
    if found.is_none() {
        row.notice(format!("the referrer {} is not in the list; it is kept as other", shown(raw)));
    }
    found.map_or(Referral::Other, |&(_, referral)| referral)
}

fn in_families(row: &mut Cells, known: Option<&HashSet<String>>, id: &str) {
    if known.is_some_and(|ids| !ids.contains(id)) {
        let what = match id {
            "" => "family_id is empty".to_owned(),
            _ => format!("family_id {} is not in families.csv", shown(id)),
        };
        row.fault(what, "Write the id of a family that is there, or add the family");
    }
}

fn person(row: &mut Cells, known: Option<&HashSet<String>>, cells: [String; 12]) -> Option<PersonRow> {
    let [id, family, kind, given, surname, known_as, dob, relation, residence, phone, permitted, alert] = cells;
    in_families(row, known, &family);
    let given = row.text("given", &given, "Write at least the first name that the centre uses");
    let born = row.maybe_date("dob", &dob);
    let residence = row.maybe_choice("residence", &residence, &RESIDENCES);
    let permitted = row.maybe_choice("permitted", &permitted, &PERMITTED);
    let alert = row.maybe_choice("alert", &alert, &Alert::ALL);
    let kind = row.choice("kind", &kind, &[("child", Kind::Child), ("party", Kind::Party), ("visitor", Kind::Visitor)]);
    let who = who(row, kind?, born, residence?, permitted?);
    let filled = |raw: &str| Some(Text::name(raw)).filter(|text| !text.is_empty());
    Some(PersonRow {
        line: row.line,
        id,
        family,
        who: who?,
        given: given?,
        surname: Text::name(&surname),
        known_as: filled(&known_as),
        relation: Text::name(&relation),
        phone: filled(&phone),
        alert: alert?,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Child,
    Party,
    Visitor,
}

/// Who this is. Visitors come with the side that visits unless the row says otherwise; whether a visitor may come in is
/// never guessed.
fn who(
    row: &mut Cells,
    kind: Kind,
    born: Option<Option<NaiveDate>>,
    residence: Option<Residence>,
    permitted: Option<Permitted>,
) -> Option<Who> {
    if kind != Kind::Visitor && permitted.is_some_and(|p| p != Permitted::Yes) {
        let what = "permitted is for visitors; a child or a party is always expected".to_owned();
        row.fault(what, "Write yes, or make them a visitor");
        return None;
    }
    match (kind, residence, permitted) {
        (Kind::Child, ..) => Some(Who::Child(born?)),
        (Kind::Party, Some(residence), _) => Some(Who::Party(residence)),
        (Kind::Party, None, _) => {
            row.fault("residence of a party is empty".to_owned(), "Write resident or non-resident");
            None
        }
        (Kind::Visitor, residence, Some(permitted)) => {
            Some(Who::Visitor(residence.unwrap_or(Residence::NonResident), permitted))
        }
        (Kind::Visitor, _, None) => {
            row.fault("permitted of a visitor is empty".to_owned(), "Write yes, supervised or no");
            None
        }
    }
}

fn booking(row: &mut Cells, known: Option<&HashSet<String>>, cells: [String; 10]) -> Option<BookingRow> {
    let [id, family, weekday, start, end, room, every, from, to, kind] = cells;
    in_families(row, known, &family);
    let weekday = row.weekday("weekday", &weekday);
    let (start, end) = (row.time("start", &start), row.time("end", &end));
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        let what = format!("end {} is not after start {}", end.format("%H:%M"), start.format("%H:%M"));
        row.fault(what, "Correct one of the two times");
    }
    let room = row.text("room", &room, "Write the room that is planned");
    let every_weeks = row.weeks("every_weeks", &every);
    let (from, to) = (row.date("from", &from), row.maybe_date("to", &to));
    if let (Some(from), Some(Some(to))) = (from, to)
        && to < from
    {
        row.fault(format!("to {to} is before from {from}"), "Correct one of the two dates");
    }
    row.choice("type", &kind, &[("fixed", ()), ("rota", ())])?;
    Some(BookingRow {
        line: row.line,
        id,
        family,
        weekday: weekday?,
        start: start?,
        end: end?,
        room: room?,
        every_weeks: every_weeks?,
        from: from?,
        to: to?,
    })
}
