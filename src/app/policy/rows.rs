//! The lines of a section: how each reads, its form, and what a filled form sets in the draft.

use crate::app::field::Purpose;
use crate::app::policy::form::Form;
use crate::app::policy::sections::{CENTRE, Section, items, items_mut, reasons};
use crate::app::words::policy::{USES, means, setting, use_for};
use crate::domain::codes::Party;
use crate::domain::policy::{Code, Door, Item, NoteKind, Number, Place, Policy, Reason, ReasonList, Setting, Use};
use crate::domain::text::Text;

/// A line.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) retired: bool,
}

/// Muster points that a place may have.
const MUSTER: [&str; 4] = ["A", "B", "C", "D"];
/// Letters of a code: of a reason, of a kind, of anything else.
const LETTERS: [usize; 3] = [3, 4, 10];

/// Every line of a section.
pub(super) fn lines(policy: &Policy, section: Section, list: usize) -> Vec<Line> {
    let line = |label: String, value: String, retired| Line { label, value, retired };
    match section {
        Section::Times => {
            let each = Setting::ALL.iter();
            each.map(|s| line(setting(*s).to_owned(), format!("{:>3}   {}", policy.get(*s), means(*s)), false))
                .collect()
        }
        Section::First => vec![
            line("who comes first".to_owned(), first(policy).to_owned(), false),
            line("may the sides meet".to_owned(), if policy.plan.may_meet { "yes" } else { "no" }.to_owned(), false),
        ],
        Section::Places => policy.places.iter().map(|p| line(place_name(p), place_value(p), p.retired)).collect(),
        Section::Doors => {
            let to = |d: &Door| policy.place(&d.leads_to).map(place_name).unwrap_or_default();
            policy.doors.iter().map(|d| line(d.name.to_string(), format!("leads to {}", to(d)), d.retired)).collect()
        }
        Section::Reasons => {
            let of = policy.reasons_of(reasons(list)).iter();
            of.map(|r| line(r.words.to_string(), reason_value(r), r.retired)).collect()
        }
        Section::Kinds => policy.kinds.iter().map(|k| line(k.words.to_string(), kind_value(k), k.retired)).collect(),
        Section::Items => {
            let value = |i: &Item| format!("{}{}", digit(i.digit), if i.stops { "contact waits for it" } else { "" });
            items(policy, list).iter().map(|i| line(i.words.to_string(), value(i), i.retired)).collect()
        }
        Section::Centre => {
            let own = [("name", &policy.centre), ("address", &policy.address), ("number", &policy.phone)];
            let own = own.into_iter().map(|(label, text)| line(label.to_owned(), text.to_string(), false));
            own.chain(policy.numbers.iter().map(|n| line(n.name.to_string(), n.number.to_string(), false))).collect()
        }
        Section::Powers | Section::History => Vec::new(),
    }
}

/// Who comes first.
pub(super) fn first(policy: &Policy) -> &'static str {
    crate::app::words::party(policy.plan.first)
}

fn place_name(place: &Place) -> String {
    if place.article { format!("the {}", place.name) } else { place.name.to_string() }
}

fn place_value(place: &Place) -> String {
    let muster = MUSTER.get(usize::from(place.muster)).copied().unwrap_or("D");
    format!("{:<20}  musters at {muster}", use_for(place.use_for))
}

fn reason_value(reason: &Reason) -> String {
    let whose = match (reason.party, reason.of_child) {
        (_, true) => "a child",
        (Some(Party::Brings), _) => "brings",
        (Some(Party::Visits), _) => "visits",
        (None, _) => "either",
    };
    format!("{}{whose:<8} {}", digit(reason.digit), reason.outside)
}

fn kind_value(kind: &NoteKind) -> String {
    let hold = if kind.hold { "   the file is held" } else { "" };
    format!("{}serious {}{hold}", digit(kind.digit), kind.severity)
}

fn digit(digit: Option<u8>) -> String {
    digit.map_or_else(|| "    ".to_owned(), |d| format!("{d}   "))
}

