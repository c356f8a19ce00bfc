//! What normally comes next: the Enter line is this value and nothing else, and Enter does it.

mod handover;
mod supervised;
mod supported;
mod video;

use crate::domain::case::Member;
use crate::domain::codes::{Legs, Moment, Party};
use crate::domain::day::{Attendance, Day, Presence, Session};
use crate::domain::decide::{Command, Permission, Record, Stamp, decide};
use crate::domain::event::Carer;
use crate::domain::ids::{DayId, PersonId, SessionId, StaffId};
use crate::domain::kind::{During, TakesPart};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;

/// What Enter does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// This, at once: it changes nobody's responsibility for a child.
    Do(Permission),
    /// Writes this, at once: it needs no leave.
    Write(Record),
    /// Asks a question that a digit answers.
    Ask(Question),
    /// Not now; why.
    Wait(Refusal),
    /// Nothing is to be done on this side.
    Nothing(Idle),
}

/// A question that a digit answers, after showing the names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Who walks these children over?
    WhoWalks {
        /// The children.
        children: Vec<PersonId>,
        /// The adult who is to have them.
        into: PersonId,
        /// Where.
        place: Code,
    },
    /// Who takes these children?
    WhoTakes {
        /// The children.
        children: Vec<PersonId>,
    },
    /// Which worker has these children from here on, in the same place: the supervisor who meets them, or whoever has
    /// them between the two sides of a handover?
    WhoMeets {
        /// The children.
        children: Vec<PersonId>,
        /// The supervisor of the session, who is the likely answer.
        supervisor: Option<StaffId>,
    },
    /// How was this side told that there is no contact?
    HowTold,
    /// With whom do these children go out?
    WhoGoes {
        /// The children.
        children: Vec<PersonId>,
        /// Adults of the side that visits who are here.
        adults: Vec<PersonId>,
        /// When they are to be back; `None`: they do not come back today.
        until: Option<Moment>,
    },
    /// They are brought back: which worker has the children?
    WhoHas {
        /// Everyone who comes in, adults too.
        people: Vec<PersonId>,
        /// The children among them.
        children: Vec<PersonId>,
    },
}

/// Why there is nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// The other side is awaited.
    OtherSide,
    /// Together, until the end.
    Together(Moment),
    /// This side does not come today.
    NotToday,
    /// Everyone of this side has left.
    Gone,
    /// Nobody is ticked.
    Nobody,
    /// It is for the other side's card.
    OtherCard,
}

/// Whom an act on this card is about, if nobody changes the ticks: those who are out, else those who are here, else
/// those who are expected.
pub fn usual_ticks(session: &Session, party: Party) -> Vec<PersonId> {
    let pick = |wanted: fn(&Member, &Attendance) -> bool| -> Vec<PersonId> {
        session.side(party).filter(|(m, a)| wanted(m, a)).map(|(m, _)| m.person).collect()
    };
    let out = pick(|_, a| matches!(a.presence(), Presence::Out(_)));
    // One-to-one, children who are here with the worker come before an adult who is out.
    let wait = |a: &Attendance| matches!(a.carer(), Some(Carer::Worker(_))) && a.is_in() && !session.with_visiting(a);
    let by_worker = session.plan.kind.is_supervised() && party == Party::Brings;
    let with_worker = by_worker && session.children().any(|(_, a)| wait(a));
    if !out.is_empty() && !with_worker {
        return out;
    }
    let here = pick(|_, a| a.is_in() || a.is_on_line());
    if !here.is_empty() {
        return here;
    }
    if !session.awaits(party) {
        return Vec::new();
    }
    if by_video(session) && party == Party::Visits {
        // A call that broke off is joined again.
        return pick(|m, a| m.is_expected() && !matches!(a.presence(), Presence::NotComing(_) | Presence::NotAdmitted));
    }
    pick(|m, a| m.is_expected() && matches!(a.presence(), Presence::Expected))
}

/// The card that is for now: the side that brings while it has a next step, else the other. Where children are only
/// brought back, the side that visits comes first.
pub fn usual_card(register: &Register, day: DayId, session: SessionId, stamp: &Stamp) -> Party {
    let has_step = |party| has_step(register, day, session, party, stamp);
    let session = register.days.get(&day).and_then(|d| d.session(session));
    let is_brought_back = session.is_some_and(|s| s.legs() == Some(Legs::Back) && !s.side_came(Party::Visits));
    let first = if is_brought_back { Party::Visits } else { Party::Brings };
    if has_step(first) || !has_step(first.other()) { first } else { first.other() }
}

/// Does Enter do anything on this card, as it opens?
pub fn has_step(register: &Register, day: DayId, session: SessionId, party: Party, stamp: &Stamp) -> bool {
    let Some(s) = register.days.get(&day).and_then(|d| d.session(session)) else { return false };
    let way = register.days.get(&day).map(|d| d.usual_way(s, party));
    let Some((door, place)) = way else { return false };
    let ticked = usual_ticks(s, party);
    !matches!(next_step(register, day, session, party, &ticked, (&door, &place), stamp), Step::Nothing(_))
}

