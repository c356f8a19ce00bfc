//! The coordinator's own list: what of any day still waits for her. Derived from the entries, never stored.
//!
//! Notes about one of the team are not on it: they are on [`about_the_team`], for the safeguarding lead and the chair.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::close::wants::TOLD;
use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Attendance, Day, Message, Note, Override, Owed, Report, Session};
use crate::domain::due;
use crate::domain::ids::{CaseId, DayId, EntryId, InstructionId, NoteId, PersonId, SessionId, StaffId};
use crate::domain::past::{PastDay, PastSession};
use crate::domain::policy::Power;
use crate::domain::register::Register;

/// Days before the end of an instruction that it stands on the list.
const REVIEW_DAYS: u64 = 14;

/// A line of the list that [`Answer::Noted`](crate::domain::event::Answer::Noted) settles: the check that is named
/// there. Up to 19 they are those of domain.md 4; from 20 on they are this list's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// A limit was reached: the coordinator has looked at it. About a case, or a child.
    Limit,
    /// Minutes owed were made up. About a session.
    MadeUp,
    /// The report was written. About a session.
    Written,
    /// An instruction that ends was looked at. About the instruction.
    Reviewed,
    /// They were told since that there was no contact. About a session.
    Told,
    /// That somebody was given another passphrase is known. About the entry.
    NewKey,
}

impl Check {
    /// The first number that is this list's own: what is noted from there on is the coordinator's to note.
    pub const FIRST: u8 = 20;

    /// As an entry has it.
    pub fn number(self) -> u8 {
        match self {
            Self::Limit => Self::FIRST,
            Self::MadeUp => 21,
            Self::Written => 22,
            Self::Reviewed => 23,
            Self::Told => 24,
            Self::NewKey => 25,
        }
    }
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The day that it is of, and that what settles it is written into.
    pub day: DayId,
    /// Its date.
    pub date: NaiveDate,
    /// What.
    pub what: What,
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A note that nobody has seen.
    Note(NoteId),
    /// A message that nobody has dealt with.
    Message(NoteId),
    /// Somebody was named as having allowed something, and has not said so.
    Override(EntryId),
    /// Something went against a rule, and the coordinator does not know yet.
    Against(EntryId),
    /// A side was not told that there was no contact.
    ToTell {
        /// Of which session.
        session: SessionId,
        /// Which side.
        party: Party,
    },
    /// The social worker of a looked-after child was not told that there was no contact.
    ToTellWorker(SessionId),
    /// Somebody was given another passphrase, by another person or by the recovery sheet.
    NewKey {
        /// The entry that says so.
        entry: EntryId,
        /// Whose passphrase it is.
        staff: StaffId,
    },
    /// A day was opened and never signed.
    Unsigned,
    /// Sessions missed without a valid reason, one after the other, are as many as the limit.
    Missed {
        /// Of which case.
        case: CaseId,
        /// By which side.
        party: Party,
        /// How many, the last one on this day.
        times: u16,
    },
    /// Sessions in which a child took no part, one after the other, are as many as the limit.
    TookNoPart {
        /// Of which case.
        case: CaseId,
        /// Which child.
        child: PersonId,
        /// How many, the last one on this day.
        times: u16,
    },
    /// A report is due.
    Report {
        /// Of which session.
        session: SessionId,
        /// Whose.
        owner: StaffId,
        /// By when.
        due: NaiveDate,
    },
    /// Minutes are owed, and not made up.
    Owed {
        /// Of which session.
        session: SessionId,
        /// To which side.
        party: Party,
        /// How many.
        minutes: u16,
    },
    /// An instruction ends soon, or has ended.
    Ends {
        /// Of which case.
        case: CaseId,
        /// Which.
        instruction: InstructionId,
        /// Its last day.
        to: NaiveDate,
    },
}

impl What {
    /// What an answer that settles it is about, and of which check; `None`: another act settles it.
    pub fn noted(&self) -> Option<(Uuid, Check)> {
        Some(match self {
            Self::Missed { case, .. } => (case.0, Check::Limit),
            Self::TookNoPart { child, .. } => (child.0, Check::Limit),
            Self::Report { session, .. } => (session.0, Check::Written),
            Self::Owed { session, .. } => (session.0, Check::MadeUp),
            Self::Ends { instruction, .. } => (instruction.0, Check::Reviewed),
            Self::NewKey { entry, .. } => (entry.0, Check::NewKey),
            Self::ToTell { session, .. } | Self::ToTellWorker(session) => (session.0, Check::Told),
            _ => return None,
        })
    }

    /// What comes first: people, then what is to be said, then paper.
    fn rank(&self) -> u8 {
        match self {
            Self::Note(_) => 0,
            Self::Message(_) => 1,
            Self::Override(_) | Self::Against(_) | Self::NewKey { .. } => 2,
            Self::Missed { .. } | Self::TookNoPart { .. } => 3,
            Self::ToTell { .. } | Self::ToTellWorker(_) => 3,
            Self::Report { .. } | Self::Owed { .. } => 4,
            Self::Ends { .. } => 5,
            Self::Unsigned => 6,
        }
    }
}

