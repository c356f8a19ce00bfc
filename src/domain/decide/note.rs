//! Notes for the coordinator: raised at once, told when there is time.

use crate::domain::codes::Moment;
use crate::domain::day::{Note, Session};
use crate::domain::decide::{Desk, NoteAct, fact};
use crate::domain::event::{About, Account, By, Draft, Event, FileRef, NoteEvent, Readable};
use crate::domain::ids::NoteId;
use crate::domain::policy::{Code, Power};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

impl Desk<'_> {
    pub(super) fn note(self, act: &NoteAct) -> Result<Vec<Draft>, Refusal> {
        match act {
            NoteAct::Raise { session, place } => {
                let known = session.and_then(|s| self.day.session(s));
                let place = place.clone().or_else(|| known.and_then(fact::place_of));
                Ok(vec![self.raised(self.stamp.ids.nth(0), known, place)])
            }
            NoteAct::Tell { note, about, kind, words, paper } => {
                self.own_note(*note, Power::ReadNotes)?;
                if kind.as_ref().is_some_and(|k| self.day.policy.kind(k).is_none()) {
                    return Err(Refusal::NoReason);
                }
                let (kind, words, paper) = (kind.clone(), words.clone(), paper.clone());
                self.says_whom(*note, *about)?;
                Ok(vec![self.told(*note, Account { about: *about, kind, words, paper }, self.stamp.at)])
            }
            NoteAct::Mistake { note } => {
                self.own_note(*note, Power::SeeNotes)?;
                let event = Event::Note(NoteEvent::Mistaken { note: *note });
                Ok(vec![self.draft(FileRef::Centre, self.stamp.at, event)])
            }
            NoteAct::Leave { session, kind, words } => self.leave_message(*session, kind, words),
            NoteAct::Deal { message } => self.deal_with(*message),
            NoteAct::See { note } => {
                self.may_see(*note)?;
                Ok(vec![self.draft(FileRef::Centre, self.stamp.at, Event::Note(NoteEvent::Seen { note: *note }))])
            }
        }
    }

    /// This takes a role.
    pub(super) fn needs(self, power: Power) -> Result<(), Refusal> {
        let role = self.register.role(self.stamp.by);
        if self.day.policy.may(role, power) { Ok(()) } else { Err(Refusal::Needs(power)) }
    }

    /// One's own note is one's own; another's is not written over, nor called a mistake, without the power.
    fn own_note(self, note: NoteId, power: Power) -> Result<(), Refusal> {
        let known = self.day.notes.iter().find(|n| n.id == note).ok_or(Refusal::Unknown)?;
        match known.about {
            // One who is written about neither changes it nor learns that it is there.
            Some(About::Worker { staff, .. }) if staff == self.stamp.by => Err(Refusal::Unknown),
            _ if known.by == By::Staff(self.stamp.by) => Ok(()),
            _ if known.is_about_worker() => self.may_see(note),
            _ => self.needs(power),
        }
    }

    /// A note about a worker is for the safeguarding lead and the chair; any other for who sees notes.
    fn may_see(self, note: NoteId) -> Result<(), Refusal> {
        let found = self.day.notes.iter().find(|n| n.id == note).ok_or(Refusal::Unknown)?;
        let role = self.register.role(self.stamp.by);
        match found.is_about_worker() {
            true if found.is_for(self.stamp.by, role) => Ok(()),
            true => Err(Refusal::Unknown),
            false => self.needs(Power::SeeNotes),
        }
    }

    /// What was told of one of the team says to nobody but its readers for whom it is. Whoever adds to it says again about
    /// whom it is, so that it comes to nobody whom it is about.
    fn says_whom(self, note: NoteId, about: About) -> Result<(), Refusal> {
        let before = self.day.notes.iter().find(|n| n.id == note && n.is_closed());
        let sealed = before.is_some_and(Note::is_about_worker) && !matches!(about, About::Worker { .. });
        if sealed { Err(Refusal::WhomAgain) } else { Ok(()) }
    }

    /// What is told of a note.
    fn told(self, note: NoteId, account: Account, at: Moment) -> Draft {
        let to = self.register.readers(account.about);
        let file = match account.about {
            About::Session { case, .. } => FileRef::Case(case),
            About::Nobody(file) | About::Worker { file, .. } => FileRef::Apart(file),
        };
        self.draft(file, at, Event::Note(NoteEvent::Told { note, account: Readable::Open(account), to }))
    }

    /// A note that waits: it is on the list of the day, and nobody has seen it.
    pub(super) fn open_note(self, note: NoteId) -> Result<(), Refusal> {
        let found = self.day.notes.iter().find(|n| n.id == note).ok_or(Refusal::Unknown)?;
        if found.is_open() && !found.stands { Ok(()) } else { Err(Refusal::AlreadySo) }
    }

    fn raised(self, note: NoteId, session: Option<&Session>, place: Option<Code>) -> Draft {
        let no = next_no(&self.day.notes);
        let event = NoteEvent::Raised { note, no, session: session.map(Session::id), place };
        self.draft(FileRef::Centre, self.stamp.now, Event::Note(event))
    }
}

/// The note that comes with a fact: raised, and its kind known.
pub(super) fn raised_with_kind(desk: Desk<'_>, session: &Session, place: Option<Code>, kind: &str) -> Vec<Draft> {
    let note: NoteId = desk.stamp.ids.nth(0);
    let about = About::Session { session: session.id(), case: session.plan.case };
    let kind = desk.day.policy.kind(&Code::new(kind)).map(|k| k.code.clone());
    let account = Account { about, kind, words: Text::default(), paper: None };
    let place = place.or_else(|| fact::place_of(session));
    vec![desk.raised(note, Some(session), place), desk.told(note, account, desk.stamp.now)]
}

/// A note about a session of which nothing is told yet.
pub(super) fn raised_about(desk: Desk<'_>, session: &Session) -> Draft {
    desk.raised(desk.stamp.ids.nth(0), Some(session), fact::place_of(session))
}

fn next_no(notes: &[Note]) -> u16 {
    notes.iter().map(|n| n.no).max().unwrap_or(0).saturating_add(1)
}
