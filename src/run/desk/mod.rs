//! The loop: one thing heard after another into the state, what it asks for done, the screen drawn once for all of them.

mod door;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{NaiveDateTime, Timelike};

use crate::app::action::{Action, Effect};
use crate::app::lock::{Sealed, WordList};
use crate::app::paper::FILES;
use crate::app::secret::Secret;
use crate::app::{App, Setup, update, view, wakes_at};
use crate::clock::Clock;
use crate::domain::event::{Draft, Leaves, Source};
use crate::domain::past::Want;
use crate::export;
use crate::run::first::Prepared;
use crate::run::house::{House, HouseFault, PRACTICE};
use crate::run::keeper::{Door, Doors, Keeper, Kept};
use crate::run::open::{self, Opened};
use crate::run::papers::Papers;
use crate::run::setup::DESK;
use crate::run::stamp::{Hand, stamp, written_by};
use crate::run::window::{Heard, Window};
use crate::tui::Input;
use crate::vault::{Kind, words};

/// How long a frame waits for the keeper, so that one that is quick is drawn once, as saved.
const SAVING: Duration = Duration::from_millis(20);
/// Most things that are taken in before the screen is drawn.
const BATCH: usize = 256;

/// How the desk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Somebody left, the terminal went, or the system asked.
    Left,
    /// A thread stopped on a fault of our own.
    Broken,
    /// Another copy has the register open: it was only read here.
    InUse,
}

/// Works the desk until somebody leaves; then the terminal is given back and the book is closed.
///
/// # Errors
/// The terminal is gone; the book is closed then too.
pub fn desk(mut window: Window, mut opened: Opened, clock: Clock, folder: &Path) -> io::Result<Ended> {
    let clock_moves = opened.register.is_practice() && !clock.is_system();
    let unclean = opened.unclean;
    let setup = Setup { desk: DESK, size: Window::size()?, now: clock.now(), clock_moves, unclean };
    let mut app = App::new(std::mem::take(&mut opened.register), setup);
    window.draw(view(&app))?;
    // What the first frame did without: nobody can have asked for anything yet.
    opened.register = std::mem::take(&mut app.register);
    let more = opened.apart().and_then(|()| opened.bring(&Want::Date(app.date)));
    app.register = std::mem::take(&mut opened.register);
    let tell = window.teller();
    let directory = opened.directory.take();
    // Where it is not known who must not meet, nothing is written.
    let (blind, open) = (more.err(), opened.to_write(folder));
    let open = move || blind.map_or_else(open, Err);
    let keeper = Keeper::start(open, directory, move |kept| {
        // Nobody hears it where the loop has ended.
        let _ = tell.send(Heard::Kept(kept));
    })?;
    let mut desk = Desk::new(app, clock, Papers::new(folder), &window, Folders::one(folder));
    desk.keeper = Some(keeper);
    for (staff, note, words) in desk.papers.drafts() {
        desk.take(Action::Draft { staff, note, words });
    }
    if let Some(until) = desk.papers.was_open() {
        desk.take(Action::WasOpen(until));
    }
    desk.work_on(window)
}

/// The folders that a register may lie in, and where its practice clock is to stand.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Of the register.
    pub register: PathBuf,
    /// Of the practice register, where there is none yet.
    pub practice: PathBuf,
    /// Of a practice register: where its clock is to stand.
    pub at: Option<NaiveDateTime>,
}

impl Folders {
    fn one(folder: &Path) -> Self {
        Self { register: folder.to_owned(), practice: folder.to_owned(), at: None }
    }
}