/// All that waits for the coordinator, what concerns people first, each kind with the oldest first. `in_hand` is the
/// date that the desk works on: its own day is closed in its own time.
pub fn todo(register: &Register, in_hand: NaiveDate) -> Vec<Todo> {
    let mut all = Vec::new();
    for day in days(register) {
        all.extend(of_day(register, day).into_iter().map(|what| at(day, what)));
    }
    let never_signed = never_signed(register, in_hand).into_iter();
    all.extend(never_signed.map(|(date, day)| Todo { day, date, what: What::Unsigned }));
    let days = register.all_days();
    all.extend(limits(register, &days));
    all.extend(ending(register, &days, in_hand));
    let today = register.day_id(in_hand);
    all.extend(keys::unknown(register, &days).map(|(date, what)| Todo { date, day: today, what }));
    all.sort_by_key(|todo| (todo.what.rank(), todo.date));
    all
}

/// Notes about one of the team that nobody has seen, for the safeguarding lead and the chair; never for the one whom a
/// note is about.
pub fn about_the_team(register: &Register, reader: StaffId) -> Vec<Todo> {
    let role = register.role(reader);
    let others = |n: &&Note| n.is_about_worker() && n.is_for(reader, role) && !n.seen;
    let of =
        |day: &'_ Day| -> Vec<Todo> { day.notes.iter().filter(others).map(|n| at(day, What::Note(n.id))).collect() };
    days(register).flat_map(of).collect()
}

/// When a day was to be signed and was not: the dates, the oldest first.
pub fn unsigned(register: &Register, in_hand: NaiveDate) -> Vec<NaiveDate> {
    never_signed(register, in_hand).into_iter().map(|(date, _)| date).collect()
}

/// The days that were opened before a date and are not signed, held or not, the oldest first.
fn never_signed(register: &Register, in_hand: NaiveDate) -> Vec<(NaiveDate, DayId)> {
    let held = days(register).filter(|d| !d.is_signed()).map(|d| (d.date, d.id));
    let left = register.past.days.values().filter(|d| !d.signed && !register.days.contains_key(&d.id));
    let mut all: Vec<_> = held.chain(left.map(|d| (d.date, d.id))).filter(|(date, _)| *date < in_hand).collect();
    all.sort_by_key(|(date, _)| *date);
    all
}

/// Does anything of this day wait, for whoever may see it?
pub fn waits(register: &Register, day: &Day) -> bool {
    let of_the_team = day.notes.iter().any(|n| n.is_about_worker() && !n.seen);
    of_the_team || !of_day(register, day).is_empty()
}

/// A session as the limits count it.
pub fn counted(day: &Day, session: &Session) -> PastSession {
    let [brings, visits] = [Party::Brings, Party::Visits];
    PastSession {
        case: session.plan.case,
        missed: [missed_by(day, session, brings), missed_by(day, session, visits)],
        no_part: session.children().map(|(member, attendance)| (member.person, no_part(attendance))).collect(),
    }
}

/// Every day that is held whole and was opened, by date.
fn days(register: &Register) -> impl Iterator<Item = &Day> {
    let mut days: Vec<&Day> = register.days.values().filter(|d| d.opened.is_some()).collect();
    days.sort_by_key(|d| d.date);
    days.into_iter()
}

fn at(day: &Day, what: What) -> Todo {
    Todo { day: day.id, date: day.date, what }
}

/// What this person allowed needs nobody's word beside theirs.
fn may_confirm(register: &Register, day: &Day, staff: StaffId) -> bool {
    day.policy.may(register.role(staff), Power::Confirm)
}

fn of_day(register: &Register, day: &Day) -> Vec<What> {
    let mut all: Vec<What> = day.notes.iter().filter(|n| n.is_open()).map(|n| What::Note(n.id)).collect();
    all.extend(day.messages.iter().filter(|m: &&Message| m.done.is_none()).map(|m| What::Message(m.id)));
    let open = |o: &&Override| o.confirmed.is_none() && !(o.is_in_person() && may_confirm(register, day, o.by));
    all.extend(day.overrides.iter().filter(open).map(|o| What::Override(o.entry)));
    all.extend(day.against.iter().filter(|a| !day.known.contains(&a.entry)).map(|a| What::Against(a.entry)));
    all.extend(day.sessions.iter().flat_map(|s| of_session(day, s)));
    all
}

fn of_session(day: &Day, session: &Session) -> Vec<What> {
    let id = session.id();
    let mut all = Vec::new();
    if let Some(Report { owner, due }) = session.report {
        all.push(What::Report { session: id, owner, due });
    }
    if day.is_signed() && !day.noted.iter().any(|(_, check)| *check == TOLD) {
        all.extend(due::to_be_told(session).map(|party| What::ToTell { session: id, party }));
    }
    if day.is_signed() && due::worker_to_be_told(day, session) {
        all.push(What::ToTellWorker(id));
    }
    for party in Party::ALL {
        let minutes = session.owed.iter().filter(|o: &&Owed| o.party == *party).map(|o| o.minutes);
        let minutes = minutes.fold(0, u16::saturating_add);
        if minutes > 0 {
            all.push(What::Owed { session: id, party: *party, minutes });
        }
    }
    all.retain(|what| !is_noted(day, what));
    all
}

