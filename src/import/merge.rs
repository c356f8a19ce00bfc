//! What a row says, laid over what the register holds: what the tables cannot say is kept as it stands.

use crate::domain::case::{CaseHead, Instruction, Member, Standing};
use crate::domain::codes::Origin;

/// The head of a case: its own plan, its supervisor and what lets the children go out are kept.
pub(crate) fn head(fresh: CaseHead, held: Option<&CaseHead>) -> CaseHead {
    let Some(held) = held else { return fresh };
    let offsite = held.offsite.or(fresh.offsite);
    CaseHead { plan: held.plan.clone(), supervisor: held.supervisor, offsite, ..fresh }
}

/// A person: whether they collect is kept while they are on the same side, and where it came from while nothing else
/// has changed.
pub(crate) fn member(fresh: Member, held: Option<&Member>) -> Member {
    let Some(held) = held else { return fresh };
    let collects =
        if (held.side, held.standing) == (fresh.side, fresh.standing) { held.collects } else { fresh.collects };
    let same = Member { collects, origin: held.origin, dated: held.dated, ..fresh.clone() };
    if same == *held { same } else { Member { collects, origin: Origin::Spreadsheet, ..fresh } }
}

/// An instruction: consent that was seen stays seen, with the words that say so, and an end that was set stays set.
pub(crate) fn instruction(fresh: Instruction, held: Option<&Instruction>) -> Instruction {
    let Some(held) = held else { return fresh };
    let words = if held.consent == fresh.consent { fresh.words } else { held.words.clone() };
    Instruction { words, reason: held.reason.clone(), consent: held.consent, to: held.to, ..fresh }
}

/// Words, if a row lets somebody in who was not to come in, or not without a worker.
pub(crate) fn loosened(held: &Member, fresh: &Member) -> Option<String> {
    let rank = |standing: Standing| match standing {
        Standing::NotPermitted => 0,
        Standing::VisitorSupervised => 1,
        _ => 2,
    };
    let words = match held.standing {
        Standing::NotPermitted => "was not to come in",
        _ => "was to come in only with a worker near",
    };
    (rank(fresh.standing) > rank(held.standing)).then(|| format!("{} {words}; this row lets them in", held.called()))
}
