//! What was done: one line as it may be read in the lobby, and one as the day's log has it.

use crate::app::state::App;
use crate::app::words::{allowed, coordinator, hm, lettered, list, party, place, short};
use crate::domain::codes::Party;
use crate::domain::day::{Day, Session};
use crate::domain::event::{
    About, Amendment, Basis, Carer, CentreEvent, DayEvent, DoorEvent, Entry, Event, Leaving, NoteEvent, OutFor, Second,
};
use crate::domain::ids::{PersonId, StaffId};

/// What an act did, as it may be read in the lobby: of a family whose card must be read first, the number only.
pub fn saved(app: &App, entries: &[Entry]) -> String {
    if let Some(Event::Centre(CentreEvent::PolicySet(policy))) = entries.first().and_then(|e| e.event.open()) {
        return crate::app::policy::saved(app, policy.version);
    }
    let of = entries.first().and_then(|e| e.day).and_then(|day| app.register.days.get(&day));
    let Some(day) = of.or_else(|| app.day()) else { return String::new() };
    let is_door = |e: &Entry| if let Some(Event::Door(event)) = e.event.open() { Some(event.clone()) } else { None };
    let mut doors = entries.iter().filter_map(is_door);
    match doors.next() {
        // What was allowed is said; who allowed it stands behind it.
        Some(DoorEvent::Allowed { by, how, session, .. }) => {
            let says = doors.next().map(|event| door_saved(app, day, &event, entries)).unwrap_or_default();
            let number_only = !app.staff_view() && day.session(session).is_none_or(Session::must_read);
            return if number_only { says } else { format!("{says}, {}", allowed(app, by, how)) };
        }
        Some(event) => return door_saved(app, day, &event, entries),
        None => {}
    }
    match entries.first().and_then(|e| e.event.open()) {
        Some(Event::Day(event)) => day_saved(app, entries, event),
        Some(Event::Note(event)) => note_saved(app, day, event),
        Some(Event::Amend(Amendment::Undone { .. })) => "taken back".to_owned(),
        Some(Event::Amend(Amendment::TimeSet { at, .. })) => format!("the time is {} now", hm(*at)),
        Some(Event::Amend(Amendment::Answered(_))) => "answered".to_owned(),
        Some(Event::Case(_)) => "written on file".to_owned(),
        _ => String::new(),
    }
}

fn door_saved(app: &App, day: &Day, event: &DoorEvent, entries: &[Entry]) -> String {
    let Some(session) = day.session(event.session()) else { return String::new() };
    let no = format!("No {}", session.plan.no);
    if session.must_read() && !app.staff_view() {
        return format!("{no}, saved");
    }
    let left = |e: &Entry| matches!(e.event.open(), Some(Event::Door(DoorEvent::ChildLeft { .. })));
    if entries.iter().any(left) {
        return format!("{no}: the children have left");
    }
    // The other side may be the next to read it: of the side that visits, no place.
    let brings = event.person().and_then(|p| session.member(p)).is_some_and(|m| m.party() == Party::Brings);
    match event {
        DoorEvent::Arrived { place: to, .. } | DoorEvent::CameBack { place: to, .. } if brings => {
            format!("{no} is here, {}", place(&day.policy, to))
        }
        DoorEvent::Arrived { .. } | DoorEvent::CameBack { .. } => format!("{no} is here"),
        DoorEvent::Walked { .. } => format!("{no}: walked over"),
        DoorEvent::Moved { .. } => format!("{no} is in another place"),
        DoorEvent::AdultLeft { .. } => format!("{no}: one side has left"),
        DoorEvent::WentOut { out: OutFor::WithVisiting { until: Some(until), .. }, .. } => {
            format!("{no}: out, back {}", hm(*until))
        }
        DoorEvent::WentOut { out: OutFor::WithVisiting { .. }, .. } => format!("{no}: out"),
        DoorEvent::WentOut { out: OutFor::Reachable, .. } => format!("{no}: out, can be rung"),
        DoorEvent::NotComing { .. } => format!("{no}: not coming"),
        DoorEvent::Cancelled { .. } => format!("{no}: not today"),
        DoorEvent::OnTheWay { .. } => format!("{no}: on the way"),
        DoorEvent::OtherSideTold { .. } => format!("{no}: told"),
        DoorEvent::KeptHere { .. } => format!("{no}: stays here"),
        _ => course_saved(app, &no, event, entries),
    }
}

