//! What an import would write: only what the register does not hold yet, or holds otherwise. Pure: nothing is written.
//!
//! Two passes. [`plan`] looks at every row and keeps only where it starts; the [`Plan`] that it gives reads the rows of
//! one family at a time and makes its entries as they are asked for, so that a million rows need no more memory than
//! their places.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::domain::case::{CaseFile, CaseHead, Instruction, Member, Pattern};
use crate::domain::event::{CaseEvent, CentreEvent, Event, FileRef, Source};
use crate::domain::ids::{CaseId, PersonId, RegisterId};
use crate::domain::policy::{Code, Policy};
use crate::domain::text::Text;

use crate::import::clash;
use crate::import::counts::{Counts, Is};
use crate::import::faults::{Faults, Notice, Notices, Table};
use crate::import::files::Files;
use crate::import::index::{self, Index};
use crate::import::map::Map;
use crate::import::merge;
use crate::import::report;
use crate::import::rooms::Rooms;
use crate::import::rows::{Alert, BookingRow, FamilyRow, PersonRow, Who};
use crate::import::tables;

/// What the register already holds.
pub trait Known {
    /// The policy that holds now.
    fn policy(&self) -> &Policy;
    /// A case file as it stands. It is asked for once for each family.
    fn case(&self, case: CaseId) -> Option<Cow<'_, CaseFile>>;
    /// The id that stays, of a person who had been listed twice.
    fn stays(&self, person: PersonId) -> PersonId {
        person
    }
    /// A coordinator has said that these two may meet again.
    fn may_meet_again(&self, _one: PersonId, _other: PersonId) -> bool {
        false
    }
}

/// One entry to write, and the row that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// From which table.
    pub table: Table,
    /// From which line of its file.
    pub line: u32,
    /// Into which file of the register.
    pub file: FileRef,
    /// What happened.
    pub event: Event,
}

impl Planned {
    /// The source that its entry carries.
    pub fn source(&self) -> Source {
        Source::Import { file: Text::name(self.table.file()), line: self.line }
    }
}

/// What an import would write: an iterator over the entries, in the order in which they are to be written, all or none.
/// What it says of them is whole once it has given the last.
pub struct Plan<'a, K> {
    map: Map,
    known: &'a K,
    index: Index<'a>,
    rooms: Rooms,
    /// Which family comes next, and how far the rows of the other two tables are used up.
    next: usize,
    used: [usize; 2],
    /// Entries of the last family that have not been asked for yet.
    ready: VecDeque<Planned>,
    entries: usize,
    counts: Counts,
    notices: Notices,
    /// What is worth knowing of the whole, which is told after what is of one family.
    at_last: Vec<Notice>,
}

impl<K> std::fmt::Debug for Plan<'_, K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("entries", &self.entries).field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// The rows of one family.
struct Group<'k> {
    people: Vec<PersonRow>,
    bookings: Vec<(BookingRow, Code)>,
    known: Option<Cow<'k, CaseFile>>,
}

/// Reads the three files and says what they would add to what is known, or everything that is wrong with them.
///
/// # Errors
/// All faults of all three files. Nothing is half-done.
pub fn plan<'a, K: Known>(register: RegisterId, files: &'a Files, known: &'a K) -> Result<Plan<'a, K>, Faults> {
    let mut faults = Faults::default();
    let map = Map(register);
    let index = index::read(map, files, known.policy(), &mut faults);
    if !files.others.is_empty() {
        let names: Vec<&str> = files.others.iter().map(Text::as_str).collect();
        let words = format!("not read: {}", names.join(", "));
        faults.notices.push(Notice { table: None, line: None, words });
    }
    match index {
        Some(index) if faults.is_empty() => Ok(Plan::new(map, index, known, faults.notices)),
        _ => {
            faults.list.sort_by_key(|fault| (fault.table, fault.line));
            Err(faults)
        }
    }
}

impl<K: Known> Iterator for Plan<'_, K> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        while self.ready.is_empty() && !self.next_family() {}
        let planned = self.ready.pop_front();
        self.entries += usize::from(planned.is_some());
        planned
    }
}

impl<'a, K: Known> Plan<'a, K> {
    fn new(map: Map, mut index: Index<'a>, known: &'a K, notices: Notices) -> Self {
        let rooms = std::mem::replace(&mut index.rooms, Rooms::of(known.policy()));
        let (twins, clashes) = (std::mem::take(&mut index.twins), std::mem::take(&mut index.clashes));
        let (next, used) = (0, [0; 2]);
        let (ready, entries, counts, at_last) = (VecDeque::new(), 0, Counts::default(), Vec::new());
        let mut plan = Self { map, known, index, rooms, next, used, ready, entries, counts, notices, at_last };
        plan.new_rooms();
        plan.at_last.extend(twins.notices(|line| plan.index.name(map, line)));
        let name = |code: &Code| plan.rooms.name(code);
        plan.at_last.extend(clashes.notices(|family| plan.index.code(map, family), name));
        plan
    }