/// Works a sealed desk, from the locked screen on, until somebody leaves.
///
/// # Errors
/// The terminal is gone; the book is closed then too.
pub fn sealed(mut window: Window, folders: Folders, clock: Clock) -> Result<io::Result<Ended>, HouseFault> {
    let house = House::of(&folders.register);
    let ring = house.read()?;
    let setup = match setup(&clock) {
        Ok(setup) => setup,
        Err(fault) => return Ok(Err(fault)),
    };
    let papers = Papers::sealed(&folders.register, house.sealer());
    let app = App::locked(setup, sealed_as(ring.kind()), papers.tries());
    if let Err(fault) = window.draw(view(&app)) {
        return Ok(Err(fault));
    }
    let mut desk = Desk::new(app, clock, papers, &window, folders);
    Ok(desk.keep(house, false).and_then(|()| desk.work_on(window)))
}

/// The first start: there is no register in either folder.
///
/// # Errors
/// The terminal is gone.
pub fn first_start(mut window: Window, folders: Folders, clock: Clock) -> io::Result<Ended> {
    let app = App::first(setup(&clock)?, folders.register.display().to_string(), WordList(words::list()));
    window.draw(view(&app))?;
    let papers = Papers::new(&folders.register);
    Desk::new(app, clock, papers, &window, folders).work_on(window)
}

fn setup(clock: &Clock) -> io::Result<Setup> {
    Ok(Setup { desk: DESK, size: Window::size()?, now: clock.now(), clock_moves: false, unclean: false })
}

fn sealed_as(kind: Kind) -> Sealed {
    Sealed {
        practice: (kind == Kind::Practice).then(|| Secret::new(PRACTICE)),
        seconds: 1,
        list: WordList(words::list()),
    }
}

struct Desk {
    app: App,
    clock: Clock,
    /// None before there is a register.
    keeper: Option<Keeper>,
    papers: Papers,
    folders: Folders,
    tell: Sender<Heard>,
    /// What the paper of the close says of the last day that was signed here.
    noted: Arc<Mutex<Option<String>>>,
    /// A register that is set up and not on disk yet.
    prepared: Option<Box<Prepared>>,
    /// The minute until which the book is kept as open.
    open_until: Option<i64>,
    ended: Option<Ended>,
    /// A thread has stopped: leaving says so.
    broken: bool,
}

impl Desk {
    fn new(app: App, clock: Clock, papers: Papers, window: &Window, folders: Folders) -> Self {
        let tell = window.teller();
        let (keeper, prepared, open_until, ended) = (None, None, None, None);
        let noted = Arc::default();
        Self { app, clock, keeper, papers, folders, tell, noted, prepared, open_until, ended, broken: false }
    }

    /// The keeper of a sealed register starts: the book is opened and checked while somebody types.
    fn keep(&mut self, house: House, unlocked: bool) -> io::Result<()> {
        let [say, come, kept] = [self.tell.clone(), self.tell.clone(), self.tell.clone()];
        // Nobody hears it where the loop has ended.
        let doors = Doors {
            folder: self.folders.register.clone(),
            at: self.folders.at,
            papers: self.papers.clone(),
            knows_the_time: false,
            noted: Arc::clone(&self.noted),
            clock: self.clock.clone(),
            say: Box::new(move |action| drop(say.send(Heard::Said(action)))),
            let_in: Box::new(move |all| drop(come.send(Heard::In(Box::new(all))))),
            house: house.clone(),
        };
        let folder = self.folders.register.clone();
        let open = move || open::locked(&folder, &house);
        self.keeper = Some(Keeper::sealed(open, doors, unlocked, move |said| drop(kept.send(Heard::Kept(said))))?);
        Ok(())
    }

    fn work_on(mut self, mut window: Window) -> io::Result<Ended> {
        let worked = self.work(&mut window);
        // The terminal first: a slow disk keeps nobody from it.
        drop(window);
        worked?;
        Ok(if self.broken { Ended::Broken } else { self.ended.unwrap_or(Ended::Left) })
    }

