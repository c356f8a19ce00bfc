//! Verifying a whole book: the engine's check, then every entry against its own link.

use super::entry::Layers;
use super::epochs::Epochs;
use super::keys::BadKeys;
use super::notes::{Notes, SignedClose};
use super::{AT_A_TIME, Book, PAGE, Placed, ReadFault, up_to};
use crate::domain::event::{CentreEvent, Event, Readable};
use crate::journal::{Body, Fault, Head, Journal, Kept, RegisterId, Seq, Which};
use crate::vault::{Envelope, SEALED};

/// What to do about damage.
pub const CURE: &str = "What is good is written into a new file by doorbook salvage --to FILE.";

/// What a verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Of which register.
    pub register: RegisterId,
    /// How many entries there should be.
    pub entries: u64,
    /// How many were checked and are good, from the first on.
    pub good: u64,
    /// Of these, how many have a content that was disposed of.
    pub gone: u64,
    /// Of these, how many were checked by their links only: there is no key for them here.
    pub sealed: u64,
    /// The link of the last good entry, in hexadecimal.
    pub link: String,
    /// The first that is not good, if any.
    pub spoilt: Option<Spoilt>,
    /// How many after that one are still good by their own links.
    pub after: u64,
    /// The signed closes, in order.
    pub closes: Vec<SignedClose>,
    /// The first change of the keyring that does not hold.
    pub bad_keys: Option<BadKeys>,
    /// The keyring that the last good change of keys names.
    pub keyring: Option<Named>,
    /// What the engine's own check found, if anything.
    pub engine: Option<Fault>,
}

/// A keyring as the book names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its version.
    pub version: u64,
    /// The sum of its file.
    pub sum: [u8; 32],
}

/// The first entry that is not good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt {
    /// Its place.
    pub seq: u64,
    /// What is wrong with it.
    pub what: ReadFault,
}

impl Report {
    /// Is everything as it was written?
    pub fn is_good(&self) -> bool {
        let keys = self.bad_keys.is_none();
        self.spoilt.is_none() && self.engine.is_none() && keys && self.closes.iter().all(|close| close.fault.is_none())
    }

    /// The first change of the keyring that does not hold, and why.
    fn bad_set(&self) -> Option<String> {
        let BadKeys { seq, why } = self.bad_keys.as_ref()?;
        Some(format!(
            "All {} entries hold by their links, but entry {seq}, which says that the keys were changed, does not: {why}. \
             Somebody has written it who may not. Keep it as it is, and put a copy of the register and its keyring back.",
            self.good
        ))
    }

    /// The first close that does not hold, and why.
    fn bad_close(&self) -> Option<String> {
        let close = self.closes.iter().find(|close| close.fault.is_some())?;
        let (seq, why) = (close.seq, close.fault.as_deref().unwrap_or_default());
        Some(format!(
            "All {} entries hold by their links, but the close at entry {seq} does not: {why}. Somebody with a key may \
             have written the book anew. Keep it as it is, and compare the papers of the closes.",
            self.good
        ))
    }

    /// In one sentence: what was found, what is good, what to do.
    pub fn sentence(&self) -> String {
        let good = self.good;
        match (&self.spoilt, &self.engine) {
            (Some(spoilt), _) => {
                let (seq, what) = (spoilt.seq, &spoilt.what);
                let (rest, after) = (self.entries.saturating_sub(seq), self.after);
                let after = match rest {
                    0 => String::new(),
                    _ => format!(" Of the {rest} after it {after} are good by their own links."),
                };
                format!("Entry {seq} is not good; {good} before it are.{after} {what} {CURE}")
            }
            (None, Some(engine)) => format!("All {good} entries are as they were written, but: {engine} {CURE}"),
            (None, None) => {
                if let Some(says) = self.bad_set().or_else(|| self.bad_close()) {
                    return says;
                }
                let gone = match self.gone {
                    0 => String::new(),
                    gone => format!("; the content of {gone} was disposed of"),
                };
                match self.sealed {
                    0 => format!("All {good} entries are as they were written{gone}."),
                    sealed => format!(
                        "All {good} entries hold by their links, their places and their digests{gone}. {sealed} are sealed, and \
                         what they say was not opened."
                    ),
                }
            }
        }
    }
}

