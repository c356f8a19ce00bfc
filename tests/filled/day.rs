//! One day worked by the rules: opened, telephones, the door, walks, the way home, the count and the signature; today
//! only until mid-morning.

use std::collections::BinaryHeap;

use chrono::{Duration, NaiveDate};
use doorbook::domain::close;
use doorbook::domain::codes::{Channel, Moment, Party};
use doorbook::domain::day::{Day, Session};
use doorbook::domain::decide::{Command, DayAct, NoteAct, Permission, Record, Stamp, decide};
use doorbook::domain::event::{About, Basis, By, Carer, Counted, Entry, Source, Told};
use doorbook::domain::ids::{DayId, Ids, NoteId, PersonId, SessionId, StaffId};
use doorbook::domain::next::{Question, Step, normally, usual_ticks};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;
use doorbook::run::setup::DESK;
use doorbook::run::stamp::{Hand, stamp};

use super::plan::moment;
use super::{Dice, Maker, staff};

/// Who opens the day and has the desk; who signs it.
const DESK_HAND: usize = 4;
const COORDINATOR: usize = 0;
/// Who walks children: everybody but these two and the supervisors.
const WALKERS: [usize; 6] = [1, 2, 6, 8, 9, 10];
/// Until when today is worked.
const NOW: (u32, u32) = (10, 13);
const REASONS: [(Party, &str); 6] = [
    (Party::Brings, "C-ILL"),
    (Party::Brings, "R-TRN"),
    (Party::Brings, "R-ILL"),
    (Party::Visits, "N-ILL"),
    (Party::Visits, "N-WRK"),
    (Party::Visits, "N-TRN"),
];
const WORDS: [&str; 5] = [
    "Child said a thing on the stairs; on a paper form.",
    "Father asked for another day; told to ring on Monday.",
    "Cut knee, washed, a plaster. Mother was told.",
    "Aunt came who is not on the list; went again.",
    "Upset at the end; better after ten minutes with us.",
];

/// The entries of a day, folded into the register; all of it signed, unless it is today.
pub(super) fn work(maker: &mut Maker, date: NaiveDate, is_today: bool) -> Vec<Entry> {
    let day = maker.register.day_id(date);
    let dice = Dice::new(maker.dice.next());
    let mut desk =
        Desk { maker, day, date, now: moment(date, 8, 55), dice, entries: Vec::new(), visits: BinaryHeap::new() };
    desk.open();
    desk.telephone();
    let until = if is_today { moment(date, NOW.0, NOW.1) } else { moment(date, 20, 0) };
    desk.door(until);
    if is_today {
        desk.now = until;
    } else {
        desk.close();
    }
    desk.entries
}

/// A look at one side of a session: the earliest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Visit(std::cmp::Reverse<(Moment, u32)>, SessionId, Party, u8);

struct Desk<'a> {
    maker: &'a mut Maker,
    day: DayId,
    date: NaiveDate,
    now: Moment,
    dice: Dice,
    entries: Vec<Entry>,
    visits: BinaryHeap<Visit>,
}