/// The form of a line, or of a new one.
pub(super) fn form(policy: &Policy, section: Section, list: usize, row: Option<usize>) -> Option<Form> {
    let words = Purpose::CentreWords;
    let at = row.unwrap_or(usize::MAX);
    let new = row.is_none();
    let form = Form::new(row);
    Some(match section {
        Section::Places => place_form(form, &policy.places.get(at).cloned().or(new.then(blank_place))?),
        Section::Doors => {
            let door = policy.doors.get(at).cloned().or(new.then(|| blank_door(policy)))?;
            let open = open_places(policy, &door.leads_to);
            let to = open.iter().position(|p| p.code == door.leads_to).unwrap_or(0);
            form.words("name", words, &door.name).choice("leads to", open.iter().map(|p| place_name(p)), to)
        }
        Section::Reasons => {
            let of = policy.reasons_of(reasons(list));
            reason_form(form, &of.get(at).cloned().or(new.then(blank_reason))?)
        }
        Section::Kinds => {
            let kind = policy.kinds.get(at).cloned().or(new.then(blank_kind))?;
            let serious = ["1 a note", "2 a concern", "3 serious", "4 an emergency"].map(|s| s.get(2..).unwrap_or(s));
            form.words("words", words, &kind.words)
                .choice("how serious", serious, usize::from(kind.severity).saturating_sub(1).min(3))
                .yes("the file is held", kind.hold)
                .digit("digit", kind.digit)
        }
        Section::Items => {
            let item = items(policy, list).get(at).cloned().or(new.then(blank_item))?;
            let form = form.words("words", words, &item.words).digit("digit", item.digit);
            if list == 0 { form } else { form.yes("contact waits for it", item.stops) }
        }
        Section::Centre => return centre_form(policy, form, row),
        _ => return None,
    })
}

fn place_form(form: Form, place: &Place) -> Form {
    let used = USES.iter().position(|u| *u == place.use_for).unwrap_or(0);
    let form = form.words("name", Purpose::CentreWords, &place.name).choice("what for", USES.map(use_for), used);
    form.choice("musters at", MUSTER, usize::from(place.muster).min(MUSTER.len() - 1)).choice(
        "in a sentence",
        ["Oak, by itself", "the hall, with `the`"],
        usize::from(place.article),
    )
}

fn reason_form(form: Form, reason: &Reason) -> Form {
    let whose = match reason.party {
        None => 0,
        Some(Party::Brings) => 1,
        Some(Party::Visits) => 2,
    };
    form.words("words", Purpose::CentreWords, &reason.words)
        .choice("whose", ["either side", "the side that brings", "the side that visits"], whose)
        .choice("about", ["an adult", "a child"], usize::from(reason.of_child))
        .yes("somebody told us", reason.told)
        .words("an outsider is told", Purpose::CentreWords, &reason.outside)
        .digit("digit", reason.digit)
}

fn centre_form(policy: &Policy, form: Form, row: Option<usize>) -> Option<Form> {
    let number = Purpose::CentreNumber;
    let own = |label, text| Some(form.clone().words(label, Purpose::CentreWords, text));
    match row {
        Some(0) => own("name", &policy.centre),
        Some(1) => own("address", &policy.address),
        Some(2) => Some(form.words("number", number, &policy.phone)),
        row => {
            let at = row.and_then(|r| r.checked_sub(CENTRE));
            let of = at.and_then(|at| policy.numbers.get(at)).cloned();
            let of = of.or(row.is_none().then(|| Number { name: Text::default(), number: Text::default() }))?;
            Some(form.words("whose", Purpose::CentreWords, &of.name).words("number", number, &of.number))
        }
    }
}

/// Sets in the draft what a form has.
pub(super) fn put(policy: &mut Policy, section: Section, list: usize, form: &Form) {
    match section {
        Section::Places => put_place(policy, form),
        Section::Doors => put_door(policy, form),
        Section::Reasons => put_reason(policy, reasons(list), form),
        Section::Kinds => put_kind(policy, form),
        Section::Items => put_item(policy, list, form),
        Section::Centre => put_centre(policy, form),
        _ => {}
    }
}

fn put_place(policy: &mut Policy, form: &Form) {
    let old = form.row.and_then(|row| policy.places.get(row)).cloned();
    let name = form.text(0);
    let place = Place {
        code: old.as_ref().map_or_else(|| policy.fresh_code("", name.as_str(), last(LETTERS)), |p| p.code.clone()),
        use_for: USES.get(form.chosen(1)).copied().unwrap_or(Use::Contact),
        muster: u8::try_from(form.chosen(2)).unwrap_or(0),
        article: form.is_yes(3),
        retired: old.is_some_and(|p| p.retired),
        name,
    };
    set(&mut policy.places, form.row, place);
}

fn put_door(policy: &mut Policy, form: &Form) {
    let old = form.row.and_then(|row| policy.doors.get(row)).cloned().unwrap_or_else(|| blank_door(policy));
    let name = form.text(0);
    let open = open_places(policy, &old.leads_to);
    let leads_to = open.get(form.chosen(1)).map_or_else(|| old.leads_to.clone(), |p| p.code.clone());
    let code = if form.row.is_some() { old.code } else { policy.fresh_code("", name.as_str(), last(LETTERS)) };
    set(&mut policy.doors, form.row, Door { code, name, leads_to, retired: old.retired });
}