    fn work(&mut self, window: &mut Window) -> io::Result<()> {
        while self.ended.is_none() {
            window.draw(view(&self.app))?;
            // Only while somebody has the desk: until then nobody has said whether it is still so.
            if self.app.who.is_some() {
                self.papers_are_open();
            }
            let at_most = self.until_next(window);
            match window.wait(at_most) {
                Some(heard) => self.hear(heard),
                None => self.tick(window),
            }
            self.hear_more(window);
        }
        Ok(())
    }

    /// Takes in what else has come, and what the keeper says within a moment.
    fn hear_more(&mut self, window: &mut Window) {
        for _ in 0..BATCH {
            let wait = if self.app.flight.is_some() { SAVING } else { Duration::ZERO };
            match window.wait(wait) {
                Some(heard) if self.ended.is_none() => self.hear(heard),
                _ => return,
            }
        }
    }

    /// Until the next minute, or until something on the screen ends by itself. There is no other waking.
    fn until_next(&self, window: &Window) -> Duration {
        let second = self.clock.now().second().min(59);
        let minute = Duration::from_secs(u64::from(60 - second));
        let wakes = wakes_at(&self.app).map(|at| at.saturating_sub(window.since_start()));
        wakes.map_or(minute, |wakes| wakes.min(minute)).max(Duration::from_millis(1))
    }

    fn tick(&mut self, window: &Window) {
        self.take(Action::Tick { now: self.clock.now(), since_start: window.since_start() });
    }

    /// Once a minute the time is kept until which the book is known to have been open.
    fn papers_are_open(&mut self) {
        let now = self.clock.now();
        let minute = now.timestamp().div_euclid(60);
        if self.open_until != Some(minute) {
            self.open_until = Some(minute);
            self.papers.is_open(now);
        }
    }

    fn hear(&mut self, heard: Heard) {
        let now = self.clock.now();
        match heard {
            Heard::Input(Input::Key { key, at }) => {
                self.take(Action::Key { key, now, since_start: at, ids: self.clock.ids() });
            }
            Heard::Input(Input::Paste { text, .. }) => self.take(Action::Paste { text, now }),
            Heard::Input(Input::Flood) => self.take(Action::Flooded),
            Heard::Input(Input::Resize(size)) => self.take(Action::Resized(size)),
            Heard::Kept(Kept::Stored(entries)) => self.take(Action::Stored(entries)),
            Heard::Kept(Kept::NotStored(sentence)) => self.take(Action::NotStored(sentence)),
            Heard::Kept(Kept::Read(want, brought)) => self.take(Action::Brought(want, brought)),
            Heard::Kept(Kept::Names(names)) => self.take(Action::Names(names)),
            Heard::Kept(Kept::Trouble(sentence)) => self.take(Action::Trouble(sentence)),
            Heard::Kept(Kept::InUse) => self.ended = Some(Ended::InUse),
            Heard::Said(action) => self.take(action),
            Heard::In(all) => {
                self.clock = all.clock;
                self.open_until = None;
                self.take(Action::Unlocked(Box::new(all.unlocked)));
            }
            Heard::Prepared(made) => match made {
                Ok(mut prepared) => {
                    let words = prepared.words.take();
                    self.prepared = Some(prepared);
                    self.take(Action::SetUpMade(words));
                }
                Err(says) => self.take(Action::SetUpNot(says)),
            },
            Heard::Kept(Kept::Gone(sentence)) => {
                self.broken = true;
                self.take(Action::NotStored(sentence));
            }
            Heard::End => self.ended = Some(Ended::Left),
            Heard::Broken => self.ended = Some(Ended::Broken),
        }
    }

