//! A day as JSON has it, field by field; docs/manual/day-json.md says what each means. It only ever gains fields.

use serde::Serialize;

/// The number of the form: it stays while fields are only added.
pub const FORMAT: u32 = 1;

macro_rules! out {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),+ }
    )+};
}

out! {
    /// A day.
    DayOut {
        /// The form of this.
        format: u32,
        /// The calendar date.
        date: String,
        /// The centre's name.
        centre: String,
        /// Invented people.
        practice: bool,
        /// When it was opened; `null`: never.
        opened: Option<String>,
        /// Its signature; `null`: none, or opened again since.
        signed: Option<SignedOut>,
        /// In the order of their numbers.
        sessions: Vec<SessionOut>,
        /// Everyone on the list of each session.
        people: Vec<PersonOut>,
        /// In the order in which they happened.
        movements: Vec<MovementOut>,
        /// Who is responsible for each child who is here, now.
        responsible: Vec<ResponsibleOut>,
        /// Who does not come.
        absences: Vec<AbsenceOut>,
        /// Pauses of one-to-one contact.
        pauses: Vec<PauseOut>,
        /// Minutes owed.
        owed: Vec<OwedOut>,
        /// Notes for the coordinator, without what they are about.
        notes: Vec<NoteOut>,
        /// What is open before the day can be signed.
        questions: Vec<QuestionOut>,
        /// The team, a row each time that they came.
        staff: Vec<StaffOut>,
        /// Anyone else in the building.
        visitors: Vec<VisitorOut>,
        /// How many.
        counts: CountsOut,
    }
    /// A signature.
    SignedOut {
        /// Of whom.
        by: String,
        /// When.
        at: String,
        /// Which close of this day, from 1.
        close: u16,
    }
    /// A session.
    SessionOut {
        /// Its id.
        id: String,
        /// Its number for the day.
        no: u16,
        /// The centre's reference.
        case: String,
        /// Kind of contact.
        kind: String,
        /// Planned start, local time.
        start: String,
        /// Planned end, local time.
        end: String,
        /// Planned room.
        room: String,
        /// How far it has come.
        stage: String,
        /// How it ended, as far as it has.
        outcome: String,
        /// Who supervises.
        supervisor: Option<String>,
        /// Minutes of contact so far, pauses left out.
        contact_minutes: i64,
        /// When it was said that ten minutes are left.
        ten_minutes: Option<String>,
        /// Who writes the report.
        report_by: Option<String>,
        /// By which date.
        report_due: Option<String>,
        /// When the social worker of a looked-after child was told.
        social_worker_told: Option<String>,
    }
    /// A pause of one-to-one contact.
    PauseOut {
        /// The session.
        session: String,
        /// From.
        from: String,
        /// Until; `null`: it is on.
        until: Option<String>,
        /// Why.
        code: String,
        /// Who decided.
        decided: String,
    }
    /// Minutes owed.
    OwedOut {
        /// From which session.
        session: String,
        /// When it was written down.
        at: String,
        /// How many.
        minutes: u16,
        /// To which side.
        side: String,
        /// Who caused it.
        code: String,
    }
    /// A person of a session.
    PersonOut {
        /// Their id.
        id: String,
        /// The session.
        session: String,
        /// Given name.
        given: String,
        /// Surname.
        family: String,
        /// Whose side.
        side: String,
        /// To the children.
        relation: String,
        /// Expected each time.
        expected: bool,
        /// Where they are, or why not.
        presence: String,
        /// The place, of whoever is in one.
        place: Option<String>,
        /// Of a child: minutes of contact so far, pauses left out.
        contact_minutes: Option<i64>,
    }
    /// A movement.
    MovementOut {
        /// The session.
        session: String,
        /// Who.
        person: String,
        /// What it was.
        kind: String,
        /// To which place.
        place: Option<String>,
        /// By which door.
        door: Option<String>,
        /// When it happened; a correction counts.
        occurred_at: String,
        /// When it was written.
        recorded_at: String,
        /// The entry.
        entry: String,
    }
    /// Who is responsible for a child.
    ResponsibleOut {
        /// The session.
        session: String,
        /// The child.
        child: String,
        /// An adult of the session, if one.
        adult: Option<String>,
        /// Someone of the team, if one.
        worker: Option<String>,
        /// Since when.
        since: String,
    }
    /// Somebody who does not come.
    AbsenceOut {
        /// The session.
        session: String,
        /// Who.
        person: String,
        /// Why.
        code: String,
        /// When word came; `null`: none did.
        told_at: Option<String>,
        /// Who gave word.
        told_by: Option<String>,
        /// Who took it.
        told_to: Option<String>,
        /// How.
        channel: Option<String>,
        /// Only *not known yet*.
        provisional: bool,
    }
    /// A note for the coordinator, without what it is about.
    NoteOut {
        /// Its id.
        id: String,
        /// Its number for the day.
        no: u16,
        /// When it was raised.
        at: String,
        /// The session of the marked row.
        session: Option<String>,
        /// A kind was chosen.
        kind_chosen: bool,
        /// The coordinator has seen it.
        seen: bool,
        /// Pressed by mistake.
        mistaken: bool,
    }
    /// An open question of the close.
    QuestionOut {
        /// What it is about.
        about: String,
        /// The session, if it is about one.
        session: Option<String>,
        /// The person, if it is about one.
        person: Option<String>,
        /// The note, if it is about one.
        note: Option<String>,
        /// The visitor, if it is about one.
        visitor: Option<String>,
        /// The entry, if it is about one.
        entry: Option<String>,
    }
    /// Someone of the team, one time that they came.
    StaffOut {
        /// Their id.
        id: String,
        /// Their number.
        number: Option<u8>,
        /// First name.
        name: String,
        /// From.
        came: String,
        /// Until; `null`: they are here.
        went: Option<String>,
    }
    /// Anyone else in the building.
    VisitorOut {
        /// Their id.
        id: String,
        /// Name as given.
        name: String,
        /// What they are.
        what: String,
        /// The session that they come for.
        session: Option<String>,
        /// From.
        came: String,
        /// Until; `null`: they are here.
        went: Option<String>,
    }
    /// How many.
    CountsOut {
        /// Sessions.
        sessions: usize,
        /// Of them held.
        held: usize,
        /// Of them not held, cancelled ones too.
        not_held: usize,
        /// Children in the building.
        children: u16,
        /// Adults of either side in the building.
        adults: u16,
        /// The team in the building.
        team: u16,
        /// Anyone else in the building.
        others: u16,
        /// The last count of heads.
        counted: Option<CountedOut>,
    }
    /// A count of heads.
    CountedOut {
        /// When.
        at: String,
        /// Children.
        children: u16,
        /// Adults of either side.
        adults: u16,
        /// The team.
        team: u16,
        /// Anyone else.
        others: u16,
    }
}
