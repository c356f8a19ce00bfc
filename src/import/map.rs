//! Rows into what the domain holds: heads, members, instructions, pairs, patterns.

use crate::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use crate::domain::codes::{Consent, ContactKind, Effect, Flag, Offsite, Origin, Party, Side};
use crate::domain::ids::{CaseId, InstructionId, PatternId, PersonId, RegisterId};
use crate::domain::policy::Code;
use crate::domain::text::Text;
use crate::import::faults::Table;
use crate::import::ids::imported;
use crate::import::rows::{Alert, BookingRow, FamilyRow, Permitted, PersonRow, Residence, Who};

/// Makes domain values for one register.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Map(pub(crate) RegisterId);

impl Map {
    pub(crate) fn case(self, source: &str) -> CaseId {
        imported(self.0, Table::Families.file(), source)
    }

    pub(crate) fn person(self, source: &str) -> PersonId {
        imported(self.0, Table::People.file(), source)
    }

    pub(crate) fn pattern_id(self, source: &str) -> PatternId {
        imported(self.0, Table::Bookings.file(), source)
    }

    /// An alert is known by its person and its kind, so that another alert for the same person is another instruction.
    pub(crate) fn instruction_id(self, person: &str, alert: Alert) -> InstructionId {
        imported(self.0, "people.csv alert", &format!("{} {person}", alert.words()))
    }

    pub(crate) fn head(self, row: &FamilyRow) -> CaseHead {
        CaseHead {
            case: row.case,
            code: row.code.clone(),
            kind: row.kind,
            referral: row.referral,
            opened: row.opened,
            closed: row.closed,
            plan: None,
            supervisor: None,
            // An accepted referral for handovers is itself the agreement that lets the child go.
            offsite: (row.kind == ContactKind::Handover).then_some(Offsite::Agreement),
        }
    }

    /// The tables do not say when a fact was learnt; the day on which the family was taken on is the latest day on which
    /// the centre can have learnt enough to take them on.
    pub(crate) fn member(self, row: &PersonRow, family: &FamilyRow) -> Member {
        let born = if let Who::Child(born) = row.who { born } else { None };
        Member {
            person: row.person,
            side: side(row.who),
            standing: standing(row.who),
            given: row.given.clone(),
            family: row.surname.clone(),
            known_as: row.known_as.clone(),
            born,
            relation: row.relation.clone(),
            phone: row.phone.clone(),
            collects: row.who == Who::Party(Residence::Resident),
            origin: Origin::Spreadsheet,
            dated: family.opened,
        }
    }

    pub(crate) fn pattern(self, row: &BookingRow, room: Code) -> Pattern {
        Pattern {
            id: row.pattern,
            weekday: row.weekday,
            start: row.start,
            end: row.end,
            room,
            every_weeks: row.every_weeks,
            from: row.from,
            to: row.to,
            legs: None,
        }
    }

    /// What to do at the door, never why. What concerns an adult's body stands on that adult's side only; the words
    /// that both sides may read give nothing of the other away.
    pub(crate) fn instruction(self, row: &PersonRow, family: &FamilyRow, alert: Alert) -> Instruction {
        let own = if matches!(row.who, Who::Child(_)) { None } else { Some(party(row.who)) };
        let (flag, effect, party, words) = match alert {
            Alert::NutAllergy => (Flag::Medical, Effect::Show, own, "Nut allergy. Consent not seen."),
            Alert::Asthma => (Flag::Medical, Effect::Show, own, "Asthma inhaler. Consent not seen."),
            Alert::NoPhotographs => (Flag::Photographs, Effect::Show, own, "No photographs."),
            Alert::NonMolestation => {
                let words = "Not through the hall while the other side is there.";
                (Flag::NonMolestation, Effect::Block, None, words)
            }
            Alert::Stagger => (Flag::Stagger, Effect::Show, None, "Keep to this side's own times, in and out."),
        };
        Instruction {
            id: self.instruction_id(&row.id, alert),
            flag,
            effect,
            about: Some(row.person),
            party,
            words: Text::name(words),
            reason: None,
            consent: (flag == Flag::Medical).then_some(Consent::NotSeen),
            origin: Origin::Spreadsheet,
            from: family.opened,
            to: None,
            limit: None,
        }
    }

    /// Who must not meet because of this person's order, smaller id first.
    ///
    /// A party: that person, and each party of the other side. A child or a visitor: the table does not say against
    /// whom the order is, so each resident party is kept from each visiting one, and a visitor from the parties of the
    /// other side as well. Keeping apart too many costs minutes; keeping apart too few cannot be put right.
    pub(crate) fn apart(self, row: &PersonRow, family: &[PersonRow]) -> Vec<(PersonId, PersonId)> {
        let parties =
            |party_of: Party| family.iter().filter(move |p| matches!(p.who, Who::Party(_)) && party(p.who) == party_of);
        let mut pairs = Vec::new();
        let mut keep = |one: PersonId, other: PersonId| pairs.push((one.min(other), one.max(other)));
        if !matches!(row.who, Who::Child(_)) {
            let other = if party(row.who) == Party::Brings { Party::Visits } else { Party::Brings };
            parties(other).for_each(|p| keep(row.person, p.person));
        }
        if !matches!(row.who, Who::Party(_)) {
            for brings in parties(Party::Brings) {
                parties(Party::Visits).for_each(|visits| keep(brings.person, visits.person));
            }
        }
        pairs
    }
}

fn side(who: Who) -> Side {
    match who {
        Who::Child(_) => Side::Child,
        Who::Party(Residence::Resident) | Who::Visitor(Residence::Resident, _) => Side::Resident,
        Who::Party(Residence::NonResident) | Who::Visitor(Residence::NonResident, _) => Side::Visiting,
    }
}

fn party(who: Who) -> Party {
    if side(who) == Side::Visiting { Party::Visits } else { Party::Brings }
}

fn standing(who: Who) -> Standing {
    match who {
        Who::Child(_) | Who::Party(_) => Standing::Party,
        Who::Visitor(_, Permitted::Yes) => Standing::Visitor,
        Who::Visitor(_, Permitted::Supervised) => Standing::VisitorSupervised,
        Who::Visitor(_, Permitted::No) => Standing::NotPermitted,
    }
}
