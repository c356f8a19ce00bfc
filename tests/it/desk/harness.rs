//! A desk in memory: keys in, the drawn screen out, every append through a real book.
//!
//! A script is tokens with blanks between: a letter or digit is that key; `enter esc tab backtab up down left right
//! home end pgup pgdn space bksp minus` and `f1`..`f12`, `ctrl-z`; `@10:03` sets the clock, `+5m` and `+1s` move it on;
//! `"text` types the rest of the token letter by letter. A key takes 200 ms.

use std::time::Duration;

use chrono::{NaiveDateTime, NaiveTime};
use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, Then, update, view};
use doorbook::book::Book;
use doorbook::domain::codes::Moment;
use doorbook::domain::decide::Command;
use doorbook::domain::event::{By, CentreEvent, Draft, Entry, Event, FileRef, Source};
use doorbook::domain::ids::{CaseId, DayId, Ids, RegisterId};
use doorbook::domain::register::Register;
use doorbook::journal::Memory;
use doorbook::run::setup::{DESK, Families, outside_days, practice_entries};
use doorbook::run::stamp::{Hand, stamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

use super::vault::Vault;

/// Time that one key takes.
const KEY: Duration = Duration::from_millis(200);

pub struct Desk {
    pub app: App,
    /// `None`: a fork, which keeps what it writes to itself.
    pub book: Option<Book<Memory>>,
    /// Everything that was written.
    pub log: Vec<Entry>,
    pub now: Moment,
    pub since_start: Duration,
    pub effects: Vec<Effect>,
    /// Fails the next append with this sentence.
    pub fail: Option<String>,
    /// Of a sealed register: who opens it, and by which passphrase.
    pub vault: Option<Vault>,
    next_id: u128,
}

impl Desk {
    /// The practice Saturday at a time, nobody at the desk yet.
    pub fn practice(at: &str) -> Self {
        Self::with(Families::Invented, &format!("2026-11-21T{at}"))
    }

    /// The practice Saturday with Jean at the desk and the team signed in.
    pub fn saturday(at: &str) -> Self {
        let mut desk = Self::practice("08:55");
        desk.keys("5 f2 1 2 3 4 esc");
        desk.keys(&format!("@{at}"));
        desk
    }

    pub fn with(families: Families, at: &str) -> Self {
        let now = moment(at);
        let register = RegisterId(Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0001));
        let entries = practice_entries(register, families, now, ids(1));
        Self::on(register, &entries, now)
    }

    pub fn on(register: RegisterId, entries: &[Entry], now: Moment) -> Self {
        let mut book = Book::open(Memory::new(doorbook::journal::RegisterId(register.0.into_bytes()))).unwrap();
        book.append(entries).unwrap();
        let mut folded = Register::default();
        entries.iter().for_each(|e| folded.fold(e));
        Self {
            app: App::new(folded, setup(now)),
            book: Some(book),
            log: entries.to_vec(),
            now,
            since_start: Duration::from_secs(1),
            effects: Vec::new(),
            fail: None,
            vault: None,
            next_id: 1000,
        }
    }

    /// Writes a command as who is at the desk would, whatever screen is open; `false`: it was refused.
    pub fn write(&mut self, command: &Command, at: Option<Moment>, then: Then) -> bool {
        self.app.ids = self.deal();
        let effects = self.app.write(command, at, then);
        let asked = !effects.is_empty();
        self.perform(effects);
        asked
    }

    /// Types a script.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for token in script.split_whitespace() {
            self.token(token);
        }
        self
    }

    fn token(&mut self, token: &str) {
        if let Some(time) = token.strip_prefix('@').filter(|t| !t.is_empty()) {
            let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap_or_else(|_| panic!("{token}"));
            let to = self.now.date_naive().and_time(time);
            self.wait_until(to.and_local_timezone(*self.now.offset()).unwrap());
        } else if let Some(by) = token.strip_prefix('+').filter(|t| t.len() > 1) {
            let (n, unit) = by.split_at(by.len() - 1);
            let n: i64 = n.parse().unwrap_or_else(|_| panic!("{token}"));
            let by = if unit == "m" { chrono::Duration::minutes(n) } else { chrono::Duration::seconds(n) };
            self.wait_until(self.now + by);
        } else if let Some(text) = token.strip_prefix('"').filter(|t| !t.is_empty()) {
            text.chars().for_each(|c| self.press(Key::Char(c)));
        } else {
            self.press(key(token));
        }
    }

    pub fn wait_until(&mut self, to: Moment) {
        self.since_start += (to - self.now).to_std().unwrap_or_default();
        self.now = to;
        self.send(Action::Tick { now: self.now, since_start: self.since_start });
    }

    pub fn press(&mut self, key: Key) {
        self.press_after(key, KEY);
    }

    /// Presses a key so long after the last.
    pub fn press_after(&mut self, key: Key, after: Duration) {
        self.since_start += after;
        let ids = self.deal();
        self.send(Action::Key { key, now: self.now, since_start: self.since_start, ids });
    }

    fn deal(&mut self) -> Ids {
        self.next_id += 1;
        ids(self.next_id)
    }

    pub fn send(&mut self, action: Action) {
        let effects = update(&mut self.app, action);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::Append(drafts) => {
                    if let Some(sentence) = self.fail.take() {
                        self.send(Action::NotStored(sentence));
                        continue;
                    }
                    let by = self.app.who.map_or(By::Program, By::Staff);
                    let by = drafts_by(&drafts).unwrap_or(by);
                    let hand = Hand { by, desk: DESK, now: self.now, source: Source::Desk };
                    let entries = stamp(drafts, &hand, self.deal());
                    if let Some(book) = &mut self.book {
                        book.append(&entries).unwrap();
                    }
                    self.log.extend(entries.iter().cloned());
                    self.send(Action::Stored(entries));
                }
                Effect::Viewed { case, day } => self.views(case, day),
                Effect::ClockTo(to) => self.wait_until(to),
                other => self.asked_of_the_vault(other),
            }
        }
    }

    /// Somebody looks into a file: written as the keeper does, in the name of whoever is in.
    fn views(&mut self, case: CaseId, day: Option<DayId>) {
        let event = Event::Centre(CentreEvent::Viewed { case });
        let draft = Draft { day, ..outside_days(FileRef::Case(case), event, self.now) };
        let by = self.app.who.map_or(By::Program, By::Staff);
        let hand = Hand { by, desk: DESK, now: self.now, source: Source::Desk };
        let entries = stamp(vec![draft], &hand, self.deal());
        if let Some(book) = &mut self.book {
            book.append(&entries).unwrap();
        }
        self.log.extend(entries.iter().cloned());
        self.send(Action::Beside(entries));
    }

    fn asked_of_the_vault(&mut self, effect: Effect) {
        let Some(vault) = &mut self.vault else { return };
        let answers = vault.answers(effect, &self.log, setup(self.now));
        answers.into_iter().for_each(|answer| self.send(answer));
    }

    /// The drawn screen, mono, trailing blanks cut.
    pub fn screen(&self) -> String {
        self.drawn(&doorbook::tui::Theme::default())
    }

    pub fn drawn(&self, theme: &doorbook::tui::Theme) -> String {
        let size = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        doorbook::tui::paint(&mut buffer, &view(&self.app), theme);
        let rows = buffer.content.chunks(usize::from(size.width.max(1)));
        let mut out = String::new();
        for row in rows {
            let mut line = String::new();
            let mut skip = 0;
            for cell in row {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                line.push_str(cell.symbol());
                skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The Enter line: label and sentence.
    pub fn enter(&self) -> String {
        let enter = view(&self.app).enter;
        format!("{}   {}", enter.label, enter.says)
    }

    #[track_caller]
    pub fn sees(&self, text: &str) -> &Self {
        assert!(self.screen().contains(text), "not on the screen: {text}\n{}", self.screen());
        self
    }

    #[track_caller]
    pub fn sees_not(&self, text: &str) -> &Self {
        assert!(!self.screen().contains(text), "on the screen: {text}\n{}", self.screen());
        self
    }

    /// Entries in the book.
    pub fn entries(&mut self) -> Vec<Entry> {
        match &mut self.book {
            Some(book) => book.read_all().unwrap().into_iter().map(|p| p.entry).collect(),
            None => self.log.clone(),
        }
    }

    /// How many entries were written.
    pub fn written(&self) -> usize {
        self.log.len()
    }

    /// The program ended and started again, now: what was written is read, nobody has the desk.
    pub fn restarted(&self) -> Self {
        let mut folded = Register::default();
        self.log.iter().for_each(|e| folded.fold(e));
        let size = self.app.size;
        Self { app: App::new(folded, Setup { size, ..setup(self.now) }), ..self.fork() }
    }

    /// The same on another day, or at another time.
    pub fn restarted_on(&self, at: &str) -> Self {
        Self { now: moment(at), ..self.fork() }.restarted()
    }

    /// The same desk, going its own way: what it writes is in no book.
    pub fn fork(&self) -> Self {
        Self {
            app: self.app.clone(),
            book: None,
            log: self.log.clone(),
            now: self.now,
            since_start: self.since_start,
            effects: Vec::new(),
            fail: None,
            vault: self.vault.clone(),
            next_id: self.next_id,
        }
    }

    /// What a fold of the book from disk says must be what the desk saw, and draw the same board.
    #[track_caller]
    pub fn reloads(&mut self) {
        let mut folded = Register::default();
        self.entries().iter().for_each(|e| folded.fold(e));
        let now = self.now;
        let who = self.app.who;
        let size = self.app.size;
        let mut again = App::new(folded, Setup { size, ..setup(now) });
        again.who = who;
        again.to_board();
        let before = format!("{:?}", self.app.register);
        let after = format!("{:?}", again.register);
        assert_eq!(before, after, "the fold of the book is not what the desk saw");
    }
}

/// Opening the day and taking the desk are written by who does so.
fn drafts_by(drafts: &[doorbook::domain::event::Draft]) -> Option<By> {
    use doorbook::domain::event::{DayEvent, Event};
    drafts.iter().find_map(|d| match &d.event {
        Event::Day(DayEvent::DeskTaken { staff }) => Some(By::Staff(*staff)),
        _ => None,
    })
}

pub fn setup(now: Moment) -> Setup {
    Setup { desk: DESK, size: Size::default(), now, clock_moves: false, unclean: false }
}

pub fn moment(local: &str) -> Moment {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap();
    let summer = (4..=10).contains(&chrono::Datelike::month(&local.date()));
    let offset = chrono::FixedOffset::east_opt(if summer { 3600 } else { 0 }).unwrap();
    local.and_local_timezone(offset).unwrap()
}

pub fn ids(n: u128) -> Ids {
    Ids(Uuid::from_u128((0x0193_5c3a_0000_7abc_8000_0000_0000_0000) + (n << 16)))
}

pub fn key(token: &str) -> Key {
    let mut chars = token.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => return Key::Char(c),
        (Some('f'), Some(d)) if d.is_ascii_digit() => return Key::F(token[1..].parse().unwrap()),
        _ => {}
    }
    if let Some(letter) = token.strip_prefix("ctrl-") {
        return Key::Ctrl(letter.chars().next().unwrap());
    }
    match token {
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "home" => Key::Home,
        "end" => Key::End,
        "pgup" => Key::PageUp,
        "pgdn" => Key::PageDown,
        "space" => Key::Char(' '),
        "bksp" => Key::Backspace,
        "minus" => Key::Char('-'),
        other => panic!("no key {other}"),
    }
}
