//! What a new version of the policy must keep to: the first fault as a value; `app` makes it a sentence with the cure.

use std::collections::BTreeSet;

use crate::domain::codes::{Flag, Party, Role, Side};
use crate::domain::policy::{Code, Policy, Power, Reason, ReasonList, Setting, Use};
use crate::domain::text::Text;

/// Words that a lobby must never read (screens.md, last section), as they stand or with an ending.
const NEVER: &[&str] = &[
    "address",
    "bail",
    "order",
    "orders",
    "risk",
    "risks",
    "risky",
    "flag",
    "flags",
    "flagged",
    "incident",
    "incidents",
    "safeguarding",
    "medical",
    "password",
    "passwords",
    "no-show",
    "no-shows",
    "refused",
    "banned",
    "absent",
    "absence",
    "resident",
    "non-resident",
];
/// The same, of several words.
const NEVER_TOGETHER: &[&str] = &["turned away", "do not meet", "keep apart", "kept apart", "date of birth", "no show"];
/// Greatest digit of a list where `9` and `0` have uses of their own, and of any other list.
const DIGITS: (u8, u8) = (8, 9);

/// What is wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFault {
    /// It has lost something that an entry may name: it is to be retired instead.
    Loses(Code),
    /// A number is not in its range.
    Range {
        /// Which.
        setting: Setting,
        /// The least that it may be.
        least: u16,
        /// The most.
        most: u16,
    },
    /// The one of two times comes after the other that it must not come after.
    Before {
        /// The one that must not be less.
        setting: Setting,
        /// Than this one.
        than: Setting,
    },
    /// No door is in use.
    NoDoor,
    /// No place in the building is in use for this.
    NoPlace(Use),
    /// A door leads to a place that is not in use.
    DoorToNowhere(Text),
    /// No coordinator may do this any more.
    NobodyMay(Power),
    /// Something has no words.
    NoWords,
    /// Two that are in use have the same words.
    Twice(Text),
    /// Two that are in use have the same digit, or one has a digit that is not free.
    Digit {
        /// Which digit.
        digit: u8,
        /// One of them.
        one: Text,
        /// The other, if it is not a digit that has a use of its own.
        other: Option<Text>,
    },
    /// Words hold a word that the lobby must never read.
    Shows {
        /// The words.
        words: Text,
        /// The word.
        word: String,
    },
    /// How serious a kind of note is, is not 1 to 4.
    Severity(Text),
}

/// Something of a list, as far as it is checked: its words, and its digit.
struct Line<'a> {
    words: &'a Text,
    digit: Option<u8>,
    /// Whose, and whether of a child: lines of two sides may share a digit.
    party: Option<Party>,
    of_child: bool,
}

impl Policy {
    /// The first fault of this version, as it would follow that one; `None`: it may be written.
    pub fn fault_after(&self, held: &Self) -> Option<PolicyFault> {
        self.lost(held)
            .or_else(|| self.out_of_range())
            .or_else(|| self.nowhere())
            .or_else(|| self.nobody_may())
            .or_else(|| self.ambiguous())
            .or_else(|| self.shows(held))
    }

    /// It loses no code that an entry may name: what is no longer wanted is retired.
    fn lost(&self, held: &Self) -> Option<PolicyFault> {
        let here: BTreeSet<&Code> = self.codes().into_iter().collect();
        held.codes().into_iter().find(|code| !here.contains(code)).map(|code| PolicyFault::Loses(code.clone()))
    }

    fn out_of_range(&self) -> Option<PolicyFault> {
        let beyond = |s: &&Setting| !(s.least()..=s.most()).contains(&self.get(**s));
        if let Some(setting) = Setting::ALL.iter().find(beyond) {
            return Some(PolicyFault::Range { setting: *setting, least: setting.least(), most: setting.most() });
        }
        let pairs = [(Setting::First, Setting::Second), (Setting::Escalate, Setting::Overdue)];
        let wrong = pairs.into_iter().find(|(late, early)| self.get(*late) < self.get(*early));
        wrong.map(|(setting, than)| PolicyFault::Before { setting, than })
    }

    /// Some way in is open, every door leads to a place, and there is a place to wait and one to meet in.
    fn nowhere(&self) -> Option<PolicyFault> {
        let open = |code: &Code| self.place(code).is_some_and(|p| !p.retired);
        let mut doors = self.doors.iter().filter(|d| !d.retired).peekable();
        if doors.peek().is_none() {
            return Some(PolicyFault::NoDoor);
        }
        if let Some(door) = doors.find(|d| !open(&d.leads_to)) {
            return Some(PolicyFault::DoorToNowhere(door.name.clone()));
        }
        let used = |u: &Use| self.places.iter().any(|p| !p.retired && p.use_for == *u);
        [Use::Waiting, Use::Contact].into_iter().find(|u| !used(u)).map(PolicyFault::NoPlace)
    }

    /// A coordinator can always sign, read what waits, and change the policy: nobody locks the centre out.
    fn nobody_may(&self) -> Option<PolicyFault> {
        let kept = [Power::Sign, Power::SetPolicy, Power::SeeNotes, Power::Confirm, Power::People];
        kept.into_iter().find(|power| !self.may(Role::Coordinator, *power)).map(PolicyFault::NobodyMay)
    }

