//! One CSV file as rows of text, found by the names of its columns.
//!
//! A byte-order mark, CRLF, quoted newlines and columns in any order are all ordinary. A row keeps the physical line on
//! which it starts, which is what an editor shows.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use crate::import::faults::{Faults, Table, shown};

/// One row: its line, and its values in the order of the columns asked for.
pub(crate) struct Line<const N: usize> {
    pub(crate) at: u32,
    pub(crate) cells: [String; N],
}

/// What a table must have, and what it may have without our using it.
pub(crate) struct Columns<const N: usize> {
    pub(crate) needed: [&'static str; N],
    pub(crate) known: &'static [&'static str],
}

/// Says where the file ends: a record of its own, unless a quotation mark is still open.
const END: &[u8] = b"\n\x01";
const BOM: &[u8] = b"\xEF\xBB\xBF";
const SAVE: &str = "Save it again from the spreadsheet as CSV UTF-8";

/// The rows of a file, or `None` if nothing of it can be read. All faults go to `faults`.
pub(crate) fn read<const N: usize>(
    table: Table,
    columns: &Columns<N>,
    bytes: &[u8],
    faults: &mut Faults,
) -> Option<Vec<Line<N>>> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        faults.fault(table, Some(1), "the file is UTF-16, not UTF-8".to_owned(), SAVE);
        return None;
    }
    let mut records = Records::new(table, bytes);
    let Some((at, header)) = records.next(faults) else {
        if faults.list.iter().all(|f| f.table != table) {
            let cure = format!("It needs a header line: {}", columns.needed.join(","));
            faults.fault(table, Some(1), "the file is empty".to_owned(), cure);
        }
        return None;
    };
    let order = order(table, at, &header, columns, faults)?;
    let mut rows = Vec::new();
    while let Some((at, record)) = records.next(faults) {
        if let Some(cells) = cells(table, at, &record, &header, &order, faults) {
            rows.push(Line { at, cells });
        }
    }
    Some(rows)
}

/// The records of a file with the lines that they start on; rows with nothing in them are left out.
struct Records<'a> {
    table: Table,
    reader: csv::Reader<std::io::Chain<&'a [u8], &'static [u8]>>,
    lines: Lines<'a>,
}

impl<'a> Records<'a> {
    fn new(table: Table, bytes: &'a [u8]) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.chain(END));
        Self { table, reader, lines: Lines { bytes, at: 0, line: 1 } }
    }

    fn next(&mut self, faults: &mut Faults) -> Option<(u32, ByteRecord)> {
        let mut record = ByteRecord::new();
        loop {
            let more = self.reader.read_byte_record(&mut record).unwrap_or(false);
            let byte = record.position().map_or(0, csv::Position::byte);
            if !more || self.lines.go_to(usize::try_from(byte).unwrap_or(usize::MAX)) {
                return None;
            }
            let at = self.lines.line;
            if record.iter().next_back().is_some_and(|last| last.ends_with(END)) {
                let what = "a quotation mark opens in this row and never closes".to_owned();
                faults.fault(self.table, Some(at), what, "Close it, or take it away");
                return None;
            }
            if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Some((at, record));
            }
        }
    }
}

/// Counts physical lines, however they end.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// On to the first byte at or after `byte` that ends no line. True: the file ends there.
    fn go_to(&mut self, byte: usize) -> bool {
        while let Some(&here) = self.bytes.get(self.at) {
            let ends = matches!(here, b'\n' | b'\r');
            if self.at >= byte && !ends {
                return false;
            }
            let pair = here == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line = self.line.saturating_add(u32::from(ends && !pair));
            self.at += 1;
        }
        true
    }
}

/// Where each column asked for stands in the file.
fn order<const N: usize>(
    table: Table,
    at: u32,
    header: &ByteRecord,
    columns: &Columns<N>,
    faults: &mut Faults,
) -> Option<[usize; N]> {
    let names: Vec<String> = header.iter().map(|n| String::from_utf8_lossy(n).trim().to_lowercase()).collect();
    let before = faults.count();
    for (i, name) in names.iter().enumerate() {
        let ours = columns.needed.contains(&name.as_str());
        if ours && names.iter().take(i).any(|n| n == name) {
            let cure = "Rename or remove one of them";
            faults.fault(table, Some(at), format!("the column {name} stands twice in the header"), cure);
        } else if !ours && !name.is_empty() && !columns.known.contains(&name.as_str()) {
            faults.notice(table, Some(at), format!("the column {} is not used", shown(name)));
        }
    }
    let mut order = [0; N];
    for (place, wanted) in order.iter_mut().zip(columns.needed) {
        match names.iter().position(|n| n == wanted) {
            Some(found) => *place = found,
            None => faults.fault(table, Some(at), format!("the column {wanted} is missing"), cure_for(&names, wanted)),
        }
    }
    (faults.count() == before).then_some(order)
}

fn cure_for(names: &[String], wanted: &str) -> String {
    match names {
        [only] if only.contains(';') || only.contains('\t') => {
            "Save the file with commas between the values".to_owned()
        }
        _ => format!("Add it to the header as {wanted}, with its values below"),
    }
}

/// The values of one row, as UTF-8, in the order asked for.
fn cells<const N: usize>(
    table: Table,
    at: u32,
    record: &ByteRecord,
    header: &ByteRecord,
    order: &[usize; N],
    faults: &mut Faults,
) -> Option<[String; N]> {
    let (has, needs) = (record.len(), header.len());
    if has != needs {
        let (few, cure) = if has < needs {
            ("too few", "Give it all its commas; a value that is not known stays empty")
        } else {
            ("too many", "Put a value that holds a comma between quotation marks")
        };
        faults.fault(table, Some(at), format!("{few} values: {has}, and the header has {needs}"), cure);
        return None;
    }
    let bad = record.iter().position(|cell| std::str::from_utf8(cell).is_err());
    if let Some(bad) = bad {
        let name = header.get(bad).map_or(String::new(), |n| String::from_utf8_lossy(n).trim().to_lowercase());
        faults.fault(table, Some(at), format!("{} is not UTF-8", shown(&name).trim_matches('"')), SAVE);
        return None;
    }
    let cell = |i: usize| record.get(i).map_or(String::new(), |c| String::from_utf8_lossy(c).trim().to_owned());
    Some(std::array::from_fn(|i| order.get(i).map_or(String::new(), |&place| cell(place))))
}
