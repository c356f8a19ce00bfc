//! The words of the questions and of their answers: plain, honest, and of nobody's fault.

use crate::app::state::App;
use crate::app::words::{self, coordinator, hm, lettered, list, place_in};
use crate::domain::close::{Choice, Question, Says, Subject};
use crate::domain::codes::{LeftOpen, Moment, Party, Rule};
use crate::domain::day::{Day, Presence, Session};
use crate::domain::event::{By, Counted};
use crate::domain::ids::{EntryId, NoteId, PersonId, SessionId};

/// What stands before a question: `No 1`, or a time.
pub(super) fn label(day: &Day, question: &Question) -> String {
    let no = |session: SessionId| day.session(session).map(|s| format!("No {}", s.plan.no)).unwrap_or_default();
    match &question.about {
        Subject::Note(note) => day.notes.iter().find(|n| n.id == *note).map(|n| hm(n.at)).unwrap_or_default(),
        Subject::Against { entry, session, .. } => {
            session.map_or_else(|| against_at(day, *entry).map(hm).unwrap_or_default(), no)
        }
        Subject::ToTell(_) => String::new(),
        about => about.card().map(|(session, _)| no(session)).unwrap_or_default(),
    }
}

/// The question, in one sentence.
pub(super) fn question(app: &App, day: &Day, question: &Question) -> String {
    match &question.about {
        Subject::AdultIn { session, person } => still_in(day, *session, *person, counted(day).adults == 0),
        Subject::ChildIn { session, person } => still_in(day, *session, *person, counted(day).children == 0),
        Subject::OtherIn(file) => match day.visitors.get(file) {
            Some(v) => format!("{}, {}, is here by the register. You did not count them.", v.name, v.what),
            None => String::new(),
        },
        Subject::Count => count(day),
        Subject::WhyNot { session, party, people } => why_not(day, *session, *party, people),
        Subject::Unsettled(_) => "Nobody came, and both sides were told. Is it settled?".to_owned(),
        Subject::Note(note) => self::note(app, day, *note),
        Subject::Override { entry, .. } => allowed(app, day, *entry),
        Subject::Against { entry, rules, .. } => against(day, *entry, rules),
        about => wants(app, day, about),
    }
}

/// What one-to-one contact must have, and what wants a line.
fn wants(app: &App, day: &Day, about: &Subject) -> String {
    match about {
        Subject::Report(_) => "Who writes the report, and by when?".to_owned(),
        Subject::Met(session) => {
            let met = day.session(*session).and_then(|s| s.met.first().cloned());
            let (at, place) = met.map(|(at, place)| (hm(at), place_in(&day.policy, &place))).unwrap_or_default();
            format!("The two sides met in {place} at {at}.")
        }
        Subject::Thing(session, thing) => {
            let kept = day.session(*session).and_then(|s| s.things.iter().find(|t| t.id == *thing));
            let what = kept.map(|t| (words::thing(day, &t.what), t.place.to_string())).unwrap_or_default();
            format!("In keeping still: {}, {}.", what.0, what.1)
        }
        Subject::AllowedHere(all) if all.len() == 1 => "One thing was allowed at the desk, past the rules.".to_owned(),
        Subject::AllowedHere(all) => format!("{} things were allowed at the desk, past the rules.", all.len()),
        Subject::Messages(all) if all.len() == 1 => format!("A message waits for {}.", coordinator(app)),
        Subject::Messages(all) => format!("{} messages wait for {}.", all.len(), coordinator(app)),
        Subject::ToTell(sides) => {
            let nos = sides.iter().filter_map(|(s, _)| day.session(*s)).map(|s| s.plan.no.to_string());
            format!("No {}: was the other side told that there is no contact?", list(&nos.collect::<Vec<_>>()))
        }
        Subject::ToTellWorker(_) => "The social worker was not told that there was no contact.".to_owned(),
        _ => String::new(),
    }
}

fn counted(day: &Day) -> Counted {
    day.counted.map(|(_, counted)| counted).unwrap_or_default()
}

