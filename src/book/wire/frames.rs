//! The two layers of an entry in format 2: the shell in bytes of fixed places, the body a few bytes and then the event.
//!
//! Whatever the bytes, reading them ends: with what was written, or with what is wrong. docs/FORMAT.md has the places.

use chrono::{DateTime, FixedOffset};

use super::forms::{Bad, Wire};
use super::layers::{Shell, file_bytes, file_of};
use super::{EventForm, codes};
use crate::domain::codes::{Moment, Rule};
use crate::domain::event::{By, Entry, Event, Source};
use crate::domain::ids::{ActId, DayId, DeskId, StaffId};
use crate::domain::text::Text;

/// Bytes of a shell.
pub const SHELL: usize = 141;
/// Bytes of a shell before the digest of the body.
pub const SIGNED: usize = SHELL - 32;
/// Bytes of a body, as a rule.
const BODY: usize = 512;

/// The shell of an entry about an event whose stored body has this digest.
pub fn shell(entry: &Entry, event: &Event, body: &[u8; 32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(SHELL);
    out.extend_from_slice(entry.act.0.as_bytes());
    out.extend_from_slice(&codes::code(event).to_le_bytes());
    out.push(u8::from(entry.day.is_some()));
    out.extend_from_slice(entry.day.map(|day| day.0).unwrap_or_default().as_bytes());
    out.extend_from_slice(&file_bytes(entry.file));
    moment(&mut out, entry.occurred_at);
    moment(&mut out, entry.recorded_at);
    let (kind, who) = match entry.by {
        By::Program => (0, uuid::Uuid::nil()),
        By::Staff(staff) => (1, staff.0),
    };
    out.push(kind);
    out.extend_from_slice(who.as_bytes());
    out.extend_from_slice(entry.desk.0.as_bytes());
    out.extend_from_slice(body);
    out
}

/// Microseconds since 1970, and the offset that it was written with; what is finer is left out.
fn moment(out: &mut Vec<u8>, at: Moment) {
    out.extend_from_slice(&at.timestamp_micros().to_le_bytes());
    out.extend_from_slice(&at.offset().local_minus_utc().to_le_bytes());
}

/// A shell.
///
/// # Errors
/// [`Bad`] names what cannot be read.
pub fn read_shell(frame: &[u8]) -> Result<Shell, Bad> {
    let mut parts = Parts(frame);
    let shell = Shell {
        act: ActId(parts.id()?),
        event: Some(u16::from_le_bytes(parts.take()?)),
        day: parts.day()?,
        file: file_of(parts.take()?)?,
        occurred_at: parts.moment()?,
        recorded_at: parts.moment()?,
        by: parts.by()?,
        desk: DeskId(parts.id()?),
        body: parts.take()?,
    };
    if parts.0.is_empty() { Ok(shell) } else { Err(Bad("a shell is too long".to_owned())) }
}

/// The body of an entry about an event.
pub fn body(entry: &Entry, event: &EventForm) -> Vec<u8> {
    let mut out = Vec::with_capacity(BODY);
    match &entry.source {
        Source::Desk => out.push(0),
        Source::Paper { sheet, line } => {
            out.push(1);
            out.extend_from_slice(&sheet.to_le_bytes());
            out.extend_from_slice(&line.to_le_bytes());
        }
        Source::Import { file, line } => {
            out.push(2);
            let name = file.as_str();
            let name = name.get(..name.floor_char_boundary(usize::from(u16::MAX))).unwrap_or_default();
            out.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(&u64::from(*line).to_le_bytes());
        }
        Source::Outbox { desk } => {
            out.push(3);
            out.extend_from_slice(desk.0.as_bytes());
        }
    }
    let against = u16::try_from(entry.against.len()).unwrap_or(u16::MAX);
    out.extend_from_slice(&against.to_le_bytes());
    for rule in entry.against.iter().take(usize::from(against)) {
        let code = rule.code();
        out.push(u8::try_from(code.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(code.as_bytes());
    }
    serde_json::to_writer(&mut out, event).expect("forms are made of what JSON can hold, and memory takes all");
    out
}

/// The parts of a body; the event is still to be read.
///
/// # Errors
/// [`Bad`] names what cannot be read.
pub fn read_body(frame: &[u8]) -> Result<(Source, Vec<Rule>, EventForm), Bad> {
    let mut parts = Parts(frame);
    let source = parts.source()?;
    let many = usize::from(u16::from_le_bytes(parts.take()?));
    let mut against = Vec::new();
    for _ in 0..many {
        let [long] = parts.take()?;
        let code = parts.text(usize::from(long))?;
        against.push(Rule::from_code(code).ok_or_else(|| Bad(format!("no Rule has the code {code}")))?);
    }
    Ok((source, against, super::from_json_form(parts.0)?))
}

/// Takes a frame apart from its front.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Bad> {
        let (part, rest) = self.0.split_first_chunk::<N>().ok_or_else(short)?;
        self.0 = rest;
        Ok(*part)
    }

    fn text(&mut self, long: usize) -> Result<&'a str, Bad> {
        let (part, rest) = self.0.split_at_checked(long).ok_or_else(short)?;
        self.0 = rest;
        std::str::from_utf8(part).map_err(|fault| Bad(fault.to_string()))
    }

    fn id(&mut self) -> Result<uuid::Uuid, Bad> {
        self.take().map(uuid::Uuid::from_bytes)
    }

    fn day(&mut self) -> Result<Option<DayId>, Bad> {
        let ([has], day) = (self.take()?, self.id()?);
        match has {
            0 if day.is_nil() => Ok(None),
            1 => Ok(Some(DayId(day))),
            _ => Err(Bad("it is neither of a day nor of none".to_owned())),
        }
    }

    fn by(&mut self) -> Result<By, Bad> {
        let ([kind], who) = (self.take()?, self.id()?);
        match kind {
            0 if who.is_nil() => Ok(By::Program),
            1 => Ok(By::Staff(StaffId(who))),
            _ => Err(Bad(format!("there is no kind {kind} of writer"))),
        }
    }

    fn moment(&mut self) -> Result<Moment, Bad> {
        let (micros, offset) = (i64::from_le_bytes(self.take()?), i32::from_le_bytes(self.take()?));
        let offset = FixedOffset::east_opt(offset).ok_or_else(|| Bad(format!("{offset} seconds are no offset")))?;
        let utc = DateTime::from_timestamp_micros(micros).filter(|at| SPAN.contains(&at.timestamp()));
        Ok(utc.ok_or_else(|| Bad(format!("{micros} microseconds are no time")))?.with_timezone(&offset))
    }

    fn source(&mut self) -> Result<Source, Bad> {
        let [kind] = self.take()?;
        Ok(match kind {
            0 => Source::Desk,
            1 => Source::Paper { sheet: u32::from_le_bytes(self.take()?), line: u32::from_le_bytes(self.take()?) },
            2 => {
                let long = usize::from(u16::from_le_bytes(self.take()?));
                let file = Text::read(self.text(long)?.to_owned())?;
                let line = u64::from_le_bytes(self.take()?);
                Source::Import { file, line: u32::try_from(line).map_err(|fault| Bad(fault.to_string()))? }
            }
            3 => Source::Outbox { desk: DeskId(self.id()?) },
            _ => return Err(Bad(format!("there is no kind {kind} of source"))),
        })
    }
}

/// Seconds since 1970 of the years 1 to 9999: what every reader of times can hold, whatever the offset.
const SPAN: std::ops::Range<i64> = -62_135_510_400..253_402_214_400;

fn short() -> Bad {
    Bad("it is too short".to_owned())
}
