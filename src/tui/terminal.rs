//! The terminal while it is ours: taken once, one write a frame, and given back however the program ends.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Duration;

use crossterm::cursor;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::layout::Rect;

use crate::app::screen::{Screen, Size};

use super::steady::Steady;
use super::theme::Theme;

/// The thread that has the terminal, while it is ours.
static HELD: Mutex<Option<ThreadId>> = Mutex::new(None);

/// The terminal. Dropping it gives it back: the old screen, cooked keys, the cursor.
pub struct Terminal {
    inner: ratatui::Terminal<Steady<Gather>>,
    frame: Gather,
}

impl Terminal {
    /// Takes the terminal: the alternate screen, raw keys, pastes in one piece. Asks it nothing.
    ///
    /// # Errors
    /// When there is no terminal, or it is already taken.
    pub fn enter() -> io::Result<Self> {
        let mut frame = Gather::default();
        let inner = ratatui::Terminal::new(Steady::new(frame.clone()))?;
        {
            let mut held = held();
            if held.is_some() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            terminal::enable_raw_mode()?;
            *held = Some(thread::current().id());
        }
        let taken = Self { inner, frame: frame.clone() };
        // From here on a change of size is heard, also one between the first frame and the first key.
        crossterm::event::poll(Duration::ZERO)?;
        crossterm::queue!(frame, EnterAlternateScreen, terminal::Clear(terminal::ClearType::All), cursor::Hide)?;
        // A console that cannot tell a paste from typing is still one to work with.
        let _ = crossterm::queue!(frame, EnableBracketedPaste);
        Ok(taken)
    }

    /// Draws one frame: what has changed, in one write.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, screen: &Screen, theme: &Theme) -> io::Result<()> {
        self.inner.draw(|frame| super::draw(frame, screen, theme))?;
        self.frame.send()
    }

    /// Draws the next frame whole, over whatever another program has left.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn redraw_all(&mut self) -> io::Result<()> {
        let Size { width, height } = size()?;
        // Not `clear`: that asks the terminal where its cursor is, and takes keys for the answer.
        self.inner.resize(Rect::new(0, 0, width, height))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// How big the terminal is now.
///
/// # Errors
/// When there is none.
pub fn size() -> io::Result<Size> {
    terminal::size().map(|(width, height)| Size { width, height })
}

/// Gives the terminal back, if it is ours; may be called at any moment, from any thread.
pub fn restore() {
    if held().take().is_none() {
        return;
    }
    let mut out = io::stdout().lock();
    // The program is ending: there is nobody left to tell of a fault.
    let _ = crossterm::queue!(out, DisableBracketedPaste);
    let _ = crossterm::queue!(out, SetAttribute(Attribute::Reset), LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

/// From now on a panic gives the terminal back and says `words`, with its place in the source: never its own message,
/// which may hold what the book holds. A panic on another thread than the one that has the terminal is silent: whoever
/// waits for that thread tells of it on the screen.
pub fn on_panic(words: &'static str) {
    std::panic::set_hook(Box::new(move |info| {
        let owner = *held();
        if owner.is_some_and(|owner| owner != thread::current().id()) {
            return;
        }
        restore();
        let mut err = io::stderr().lock();
        let _ = match info.location() {
            Some(place) => writeln!(err, "{words} ({}:{})", place.file(), place.line()),
            None => writeln!(err, "{words}"),
        };
    }));
}

fn held() -> std::sync::MutexGuard<'static, Option<ThreadId>> {
    HELD.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Gathers a frame, so that it leaves in one write.
#[derive(Debug, Clone)]
struct Gather(Rc<RefCell<Vec<u8>>>);

/// Bytes of a whole frame on a large terminal: room for so many is kept, so that none is copied as it grows.
const FRAME: usize = 1 << 17;

impl Default for Gather {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(Vec::with_capacity(FRAME))))
    }
}

impl Gather {
    /// What was sent is wiped: names and words of passphrases stand in it as they are read.
    fn send(&mut self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        super::text::wipe(&mut bytes);
        bytes.clear();
        sent
    }
}

impl Write for Gather {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: a frame is sent when it is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