fn is_noted(day: &Day, what: &What) -> bool {
    what.noted().is_some_and(|(about, check)| day.noted.contains(&(about, check.number())))
}

/// How often in a row, and when last.
#[derive(Debug, Clone, Copy)]
struct Row {
    times: u16,
    day: DayId,
    date: NaiveDate,
}

/// Limits of the policy that are reached by the last sessions of a family (domain.md 3.2, and 4 check 16).
fn limits(register: &Register, days: &[Cow<'_, PastDay>]) -> Vec<Todo> {
    let (mut missed, mut took_no_part) = (BTreeMap::new(), BTreeMap::new());
    for day in days {
        for session in &day.sessions {
            for party in Party::ALL {
                counts(&mut missed, (session.case, *party), session.missed_by(*party), day);
            }
            for (child, no_part) in &session.no_part {
                counts(&mut took_no_part, (session.case, *child), *no_part, day);
            }
        }
    }
    let policy = register.policy();
    let at = |row: &Row, what| Todo { day: row.day, date: row.date, what };
    let reached = |limit: u16, row: &Row| limit > 0 && row.times >= limit;
    let missed = missed.into_iter().filter(|(_, row)| reached(policy.missed_limit, row));
    let missed = missed.map(|((case, party), row)| at(&row, What::Missed { case, party, times: row.times }));
    let refused = took_no_part.into_iter().filter(|(_, row)| reached(policy.refused_limit, row));
    let refused = refused.map(|((case, child), row)| at(&row, What::TookNoPart { case, child, times: row.times }));
    let noted = |todo: &Todo| {
        let about = todo.what.noted().map(|(about, check)| (about, check.number()));
        days.iter().any(|day| day.id == todo.day && about.is_some_and(|about| day.noted.contains(&about)))
    };
    missed.chain(refused).filter(|todo| !noted(todo)).collect()
}

/// One session more of a row: `Some(true)` counts, `Some(false)` begins it anew, `None` is passed over.
fn counts<K: Ord>(rows: &mut BTreeMap<K, Row>, key: K, so: Option<bool>, day: &PastDay) {
    match so {
        Some(true) => {
            let row = rows.entry(key).or_insert(Row { times: 0, day: day.id, date: day.date });
            *row = Row { times: row.times.saturating_add(1), day: day.id, date: day.date };
        }
        Some(false) => {
            rows.remove(&key);
        }
        None => {}
    }
}

/// A side that did not come without telling a valid reason. It came: the row begins anew. A reason that somebody gave,
/// the centre's own and one from outside are no miss, and end no row.
fn missed_by(day: &Day, session: &Session, party: Party) -> Option<bool> {
    if session.cancelled.is_some() {
        return None;
    }
    if session.side_came(party) {
        return Some(false);
    }
    let mut absences = session.expected(party).filter_map(|(_, a)| a.absence.as_ref()).peekable();
    absences.peek()?;
    let told = |why| day.policy.reason(why).is_none_or(|r| r.told || r.party.is_none());
    if absences.any(|absence| told(&absence.why)) { None } else { Some(true) }
}

/// A child who came and took no part; one who had contact begins anew.
fn no_part(attendance: &Attendance) -> Option<bool> {
    match (attendance.no_part.is_some(), attendance.contact.is_empty()) {
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    }
}

/// Instructions of open cases that end within two weeks, or have ended and are still on file.
fn ending(register: &Register, days: &[Cow<'_, PastDay>], in_hand: NaiveDate) -> Vec<Todo> {
    let soon = in_hand + chrono::Days::new(REVIEW_DAYS);
    let looked_at = |id: InstructionId, to: NaiveDate| {
        let since = to - chrono::Days::new(REVIEW_DAYS);
        let noted = (id.0, Check::Reviewed.number());
        days.iter().any(|d| d.date >= since && d.noted.contains(&noted))
    };
    let day = register.day_id(in_hand);
    let mut all = Vec::new();
    for file in register.cases.values().filter(|c| c.is_open_on(in_hand)) {
        for (instruction, to) in file.instructions.iter().filter_map(|i| Some((i.id, i.to?))) {
            if to <= soon && !looked_at(instruction, to) {
                let what = What::Ends { case: file.head.case, instruction, to };
                all.push(Todo { day, date: to, what });
            }
        }
    }
    all
}

/// A report that is late.
pub fn is_overdue(what: &What, now: Moment) -> bool {
    matches!(what, What::Report { due, .. } if *due < now.date_naive())
}

mod keys;
#[cfg(test)]
mod tests;

pub use keys::{Given, asks_for_past, given};