    /// How much of what there is, of all entries asked for so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What is worth knowing, of all entries asked for so far.
    pub fn notices(&self) -> &[Notice] {
        &self.notices.list
    }

    /// How many entries have been asked for.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// For the terminal, in lines: counts, then notices.
    pub fn report(&self) -> String {
        report::of_plan(&self.counts, self.entries, &self.notices)
    }

    /// Makes the entries of the next family. True: there is none.
    /// The case files that the rows name: each must have its keys before it is written to.
    pub fn cases(&mut self) -> Vec<CaseId> {
        let mut cases = Vec::new();
        while let Some(family) = self.index.family(self.map, cases.len()) {
            cases.push(family.case);
        }
        cases
    }

    fn next_family(&mut self) -> bool {
        let no = self.next;
        let Some(family) = self.index.family(self.map, no) else {
            self.notices.extend(self.at_last.drain(..));
            return true;
        };
        self.next += 1;
        let Index { people, bookings, .. } = &mut self.index;
        let [of_people, of_bookings] = &mut self.used;
        let map = self.map;
        let group = Group {
            people: people.rows(no, of_people, |row, cells| tables::person(map, row, cells)),
            bookings: bookings.rows(no, of_bookings, |row, cells| {
                let booking = tables::booking(map, row, cells)?;
                let room = self.rooms.code(&booking.room, booking.line);
                Some((booking, room))
            }),
            known: self.known.case(family.case),
        };
        self.family(&family, &group);
        false
    }

    fn family(&mut self, family: &FamilyRow, group: &Group) {
        let known = group.known.as_deref();
        self.head(family, known);
        for row in &group.people {
            // Of somebody who had been listed twice, the row of the id that stays is the one that counts.
            let stays = self.known.stays(row.person);
            if stays == row.person || !group.people.iter().any(|row| row.person == stays) {
                self.member(family, row, stays, known);
            }
        }
        for row in &group.people {
            self.instruction(family, row, known);
        }
        self.apart(family, group, known);
        for (row, room) in &group.bookings {
            self.pattern(family, row, room, known);
        }
        self.left_over(family, group, known);
        self.notices.extend(clash::family(family, &group.people, group.bookings.len()));
    }

    fn head(&mut self, family: &FamilyRow, known: Option<&CaseFile>) {
        let held: Option<&CaseHead> = known.map(|file| &file.head);
        let head = merge::head(self.map.head(family), held);
        let is = Is::of(held, &head);
        self.counts.families.add(is);
        self.write(is, Table::Families, family.line, family, CaseEvent::CaseOpened(head));
    }

    fn member(&mut self, family: &FamilyRow, row: &PersonRow, stays: PersonId, known: Option<&CaseFile>) {
        let fresh = Member { person: stays, ..self.map.member(row, family) };
        let held: Option<&Member> = known.and_then(|file| file.people.iter().find(|m| m.person == fresh.person));
        if let Some(words) = held.and_then(|held| merge::loosened(held, &fresh)) {
            self.notice(Table::People, row.line, words);
        }
        let member = merge::member(fresh, held);
        let is = Is::of(held, &member);
        match row.who {
            Who::Child(_) => self.counts.children.add(is),
            Who::Party(_) => self.counts.adults.add(is),
            Who::Visitor(..) => self.counts.visitors.add(is),
        }
        let case = family.case;
        self.write(is, Table::People, row.line, family, CaseEvent::MemberListed { case, member: Box::new(member) });
    }

