//! The policy in words: what a setting, a list, a power is called, and what is wrong with a version, with the cure.

use crate::domain::policy::{PolicyFault, Power, ReasonList, Setting, Use};

/// What a setting is called, as its history has it.
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Grace => "grace",
        Setting::First => "first side",
        Setting::Second => "other side",
        Setting::Hold => "stays",
        Setting::Return => "carer stays",
        Setting::Apart => "apart",
        Setting::Gap => "gap",
        Setting::Overdue => "overdue",
        Setting::Escalate => "duty team",
        Setting::ReportDays => "report",
        Setting::Missed => "missed",
        Setting::Refused => "took no part",
        Setting::Age => "age for a key",
    }
}

/// What a setting means.
pub fn means(setting: Setting) -> &'static str {
    match setting {
        Setting::Grace => "minutes late, then they are rung",
        Setting::First => "minutes before the start that the first side is due",
        Setting::Second => "minutes before the start that the other side is due",
        Setting::Hold => "minutes that the side that visits stays; 0 none",
        Setting::Return => "minutes that the carer stays if the visitor goes first",
        Setting::Apart => "minutes at one door between two who do not meet",
        Setting::Gap => "minutes between the two sides of a handover",
        Setting::Overdue => "minutes not collected, or not back: ring",
        Setting::Escalate => "minutes not collected, or not back: the duty team",
        Setting::ReportDays => "working days for a one-to-one report",
        Setting::Missed => "in a row, no valid reason: on the list; 0 never",
        Setting::Refused => "in a row: on the list; 0 never",
        Setting::Age => "years old at least, to open the register",
    }
}

/// A list of reasons.
pub fn reason_list(list: ReasonList) -> &'static str {
    match list {
        ReasonList::NotComing => "not coming",
        ReasonList::NoPart => "took no part",
        ReasonList::Early => "ended early",
        ReasonList::Pauses => "a pause",
        ReasonList::Owed => "minutes owed",
        ReasonList::Allowed => "allowed past a rule",
    }
}

/// What a place is for.
pub fn use_for(of: Use) -> &'static str {
    match of {
        Use::Lobby => "hall behind a door",
        Use::Waiting => "waiting",
        Use::Contact => "contact",
        Use::Office => "the team's",
        Use::Outside => "in the grounds",
    }
}

/// Every use, in the order of their digits.
pub const USES: [Use; 5] = [Use::Lobby, Use::Waiting, Use::Contact, Use::Office, Use::Outside];

/// What a power lets somebody do.
pub fn power(power: Power) -> &'static str {
    match power {
        Power::Loosen => "let go early, let sides pass",
        Power::Gate => "let a stopped session begin",
        Power::OneOff => "hand to a one-off adult",
        Power::Cancel => "cancel for the centre",
        Power::Confirm => "confirm what others allowed",
        Power::Sign => "sign the day, open it again",
        Power::Correct => "correct what others wrote",
        Power::SeeNotes => "mark notes as seen",
        Power::ReadNotes => "read notes of others",
        Power::Files => "change case files",
        Power::SetPolicy => "change how the centre works",
        Power::Export => "take named data out",
        Power::People => "give and take keys",
    }
}

/// What is wrong, and what cures it.
pub fn fault(fault: &PolicyFault) -> String {
    match fault {
        PolicyFault::Loses(code) => format!("{code} would be lost, and entries may name it: retire it instead"),
        PolicyFault::Range { setting: of, least, most } => {
            format!("{} must be {least} to {most}", setting(*of))
        }
        PolicyFault::Before { setting: of, than } => {
            format!("{} must not be less than {}", setting(*of), setting(*than))
        }
        PolicyFault::NoDoor => "no door is in use: bring one back first".to_owned(),
        PolicyFault::NoPlace(of) => format!("no place is left for this: {}. Bring one back, or add one", use_for(*of)),
        PolicyFault::DoorToNowhere(door) => {
            format!("the {door} leads to a place that is not in use: say where it leads")
        }
        PolicyFault::NobodyMay(of) => format!("a coordinator must keep this: {}", power(*of)),
        PolicyFault::NoWords => "something has no words: type its name".to_owned(),
        PolicyFault::Twice(words) => format!("{words} stands there twice: give one another name, or retire it"),
        PolicyFault::Digit { digit, one, other: Some(other) } => {
            format!("{digit} stands for {one} and for {other}: give one another digit, or none")
        }
        PolicyFault::Digit { digit, one, other: None } => {
            format!("{digit} has another use, so not for {one}: choose 1 to 8, or none")
        }
        PolicyFault::Shows { words, word } => {
            format!("the lobby may read this: {words}. Say it without the word {word}")
        }
        PolicyFault::Severity(words) => format!("{words}: how serious is 1 to 4"),
    }
}