impl<J: Journal> Book<J> {
    /// Checks the engine's pages and every entry: against its own link, the entry before it, its shell, its tags; and
    /// that it is found by its id and by its tags, and nothing else is. A fault ends it and is in the report, with what
    /// is good up to there, and after it.
    pub fn verify(&mut self) -> Report {
        let engine = self.journal.check().err();
        let mut at = Head::empty(self.head.register);
        let mut report = Report {
            register: at.register,
            entries: 0,
            good: 0,
            gone: 0,
            sealed: 0,
            link: at.link.to_string(),
            spoilt: None,
            after: 0,
            closes: Vec::new(),
            bad_keys: None,
            keyring: None,
            engine,
        };
        let mut notes = Notes::new(self.head.register);
        let walked = self.walk(&mut at, &mut report, &mut notes);
        let spoilt = walked.and_then(|()| self.closes(notes).map(|closes| report.closes = closes)).err();
        report.spoilt = spoilt.map(|what| Spoilt { seq: at.seq.next().0, what });
        report.good = at.seq.0;
        report.link = at.link.to_string();
        if let Some(spoilt) = &report.spoilt {
            let mut after = 0;
            self.good_after(Seq(spoilt.seq), |_| after += 1);
            report.after = after;
        }
        report
    }

    /// To the end of the book; a desk may write meanwhile, and then on to the new end.
    fn walk(&mut self, at: &mut Head, report: &mut Report, notes: &mut Notes) -> Result<(), ReadFault> {
        let mut so_far = (0, Epochs::default());
        loop {
            let end = self.journal.head()?;
            report.entries = end.seq.0;
            self.walk_to(&end, at, &mut so_far, (report, notes))?;
            if *at != end {
                return Err(ReadFault::damaged(end.seq, "the head is not the last entry"));
            }
            let (tags, beyond) = (self.journal.tags()?, self.journal.read(Which::All, at.seq, 1)?);
            if self.journal.head()? != end {
                continue;
            }
            if report.engine.is_none() && tags.is_some_and(|found| found != so_far.0) {
                let what = "something is found by a day or a file that it does not belong to";
                report.engine = Some(Fault::Damaged(what.to_owned()));
            }
            let beyond = beyond.first().map(|kept| ReadFault::damaged(kept.seq, "it lies beyond the head"));
            return beyond.map_or(Ok(()), Err);
        }
    }

    /// Up to this head, which may not be the last by now; how many tags there were, and the epochs.
    fn walk_to(
        &mut self,
        end: &Head,
        at: &mut Head,
        (tags, epochs): &mut (u64, Epochs),
        (report, notes): (&mut Report, &mut Notes),
    ) -> Result<(), ReadFault> {
        while at.seq < end.seq {
            // Where a page cannot be read, one by one: the first that is not good is named, and not its page.
            let mut page = |limit| up_to(end, &mut self.journal, at.seq, limit);
            let page = page(PAGE).or_else(|_| page(1))?;
            if page.is_empty() {
                return Err(ReadFault::lost(at.seq.next()));
            }
            let astray = self.astray(&page);
            let opened = page.chunks(AT_A_TIME).flat_map(|some| self.layers.entries(some));
            for (kept, opened) in page.iter().zip(opened) {
                let next = Layers::follows(at, kept)?;
                // A register without keys signs nothing.
                let signs = Envelope::read(&kept.row.shell).is_ok_and(|envelope| envelope.format >= SEALED);
                self.count(opened, report, signs.then_some((kept, &mut *notes)))?;
                epochs.follow(kept)?;
                if astray == Some(kept.seq) {
                    return Err(ReadFault::damaged(kept.seq, "it is not found by its id, its day or its file"));
                }
                let [one, other] = kept.row.tags;
                *tags += 1 + u64::from(one != other);
                report.gone += u64::from(matches!(kept.row.body, Body::Gone(_)));
                *at = next;
            }
        }
        Ok(())
    }

    /// A row is good that was opened as far as there are keys for it.
    fn count(
        &self,
        opened: Result<Placed, ReadFault>,
        report: &mut Report,
        notes: Option<(&Kept, &mut Notes)>,
    ) -> Result<(), ReadFault> {
        let is_sealed = match opened {
            Ok(placed) => {
                if let Some(Event::Centre(CentreEvent::KeysSet(set))) = placed.entry.event.open() {
                    report.keyring = Some(Named { version: set.version, sum: set.sum });
                }
                if let Some((kept, notes)) = notes {
                    notes.meet(&placed);
                    let bad = notes.chain.meet(kept, &placed, true).err();
                    report.bad_keys = report.bad_keys.take().or(bad.map(|why| BadKeys { seq: placed.seq, why }));
                }
                placed.entry.event == Readable::Closed
            }
            // Its link was held against it before it was to be opened.
            Err(ReadFault::Locked) if !self.layers.has_keys() => true,
            Err(fault) => return Err(fault),
        };
        report.sealed += u64::from(is_sealed);
        Ok(())
    }

    /// The first of these that is not found where it should be.
    fn astray(&mut self, page: &[Kept]) -> Option<Seq> {
        self.journal.astray(page).unwrap_or_else(|_| {
            page.iter()
                .map(std::slice::from_ref)
                .find(|one| self.journal.astray(one) != Ok(None))?
                .first()
                .map(|k| k.seq)
        })
    }
}
