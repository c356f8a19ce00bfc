//! What stops the day's signing: questions 1 to 5 of domain.md 4, notes that nobody has seen, and facts that went
//! against a rule. Every question has an honest answer; nobody is ever signed out by the clock.

mod count;
pub(in crate::domain) mod wants;

pub use count::is_count_stale;

use chrono::{Duration, NaiveDate};

use crate::domain::case::Member;
use crate::domain::codes::{LeftOpen, Moment, Party, Rule};
use crate::domain::day::{Attendance, Day, Hold, Note, Outcome, Presence, Session};
use crate::domain::decide::{Amend, Command, Fact, NoteAct, Record};
use crate::domain::event::{Answer, OutFor};
use crate::domain::ids::{EntryId, FileId, NoteId, PersonId, SessionId, StaffId, ThingId};
use crate::domain::policy::Code;

/// One open question, with its likely answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: Subject,
    /// Answers, in the order of their digits from 1.
    pub answers: Vec<Choice>,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// By the register this adult is here.
    AdultIn {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// By the register this child is here, or out.
    ChildIn {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// By the register somebody else is here.
    OtherIn(FileId),
    /// The count differs from the register.
    Count,
    /// Why these people did not come is not known.
    WhyNot {
        /// To which session.
        session: SessionId,
        /// Of which side.
        party: Party,
        /// Who.
        people: Vec<PersonId>,
    },
    /// A session is neither held, nor not held, nor cancelled.
    Unsettled(SessionId),
    /// Of one-to-one contact: nobody is named who writes the report.
    Report(SessionId),
    /// The two sides met: wants a line.
    Met(SessionId),
    /// A thing is still in keeping: wants a line.
    Thing(SessionId, ThingId),
    /// Somebody with the power allowed this in person: wants a line.
    AllowedHere(Vec<EntryId>),
    /// Messages wait for the coordinator: wants a line.
    Messages(Vec<NoteId>),
    /// Sides were not told that there was no contact: wants a line.
    ToTell(Vec<(SessionId, Party)>),
    /// The social worker was not told: wants a line.
    ToTellWorker(SessionId),
    /// A note is not marked as seen.
    Note(NoteId),
    /// Somebody is named as having allowed something, and has not said yet that they did.
    Override {
        /// The entry that names them.
        entry: EntryId,
        /// Of which session.
        session: SessionId,
    },
    /// A fact went against rules.
    Against {
        /// The entry.
        entry: EntryId,
        /// Which session, if one.
        session: Option<SessionId>,
        /// Which rules.
        rules: Vec<Rule>,
    },
}

impl Subject {
    /// This person is asked about.
    pub fn is_about(&self, who: PersonId) -> bool {
        match self {
            Self::AdultIn { person, .. } | Self::ChildIn { person, .. } => *person == who,
            Self::WhyNot { people, .. } => people.contains(&who),
            _ => false,
        }
    }

    /// The session whose card it is about, and the side.
    pub fn card(&self) -> Option<(SessionId, Option<Party>)> {
        match self {
            Self::AdultIn { session, .. } | Self::Unsettled(session) | Self::Override { session, .. } => {
                Some((*session, None))
            }
            Self::ChildIn { session, .. } => Some((*session, Some(Party::Brings))),
            Self::WhyNot { session, party, .. } => Some((*session, Some(*party))),
            Self::Against { session, .. } => session.map(|s| (s, None)),
            Self::Report(session) | Self::Met(session) | Self::Thing(session, _) => Some((*session, None)),
            Self::ToTell(sides) => sides.first().map(|(session, party)| (*session, Some(*party))),
            Self::ToTellWorker(session) => Some((*session, Some(Party::Brings))),
            Self::OtherIn(_) | Self::Count | Self::Note(_) | Self::Messages(_) | Self::AllowedHere(_) => None,
        }
    }

    /// It wants a line, and then lets the day be signed.
    pub fn wants_a_line(&self) -> bool {
        matches!(
            self,
            Self::Met(_)
                | Self::Thing(..)
                | Self::Messages(_)
                | Self::AllowedHere(_)
                | Self::ToTell(_)
                | Self::ToTellWorker(_)
        )
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub says: Says,
    /// What it writes; `None`: it only goes somewhere (counting again).
    pub command: Option<Command>,
    /// The time that it is judged at; `None`: now.
    pub at: Option<Moment>,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Left, and somebody saw it.
    LeftSeen,
    /// Left, and nobody saw it: the time is an estimate.
    LeftUnseen(Moment),
    /// Went with this adult of the list.
    WentWith(PersonId),
    /// Is at home, by the word of this person; did not come back here.
    HomeBy(PersonId),
    /// Was not brought back by this person, as far as is known.
    NotBack(PersonId),
    /// Nobody saw who took the child.
    NobodySaw,
    /// Left the video call.
    LeftCall,
    /// This worker writes the report, by then.
    ReportBy(StaffId, NaiveDate),
    /// It is written who did what: nothing more to say.
    Written,
    /// It was given back.
    GivenBack,
    /// It stays in keeping.
    StaysKept,
    /// It is on the coordinator's list.
    OnTheList,
    /// They were told, or came and were told.
    AllTold,
    /// They have been told.
    Told,
    /// Is here: count again.
    CountAgain,
    /// The count stands; the coordinator is told.
    CountStands,
    /// No word came, and no reason.
    NoReason,
    /// Settled as it stands.
    Stands,
    /// Seen.
    Seen,
    /// Left open, and why: it stays on the coordinator's list.
    LeftOpen(LeftOpen),
    /// The coordinator knows.
    Known,
    /// Who was named did allow it.
    DidAllow,
    /// They did not.
    DidNotAllow,
}

/// How many sessions ended which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Held, short ones too.
    pub held: u16,
    /// Not held, cancelled ones too.
    pub not_held: u16,
}

/// How many sessions ended which way.
pub fn tally(day: &Day) -> Tally {
    let mut tally = Tally::default();
    for session in &day.sessions {
        match day.outcome(session) {
            Outcome::Held | Outcome::HeldShort => tally.held += 1,
            _ => tally.not_held += 1,
        }
    }
    tally
}

/// How many things of the day are settled: each person who was expected, each note.
pub fn settled(day: &Day, now: Moment) -> usize {
    let open = questions(day, now);
    let asked = |person: PersonId| open.iter().any(|q| q.about.is_about(person));
    let expected = |s: &Session| s.all().filter(|(m, _)| m.is_expected() && !asked(m.person)).count();
    let people: usize = day.sessions.iter().map(expected).sum();
    people + day.notes.iter().filter(|n| n.seen || n.stands).count()
}

/// Every open question, in the order of the sessions, the count and the notes last.
pub fn questions(day: &Day, now: Moment) -> Vec<Question> {
    let mut all = Vec::new();
    for session in &day.sessions {
        all.extend(still_in(day, session, now));
        let not_come = not_come(day, session, now);
        if not_come.is_empty() {
            all.extend(unsettled(day, session));
        }
        all.extend(not_come);
        all.extend(wants::report(day, session));
    }
    all.extend(count::others_in(day, now));
    all.extend(count::differs(day));
    all.extend(overrides(day));
    let against = day.against.iter().filter(|a| !day.known.contains(&a.entry));
    all.extend(against.map(|a| Question {
        about: Subject::Against { entry: a.entry, session: a.session, rules: a.rules.clone() },
        answers: vec![answer(Says::Known, Answer::Known { entry: a.entry })],
    }));
    let notes = day.notes.iter().filter(|n| n.is_open() && !n.stands);
    all.extend(notes.map(|n| Question { about: Subject::Note(n.id), answers: of_note(n) }));
    all.extend(wants::wants(day, now));
    all
}

/// Seen by who may; else whoever signs says why it is left open, and it stays on the coordinator's list.
fn of_note(note: &Note) -> Vec<Choice> {
    let seen = choice(Says::Seen, Command::Note(NoteAct::See { note: note.id }));
    let left = |why: &LeftOpen| answer(Says::LeftOpen(*why), Answer::NoteStands { note: note.id, why: Some(*why) });
    std::iter::once(seen).chain(LeftOpen::ALL.iter().map(left)).collect()
}

/// What was allowed by name only, or written by another hand than that of who allowed it.
fn overrides(day: &Day) -> impl Iterator<Item = Question> + '_ {
    day.overrides.iter().filter(|o| o.is_open()).map(|o| Question {
        about: Subject::Override { entry: o.entry, session: o.session },
        answers: vec![
            answer(Says::DidAllow, Answer::Confirmed { entry: o.entry }),
            answer(Says::DidNotAllow, Answer::Denied { entry: o.entry }),
        ],
    })
}

