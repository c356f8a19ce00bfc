//! One CSV file as rows of text, found by the names of its columns; one row in memory at a time.
//!
//! A byte-order mark, CRLF, quoted newlines and columns in any order are all ordinary. A row keeps the physical line on
//! which it starts, which is what an editor shows, and the byte, so that it can be read again.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader};

use crate::import::faults::{Faults, Table, shown};

/// What a table must have, and what it may have without our using it.
pub(crate) struct Columns<const N: usize> {
    pub(crate) needed: [&'static str; N],
    pub(crate) known: &'static [&'static str],
}

/// Where a row starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) byte: usize,
    pub(crate) line: u32,
}

/// A file that can be read as a table.
pub(crate) struct Sheet<'a, const N: usize> {
    pub(crate) table: Table,
    records: Records<'a>,
    /// The names of all columns.
    names: Vec<String>,
    /// Where each column asked for stands.
    order: [usize; N],
}

/// Says where the file ends: a record of its own, unless a quotation mark is still open.
const END: &[u8] = b"\n\x01";
const BOM: &[u8] = b"\xEF\xBB\xBF";
const SAVE: &str = "Save it again from the spreadsheet as CSV UTF-8";

impl<'a, const N: usize> Sheet<'a, N> {
    /// Reads the header, or `None` if nothing of the file can be read.
    pub(crate) fn open(table: Table, columns: &Columns<N>, bytes: &'a [u8], faults: &mut Faults) -> Option<Self> {
        let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            faults.fault(table, Some(1), "the file is UTF-16, not UTF-8".to_owned(), SAVE);
            return None;
        }
        let mut records = Records::new(table, bytes.strip_prefix(BOM).unwrap_or(bytes));
        let before = faults.count();
        let Some(at) = records.next(faults) else {
            if faults.count() == before {
                let cure = format!("It needs a header line: {}", columns.needed.join(","));
                faults.fault(table, Some(1), "the file is empty".to_owned(), cure);
            }
            return None;
        };
        let names: Vec<String> =
            records.cells().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        let order = order(table, at.line, &names, columns, faults)?;
        Some(Self { table, records, names, order })
    }

    /// On to the next row that has its values; what others lack goes to `faults`.
    pub(crate) fn next(&mut self, faults: &mut Faults) -> Option<Place> {
        loop {
            let at = self.records.next(faults)?;
            if self.is_good(at.line, faults) {
                return Some(at);
            }
        }
    }

    /// Back to a row that `next` has come by.
    pub(crate) fn go_to(&mut self, place: Place) {
        self.records.read(place.byte);
    }

    /// The values of the row, in the order asked for.
    pub(crate) fn cells(&self) -> [&str; N] {
        self.order.map(|column| self.records.text(column).unwrap_or("").trim())
    }

    fn is_good(&self, line: u32, faults: &mut Faults) -> bool {
        let (has, needs) = (self.records.ranges.len(), self.names.len());
        if has != needs {
            let (few, cure) = if has < needs {
                ("too few", "Give it all its commas; a value that is not known stays empty")
            } else {
                ("too many", "Put a value that holds a comma between quotation marks")
            };
            faults.fault(self.table, Some(line), format!("{few} values: {has}, and the header has {needs}"), cure);
            return false;
        }
        if self.records.is_text() {
            return true;
        }
        let bad = self.names.iter().enumerate().find(|(column, _)| self.records.text(*column).is_none());
        if let Some((_, name)) = bad {
            let what = format!("{} is not UTF-8", shown(name).trim_matches('"'));
            faults.fault(self.table, Some(line), what, SAVE);
        }
        bad.is_none()
    }
}

/// The records of a file with the lines that they start on; rows with nothing in them are left out.
struct Records<'a> {
    table: Table,
    bytes: &'a [u8],
    /// The same, if all of it is UTF-8.
    whole: Option<&'a str>,
    /// Where the last record ends, and the line there.
    at: usize,
    line: u32,
    /// The values of the last record: in the file, or in `unquoted` where it has a quotation mark.
    ranges: Vec<Range<usize>>,
    is_quoted: bool,
    unquoted: Vec<u8>,
    reader: Box<Reader>,
}