    /// Everything has words, no two that are in use have the same words, and no digit stands for two.
    fn ambiguous(&self) -> Option<PolicyFault> {
        let lists = self.lists();
        let all = || lists.iter().flat_map(|(_, lines)| lines);
        if self.centre.is_empty() || all().any(|l| l.words.is_empty()) {
            return Some(PolicyFault::NoWords);
        }
        if let Some(kind) = self.kinds.iter().find(|k| !(1..=4).contains(&k.severity)) {
            return Some(PolicyFault::Severity(kind.words.clone()));
        }
        lists.iter().find_map(|(most, lines)| doubled(lines).or_else(|| one_digit(lines, *most)))
    }

    /// What is in use, list by list, with the greatest digit of each.
    fn lists(&self) -> Vec<(u8, Vec<Line<'_>>)> {
        let plain = |words, digit| Line { words, digit, party: None, of_child: false };
        let reason = |r: &'_ Reason| !r.retired;
        let mut lists = vec![
            (DIGITS.1, self.places.iter().filter(|p| !p.retired).map(|p| plain(&p.name, None)).collect()),
            (DIGITS.1, self.doors.iter().filter(|d| !d.retired).map(|d| plain(&d.name, None)).collect()),
            (DIGITS.0, self.kinds.iter().filter(|k| !k.retired).map(|k| plain(&k.words, k.digit)).collect()),
            (DIGITS.1, self.things.iter().filter(|i| !i.retired).map(|i| plain(&i.words, i.digit)).collect()),
            (DIGITS.1, self.messages.iter().filter(|i| !i.retired).map(|i| plain(&i.words, i.digit)).collect()),
            (DIGITS.1, self.numbers.iter().map(|n| plain(&n.name, None)).collect()),
        ];
        for list in ReasonList::ALL {
            let most = if *list == ReasonList::NotComing { DIGITS.0 } else { DIGITS.1 };
            // `0` is *not known yet*, and has a place of its own in the picker.
            let digit = |r: &Reason| r.digit.filter(|_| !r.provisional);
            let of_child = |r: &Reason| *list == ReasonList::NoPart && r.of_child;
            let lines = self.reasons_of(*list).iter().filter(|r| reason(r));
            let lines = lines.map(|r| Line { words: &r.words, digit: digit(r), party: r.party, of_child: of_child(r) });
            lists.push((most, lines.collect()));
        }
        lists
    }

    /// Words that the lobby must never read, in what is new or was changed; what stands there already is not asked again.
    fn shows(&self, held: &Self) -> Option<PolicyFault> {
        let (fresh, before) = (self.shown(), held.shown());
        let codes = self.kinds.iter().map(|k| &k.code);
        let codes: Vec<&str> = ReasonList::ALL
            .iter()
            .flat_map(|l| self.reasons_of(*l))
            .map(|r| &r.code)
            .chain(codes)
            .map(Code::as_str)
            .collect();
        let new = fresh.into_iter().filter(|words| !before.contains(words));
        new.into_iter()
            .find_map(|words| never(words, &codes).map(|word| PolicyFault::Shows { words: words.clone(), word }))
    }

    /// Every text of what is in use that a screen may show.
    fn shown(&self) -> BTreeSet<&Text> {
        let reasons = ReasonList::ALL.iter().flat_map(|l| self.reasons_of(*l)).filter(|r| !r.retired);
        let outside = reasons.clone().map(|r| &r.outside);
        self.lists().into_iter().flat_map(|(_, lines)| lines).map(|l| l.words).chain(outside).collect()
    }
}

/// The words of two that are in use, and alike.
fn doubled(lines: &[Line<'_>]) -> Option<PolicyFault> {
    let alike = |a: &Line<'_>, b: &Line<'_>| {
        a.words.as_str().to_lowercase() == b.words.as_str().to_lowercase() && overlap(a, b)
    };
    let twice = lines.iter().enumerate().find(|(n, a)| lines.iter().skip(n + 1).any(|b| alike(a, b)));
    twice.map(|(_, line)| PolicyFault::Twice(line.words.clone()))
}

/// The digit of two that are in use, or one that has a use of its own.
fn one_digit(lines: &[Line<'_>], most: u8) -> Option<PolicyFault> {
    lines.iter().enumerate().find_map(|(n, one)| {
        let digit = one.digit?;
        let fault = |other| PolicyFault::Digit { digit, one: one.words.clone(), other };
        if digit == 0 || digit > most {
            return Some(fault(None));
        }
        let other = lines.iter().skip(n + 1).find(|l| l.digit == Some(digit) && overlap(one, l))?;
        Some(fault(Some(other.words.clone())))
    })
}

/// They can stand in one picker.
fn overlap(a: &Line<'_>, b: &Line<'_>) -> bool {
    a.of_child == b.of_child && (a.party.is_none() || b.party.is_none() || a.party == b.party)
}

/// The first word that the lobby must never read.
fn never(words: &Text, codes: &[&str]) -> Option<String> {
    let lower = words.as_str().to_lowercase();
    if let Some(phrase) = NEVER_TOGETHER.iter().find(|phrase| lower.contains(**phrase)) {
        return Some((*phrase).to_owned());
    }
    let split = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        parts.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let fixed = Flag::ALL.iter().map(|f| f.code()).chain(Side::ALL.iter().map(|s| s.code()));
    let fixed: Vec<&str> = fixed.chain(codes.iter().copied()).collect();
    let coded = split(words.as_str()).into_iter().find(|word| fixed.contains(&word.as_str()));
    split(&lower).into_iter().find(|word| NEVER.contains(&word.as_str())).or(coded)
}