fn choice(says: Says, command: Command) -> Choice {
    Choice { says, command: Some(command), at: None }
}

fn answer(says: Says, answer: Answer) -> Choice {
    choice(says, Command::Amend(Amend::Answer(answer)))
}

fn count_again() -> Choice {
    Choice { says: Says::CountAgain, command: None, at: None }
}

/// Checks 1 to 3: by the register somebody of a session is still here, or is out and has not come back. The children
/// come first: who had them may go once they are known to have gone.
fn still_in(day: &Day, session: &Session, now: Moment) -> Vec<Question> {
    let door = |member: &Member, attendance: &Attendance| {
        attendance.door_in().cloned().unwrap_or_else(|| day.usual_way(session, member.party()).0)
    };
    let open = || session.all().filter(|(_, a)| matches!(a.presence(), Presence::In(_) | Presence::Out(_)));
    let (children, adults) = (open().filter(|(m, _)| m.is_child()), open().filter(|(m, _)| !m.is_child()));
    let mut all: Vec<Question> =
        children.map(|(m, a)| child_in(day, session, m.person, a.is_in(), &door(m, a), now)).collect();
    // Who took a child out is asked about with the child.
    let with_child =
        |a: &Attendance| matches!(a.presence(), Presence::Out(OutFor::WithVisiting { .. })) && child_out(session);
    let adults = adults.filter(|(_, a)| !with_child(a));
    all.extend(adults.map(|(m, a)| adult_in(day, session, m.person, &door(m, a), now)));
    let on_line = session.all().filter(|(_, a)| a.is_on_line());
    all.extend(on_line.map(|(m, _)| {
        let record = Record::Disconnect { session: session.id(), person: m.person };
        let answers = vec![choice(Says::LeftCall, Command::Write(record))];
        Question { about: Subject::AdultIn { session: session.id(), person: m.person }, answers }
    }));
    all
}

