//! What an import would write: only what the register does not hold yet, or holds otherwise. Pure: nothing is written.

use std::collections::HashMap;

use crate::domain::case::{CaseFile, CaseHead, Instruction, Member, Pattern};
use crate::domain::event::{CaseEvent, CentreEvent, Event, FileRef, Source};
use crate::domain::ids::{CaseId, PersonId, RegisterId};
use crate::domain::policy::{Code, Policy};
use crate::domain::text::Text;
use crate::import::clash::{self, Slot};
use crate::import::counts::{Counts, Is};
use crate::import::faults::{Faults, Notice, Table};
use crate::import::files::Files;
use crate::import::map::Map;
use crate::import::merge;
use crate::import::report;
use crate::import::rooms::Rooms;
use crate::import::rows::{Alert, BookingRow, FamilyRow, PersonRow, Who};
use crate::import::tables::{self, Tables};

/// What the register already holds.
pub trait Known {
    /// The policy that holds now.
    fn policy(&self) -> &Policy;
    /// A case file as it stands.
    fn case(&self, case: CaseId) -> Option<&CaseFile>;
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

/// What an import would write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The entries, in the order in which they are to be written, all or none.
    pub entries: Vec<Planned>,
    /// How much of what there is.
    pub counts: Counts,
    /// What is worth knowing.
    pub notices: Vec<Notice>,
}

impl Plan {
    /// For the terminal, in lines: counts, then notices.
    pub fn report(&self) -> String {
        report::of_plan(self)
    }
}

/// Reads the three files and says what they would add to what is known, or everything that is wrong with them.
///
/// # Errors
/// All faults of all three files. Nothing is half-done.
pub fn plan(register: RegisterId, files: &Files, known: &impl Known) -> Result<Plan, Faults> {
    let mut faults = Faults::default();
    let tables = tables::read(files, &mut faults);
    if !files.others.is_empty() {
        let names: Vec<&str> = files.others.iter().map(Text::as_str).collect();
        let words = format!("not read: {}", names.join(", "));
        faults.notices.push(Notice { table: None, line: None, words });
    }
    if !faults.is_empty() {
        faults.list.sort_by_key(|fault| (fault.table, fault.line));
        return Err(faults);
    }
    Ok(Planner::new(register, known, faults.notices).plan(&tables))
}

struct Planner<'a, K> {
    map: Map,
    known: &'a K,
    rooms: Rooms,
    plan: Plan,
}

/// The rows of one family.
#[derive(Default)]
struct Group<'a> {
    people: Vec<&'a PersonRow>,
    bookings: Vec<(&'a BookingRow, Code)>,
}

impl<'a, K: Known> Planner<'a, K> {
    fn new(register: RegisterId, known: &'a K, notices: Vec<Notice>) -> Self {
        let plan = Plan { notices, ..Plan::default() };
        Self { map: Map(register), known, rooms: Rooms::of(known.policy()), plan }
    }

    fn plan(mut self, tables: &Tables) -> Plan {
        let mut groups: HashMap<&str, Group> = HashMap::new();
        for row in &tables.people {
            groups.entry(&row.family).or_default().people.push(row);
        }
        for row in &tables.bookings {
            let room = self.rooms.code(&row.room, row.line);
            groups.entry(&row.family).or_default().bookings.push((row, room));
        }
        let none = Group::default();
        let mut slots = Vec::new();
        for family in &tables.families {
            let group = groups.get(family.id.as_str()).unwrap_or(&none);
            self.family(family, group);
            slots.extend(group.bookings.iter().map(|(row, room)| self.slot(family, row, room)));
        }
        let clashes = clash::rooms(&slots, |code| self.rooms.name(code));
        self.new_rooms();
        self.plan.notices.extend(clash::cut(clash::people(&tables.people), "people who stand twice"));
        self.plan.notices.extend(clash::cut(clashes, "rooms taken twice"));
        self.plan
    }

    fn family(&mut self, family: &FamilyRow, group: &Group) {
        let known = self.known.case(self.map.case(&family.id));
        self.head(family, known);
        // Of somebody who had been listed twice, the row of the id that stays is the one that counts.
        let rows = |id: PersonId| group.people.iter().any(|row| self.map.person(&row.id) == id);
        let counts = |row: &&&PersonRow| {
            let id = self.map.person(&row.id);
            let stays = self.known.stays(id);
            stays == id || !rows(stays)
        };
        let people: Vec<&PersonRow> = group.people.iter().filter(counts).copied().collect();
        for row in people {
            self.member(family, row, known);
        }
        for row in &group.people {
            self.instruction(family, row, known);
        }
        self.apart(family, group, known);
        for (row, room) in &group.bookings {
            self.pattern(family, row, room, known);
        }
        self.left_over(family, group, known);
        self.plan.notices.extend(clash::family(family, &group.people, group.bookings.len()));
    }

    fn head(&mut self, family: &FamilyRow, known: Option<&CaseFile>) {
        let held: Option<&CaseHead> = known.map(|file| &file.head);
        let head = merge::head(self.map.head(family), held);
        let is = Is::of(held, &head);
        self.plan.counts.families.add(is);
        self.write(is, Table::Families, family.line, family, CaseEvent::CaseOpened(head));
    }