fn put_reason(policy: &mut Policy, list: ReasonList, form: &Form) {
    let old = form.row.and_then(|row| policy.reasons_of(list).get(row)).cloned();
    let party = [None, Some(Party::Brings), Some(Party::Visits)].get(form.chosen(1)).copied().flatten();
    let (words, of_child) = (form.text(0), form.is_yes(2));
    let fresh = || policy.fresh_code(prefix(list, party, of_child), words.as_str(), LETTERS[0]);
    let reason = Reason {
        code: old.as_ref().map_or_else(fresh, |r| r.code.clone()),
        party,
        of_child,
        told: form.is_yes(3),
        outside: form.text(4),
        digit: form.pressed_digit(5),
        provisional: old.as_ref().is_some_and(|r| r.provisional),
        retired: old.is_some_and(|r| r.retired),
        words,
    };
    set(policy.reasons_mut(list), form.row, reason);
}

fn put_kind(policy: &mut Policy, form: &Form) {
    let old = form.row.and_then(|row| policy.kinds.get(row)).cloned();
    let words = form.text(0);
    let [_, letters, _] = LETTERS;
    let kind = NoteKind {
        code: old.as_ref().map_or_else(|| policy.fresh_code("=", words.as_str(), letters), |k| k.code.clone()),
        severity: u8::try_from(form.chosen(1)).unwrap_or(0).saturating_add(1),
        hold: form.is_yes(2),
        digit: form.pressed_digit(3),
        retired: old.is_some_and(|k| k.retired),
        words,
    };
    set(&mut policy.kinds, form.row, kind);
}

fn put_item(policy: &mut Policy, list: usize, form: &Form) {
    let old = form.row.and_then(|row| items(policy, list).get(row)).cloned();
    let words = form.text(0);
    let code = old.as_ref().map_or_else(|| policy.fresh_code("=", words.as_str(), last(LETTERS)), |i| i.code.clone());
    let (digit, stops, retired) = (form.pressed_digit(1), form.is_yes(2), old.is_some_and(|i| i.retired));
    set(items_mut(policy, list), form.row, Item { code, words, digit, stops, retired });
}

fn put_centre(policy: &mut Policy, form: &Form) {
    match form.row {
        Some(0) => policy.centre = form.text(0),
        Some(1) => policy.address = form.text(0),
        Some(2) => policy.phone = form.text(0),
        row => {
            let number = Number { name: form.text(0), number: form.text(1) };
            set(&mut policy.numbers, row.and_then(|r| r.checked_sub(CENTRE)), number);
        }
    }
}

/// In its row, or as a new one at the end.
fn set<T>(list: &mut Vec<T>, row: Option<usize>, new: T) {
    match row.and_then(|row| list.get_mut(row)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

fn last([_, _, letters]: [usize; 3]) -> usize {
    letters
}

/// The letter before a reason's code (domain.md 3.2).
fn prefix(list: ReasonList, party: Option<Party>, of_child: bool) -> &'static str {
    match (list, party, of_child) {
        (ReasonList::NotComing | ReasonList::NoPart, _, true) => "C",
        (ReasonList::NoPart, ..) | (ReasonList::NotComing, Some(Party::Visits), _) => "N",
        (ReasonList::NotComing, Some(Party::Brings), _) => "R",
        (ReasonList::NotComing, None, _) => "X",
        (ReasonList::Early, ..) => "E",
        (ReasonList::Pauses, ..) => "P",
        (ReasonList::Owed, ..) => "W",
        (ReasonList::Allowed, ..) => "A",
    }
}

/// Places in use, and the one that a door leads to now.
fn open_places<'a>(policy: &'a Policy, kept: &Code) -> Vec<&'a Place> {
    policy.places.iter().filter(|p| !p.retired || p.code == *kept).collect()
}

fn blank_place() -> Place {
    let (code, name) = (Code(String::new()), Text::default());
    Place { code, name, article: false, use_for: Use::Contact, muster: 0, retired: false }
}

fn blank_door(policy: &Policy) -> Door {
    let to = policy.places.iter().find(|p| !p.retired).map(|p| p.code.clone());
    let leads_to = to.unwrap_or(Code(String::new()));
    Door { code: Code(String::new()), name: Text::default(), leads_to, retired: false }
}

fn blank_reason() -> Reason {
    Reason {
        code: Code(String::new()),
        party: None,
        of_child: false,
        words: Text::default(),
        digit: None,
        outside: Text::default(),
        told: false,
        provisional: false,
        retired: false,
    }
}

fn blank_kind() -> NoteKind {
    let (code, words) = (Code(String::new()), Text::default());
    NoteKind { code, words, digit: None, severity: 1, hold: false, retired: false }
}

fn blank_item() -> Item {
    Item { code: Code(String::new()), words: Text::default(), digit: None, stops: false, retired: false }
}
