//! The first pass over the files: every row checked, every fault found, and of each row only where it starts and whose it
//! is. The second pass reads the rows of one family at a time, wherever they lie.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::ids::CaseId;
use crate::domain::policy::Policy;
use crate::domain::text::Text;
use crate::import::cells::Cells;
use crate::import::clash::{self, Clashes, Slot, Slots, Twins};
use crate::import::faults::{Faults, Table, shown};
use crate::import::files::Files;
use crate::import::map::Map;
use crate::import::rooms::Rooms;
use crate::import::rows::FamilyRow;
use crate::import::sheet::{Columns, Place, Sheet};
use crate::import::tables::{self, BOOKINGS, FAMILIES, PEOPLE};

/// A row: where it starts, and in which row of `families.csv` its family stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    /// As a [`Place`], but for the four bytes that one would leave empty: there are a million of these.
    byte: usize,
    line: u32,
    family: u32,
}

impl Seat {
    fn new(place: Place, family: u32) -> Self {
        Self { byte: place.byte, line: place.line, family }
    }

    fn place(self) -> Place {
        Place { byte: self.byte, line: self.line }
    }
}

/// A table with the places of its rows, by family, and of a family in the order of the file.
pub(crate) struct Seats<'a, const N: usize> {
    pub(crate) sheet: Sheet<'a, N>,
    pub(crate) seats: Vec<Seat>,
}

/// The three tables, and what only a look at all rows can tell.
pub(crate) struct Index<'a> {
    pub(crate) families: Seats<'a, 7>,
    pub(crate) people: Seats<'a, 12>,
    pub(crate) bookings: Seats<'a, 10>,
    pub(crate) rooms: Rooms,
    pub(crate) twins: Twins,
    pub(crate) clashes: Clashes,
}

impl<const N: usize> Seats<'_, N> {
    /// The rows of a family, once all of those before it have been read.
    pub(crate) fn rows<T>(
        &mut self,
        family: usize,
        used: &mut usize,
        mut one: impl FnMut(&mut Cells, &[&str; N]) -> Option<T>,
    ) -> Vec<T> {
        let mut rows = Vec::new();
        while let Some(seat) = self.seats.get(*used).filter(|seat| usize::try_from(seat.family) == Ok(family)) {
            let place = seat.place();
            *used += 1;
            rows.extend(self.row(place, &mut one));
        }
        rows
    }

    /// A row again; it was good.
    fn row<T>(&mut self, place: Place, one: impl FnOnce(&mut Cells, &[&str; N]) -> Option<T>) -> Option<T> {
        self.sheet.go_to(place);
        // What is worth knowing of it has been said.
        let mut said = Faults::default();
        one(&mut Cells { table: self.sheet.table, line: place.line, faults: &mut said }, &self.sheet.cells())
    }
}

impl Index<'_> {
    /// The row of a family, from 0.
    pub(crate) fn family(&mut self, map: Map, no: usize) -> Option<FamilyRow> {
        let place = self.families.seats.get(no)?.place();
        self.families.row(place, |row, cells| tables::family(map, row, cells))
    }

    /// What a family is called.
    pub(crate) fn code(&mut self, map: Map, no: u32) -> Text {
        let family = usize::try_from(no).ok().and_then(|no| self.family(map, no));
        family.map(|family| family.code).unwrap_or_default()
    }

    /// Who stands on a line of `people.csv`.
    pub(crate) fn name(&mut self, map: Map, line: u32) -> Option<String> {
        let place = self.people.seats.iter().find(|seat| seat.line == line)?.place();
        let row = self.people.row(place, |row, cells| tables::person(map, row, cells))?;
        Some(format!("{} {}", row.given, row.surname))
    }
}

/// The ids of all families, and in which row each stands; `None`: the file cannot be read.
type Families = Option<HashMap<CaseId, u32>>;

/// Reads the three files once. Every fault and notice goes to `faults`; with any fault there is nothing to plan from.
pub(crate) fn read<'a>(map: Map, files: &'a Files, policy: &Policy, faults: &mut Faults) -> Option<Index<'a>> {
    let families = open(Table::Families, &FAMILIES, files, faults);
    let people = open(Table::People, &PEOPLE, files, faults);
    let bookings = open(Table::Bookings, &BOOKINGS, files, faults);
    let mut known = families.is_some().then(HashMap::new);
    let mut heads = Vec::new();
    let families = families.map(|sheet| read_families(map, sheet, &mut known, &mut heads, faults));
    let (rooms, known, heads) = (Rooms::of(policy), &known, &heads);
    // The bookings hang on the families alone, and are read beside the people.
    let (mut said, mut twins) = (Faults::default(), Twins::default());
    let (people, (bookings, rooms, clashes)) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| read_bookings(map, bookings, (known, heads), rooms, &mut said));
        let people = people.map(|sheet| read_people(map, sheet, known, &mut twins, faults));
        (people, beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    faults.also(said);
    Some(Index { families: families?, people: people?, bookings: bookings?, rooms, twins, clashes })
}

/// What a booking needs to know of its family.
pub(crate) struct Head {
    pub(crate) is_alone: bool,
    pub(crate) closed: Option<chrono::NaiveDate>,
}

fn open<'a, const N: usize>(
    table: Table,
    columns: &Columns<N>,
    files: &'a Files,
    faults: &mut Faults,
) -> Option<Sheet<'a, N>> {
    let Some(bytes) = files.bytes(table) else {
        let cure = format!("Put {} into it, with its header line at least", table.file());
        faults.fault(table, None, "the file is not in the folder".to_owned(), cure);
        return None;
    };
    Sheet::open(table, columns, bytes, faults)
}