/// How contact goes, and what needs no word of its own.
fn course_saved(app: &App, no: &str, event: &DoorEvent, entries: &[Entry]) -> String {
    match event {
        DoorEvent::GivenTo { .. } => format!("{no}: a worker has the children"),
        DoorEvent::Called { .. } => format!("{no}: rung, it is written"),
        // What kind of contact it is, is not for a lobby.
        DoorEvent::Paused { .. } | DoorEvent::Resumed { .. } | DoorEvent::TenMinutesCalled { .. }
            if !app.staff_view() =>
        {
            format!("{no} is written")
        }
        DoorEvent::Paused { .. } => format!("{no}: paused"),
        DoorEvent::Resumed { .. } => format!("{no}: goes on"),
        DoorEvent::TenMinutesCalled { .. } => format!("{no}: ten minutes left, it was said"),
        DoorEvent::JoinedOnLine { .. } => format!("{no}: the call is on"),
        DoorEvent::LeftOnLine { .. } => format!("{no}: the call is over"),
        DoorEvent::TookNoPart { .. } | DoorEvent::NotAdmitted { .. } => format!("{no} is written"),
        _ if entries.iter().any(|e| matches!(e.event.open(), Some(Event::Note(_)))) => {
            format!("{no} is written; {} sees it", coordinator(app))
        }
        _ => format!("{no} is written"),
    }
}

fn day_saved(app: &App, entries: &[Entry], event: &DayEvent) -> String {
    let name = |staff: &StaffId| app.register.staff_name(*staff).to_owned();
    let took = entries.iter().find_map(|e| match e.event.open() {
        Some(Event::Day(DayEvent::DeskTaken { staff })) => Some(name(staff)),
        _ => None,
    });
    match (event, took) {
        (DayEvent::Opened { .. }, _) => "the day is open".to_owned(),
        (_, Some(name)) => format!("{name} has the desk"),
        (DayEvent::StaffCame { staff, place: Some(at) }, _) => format!("{}: {}", name(staff), place(&app.policy(), at)),
        (DayEvent::StaffCame { staff, .. }, _) => format!("{} is on shift", name(staff)),
        (DayEvent::StaffWent { staff }, _) => format!("{} is off shift", name(staff)),
        (DayEvent::VisitorCame { .. }, _) => "one other in the building".to_owned(),
        (DayEvent::VisitorWent { .. }, _) => "one other has left".to_owned(),
        (DayEvent::MusterHeld { seen, of, .. }, _) => format!("the roll: {seen} of {of} seen"),
        (DayEvent::Counted(_), _) => "heads are counted".to_owned(),
        (DayEvent::Signed(signed), _) => match signed.second {
            Some(Second::By { staff }) => format!("the day is signed by {} and {}", name(&signed.by), name(&staff)),
            _ => format!("the day is signed by {}", name(&signed.by)),
        },
        (DayEvent::Reopened { .. }, _) => "the day is open again".to_owned(),
        (DayEvent::Resumed { minutes, inside, so: true }, _) => {
            format!("shut for {minutes} minutes; {inside} in, as before")
        }
        (DayEvent::Resumed { minutes, inside, so: false }, _) => {
            format!("shut for {minutes} minutes; {inside} in, to be gone through")
        }
        _ => String::new(),
    }
}

/// The note that it is of is about one of the team.
fn is_about_worker(day: &Day, event: &NoteEvent) -> bool {
    let of = match event {
        NoteEvent::Told { about: About::Worker { .. }, .. } => return true,
        NoteEvent::Raised { note, .. }
        | NoteEvent::Told { note, .. }
        | NoteEvent::Mistaken { note }
        | NoteEvent::Seen { note } => *note,
        NoteEvent::MessageLeft { .. } | NoteEvent::MessageDone { .. } => return false,
    };
    day.notes.iter().any(|n| n.id == of && n.is_about_worker())
}

fn note_saved(app: &App, day: &Day, event: &NoteEvent) -> String {
    if is_about_worker(day, event) {
        return "written".to_owned();
    }
    let no = |id| day.notes.iter().find(|n| n.id == id).map_or(0, |n| n.no);
    match event {
        NoteEvent::Raised { note, .. } => format!("note {} for {}", no(*note), coordinator(app)),
        NoteEvent::Told { note, .. } => format!("note {} is with {}", no(*note), coordinator(app)),
        NoteEvent::Mistaken { note } => format!("note {}: pressed by mistake", no(*note)),
        NoteEvent::Seen { note } => format!("note {} is seen", no(*note)),
        NoteEvent::MessageLeft { .. } => format!("a message for {}", coordinator(app)),
        NoteEvent::MessageDone { .. } => "a message was dealt with".to_owned(),
    }
}

