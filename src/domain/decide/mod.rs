//! The one place of the rules: a command against the register gives drafts of entries, or a refusal.
//!
//! Pure: the same register, command and stamp give the same answer. *May I?* can be refused; *it has happened*, never.

mod after;
mod allow;
mod amend;
mod ask;
mod breach;
mod command;
mod contact;
mod course;
mod day;
mod desk;
mod fact;
mod file;
mod going;
mod instruct;
mod journey;
mod late;
mod letin;
mod note;
mod paper;
mod record;
mod supervisor;
mod walk;

pub use allow::{in_the_way, may_allow};
pub use amend::last_act;
pub use ask::{Fact, Journey, Permission, Record};
pub use breach::{Breach, breaches};
pub use command::{Allowance, Amend, Command, DayAct, FileAct, NoteAct, PaperLine};

use std::collections::BTreeSet;

use crate::domain::codes::{Moment, Rule};
use crate::domain::day::{Day, Session};
use crate::domain::event::{DoorEvent, Draft, Event, FileRef, Source};
use crate::domain::ids::{DayId, DeskId, Ids, PersonId, SessionId, StaffId};
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;

/// When, by whom, at which desk, and the ids that may be dealt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it happens, or happened: judged as at that time.
    pub at: Moment,
    /// Now.
    pub now: Moment,
    /// Who.
    pub by: StaffId,
    /// At which desk.
    pub desk: DeskId,
    /// The ids that this decision may deal.
    pub ids: Ids,
}

impl Stamp {
    /// The same, at another time.
    #[must_use]
    pub fn set_back(self, at: Option<Moment>) -> Self {
        Self { at: at.unwrap_or(self.at), ..self }
    }
}

/// What the rules say to a command.
///
/// # Errors
/// The refusal, with all that a sentence about it needs. Nothing is half-done.
pub fn decide(register: &Register, day: DayId, command: &Command, stamp: &Stamp) -> Result<Vec<Draft>, Refusal> {
    if stamp.at > stamp.now {
        return Err(Refusal::Future);
    }
    if let Command::Day(DayAct::Open { date }) = command {
        return day::open(register, day, *date, stamp);
    }
    let day = register.days.get(&day).ok_or(Refusal::NotOpen)?;
    let desk = Desk { register, day, stamp, waived: &BTreeSet::new(), allowed: &[] };
    match command {
        Command::May(permission) => desk.may(permission),
        Command::Happened(fact) => desk.happened(fact),
        Command::Write(record) => desk.write(record),
        Command::Day(act) => desk.day_act(act),
        Command::Note(act) => desk.note(act),
        Command::Amend(amend) => desk.amend(amend),
        Command::Allowed(asked) => desk.allowed(asked),
        Command::Paper(PaperLine { sheet, line, says }) => desk.paper(*sheet, *line, says),
        Command::File(act) => desk.file(act),
        Command::Policy(policy) => desk.set_policy(policy),
    }
}

/// May somebody do what takes a power and writes nothing: take named data out, read what others wrote?
///
/// # Errors
/// The power that it takes.
pub fn may_do(register: &Register, day: DayId, staff: StaffId, power: Power) -> Result<(), Refusal> {
    let policy = register.days.get(&day).map_or_else(|| register.policy(), |d| d.policy.clone());
    let present = register.team.get(&staff).filter(|c| !c.left);
    if present.is_some_and(|c| policy.may(c.role, power)) { Ok(()) } else { Err(Refusal::Needs(power)) }
}

/// What a decision looks at.
#[derive(Clone, Copy)]
struct Desk<'a> {
    register: &'a Register,
    day: &'a Day,
    stamp: &'a Stamp,
    /// Rules that somebody with the power waives for this one act.
    waived: &'a BTreeSet<Rule>,
    /// What somebody with the power allows for this one act, each refusal by itself: no other of the same rule.
    allowed: &'a [Refusal],
}

impl<'a> Desk<'a> {
    fn may(self, permission: &Permission) -> Result<Vec<Draft>, Refusal> {
        if self.day.is_signed() && !matches!(permission, Permission::StaffOut { .. }) {
            return Err(Refusal::Signed);
        }
        let mut drafts = self.judged(permission, self.stamp.at)?;
        let moved_on = drafts.iter().map(|d| d.occurred_at).max().filter(|at| *at > self.stamp.at);
        // Set back into the minute of somebody's last movement: it happens after that, and is judged as it then stood.
        if let Some(at) = moved_on.filter(|_| self.stamp.at < self.stamp.now) {
            drafts = self.judged(permission, at)?;
        }
        self.bears(&drafts)?;
        Ok(drafts)
    }

