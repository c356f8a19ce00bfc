//! From drafts to entries: the act, who, at which desk, when it was written.

use crate::domain::codes::Moment;
use crate::domain::event::{By, Draft, Entry, Readable, Source};
use crate::domain::ids::{DeskId, Ids};

/// What an act is stamped with.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Who writes.
    pub by: By,
    /// At which desk.
    pub desk: DeskId,
    /// Now.
    pub now: Moment,
    /// From where it comes.
    pub source: Source,
}

/// The entries of one act.
pub fn stamp(drafts: Vec<Draft>, hand: &Hand, ids: Ids) -> Vec<Entry> {
    let act = ids.nth(0);
    let entry = |(n, draft): (u32, Draft)| Entry {
        id: ids.nth(n),
        act,
        occurred_at: draft.occurred_at,
        recorded_at: hand.now,
        by: hand.by,
        desk: hand.desk,
        source: hand.source.clone(),
        against: draft.against,
        day: draft.day,
        file: draft.file,
        event: Readable::Open(draft.event),
    };
    (1..).zip(drafts).map(entry).collect()
}
