//! A program in a real terminal: starts it, types, waits for what the screen says, kills it.

mod desk;
mod guard;
mod kills;
#[cfg(unix)]
mod paste;
mod smoke;

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for the screen, on a slow machine that does other work.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to start, and in what terminal.
pub struct Setup {
    program: PathBuf,
    args: Vec<String>,
    env: Vec<(String, String)>,
    home: Option<PathBuf>,
    width: u16,
    height: u16,
}

impl Setup {
    /// The program, at 80 by 24, with an empty home folder of its own.
    pub fn new(args: &[&str]) -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_doorbook"));
        let args = args.iter().map(ToString::to_string).collect();
        Self { program, args, env: Vec::new(), home: None, width: 80, height: 24 }
    }

    /// Another program, to test the harness by.
    pub fn program(mut self, program: impl Into<PathBuf>) -> Self {
        self.program = program.into();
        self
    }

    /// With a variable of the environment.
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// With this home folder: to start again where another copy was killed.
    pub fn home(mut self, home: impl Into<PathBuf>) -> Self {
        self.home = Some(home.into());
        self
    }

    /// In a terminal of another size.
    #[cfg(unix)]
    pub fn size(mut self, width: u16, height: u16) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// Starts it.
    pub fn start(self) -> Pty {
        let temporary = self.home.is_none().then(|| tempfile::tempdir().unwrap());
        let home = self.home.clone().unwrap_or_else(|| temporary.as_ref().unwrap().path().to_owned());
        let pair = native_pty_system().openpty(pty_size(self.width, self.height)).unwrap();
        let child = pair.slave.spawn_command(self.command(&home)).unwrap();
        // The slave must close with the child, or the end of its output is never seen.
        drop(pair.slave);
        let seen = Arc::new(Seen::new(self.width, self.height));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let share = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                share.take(&bytes[..count]);
            }
            share.end();
        });
        // Whatever goes wrong, a program that hangs ends, and the test with it.
        let (mut killer, alive) = (child.clone_killer(), Arc::downgrade(&seen));
        thread::spawn(move || {
            let until = Instant::now() + 6 * PATIENCE;
            while Instant::now() < until {
                thread::sleep(Duration::from_millis(200));
                if alive.upgrade().is_none_or(|seen| Arc::strong_count(&seen) <= 2) {
                    return;
                }
            }
            let _ = killer.kill();
        });
        Pty { child, master: pair.master, writer, seen, home, _temporary: temporary }
    }

    fn command(&self, home: &Path) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.cwd(home);
        // Nothing of this machine: neither its folders nor its preferences.
        for (name, _) in std::env::vars() {
            let kept = ["PATH", "SYSTEMROOT", "RUST_BACKTRACE", "LLVM_PROFILE_FILE"];
            if !kept.contains(&name.to_uppercase().as_str()) {
                command.env_remove(name);
            }
        }
        for name in ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"] {
            command.env(name, home);
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command
    }
}

/// A running program and its terminal. Dropping it kills the program.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Seen>,
    #[cfg_attr(not(unix), allow(dead_code))]
    home: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

impl Pty {
    /// Unlocks a practice register with the passphrase that its screen shows; the start screen is there then.
    pub fn unlocks(&mut self, number: &str) {
        self.wait_for("Your number");
        self.keys(&format!("{number} Enter"));
        self.wait_for("You are ");
    }

    /// The same, and Enter: the day is open, or the desk is this person's again.
    pub fn comes_in(&mut self, number: &str) {
        self.unlocks(number);
        // An Enter so soon after the one before would be the same Enter.
        thread::sleep(Duration::from_millis(200));
        self.keys("Enter");
        self.wait_for("at the desk");
    }