    /// One action into the state, and all that it asks for.
    fn take(&mut self, action: Action) {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            for effect in update(&mut self.app, action) {
                actions.extend(self.perform(effect));
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Option<Action> {
        match effect {
            Effect::Append(drafts) => return self.append(drafts).err().map(Action::NotStored),
            Effect::Read(want) => return self.read(want),
            Effect::KeepDraft { staff, note, words } => {
                if let Err(fault) = self.papers.keep_draft(staff, note, &words) {
                    let says = format!("What is typed here could not be kept as a draft ({fault}). Save it soon.");
                    self.app.flash = Some(says);
                }
            }
            Effect::PrintRoll(lines) => {
                self.app.flash = Some(match self.papers.print_roll(&lines) {
                    Ok(path) => {
                        self.exported(Leaves::Roll);
                        format!("Written for the printer: {}", path.display())
                    }
                    Err(fault) => format!("The roll was not written ({fault}). Copy it from the screen."),
                });
            }
            // What is sealed lies open on paper only where somebody asked for it.
            Effect::PrintSheets { asked: false, .. } if self.app.is_sealed() => {}
            Effect::PrintSheets { sealed, asked } => match self.print_sheets(sealed) {
                Ok(_) if !asked => {}
                Ok(says) => {
                    self.exported(Leaves::Sheets);
                    self.app.flash = Some(says);
                }
                Err(says) => self.app.flash = Some(says),
            },
            Effect::PrintClose(mut lines) => {
                let noted = self.noted.lock().ok().and_then(|noted| noted.clone());
                lines.extend(noted.filter(|_| self.app.day().is_some_and(|day| day.is_signed())));
                self.app.flash = Some(match self.papers.print_close(&lines) {
                    Ok(path) => {
                        self.exported(Leaves::Day);
                        format!("Written for the printer: {}", path.display())
                    }
                    Err(fault) => format!("The close was not written ({fault}). Copy it from the screen."),
                });
            }
            Effect::ClockTo(to) => {
                if to > self.clock.now() {
                    self.clock.set(to);
                    self.at_door(Door::Clock(self.clock.clone()));
                }
                return Some(Action::Tick { now: self.clock.now(), since_start: self.app.since_start });
            }
            Effect::Viewed { case, day } => self.at_door(Door::Viewed(case, day)),
            Effect::Quit => self.ended = Some(Ended::Left),
            Effect::Unlock { .. }
            | Effect::Recover { .. }
            | Effect::Lock
            | Effect::Prove { .. }
            | Effect::People(_)
            | Effect::RaiseLocked { .. }
            | Effect::RaisedLeft(_) => return self.at_the_door(effect),
            Effect::Offer => return Some(door::offered()),
            Effect::Practise | Effect::SetUp(_) | Effect::SetUpKeep => return self.first(effect),
        }
        None
    }

    fn read(&self, want: Want) -> Option<Action> {
        match &self.keeper {
            Some(keeper) => keeper.read(want).err().map(|_| Action::Brought(want, None)),
            None => Some(Action::Brought(want, None)),
        }
    }

    /// The sheets of the day, and what is said about it.
    fn print_sheets(&self, sealed: bool) -> Result<String, String> {
        let Some(day) = self.app.day() else { return Ok(String::new()) };
        let register = &self.app.register;
        let [desk, closed] = FILES;
        let mut sheets = vec![(desk, export::desk_sheet(register, day))];
        if sealed {
            sheets.push((closed, export::sealed_sheet(register, day)));
        }
        match self.papers.print_sheets(&sheets) {
            Ok(folder) => {
                let names: Vec<&str> = sheets.iter().map(|(name, _)| *name).collect();
                Ok(format!("To be printed: {} in {}", names.join(" and "), folder.display()))
            }
            Err(fault) => Err(format!("The paper sheets were not written ({fault}). F2, then p, tries again.")),
        }
    }

    fn append(&self, drafts: Vec<Draft>) -> Result<(), String> {
        let by = written_by(self.app.who, &drafts);
        let hand = Hand { by, desk: self.app.desk, now: self.clock.now(), source: Source::Desk };
        let entries = stamp(drafts, &hand, self.clock.ids());
        self.keeper
            .as_ref()
            .map_or_else(|| Err("There is no register yet.".to_owned()), |keeper| keeper.append(entries))
    }
}
