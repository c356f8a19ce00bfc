//! The written form of events and of the policy: tagged JSON, apart from the domain's own types, for ever.
//!
//! One file per family of events. A form may gain fields and events, and never loses a meaning: a field that is added
//! is optional, one that is not known is passed over, and what an older Doorbook could not understand raises the
//! format's number (`vault::FORMAT`). `tests/corpus` holds every form ever written.

#[macro_use]
mod forms;
mod amend;
mod case;
mod centre;
pub(super) mod codes;
mod common;
mod day;
mod door;
pub mod frames;
mod layers;
mod note;
mod policy;

use serde::{Deserialize, Serialize};

use crate::domain::event::{
    Account, Amendment, CaseEvent, CentreEvent, DayEvent, DoorEvent, Event, NoteEvent, Readers,
};
use crate::domain::ids::NoteId;
use crate::domain::policy::Policy;

pub use codes::name_of;
pub use forms::Bad;
use forms::{Form, Named, Wire};

pub(super) use common::hex;
pub use layers::file_bytes;
pub(super) use layers::{BodyForm, Content, Shell, ShellForm};

/// An event as it is written: `{"door": {"is": "arrived", ...}}`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each variant is the family of the same name")]
pub enum EventForm {
    Centre(Form<CentreEvent>),
    Case(Form<CaseEvent>),
    Day(Form<DayEvent>),
    Door(Form<DoorEvent>),
    Note(Form<NoteEvent>),
    Amend(Form<Amendment>),
}

impl Wire for Event {
    type Form = EventForm;

    fn form(&self) -> EventForm {
        match self {
            Self::Centre(event) => EventForm::Centre(event.form()),
            Self::Case(event) => EventForm::Case(event.form()),
            Self::Day(event) => EventForm::Day(event.form()),
            Self::Door(event) => EventForm::Door(event.form()),
            Self::Note(event) => EventForm::Note(event.form()),
            Self::Amend(event) => EventForm::Amend(event.form()),
        }
    }

    fn read(form: EventForm) -> Result<Self, Bad> {
        Ok(match form {
            EventForm::Centre(event) => Self::Centre(Wire::read(event)?),
            EventForm::Case(event) => Self::Case(Wire::read(event)?),
            EventForm::Day(event) => Self::Day(Wire::read(event)?),
            EventForm::Door(event) => Self::Door(Wire::read(event)?),
            EventForm::Note(event) => Self::Note(Wire::read(event)?),
            EventForm::Amend(event) => Self::Amend(Wire::read(event)?),
        })
    }
}

impl EventForm {
    /// What was told of a note, its account sealed.
    pub(super) fn told(id: NoteId, to: Readers, accounts: &[Vec<u8>]) -> Self {
        Self::Note(note::NoteForm::sealed(id, to, accounts))
    }

    /// The envelopes of an account, if there are any.
    pub(super) fn accounts(&self) -> Result<Vec<Vec<u8>>, Bad> {
        if let Self::Note(event) = self { event.accounts() } else { Ok(Vec::new()) }
    }
}

/// The name of an event, as shells have it: `door.arrived`.
pub fn name(event: &Event) -> String {
    let (family, name) = family_and_name(event);
    format!("{family}.{name}")
}

fn family_and_name(event: &Event) -> (&'static str, &'static str) {
    match event {
        Event::Centre(event) => ("centre", event.name()),
        Event::Case(event) => ("case", event.name()),
        Event::Day(event) => ("day", event.name()),
        Event::Door(event) => ("door", event.name()),
        Event::Note(event) => ("note", event.name()),
        Event::Amend(event) => ("amend", event.name()),
    }
}

/// The names of all events.
pub fn names() -> Vec<String> {
    let families = [
        ("centre", CentreEvent::NAMES),
        ("case", CaseEvent::NAMES),
        ("day", DayEvent::NAMES),
        ("door", DoorEvent::NAMES),
        ("note", NoteEvent::NAMES),
        ("amend", Amendment::NAMES),
    ];
    families.iter().flat_map(|(family, names)| names.iter().map(move |name| format!("{family}.{name}"))).collect()
}

pub(super) fn event_form(event: &Event) -> EventForm {
    event.form()
}

pub(super) fn read_form(form: EventForm) -> Result<Event, Bad> {
    Event::read(form)
}

/// An event as JSON.
pub fn write_event(event: &Event) -> Vec<u8> {
    to_json(&event.form())
}

/// An event from JSON.
///
/// # Errors
/// [`Bad`] names what cannot be read.
pub fn read_event(json: &[u8]) -> Result<Event, Bad> {
    from_json(json)
}

/// An account as JSON: what is sealed to its readers.
pub fn write_account(account: &Account) -> Vec<u8> {
    to_json(&account.form())
}

/// An account from JSON.
///
/// # Errors
/// [`Bad`] names what cannot be read.
pub fn read_account(json: &[u8]) -> Result<Account, Bad> {
    from_json(json)
}

/// A policy as JSON.
pub fn write_policy(policy: &Policy) -> Vec<u8> {
    to_json(&policy.form())
}

/// A policy from JSON.
///
/// # Errors
/// [`Bad`] names what cannot be read.
pub fn read_policy(json: &[u8]) -> Result<Policy, Bad> {
    from_json(json)
}

pub(super) fn to_json(form: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(form).expect("forms are made of text, numbers and lists, which JSON can always hold")
}

pub(super) fn from_json<T: Wire>(json: &[u8]) -> Result<T, Bad> {
    T::read(from_json_form(json)?)
}

pub(super) fn from_json_form<F: serde::de::DeserializeOwned>(json: &[u8]) -> Result<F, Bad> {
    serde_json::from_slice(json).map_err(|fault| Bad(fault.to_string()))
}