fn child_out(session: &Session) -> bool {
    session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(OutFor::WithVisiting { .. })))
}

fn adult_in(day: &Day, session: &Session, person: PersonId, door: &Code, now: Moment) -> Question {
    let left = |seen| Command::Happened(Fact::Left { session: session.id(), person, door: door.clone(), seen });
    let estimate = likely_left(day, session, person, now);
    Question {
        about: Subject::AdultIn { session: session.id(), person },
        answers: vec![
            Choice { at: Some(estimate), ..choice(Says::LeftSeen, left(true)) },
            Choice { at: Some(estimate), ..choice(Says::LeftUnseen(estimate), left(false)) },
            count_again(),
        ],
    }
}

/// When somebody whom nobody signed out most likely left: when the hold was over, else when the session ended.
fn likely_left(day: &Day, session: &Session, person: PersonId, now: Moment) -> Moment {
    let party = session.member(person).map_or(Party::Brings, |m| m.party());
    let planned = day.local(session.plan.end, now);
    let likely = match day.hold(session, party) {
        Hold::Until(until) => until,
        _ => planned.max(session.children().filter_map(|(_, a)| a.left_at()).max().unwrap_or(planned)),
    };
    not_counted(day, likely, day.last_seen(person), now)
}

/// Who was not seen at the count had left before it, and after what is last known of them.
fn not_counted(day: &Day, likely: Moment, last: Option<Moment>, now: Moment) -> Moment {
    let before = day.counted.map_or(now, |(at, _)| at - Duration::minutes(1));
    let likely = likely.min(before);
    last.map_or(likely, |last| likely.max(last + Duration::minutes(1))).min(now)
}

