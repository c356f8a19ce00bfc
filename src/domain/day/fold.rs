//! Entries into a day. Total: an entry that fits nothing changes nothing.

use crate::domain::codes::Moment;
use crate::domain::day::{
    Absence, Against, Attendance, Day, Early, Move, NoPart, Note, OnWay, Presence, Session, Spell, Visitor, Whereabouts,
};
use crate::domain::event::{Amendment, Answer, Basis, By, DayEvent, DoorEvent, Entry, Event, NoteEvent};
use crate::domain::ids::{EntryId, NoteId, PersonId, SessionId, StaffId};
use crate::domain::policy::Code;

/// One entry at the time that it happened.
#[derive(Clone, Copy)]
struct Line<'a> {
    entry: &'a Entry,
    at: Moment,
}

impl Day {
    /// Takes one more entry in: at its place in time, if it is a late one.
    pub fn fold(&mut self, entry: Entry) {
        match entry.event.open() {
            Some(Event::Amend(Amendment::Undone { act })) => {
                self.undone.insert(*act);
                self.entries.push(entry);
                self.refold(None);
            }
            Some(Event::Amend(Amendment::TimeSet { entry: amended, at })) => {
                self.times.insert(*amended, *at);
                self.entries.push(entry);
                self.refold(None);
            }
            _ if self.is_late(&entry) => {
                self.entries.push(entry);
                self.refold(None);
            }
            _ => {
                if self.counts(&entry) {
                    let at = self.happened(&entry);
                    self.apply(Line { entry: &entry, at });
                }
                self.entries.push(entry);
            }
        }
    }

    /// Something that is already folded comes after it.
    fn is_late(&self, entry: &Entry) -> bool {
        let place = self.order(entry);
        self.entries.iter().any(|e| self.order(e) > place)
    }

    /// The frame of the day first (its opening, the expected), then what happened in order of time; notes and answers
    /// in order of writing, since a later one takes the place of an earlier one whatever the clock did in between.
    fn order(&self, entry: &Entry) -> (u8, Option<Moment>) {
        match entry.event.open() {
            Some(Event::Day(DayEvent::Opened { .. } | DayEvent::SessionExpected(_))) => (0, None),
            Some(Event::Note(_) | Event::Amend(_)) => (2, None),
            _ => (1, Some(self.happened(entry))),
        }
    }

    /// It was not taken back. A note never is, whatever it came with.
    fn counts(&self, entry: &Entry) -> bool {
        !self.undone.contains(&entry.act) || matches!(entry.event.open(), Some(Event::Note(_)))
    }

    /// The day as it stood at a time, by what is known now.
    pub fn as_at(&self, at: Moment) -> Self {
        let mut day = self.clone();
        day.refold(Some(at));
        day
    }

