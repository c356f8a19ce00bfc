//! What the state in hand needs of the book and the register does not hold: asked for once, taken in when it comes.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::app::action::{Action, Effect};
use crate::app::state::{App, View};
use crate::app::update::{FLOODED, Waits};
use crate::app::{find, looked, todo};
use crate::domain::day::Session;
use crate::domain::find::Names;
use crate::domain::past::{Brought, Want};
use crate::domain::todo::asks_for_past;

/// Days of which something waits that are read for the coordinator's list at once, the oldest first.
const DAYS: usize = 60;

/// What was asked of the book, and what it said.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Keys and pastes that wait for what is being stored, or for the day in hand.
    pub waiting: VecDeque<Waits>,
    /// Everybody on file, once they are read.
    pub names: Option<Arc<Names>>,
    /// Who looked into which file.
    pub(super) looked: looked::State,
    /// Nothing more can be written, and why.
    pub trouble: Option<String>,
    /// It has not come yet.
    waits: BTreeSet<Want>,
    /// Of these, what nobody asked for and who must not meet comes with: nothing is done before.
    comes: Option<Want>,
    /// It could not be read; it is not asked for again.
    refused: BTreeSet<Want>,
}

impl App {
    /// Asks for what is needed and is not held.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.is_locked() {
            return effects;
        }
        for want in self.wants() {
            let known = self.asked.waits.contains(&want) || self.asked.refused.contains(&want);
            if !known && self.register.lacks(&want) {
                self.asked.waits.insert(want);
                effects.push(Effect::Read(want));
            }
        }
        effects
    }

    fn wants(&self) -> Vec<Want> {
        let mut wants = vec![Want::Date(self.date), Want::Date(self.today())];
        if self.view == View::Todo {
            wants.push(Want::Past);
            let mut waiting: Vec<_> =
                self.register.past.days.values().filter(|day| day.waits).map(|day| day.date).collect();
            waiting.sort_unstable();
            wants.extend(waiting.into_iter().take(DAYS).map(Want::Date));
            wants.extend(todo::dates(self).into_iter().map(Want::Date));
        }
        if self.view == View::Start && self.is_sealed() && asks_for_past(&self.register, self.today()) {
            wants.push(Want::Past);
        }
        wants.extend(self.find.asks_for().map(Want::Case));
        if self.view == View::Log && self.staff_view() {
            wants.extend(looked::asks_for(self));
        }
        wants
    }

    /// What the register was given without comes by itself.
    pub(super) fn comes(&mut self, want: Option<Want>) {
        self.asked.comes = want;
        self.asked.waits.extend(want);
    }

    /// The day in hand is being read, or who must not meet: keys wait, since their meaning hangs on it.
    pub(super) fn reads_the_day(&self) -> bool {
        self.asked.comes.is_some() || self.asked.waits.contains(&Want::Date(self.date))
    }

    /// Something is being read for the coordinator's list.
    pub(super) fn reads_on(&self) -> bool {
        !self.asked.waits.is_empty()
    }

    /// Something was said by which nothing was stored.
    pub(super) fn told(&mut self, action: Action) {
        match action {
            Action::NotStored(sentence) => self.not_stored(sentence),
            // What was asked for before it was locked is not taken in after.
            Action::Brought(..) | Action::Names(_) if self.is_locked() => {}
            Action::Brought(want, brought) => self.brought(&want, brought),
            Action::Names(names) => self.asked.names = Some(names),
            Action::Flooded => self.flash = Some(FLOODED.to_owned()),
            Action::Trouble(why) => self.asked.trouble = Some(why),
            _ => {}
        }
    }

    /// What was asked for is here; `None`: it could not be read.
    fn brought(&mut self, want: &Want, brought: Option<Brought>) {
        self.asked.waits.remove(want);
        self.asked.comes.take_if(|comes| comes == want);
        let Some(brought) = brought else {
            self.asked.refused.insert(*want);
            self.flash = Some(
                "Part of the book could not be read. All that was saved is kept. Leave, and open it again.".to_owned(),
            );
            return;
        };
        self.register.bring(want, brought);
        if *want == Want::Date(self.date) && self.session.is_none() {
            self.session = self.day().and_then(|d| d.sessions.first()).map(Session::id);
            if self.view == View::Start && self.who.is_some() && self.day().is_some() {
                self.to_board();
            }
        }
        todo::refresh(self);
        find::says(self);
    }
}
