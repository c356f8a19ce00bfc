//! From drafts to entries: the act, who, at which desk, when it was written.

use crate::domain::codes::Moment;
use crate::domain::event::{By, DayEvent, Draft, Entry, Event, Readable, Source};
use crate::domain::ids::{DeskId, Ids, StaffId};
use crate::import::Planned;

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
        source: if draft.source == Source::Desk { hand.source.clone() } else { draft.source },
        against: draft.against,
        day: draft.day,
        file: draft.file,
        event: Readable::Open(draft.event),
    };
    (1..).zip(drafts).map(entry).collect()
}

/// By whom an act at the desk is written: by whoever has the desk, and its taking by whoever takes it.
pub fn written_by(who: Option<StaffId>, drafts: &[Draft]) -> By {
    let takes = drafts.iter().find_map(|draft| match &draft.event {
        Event::Day(DayEvent::DeskTaken { staff }) => Some(*staff),
        _ => None,
    });
    takes.or(who).map_or(By::Program, By::Staff)
}

/// The entries of an import, one act, each with the line that it comes from; made as they are asked for.
pub fn stamp_import(
    plan: impl Iterator<Item = Planned>,
    desk: DeskId,
    now: Moment,
    ids: Ids,
) -> impl Iterator<Item = Entry> {
    let act = ids.nth(0);
    (1..).zip(plan).map(move |(n, planned)| Entry {
        id: ids.nth(n),
        act,
        occurred_at: now,
        recorded_at: now,
        by: By::Program,
        desk,
        source: planned.source(),
        against: Vec::new(),
        day: None,
        file: planned.file,
        event: Readable::Open(planned.event),
    })
}
