//! An allegation about one of the team leaves no trace with whoever is not its reader, the one whom it is about first of
//! all: every export, log, count, question and screen is the same as if it had never been written.

use doorbook::app::App;
use doorbook::domain::codes::Role;
use doorbook::domain::decide::{Command, NoteAct};
use doorbook::domain::event::{
    About, By, CentreEvent, Entry, Event, FileRef, NoteEvent, Readable, Readers, Source, StaffCard,
};
use doorbook::domain::ids::{FileId, NoteId, RegisterId, StaffId};
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::domain::{close, due, todo};
use doorbook::export;
use doorbook::run::setup::{DESK, Families, outside_days};
use doorbook::run::stamp::{Hand, stamp};
use doorbook::vault::Group;
use proptest::prelude::*;
use uuid::Uuid;

use super::closed::by;
use super::conduct::log;
use super::world::{Mix, World};
use super::{cases, numbers};
use crate::desk::harness::{Desk, ids, setup};

/// What every account says, its number behind it.
const MARK: &str = "ZQXWVK";

/// What a role reads, by the keys that it has.
fn reads(role: Role, to: Readers) -> bool {
    let group = match to {
        Readers::Concern => Group::Concern,
        Readers::Allegation => Group::Allegation,
        Readers::Lead => Group::Lead,
        Readers::Chair => Group::Chair,
    };
    doorbook::run::making::groups(role).contains(&group)
}

fn role(entries: &[Entry], who: StaffId) -> Role {
    folded(entries).role(who)
}

fn folded(entries: &[Entry]) -> Register {
    let mut register = Register::default();
    entries.iter().for_each(|entry| register.fold(entry));
    register
}

/// The entries as somebody reads them with the keys of their role.
fn read_by(entries: &[Entry], who: StaffId) -> Vec<Entry> {
    let role = role(entries, who);
    let mut all = entries.to_vec();
    for entry in &mut all {
        if let Readable::Open(Event::Note(NoteEvent::Told { account, to, .. })) = &mut entry.event
            && !reads(role, *to)
        {
            *account = Readable::Closed;
        }
    }
    all
}

/// The same without these notes.
fn without(entries: &[Entry], notes: &[NoteId]) -> Vec<Entry> {
    let is_of = |entry: &&Entry| {
        let Some(Event::Note(event)) = entry.event.open() else { return false };
        let note = match event {
            NoteEvent::Raised { note, .. } | NoteEvent::Told { note, .. } => note,
            NoteEvent::Mistaken { note } | NoteEvent::Seen { note } => note,
            NoteEvent::MessageLeft { .. } | NoteEvent::MessageDone { .. } => return false,
        };
        notes.contains(note)
    };
    entries.iter().filter(|entry| !is_of(entry)).cloned().collect()
}

/// Everything that is written out, counted or asked.
fn says(register: &Register, world: &World, who: StaffId) -> String {
    let day = &register.days[&world.day];
    let json = |value: Result<String, _>| value.unwrap();
    let log = export::log(register, day.date, doorbook::book::wire::name);
    let open = close::questions(day, world.now);
    [
        json(export::json(&export::day(register, day.date, world.now))),
        json(export::json(&log)),
        export::log_text(&log, None),
        json(export::json(&export::roll(register, world.now))),
        format!("{:#?}", todo::waits(register, day)),
        format!("{:#?}", todo::todo(register, day.date)),
        format!("{:#?}", todo::about_the_team(register, who)),
        format!("{open:#?}{}{:#?}", close::settled(day, world.now), due::due(day, world.now)),
    ]
    .join("\n")
}

/// Every screen that they come to.
fn screens(entries: &[Entry], world: &World, who: StaffId) -> Vec<(String, String)> {
    let mut desk = Desk::with(Families::None, "2026-11-21T08:55");
    (desk.app, desk.book, desk.now) = (App::new(folded(entries), setup(world.now)), None, world.now);
    desk.app.who = Some(who);
    desk.app.to_board();
    let mut all = Vec::new();
    let script = "f5 f3 down down down end esc ! enter esc ! right enter esc esc f7 esc esc f9 esc f2 esc 1 enter f5 enter \
                  esc esc 2 enter esc esc ctrl-p esc f1 esc ctrl-z esc f8 f8 7 enter esc";
    for token in script.split_whitespace() {
        desk.keys(token);
        all.push((token.to_owned(), unnumbered(&desk.screen())));
    }
    all
}

/// The number of the next note counts all that were raised: that one was raised everybody at the desk could see.
fn unnumbered(screen: &str) -> String {
    let cut = |line: &str| match line.split_once("note ") {
        Some((before, after)) if after.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{before}note # {}", after.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start())
        }
        _ => line.to_owned(),
    };
    screen.lines().map(cut).collect::<Vec<_>>().join("\n")
}

