//! Verifying a whole book: the engine's check, then every entry against its own link.

use super::{Book, PAGE, ReadFault};
use crate::journal::{Body, Fault, Head, Journal, Seq, Which};

/// What a verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries there should be.
    pub entries: u64,
    /// How many were checked and are good, from the first on.
    pub good: u64,
    /// Of these, how many have a content that was disposed of.
    pub gone: u64,
    /// The link of the last good entry, in hexadecimal.
    pub link: String,
    /// The first that is not good, if any.
    pub spoilt: Option<Spoilt>,
    /// What the engine's own check found, if anything.
    pub engine: Option<Fault>,
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
        self.spoilt.is_none() && self.engine.is_none()
    }

    /// In one sentence: what was found, what is good, what to do.
    pub fn sentence(&self) -> String {
        let good = self.good;
        match (&self.spoilt, &self.engine) {
            (Some(spoilt), _) => {
                let (seq, what) = (spoilt.seq, &spoilt.what);
                format!("Entry {seq} is not good; {good} before it are. {what}")
            }
            (None, Some(engine)) => format!("All {good} entries are as they were written, but: {engine}"),
            (None, None) if self.gone > 0 => {
                format!("All {good} entries are as they were written; the content of {} was disposed of.", self.gone)
            }
            (None, None) => format!("All {good} entries are as they were written."),
        }
    }
}

impl<J: Journal> Book<J> {
    /// Checks the engine's pages and every entry: against its own link, the entry before it, its shell, its tags. A
    /// fault ends it and is in the report, with what is good up to there.
    pub fn verify(&mut self) -> Report {
        let engine = self.journal.check().err();
        let mut at = Head::empty(self.head.register);
        let mut report = Report { entries: 0, good: 0, gone: 0, link: at.link.to_string(), spoilt: None, engine };
        let spoilt = self.walk(&mut at, &mut report).err();
        report.spoilt = spoilt.map(|what| Spoilt { seq: at.seq.next().0, what });
        report.good = at.seq.0;
        report.link = at.link.to_string();
        report
    }

    fn walk(&mut self, at: &mut Head, report: &mut Report) -> Result<(), ReadFault> {
        let end = self.journal.head()?;
        report.entries = end.seq.0;
        while at.seq < end.seq {
            let page = self.journal.read(Which::All, at.seq, PAGE)?;
            if page.is_empty() {
                return Err(ReadFault::lost(at.seq.next()));
            }
            for kept in &page {
                let next = self.layers.follows(at, kept)?;
                self.layers.entry(kept)?;
                report.gone += u64::from(matches!(kept.row.body, Body::Gone(_)));
                *at = next;
            }
        }
        if *at != end {
            return Err(ReadFault::damaged(end.seq, "the head is not the last entry"));
        }
        let beyond = self.journal.read(Which::All, at.seq, 1)?;
        beyond.first().map_or(Ok(()), |kept| Err(ReadFault::damaged(Seq(kept.seq.0), "it lies beyond the head")))
    }
}