    /// Set back: judged on the day as it stood then. Who must not meet is judged on the whole day, and so is whether contact
    /// may be: it goes on now.
    fn judged(self, permission: &Permission, at: Moment) -> Result<Vec<Draft>, Refusal> {
        let then = (self.stamp.at < self.stamp.now).then(|| self.day.as_at(at));
        let desk = Desk { day: then.as_ref().unwrap_or(self.day), ..self };
        let drafts = desk.permit(permission, self.day)?;
        desk.contact_may_be(&drafts)?;
        if then.is_some() {
            self.may_be_now(permission, &drafts)?;
        }
        Ok(drafts)
    }

    /// What is written already must bear what is written into the time before it.
    fn bears(self, drafts: &[Draft]) -> Result<(), Refusal> {
        let first = drafts.iter().map(|d| d.occurred_at).min();
        let later = self.day.entries.iter().any(|e| Some(self.day.happened(e)) > first);
        let allowed = |rule| self.allowed.iter().any(|refusal| refusal.rule() == Some(rule));
        let goes = |rule| self.waived.contains(&rule) || allowed(rule);
        let added = || self.added(drafts).into_iter().any(|breach| !goes(breach.rule));
        if later && added() { Err(Refusal::RestsOn) } else { Ok(()) }
    }

    fn permit(self, permission: &Permission, whole: &Day) -> Result<Vec<Draft>, Refusal> {
        match permission {
            Permission::LetIn { session, people, door, place, carer } => {
                letin::let_in(self, whole, *session, people, door, place, *carer)
            }
            Permission::Walk { session, children, walker, place, into } => {
                walk::walk(self, whole, *session, children, *walker, place, *into)
            }
            Permission::Move { session, people, place } => walk::go_to(self, whole, *session, people, place),
            Permission::GoOut { session, people, door } => going::go_out(self, whole, *session, people, door),
            Permission::HandOver { session, children, basis, walker, door } => {
                going::hand_over(self, whole, *session, children, basis, *walker, door)
            }
            Permission::LetGo { session, people, door } => going::let_go(self, whole, *session, people, door),
            Permission::StaffOut { staff } => day::staff_out(self, whole, *staff),
            Permission::Give { session, children, carer } => course::give(self, whole, *session, children, *carer),
            Permission::TakeOut { session, children, adult, journey, door } => {
                let going = journey::Going { children, adult: *adult, journey, door };
                journey::take_out(self, whole, *session, going)
            }
            Permission::Resume { session } => course::resume(self, whole, *session),
            Permission::Connect { session, person } => course::connect(self, whole, *session, *person),
            Permission::Cancel { session, why } => self.cancel(*session, why),
        }
    }

    fn session(self, id: SessionId) -> Result<&'a Session, Refusal> {
        self.day.session(id).ok_or(Refusal::Unknown)
    }

    /// The time for people's movements: never before what is known of them.
    ///
    /// A time that nobody set back is moved on to their last known one (the clock may have gone backwards), and so is
    /// one set back into the minute of their last movement. Any earlier is refused.
    fn time_for(self, whole: &Day, people: &[PersonId]) -> Result<Moment, Refusal> {
        let mut at = self.stamp.at;
        for person in people {
            let Some(last) = whole.last_seen(*person).filter(|last| *last > at) else { continue };
            let same_minute = last.timestamp().div_euclid(60) == at.timestamp().div_euclid(60);
            if self.stamp.at < self.stamp.now && !same_minute {
                return Err(Refusal::Backwards { person: *person, last });
            }
            at = last;
        }
        Ok(at)
    }

    /// A time that is not before the last of its kind, which it takes the place of.
    fn not_before(self, last: Option<Moment>) -> Moment {
        last.map_or(self.stamp.at, |last| last.max(self.stamp.at))
    }

    fn draft(self, file: FileRef, at: Moment, event: Event) -> Draft {
        Draft { day: Some(self.day.id), file, occurred_at: at, against: Vec::new(), source: Source::Desk, event }
    }

    fn door(self, session: &Session, at: Moment, event: DoorEvent) -> Draft {
        self.draft(FileRef::Case(session.plan.case), at, Event::Door(event))
    }

    fn door_against(self, session: &Session, at: Moment, event: DoorEvent, against: Vec<Rule>) -> Draft {
        Draft { against, ..self.door(session, at, event) }
    }
}
