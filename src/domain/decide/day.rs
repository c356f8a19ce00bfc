//! The day as a whole: opening it, the desk, the team, anyone else, counting and signing.

use chrono::NaiveDate;

use crate::domain::close;
use crate::domain::codes::Moment;
use crate::domain::day::Day;
use crate::domain::decide::{DayAct, Desk, Stamp};
use crate::domain::event::{Carer, DayEvent, Draft, Event, FileRef, Second, Signed, Source};
use crate::domain::ids::{DayId, FileId, StaffId};
use crate::domain::past::Want;
use crate::domain::policy::{Code, Power};
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;
use crate::domain::text::Text;

/// Opens the day: policy, people, plans and instructions are frozen as they stand.
pub(super) fn open(register: &Register, day: DayId, date: NaiveDate, stamp: &Stamp) -> Result<Vec<Draft>, Refusal> {
    if register.days.get(&day).is_some_and(|d| d.opened.is_some()) {
        return Err(Refusal::OpenAlready);
    }
    // Half of who is expected would be worse than nobody.
    if register.lacks(&Want::Date(date)) {
        return Err(Refusal::Reading);
    }
    let of = |file, event| Draft {
        day: Some(day),
        file,
        occurred_at: stamp.at,
        against: Vec::new(),
        source: Source::Desk,
        event: Event::Day(event),
    };
    let policy = register.policy().version;
    let mut drafts = vec![of(FileRef::Centre, DayEvent::Opened { date, policy })];
    for expected in register.expected_on(date) {
        drafts.push(of(FileRef::Case(expected.case), DayEvent::SessionExpected(Box::new(expected))));
    }
    let staff = stamp.by;
    drafts.push(of(FileRef::Staff(staff), DayEvent::StaffCame { staff, place: None }));
    drafts.push(of(FileRef::Staff(staff), DayEvent::DeskTaken { staff }));
    Ok(drafts)
}

