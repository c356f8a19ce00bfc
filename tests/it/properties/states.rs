//! docs/STATES.md is what random days show: which way a session and a person go, and by which act.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use doorbook::domain::codes::{Moment, Party};
use doorbook::domain::day::{Day, Presence, Stage};
use doorbook::domain::decide::{Command, Fact, Permission, Record};
use doorbook::domain::event::OutFor;
use doorbook::domain::ids::{PersonId, SessionId};

use super::choose::{Next, choose, usual};
use super::world::{Mix, World};
use crate::chance::Chance;

/// So many days are played, always the same.
const DAYS: u64 = 240;
/// What is seen on so many of them is drawn; what is drawn is seen on one at least. Between the two lies what a chance
/// change of the days may bring or take away.
const DRAWN: usize = 2;
const MUST: usize = 6;

const STAGES: [&str; 13] = [
    "later",
    "one side: brings",
    "one side: visits",
    "here",
    "together",
    "paused",
    "with us",
    "out",
    "leaving",
    "stays",
    "home",
    "not today",
    "cancelled",
];

const PEOPLE: [&str; 8] =
    ["not yet here", "here", "out, to come back", "out with a child", "by video", "gone", "not coming", "not let in"];

/// By what one state followed another: an act, something that has happened, or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Act(&'static str),
    Happened(&'static str),
    Time,
}

type Way = (usize, usize);

/// On how many days each way was gone, and by what.
#[derive(Default)]
struct Seen(BTreeMap<Way, BTreeMap<By, usize>>);

impl Seen {
    fn merge(&mut self, of_one_day: BTreeSet<(Way, By)>) {
        for (way, by) in of_one_day {
            *self.0.entry(way).or_default().entry(by).or_default() += 1;
        }
    }

    /// Ways that were gone on so many days at least, by whatever is left of their acts.
    fn at_least(&self, days: usize) -> BTreeMap<Way, BTreeSet<By>> {
        let often = |acts: &BTreeMap<By, usize>| -> BTreeSet<By> {
            acts.iter().filter(|(_, n)| **n >= days).map(|(by, _)| *by).collect()
        };
        let all = self.0.iter().map(|(way, acts)| (*way, often(acts)));
        all.filter(|(_, acts)| !acts.is_empty()).collect()
    }
}

fn stage(day: &Day, session: SessionId, now: Moment) -> usize {
    let session = day.session(session).unwrap();
    if session.cancelled.is_some() {
        return 12;
    }
    match day.stage(session, now) {
        Stage::Later => 0,
        Stage::OneSide(Party::Brings) => 1,
        Stage::OneSide(Party::Visits) => 2,
        Stage::Here => 3,
        Stage::Together => 4,
        Stage::Paused(_) => 5,
        Stage::WithUs => 6,
        Stage::Out(_) => 7,
        Stage::Leaving => 8,
        Stage::Stays(_) => 9,
        Stage::Home => 10,
        Stage::NotToday => 11,
    }
}

fn presence(presence: Presence<'_>) -> usize {
    match presence {
        Presence::Expected => 0,
        Presence::In(_) => 1,
        Presence::Out(OutFor::Reachable) => 2,
        Presence::Out(OutFor::WithVisiting { .. }) => 3,
        Presence::OnLine => 4,
        Presence::Left => 5,
        Presence::NotComing(_) => 6,
        Presence::NotAdmitted => 7,
    }
}

fn stages(world: &World) -> BTreeMap<SessionId, usize> {
    world.day().sessions.iter().map(|s| (s.id(), stage(world.day(), s.id(), world.now))).collect()
}

fn people(world: &World) -> BTreeMap<(SessionId, PersonId), usize> {
    let all =
        world.day().sessions.iter().flat_map(|s| s.all().map(|(m, a)| ((s.id(), m.person), presence(a.presence()))));
    all.collect()
}

