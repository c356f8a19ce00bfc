//! Who must not meet, over the whole register: pairs of people, and pairs of families. A pair has no direction, is open
//! once at most, and keeps all of its history.
//!
//! The same form serves both: [`Pairs<PersonId>`] and [`Pairs<CaseId>`]. Total, as every fold is: an event that fits
//! nothing changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::codes::Moment;
use crate::domain::event::By;
use crate::domain::ids::CaseId;
use crate::domain::text::Text;

/// When, by whom, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When it was so.
    pub at: Moment,
    /// Who wrote it.
    pub by: By,
    /// Why, if it was said: for the coordinator and the safeguarding lead only.
    pub why: Option<Text>,
}

/// From when to when a pair was kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The files that say so.
    pub files: BTreeSet<CaseId>,
    /// How it began.
    pub opened: Mark,
    /// How it ended; `None`: it holds.
    pub closed: Option<Closing>,
}

/// How a spell ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When, by whom, why.
    pub mark: Mark,
    /// Nobody said that they may meet: one person had been listed twice, and this spell was of the same pair as another,
    /// or of a person with themselves.
    pub merged: bool,
}

impl Spell {
    /// It holds.
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

/// Pairs, those that may meet again too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs<K> {
    /// By the two, the smaller first; spells in the order in which they began.
    spells: BTreeMap<(K, K), Vec<Spell>>,
    /// Ids that were given up, and the id that stays.
    given_up: BTreeMap<K, K>,
}

impl<K> Default for Pairs<K> {
    fn default() -> Self {
        Self { spells: BTreeMap::new(), given_up: BTreeMap::new() }
    }
}

impl<K: Copy + Ord> Pairs<K> {
    /// The id that stays, of one that may have been given up: through any chain of merges.
    pub fn stays(&self, mut id: K) -> K {
        // A merge never makes a ring, so that there are at most as many steps as ids given up.
        for _ in 0..self.given_up.len() {
            match self.given_up.get(&id) {
                Some(next) => id = *next,
                None => break,
            }
        }
        id
    }

    /// The two, whichever was named first and by whichever id.
    fn key(&self, one: K, other: K) -> (K, K) {
        let (one, other) = (self.stays(one), self.stays(other));
        (one.min(other), one.max(other))
    }

    /// From now on these two must not meet. One pair is open once at most: where it is, this file says so too.
    pub fn keep(&mut self, (one, other): (K, K), file: CaseId, mark: Mark) {
        let key = self.key(one, other);
        if key.0 == key.1 {
            return;
        }
        let spells = self.spells.entry(key).or_default();
        match spells.iter_mut().find(|s| s.is_open()) {
            Some(open) => {
                open.files.insert(file);
            }
            None => spells.push(Spell { files: BTreeSet::from([file]), opened: mark, closed: None }),
        }
    }

    /// They may meet again. The files that said otherwise.
    pub fn close(&mut self, (one, other): (K, K), mark: Mark) -> BTreeSet<CaseId> {
        let key = self.key(one, other);
        let open = self.spells.get_mut(&key).and_then(|spells| spells.iter_mut().find(|s| s.is_open()));
        let Some(open) = open else { return BTreeSet::new() };
        open.closed = Some(Closing { mark, merged: false });
        open.files.clone()
    }

    /// One was listed twice: what is said of the one is said of the other from now on, and was. A pair that is on file
    /// twice then stays open once, the older; a pair of somebody with themselves ends. Nothing is forgotten.
    pub fn merge(&mut self, gone: K, into: K, mark: &Mark) {
        let (gone, into) = (self.stays(gone), self.stays(into));
        if gone == into {
            return;
        }
        self.given_up.insert(gone, into);
        let moved: Vec<(K, K)> = self.spells.keys().copied().filter(|(a, b)| *a == gone || *b == gone).collect();
        for old in moved {
            let spells = self.spells.remove(&old).unwrap_or_default();
            let key = self.key(old.0, old.1);
            let own = self.spells.entry(key).or_default();
            own.extend(spells);
            own.sort_by_key(|s| s.opened.at);
            let closing = Closing { mark: mark.clone(), merged: true };
            let keeps = if key.0 == key.1 { 0 } else { 1 };
            let mut files = BTreeSet::new();
            for spell in own.iter_mut().filter(|s| s.is_open()).skip(keeps) {
                files.extend(spell.files.iter().copied());
                spell.closed = Some(closing.clone());
            }
            // The files of a spell that ended as a duplicate say so still, of the one that is open.
            if let Some(open) = own.iter_mut().find(|s| s.is_open()) {
                open.files.extend(files);
            }
        }
    }

    /// Must these two not meet? Whichever is named first.
    pub fn is_open(&self, one: K, other: K) -> bool {
        self.history(one, other).iter().any(Spell::is_open)
    }

    /// They were kept apart once, and somebody has said that they may meet again.
    pub fn may_again(&self, one: K, other: K) -> bool {
        !self.is_open(one, other) && !self.history(one, other).is_empty()
    }

    /// All pairs that hold, with the spell that holds.
    pub fn open(&self) -> impl Iterator<Item = ((K, K), &Spell)> {
        self.spells.iter().filter_map(|(key, spells)| spells.iter().find(|s| s.is_open()).map(|s| (*key, s)))
    }

    /// All pairs that were ever on file, with their spells.
    pub fn all(&self) -> impl Iterator<Item = ((K, K), &[Spell])> {
        self.spells.iter().map(|(key, spells)| (*key, spells.as_slice()))
    }

    /// Whom somebody must not meet.
    pub fn apart_from(&self, who: K) -> Vec<K> {
        let who = self.stays(who);
        let other = |(a, b): (K, K)| if a == who { Some(b) } else { (b == who).then_some(a) };
        self.open().filter_map(|(key, _)| other(key)).collect()
    }

    /// Every spell of a pair, the oldest first.
    pub fn history(&self, one: K, other: K) -> &[Spell] {
        self.spells.get(&self.key(one, other)).map_or(&[], Vec::as_slice)
    }
}