/// What one entry says, for the day's log (staff view): no account of a note, no reason of an absence.
pub fn entry(app: &App, day: &Day, entry: &Entry) -> String {
    match entry.event.open() {
        Some(Event::Door(event)) => door(app, day, event),
        Some(Event::Day(DayEvent::SessionExpected(plan))) => format!("No {} is expected, {}", plan.no, plan.code),
        Some(Event::Day(event)) => day_saved(app, std::slice::from_ref(entry), event),
        // One about a worker stands in no log: it is the safeguarding lead's and the chair's.
        Some(Event::Note(event)) if is_about_worker(day, event) => String::new(),
        Some(Event::Note(event)) => note_saved(app, day, event),
        Some(Event::Amend(Amendment::Undone { .. })) => "took an act back".to_owned(),
        Some(Event::Amend(Amendment::TimeSet { at, .. })) => format!("corrected a time to {}", hm(*at)),
        Some(Event::Amend(Amendment::Answered(_))) => "answered a question of the close".to_owned(),
        _ => String::new(),
    }
}

/// What one entry says in lobby view: a number and a verb, no name, no reason; of a family whose card must be read first
/// the number only.
pub fn entry_in_lobby(app: &App, day: &Day, entry: &Entry) -> String {
    match entry.event.open() {
        Some(Event::Door(event)) => {
            let session = day.session(event.session());
            let verb = match event {
                _ if session.is_none_or(Session::must_read) => "is written".to_owned(),
                DoorEvent::Allowed { by, how, .. } if session.is_some_and(|s| !s.must_read()) => {
                    allowed(app, *by, *how)
                }
                event => verb(event).to_owned(),
            };
            format!("No {}  {verb}", session.map_or(0, |s| s.plan.no))
        }
        Some(Event::Day(DayEvent::SessionExpected(plan))) => format!("No {}  is expected", plan.no),
        // How many notes there are is all that a lobby may read of them.
        Some(Event::Note(_)) => String::new(),
        _ => self::entry(app, day, entry),
    }
}

fn verb(event: &DoorEvent) -> &'static str {
    match event {
        DoorEvent::Arrived { .. } => "came",
        DoorEvent::CameBack { .. } => "came back",
        DoorEvent::Walked { .. } => "walked",
        DoorEvent::Moved { .. } => "another place",
        DoorEvent::WentOut { .. } => "out",
        DoorEvent::ChildLeft { .. } | DoorEvent::AdultLeft { .. } => "left",
        DoorEvent::NotComing { .. } => "not today",
        DoorEvent::OnTheWay { .. } => "on the way",
        DoorEvent::OtherSideTold { .. } => "told",
        DoorEvent::GivenTo { .. }
        | DoorEvent::SidesMet { .. }
        | DoorEvent::EndedEarly { .. }
        | DoorEvent::KeptHere { .. }
        | DoorEvent::NotAdmitted { .. }
        | DoorEvent::UnlistedCame { .. }
        | DoorEvent::TookNoPart { .. } => "is written",
        DoorEvent::JoinedOnLine { .. } | DoorEvent::LeftOnLine { .. } => "on line",
        DoorEvent::Paused { .. } => "paused",
        DoorEvent::Resumed { .. } => "goes on",
        _ => "is written",
    }
}

