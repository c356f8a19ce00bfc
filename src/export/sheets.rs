//! The two paper sheets of a day, as text for a printer: 80 columns, pages of 60 rows. The desk sheet holds nothing that a
//! lobby may not read; the sealed sheet holds what is needed when there is no screen, and stays in its envelope.

use unicode_width::UnicodeWidthStr;

use crate::domain::case::{Instruction, Member, Standing};
use crate::domain::codes::{Consent, Flag, Party, Side};
use crate::domain::day::{Day, Session};
use crate::domain::ids::PersonId;
use crate::domain::policy::Use;
use crate::domain::register::Register;
use crate::domain::text;

/// Cells of a row.
const WIDTH: usize = 80;
/// Rows of a page.
const PAGE: usize = 60;
/// Numbered lines of a page, a blank row between them.
const LINES: usize = 24;
/// Pages of numbered lines, before the one that is kept face down.
const PAGES: usize = 2;
/// Cells of a label on the sealed sheet.
const LABEL: usize = 13;
/// Cells of a name on the sealed sheet.
const NAME: usize = 27;

/// The desk sheet: numbers as on the board, first names, times; then numbered lines to write on.
pub fn desk_sheet(register: &Register, day: &Day) -> String {
    let mut pages = paged(families(register, day));
    for page in 0..PAGES {
        pages.push(lines("", page * LINES + 1));
    }
    pages.push(lines("Numbers with a *: keep this page face down.", PAGES * LINES + 1));
    printed("Desk sheet", register, day, &pages)
}

/// The sealed sheet: whole names, numbers, who may collect, what to do at the door, medicine.
pub fn sealed_sheet(register: &Register, day: &Day) -> String {
    let mut blocks: Vec<Vec<String>> =
        vec![wrapped("Keep in the envelope. For a day without a screen. Destroy or file it at the close.", WIDTH)];
    blocks.extend(day.sessions.iter().map(|session| sealed(register, day, session)));
    let numbers: Vec<String> = day
        .policy
        .numbers
        .iter()
        .filter(|n| !n.number.is_empty())
        .map(|n| format!("{}  {}", n.name, n.number))
        .collect();
    if !numbers.is_empty() {
        blocks.push(labelled("Numbers", &numbers.join("   ")));
    }
    let mut pages: Vec<Vec<String>> = vec![Vec::new()];
    for block in blocks {
        let full = pages.last().is_some_and(|page| !page.is_empty() && page.len() + block.len() + 1 > PAGE - 3);
        if full {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.extend(block);
            page.push(String::new());
        }
    }
    printed("SEALED SHEET", register, day, &pages.into_iter().flat_map(paged).collect::<Vec<_>>())
}

/// First names, the letter only where two of today's share one.
fn families(register: &Register, day: &Day) -> Vec<String> {
    let mut rows = vec![" No   Time               Children".to_owned()];
    for session in &day.sessions {
        let star = if session.must_read() { "*" } else { " " };
        let head =
            format!("{:>3}   {} to {} {star}   ", session.plan.no, clock(session.plan.start), clock(session.plan.end));
        let names: Vec<String> = session.children().map(|(m, _)| first_name(day, m)).collect();
        let room = WIDTH - head.width();
        for (n, row) in wrapped(&names.join(", "), room).into_iter().enumerate() {
            rows.push(format!("{}{row}", if n == 0 { head.clone() } else { " ".repeat(head.width()) }));
        }
    }
    let team: Vec<String> = register.present_team().iter().map(|c| format!("{} {}", c.number, c.given)).collect();
    let inside = day.policy.places.iter().filter(|p| !p.retired && p.use_for != Use::Office);
    let places: Vec<String> = inside.map(|p| p.name.to_string()).collect();
    rows.push(String::new());
    rows.extend(labelled("Team", &team.join(", ")));
    rows.extend(labelled("Places", &places.join(", ")));
    rows.push(String::new());
    let how = "One numbered line for each thing that happens: the number, the time, who, and one of came, walked, out, \
               left. Numbers with a * go on the last page, face down. Somebody who is not on the list: their name.";
    rows.extend(wrapped(how, WIDTH));
    rows.push(String::new());
    rows.push("Notes for the coordinator go on the numbered forms, not here:".to_owned());
    rows.push(String::new());
    rows.push("form ______ at __:__     form ______ at __:__     form ______ at __:__".to_owned());
    rows
}

fn first_name(day: &Day, member: &Member) -> String {
    let shared = day
        .sessions
        .iter()
        .flat_map(Session::children)
        .any(|(other, _)| other.person != member.person && other.called() == member.called());
    match member.family.as_str().chars().next().filter(|_| shared) {
        Some(letter) => format!("{} {letter}", member.called()),
        None => member.called().to_owned(),
    }
}

/// Numbered lines with blanks.
fn lines(title: &str, from: usize) -> Vec<String> {
    let mut rows = vec![
        title.to_owned(),
        "Line No    Time   Who         Came  Place     Walked by Out   Left  With whom".to_owned(),
        String::new(),
    ];
    for line in from..from + LINES {
        rows.push(format!("{line:>3}  ____  __:__  __________  ____  ________  ________  ____  ____  ____________"));
        rows.push(String::new());
    }
    rows
}

fn sealed(register: &Register, day: &Day, session: &Session) -> Vec<String> {
    let plan = &session.plan;
    let room = day.policy.place(&plan.room).map(|p| p.name.to_string()).unwrap_or_default();
    let head = format!("No {}   {} to {}   {room}   {}", plan.no, clock(plan.start), clock(plan.end), plan.code);
    let mut rows = vec![head];
    if let Some(staff) = session.supervisor {
        rows.extend(labelled("  Supervisor", register.staff_name(staff)));
    }
    rows.extend(session.all().flat_map(|(member, _)| person(day, member)));
    rows.extend(not_to_meet(day, session));
    for instruction in &session.instructions {
        rows.extend(self::instruction(session, instruction));
    }
    rows
}