fn still_in(day: &Day, session: SessionId, person: PersonId, none_seen: bool) -> String {
    let Some(session) = day.session(session) else { return String::new() };
    let name = named(session, person);
    let seen = if none_seen { "You did not see them." } else { "Are they still here?" };
    match session.of(person).map(|a| a.presence()) {
        Some(Presence::In(place)) => format!("{name} is in {} by the register. {seen}", place_in(&day.policy, place)),
        Some(Presence::Out(_)) => format!("{name} is out by the register, and has not come back."),
        _ => format!("{name}: the register does not say where."),
    }
}

fn count(day: &Day) -> String {
    if crate::domain::close::is_count_stale(day) {
        return "Somebody came or went after the last count, or the day was opened again.".to_owned();
    }
    let (counted, heads) = (counted(day), day.heads());
    let pairs = [
        ("children", counted.children, heads.children),
        ("adults", counted.adults, heads.adults),
        ("team", counted.team, heads.team),
        ("others", counted.others, heads.others),
    ];
    let differ = |(name, yours, ours): &(&str, u16, u16)| {
        let is_team = *name == "team";
        (yours > ours || (is_team && yours != ours)).then(|| format!("{name}: you {yours}, the register {ours}"))
    };
    let says: Vec<String> = pairs.iter().filter_map(differ).collect();
    format!("The count differs. {}.", words::sentence(&says.join("; ")))
}

fn why_not(day: &Day, session: SessionId, party: Party, people: &[PersonId]) -> String {
    let Some(session) = day.session(session) else { return String::new() };
    let side = session.expected(party).count();
    let who = match people.len() == side && party == Party::Brings {
        true => "Why the side that brings did not come".to_owned(),
        false => {
            let names: Vec<String> = people.iter().map(|p| named(session, *p)).collect();
            format!("Why {} did not come", list(&names))
        }
    };
    format!("{who}: no word yet.")
}

fn note(app: &App, day: &Day, note: NoteId) -> String {
    let Some(note) = day.notes.iter().find(|n| n.id == note) else { return String::new() };
    let by = if let By::Staff(staff) = note.by { app.register.staff_name(staff) } else { "the desk" };
    let no = note.session.and_then(|s| day.session(s)).map(|s| format!(", No {}", s.plan.no)).unwrap_or_default();
    match note.mistaken {
        true => format!("Note {}, from {by}{no}, was pressed by mistake.", note.no),
        false => format!("Note {} for {}, from {by}{no}, is not marked as seen.", note.no, coordinator(app)),
    }
}

/// What somebody is named as having allowed: staff view, so the reason too.
fn allowed(app: &App, day: &Day, entry: EntryId) -> String {
    let Some(allowed) = day.overrides.iter().find(|o| o.entry == entry) else { return String::new() };
    let by = if let By::Staff(staff) = allowed.written_by { app.register.staff_name(staff) } else { "the desk" };
    let what: Vec<&str> = allowed.rules.iter().map(|rule| waived(*rule)).collect();
    let said = words::allowed(app, allowed.by, allowed.how);
    format!("{}: {}, {said}; written by {by}.", hm(allowed.at), what.join(", "))
}

/// What was allowed.
fn waived(rule: Rule) -> &'static str {
    match rule {
        Rule::Hold => "left before time",
        Rule::KeepApart => "did not wait for the way to be clear",
        Rule::Gap => "came in without the minutes between",
        Rule::Gate => "did not wait for the coordinator",
        Rule::Offsite => "left the building",
        _ => "something that the rules do not let be",
    }
}

/// Who is named in the override that a question is about, and the reason that was given.
fn named_in(app: &App, day: &Day, question: &Question) -> (String, String) {
    let Subject::Override { entry, .. } = &question.about else { return (coordinator(app), String::new()) };
    let Some(allowed) = day.overrides.iter().find(|o| o.entry == *entry) else {
        return (coordinator(app), String::new());
    };
    let why = day.policy.reason(&allowed.why).map(|r| r.words.to_string()).unwrap_or_default();
    (app.register.staff_name(allowed.by).to_owned(), why)
}

fn against_at(day: &Day, entry: EntryId) -> Option<Moment> {
    day.against.iter().find(|a| a.entry == entry).map(|a| a.at)
}

fn against(day: &Day, entry: EntryId, rules: &[Rule]) -> String {
    let at = against_at(day, entry).map(hm).unwrap_or_default();
    let says: Vec<&str> = rules.iter().map(|rule| self::rule(*rule)).collect();
    format!("At {at} {}.", says.join("; "))
}