/// What Enter does on this card, with these people ticked, by this way in.
pub fn next_step(
    register: &Register,
    day: DayId,
    session: SessionId,
    party: Party,
    ticked: &[PersonId],
    way: (&Code, &Code),
    stamp: &Stamp,
) -> Step {
    match normally(register, day, session, party, ticked, way, stamp) {
        Step::Do(permission) => match decide(register, day, &Command::May(permission.clone()), stamp) {
            Ok(_) => Step::Do(permission),
            Err(refusal) => Step::Wait(refusal),
        },
        other => other,
    }
}

/// What normally comes next, before the rules are asked: what somebody with the power may allow, and what a line of the
/// paper sheet says that was done.
pub fn normally(
    register: &Register,
    day: DayId,
    session: SessionId,
    party: Party,
    ticked: &[PersonId],
    way: (&Code, &Code),
    stamp: &Stamp,
) -> Step {
    let Some(open) = register.days.get(&day) else { return Step::Wait(Refusal::NotOpen) };
    let Some(known) = open.session(session) else { return Step::Wait(Refusal::Unknown) };
    if open.is_signed() {
        return Step::Wait(Refusal::Signed);
    }
    let away: Vec<PersonId> = ticked.iter().copied().filter(|p| known.of(*p).is_some_and(|a| !a.is_in())).collect();
    let at_hand = AtHand { day: open, session: known, ticked, at: stamp.at };
    // A pause that runs into the end is not gone on with: the children go home from where they are.
    let goes_on = known.is_paused() && stamp.at < open.local(known.plan.end, stamp.at);
    if goes_on && known.side_in(party) {
        Step::Do(Permission::Resume { session })
    } else if is_to_be_told(known, party, ticked) {
        Step::Ask(Question::HowTold)
    } else if !away.is_empty() && (party == Party::Brings || !by_video(known)) {
        comes_in(known, away, way)
    } else if ticked.is_empty() {
        Step::Nothing(idle(known, party))
    } else {
        usual_step(at_hand, party)
    }
}

/// This side is to be told that there is no contact, and nobody has ticked by hand that they came all the same.
fn is_to_be_told(session: &Session, party: Party, ticked: &[PersonId]) -> bool {
    crate::domain::due::to_be_told(session) == Some(party)
        && !session.side_in(party)
        && ticked == usual_ticks(session, party).as_slice()
}

/// What a step looks at.
#[derive(Clone, Copy)]
struct AtHand<'a> {
    day: &'a Day,
    session: &'a Session,
    ticked: &'a [PersonId],
    at: Moment,
}

/// By the kind of contact: one module each.
fn usual_step(at_hand: AtHand<'_>, party: Party) -> Step {
    let manner = at_hand.session.manner();
    if manner.gap {
        return handover::step(at_hand, party);
    }
    if by_video(at_hand.session) {
        return video::step(at_hand, party);
    }
    match (manner.carer, party) {
        (During::Supervisor, _) => supervised::step(at_hand, party),
        (_, Party::Brings) => supported::brings(at_hand),
        (_, Party::Visits) => supported::visits(at_hand),
    }
}

fn by_video(session: &Session) -> bool {
    session.manner().visits == TakesPart::OnLine
}

/// They come in, for the first time or again. Children who are brought by the side that visits come to a worker: the
/// one who went along, else the one that a digit names.
fn comes_in(session: &Session, people: Vec<PersonId>, (door, place): (&Code, &Code)) -> Step {
    let is_brought = |p: &&PersonId| {
        let known = session.member(**p).zip(session.of(**p));
        known.is_some_and(|(m, a)| m.is_child() && session.comes_with(m, a) == Party::Visits)
    };
    let children: Vec<PersonId> = people.iter().filter(is_brought).copied().collect();
    let carer = children.iter().find_map(|c| session.of(*c)).and_then(Attendance::carer);
    let along = carer.filter(|c| matches!(c, Carer::Worker(_)));
    if !children.is_empty() && along.is_none() {
        return Step::Ask(Question::WhoHas { people, children });
    }
    let (session, door, place) = (session.id(), door.clone(), place.clone());
    Step::Do(Permission::LetIn { session, people, door, place, carer: along })
}

/// Children of the ticked who are here.
pub fn children_in(session: &Session, ticked: &[PersonId]) -> Vec<PersonId> {
    session.children().filter(|(m, a)| a.is_in() && (ticked.contains(&m.person))).map(|(m, _)| m.person).collect()
}

/// People leave by the door that they came in by; once the two sides have met, by the door that the plan has for this
/// side, if it has one: the way in that they took is the one on which they met.
pub fn leaving_door(day: &Day, session: &Session, people: &[PersonId], party: Party) -> Code {
    if let Some(route) = day.route(session, party).filter(|_| !session.met.is_empty()) {
        return route.door.clone();
    }
    let door = people.iter().find_map(|p| session.of(*p).and_then(|a| a.door_in()));
    door.cloned().unwrap_or_else(|| day.usual_way(session, party).0)
}

fn idle(session: &Session, party: Party) -> Idle {
    if session.side_absent(party) || !session.awaits(party) {
        Idle::NotToday
    } else if session.side_in(party) {
        Idle::Nobody
    } else if session.side_came(party) {
        Idle::Gone
    } else {
        Idle::Nobody
    }
}