fn door(app: &App, day: &Day, event: &DoorEvent) -> String {
    let Some(session) = day.session(event.session()) else { return String::new() };
    let who = event.person().map(|p| named(session, p)).unwrap_or_default();
    let what = match event {
        DoorEvent::Arrived { door, place: to, .. } | DoorEvent::CameBack { door, place: to, .. } => {
            let again = if matches!(event, DoorEvent::CameBack { .. }) { "came back" } else { "arrived" };
            let by = day.policy.door(door).map_or_else(|| door.to_string(), |d| d.name.to_string());
            format!("{who} {again} by the {by}, {}", place(&day.policy, to))
        }
        DoorEvent::Walked { walker, place: to, into, .. } => {
            let (walker, into) = (app.register.staff_name(*walker), carer(app, session, *into));
            format!("{walker} walked {who} to {}: now with {into}", place(&day.policy, to))
        }
        DoorEvent::Moved { place: to, .. } => format!("{who} went to {}", place(&day.policy, to)),
        DoorEvent::GivenTo { carer: to, .. } => format!("{who} is now with {}", carer(app, session, *to)),
        DoorEvent::WentOut { person, out, .. } => went_out(app, session, *person, out),
        // Written afterwards, on the word of a sheet: nobody here says that it was checked.
        DoorEvent::ChildLeft { basis: Basis::Verified { name, .. }, leaving, .. } if *leaving != Leaving::LetGo => {
            format!("{who} left with {name}, by the name that was written down")
        }
        DoorEvent::ChildLeft { basis: Basis::Home { said_by }, .. } => {
            format!("{who} is at home, by the word of {}; did not come back here", named(session, *said_by))
        }
        DoorEvent::ChildLeft { basis, .. } => format!("{who} left {}", with(session, basis)),
        DoorEvent::AdultLeft { leaving, .. } => format!("{who} left{}", how(*leaving)),
        DoorEvent::SidesMet { place: at, .. } => format!("the two sides met, {}", place(&day.policy, at)),
        DoorEvent::EndedEarly { .. } => "contact ended early".to_owned(),
        DoorEvent::KeptHere { with, .. } => format!("{who} stays here, with {}", app.register.staff_name(*with)),
        DoorEvent::NotComing { .. } => format!("{who} is not coming"),
        DoorEvent::OnTheWay { party: p, expected, .. } => {
            let at = expected.map(|at| format!(", about {}", hm(at))).unwrap_or_default();
            format!("{} rang: on the way{at}", party(*p))
        }
        DoorEvent::OtherSideTold { party: p, .. } => format!("{} was told", party(*p)),
        DoorEvent::NotAdmitted { .. } => format!("{who} came and was not let in"),
        DoorEvent::UnlistedCame { name, party: p, .. } => format!("{name} came with {}: not on the list", party(*p)),
        DoorEvent::TookNoPart { .. } => format!("{who} came and did not take part"),
        other => crate::app::words::course::says(app, day, session, other),
    };
    format!("No {}  {what}", session.plan.no)
}

/// With whom, who went along, and when they are to be back.
fn went_out(app: &App, session: &Session, person: PersonId, out: &OutFor) -> String {
    let who = named(session, person);
    let OutFor::WithVisiting { adult, until, worker, .. } = out else { return format!("{who} went out, can be rung") };
    let with = Some(*adult).filter(|a| *a != person).map(|a| named(session, a));
    let with: Vec<String> = with.into_iter().chain(worker.map(|s| app.register.staff_name(s).to_owned())).collect();
    let with = if with.is_empty() { String::new() } else { format!(" with {}", list(&with)) };
    let back = until.map(|at| format!(", back {}", hm(at))).unwrap_or_default();
    format!("{who} went out{with}{back}")
}

pub(super) fn named(session: &Session, person: PersonId) -> String {
    session.member(person).map(lettered).unwrap_or_default()
}

fn carer(app: &App, session: &Session, carer: Carer) -> String {
    match carer {
        Carer::Adult(person) => session.member(person).map(short).unwrap_or_default(),
        Carer::Worker(staff) => app.register.staff_name(staff).to_owned(),
    }
}

fn with(session: &Session, basis: &Basis) -> String {
    match basis {
        Basis::Listed(person) => format!("with {}, on the list", named(session, *person)),
        Basis::Handover(person) => format!("with {}, as the papers have it", named(session, *person)),
        Basis::Verified { name, .. } => format!("with {name}, checked by the coordinator"),
        Basis::Agency { agency, name, .. } => format!("with {agency}, {name}"),
        Basis::Home { said_by } => format!("for home, by the word of {}", named(session, *said_by)),
        Basis::TakenWithoutUs { by: Some(person) } => format!("without us, taken by {}", named(session, *person)),
        Basis::TakenWithoutUs { by: None } => "without us".to_owned(),
    }
}

fn how(leaving: Leaving) -> &'static str {
    match leaving {
        Leaving::LetGo => "",
        Leaving::WithChild => " with the children",
        Leaving::Seen => ", as somebody saw",
        Leaving::SeenAbout => ", as somebody saw, about then",
        Leaving::Unseen => "; nobody saw, the time is an estimate",
    }
}
