//! Questions on the card: what is asked, what each digit does, and what Enter does once one is chosen.

mod allow;
mod calls;
mod facts;
mod file_words;
mod files;
mod going;
mod happened;
mod instruct;
mod journey;
mod meets;
mod message;
mod question;
mod reasons;
mod single;
mod things;
mod ways;

use crate::app::screen::{Block, Enter};
use crate::app::state::App;
use crate::domain::day::Session;
use crate::domain::decide::Command;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::policy::Code;

pub use allow::{offered, refused};
pub use calls::{next_call, side_of};
pub(super) use file_words::{date_words, reads_reasons};
pub use files::{Files, Pair, date, form as files_form};
pub use going::{are_together, walked_before};
pub use journey::{Outing, outing};
pub use question::Question;
pub use single::is_of_one_worker;
pub use things::to_give_back;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its digit, or its number: the team may be more than nine.
    pub digit: u8,
    /// What it says.
    pub says: String,
    /// More about it, in a column of its own.
    pub more: String,
    /// What it does.
    pub does: Does,
}

/// What an answer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// Writes this at once: the question has named it.
    Write(Command),
    /// Is chosen; Enter writes this, and says so.
    Choose(Command, String),
    /// Asks on.
    Ask(Question),
    /// Another way in: nothing is written.
    Way(Code, Code),
    /// Ticks somebody in place of the usual adult: nothing is written.
    Brings(PersonId),
    /// May not be; why, and the way out.
    Not(String),
}

/// A question, ready to be shown and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question, with the names.
    pub title: String,
    /// Beside it.
    pub hint: String,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Lines under the answers: what may be said aloud, what happens then.
    pub lines: Vec<Block>,
    /// What Enter says while nothing is chosen.
    pub waits: String,
    /// Of a form: what Enter writes once it is full, and says.
    pub form: Option<(Command, String)>,
    /// Of a form that writes nothing: the question that it goes on to, and what Enter says.
    pub goes_on: Option<(Question, String)>,
}

impl Asked {
    fn new(title: impl Into<String>, waits: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            hint: String::new(),
            answers: Vec::new(),
            lines: Vec::new(),
            waits: waits.into(),
            form: None,
            goes_on: None,
        }
    }

    fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    fn answers(mut self, answers: Vec<Answer>) -> Self {
        self.answers.extend(answers);
        self
    }

    fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(Block::line(line));
        self
    }

    /// The answer of a number.
    pub fn of(&self, number: u16) -> Option<(usize, &Answer)> {
        self.answers.iter().enumerate().find(|(_, a)| u16::from(a.digit) == number)
    }

    /// The numbers that answer.
    pub fn numbers(&self) -> Vec<u16> {
        self.answers.iter().map(|a| u16::from(a.digit)).collect()
    }
}

impl Answer {
    fn new(digit: u8, says: impl Into<String>, does: Does) -> Self {
        Self { digit, says: says.into(), more: String::new(), does }
    }

    fn more(mut self, more: impl Into<String>) -> Self {
        self.more = more.into();
        self
    }
}

/// The open question, ready to be shown and answered.
pub fn asked(app: &App, session: &Session, question: &Question) -> Asked {
    match question {
        Question::WhoWalks { children, into, place } => going::who_walks(app, session, children, *into, place),
        Question::WhoMeets { children, supervisor } => meets::who_meets(app, session, children, *supervisor),
        Question::WhoGoes(outing) => journey::who_goes(app, session, outing),
        Question::WhereTo(outing) => journey::where_to(app, session, outing),
        Question::BackAt(outing) => journey::back_at(session, outing),
        Question::BackTyped(outing) => journey::back_typed(app, session, outing),
        Question::WhoHas { people, children } => meets::who_has(app, session, people, children),
        Question::WhoTakes { children, walker } => going::who_takes(app, session, children, *walker),
        Question::WhoWalksBack { children } => going::who_walks_back(app, session, children),
        Question::TakesOther { children, walker } => going::takes_other(app, session, children, *walker),
        Question::Agency { children, walker, agency } => going::agency(app, session, children, *walker, agency),
        Question::OneOff { children, walker } => going::one_off(app, session, children, *walker),
        Question::Way => ways::way(app, session),
        Question::BroughtBy => ways::brought_by(app, session),
        Question::WorkerHas => ways::worker_has(app, session),
        Question::Late => reasons::late(app, session),
        Question::NoPart => reasons::no_part(app, session),
        Question::Early => reasons::early(app, session),
        Question::EarlyWalker { why } => reasons::early_walker(app, session, why),
        Question::Happened => happened::what(app, session),
        Question::WhoWalkedIn => happened::who_walked_in(app, session),
        Question::WhoLeft => happened::who_left(app, session),
        Question::WhoTook => happened::who_took(app, session),
        Question::Keep => facts::keep(app, session),
        Question::GoesOut => facts::goes_out(app, session),
        Question::ToldWorker => single::told_worker(app, session),
        Question::Contact => single::contact(app, session),
        Question::Pause => single::pause(app, session),
        Question::PausePlace { why } => single::pause_place(app, session, why),
        Question::Owed => single::owed(app, session),
        Question::OwedWhy { minutes } => single::owed_why(app, *minutes),
        Question::OwedTo { minutes, why } => single::owed_to(app, session, *minutes, why),
        Question::Supervises => single::supervises(app, session),
        Question::Report => single::report_by_whom(app, session),
        Question::ReportBy { owner } => single::report_by(app, session, *owner),
        other => kept_and_said(app, session, other),
    }
}