fn child_in(day: &Day, session: &Session, child: PersonId, is_in: bool, door: &Code, now: Moment) -> Question {
    if let Some(Presence::Out(OutFor::WithVisiting { adult, .. })) = session.of(child).map(|a| a.presence()) {
        return not_back(day, session, child, *adult, door, now);
    }
    let collectors = || session.adults(Party::Brings).filter(|(m, _)| m.collects).take(6);
    let here = collectors().filter(|(_, a)| a.is_in()).filter_map(|(m, _)| day.last_seen(m.person));
    let last = here.chain(day.last_seen(child)).max();
    let at = Some(not_counted(day, day.local(session.plan.end, now), last, now));
    let mut answers: Vec<Choice> = collectors()
        .map(|(m, _)| {
            let (session, door) = (session.id(), door.clone());
            let fact = Fact::Collected { session, child, by: m.person, door };
            Choice { at, ..choice(Says::WentWith(m.person), Command::Happened(fact)) }
        })
        .collect();
    let taken = Fact::Taken { session: session.id(), children: vec![child], by: None, door: door.clone() };
    answers.push(Choice { at, ..choice(Says::NobodySaw, Command::Happened(taken)) });
    if is_in {
        answers.push(count_again());
    }
    Question { about: Subject::ChildIn { session: session.id(), person: child }, answers }
}

/// Check 3: a child is out with somebody and has not come back here.
fn not_back(day: &Day, session: &Session, child: PersonId, adult: PersonId, door: &Code, now: Moment) -> Question {
    let at = Some(not_counted(day, now, day.last_seen(child), now));
    let theirs = session.adults(Party::Brings).filter(|(m, _)| m.collects && m.is_expected()).take(3);
    let mut answers: Vec<Choice> = theirs
        .map(|(m, _)| {
            let home = Fact::Home { session: session.id(), children: vec![child], said_by: m.person };
            Choice { at, ..choice(Says::HomeBy(m.person), Command::Happened(home)) }
        })
        .collect();
    let (session_id, children, by) = (session.id(), vec![child], Some(adult));
    let taken = Fact::Taken { session: session_id, children, by, door: door.clone() };
    answers.push(Choice { at, ..choice(Says::NotBack(adult), Command::Happened(taken)) });
    Question { about: Subject::ChildIn { session: session.id(), person: child }, answers }
}

/// Check 5: everyone who was expected came, or is known not to come and why.
fn not_come(day: &Day, session: &Session, now: Moment) -> Vec<Question> {
    let mut all = Vec::new();
    for party in [Party::Brings, Party::Visits] {
        let people: Vec<PersonId> = session
            .expected(party)
            .filter(|(m, a)| {
                is_unknown(day, a) && !(session.side_came(party) && !m.is_child() && party == Party::Brings)
            })
            .map(|(m, _)| m.person)
            .collect();
        if people.is_empty() || session.cancelled.is_some() || excused(day, session, party, now) {
            continue;
        }
        let code = Code::new(if party == Party::Brings { "R-NIL" } else { "N-NIL" });
        let record = Record::NotComing { session: session.id(), people: people.clone(), why: code, told: None };
        all.push(Question {
            about: Subject::WhyNot { session: session.id(), party, people },
            answers: vec![choice(Says::NoReason, Command::Write(record))],
        });
    }
    all
}

/// Neither came, nor is it known why not.
fn is_unknown(day: &Day, attendance: &Attendance) -> bool {
    match attendance.presence() {
        Presence::Expected => true,
        Presence::NotComing(absence) => day.policy.reason(&absence.why).is_some_and(|r| r.provisional),
        _ => false,
    }
}

/// A side need not have come: it was told in time that the other does not.
fn excused(day: &Day, session: &Session, party: Party, now: Moment) -> bool {
    let other = if party == Party::Brings { Party::Visits } else { Party::Brings };
    if session.told.contains_key(&party) {
        return true;
    }
    let due = day.due_at(session, party, now);
    session.side_absent(other)
        && session
            .expected(other)
            .filter_map(|(_, a)| a.absence.as_ref())
            .all(|absence| absence.told.as_ref().is_some_and(|t| t.at < due))
}

/// Check 4: each session is held, not held or cancelled. Asked where nothing else is asked of a session that nothing
/// has settled: both sides were told not to come.
fn unsettled(day: &Day, session: &Session) -> Option<Question> {
    let open = day.outcome(session) == Outcome::Expected && !session.stands && session.cancelled.is_none();
    open.then(|| Question {
        about: Subject::Unsettled(session.id()),
        answers: vec![answer(Says::Stands, Answer::SessionStands { session: session.id() })],
    })
}