    /// Folds all entries again, in their order and then in that of writing.
    fn refold(&mut self, until: Option<Moment>) {
        let entries = std::mem::take(&mut self.entries);
        let mut fresh = Self::new(self.id, self.date, self.policy.clone());
        fresh.undone = std::mem::take(&mut self.undone);
        fresh.times = std::mem::take(&mut self.times);
        let mut lines: Vec<((u8, Option<Moment>), Line<'_>)> = entries
            .iter()
            .filter(|e| fresh.counts(e))
            .map(|entry| (fresh.order(entry), Line { entry, at: fresh.happened(entry) }))
            .filter(|((part, _), line)| *part == 0 || until.is_none_or(|until| line.at <= until))
            .collect();
        lines.sort_by_key(|(order, _)| *order);
        for (_, line) in lines {
            fresh.apply(line);
        }
        fresh.entries = entries;
        *self = fresh;
    }

    fn apply(&mut self, line: Line<'_>) {
        let session = match line.entry.event.open() {
            Some(Event::Day(event)) => {
                self.apply_day(event, line);
                None
            }
            Some(Event::Door(event)) => {
                let id = event.session();
                self.apply_door(event, line);
                Some(id)
            }
            Some(Event::Note(event)) => {
                self.apply_note(event, line);
                None
            }
            Some(Event::Amend(Amendment::Answered(answer))) => {
                self.apply_answer(*answer);
                None
            }
            _ => None,
        };
        if !line.entry.against.is_empty() {
            let rules = line.entry.against.clone();
            self.against.push(Against { entry: line.entry.id, at: line.at, session, rules });
        }
    }

    fn apply_day(&mut self, event: &DayEvent, line: Line<'_>) {
        match event {
            DayEvent::Opened { date, .. } => {
                self.date = *date;
                self.opened = Some(line.at);
            }
            DayEvent::SessionExpected(plan) => {
                if self.session(plan.session).is_none() {
                    self.sessions.push(Session::new((**plan).clone()));
                    self.sessions.sort_by_key(|s| s.plan.no);
                }
            }
            DayEvent::DeskTaken { staff } => {
                self.desks.insert(line.entry.desk, *staff);
            }
            DayEvent::StaffCame { staff, place } => self.staff_came(*staff, place.clone(), line.at),
            DayEvent::StaffWent { staff } => {
                if let Some(spell) = self.team.get_mut(staff).and_then(|s| s.last_mut()) {
                    spell.went.get_or_insert(line.at);
                }
            }
            DayEvent::VisitorCame { visitor, name, what, place } => {
                let spell = Spell { came: line.at, place: Some(place.clone()), went: None };
                self.visitors.insert(*visitor, Visitor { name: name.clone(), what: what.clone(), spell });
            }
            DayEvent::VisitorWent { visitor } => {
                if let Some(visitor) = self.visitors.get_mut(visitor) {
                    visitor.spell.went.get_or_insert(line.at);
                }
            }
            DayEvent::MusterHeld { seen, of, seconds } => self.musters.push((line.at, *seen, *of, *seconds)),
            DayEvent::Counted(counted) => self.counted = Some((line.at, *counted)),
            DayEvent::Signed(signed) => {
                self.signatures.push((line.at, signed.clone()));
                self.reopened = false;
            }
            DayEvent::Reopened { .. } => self.reopened = true,
        }
    }

    fn staff_came(&mut self, staff: StaffId, place: Option<Code>, at: Moment) {
        let spells = self.team.entry(staff).or_default();
        if spells.last().is_none_or(|s| s.went.is_some()) {
            spells.push(Spell { came: at, place, went: None });
        }
    }

    fn apply_door(&mut self, event: &DoorEvent, line: Line<'_>) {
        let Some(session) = self.sessions.iter_mut().find(|s| s.plan.session == event.session()) else { return };
        match event {
            DoorEvent::SidesMet { place, .. } => session.met.push((line.at, place.clone())),
            DoorEvent::EndedEarly { party, why, .. } => {
                session.early = Some(Early { at: line.at, party: *party, why: why.clone() });
            }
            DoorEvent::OnTheWay { party, expected, .. } => {
                session.on_way.insert(*party, OnWay { at: line.at, expected: *expected });
            }
            DoorEvent::OtherSideTold { party, .. } => {
                session.told.insert(*party, line.at);
            }
            DoorEvent::UnlistedCame { party, name, .. } => session.unlisted.push((line.at, *party, name.clone())),
            _ => {
                if let Some(attendance) = event.person().and_then(|p| session.people.get_mut(&p)) {
                    attendance.apply(event, line);
                }
                self.follow(event, line);
            }
        }
    }

    /// Somebody of two cases has one body: where they are here in one, they go in the other too.
    fn follow(&mut self, event: &DoorEvent, line: Line<'_>) {
        let Some(person) = event.person() else { return };
        let own = self.session(event.session()).and_then(|s| s.of(person)).and_then(|a| a.moves.last());
        let Some(own) = own.filter(|m| m.entry == line.entry.id).cloned() else { return };
        let others = self.sessions.iter_mut().filter(|s| s.plan.session != event.session());
        for attendance in others.filter_map(|s| s.people.get_mut(&person)) {
            let enters = matches!(own.to, Whereabouts::In(_));
            match attendance.presence() {
                Presence::In(_) if enters => attendance.moves.push(Move { door: None, ..own.clone() }),
                Presence::In(_) | Presence::Out(_) => attendance.moves.push(own.clone()),
                _ => {}
            }
        }
    }

    fn apply_note(&mut self, event: &NoteEvent, line: Line<'_>) {
        match event {
            NoteEvent::Raised { note, no, session, .. } => self.notes.push(Note {
                id: *note,
                no: *no,
                at: line.at,
                by: line.entry.by,
                session: *session,
                about: None,
                kind: None,
                words: crate::domain::text::Text::default(),
                paper: None,
                mistaken: false,
                seen: false,
            }),
            NoteEvent::Told { note, about, kind, words, paper } => {
                if let Some(n) = self.note_mut(*note) {
                    n.about = Some(*about);
                    n.kind.clone_from(kind);
                    n.words = words.clone();
                    n.paper.clone_from(paper);
                    n.mistaken = false;
                }
            }
            NoteEvent::Mistaken { note } => {
                if let Some(n) = self.note_mut(*note) {
                    n.mistaken = true;
                }
            }
            NoteEvent::Seen { note } => {
                if let Some(n) = self.note_mut(*note) {
                    n.seen = true;
                }
            }
        }
    }

    fn apply_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Known { entry } => {
                self.known.insert(entry);
            }
            Answer::CountStands { counted } => self.count_stands = Some(counted),
            Answer::NoteStands { note } => {
                if let Some(n) = self.note_mut(note) {
                    n.seen = true;
                }
            }
            Answer::SessionStands { session } => {
                if let Some(s) = self.sessions.iter_mut().find(|s| s.plan.session == session) {
                    s.stands = true;
                }
            }
        }
    }

    fn note_mut(&mut self, note: NoteId) -> Option<&mut Note> {
        self.notes.iter_mut().find(|n| n.id == note)
    }
}