    /// The alert of a person, and the end of an alert that the row no longer has. An order is never ended by an empty
    /// cell: only a coordinator loosens.
    fn instruction(&mut self, family: &FamilyRow, row: &PersonRow, known: Option<&CaseFile>) {
        let case = family.case;
        for (_, alert) in Alert::ALL {
            if known.is_none_or(|file| file.instructions.is_empty()) && row.alert != Some(alert) {
                continue;
            }
            let id = self.map.instruction_id(&row.id, alert);
            let held: Option<&Instruction> = known.and_then(|file| file.instructions.iter().find(|i| i.id == id));
            if row.alert == Some(alert) {
                let mut fresh = self.map.instruction(row, family, alert);
                fresh.about = fresh.about.map(|person| self.known.stays(person));
                let instruction = merge::instruction(fresh, held);
                let is = Is::of(held, &instruction);
                self.counts.instructions.add(is);
                let event = CaseEvent::InstructionGiven { case, instruction: Box::new(instruction) };
                self.write(is, Table::People, row.line, family, event);
            } else if held.is_some() && alert == Alert::NonMolestation {
                let words = "the non-molestation order is no longer in this row; it holds until a coordinator ends it";
                self.notice(Table::People, row.line, words.to_owned());
            } else if held.is_some() {
                self.counts.instructions.add(Is::Changed);
                let event = CaseEvent::InstructionWithdrawn { case, instruction: id };
                self.write(Is::Changed, Table::People, row.line, family, event);
            }
        }
    }

    fn apart(&mut self, family: &FamilyRow, group: &Group, known: Option<&CaseFile>) {
        let case = family.case;
        let mut done: Vec<(PersonId, PersonId)> = Vec::new();
        for row in group.people.iter().filter(|row| row.alert == Some(Alert::NonMolestation)) {
            let pairs = self.map.apart(row, &group.people);
            if pairs.is_empty() {
                let words = "a non-molestation order, and nobody in this family to be kept apart by it".to_owned();
                self.notice(Table::People, row.line, words);
            }
            for (one, other) in pairs {
                let (one, other) = (self.known.stays(one), self.known.stays(other));
                if one == other || done.contains(&(one, other)) {
                    continue;
                }
                done.push((one, other));
                let holds = |file: &CaseFile| file.apart.contains(&(one, other)) || file.apart.contains(&(other, one));
                let ended = self.known.may_meet_again(one, other);
                if ended {
                    let words = "a coordinator has said since that these two may meet again: that stands";
                    self.notice(Table::People, row.line, words.to_owned());
                }
                let is = if ended || known.is_some_and(holds) { Is::Same } else { Is::New };
                self.counts.apart.add(is);
                self.write(is, Table::People, row.line, family, CaseEvent::KeptApart { case, one, other, why: None });
            }
        }
    }

    fn pattern(&mut self, family: &FamilyRow, row: &BookingRow, room: &Code, known: Option<&CaseFile>) {
        let pattern = self.map.pattern(row, room.clone());
        let held: Option<&Pattern> = known.and_then(|file| file.patterns.get(&pattern.id));
        let is = Is::of(held, &pattern);
        self.counts.bookings.add(is);
        let case = family.case;
        self.write(is, Table::Bookings, row.line, family, CaseEvent::PatternSet { case, pattern });
    }

    /// What the register holds of this case and the files do not: it stays, since a row may be missing by mistake.
    fn left_over(&mut self, family: &FamilyRow, group: &Group, known: Option<&CaseFile>) {
        let Some(known) = known else { return };
        let ids: Vec<PersonId> = group.people.iter().map(|row| self.known.stays(row.person)).collect();
        let people = known.people.iter().filter(|member| !ids.contains(&member.person)).count();
        let bookings = known
            .patterns
            .len()
            .saturating_sub(group.bookings.iter().filter(|(row, _)| known.patterns.contains_key(&row.pattern)).count());
        if people + bookings > 0 {
            let words = format!(
                "{}: the register also holds {}, {}, not in these files; they stay",
                family.code,
                report::counted(people, "person", "people"),
                report::counted(bookings, "booking", "bookings"),
            );
            self.notice(Table::Families, family.line, words);
        }
    }

    /// A new version of the policy goes first, so that every booking finds its room.
    fn new_rooms(&mut self) {
        let Some((policy, added)) = self.rooms.grown() else { return };
        let line = added.iter().map(|room| room.line).min().unwrap_or(1);
        for room in added {
            let why = if room.renamed { ", since a place of another use has that name" } else { "" };
            let words = format!("a new room, {}{why}", room.name);
            self.at_last.push(Notice { table: Some(Table::Bookings), line: Some(room.line), words });
        }
        let event = Event::Centre(CentreEvent::PolicySet(Box::new(policy)));
        self.ready.push_back(Planned { table: Table::Bookings, line, file: FileRef::Centre, event });
    }

    fn write(&mut self, is: Is, table: Table, line: u32, family: &FamilyRow, event: CaseEvent) {
        if is != Is::Same {
            let file = FileRef::Case(family.case);
            self.ready.push_back(Planned { table, line, file, event: Event::Case(event) });
        }
    }

    fn notice(&mut self, table: Table, line: u32, words: String) {
        self.notices.push(Notice { table: Some(table), line: Some(line), words });
    }
}