impl Desk<'_> {
    fn day(&self) -> Option<&Day> {
        self.maker.register.days.get(&self.day)
    }

    fn session(&self, id: SessionId) -> Option<&Session> {
        self.day()?.session(id)
    }

    /// What the rules draft, written; `None`: they refused.
    fn writes(&mut self, command: &Command, at: Option<Moment>, who: usize) -> Option<Ids> {
        let by = staff(who);
        let ids = self.maker.ids(self.now);
        let asked = Stamp { at: at.unwrap_or(self.now), now: self.now, by, desk: DESK, ids };
        let drafts = decide(&self.maker.register, self.day, command, &asked).ok()?;
        let hand = Hand { by: By::Staff(by), desk: DESK, now: self.now, source: Source::Desk };
        let entries = stamp(drafts, &hand, self.maker.ids(self.now));
        self.maker.fold(&entries);
        self.entries.extend(entries);
        Some(ids)
    }

    fn open(&mut self) {
        self.writes(&Command::Day(DayAct::Open { date: self.date }), None, DESK_HAND);
        for n in (0..super::TEAM.len()).filter(|n| *n != DESK_HAND) {
            self.now += Duration::seconds(20);
            self.writes(&Command::Day(DayAct::StaffIn { staff: staff(n) }), None, DESK_HAND);
        }
    }

    /// Who rang that they do not come, and who is expected at the door, and when.
    fn telephone(&mut self) {
        let sessions: Vec<SessionId> =
            self.day().map(|d| d.sessions.iter().map(Session::id).collect()).unwrap_or_default();
        for id in sessions {
            self.now += Duration::seconds(25);
            match self.dice.below(100) {
                0..9 => {
                    let (party, why) = *self.dice.pick(&REASONS);
                    self.not_coming(id, party, why);
                }
                n => self.expect(id, n),
            }
        }
    }

    fn not_coming(&mut self, session: SessionId, party: Party, why: &str) {
        let Some(known) = self.session(session) else { return };
        let people: Vec<PersonId> = known.expected(party).map(|(m, _)| m.person).collect();
        let by = known.adults(party).next().map(|(m, _)| m.person);
        let told = Some(Told { at: self.now, by, to: staff(DESK_HAND), channel: Channel::Phone });
        let record = Record::NotComing { session, people, why: Code::new(why), told };
        self.writes(&Command::Write(record), None, DESK_HAND);
        let record = Record::ToldOther { session, party: party.other(), channel: Channel::Phone };
        self.writes(&Command::Write(record), None, DESK_HAND);
    }

    /// The looks at a session: when each side comes, when they go over, when it ends.
    fn expect(&mut self, id: SessionId, luck: usize) {
        let (late_one, late_other) = (late(&mut self.dice), late(&mut self.dice));
        let Some((day, session)) = self.day().and_then(|d| Some((d, d.session(id)?))) else { return };
        let (gap, near) = (session.manner().gap, self.now);
        let start = day.local(session.plan.start, near);
        let end = day.local(session.plan.end, near);
        let due = |party| day.due_at(session, party, near);
        let (brings, visits) = (due(Party::Brings), due(Party::Visits));
        let minutes =
            |all: &[i64], from: Moment| -> Vec<Moment> { all.iter().map(|m| from + Duration::minutes(*m)).collect() };
        let (mut ours, mut theirs);
        if gap {
            ours = minutes(&[0, 1, 2], brings.min(start - Duration::minutes(15)));
            ours.extend(minutes(&[15, 16, 17, 18, 30, 45], end));
            theirs = minutes(&[0, 1, 2, 5], start);
            theirs.extend(minutes(&[-2, -1, 0, 1, 15], end));
        } else {
            // Now and then one side never comes, and nobody has word.
            ours = if luck == 99 { Vec::new() } else { minutes(&[0], brings + late_one) };
            theirs = if luck >= 98 { Vec::new() } else { minutes(&[0], visits + late_other) };
            theirs.extend(minutes(&[0, 12, 30], start));
            ours.extend(minutes(&[1, 3, 14, 16, 32, 34], start));
            ours.extend(minutes(&[-9, 0, 2, 4, 6, 20], end));
            theirs.extend(minutes(&[3, 9, 17, 24, 40], end));
        }
        let no = u32::from(session.plan.no);
        for (party, times) in [(Party::Brings, ours), (Party::Visits, theirs)] {
            for (n, at) in (0u8..).zip(times) {
                let second = Duration::seconds(i64::from(no * 7 % 60));
                self.visits.push(Visit(std::cmp::Reverse((at + second, no)), id, party, n));
            }
        }
    }

    fn door(&mut self, until: Moment) {
        while let Some(Visit(std::cmp::Reverse((at, _)), session, party, _)) = self.visits.pop() {
            if at > until {
                return;
            }
            self.now = at.max(self.now);
            self.step(session, party);
            if self.dice.below(600) == 0 {
                self.note(session);
            }
        }
    }

    /// The usual step of a side, as its card offers it; by the other door where the front one is not clear.
    fn step(&mut self, id: SessionId, party: Party) {
        let ids = self.maker.ids(self.now);
        let Some((day, session)) = self.day().and_then(|d| Some((d, d.session(id)?))) else { return };
        let (door, place) = day.usual_way(session, party);
        let asked = Stamp { at: self.now, now: self.now, by: staff(DESK_HAND), desk: DESK, ids };
        let ticked = usual_ticks(session, party);
        let command = match normally(&self.maker.register, self.day, id, party, &ticked, (&door, &place), &asked) {
            Step::Do(permission) => Command::May(permission),
            Step::Write(record) => Command::Write(record),
            Step::Ask(question) => match answered(session, party, question, &door, self.now) {
                Some(permission) => Command::May(permission),
                None => return,
            },
            Step::Wait(_) | Step::Nothing(_) => return,
        };
        if self.writes(&command, None, DESK_HAND).is_none()
            && let Command::May(permission) = command
        {
            self.writes(&Command::May(by_side_door(permission)), None, DESK_HAND);
        }
    }

    /// F8, a kind and a few words; the coordinator has seen it.
    fn note(&mut self, session: SessionId) {
        let Some(case) = self.session(session).map(|s| s.plan.case) else { return };
        let raise = Command::Note(NoteAct::Raise { session: Some(session), place: None });
        let Some(ids) = self.writes(&raise, None, DESK_HAND) else { return };
        let note: NoteId = ids.nth(0);
        let kind = self.day().and_then(|d| d.policy.kinds.first()).map(|k| k.code.clone());
        let words = Text::note(self.dice.pick::<&str>(&WORDS));
        let about = About::Session { session, case };
        self.writes(&Command::Note(NoteAct::Tell { note, about, kind, words, paper: None }), None, DESK_HAND);
        self.writes(&Command::Note(NoteAct::See { note }), None, COORDINATOR);
    }

    /// Heads are counted, questions answered, the day signed.
    fn close(&mut self) {
        let last = self.entries.iter().map(|e| e.occurred_at).max();
        self.now = last.map_or(self.now, |last| last.max(self.now)) + Duration::minutes(10);
        self.count();
        for _ in 0..200 {
            let asked = self.day().map(|d| close::questions(d, self.now)).unwrap_or_default();
            let Some(question) = asked.first() else { break };
            self.now += Duration::seconds(61);
            let answered = question.answers.iter().any(|choice| {
                let Some(command) = &choice.command else { return false };
                self.writes(command, choice.at, COORDINATOR).is_some()
            });
            if !answered {
                self.count();
            }
        }
        assert!(self.writes(&Command::Day(DayAct::Sign), None, COORDINATOR).is_some(), "{} is not signed", self.date);
    }

    fn count(&mut self) {
        let Some(heads) = self.day().map(Day::heads) else { return };
        let counted =
            Counted { children: heads.children, adults: heads.adults, team: heads.team, others: heads.others };
        self.writes(&Command::Day(DayAct::Count(counted)), None, COORDINATOR);
    }
}

