//! One row of each table as a typed row, with every fault in it.

use chrono::NaiveDate;

use crate::domain::codes::{ContactKind, Referral};
use crate::domain::text::Text;
use crate::import::cells::Cells;
use crate::import::faults::shown;
use crate::import::map::Map;
use crate::import::rows::{Alert, BookingRow, FamilyRow, Permitted, PersonRow, Residence, Who};
use crate::import::sheet::Columns;

/// `families.csv`; the table's own id stands first in every list.
pub(crate) const FAMILIES: Columns<7> =
    Columns { needed: ["id", "ref", "status", "opened", "closed", "service", "referrer"], known: &["notes"] };
/// `people.csv`; the family's id stands second.
pub(crate) const PEOPLE: Columns<12> = Columns {
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
/// `bookings.csv`; the family's id stands second.
pub(crate) const BOOKINGS: Columns<10> = Columns {
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

/// A row of `families.csv`.
pub(crate) fn family(map: Map, row: &mut Cells, cells: &[&str; 7]) -> Option<FamilyRow> {
    let [id, code, status, opened, closed, service, referrer] = *cells;
    let code = row.text("ref", code, "Give the family its reference, with no name in it");
    let is_open = row.choice("status", status, &[("open", true), ("closed", false)]);
    let opened = row.date("opened", opened);
    let closed = row.maybe_date("closed", closed);
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
    let kind = row.choice("service", service, &SERVICES);
    let referral = referral(row, referrer);
    let case = map.case(id);
    Some(FamilyRow { line: row.line, case, code: code?, opened: opened?, closed: closed?, kind: kind?, referral })
}

/// A referrer that is not in the list is `other`: the handbook has a place for it, so it stops nothing.
fn referral(row: &mut Cells, raw: &str) -> Referral {
    let found = REFERRERS.iter().find(|(word, _)| word.eq_ignore_ascii_case(raw));
    if found.is_none() {
        row.notice(format!("the referrer {} is not in the list; it is kept as other", shown(raw)));
    }
    found.map_or(Referral::Other, |&(_, referral)| referral)
}

/// A row of `people.csv`.
pub(crate) fn person(map: Map, row: &mut Cells, cells: &[&str; 12]) -> Option<PersonRow> {
    let [id, _, kind, given, surname, known_as, dob, relation, residence, phone, permitted, alert] = *cells;
    let given = row.text("given", given, "Write at least the first name that the centre uses");
    let born = row.maybe_date("dob", dob);
    let residence = row.maybe_choice("residence", residence, &RESIDENCES);
    let permitted = row.maybe_choice("permitted", permitted, &PERMITTED);
    let alert = row.maybe_choice("alert", alert, &Alert::ALL);
    let kind = row.choice("kind", kind, &[("child", Kind::Child), ("party", Kind::Party), ("visitor", Kind::Visitor)]);
    let who = who(row, kind?, born, residence?, permitted?);
    let filled = |raw: &str| Some(Text::name(raw)).filter(|text| !text.is_empty());
    Some(PersonRow {
        line: row.line,
        id: id.to_owned(),
        person: map.person(id),
        who: who?,
        given: given?,
        surname: Text::name(surname),
        known_as: filled(known_as),
        relation: Text::name(relation),
        phone: filled(phone),
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

/// A row of `bookings.csv`.
pub(crate) fn booking(map: Map, row: &mut Cells, cells: &[&str; 10]) -> Option<BookingRow> {
    let [id, _, weekday, start, end, room, every, from, to, kind] = *cells;
    let weekday = row.weekday("weekday", weekday);
    let (start, end) = (row.time("start", start), row.time("end", end));
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        let what = format!("end {} is not after start {}", end.format("%H:%M"), start.format("%H:%M"));
        row.fault(what, "Correct one of the two times");
    }
    let room = row.text("room", room, "Write the room that is planned");
    let every_weeks = row.weeks("every_weeks", every);
    let (from, to) = (row.date("from", from), row.maybe_date("to", to));
    if let (Some(from), Some(Some(to))) = (from, to)
        && to < from
    {
        row.fault(format!("to {to} is before from {from}"), "Correct one of the two dates");
    }
    row.choice("type", kind, &[("fixed", ()), ("rota", ())])?;
    Some(BookingRow {
        line: row.line,
        pattern: map.pattern_id(id),
        weekday: weekday?,
        start: start?,
        end: end?,
        room: room?,
        every_weeks: every_weeks?,
        from: from?,
        to: to?,
    })
}
