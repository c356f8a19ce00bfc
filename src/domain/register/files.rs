//! Case files: what is said of them, who must not meet by any of them, and one person who had been listed twice.

use std::collections::BTreeSet;

use crate::domain::case::{CaseFile, Member, Standing};
use crate::domain::event::CaseEvent;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::pairs::Mark;
use crate::domain::register::Register;

impl Register {
    /// Takes an event of a case file in: when it was, and by whom.
    pub fn fold_file(&mut self, event: &CaseEvent, mark: &Mark) {
        let because = |why: &Option<crate::domain::text::Text>| Mark { why: why.clone(), ..mark.clone() };
        match event {
            CaseEvent::CaseOpened(head) => match self.cases.get_mut(&head.case) {
                Some(file) => file.head = head.clone(),
                None => {
                    self.cases.insert(head.case, CaseFile::new(head.clone()));
                }
            },
            CaseEvent::MemberListed { case, member } => self.listed(*case, member),
            CaseEvent::KeptApart { case, one, other, why } => {
                self.pairs.keep((*one, *other), *case, because(why));
                self.say_so(*case, *one, *other);
            }
            CaseEvent::ApartClosed { one, other, why, .. } => {
                for file in self.pairs.close((*one, *other), because(why)) {
                    self.say_so(file, *one, *other);
                }
            }
            CaseEvent::FamiliesApart { case, other, why } => self.families.keep((*case, *other), *case, because(why)),
            CaseEvent::FamiliesApartClosed { case, other, why } => {
                self.families.close((*case, *other), because(why));
            }
            CaseEvent::PersonMerged { gone, into, .. } => self.merged(*gone, *into, mark),
            CaseEvent::InstructionGiven { case, .. }
            | CaseEvent::InstructionWithdrawn { case, .. }
            | CaseEvent::PatternSet { case, .. } => {
                if let Some(file) = self.cases.get_mut(case) {
                    file.fold(event);
                }
            }
        }
    }

    /// A person whose id was given up is the one whose id stays, whom this file may have already.
    fn listed(&mut self, case: CaseId, member: &Member) {
        let stays = self.pairs.stays(member.person);
        let Some(file) = self.cases.get_mut(&case) else { return };
        if stays == member.person {
            file.list(member.clone());
        } else if file.people.iter().all(|m| m.person != stays) {
            file.list(Member { person: stays, ..member.clone() });
        }
    }

    /// What one file says of a pair, brought up to what the register says of it.
    fn say_so(&mut self, case: CaseId, one: PersonId, other: PersonId) {
        let (one, other) = (self.pairs.stays(one), self.pairs.stays(other));
        let holds = one != other
            && self.pairs.history(one, other).iter().any(|spell| spell.is_open() && spell.files.contains(&case));
        if let Some(file) = self.cases.get_mut(&case) {
            file.say_apart(one, other, holds);
        }
    }

    /// In every file that either is in, whichever file it was written in: an id is the same person everywhere.
    fn merged(&mut self, gone: PersonId, into: PersonId, mark: &Mark) {
        let (gone, into) = (self.pairs.stays(gone), self.pairs.stays(into));
        if gone == into {
            return;
        }
        self.pairs.merge(gone, into, mark);
        for file in self.cases.values_mut() {
            file.merge(gone, into);
        }
        let open: Vec<((PersonId, PersonId), BTreeSet<CaseId>)> =
            self.pairs.open().map(|(key, spell)| (key, spell.files.clone())).collect();
        for ((one, other), files) in open.into_iter().filter(|((one, other), _)| *one == into || *other == into) {
            files.into_iter().for_each(|file| self.say_so(file, one, other));
        }
    }

    /// Everybody whom somebody of these must not meet: pairs of people with one at least among them, and for families
    /// that must not meet, each of the one with each of the other, where both are among them.
    pub fn apart_among(&self, people: &BTreeSet<PersonId>) -> BTreeSet<(PersonId, PersonId)> {
        let own = |(one, other): &(PersonId, PersonId)| people.contains(one) || people.contains(other);
        let mut all: BTreeSet<(PersonId, PersonId)> = self.pairs.open().map(|(key, _)| key).filter(own).collect();
        for ((one, other), _) in self.families.open() {
            let (Some(one), Some(other)) = (self.cases.get(&one), self.cases.get(&other)) else { continue };
            let of = |file: &CaseFile| -> BTreeSet<PersonId> { file.people.iter().map(|m| m.person).collect() };
            let (one, other) = (of(one), of(other));
            // Somebody of both families is nobody of the other family.
            for a in one.difference(&other).filter(|a| people.contains(*a)) {
                all.extend(other.difference(&one).filter(|b| people.contains(*b)).map(|b| (*a.min(b), *a.max(b))));
            }
        }
        all
    }

    /// Takes in a case file as its own entries and the merges say; who must not meet is the register's to say.
    pub(in crate::domain) fn hold_case(&mut self, file: CaseFile) {
        let case = file.head.case;
        if self.cases.contains_key(&case) {
            return;
        }
        let says = self.pairs.open().filter(|(_, spell)| spell.files.contains(&case)).map(|(pair, _)| pair);
        let apart = says.collect();
        self.cases.insert(case, CaseFile { apart, ..file });
    }

    /// The case files alone, without the days: to see what they would say after a change.
    pub fn files_only(&self) -> Self {
        Self {
            cases: self.cases.clone(),
            pairs: self.pairs.clone(),
            families: self.families.clone(),
            ..Self::default()
        }
    }
}

impl CaseFile {
    /// A person, as they now stand.
    fn list(&mut self, member: Member) {
        match self.people.iter_mut().find(|m| m.person == member.person) {
            Some(held) => *held = member,
            None => self.people.push(member),
        }
    }

    /// This file says that two must not meet, or no longer.
    fn say_apart(&mut self, one: PersonId, other: PersonId, holds: bool) {
        let is = |pair: &(PersonId, PersonId)| *pair == (one, other) || *pair == (other, one);
        match self.apart.iter().any(is) {
            true if !holds => self.apart.retain(|pair| !is(pair)),
            false if holds => self.apart.push((one, other)),
            _ => {}
        }
    }

    /// One person had been listed twice. What this file holds of the id that stays is kept; who may not come in by
    /// either may not come in.
    fn merge(&mut self, gone: PersonId, into: PersonId) {
        let barred = self.people.iter().any(|m| m.person == gone && m.standing == Standing::NotPermitted);
        if self.people.iter().any(|m| m.person == into) {
            self.people.retain(|m| m.person != gone);
        }
        for member in self.people.iter_mut().filter(|m| m.person == gone || m.person == into) {
            member.person = into;
            if barred {
                member.standing = Standing::NotPermitted;
            }
        }
        for instruction in self.instructions.iter_mut().filter(|i| i.about == Some(gone)) {
            instruction.about = Some(into);
        }
        self.apart.retain(|(one, other)| *one != gone && *other != gone);
    }
}