/// How late a side is: one in eight is late indeed.
fn late(dice: &mut Dice) -> Duration {
    let minutes = match dice.below(8) {
        0 => 14 + dice.below(20),
        n => n,
    };
    Duration::minutes(minutes as i64 - 5)
}

/// The likely digit.
fn answered(session: &Session, party: Party, question: Question, door: &Code, now: Moment) -> Option<Permission> {
    let id = session.id();
    let walker: StaffId = staff(WALKERS[usize::from(session.plan.no) % WALKERS.len()]);
    Some(match question {
        Question::HowTold => return None,
        // Not before the time of the session.
        Question::WhoWalks { children, into, place } => {
            let early = now.naive_local().time() < session.plan.start;
            let into = Carer::Adult(into);
            return (!early).then_some(Permission::Walk { session: id, children, walker, place, into });
        }
        Question::WhoTakes { children } => {
            let collectors = || session.all().filter(|(m, _)| m.collects);
            let here = collectors().find(|(_, a)| a.is_in()).map(|(m, _)| m.person);
            let by: PersonId = here.or_else(|| collectors().next().map(|(m, _)| m.person))?;
            let (basis, door) = (Basis::Listed(by), door.clone());
            Permission::HandOver { session: id, children, basis, walker: Some(walker), door }
        }
        Question::WhoMeets { children, supervisor } => {
            Permission::Give { session: id, children, carer: Carer::Worker(supervisor.unwrap_or(walker)) }
        }
        Question::WhoGoes { children, adults, until } => {
            let journey = doorbook::domain::decide::Journey { until, ..Default::default() };
            let (adult, door) = (*adults.first()?, door.clone());
            Permission::TakeOut { session: id, children, adult, journey, door }
        }
        Question::WhoHas { people, .. } => {
            let back = matches!(party, Party::Visits);
            let place = session.plan.room.clone();
            let place = if back { place } else { Code::new("waiting") };
            Permission::LetIn { session: id, people, door: door.clone(), place, carer: Some(Carer::Worker(walker)) }
        }
    })
}

fn by_side_door(permission: Permission) -> Permission {
    let side = Code::new("side");
    match permission {
        Permission::LetIn { session, people, carer, .. } => {
            Permission::LetIn { session, people, door: side, place: Code::new("small"), carer }
        }
        Permission::LetGo { session, people, .. } => Permission::LetGo { session, people, door: side },
        Permission::HandOver { session, children, basis, walker, .. } => {
            Permission::HandOver { session, children, basis, walker, door: side }
        }
        other => other,
    }
}
