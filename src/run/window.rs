//! The terminal, and all that the loop hears: keys, the keeper's answers, the system's wish to end.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::screen::{Screen, Size};
use crate::clock::Clock;
use crate::platform;
use crate::run::first::Prepared;
use crate::run::keeper::{In, Kept};
use crate::tui::input::Reader;
use crate::tui::{Input, Terminal, Theme, terminal};

/// Something that the loop hears.
#[derive(Debug)]
pub(super) enum Heard {
    /// From the terminal.
    Input(Input),
    /// From the keeper.
    Kept(Kept),
    /// Said at the door of a sealed register.
    Said(Action),
    /// Somebody is in.
    In(Box<In>),
    /// The keys of a register that is being set up, or why there are none.
    Prepared(Result<Box<Prepared>, String>),
    /// The terminal is gone, or the system asks the program to end.
    End,
    /// Reading the terminal has stopped on a fault of our own.
    Broken,
}

/// The terminal while it is ours.
pub struct Window {
    terminal: Terminal,
    theme: Theme,
    clock: Clock,
    tell: Sender<Heard>,
    hear: Receiver<Heard>,
    listens: bool,
}

impl Window {
    /// Takes the terminal. Keys are timed by `clock`, which must be the one that the desk is timed by.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn open(theme: Theme, clock: &Clock) -> io::Result<Self> {
        let (tell, hear) = channel();
        // Before the terminal is taken: from then on an end that is asked for must give it back.
        let asked = tell.clone();
        platform::on_stop(move || {
            let _ = asked.send(Heard::End);
        })?;
        let terminal = Terminal::enter()?;
        Ok(Self { terminal, theme, clock: clock.clone(), tell, hear, listens: false })
    }

    /// How big it is.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn size() -> io::Result<Size> {
        terminal::size()
    }

    /// Draws, and wipes what was drawn; the thread that reads keys starts after the first frame.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn draw(&mut self, screen: Screen) -> io::Result<()> {
        let drawn = self.terminal.draw(&screen, &self.theme);
        screen.wipe();
        drawn?;
        if !self.listens {
            self.listens = true;
            self.listen()?;
        }
        Ok(())
    }

    /// Tells the loop something.
    pub(super) fn teller(&self) -> Sender<Heard> {
        self.tell.clone()
    }

    /// Since the keys' clock started.
    pub(super) fn since_start(&self) -> Duration {
        self.clock.since_start()
    }

    /// The next thing, waiting at most so long for it; `None`: nothing came.
    pub(super) fn wait(&mut self, at_most: Duration) -> Option<Heard> {
        match self.hear.recv_timeout(at_most) {
            Ok(heard) => self.own(heard),
            Err(RecvTimeoutError::Timeout) => None,
            // The window holds a sender itself, so this cannot be; ending is what it would mean.
            Err(RecvTimeoutError::Disconnected) => Some(Heard::End),
        }
    }

    /// Ctrl-L is the terminal's own affair: the next frame is drawn whole.
    fn own(&mut self, heard: Heard) -> Option<Heard> {
        if matches!(&heard, Heard::Input(Input::Key { key: Key::Ctrl('l'), .. })) {
            return self.terminal.redraw_all().is_err().then_some(Heard::End);
        }
        Some(heard)
    }

    fn listen(&self) -> io::Result<()> {
        let (tell, clock) = (self.tell.clone(), self.clock.clone());
        let read = move || {
            let reading = catch_unwind(AssertUnwindSafe(|| read(&tell, &clock)));
            // Nobody hears it where the loop has ended.
            let _ = tell.send(if reading.is_ok() { Heard::End } else { Heard::Broken });
        };
        std::thread::Builder::new().name("input".to_owned()).spawn(read)?;
        Ok(())
    }
}

/// Reads until the terminal is gone, or the loop has ended.
fn read(tell: &Sender<Heard>, clock: &Clock) {
    let mut reader = Reader::new(|| clock.since_start());
    while let Ok(input) = reader.read() {
        if tell.send(Heard::Input(input)).is_err() {
            return;
        }
    }
}
