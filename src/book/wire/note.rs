//! Forms of the events of notes for the coordinator, and of the account of one, which is sealed by itself.

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

use super::forms::{Bad, Form, Named, Wire};
use crate::domain::event::{About, Account, NoteEvent, Readable, Readers};
use crate::domain::ids::{CaseId, FileId, NoteId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// One of these. What was told lies open in it, or sealed; then it has neither its kind nor about whom it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is the event of the same name")]
pub enum NoteForm {
    Raised { note: Form<NoteId>, no: u16, session: Form<Option<SessionId>>, place: Form<Option<Code>> },
    Told(Box<ToldForm>),
    Mistaken { note: Form<NoteId> },
    MessageLeft { message: Form<NoteId>, session: Form<Option<SessionId>>, kind: Form<Code>, words: Form<Text> },
    MessageDone { message: Form<NoteId> },
    Seen { note: Form<NoteId> },
}

/// What was told.
#[derive(Debug, Serialize, Deserialize)]
pub struct ToldForm {
    note: Form<NoteId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<Form<About>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Form<Option<Code>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<Form<Text>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paper: Option<Form<Option<Text>>>,
    /// Left out where it is what the account itself says: Doorbook once knew no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Form<Readers>>,
    /// The account's envelope, as base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
    /// Of one about one of the team: an envelope for each group that might have it, of which one opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    copies: Vec<String>,
}

/// For whom an account was before it said so itself.
fn implied(about: &About) -> Readers {
    if matches!(about, About::Worker { .. }) { Readers::Allegation } else { Readers::Concern }
}

impl ToldForm {
    fn of(note: NoteId, account: &Readable<Account>, to: Readers) -> Self {
        let account = account.open();
        let said = account.is_some_and(|account| implied(&account.about) == to);
        Self {
            note: note.form(),
            about: account.map(|account| account.about.form()),
            kind: account.map(|account| account.kind.form()),
            words: account.map(|account| account.words.form()),
            paper: account.map(|account| account.paper.form()),
            to: (!said).then(|| to.form()),
            sealed: None,
            copies: Vec::new(),
        }
    }

    fn read(self) -> Result<NoteEvent, Bad> {
        let to = self.to.map(Readers::read).transpose()?;
        let note = NoteId::read(self.note)?;
        let Some(about) = self.about else {
            let to = to.ok_or_else(|| Bad("what was told is neither here nor for anybody".to_owned()))?;
            return Ok(NoteEvent::Told { note, account: Readable::Closed, to });
        };
        let about = About::read(about)?;
        let account = Account {
            about,
            kind: Wire::read(self.kind.flatten())?,
            words: Wire::read(self.words.unwrap_or_default())?,
            paper: Wire::read(self.paper.flatten())?,
        };
        Ok(NoteEvent::Told { note, account: Readable::Open(account), to: to.unwrap_or_else(|| implied(&about)) })
    }
}

impl NoteForm {
    /// What was told, its account sealed.
    pub(super) fn sealed(note: NoteId, to: Readers, accounts: &[Vec<u8>]) -> Self {
        let open = ToldForm::of(note, &Readable::Closed, to.as_all_know());
        let mut copies: Vec<String> = accounts.iter().map(|account| Base64::encode_string(account)).collect();
        let sealed = if to.is_of_the_team() { None } else { copies.pop() };
        Self::Told(Box::new(ToldForm { sealed, copies, ..open }))
    }

    /// The envelopes of an account, if there are any.
    pub(super) fn accounts(&self) -> Result<Vec<Vec<u8>>, Bad> {
        let Self::Told(told) = self else { return Ok(Vec::new()) };
        let read = |text: &String| Base64::decode_vec(text).map_err(|fault| Bad(format!("a sealed account: {fault}")));
        told.sealed.iter().chain(&told.copies).map(read).collect()
    }
}

impl Wire for NoteEvent {
    type Form = NoteForm;

    fn form(&self) -> NoteForm {
        match self {
            Self::Raised { note, no, session, place } => {
                NoteForm::Raised { note: note.form(), no: *no, session: session.form(), place: place.form() }
            }
            Self::Told { note, account, to } => NoteForm::Told(Box::new(ToldForm::of(*note, account, *to))),
            Self::Mistaken { note } => NoteForm::Mistaken { note: note.form() },
            Self::MessageLeft { message, session, kind, words } => NoteForm::MessageLeft {
                message: message.form(),
                session: session.form(),
                kind: kind.form(),
                words: words.form(),
            },
            Self::MessageDone { message } => NoteForm::MessageDone { message: message.form() },
            Self::Seen { note } => NoteForm::Seen { note: note.form() },
        }
    }

    fn read(form: NoteForm) -> Result<Self, Bad> {
        Ok(match form {
            NoteForm::Raised { note, no, session, place } => {
                Self::Raised { note: Wire::read(note)?, no, session: Wire::read(session)?, place: Wire::read(place)? }
            }
            NoteForm::Told(told) => told.read()?,
            NoteForm::Mistaken { note } => Self::Mistaken { note: Wire::read(note)? },
            NoteForm::MessageLeft { message, session, kind, words } => Self::MessageLeft {
                message: Wire::read(message)?,
                session: Wire::read(session)?,
                kind: Wire::read(kind)?,
                words: Wire::read(words)?,
            },
            NoteForm::MessageDone { message } => Self::MessageDone { message: Wire::read(message)? },
            NoteForm::Seen { note } => Self::Seen { note: Wire::read(note)? },
        })
    }
}

impl Named for NoteEvent {
    const NAMES: &'static [&'static str] = &["raised", "told", "mistaken", "message_left", "message_done", "seen"];

    fn name(&self) -> &'static str {
        match self {
            Self::Raised { .. } => "raised",
            Self::Told { .. } => "told",
            Self::Mistaken { .. } => "mistaken",
            Self::MessageLeft { .. } => "message_left",
            Self::MessageDone { .. } => "message_done",
            Self::Seen { .. } => "seen",
        }
    }
}

record!(AccountForm of Account { about: About, kind: Option<Code>, words: Text, paper: Option<Text> });

words!(Readers { Concern = "concern", Allegation = "allegation", Lead = "lead", Chair = "chair" });

choice!(AboutForm of About;
    {
        Session = "session" { session: SessionId, case: CaseId },
        Worker = "worker" { file: FileId, staff: StaffId },
    }
    new { Nobody = "nobody"(FileId) }
    unit {});
