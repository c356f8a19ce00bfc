//! Anything that the domain can hold, by chance and by one seed: every event, with every variant inside it.
//!
//! `Chance::new(seed)` gives the same for ever; a failure prints its seed. Other tests take their entries from here.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use doorbook::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use doorbook::domain::codes::*;
use doorbook::domain::event::*;
use doorbook::domain::ids::{NoteId, SessionId};
use doorbook::domain::policy::{
    Code, Door, Item, NoteKind, Number, Place, Plan, Policy, Power, PowerOf, Reason, Route, Use,
};
use doorbook::domain::text::Text;
use uuid::Uuid;

pub struct Chance(u64);

const NAMES: &[&str] = &[
    "Siân",
    "Sia\u{302}n",
    "Łukasz",
    "Nguyễn",
    "王芳",
    "ليلى",
    "小明",
    "👨\u{200D}👩\u{200D}👧",
    "O\u{2019}Neill",
    "Thị Hồng",
    "Bartholomew-Christopher",
    "\"quoted\", \\ and /",
    "",
    "=1+1",
    "Mia H",
    "{}",
    "null",
];

const LEAVES: &[Leaves] =
    &[Leaves::Day, Leaves::Log, Leaves::Roll, Leaves::Sheets, Leaves::CaseFile, Leaves::Salvage, Leaves::Book];

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    pub fn flip(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flip().then(|| make(self))
    }

    fn many<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }

    fn bytes(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.next() as u8)
    }

    fn signature(&mut self) -> KeysSigned {
        KeysSigned { by: self.id(), signature: std::array::from_fn(|_| self.next() as u8) }
    }

    fn small(&mut self) -> u16 {
        (self.next() % 500) as u16
    }

    pub fn id<T: From<Uuid>>(&mut self) -> T {
        T::from(Uuid::from_u64_pair(self.next(), self.next()))
    }

    /// A name, of the list or of any characters at all; cleaned until cleaning changes nothing.
    pub fn name(&mut self) -> Text {
        settled(Text::name(&self.raw(40)), Text::name)
    }

    /// Several lines.
    pub fn words(&mut self) -> Text {
        let lines = self.many(4, |c| c.raw(80));
        settled(Text::note(&lines.join("\n")), Text::note)
    }

    pub fn raw(&mut self, most: usize) -> String {
        if self.below(4) > 0 {
            return self.pick(NAMES).to_owned();
        }
        self.many(most, |c| {
            let plane = c.pick(&[0x80, 0x300, 0x3000, 0x1_0000, 0x11_0000]);
            char::from_u32((c.next() % plane) as u32).unwrap_or('\u{301}')
        })
        .into_iter()
        .collect()
    }

    pub fn code(&mut self) -> Code {
        Code::new(self.pick(&["oak", "hall", "C-ILL", "METX", "side"]))
    }

    pub fn date(&mut self) -> NaiveDate {
        NaiveDate::from_ymd_opt(1930, 1, 1).unwrap() + Days::new(self.next() % 60_000)
    }

    pub fn time(&mut self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt((self.next() % 86_400) as u32, 0).unwrap()
    }

    fn local(&mut self) -> NaiveDateTime {
        self.date().and_time(self.time())
    }

    /// Any offset of whole minutes; sometimes with parts of a second.
    pub fn moment(&mut self) -> Moment {
        let minutes = i32::from(self.small()) - 250;
        let zone = self.pick(&[0, 0, 60, minutes]) * 60;
        let nanos = self.pick(&[0, 0, 7_000_000, 999_999_999]);
        let seconds = 1_700_000_000 + (self.next() % 1_000_000_000) as i64;
        DateTime::from_timestamp(seconds, nanos).unwrap().with_timezone(&FixedOffset::east_opt(zone).unwrap())
    }

    fn party(&mut self) -> Party {
        self.pick(Party::ALL)
    }

    fn carer(&mut self) -> Carer {
        if self.flip() { Carer::Adult(self.id()) } else { Carer::Worker(self.id()) }
    }

    pub fn plan(&mut self) -> Plan {
        Plan {
            first: self.party(),
            first_min: self.small(),
            second_min: self.small(),
            apart_min: self.maybe(Self::small),
            hold_min: self.small(),
            may_meet: self.flip(),
            routes: self.many(2, |c| Route { party: c.party(), door: c.code(), place: c.code() }),
        }
    }

    pub fn member(&mut self) -> Member {
        use Standing as S;
        Member {
            person: self.id(),
            side: self.pick(Side::ALL),
            standing: self.pick(&[S::Party, S::Visitor, S::VisitorSupervised, S::NotPermitted, S::Collector]),
            given: self.name(),
            family: self.name(),
            known_as: self.maybe(Self::name),
            born: self.maybe(Self::date),
            relation: self.name(),
            phone: self.maybe(Self::name),
            collects: self.flip(),
            origin: self.pick(Origin::ALL),
            dated: self.date(),
        }
    }

    pub fn instruction(&mut self) -> Instruction {
        let id: doorbook::domain::ids::InstructionId = self.id();
        Instruction {
            id,
            flag: self.pick(Flag::ALL),
            effect: self.pick(Effect::ALL),
            about: self.maybe(Self::id),
            party: self.maybe(Self::party),
            words: self.words(),
            reason: self.maybe(Self::words),
            consent: self.maybe(|c| c.pick(Consent::ALL)),
            origin: self.pick(Origin::ALL),
            from: self.date(),
            to: self.maybe(Self::date),
            // Not drawn: every other number stays as it was.
            limit: id.0.as_u128().is_multiple_of(3).then_some(7),
        }
    }

    pub fn pattern(&mut self) -> Pattern {
        Pattern {
            id: self.id(),
            weekday: Weekday::try_from(self.below(7) as u8).unwrap(),
            start: self.time(),
            end: self.time(),
            room: self.code(),
            every_weeks: self.small(),
            from: self.date(),
            to: self.maybe(Self::date),
            legs: self.maybe(|c| c.pick(Legs::ALL)),
        }
    }

    fn item(&mut self) -> Item {
        Item {
            code: self.code(),
            words: self.name(),
            digit: self.maybe(|c| c.below(10) as u8),
            stops: self.flip(),
            retired: self.flip(),
        }
    }

    fn reason(&mut self) -> Reason {
        Reason {
            code: self.code(),
            party: self.maybe(Self::party),
            of_child: self.flip(),
            words: self.name(),
            digit: self.maybe(|c| c.below(10) as u8),
            outside: self.name(),
            told: self.flip(),
            provisional: self.flip(),
            retired: self.flip(),
        }
    }

    fn place(&mut self) -> Place {
        Place {
            code: self.code(),
            name: self.name(),
            article: self.flip(),
            use_for: self.pick(&[Use::Lobby, Use::Waiting, Use::Contact, Use::Office, Use::Outside]),
            muster: self.below(2) as u8,
            retired: self.flip(),
        }
    }

    fn kind(&mut self) -> NoteKind {
        NoteKind {
            code: self.code(),
            words: self.name(),
            digit: self.maybe(|c| c.below(10) as u8),
            severity: 1 + self.below(4) as u8,
            hold: self.flip(),
            retired: self.flip(),
        }
    }

    pub fn policy(&mut self) -> Policy {
        let door = |c: &mut Self| Door { code: c.code(), name: c.name(), leads_to: c.code(), retired: c.flip() };
        let power = |c: &mut Self| PowerOf { power: c.pick(Power::ALL), roles: c.many(3, |c| c.pick(Role::ALL)) };
        Policy {
            version: self.next() as u32,
            centre: self.name(),
            zone: self.pick(&["Europe/London", "Europe/Dublin"]).to_owned(),
            plan: self.plan(),
            grace_min: self.small(),
            return_min: self.small(),
            apart_min: self.small(),
            gap_min: self.small(),
            overdue_min: self.small(),
            escalate_min: self.small(),
            report_days: self.small(),
            missed_limit: self.small(),
            refused_limit: self.small(),
            user_age: 16,
            address: self.name(),
            phone: self.name(),
            numbers: self.many(2, |c| Number { name: c.name(), number: c.name() }),
            places: self.many(3, Self::place),
            doors: self.many(2, door),
            reasons: self.many(3, Self::reason),
            no_part: self.many(2, Self::reason),
            early: self.many(2, Self::reason),
            pauses: self.many(2, Self::reason),
            owed: self.many(2, Self::reason),
            allowed: self.many(2, Self::reason),
            things: self.many(2, Self::item),
            messages: self.many(2, Self::item),
            kinds: self.many(2, Self::kind),
            powers: self.many(4, power),
        }
    }

    pub fn event(&mut self) -> Event {
        match self.below(6) {
            0 => Event::Centre(self.centre()),
            1 => Event::Case(self.case()),
            2 => Event::Day(self.day()),
            3 => Event::Door(self.door()),
            4 => Event::Note(self.note()),
            _ => Event::Amend(self.amend()),
        }
    }

    fn centre(&mut self) -> CentreEvent {
        match self.below(9) {
            3 => CentreEvent::AuthorisedUser(UserCard {
                staff: self.id(),
                title: self.name(),
                given: self.name(),
                family: self.name(),
                email: self.name(),
                job: self.name(),
                undertaking: self.maybe(Self::date),
                left: self.maybe(Self::date),
                age: self.pick(&[Age::Eighteen, Age::Sixteen]),
            }),
            4 => CentreEvent::KeysSet(KeysSet {
                version: self.next(),
                epoch: self.next() as u32,
                sum: self.bytes(),
                added: self.many(3, |c| UserKeys { staff: c.id(), seals: c.bytes(), signs: c.bytes() }),
                removed: self.many(2, Self::id),
                groups: self.many(3, |c| GroupKey {
                    group: c.pick(&[Readers::Concern, Readers::Allegation, Readers::Lead, Readers::Chair]),
                    generation: c.next() as u32,
                    seals: c.bytes(),
                }),
                act: self.maybe(Self::signature),
                signed: Some(self.signature()),
            }),
            5 => CentreEvent::DayNote { day: self.id(), note: format!("{}\n\n{}\n", self.raw(40), self.raw(40)) },
            6 => CentreEvent::Viewed { case: self.id() },
            7 => CentreEvent::Exported {
                what: self.pick(LEAVES),
                date: self.maybe(Self::date),
                case: self.maybe(Self::id),
            },
            8 => CentreEvent::WrongTries { staff: self.id(), count: self.next() as u32 },
            0 => CentreEvent::RegisterMade {
                register: self.id(),
                kind: match self.maybe(|c| c.maybe(Self::local)) {
                    None => RegisterKind::Real,
                    Some(starts) => RegisterKind::Practice { starts },
                },
            },
            1 => CentreEvent::PolicySet(Box::new(self.policy())),
            _ => CentreEvent::StaffListed(StaffCard {
                staff: self.id(),
                number: self.below(256) as u8,
                given: self.name(),
                family: self.name(),
                role: self.pick(Role::ALL),
                left: self.flip(),
            }),
        }
    }

    fn case(&mut self) -> CaseEvent {
        let case = self.id();
        match self.below(10) {
            0 => CaseEvent::CaseOpened(CaseHead {
                case,
                code: self.name(),
                kind: self.pick(ContactKind::ALL),
                referral: self.pick(Referral::ALL),
                opened: self.date(),
                closed: self.maybe(Self::date),
                plan: self.maybe(Self::plan),
                supervisor: self.maybe(Self::id),
                offsite: self.maybe(|c| c.pick(Offsite::ALL)),
            }),
            1 => CaseEvent::MemberListed { case, member: Box::new(self.member()) },
            2 => CaseEvent::InstructionGiven { case, instruction: Box::new(self.instruction()) },
            3 => CaseEvent::InstructionWithdrawn { case, instruction: self.id() },
            4 => CaseEvent::PatternSet { case, pattern: self.pattern() },
            5 => CaseEvent::KeptApart { case, one: self.id(), other: self.id(), why: self.maybe(Self::words) },
            6 => CaseEvent::FamiliesApart { case, other: self.id(), why: self.maybe(Self::words) },
            7 => CaseEvent::FamiliesApartClosed { case, other: self.id(), why: self.maybe(Self::words) },
            8 => CaseEvent::PersonMerged { case, gone: self.id(), into: self.id() },
            _ => CaseEvent::ApartClosed { case, one: self.id(), other: self.id(), why: self.maybe(Self::words) },
        }
    }

    fn counted(&mut self) -> Counted {
        Counted { children: self.small(), adults: self.small(), team: self.small(), others: self.small() }
    }

    fn day(&mut self) -> DayEvent {
        match self.below(12) {
            0 => DayEvent::Opened { date: self.date(), policy: self.next() as u32 },
            1 => DayEvent::SessionExpected(Box::new(self.expected())),
            2 => DayEvent::DeskTaken { staff: self.id() },
            3 => DayEvent::StaffCame { staff: self.id(), place: self.maybe(Self::code) },
            4 => DayEvent::StaffWent { staff: self.id() },
            5 => DayEvent::VisitorCame {
                visitor: self.id(),
                name: self.name(),
                what: self.name(),
                place: self.code(),
                session: self.maybe(Self::id),
            },
            11 => DayEvent::Resumed { minutes: self.next() as u32, inside: self.small(), so: self.flip() },
            6 => DayEvent::VisitorWent { visitor: self.id() },
            7 => DayEvent::MusterHeld { seen: self.small(), of: self.small(), seconds: self.next() as u32 },
            8 => DayEvent::Counted(self.counted()),
            9 => DayEvent::Signed(self.signed()),
            _ => DayEvent::Reopened { why: self.words() },
        }
    }

    fn signed(&mut self) -> Signed {
        let (by, close, counted) = (self.id(), self.small(), self.counted());
        let (held, not_held, entries) = (self.small(), self.small(), self.next() as u32);
        // No draw of its own: what comes after it stays as it was before there was a second signature.
        let second = match entries % 3 {
            0 => None,
            1 => Some(Second::By { staff: by }),
            _ => Some(Second::Alone { why: Alone::ALL[entries as usize / 3 % Alone::ALL.len()] }),
        };
        Signed { by, close, counted, held, not_held, entries, second }
    }

    fn expected(&mut self) -> Expected {
        Expected {
            session: self.id(),
            no: self.small(),
            case: self.id(),
            code: self.name(),
            kind: self.pick(ContactKind::ALL),
            start: self.time(),
            end: self.time(),
            room: self.code(),
            plan: self.plan(),
            people: self.many(3, Self::member),
            instructions: self.many(2, Self::instruction),
            apart: self.many(2, |c| (c.id(), c.id())),
            pattern: self.maybe(Self::id),
            supervisor: self.maybe(Self::id),
            legs: self.maybe(|c| c.pick(Legs::ALL)),
            offsite: self.maybe(|c| c.pick(Offsite::ALL)),
        }
    }

    fn door(&mut self) -> DoorEvent {
        let session = self.id();
        let (person, child) = (self.id(), self.id());
        let (place, door, why) = (self.code(), self.code(), self.code());
        if self.flip() {
            return self.course(session);
        }
        match self.below(17) {
            0 => DoorEvent::Arrived { session, person, door, place, carer: self.maybe(Self::carer) },
            1 => DoorEvent::Walked { session, child, walker: self.id(), place, into: self.carer() },
            2 => DoorEvent::Moved { session, person, place },
            3 => DoorEvent::GivenTo { session, child, carer: self.carer() },
            4 => DoorEvent::WentOut { session, person, door, out: self.out() },
            5 => DoorEvent::CameBack { session, person, door, place, carer: self.maybe(Self::carer) },
            6 => DoorEvent::ChildLeft { session, child, door, basis: self.basis(), leaving: self.leaving() },
            7 => DoorEvent::AdultLeft { session, person, door, leaving: self.leaving() },
            8 => DoorEvent::SidesMet { session, place },
            9 => DoorEvent::EndedEarly { session, party: self.maybe(Self::party), why },
            10 => DoorEvent::KeptHere { session, child, with: self.id() },
            11 => DoorEvent::NotComing { session, person, why, told: self.maybe(Self::told) },
            12 => DoorEvent::OnTheWay { session, party: self.party(), expected: self.maybe(Self::moment) },
            13 => DoorEvent::OtherSideTold { session, party: self.party(), channel: self.pick(Channel::ALL) },
            14 => DoorEvent::NotAdmitted { session, person, why },
            15 => DoorEvent::UnlistedCame { session, party: self.party(), name: self.name() },
            _ => DoorEvent::TookNoPart { session, child, why, tried_from: self.moment() },
        }
    }

    fn course(&mut self, session: SessionId) -> DoorEvent {
        let (person, why, staff) = (self.id(), self.code(), self.id());
        match self.below(17) {
            0 => DoorEvent::SupervisorNamed { session, staff },
            1 => DoorEvent::Paused { session, why, decided: staff },
            2 => DoorEvent::Resumed { session },
            3 => DoorEvent::TenMinutesCalled { session },
            4 => DoorEvent::MinutesOwed { session, minutes: self.small(), party: self.party(), why },
            5 => DoorEvent::ReportDue { session, owner: staff, due: self.date() },
            6 => DoorEvent::JoinedOnLine { session, person },
            7 => DoorEvent::LeftOnLine { session, person },
            8 => DoorEvent::Called {
                session,
                person: self.maybe(Self::id),
                number: self.maybe(Self::name),
                answer: self.pick(CallAnswer::ALL),
            },
            9 => DoorEvent::SocialWorkerTold { session, channel: self.pick(Channel::ALL) },
            10 => {
                DoorEvent::ThingKept { session, thing: self.id(), what: why, party: self.party(), place: self.name() }
            }
            11 => DoorEvent::ThingGivenBack { session, thing: self.id() },
            12 => DoorEvent::Allowed {
                session,
                rules: self.many(3, |c| c.pick(Rule::ALL)),
                by: staff,
                how: self.pick(How::ALL),
                why,
            },
            13 => DoorEvent::ApartSet { session, one: person, other: self.id(), apart: self.flip() },
            14 => DoorEvent::InstructionSet { session, instruction: Box::new(self.instruction()) },
            15 => DoorEvent::InstructionLifted { session, instruction: self.id() },
            _ => DoorEvent::Cancelled { session, why },
        }
    }

    fn out(&mut self) -> OutFor {
        if self.flip() {
            return OutFor::Reachable;
        }
        OutFor::WithVisiting {
            adult: self.id(),
            until: self.maybe(Self::moment),
            to: self.name(),
            number: self.maybe(Self::name),
            worker: self.maybe(Self::id),
        }
    }

    fn leaving(&mut self) -> Leaving {
        self.pick(&[Leaving::LetGo, Leaving::WithChild, Leaving::Seen, Leaving::SeenAbout, Leaving::Unseen])
    }

    fn basis(&mut self) -> Basis {
        match self.below(6) {
            0 => Basis::Listed(self.id()),
            4 => Basis::Home { said_by: self.id() },
            3 => Basis::Handover(self.id()),
            1 => Basis::Verified { name: self.name(), coordinator: self.id(), number: self.name() },
            2 => Basis::Agency { agency: self.name(), name: self.name(), number: self.name(), decided: self.name() },
            _ => Basis::TakenWithoutUs { by: self.maybe(Self::id) },
        }
    }

    fn told(&mut self) -> Told {
        Told { at: self.moment(), by: self.maybe(Self::id), to: self.id(), channel: self.pick(Channel::ALL) }
    }

    fn note(&mut self) -> NoteEvent {
        let note = self.id();
        match self.below(6) {
            4 => NoteEvent::MessageLeft {
                message: note,
                session: self.maybe(Self::id),
                kind: self.code(),
                words: self.words(),
            },
            5 => NoteEvent::MessageDone { message: note },
            0 => NoteEvent::Raised {
                note,
                no: self.small(),
                session: self.maybe(Self::id),
                place: self.maybe(Self::code),
            },
            1 => NoteEvent::Told {
                note,
                account: Readable::Open(Account {
                    about: match self.below(3) {
                        0 => About::Session { session: self.id(), case: self.id() },
                        1 => About::Nobody(self.id()),
                        _ => About::Worker { file: self.id(), staff: self.id() },
                    },
                    kind: self.maybe(Self::code),
                    words: self.words(),
                    paper: self.maybe(Self::name),
                }),
                to: self.pick(&[Readers::Concern, Readers::Allegation, Readers::Lead, Readers::Chair]),
            },
            2 => NoteEvent::Mistaken { note },
            _ => NoteEvent::Seen { note },
        }
    }

    fn amend(&mut self) -> Amendment {
        match self.below(9) {
            6 => Amendment::Answered(Answer::Confirmed { entry: self.id() }),
            7 => Amendment::Answered(Answer::Denied { entry: self.id() }),
            8 => Amendment::Answered(Answer::Noted { about: self.id::<NoteId>().0, check: self.below(20) as u8 }),
            0 => Amendment::Undone { act: self.id() },
            1 => Amendment::TimeSet { entry: self.id(), at: self.moment() },
            2 => Amendment::Answered(Answer::Known { entry: self.id() }),
            3 => Amendment::Answered(Answer::CountStands { counted: self.counted() }),
            4 => {
                Amendment::Answered(Answer::NoteStands { note: self.id(), why: self.maybe(|c| c.pick(LeftOpen::ALL)) })
            }
            _ => Amendment::Answered(Answer::SessionStands { session: self.id() }),
        }
    }

    /// A whole entry about an event.
    pub fn entry_of(&mut self, event: Event) -> Entry {
        Entry {
            id: self.id(),
            act: self.id(),
            occurred_at: self.moment(),
            recorded_at: self.moment(),
            by: if self.flip() { By::Staff(self.id()) } else { By::Program },
            desk: self.id(),
            source: match self.below(4) {
                0 => Source::Desk,
                1 => Source::Paper { sheet: self.next() as u32, line: self.next() as u32 },
                2 => Source::Import { file: self.name(), line: self.next() as u32 },
                _ => Source::Outbox { desk: self.id() },
            },
            against: self.many(3, |c| c.pick(Rule::ALL)),
            day: self.maybe(Self::id),
            file: match self.below(4) {
                0 => FileRef::Centre,
                1 => FileRef::Staff(self.id()),
                2 => FileRef::Case(self.id()),
                _ => FileRef::Apart(self.id()),
            },
            event: Readable::Open(event),
        }
    }

    pub fn entry(&mut self) -> Entry {
        let event = self.event();
        self.entry_of(event)
    }

    pub fn entries(&mut self, n: usize) -> Vec<Entry> {
        (0..n).map(|_| self.entry()).collect()
    }
}

fn settled(mut text: Text, clean: fn(&str) -> Text) -> Text {
    for _ in 0..8 {
        text = clean(text.as_str());
    }
    text
}
