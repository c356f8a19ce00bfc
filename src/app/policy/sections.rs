//! The sections of the policy: what stands in each, as rows, and what can be done to a row.

use crate::app::words::policy::reason_list;
use crate::domain::policy::{Policy, ReasonList};

/// A section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Times,
    First,
    Places,
    Doors,
    Reasons,
    Kinds,
    Items,
    Powers,
    Centre,
    History,
}

impl Section {
    /// In the order of their digits, from 1; the last is 0.
    pub(super) const ALL: [Self; 10] = [
        Self::Times,
        Self::First,
        Self::Places,
        Self::Doors,
        Self::Reasons,
        Self::Kinds,
        Self::Items,
        Self::Powers,
        Self::Centre,
        Self::History,
    ];

    /// The section of a digit.
    pub(super) fn of(digit: u8) -> Option<Self> {
        let at = usize::from(digit).checked_sub(1).unwrap_or(Self::ALL.len() - 1);
        Self::ALL.get(at).copied()
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Times => "times and limits",
            Self::First => "who comes first",
            Self::Places => "places",
            Self::Doors => "doors",
            Self::Reasons => "reasons",
            Self::Kinds => "kinds of note",
            Self::Items => "things kept, messages",
            Self::Powers => "who may do what",
            Self::Centre => "name, address, numbers",
            Self::History => "what was changed",
        }
    }

    /// How many lists it has.
    pub(super) fn lists(self) -> usize {
        match self {
            Self::Reasons => ReasonList::ALL.len(),
            Self::Items => 2,
            _ => 1,
        }
    }

    /// What its list is called, where it has several.
    pub(super) fn list_name(self, list: usize) -> &'static str {
        match self {
            Self::Reasons => reason_list(reasons(list)),
            Self::Items if list == 0 => "things kept",
            Self::Items => "messages",
            _ => "",
        }
    }

    /// Lines can be added.
    pub(super) fn grows(self) -> bool {
        matches!(self, Self::Places | Self::Doors | Self::Reasons | Self::Kinds | Self::Items | Self::Centre)
    }

    /// How many lines it has.
    pub(super) fn len(self, policy: &Policy, list: usize) -> usize {
        match self {
            Self::Times => crate::domain::policy::Setting::ALL.len(),
            Self::First => 2,
            Self::Places => policy.places.len(),
            Self::Doors => policy.doors.len(),
            Self::Reasons => policy.reasons_of(reasons(list)).len(),
            Self::Kinds => policy.kinds.len(),
            Self::Items => items(policy, list).len(),
            Self::Powers => crate::domain::policy::Power::ALL.len(),
            Self::Centre => CENTRE + policy.numbers.len(),
            Self::History => 0,
        }
    }
}

/// Rows of the centre before its numbers: name, address, number.
pub(super) const CENTRE: usize = 3;

/// A list of reasons by its place.
pub(super) fn reasons(list: usize) -> ReasonList {
    ReasonList::ALL.get(list).copied().unwrap_or(ReasonList::NotComing)
}

/// Things, or kinds of message.
pub(super) fn items(policy: &Policy, list: usize) -> &[crate::domain::policy::Item] {
    if list == 0 { &policy.things } else { &policy.messages }
}

/// The same, to be changed.
pub(super) fn items_mut(policy: &mut Policy, list: usize) -> &mut Vec<crate::domain::policy::Item> {
    if list == 0 { &mut policy.things } else { &mut policy.messages }
}

/// Retires a line, or brings it back; a number of the list goes. `false`: it must stay.
pub(super) fn retire(policy: &mut Policy, section: Section, list: usize, at: usize) -> bool {
    let retired = match section {
        Section::Places => policy.places.get_mut(at).map(|p| &mut p.retired),
        Section::Doors => policy.doors.get_mut(at).map(|d| &mut d.retired),
        Section::Kinds => policy.kinds.get_mut(at).map(|k| &mut k.retired),
        Section::Items => items_mut(policy, list).get_mut(at).map(|i| &mut i.retired),
        // *Not known yet* is what the picker needs.
        Section::Reasons => {
            policy.reasons_mut(reasons(list)).get_mut(at).filter(|r| !r.provisional).map(|r| &mut r.retired)
        }
        Section::Centre => {
            let number = at.checked_sub(CENTRE).filter(|n| *n < policy.numbers.len());
            return number.map(|n| policy.numbers.remove(n)).is_some();
        }
        _ => None,
    };
    retired.map(|r| *r = !*r).is_some()
}