impl Attendance {
    fn apply(&mut self, event: &DoorEvent, line: Line<'_>) {
        match event {
            DoorEvent::Arrived { door, place, carer, .. } | DoorEvent::CameBack { door, place, carer, .. } => {
                self.go(line, Some(door), Whereabouts::In(place.clone()));
                self.give(line.at, *carer);
            }
            DoorEvent::Walked { place, into, .. } => {
                self.go(line, None, Whereabouts::In(place.clone()));
                self.give(line.at, Some(*into));
            }
            DoorEvent::Moved { place, .. } => self.go(line, None, Whereabouts::In(place.clone())),
            DoorEvent::GivenTo { carer, .. } => self.give(line.at, Some(*carer)),
            DoorEvent::WentOut { door, out, .. } => self.go(line, Some(door), Whereabouts::Out(out.clone())),
            DoorEvent::ChildLeft { door, basis, .. } => {
                self.go(line, Some(door), Whereabouts::Left(None));
                self.went_with = Some(basis.clone());
                self.kept = None;
            }
            DoorEvent::AdultLeft { door, leaving, .. } => {
                self.go(line, Some(door), Whereabouts::Left(Some(*leaving)));
            }
            DoorEvent::KeptHere { with, .. } => {
                self.kept = Some(line.at);
                self.give(line.at, Some(crate::domain::event::Carer::Worker(*with)));
            }
            DoorEvent::NotComing { why, told, .. } => {
                self.absence = Some(Absence { at: line.at, why: why.clone(), told: told.clone() });
            }
            DoorEvent::NotAdmitted { why, .. } => self.not_admitted = Some((line.at, why.clone())),
            DoorEvent::TookNoPart { why, tried_from, .. } => {
                self.no_part = Some(NoPart { at: line.at, tried_from: *tried_from, why: why.clone() });
            }
            DoorEvent::SidesMet { .. }
            | DoorEvent::EndedEarly { .. }
            | DoorEvent::OnTheWay { .. }
            | DoorEvent::OtherSideTold { .. }
            | DoorEvent::UnlistedCame { .. } => {}
        }
    }

    fn go(&mut self, line: Line<'_>, door: Option<&Code>, to: Whereabouts) {
        let (entry, recorded_at): (EntryId, Moment) = (line.entry.id, line.entry.recorded_at);
        self.moves.push(Move { at: line.at, recorded_at, entry, door: door.cloned(), to });
    }

    fn give(&mut self, at: Moment, carer: Option<crate::domain::event::Carer>) {
        if let Some(carer) = carer {
            self.care.push((at, carer));
        }
    }
}

impl DoorEvent {
    /// The session that it is of.
    pub fn session(&self) -> SessionId {
        match self {
            Self::Arrived { session, .. }
            | Self::Walked { session, .. }
            | Self::Moved { session, .. }
            | Self::GivenTo { session, .. }
            | Self::WentOut { session, .. }
            | Self::CameBack { session, .. }
            | Self::ChildLeft { session, .. }
            | Self::AdultLeft { session, .. }
            | Self::SidesMet { session, .. }
            | Self::EndedEarly { session, .. }
            | Self::KeptHere { session, .. }
            | Self::NotComing { session, .. }
            | Self::OnTheWay { session, .. }
            | Self::OtherSideTold { session, .. }
            | Self::NotAdmitted { session, .. }
            | Self::UnlistedCame { session, .. }
            | Self::TookNoPart { session, .. } => *session,
        }
    }

    /// The person whom it moves or marks.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Arrived { person, .. }
            | Self::Moved { person, .. }
            | Self::WentOut { person, .. }
            | Self::CameBack { person, .. }
            | Self::AdultLeft { person, .. }
            | Self::NotComing { person, .. }
            | Self::NotAdmitted { person, .. } => Some(*person),
            Self::Walked { child, .. }
            | Self::GivenTo { child, .. }
            | Self::ChildLeft { child, .. }
            | Self::KeptHere { child, .. }
            | Self::TookNoPart { child, .. } => Some(*child),
            Self::SidesMet { .. }
            | Self::EndedEarly { .. }
            | Self::OnTheWay { .. }
            | Self::OtherSideTold { .. }
            | Self::UnlistedCame { .. } => None,
        }
    }

    /// The collector or taker named in a departure.
    pub fn basis(&self) -> Option<&Basis> {
        if let Self::ChildLeft { basis, .. } = self { Some(basis) } else { None }
    }
}

impl crate::domain::event::Entry {
    /// Written by this person at this desk.
    pub fn is_by(&self, staff: crate::domain::ids::StaffId, desk: crate::domain::ids::DeskId) -> bool {
        self.by == By::Staff(staff) && self.desk == desk
    }
}