/// In plain words; `None`: it corrects what was written, or is of the day as a whole.
fn words(command: &Command) -> Option<By> {
    Some(match command {
        Command::May(permission) => By::Act(match permission {
            Permission::LetIn { .. } => "let in",
            Permission::Walk { .. } => "walked over",
            Permission::Move { .. } => "moved",
            Permission::GoOut { .. } => "goes out, can be rung",
            Permission::HandOver { .. } => "handed over",
            Permission::LetGo { .. } => "let go",
            Permission::Give { .. } => "given to another adult",
            Permission::TakeOut { .. } => "taken out",
            Permission::Resume { .. } => "goes on",
            Permission::Connect { .. } => "joins by video",
            Permission::Cancel { .. } => "cancelled",
            Permission::StaffOut { .. } => return None,
        }),
        Command::Write(record) => By::Act(match record {
            Record::NotComing { .. } => "not coming",
            Record::NotAdmit { .. } => "not let in",
            Record::NoPart { .. } => "took no part",
            Record::EndEarly { .. } => "ended early",
            Record::Keep { .. } => "kept here",
            Record::Pause { .. } => "paused",
            Record::Disconnect { .. } => "hangs up",
            _ => return None,
        }),
        Command::Happened(fact) => By::Happened(match fact {
            Fact::SidesMet { .. } => return None,
            Fact::WalkedIn { .. } => "walked in",
            Fact::Left { .. } | Fact::LeftAbout { .. } => "left",
            Fact::Collected { .. } | Fact::HandedOver { .. } => "was collected",
            Fact::Taken { .. } => "was taken",
            Fact::Walked { .. } => "was walked over",
            Fact::WentOut { .. } => "went out",
            Fact::WrongChild { .. } => "the wrong child went",
            Fact::Home { .. } => "is at home",
            Fact::Moved { .. } => "went to another place",
            Fact::Given { .. } => "was given",
            Fact::Joined { .. } => "joined by video",
            Fact::WentOn { .. } => "went on",
        }),
        _ => return None,
    })
}

fn changes<K: Ord + Copy>(before: &BTreeMap<K, usize>, after: &BTreeMap<K, usize>, by: By) -> BTreeSet<(Way, By)> {
    let way = |(key, to): (&K, &usize)| before.get(key).filter(|from| *from != to).map(|from| ((*from, *to), by));
    after.iter().filter_map(way).collect()
}

/// Contact that is looked at is ended by the centre.
fn ended(world: &World, chance: &mut Chance) -> Option<Command> {
    let (session, why) = (world.focus?, chance.pick(&world.policy.early).code);
    Some(Command::Write(Record::EndEarly { session, party: None, why, walker: Some(world.staff[2]) }))
}

/// Who coordinates may do all that can be done.
fn by_ruth(next: Next) -> Next {
    match next {
        Next::Try { command, back, desk, .. } => Next::Try { command, back, staff: 0, desk },
        other => other,
    }
}

/// Plays the days: half of them as they should go, half of them with all that can happen.
fn play() -> (Seen, Seen) {
    let (mut sessions, mut persons) = (Seen::default(), Seen::default());
    for seed in 0..DAYS {
        let mut chance = Chance::new(0xD0C5 + seed);
        let mix = if seed % 2 == 0 { Mix::Asked } else { Mix::Anything };
        let mut world = World::new(chance.next(), mix);
        let (mut of_sessions, mut of_persons) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..60 {
            let number = chance.next();
            // What is rare is looked at longer: with us, out, paused, staying.
            let rare = |(_, stage): &(&SessionId, &usize)| matches!(stage, 5..=7 | 9);
            world.focus = stages(&world).iter().filter(rare).map(|(session, _)| *session).next();
            // Every other time what the Enter line of some card says: the days get somewhere.
            let mut apart = Chance::new(number);
            let asked = match apart.below(8) {
                0 => ended(&world, &mut apart),
                1..=4 => usual(&world, &mut apart),
                _ => None,
            };
            let next = match asked {
                Some(command) => Next::Try { command: Box::new(command), back: None, staff: 2, desk: 0 },
                None => by_ruth(choose(&world, &mut apart)),
            };
            let by = match &next {
                Next::Wait(by) if *by > chrono::Duration::zero() => Some(By::Time),
                Next::Try { command, back: None, .. } => words(command),
                _ => None,
            };
            let (stages_before, people_before) = (stages(&world), people(&world));
            world.follow(next);
            if let Some(by) = by {
                of_sessions.extend(changes(&stages_before, &stages(&world), by));
                of_persons.extend(changes(&people_before, &people(&world), by));
            }
        }
        sessions.merge(of_sessions);
        persons.merge(of_persons);
    }
    (sessions, persons)
}

fn matrix(page: &mut String, names: &[&str], ways: &BTreeMap<Way, BTreeSet<By>>) {
    let wide = names.iter().map(|n| n.len()).max().unwrap_or(0);
    let heads: Vec<String> = (0..names.len()).map(|n| format!("{:>3}", n + 1)).collect();
    writeln!(page, "```\n{:>5} {:<wide$}{}", "", "from, to", heads.join("")).unwrap();
    for (from, name) in names.iter().enumerate() {
        let cell = |to: usize| match ways.get(&(from, to)) {
            Some(by) if by.iter().any(|b| matches!(b, By::Act(_))) => "  o",
            Some(by) if by.contains(&By::Time) => "  t",
            Some(_) => "  x",
            None if from == to => "  \\",
            None => "  .",
        };
        let cells: String = (0..names.len()).map(cell).collect();
        writeln!(page, "{:>5} {name:<wide$}{cells}", from + 1).unwrap();
    }
    page.push_str("```\n\n");
}