    /// Types keys, by name: `"1 Enter d 1"`, `"F8 Ctrl-Z Space Up"`; a token that is no name is typed as it is.
    pub fn keys(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.send(&bytes(key));
        }
    }

    /// Sends bytes as they are: text, a paste, an escape sequence. A program that has ended is not an error.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.writer.write_all(bytes).and_then(|()| self.writer.flush());
    }

    /// The screen as text, a line a row.
    pub fn screen(&self) -> String {
        self.seen.state.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the screen says this; the answer is the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contents().contains(text))
    }

    /// Waits until the screen no longer says this.
    #[track_caller]
    pub fn wait_gone(&self, text: &str) -> String {
        self.wait_until(&format!("no {text}"), |screen| !screen.contents().contains(text))
    }

    /// Waits until the screen is as asked; `what` stands in the fault. The answer is the screen.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is: impl Fn(&vt100::Screen) -> bool) -> String {
        match self.seen.wait(|state| is(state.parser.screen())) {
            Ok(screen) => screen,
            Err(screen) => panic!("waited in vain for {what:?}; the screen:\n{screen}"),
        }
    }

    /// Looks at cells, cursor and modes.
    pub fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen.state.lock().unwrap().parser.screen())
    }

    /// Every byte that the program has sent.
    pub fn sent(&self) -> Vec<u8> {
        self.seen.state.lock().unwrap().sent.clone()
    }

    /// Makes the terminal another size, and tells the program.
    pub fn resize(&self, width: u16, height: u16) {
        self.seen.state.lock().unwrap().parser.screen_mut().set_size(cells(height), cells(width));
        self.master.resize(pty_size(width, height)).unwrap();
    }

    /// Asks the program to end, as the system does when it shuts down.
    #[cfg(unix)]
    pub fn terminate(&self) {
        self.signal(rustix::process::Signal::TERM);
    }

    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(pid) = self.child.process_id().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed())) {
            let _ = rustix::process::kill_process(pid, signal);
        }
    }

    /// Its number among the system's processes.
    #[cfg(target_os = "linux")]
    pub fn process_id(&self) -> Option<u32> {
        self.child.process_id()
    }

    /// Ends the program at this instant; it learns nothing of it.
    pub fn kill(&mut self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::KILL);
        #[cfg(not(unix))]
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until the program has ended and all that it sent is on the screen; the answer is its exit code.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let _ = self.seen.wait(|state| state.ended);
                return status.exit_code();
            }
            assert!(Instant::now() < until, "still runs; the screen:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The program's home folder.
    #[cfg(unix)]
    pub fn home(&self) -> &Path {
        &self.home
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

/// What the terminal has been sent.
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    sent: Vec<u8>,
    ended: bool,
}

impl Seen {
    fn new(width: u16, height: u16) -> Self {
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        Self { state: Mutex::new(State { parser, sent: Vec::new(), ended: false }), changed: Condvar::new() }
    }

    fn take(&self, bytes: &[u8]) {
        let mut state = self.state.lock().unwrap();
        state.parser.process(bytes);
        state.sent.extend_from_slice(bytes);
        self.changed.notify_all();
    }

    fn end(&self) {
        self.state.lock().unwrap().ended = true;
        self.changed.notify_all();
    }

    /// The screen once it is so; or as it was when patience, or the program, had ended.
    fn wait(&self, is: impl Fn(&State) -> bool) -> Result<String, String> {
        let state = self.state.lock().unwrap();
        let wait = |state: &mut State| !is(state) && !state.ended;
        let (state, _) = self.changed.wait_timeout_while(state, PATIENCE, wait).unwrap();
        let screen = state.parser.screen().contents();
        if is(&state) { Ok(screen) } else { Err(screen) }
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

fn pty_size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// What a terminal sends for a key.
fn bytes(key: &str) -> Vec<u8> {
    let named: &[u8] = match key {
        "Enter" => b"\r",
        "Esc" => b"\x1b",
        "Tab" => b"\t",
        "BackTab" => b"\x1b[Z",
        "Space" => b" ",
        "Backspace" => b"\x7f",
        "Delete" => b"\x1b[3~",
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "Right" => b"\x1b[C",
        "Left" => b"\x1b[D",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "PageUp" => b"\x1b[5~",
        "PageDown" => b"\x1b[6~",
        "F1" => b"\x1bOP",
        "F2" => b"\x1bOQ",
        "F3" => b"\x1bOR",
        "F4" => b"\x1bOS",
        "F5" => b"\x1b[15~",
        "F6" => b"\x1b[17~",
        "F7" => b"\x1b[18~",
        "F8" => b"\x1b[19~",
        "F9" => b"\x1b[20~",
        "F10" => b"\x1b[21~",
        "F11" => b"\x1b[23~",
        "F12" => b"\x1b[24~",
        _ => match key.strip_prefix("Ctrl-").map(str::as_bytes) {
            Some([letter]) => return vec![letter.to_ascii_lowercase() & 0x1f],
            _ => key.as_bytes(),
        },
    };
    named.to_vec()
}
