//! Accounts that are sealed to others: what everybody else counts, asks and writes is the same with them as without.

use doorbook::domain::close;
use doorbook::domain::codes::Role;
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Command, NoteAct, Stamp};
use doorbook::domain::event::{About, Account, Entry, Event, FileRef, NoteEvent, Readable, Readers};
use doorbook::domain::ids::{CaseId, FileId, NoteId, StaffId};
use doorbook::domain::refusal::Refusal;
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::domain::{due, todo};
use doorbook::export;
use proptest::prelude::*;
use uuid::Uuid;

use super::conduct::log;
use super::world::{Mix, World};
use super::{cases, numbers};

/// The entries as somebody reads them who holds no key of any account.
fn closed(entries: &[Entry]) -> Vec<Entry> {
    let mut all = entries.to_vec();
    for entry in &mut all {
        if let Readable::Open(Event::Note(NoteEvent::Told { account, .. })) = &mut entry.event {
            *account = Readable::Closed;
        }
    }
    all
}

fn folded(entries: &[Entry]) -> Register {
    let mut register = Register::default();
    entries.iter().for_each(|entry| register.fold(entry));
    register
}

/// Everything that is counted, asked or written of a day, but what was told.
fn says(register: &Register, day: &Day, world: &World) -> String {
    let mut out = export::day(register, day.date, world.now);
    out.notes.iter_mut().for_each(|note| note.kind_chosen = false);
    let log = export::log(register, day.date, doorbook::book::wire::name);
    let waits = todo::waits(register, day);
    let list = todo::todo(register, day.date);
    let open = close::questions(day, world.now);
    let open: Vec<_> = open.iter().map(|q| (&q.about, q.answers.len())).collect();
    let (settled, due) = (close::settled(day, world.now), due::due(day, world.now));
    let [out, log] = [export::json(&out).unwrap(), export::json(&log).unwrap()];
    format!("{out}\n{log}\n{waits} {settled}\n{list:#?}\n{open:#?}\n{due:#?}")
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_counted_needs_no_account(seed: u64, numbers in numbers(90)) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let register = folded(&closed(&world.entries));
        let day = &register.days[&world.day];
        prop_assert_eq!(says(&register, day, &world), says(&world.register, world.day(), &world), "\n{}", log(&world));
        for (here, there) in day.notes.iter().zip(&world.day().notes) {
            prop_assert_eq!(here.is_closed(), there.to.is_some());
            prop_assert_eq!((here.at, here.session, here.to, here.is_open()), (there.at, there.session, there.to, there.is_open()));
            prop_assert!(here.about.is_none() && here.kind.is_none() && here.words.is_empty() && here.paper.is_none());
        }
    }
}

/// A day on which somebody raised a note; who raised it, and who else there is.
fn raised() -> (World, NoteId, StaffId, StaffId) {
    let mut world = World::new(3, Mix::Asked);
    let (teller, other) = (world.staff[0], world.staff[1]);
    world.register.team.get_mut(&other).unwrap().role = Role::Volunteer;
    let raise = Command::Note(NoteAct::Raise { session: None, place: None });
    by(&mut world, teller, &raise).unwrap();
    let note = world.day().notes[0].id;
    (world, note, teller, other)
}

pub(super) fn by(world: &mut World, who: StaffId, command: &Command) -> Result<Vec<Entry>, Refusal> {
    let stamp = Stamp { by: who, ..world.stamp(None, 0, 0) };
    world.attempt_as(command, stamp).result
}

fn tell(note: NoteId, about: About, words: &str) -> Command {
    Command::Note(NoteAct::Tell { note, about, kind: None, words: Text::note(words), paper: None })
}

fn told(entries: &[Entry]) -> (Readers, FileRef, Account) {
    entries
        .iter()
        .find_map(|entry| match entry.event.open()? {
            Event::Note(NoteEvent::Told { account, to, .. }) => Some((*to, entry.file, account.open()?.clone())),
            _ => None,
        })
        .unwrap()
}