/// Who must not meet whom, by their whole names: the sealed sheet serves when the screen does not.
fn not_to_meet(day: &Day, session: &Session) -> Vec<String> {
    let name = |person| {
        let member = day.sessions.iter().find_map(|s| s.member(person));
        member.map(|m| format!("{} {}", m.given, m.family)).unwrap_or_default()
    };
    let pair = |(one, other): &(PersonId, PersonId)| format!("{} and {}", name(*one), name(*other));
    session.apart.iter().flat_map(|p| labelled("  Not to meet", &pair(p))).collect()
}

/// What they are, the whole name, the relation, the number, whether they collect: one row, or two of a long name.
fn person(day: &Day, member: &Member) -> Vec<String> {
    let what = match (member.side, member.standing) {
        (Side::Child, _) => "Child",
        (_, Standing::NotPermitted) => "NOT LET IN",
        (_, Standing::Visitor | Standing::VisitorSupervised) => "May come",
        (_, Standing::Collector) => "Collector",
        _ if member.party() == Party::Brings => "Brings",
        _ => "Visits",
    };
    let known = member.known_as.as_ref().map(|k| format!(" ({k})")).unwrap_or_default();
    let name = format!("{} {}{known}", member.given, member.family);
    let more = match member.age_on(day.date).filter(|_| member.is_child()) {
        Some(age) => age.to_string(),
        None => member.relation.to_string(),
    };
    let number = member.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    let collects = if member.collects { "collects" } else { "" };
    let row = |what: &str, name: &str| {
        let row = format!(
            "  {}{}  {}  {}  {collects}",
            pad(what, LABEL - 2),
            pad(name, NAME),
            pad(&more, 13),
            pad(&number, 13)
        );
        row.trim_end().to_owned()
    };
    match pad(&name, NAME).trim_end() == name {
        true => vec![row(what, &name)],
        false => vec![format!("  {}{name}", pad(what, LABEL - 2)), row("", "")],
    }
}

/// What to do, never why.
fn instruction(session: &Session, instruction: &Instruction) -> Vec<String> {
    let label = if instruction.flag == Flag::Medical { "  Medicine" } else { "  Do" };
    let about =
        instruction.about.and_then(|p| session.member(p)).map(|m| format!("{}: ", m.called())).unwrap_or_default();
    let side = match instruction.party {
        Some(Party::Brings) => "side that brings: ",
        Some(Party::Visits) => "side that visits: ",
        None => "",
    };
    let seen = if instruction.consent == Some(Consent::NotSeen) { " (consent not seen)" } else { "" };
    labelled(label, &format!("{side}{about}{}{seen}", instruction.words))
}

fn clock(time: chrono::NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A label, and words that wrap beside it.
fn labelled(label: &str, words: &str) -> Vec<String> {
    let rows = wrapped(words, WIDTH - LABEL);
    rows.into_iter()
        .enumerate()
        .map(|(n, row)| format!("{}{row}", pad(if n == 0 { label } else { "" }, LABEL)))
        .collect()
}

/// In so many cells, cut with an ellipsis where it does not fit: columns hold for every script.
fn pad(words: &str, cells: usize) -> String {
    let mut kept = words.to_owned();
    if kept.width() > cells {
        // What is far too long is halved first: letter by letter it would be measured thousands of times.
        while let Some((half, _)) = kept.char_indices().nth(kept.chars().count() / 2)
            && kept.get(..half).is_some_and(|first| first.width() > cells)
        {
            kept.truncate(half);
        }
        while kept.width() + 1 > cells && kept.pop().is_some() {}
        kept.push('…');
    }
    let room = cells.saturating_sub(kept.width());
    kept + &" ".repeat(room)
}

fn wrapped(words: &str, cells: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in words.split_whitespace() {
        let Some(row) = rows.last_mut() else { break };
        if row.is_empty() {
            row.push_str(pad(word, word.width().min(cells)).trim_end());
        } else if row.width() + 1 + word.width() <= cells {
            row.push(' ');
            row.push_str(word);
        } else {
            rows.push(pad(word, word.width().min(cells)).trim_end().to_owned());
        }
    }
    rows
}

/// Pages of rows, below the head.
fn paged(rows: Vec<String>) -> Vec<Vec<String>> {
    rows.chunks(PAGE - 3).map(<[String]>::to_vec).collect()
}

/// Each page with its head, and the mark of a practice register in it; a form feed between two.
fn printed(title: &str, register: &Register, day: &Day, pages: &[Vec<String>]) -> String {
    let date = day.date.format("%A %-d %B %Y").to_string();
    let mut out = Vec::new();
    for (n, page) in (1..).zip(pages) {
        let of = format!("page {n} of {}", pages.len());
        let mut rows = vec![format!("{}{}{of}", pad(title, 26), pad(&date, WIDTH - 26 - of.width()))];
        rows.push(match register.practice_mark() {
            Some(mark) => format!("{}{mark}", pad(day.policy.centre.as_str(), WIDTH - mark.width())),
            None => day.policy.centre.to_string(),
        });
        rows.push(String::new());
        rows.extend(page.iter().map(|row| row.trim_end().to_owned()));
        // A row is a row, whatever a name holds.
        out.push(rows.iter().map(|row| text::line(row) + "\n").collect::<String>());
    }
    out.join("\u{c}")
}