/// What happened, where it goes against a rule.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::OneResponsibleAdult => "a child was left with nobody named as having them",
        Rule::KeepApart => "two people who must not meet were in one place",
        Rule::CheckedCollector => "a child left without a checked collector",
        Rule::Hold => "the side that visits left before the time of staying was over",
        Rule::TimesForward => "something was written that does not fit what was known before",
        Rule::Listed => "somebody who is not on the list was in the building",
        Rule::NamedWorker => "a child was walked by nobody who is on shift",
        Rule::Signed => "something was written after the day was signed",
        Rule::Gate => "contact began that should have waited for the coordinator",
        Rule::Gap => "the two sides came closer together than they should",
        Rule::Offsite => "a child left the building without an order or agreement on file",
        Rule::Supervises => "somebody was named to supervise whose role is another",
        Rule::Supervisor => "a child was in contact without the supervisor",
    }
}

/// An answer: what its digit says and writes.
pub(super) fn answer(app: &App, day: &Day, question: &Question, choice: &Choice) -> String {
    let about = app.close.set.or(choice.at).map(hm);
    let when = about.map(|at| if app.close.set.is_some() { format!(" at {at}") } else { format!(" about {at}") });
    let when = when.unwrap_or_default();
    match &choice.says {
        Says::LeftSeen => format!("left{when}, and somebody saw them go"),
        Says::LeftUnseen(_) => format!("left{when}, nobody saw: the time is an estimate"),
        Says::WentWith(person) => {
            let session = question.about.card().and_then(|(session, _)| day.session(session));
            let (name, relation) = session
                .and_then(|s| s.member(*person))
                .map(|m| (lettered(m), m.relation.to_string()))
                .unwrap_or_default();
            format!("went home{when} with {name}, {relation}")
        }
        Says::NobodySaw => format!("left{when}, and nobody saw with whom: {} is told", coordinator(app)),
        Says::CountAgain if question.about == Subject::Count => "count again".to_owned(),
        Says::CountAgain => "is here: count again".to_owned(),
        Says::CountStands => "the count is right, and the difference stands as written".to_owned(),
        Says::NoReason => "no word came, and no reason".to_owned(),
        Says::Stands => "it is settled as it stands".to_owned(),
        Says::Seen => format!("{} has seen it", coordinator(app)),
        Says::LeftOpen(why) => {
            let ruth = coordinator(app);
            match why {
                LeftOpen::Told => format!("left open: {ruth} was told, and sees it later"),
                LeftOpen::NotReached => format!("left open: {ruth} could not be reached"),
                LeftOpen::Waits => format!("left open: it can wait for {ruth}"),
            }
        }
        Says::Known => format!("{} knows", coordinator(app)),
        says => more(app, day, question, says),
    }
}

fn more(app: &App, day: &Day, question: &Question, says: &Says) -> String {
    let session = question.about.card().and_then(|(session, _)| day.session(session));
    let name = |person: &PersonId| session.map(|s| named(s, *person)).unwrap_or_default();
    match says {
        Says::HomeBy(person) => format!("is at home: {} says so", name(person)),
        Says::NotBack(person) => format!("was not brought back by {}: {} is told", name(person), coordinator(app)),
        Says::LeftCall => "left the video call".to_owned(),
        Says::ReportBy(staff, due) => {
            format!("{}, by {}", app.register.staff_name(*staff), due.format("%-d %B %Y"))
        }
        Says::Written => "it is written what happened, and what was done".to_owned(),
        Says::GivenBack => "it was given back".to_owned(),
        Says::StaysKept => "it stays here, in the same place".to_owned(),
        Says::OnTheList => format!("it is on {}'s list", coordinator(app)),
        Says::AllTold => "they were told, or came and were told".to_owned(),
        Says::Told => "they were told, by phone".to_owned(),
        Says::DidAllow => {
            let (name, why) = named_in(app, day, question);
            format!("{name} did say so: {why}")
        }
        Says::DidNotAllow => format!("{} did not", named_in(app, day, question).0),
        _ => String::new(),
    }
}

fn named(session: &Session, person: PersonId) -> String {
    session.member(person).map(lettered).unwrap_or_default()
}
