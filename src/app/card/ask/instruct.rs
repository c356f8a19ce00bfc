//! A new instruction from a card: of which kind, and its words. The kind says what it does at the door; nobody is asked
//! for a code.

use crate::app::card::ask::files::{Files, date};
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::form::Form;
use crate::app::field::Purpose;
use crate::app::state::App;
use crate::app::words;
use crate::domain::case::Instruction;
use crate::domain::codes::{Consent, Effect, Flag, Origin, Party};
use crate::domain::day::Session;
use crate::domain::decide::{Command, FileAct, decide};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

/// One kind that can be given at the desk.
struct Kind {
    digit: u8,
    flag: Flag,
    effect: Effect,
    /// On whose card.
    on: On,
    says: &'static str,
    /// What it does, beside it.
    does: &'static str,
    /// The words that it starts with.
    words: &'static str,
}

/// On whose card an instruction stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Both,
    This,
    One(Party),
}

const fn kind(digit: u8, flag: Flag, effect: Effect, on: On, text: [&'static str; 3]) -> Kind {
    let [says, does, words] = text;
    Kind { digit, flag, effect, on, says, does, words }
}

/// The kinds, by their digits.
const KINDS: [Kind; 10] = [
    kind(
        1,
        Flag::Suspended,
        Effect::Block,
        On::Both,
        ["no contact for now", "nobody is let in", "No contact until the coordinator has said so."],
    ),
    kind(
        2,
        Flag::Premises,
        Effect::Block,
        On::Both,
        ["they stay in the building", "nobody takes a child out", "They stay in the building."],
    ),
    kind(
        3,
        Flag::Visitors,
        Effect::Block,
        On::One(Party::Visits),
        ["named visitors only", "no more than so many", "Only people who are named on the form."],
    ),
    kind(
        4,
        Flag::Collectors,
        Effect::Block,
        On::One(Party::Brings),
        ["named collectors only", "nobody off the list", "Only people who are named on the form take them home."],
    ),
    kind(5, Flag::Phones, Effect::Warn, On::This, ["phones", "read first", "Phone handed in at the desk."]),
    kind(6, Flag::Photographs, Effect::Show, On::Both, ["photographs", "shown", "No photographs."]),
    kind(7, Flag::Toilet, Effect::Show, On::Both, ["toilet", "shown", "A worker goes along."]),
    kind(8, Flag::Medical, Effect::Warn, On::This, ["health", "staff view only; consent seen", ""]),
    kind(9, Flag::Other, Effect::Warn, On::This, ["a way in, a thing to ask for", "read first", ""]),
    kind(
        0,
        Flag::DoNotMeet,
        Effect::Block,
        On::Both,
        ["the two sides must not meet", "no place, no door together", "Keep to this side's own way, in and out."],
    ),
];

fn of(digit: u8) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.digit == digit)
}

pub(super) fn kinds() -> Asked {
    let answer = |k: &Kind| {
        Answer::new(k.digit, k.says, Does::Ask(Question::Files(Files::Words { kind: k.digit }))).more(k.does)
    };
    Asked::new("An instruction: of which kind?", "a number says which; nothing is written yet")
        .answers(KINDS.iter().map(answer).collect())
}

/// Words are needed; the rest if it is known. A number only where the kind counts.
pub(super) fn form(digit: u8) -> Option<Form> {
    let kind = of(digit)?;
    let counts = kind.flag == Flag::Visitors;
    let mut fields = vec![("What to do", Purpose::InstructionWords)];
    fields.extend(counts.then_some(("How many at once", Purpose::HowMany)));
    fields.extend([
        ("From, if not now", Purpose::InstructionDate),
        ("Until, if known", Purpose::InstructionDate),
        ("Why", Purpose::InstructionWhy),
    ]);
    let mut form = Form::needing(1, &fields);
    form.fill(0, &Text::name(kind.words));
    Some(form)
}

pub(super) fn words(app: &App, session: &Session, digit: u8) -> Asked {
    let Some(kind) = of(digit) else { return kinds() };
    let party = match kind.on {
        On::Both => None,
        On::This => Some(app.card.party),
        On::One(party) => Some(party),
    };
    let card = party.map_or_else(|| "both cards".to_owned(), |p| format!("the card of {}", words::party(p)));
    let mut asked = Asked::new(format!("{}, on {card}.", words::sentence(kind.says)), "say what to do, not why")
        .line("What to do, as a volunteer may read it at the door. Dates as 3/12/2026.")
        .line("Why is for you and the lead: no card shows it in lobby view.");
    match typed(app, kind) {
        Ok(typed) => {
            let instruction = Instruction { party, ..typed };
            let says = format!("No {}, from {}: {}", session.plan.no, from_words(app, &instruction), instruction.words);
            let act = FileAct::Instruct { case: session.plan.case, instruction: Box::new(instruction) };
            let command = Command::File(act);
            // The Enter line says beforehand what the rules would not take.
            match decide(&app.register, app.day, &command, &app.stamp(None)) {
                Ok(_) => asked.form = Some((command, says)),
                Err(Refusal::NoWords) => {}
                Err(refusal) => asked.waits = words::refusal(app, &refusal),
            }
        }
        Err(why) => asked.waits = why.to_owned(),
    }
    asked
}

fn from_words(app: &App, instruction: &Instruction) -> String {
    let until = instruction.to.map(|to| format!(" until {}", to.format("%-d %B %Y"))).unwrap_or_default();
    match instruction.from == app.date {
        true => format!("now on{until}"),
        false => format!("{}{until}", instruction.from.format("%-d %B %Y")),
    }
}

/// What the form says so far; or what is wrong with it.
fn typed(app: &App, kind: &Kind) -> Result<Instruction, &'static str> {
    let text = |n| app.card.form.as_ref().map(|f| f.text(n)).unwrap_or_default();
    let counts = kind.flag == Flag::Visitors;
    let skip = usize::from(counts);
    let number = text(1);
    let limit = match counts && !number.is_empty() {
        true => Some(number.as_str().parse().map_err(|_| "how many is a number")?),
        false => None,
    };
    let day = |t: Text| if t.is_empty() { Ok(None) } else { date(t.as_str()).map(Some).ok_or("no such date") };
    let (from, to) = (day(text(1 + skip))?.unwrap_or(app.date), day(text(2 + skip))?);
    if to.is_some_and(|to| to < from) {
        return Err("it would end before it begins");
    }
    Ok(Instruction {
        id: app.ids.nth(7),
        flag: kind.flag,
        effect: kind.effect,
        about: None,
        party: None,
        words: text(0),
        reason: Some(text(3 + skip)).filter(|t| !t.is_empty()),
        consent: (kind.flag == Flag::Medical).then_some(Consent::Seen),
        origin: Origin::Session,
        from,
        to,
        limit,
    })
}