/// A safeguarding lead and a chair come to the team.
fn joined(world: &mut World) {
    let card = |(number, given, role): (u8, &str, Role)| StaffCard {
        staff: StaffId(Uuid::from_u128(0xC0 + u128::from(number))),
        number,
        given: Text::name(given),
        family: Text::name("Hart"),
        role,
        left: false,
    };
    let new = [(8, "Ada", Role::SafeguardingLead), (9, "Clare", Role::Chair)].map(card);
    let drafts = new
        .map(|card| outside_days(FileRef::Staff(card.staff), Event::Centre(CentreEvent::StaffListed(card)), world.now));
    let hand = Hand { by: By::Program, desk: DESK, now: world.now, source: Source::Desk };
    for entry in stamp(drafts.to_vec(), &hand, ids(0xC0C0)) {
        world.register.fold(&entry);
        world.entries.push(entry);
    }
}

/// Somebody raises a note about one of the team and tells it; which note, and who reads it.
fn alleges(world: &mut World, by_whom: StaffId, about: StaffId, n: usize) -> Option<(NoteId, StaffId, Readers)> {
    by(world, by_whom, &Command::Note(NoteAct::Raise { session: None, place: None })).ok()?;
    let note = world.day().notes.last()?.id;
    let about = About::Worker { file: FileId(Uuid::from_u128(0xA000 + n as u128)), staff: about };
    let words = Text::note(&format!("{MARK}{n}X"));
    by(world, by_whom, &Command::Note(NoteAct::Tell { note, about, kind: None, words, paper: None })).ok()?;
    let to = world.day().notes.last()?.to?;
    Some((note, by_whom, to))
}

proptest! {
    #![proptest_config(cases(5))]

    #[test]
    fn an_allegation_leaves_no_trace_with_anybody_but_its_readers(
        seed: u64, numbers in numbers(60), more in super::numbers(30)
    ) {
        let mut world = World::new(seed, Mix::Anything);
        joined(&mut world);
        numbers.iter().for_each(|n| { world.next(*n); });
        let team: Vec<StaffId> = world.register.present_team().iter().map(|card| card.staff).collect();
        let mut told = Vec::new();
        for (n, about) in team.iter().enumerate() {
            let by_whom = team[(n + 1 + (seed as usize % (team.len() - 1))) % team.len()];
            told.extend(alleges(&mut world, by_whom, *about, n).map(|one| (n, one)));
        }
        prop_assert!(!told.is_empty());
        // And the day goes on.
        more.iter().for_each(|n| { world.next(*n); });
        for who in &team {
            let mine = role(&world.entries, *who);
            let read = read_by(&world.entries, *who);
            let closed: Vec<usize> = told.iter().filter(|(_, (_, _, to))| !reads(mine, *to)).map(|(n, _)| *n).collect();
            // Whoever raised one knows that they did.
            let hidden = |(_, (_, by, to)): &&(usize, (NoteId, StaffId, Readers))| !reads(mine, *to) && by != who;
            let hidden: Vec<NoteId> = told.iter().filter(hidden).map(|(_, (note, ..))| *note).collect();
            let bare = without(&read, &hidden);
            let (all, none) = (folded(&read), folded(&bare));
            prop_assert_eq!(says(&all, &world, *who), says(&none, &world, *who), "{:?}\n{}", mine, log(&world));
            let (seen, bare) = (screens(&read, &world, *who), screens(&bare, &world, *who));
            for ((key, here), (_, there)) in seen.iter().zip(&bare) {
                prop_assert_eq!(here, there, "{:?} after {}", mine, key);
            }
            let seen: String = seen.into_iter().map(|(_, screen)| screen).collect();
            for n in closed {
                prop_assert!(!seen.contains(&format!("{MARK}{n}X")), "{:?} reads {}", mine, n);
            }
        }
    }
}

/// Without a reader nothing would be shown: the lead and the chair do read what is for them.
#[test]
fn whom_it_is_for_reads_it() {
    let mut world = World::saturday();
    joined(&mut world);
    let team: Vec<StaffId> = world.register.present_team().iter().map(|card| card.staff).collect();
    let register = RegisterId(Uuid::from_u128(7));
    assert_eq!(world.register.made.as_ref().map(|made| made.0), Some(register));
    alleges(&mut world, team[0], team[1], 1).unwrap();
    let lead = StaffId(Uuid::from_u128(0xC8));
    let seen: String = screens(&read_by(&world.entries, lead), &world, lead).into_iter().map(|one| one.1).collect();
    assert!(seen.contains(&format!("{MARK}1X")), "{seen}");
}