impl<'a> Records<'a> {
    fn new(table: Table, bytes: &'a [u8]) -> Self {
        let mut reader = Box::new(Reader::new());
        // From now on a byte-order mark is a character as any other: it has read something.
        reader.read_record(b"\n", &mut [0; 8], &mut [0; 8]);
        let whole = std::str::from_utf8(bytes).ok();
        let (ranges, unquoted) = (Vec::new(), vec![0; 256]);
        Self { table, bytes, whole, at: 0, line: 1, ranges, is_quoted: false, unquoted, reader }
    }

    fn next(&mut self, faults: &mut Faults) -> Option<Place> {
        loop {
            if self.lines_to(self.at) {
                return None;
            }
            let place = Place { byte: self.at, line: self.line };
            let end = self.read(place.byte);
            if self.is_quoted && self.cells().next_back().is_some_and(|last| last.ends_with(END)) {
                let what = "a quotation mark opens in this row and never closes".to_owned();
                faults.fault(self.table, Some(place.line), what, "Close it, or take it away");
                self.at = self.bytes.len();
                return None;
            }
            // What is quoted may hold line ends; those after it are counted once.
            if self.is_quoted {
                self.lines_to(end);
            } else {
                self.at = end;
            }
            if self.cells().any(|cell| !cell.trim_ascii().is_empty()) {
                return Some(place);
            }
        }
    }

    /// Counts physical lines, however they end, on to the first byte at or after `to` that ends none. True: the file
    /// ends there.
    fn lines_to(&mut self, to: usize) -> bool {
        while let Some(&here) = self.bytes.get(self.at) {
            let ends = matches!(here, b'\n' | b'\r');
            if self.at >= to && !ends {
                return false;
            }
            let pair = here == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line = self.line.saturating_add(u32::from(ends && !pair));
            self.at += 1;
        }
        true
    }

    /// Reads the record that starts at a byte; where it ends. One without a quotation mark needs no copy.
    fn read(&mut self, from: usize) -> usize {
        self.ranges.clear();
        self.is_quoted = false;
        let (mut at, mut start) = (from, from);
        for byte in self.bytes.get(from..).unwrap_or_default() {
            match byte {
                b',' => {
                    self.ranges.push(start..at);
                    start = at + 1;
                }
                b'\n' | b'\r' => break,
                b'"' => return self.read_quoted(from),
                _ => {}
            }
            at += 1;
        }
        self.ranges.push(start..at);
        at
    }

    fn read_quoted(&mut self, from: usize) -> usize {
        self.ranges.clear();
        self.is_quoted = true;
        let (mut at, mut out, mut start, mut ends) = (from, 0, 0, [0; 64]);
        loop {
            let behind = at.checked_sub(self.bytes.len());
            let input = behind.map_or(self.bytes.get(at..), |behind| END.get(behind..)).unwrap_or_default();
            let free = self.unquoted.get_mut(out..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(input, free, &mut ends);
            (at, out) = (at + read, out + written);
            for end in ends.iter().take(ended) {
                self.ranges.push(start..*end);
                start = *end;
            }
            match result {
                ReadRecordResult::OutputFull => self.unquoted.resize(self.unquoted.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputEndsFull => {}
                ReadRecordResult::Record | ReadRecordResult::End => return at.min(self.bytes.len()),
            }
        }
    }

    fn cells(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        let of = if self.is_quoted { &self.unquoted[..] } else { self.bytes };
        self.ranges.iter().map(|range| of.get(range.clone()).unwrap_or_default())
    }

    /// Is every value known to be UTF-8?
    fn is_text(&self) -> bool {
        self.whole.is_some() && !self.is_quoted
    }

    /// A value, if it is UTF-8.
    fn text(&self, column: usize) -> Option<&str> {
        let range = self.ranges.get(column)?.clone();
        match self.whole {
            Some(whole) if !self.is_quoted => whole.get(range),
            _ if self.is_quoted => std::str::from_utf8(self.unquoted.get(range)?).ok(),
            _ => std::str::from_utf8(self.bytes.get(range)?).ok(),
        }
    }
}

/// Where each column asked for stands in the file.
fn order<const N: usize>(
    table: Table,
    at: u32,
    names: &[String],
    columns: &Columns<N>,
    faults: &mut Faults,
) -> Option<[usize; N]> {
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
            None => faults.fault(table, Some(at), format!("the column {wanted} is missing"), cure_for(names, wanted)),
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