    fn member(&mut self, family: &FamilyRow, row: &PersonRow, known: Option<&CaseFile>) {
        let mut fresh = self.map.member(row, family);
        fresh.person = self.known.stays(fresh.person);
        let held: Option<&Member> = known.and_then(|file| file.people.iter().find(|m| m.person == fresh.person));
        if let Some(words) = held.and_then(|held| merge::loosened(held, &fresh)) {
            self.notice(Table::People, row.line, words);
        }
        let member = merge::member(fresh, held);
        let is = Is::of(held, &member);
        match row.who {
            Who::Child(_) => self.plan.counts.children.add(is),
            Who::Party(_) => self.plan.counts.adults.add(is),
            Who::Visitor(..) => self.plan.counts.visitors.add(is),
        }
        let case = self.map.case(&family.id);
        self.write(is, Table::People, row.line, family, CaseEvent::MemberListed { case, member: Box::new(member) });
    }

    /// The alert of a person, and the end of an alert that the row no longer has. An order is never ended by an empty
    /// cell: only a coordinator loosens.
    fn instruction(&mut self, family: &FamilyRow, row: &PersonRow, known: Option<&CaseFile>) {
        let case = self.map.case(&family.id);
        for (_, alert) in Alert::ALL {
            let id = self.map.instruction_id(&row.id, alert);
            let held: Option<&Instruction> = known.and_then(|file| file.instructions.iter().find(|i| i.id == id));
            if row.alert == Some(alert) {
                let mut fresh = self.map.instruction(row, family, alert);
                fresh.about = fresh.about.map(|person| self.known.stays(person));
                let instruction = merge::instruction(fresh, held);
                let is = Is::of(held, &instruction);
                self.plan.counts.instructions.add(is);
                let event = CaseEvent::InstructionGiven { case, instruction: Box::new(instruction) };
                self.write(is, Table::People, row.line, family, event);
            } else if held.is_some() && alert == Alert::NonMolestation {
                let words = "the non-molestation order is no longer in this row; it holds until a coordinator ends it";
                self.notice(Table::People, row.line, words.to_owned());
            } else if held.is_some() {
                self.plan.counts.instructions.add(Is::Changed);
                let event = CaseEvent::InstructionWithdrawn { case, instruction: id };
                self.write(Is::Changed, Table::People, row.line, family, event);
            }
        }
    }

    fn apart(&mut self, family: &FamilyRow, group: &Group, known: Option<&CaseFile>) {
        let case = self.map.case(&family.id);
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
                self.plan.counts.apart.add(is);
                self.write(is, Table::People, row.line, family, CaseEvent::KeptApart { case, one, other, why: None });
            }
        }
    }

    fn pattern(&mut self, family: &FamilyRow, row: &BookingRow, room: &Code, known: Option<&CaseFile>) {
        let pattern = self.map.pattern(row, room.clone());
        let held: Option<&Pattern> = known.and_then(|file| file.patterns.get(&pattern.id));
        let is = Is::of(held, &pattern);
        self.plan.counts.bookings.add(is);
        let case = self.map.case(&family.id);
        self.write(is, Table::Bookings, row.line, family, CaseEvent::PatternSet { case, pattern });
    }

    /// What the register holds of this case and the files do not: it stays, since a row may be missing by mistake.
    fn left_over(&mut self, family: &FamilyRow, group: &Group, known: Option<&CaseFile>) {
        let Some(known) = known else { return };
        let ids: Vec<PersonId> = group.people.iter().map(|row| self.known.stays(self.map.person(&row.id))).collect();
        let people = known.people.iter().filter(|member| !ids.contains(&member.person)).count();
        let bookings = known.patterns.len().saturating_sub(
            group.bookings.iter().filter(|(row, _)| known.patterns.contains_key(&self.map.pattern_id(&row.id))).count(),
        );
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

    fn slot<'f>(&self, family: &'f FamilyRow, row: &BookingRow, room: &Code) -> Slot<'f> {
        let pattern = self.map.pattern(row, room.clone());
        Slot { line: row.line, code: &family.code, kind: family.kind, closed: family.closed, pattern }
    }

    /// A new version of the policy goes first, so that every booking finds its room.
    fn new_rooms(&mut self) {
        let rooms = std::mem::replace(&mut self.rooms, Rooms::of(self.known.policy()));
        let Some((policy, added)) = rooms.grown() else { return };
        let line = added.iter().map(|room| room.line).min().unwrap_or(1);
        for room in added {
            let why = if room.renamed { ", since a place of another use has that name" } else { "" };
            self.notice(Table::Bookings, room.line, format!("a new room, {}{why}", room.name));
        }
        let event = Event::Centre(CentreEvent::PolicySet(Box::new(policy)));
        self.plan.entries.insert(0, Planned { table: Table::Bookings, line, file: FileRef::Centre, event });
    }

    fn write(&mut self, is: Is, table: Table, line: u32, family: &FamilyRow, event: CaseEvent) {
        if is != Is::Same {
            let file = FileRef::Case(self.map.case(&family.id));
            self.plan.entries.push(Planned { table, line, file, event: Event::Case(event) });
        }
    }

    fn notice(&mut self, table: Table, line: u32, words: String) {
        self.plan.notices.push(Notice { table: Some(table), line: Some(line), words });
    }
}