/// Who else came, who was told and rung, things kept, messages, and what has happened of the rarer kind.
fn kept_and_said(app: &App, session: &Session, question: &Question) -> Asked {
    match question {
        Question::Cancel => reasons::cancel(app, session),
        Question::Another => facts::another(app, session),
        Question::Told => facts::told(app, session),
        Question::WhereMet => happened::where_met(app, session),
        Question::WrongChild => happened::wrong_child(app, session),
        Question::Call(which) => calls::call(app, session, *which),
        Question::KeepWhat => things::what(app, session),
        Question::KeepWhere { what } => things::place(app, session, what),
        Question::GiveBack => things::give_back(app, session),
        Question::Message => message::kind(app),
        Question::MessageWords { kind } => message::words(app, session, kind),
        Question::Files(files) => files::asked(app, session, files),
        Question::Allow { permission } => allow::who(app, session, permission),
        Question::AllowWhy { permission, by, how } => allow::why(app, session, permission, *by, *how),
        _ => Asked::new("", "Esc back"),
    }
}

/// The Enter line of an open question.
pub fn enter(app: &App, asked: &Asked) -> Enter {
    if let Some((_, says)) = asked.form.as_ref().filter(|_| app.card.form.as_ref().is_some_and(|f| f.is_full())) {
        return crate::app::frame::enter(says.clone());
    }
    if let Some((_, answer)) = app.card.number.exact(&asked.numbers()).and_then(|n| asked.of(n)) {
        // `1` of one to twelve: the next digit makes it another number, Enter leaves it at this one.
        let says = format!("{}: {} Or the next digit", answer.says, asked.title);
        return Enter { label: format!("{}_", app.card.number.digits()), says, field: None };
    }
    if let Some((_, says)) = asked.goes_on.as_ref().filter(|_| app.card.form.as_ref().is_some_and(|f| f.is_full())) {
        return crate::app::frame::enter(says.clone());
    }
    if let Some(refusal) = allow::refusal(app) {
        return crate::app::frame::wait(refused(app, &refusal));
    }
    let chosen = app.card.chosen.and_then(|n| asked.answers.get(n));
    match chosen.map(|a| &a.does) {
        Some(Does::Choose(_, says)) => crate::app::frame::enter(says.clone()),
        Some(Does::Not(why)) => crate::app::frame::wait(why.clone()),
        _ => crate::app::frame::wait(asked.waits.clone()),
    }
}

/// Answers with the team on shift, each under the number that picks them on every screen.
fn team(app: &App, does: impl Fn(StaffId) -> Does) -> Vec<Answer> {
    let Some(day) = app.day() else { return Vec::new() };
    let here = |staff| day.on_shift(staff) && !day.is_away(staff);
    let on_shift = app.register.present_team().into_iter().filter(|c| here(c.staff));
    on_shift.map(|c| Answer::new(c.number, crate::app::words::staff(app, c), does(c.staff))).collect()
}

/// The same with those who are not on shift: what may be done at home.
fn whole_team(app: &App, does: impl Fn(StaffId) -> Does) -> Vec<Answer> {
    let team = app.register.present_team().into_iter();
    team.map(|c| Answer::new(c.number, crate::app::words::staff(app, c), does(c.staff))).collect()
}