/// The day again, for whoever holds no key of any account.
fn without_keys(world: &mut World) {
    let (team, entries) = (world.register.team.clone(), closed(&world.entries));
    world.register = folded(&entries);
    world.register.team = team;
}

#[test]
fn an_account_is_for_those_whom_it_is_not_about() {
    for (role, to) in [
        (Role::Volunteer, Readers::Allegation),
        (Role::Coordinator, Readers::Allegation),
        (Role::SafeguardingLead, Readers::Chair),
        (Role::Chair, Readers::Lead),
    ] {
        let (mut world, note, teller, other) = raised();
        world.register.team.get_mut(&other).unwrap().role = role;
        let (file, staff) = (FileId(Uuid::from_u128(5)), other);
        let entries = by(&mut world, teller, &tell(note, About::Worker { file, staff }, "x")).unwrap();
        assert_eq!((told(&entries).0, told(&entries).1), (to, FileRef::Apart(file)));
        let may: Vec<Role> = Role::ALL.iter().copied().filter(|role| to.may_be(*role)).collect();
        assert_eq!(may.len(), if to == Readers::Allegation { 2 } else { 1 });
        assert!(to == Readers::Allegation || !to.may_be(role));
    }
}

#[test]
fn whoever_adds_to_what_was_told_of_the_team_says_again_about_whom_and_it_comes_to_nobody_else() {
    let (mut world, note, teller, other) = raised();
    let (file, staff) = (FileId(Uuid::from_u128(5)), other);
    by(&mut world, teller, &tell(note, About::Worker { file, staff }, "first")).unwrap();
    without_keys(&mut world);
    assert!(world.day().notes[0].is_closed() && !world.day().notes[0].is_open());
    let session = world.day().sessions[0].id();
    let about = About::Session { session, case: world.day().sessions[0].plan.case };
    // For whom it was the program does not know: the lead may be the one whom it is about.
    for about in [about, About::Nobody(file)] {
        assert_eq!(by(&mut world, teller, &tell(note, about, "more")).unwrap_err(), Refusal::WhomAgain);
    }
    let entries = by(&mut world, teller, &tell(note, About::Worker { file, staff }, "more")).unwrap();
    let (to, file, account) = told(&entries);
    assert_eq!((to, account.words.as_str()), (Readers::Allegation, "more"));
    assert!(matches!(file, FileRef::Apart(_)), "no shell says which family");
    without_keys(&mut world);
    // One whom it may be about learns nothing of it, and neither does any other.
    for who in [other, world.staff[2]] {
        for act in
            [tell(note, about, "mine"), Command::Note(NoteAct::See { note }), Command::Note(NoteAct::Mistake { note })]
        {
            assert!(by(&mut world, who, &act).is_err(), "{act:?}");
        }
    }
    assert!(todo::about_the_team(&world.register, other).is_empty());
    world.register.team.get_mut(&other).unwrap().role = Role::SafeguardingLead;
    without_keys(&mut world);
    assert!(todo::about_the_team(&world.register, other).is_empty(), "the role without the key");
}

#[test]
fn what_was_told_of_a_family_is_a_bare_count_for_who_cannot_read_it_and_is_seen_all_the_same() {
    let (mut world, note, teller, _) = raised();
    let case = CaseId(Uuid::from_u128(77));
    let about = About::Session { session: world.day().sessions[0].id(), case };
    let entries = by(&mut world, teller, &tell(note, about, "crying")).unwrap();
    assert_eq!((told(&entries).0, told(&entries).1), (Readers::Concern, FileRef::Case(case)));
    without_keys(&mut world);
    assert!(world.day().notes[0].is_closed() && world.day().notes[0].is_open());
    by(&mut world, teller, &tell(note, about, "and more")).unwrap();
    let ruth = *world.register.team.iter().find(|(_, card)| card.role == Role::Coordinator).unwrap().0;
    by(&mut world, ruth, &Command::Note(NoteAct::See { note })).unwrap();
    assert!(!world.day().notes[0].is_open());
}