fn read_families<'a>(
    map: Map,
    sheet: Sheet<'a, 7>,
    known: &mut Families,
    heads: &mut Vec<Head>,
    faults: &mut Faults,
) -> Seats<'a, 7> {
    let mut refs: HashMap<[u8; 16], u32> = HashMap::new();
    let mut row_no = 0;
    each(
        sheet,
        faults,
        |id| map.case(id).0,
        |row, cells, is_new| {
            let [id, ..] = *cells;
            known.get_or_insert_default().entry(map.case(id)).or_insert(row_no);
            row_no += 1;
            let family = tables::family(map, row, cells);
            heads.push(Head {
                is_alone: family.as_ref().is_some_and(|family| clash::is_alone(family.kind)),
                closed: family.as_ref().and_then(|family| family.closed),
            });
            if is_new {
                same_ref(row, &family?, &mut refs);
            }
            Some(row_no - 1)
        },
    )
}

fn read_people<'a>(
    map: Map,
    sheet: Sheet<'a, 12>,
    known: &Families,
    twins: &mut Twins,
    faults: &mut Faults,
) -> Seats<'a, 12> {
    let mut last = Last::default();
    each(
        sheet,
        faults,
        |id| map.person(id).0,
        |row, cells, _| {
            let family = in_families(map, row, known, second(cells), &mut last);
            let person = tables::person(map, row, cells)?;
            twins.add(&person, family?);
            family
        },
    )
}

/// The bookings, the rooms that they name, and which of these are taken twice.
fn read_bookings<'a>(
    map: Map,
    sheet: Option<Sheet<'a, 10>>,
    (known, heads): (&Families, &[Head]),
    mut rooms: Rooms,
    faults: &mut Faults,
) -> (Option<Seats<'a, 10>>, Rooms, Clashes) {
    let (mut slots, mut last) = (Slots::default(), Last::default());
    let bookings = sheet.map(|sheet| {
        each(
            sheet,
            faults,
            |id| map.pattern_id(id).0,
            |row, cells, _| {
                let family = in_families(map, row, known, second(cells), &mut last);
                let booking = tables::booking(map, row, cells)?;
                let room = rooms.code(&booking.room, row.line);
                let head = heads.get(usize::try_from(family?).ok()?)?;
                slots.add(room, Slot::of(&booking, head, family?));
                family
            },
        )
    });
    // Of files with faults nothing is planned.
    let clashes = if faults.is_empty() { slots.clashes() } else { Clashes::default() };
    (bookings, rooms, clashes)
}

/// The reference is what people say and write down: two families must not share one.
fn same_ref(row: &mut Cells, family: &FamilyRow, refs: &mut HashMap<[u8; 16], u32>) {
    let first = *refs.entry(digest(family.code.as_str())).or_insert(row.line);
    if first != row.line {
        let what = format!("ref {} is taken by line {first}", shown(family.code.as_str()));
        row.fault(what, "Give each family a reference of its own");
    }
}

/// Sixteen bytes that stand for a text.
pub(crate) fn digest(text: &str) -> [u8; 16] {
    blake3::hash(text.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The family's id, in the tables that have one.
fn second<'a, const N: usize>(cells: &[&'a str; N]) -> &'a str {
    cells.get(1).copied().unwrap_or_default()
}

/// The family of the row before, by what the file calls it: its people stand together, as a rule.
#[derive(Default)]
struct Last {
    id: String,
    family: Option<u32>,
}

fn in_families(map: Map, row: &mut Cells, known: &Families, id: &str, last: &mut Last) -> Option<u32> {
    let Some(known) = known else { return Some(0) };
    if last.family.is_some() && last.id == id {
        return last.family;
    }
    let found = known.get(&map.case(id)).copied();
    id.clone_into(&mut last.id);
    last.family = found;
    if found.is_none() {
        let what = match id {
            "" => "family_id is empty".to_owned(),
            _ => format!("family_id {} is not in families.csv", shown(id)),
        };
        row.fault(what, "Write the id of a family that is there, or add the family");
    }
    found
}

/// Every row through `one`, which is told whether its id is good, and says whose it is; an id that is empty or taken is a
/// fault here.
fn each<'a, const N: usize>(
    mut sheet: Sheet<'a, N>,
    faults: &mut Faults,
    id_of: impl Fn(&str) -> Uuid,
    mut one: impl FnMut(&mut Cells, &[&str; N], bool) -> Option<u32>,
) -> Seats<'a, N> {
    let mut seen: HashMap<Uuid, u32> = HashMap::new();
    let (mut seats, mut rows) = (Vec::new(), 0);
    while let Some(place) = sheet.next(faults) {
        rows += 1;
        let mut row = Cells { table: sheet.table, line: place.line, faults };
        let cells = sheet.cells();
        let id = cells.first().copied().unwrap_or_default();
        let first = *seen.entry(id_of(id)).or_insert(place.line);
        if id.is_empty() {
            row.fault("id is empty".to_owned(), "Give each row an id of its own, and never change it");
        } else if first != place.line {
            let what = format!("id {} is taken by line {first}", shown(id));
            row.fault(what, "Give each row an id of its own, and never change it");
        }
        let is_new = first == place.line && !id.is_empty();
        if let Some(family) = one(&mut row, &cells, is_new) {
            seats.push(Seat::new(place, family));
        }
    }
    faults.rows_of(sheet.table, rows);
    // Of a family in the order of the file.
    seats.sort_unstable_by_key(|seat| (seat.family, seat.byte));
    Seats { sheet, seats }
}
