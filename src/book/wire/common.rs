//! Forms of what all families share: ids, times, text, codes, lists, the carer.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use uuid::Uuid;

use super::forms::{Bad, Form, Wire};
use crate::domain::codes::{
    Alone, CallAnswer, Channel, Consent, ContactKind, Effect, Flag, How, LeftOpen, Legs, Moment, Offsite, Origin,
    Party, Referral, Role, Rule, Side,
};
use crate::domain::event::Carer;
use crate::domain::ids::{
    ActId, CaseId, DayId, DeskId, EntryId, FileId, InstructionId, NoteId, PatternId, PersonId, RegisterId, SessionId,
    StaffId, ThingId,
};
use crate::domain::policy::Code;
use crate::domain::text::Text;

codes_of!(
    Alone,
    CallAnswer,
    Channel,
    Consent,
    ContactKind,
    Effect,
    Flag,
    How,
    LeftOpen,
    Legs,
    Offsite,
    Origin,
    Party,
    Referral,
    Role,
    Rule,
    Side,
);

choice!(CarerForm of Carer; {} new { Adult = "adult"(PersonId), Worker = "worker"(StaffId) } unit {});

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl Wire for $id {
            type Form = String;

            fn form(&self) -> String {
                self.0.to_string()
            }

            fn read(form: String) -> Result<Self, Bad> {
                Uuid::try_parse(&form).map($id).map_err(|_| Bad(format!("{form} is no id")))
            }
        }
    )+};
}

ids!(
    ActId,
    CaseId,
    DayId,
    DeskId,
    EntryId,
    FileId,
    InstructionId,
    NoteId,
    PatternId,
    PersonId,
    RegisterId,
    SessionId,
    StaffId,
    ThingId
);

impl Wire for Uuid {
    type Form = String;

    fn form(&self) -> String {
        self.to_string()
    }

    fn read(form: String) -> Result<Self, Bad> {
        Self::try_parse(&form).map_err(|_| Bad(format!("{form} is no id")))
    }
}

macro_rules! plain {
    ($($ty:ty),+) => {$(
        impl Wire for $ty {
            type Form = $ty;

            fn form(&self) -> $ty {
                self.clone()
            }

            fn read(form: $ty) -> Result<Self, Bad> {
                Ok(form)
            }
        }
    )+};
}

plain!(bool, u8, u16, u32, u64, String);

impl<T: Wire> Wire for Option<T> {
    type Form = Option<Form<T>>;

    fn form(&self) -> Self::Form {
        self.as_ref().map(T::form)
    }

    fn read(form: Self::Form) -> Result<Self, Bad> {
        form.map(T::read).transpose()
    }
}

impl<T: Wire> Wire for Vec<T> {
    type Form = Vec<Form<T>>;

    fn form(&self) -> Self::Form {
        self.iter().map(T::form).collect()
    }

    fn read(form: Self::Form) -> Result<Self, Bad> {
        form.into_iter().map(T::read).collect()
    }
}

impl<T: Wire> Wire for Box<T> {
    type Form = Box<Form<T>>;

    fn form(&self) -> Self::Form {
        Self::Form::new(T::form(self))
    }

    fn read(form: Self::Form) -> Result<Self, Bad> {
        T::read(*form).map(Self::new)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    type Form = (Form<A>, Form<B>);

    fn form(&self) -> Self::Form {
        (self.0.form(), self.1.form())
    }

    fn read((one, other): Self::Form) -> Result<Self, Bad> {
        Ok((A::read(one)?, B::read(other)?))
    }
}

impl<const N: usize> Wire for [u8; N] {
    type Form = String;

    fn form(&self) -> String {
        hex(self)
    }

    fn read(form: String) -> Result<Self, Bad> {
        unhex(&form).ok_or_else(|| Bad(format!("{form} is not {} hexadecimal digits", 2 * N)))
    }
}

/// Bytes in hexadecimal.
pub(in crate::book) fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// So many bytes from twice as many hexadecimal digits in small letters.
pub(in crate::book) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |letter: u8| match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut bytes = [0; N];
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

impl Wire for Text {
    type Form = String;

    fn form(&self) -> String {
        self.as_str().to_owned()
    }

    /// Cleaned again, as at every entrance; what was written is clean already, so this changes nothing.
    fn read(form: String) -> Result<Self, Bad> {
        Ok(Self::note(&form))
    }
}

impl Wire for Code {
    type Form = String;

    fn form(&self) -> String {
        self.as_str().to_owned()
    }

    fn read(form: String) -> Result<Self, Bad> {
        Ok(Self::new(&form))
    }
}

impl Wire for Moment {
    type Form = String;

    /// With the offset that it was written with.
    fn form(&self) -> String {
        self.to_rfc3339()
    }

    fn read(form: String) -> Result<Self, Bad> {
        DateTime::parse_from_rfc3339(&form).map_err(|_| Bad(format!("{form} is no time with an offset")))
    }
}

macro_rules! local {
    ($($ty:ty, $format:literal, $what:literal);+ $(;)?) => {$(
        impl Wire for $ty {
            type Form = String;

            fn form(&self) -> String {
                self.format($format).to_string()
            }

            fn read(form: String) -> Result<Self, Bad> {
                <$ty>::parse_from_str(&form, $format).map_err(|_| Bad(format!(concat!("{} is no ", $what), form)))
            }
        }
    )+};
}

impl Wire for NaiveDate {
    type Form = String;

    /// As `%Y-%m-%d` has it, without the search that a format is: a large import writes millions.
    fn form(&self) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        if (0..=9999).contains(&year) {
            format!("{year:04}-{month:02}-{day:02}")
        } else {
            self.format("%Y-%m-%d").to_string()
        }
    }

    fn read(form: String) -> Result<Self, Bad> {
        Self::parse_from_str(&form, "%Y-%m-%d").map_err(|_| Bad(format!("{form} is no date")))
    }
}

local! {
    NaiveTime, "%H:%M:%S%.f", "time";
    NaiveDateTime, "%Y-%m-%dT%H:%M:%S%.f", "local date and time";
}

impl Wire for Weekday {
    type Form = String;

    fn form(&self) -> String {
        self.to_string()
    }

    fn read(form: String) -> Result<Self, Bad> {
        form.parse().map_err(|_| Bad(format!("{form} is no day of the week")))
    }
}
