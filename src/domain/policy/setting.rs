//! The numbers of a policy and its lists of reasons, each by name: what can be set one by one.

use crate::domain::policy::{Code, Policy, Reason};

/// Most minutes of a time.
const MINUTES: u16 = 240;
/// Most working days for a report.
const DAYS: u16 = 60;
/// Most sessions before one goes on the coordinator's list.
const TIMES: u16 = 20;

/// Nobody younger has a key (notice 003, "16 or Under"), and nobody needs to be older than this.
const AGES: (u16, u16) = (16, 25);

/// A number of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Setting {
    /// Minutes late before somebody rings.
    Grace,
    /// Minutes before the start that the first side is due.
    First,
    /// Minutes before the start that the other side is due.
    Second,
    /// Minutes that the side that visits stays.
    Hold,
    /// Minutes that the carer's side stays when the visiting party leaves first.
    Return,
    /// Minutes between two who must not meet, at one entrance.
    Apart,
    /// Minutes between the two sides of a handover.
    Gap,
    /// Minutes after which somebody who is to be back, or to collect, is rung.
    Overdue,
    /// Minutes after which the duty team is rung.
    Escalate,
    /// Working days for a report.
    ReportDays,
    /// Sessions missed without a valid reason, one after the other; 0 is no limit.
    Missed,
    /// Sessions without taking part, one after the other; 0 is no limit.
    Refused,
    /// Years of age of who has a key.
    Age,
}

impl Setting {
    /// Every setting, in the order of the policy screen.
    pub const ALL: &'static [Self] = &[
        Self::Grace,
        Self::First,
        Self::Second,
        Self::Hold,
        Self::Return,
        Self::Apart,
        Self::Gap,
        Self::Overdue,
        Self::Escalate,
        Self::ReportDays,
        Self::Missed,
        Self::Refused,
        Self::Age,
    ];

    /// The greatest that it may be.
    pub fn most(self) -> u16 {
        match self {
            Self::ReportDays => DAYS,
            Self::Missed | Self::Refused => TIMES,
            Self::Age => AGES.1,
            _ => MINUTES,
        }
    }

    /// The least that it may be.
    pub fn least(self) -> u16 {
        match self {
            Self::Overdue | Self::Escalate | Self::ReportDays => 1,
            Self::Age => AGES.0,
            _ => 0,
        }
    }
}

/// A list of reasons of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonList {
    /// Why somebody does not come.
    NotComing,
    /// Why somebody who came took no part, or was not let in.
    NoPart,
    /// Why contact ended early.
    Early,
    /// Why one-to-one contact pauses.
    Pauses,
    /// Why minutes are owed.
    Owed,
    /// Why somebody allowed what the rules would not.
    Allowed,
}

impl ReasonList {
    /// Every list, in the order of the policy screen.
    pub const ALL: &'static [Self] =
        &[Self::NotComing, Self::NoPart, Self::Early, Self::Pauses, Self::Owed, Self::Allowed];
}

impl Policy {
    /// A number of it.
    pub fn get(&self, setting: Setting) -> u16 {
        match setting {
            Setting::Grace => self.grace_min,
            Setting::First => self.plan.first_min,
            Setting::Second => self.plan.second_min,
            Setting::Hold => self.plan.hold_min,
            Setting::Return => self.return_min,
            Setting::Apart => self.apart_min,
            Setting::Gap => self.gap_min,
            Setting::Overdue => self.overdue_min,
            Setting::Escalate => self.escalate_min,
            Setting::ReportDays => self.report_days,
            Setting::Missed => self.missed_limit,
            Setting::Refused => self.refused_limit,
            Setting::Age => self.user_age,
        }
    }

    /// Sets a number of it.
    pub fn set(&mut self, setting: Setting, to: u16) {
        *match setting {
            Setting::Grace => &mut self.grace_min,
            Setting::First => &mut self.plan.first_min,
            Setting::Second => &mut self.plan.second_min,
            Setting::Hold => &mut self.plan.hold_min,
            Setting::Return => &mut self.return_min,
            Setting::Apart => &mut self.apart_min,
            Setting::Gap => &mut self.gap_min,
            Setting::Overdue => &mut self.overdue_min,
            Setting::Escalate => &mut self.escalate_min,
            Setting::ReportDays => &mut self.report_days,
            Setting::Missed => &mut self.missed_limit,
            Setting::Refused => &mut self.refused_limit,
            Setting::Age => &mut self.user_age,
        } = to;
    }

    /// A list of reasons of it.
    pub fn reasons_of(&self, list: ReasonList) -> &[Reason] {
        match list {
            ReasonList::NotComing => &self.reasons,
            ReasonList::NoPart => &self.no_part,
            ReasonList::Early => &self.early,
            ReasonList::Pauses => &self.pauses,
            ReasonList::Owed => &self.owed,
            ReasonList::Allowed => &self.allowed,
        }
    }

    /// The same, to be changed.
    pub fn reasons_mut(&mut self, list: ReasonList) -> &mut Vec<Reason> {
        match list {
            ReasonList::NotComing => &mut self.reasons,
            ReasonList::NoPart => &mut self.no_part,
            ReasonList::Early => &mut self.early,
            ReasonList::Pauses => &mut self.pauses,
            ReasonList::Owed => &mut self.owed,
            ReasonList::Allowed => &mut self.allowed,
        }
    }

    /// Every code that an entry may name.
    pub fn codes(&self) -> Vec<&Code> {
        let reasons = ReasonList::ALL.iter().flat_map(|list| self.reasons_of(*list)).map(|r| &r.code);
        let places = self.places.iter().map(|p| &p.code).chain(self.doors.iter().map(|d| &d.code));
        let kinds = self.kinds.iter().map(|k| &k.code);
        let items = self.things.iter().chain(&self.messages).map(|i| &i.code);
        reasons.chain(places).chain(kinds).chain(items).collect()
    }

    /// A code that nothing has yet, made from words: so many of their letters after a prefix, then a number if another
    /// has it already.
    pub fn fresh_code(&self, prefix: &str, words: &str, letters: usize) -> Code {
        let made: String = words.chars().filter(char::is_ascii_alphabetic).take(letters).collect();
        let made = if made.is_empty() { "new".to_owned() } else { made };
        let made = match prefix {
            "" => made.to_lowercase(),
            "=" => made.to_uppercase(),
            prefix => format!("{prefix}-{}", made.to_uppercase()),
        };
        let taken = self.codes();
        let free = |code: &String| taken.iter().all(|c| c.as_str() != code.as_str());
        let mut numbered = (2..).map(|n| format!("{made}{n}"));
        let code = if free(&made) { Some(made.clone()) } else { numbered.find(free) };
        Code(code.unwrap_or(made))
    }
}