impl Desk<'_> {
    pub(super) fn day_act(self, act: &DayAct) -> Result<Vec<Draft>, Refusal> {
        match act {
            DayAct::Open { .. } => Err(Refusal::OpenAlready),
            DayAct::TakeDesk { staff } => self.take_desk(*staff),
            DayAct::StaffIn { staff } => self.staff_in(*staff),
            DayAct::StaffAt { staff, place } => self.staff_at(*staff, place),
            DayAct::VisitorIn { name, what, place, session } => {
                if name.is_empty() {
                    return Err(Refusal::Nobody);
                }
                let visitor: FileId = self.stamp.ids.nth(0);
                let (name, what, place) = (name.clone(), what.clone(), place.clone());
                let event = DayEvent::VisitorCame { visitor, name, what, place, session: *session };
                Ok(vec![self.of_day(FileRef::Apart(visitor), event)])
            }
            DayAct::VisitorOut { visitor } => match self.day.visitors.get(visitor) {
                Some(v) if v.spell.went.is_none() => {
                    let (at, event) =
                        (self.not_before(Some(v.spell.came)), DayEvent::VisitorWent { visitor: *visitor });
                    Ok(vec![self.draft(FileRef::Apart(*visitor), at, Event::Day(event))])
                }
                _ => Err(Refusal::Unknown),
            },
            DayAct::Muster { seen, of, seconds } => {
                let event = DayEvent::MusterHeld { seen: *seen, of: *of, seconds: *seconds };
                Ok(vec![self.of_day(FileRef::Centre, event)])
            }
            DayAct::Count(counted) => {
                let (at, event) = (self.after(|e| matches!(e, DayEvent::Counted(_))), DayEvent::Counted(*counted));
                Ok(vec![self.draft(FileRef::Centre, at, Event::Day(event))])
            }
            DayAct::Resume { minutes, inside, so } => {
                let event = DayEvent::Resumed { minutes: *minutes, inside: *inside, so: *so };
                Ok(vec![self.draft(FileRef::Centre, self.stamp.now, Event::Day(event))])
            }
            DayAct::Sign => self.sign(None),
            DayAct::SignWith(second) => self.sign(Some(*second)),
            DayAct::Reopen { why } => self.reopen(why),
        }
    }

    fn reopen(self, why: &Text) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::Sign)?;
        if !self.day.is_signed() {
            return Err(Refusal::AlreadySo);
        }
        if why.is_empty() {
            return Err(Refusal::NoReason);
        }
        let at = self.after(|e| matches!(e, DayEvent::Signed(_)));
        let event = Event::Day(DayEvent::Reopened { why: why.clone() });
        Ok(vec![self.draft(FileRef::Apart(self.stamp.ids.nth(0)), at, event)])
    }

    fn of_day(self, file: FileRef, event: DayEvent) -> Draft {
        self.draft(file, self.stamp.at, Event::Day(event))
    }

    /// After the last of its kind, which it takes the place of, whatever the clock did in between.
    fn after(self, same: impl Fn(&DayEvent) -> bool) -> Moment {
        let kin = self.day.entries.iter().filter(|e| matches!(e.event.open(), Some(Event::Day(day)) if same(day)));
        self.not_before(kin.map(|e| self.day.happened(e)).max())
    }

    /// The last that is known of somebody's coming and going.
    fn last_of_shift(self, staff: StaffId) -> Option<Moment> {
        self.day.team.get(&staff).and_then(|s| s.last()).map(|s| s.went.unwrap_or(s.came))
    }

    fn take_desk(self, staff: StaffId) -> Result<Vec<Draft>, Refusal> {
        if self.register.team.get(&staff).is_none_or(|c| c.left) {
            return Err(Refusal::Unknown);
        }
        let mut drafts = Vec::new();
        if !self.day.on_shift(staff) && !self.day.is_signed() {
            drafts.push(self.comes(staff));
        }
        let (at, event) = (self.after(|e| matches!(e, DayEvent::DeskTaken { .. })), DayEvent::DeskTaken { staff });
        drafts.push(self.draft(FileRef::Staff(staff), at, Event::Day(event)));
        Ok(drafts)
    }

    fn staff_in(self, staff: StaffId) -> Result<Vec<Draft>, Refusal> {
        if self.register.team.get(&staff).is_none_or(|c| c.left) {
            return Err(Refusal::Unknown);
        }
        if self.day.on_shift(staff) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![self.comes(staff)])
    }

    /// Where somebody who is on shift is: the same event as their coming, with a place.
    fn staff_at(self, staff: StaffId, place: &Code) -> Result<Vec<Draft>, Refusal> {
        if !self.day.on_shift(staff) {
            return Err(Refusal::NotOnShift(staff));
        }
        self.day.policy.place(place).filter(|p| !p.retired).ok_or(Refusal::Unknown)?;
        let place = Some(place.clone());
        let (at, event) = (self.not_before(self.last_of_shift(staff)), DayEvent::StaffCame { staff, place });
        Ok(vec![self.draft(FileRef::Staff(staff), at, Event::Day(event))])
    }

    fn comes(self, staff: StaffId) -> Draft {
        let (at, event) = (self.not_before(self.last_of_shift(staff)), DayEvent::StaffCame { staff, place: None });
        self.draft(FileRef::Staff(staff), at, Event::Day(event))
    }

    fn sign(self, second: Option<Second>) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::Sign)?;
        if let Some(Second::By { staff }) = second {
            self.may_sign_second(staff)?;
        }
        if self.day.is_signed() {
            return Err(Refusal::Signed);
        }
        let Some((_, counted)) = self.day.counted else { return Err(Refusal::NotCounted) };
        let open = close::questions(self.day, self.stamp.now).len();
        if open > 0 {
            return Err(Refusal::Questions(open));
        }
        let tally = close::tally(self.day);
        let signed = Signed {
            by: self.stamp.by,
            close: u16::try_from(self.day.signatures.len()).unwrap_or(u16::MAX).saturating_add(1),
            counted,
            held: tally.held,
            not_held: tally.not_held,
            // Who looked into a file meanwhile is nothing of the day.
            entries: u32::try_from(self.day.entries.iter().filter(|e| !e.is_use()).count()).unwrap_or(u32::MAX),
            second,
        };
        let at = self.after(|e| matches!(e, DayEvent::Signed(_) | DayEvent::Reopened { .. }));
        Ok(vec![self.draft(FileRef::Centre, at, Event::Day(DayEvent::Signed(signed)))])
    }
}

impl Desk<'_> {
    /// Another hand than the first, of somebody who was on shift that day.
    fn may_sign_second(self, staff: StaffId) -> Result<(), Refusal> {
        if staff == self.stamp.by {
            return Err(Refusal::SameHand);
        }
        let is_of_team = self.register.team.get(&staff).is_some_and(|c| !c.left);
        let was_here = self.day.team.get(&staff).is_some_and(|spells| !spells.is_empty());
        if is_of_team && was_here { Ok(()) } else { Err(Refusal::NotOnShift(staff)) }
    }
}

/// May someone of the team go off shift? Not with a child in their care.
pub(super) fn staff_out(desk: Desk<'_>, whole: &Day, staff: StaffId) -> Result<Vec<Draft>, Refusal> {
    let now = Desk { day: whole, ..desk };
    desk.worker(staff)?;
    now.worker(staff)?;
    if !desk.day.in_care_of(Carer::Worker(staff)).is_empty() || !whole.in_care_of(Carer::Worker(staff)).is_empty() {
        return Err(Refusal::WorkerHasChild(staff));
    }
    let (at, event) = (now.not_before(now.last_of_shift(staff)), DayEvent::StaffWent { staff });
    Ok(vec![desk.draft(FileRef::Staff(staff), at, Event::Day(event))])
}