fn table(page: &mut String, names: &[&str], ways: &BTreeMap<Way, BTreeSet<By>>) {
    page.push_str("| from | by | to |\n|---|---|---|\n");
    for ((from, to), by) in ways {
        let acts: Vec<&str> = by
            .iter()
            .filter_map(|b| match b {
                By::Act(words) => Some(*words),
                By::Time => Some("the clock"),
                By::Happened(_) => None,
            })
            .collect();
        if !acts.is_empty() {
            writeln!(page, "| {} | {} | {} |", names[*from], acts.join(", "), names[*to]).unwrap();
        }
    }
    page.push('\n');
}

const HEAD: &str = "# The states of a day, on one page

Made by a test that plays random days (`DOORBOOK_WRITE_DOCS=1 cargo test --test it states`), and held to them: each way
that the days show often is drawn, and each that is drawn is seen. Nothing here is stored: a state is read from what was written.

`o` by an act at the desk · `t` by the clock · `x` only because it has happened (`x` on a card) · `.` hardly ever, or never.
Below each drawing: the acts. What has happened may lead anywhere that an act leads, and is left out there. Undo goes back
where the day was before; a time set back takes its place among the others.

";

fn page(sessions: &BTreeMap<Way, BTreeSet<By>>, persons: &BTreeMap<Way, BTreeSet<By>>) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("## A session\n\n");
    matrix(&mut page, &STAGES, sessions);
    table(&mut page, &STAGES, sessions);
    page.push_str("## A person, as one session sees them\n\n");
    matrix(&mut page, &PEOPLE, persons);
    table(&mut page, &PEOPLE, persons);
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The ways that the page has, with their acts: read back from it.
fn read_back(page: &str, names: &[&str], head: &str) -> BTreeMap<Way, BTreeSet<String>> {
    let part = page.split("## ").find(|p| p.starts_with(head)).unwrap_or_default();
    let place = |name: &str| names.iter().position(|n| *n == name);
    let rows = part.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [from, by, to] = cells.as_slice() else { return None };
        let acts = by.split(", ").map(str::to_owned).collect();
        Some(((place(from)?, place(to)?), acts))
    });
    rows.collect()
}

/// Every way that is gone often is drawn, and every one that is drawn was gone.
fn holds(kept: &str, names: &[&str], head: &str, seen: &Seen) -> Vec<String> {
    let word = |by: &By| match by {
        By::Act(words) => Some((*words).to_owned()),
        By::Time => Some("the clock".to_owned()),
        By::Happened(_) => None,
    };
    let spoken = |ways: BTreeMap<Way, BTreeSet<By>>| -> BTreeSet<(Way, String)> {
        ways.into_iter()
            .flat_map(|(way, by)| by.iter().filter_map(word).map(move |w| (way, w)).collect::<Vec<_>>())
            .collect()
    };
    // `goes out, can be rung` has a comma of its own: whole cells are compared by what they hold.
    let drawn = read_back(kept, names, head);
    let is_drawn =
        |(way, by): &(Way, String)| drawn.get(way).is_some_and(|acts| by.split(", ").all(|part| acts.contains(part)));
    let (must, ever) = (spoken(seen.at_least(MUST)), spoken(seen.at_least(1)));
    let mut wrong: Vec<String> = must
        .iter()
        .filter(|way| !is_drawn(way))
        .map(|((from, to), by)| format!("not drawn: {} -> {by} -> {}", names[*from], names[*to]))
        .collect();
    for ((from, to), acts) in &drawn {
        let known: BTreeSet<&str> =
            ever.iter().filter(|(way, _)| *way == (*from, *to)).flat_map(|(_, by)| by.split(", ")).collect();
        let never = acts.iter().filter(|act| !known.contains(act.as_str()));
        wrong.extend(never.map(|act| format!("never seen: {} -> {act} -> {}", names[*from], names[*to])));
    }
    wrong
}

#[test]
fn states_md_is_what_the_days_show() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/STATES.md");
    let (sessions, persons) = play();
    if std::env::var_os("DOORBOOK_WRITE_DOCS").is_some() {
        std::fs::write(path, page(&sessions.at_least(DRAWN), &persons.at_least(DRAWN))).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    let mut wrong = holds(&kept, &STAGES, "A session", &sessions);
    wrong.extend(holds(&kept, &PEOPLE, "A person", &persons));
    assert!(wrong.is_empty(), "docs/STATES.md: run with DOORBOOK_WRITE_DOCS=1\n{}", wrong.join("\n"));
    assert!(!read_back(&kept, &STAGES, "A session").is_empty(), "docs/STATES.md draws nothing");
}
