//! The loop: one thing heard after another into the state, what it asks for done, the screen drawn once for all of them.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::Timelike;

use crate::app::action::{Action, Effect};
use crate::app::paper::FILES;
use crate::app::{App, Setup, update, view};
use crate::clock::Clock;
use crate::domain::event::{Draft, Source};
use crate::domain::past::Want;
use crate::export;
use crate::run::keeper::{Keeper, Kept};
use crate::run::open::Opened;
use crate::run::papers::Papers;
use crate::run::setup::DESK;
use crate::run::stamp::{Hand, stamp, written_by};
use crate::run::window::{Heard, Window};
use crate::tui::Input;

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
    window.draw(&view(&app))?;
    // What the first frame did without: nobody can have asked for anything yet.
    opened.register = std::mem::take(&mut app.register);
    let more = opened.apart().and_then(|()| opened.bring(&Want::Date(app.date)));
    app.register = std::mem::take(&mut opened.register);
    if let Err(fault) = more {
        app.asked.trouble = Some(fault.to_string());
    }
    let tell = window.teller();
    let directory = opened.directory.take();
    let keeper = Keeper::start(opened.to_write(folder), directory, move |kept| {
        // Nobody hears it where the loop has ended.
        let _ = tell.send(Heard::Kept(kept));
    })?;
    let mut desk =
        Desk { app, clock, keeper, papers: Papers::new(folder), open_until: None, ended: None, broken: false };
    for (staff, note, words) in desk.papers.drafts() {
        desk.take(Action::Draft { staff, note, words });
    }
    if let Some(until) = desk.papers.was_open() {
        desk.take(Action::WasOpen(until));
    }
    let worked = desk.work(&mut window);
    // The terminal first: a slow disk keeps nobody from it.
    drop(window);
    worked?;
    Ok(if desk.broken { Ended::Broken } else { desk.ended.unwrap_or(Ended::Left) })
}

struct Desk {
    app: App,
    clock: Clock,
    keeper: Keeper,
    papers: Papers,
    /// The minute until which the book is kept as open.
    open_until: Option<i64>,
    ended: Option<Ended>,
    /// A thread has stopped: leaving says so.
    broken: bool,
}

impl Desk {
    fn work(&mut self, window: &mut Window) -> io::Result<()> {
        while self.ended.is_none() {
            window.draw(&view(&self.app))?;
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

    /// Until the next minute, or until staff view goes back. There is no other waking.
    fn until_next(&self, window: &Window) -> Duration {
        let second = self.clock.now().second().min(59);
        let minute = Duration::from_secs(u64::from(60 - second));
        let view = self.app.staff_view_until.map(|until| until.saturating_sub(window.since_start()));
        view.map_or(minute, |view| view.min(minute)).max(Duration::from_millis(1))
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
            Effect::Read(want) => return self.keeper.read(want).err().map(|_| Action::Brought(want, None)),
            Effect::KeepDraft { staff, note, words } => {
                if let Err(fault) = self.papers.keep_draft(staff, note, &words) {
                    let says = format!("What is typed here could not be kept as a draft ({fault}). Save it soon.");
                    self.app.flash = Some(says);
                }
            }
            Effect::PrintRoll(lines) => {
                self.app.flash = Some(match self.papers.print_roll(&lines) {
                    Ok(path) => format!("Written for the printer: {}", path.display()),
                    Err(fault) => format!("The roll was not written ({fault}). Copy it from the screen."),
                });
            }
            Effect::PrintSheets { sealed, asked } => match self.print_sheets(sealed) {
                Ok(_) if !asked => {}
                Ok(says) | Err(says) => self.app.flash = Some(says),
            },
            Effect::PrintClose(lines) => {
                self.app.flash = Some(match self.papers.print_close(&lines) {
                    Ok(path) => format!("Written for the printer: {}", path.display()),
                    Err(fault) => format!("The close was not written ({fault}). Copy it from the screen."),
                });
            }
            Effect::ClockTo(to) => {
                if to > self.clock.now() {
                    self.clock.set(to);
                }
                return Some(Action::Tick { now: self.clock.now(), since_start: self.app.since_start });
            }
            Effect::Quit => self.ended = Some(Ended::Left),
            // Asked of sealed registers only, and none is opened here yet.
            Effect::Unlock { .. }
            | Effect::Recover { .. }
            | Effect::Lock
            | Effect::RaiseLocked { .. }
            | Effect::RaisedLeft(_)
            | Effect::Prove { .. }
            | Effect::Offer
            | Effect::People(_)
            | Effect::Practise
            | Effect::SetUp(_)
            | Effect::SetUpKeep => {}
        }
        None
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
        self.keeper.append(stamp(drafts, &hand, self.clock.ids()))
    }
}
