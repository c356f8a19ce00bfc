//! The flat file: what goes out comes back byte by byte, and one that is not what was written makes no register.

use std::path::Path;

use doorbook::book::flat::{self, Flat, FlatFault};
use doorbook::book::{Book, DiskBook};
use doorbook::journal::{Head, Journal, Memory, RegisterId, Seq, Which};

use crate::chance::Chance;
use crate::cli::Folder;

const REGISTER: RegisterId = RegisterId(*b"a-register-of-16");

fn journal(entries: usize) -> Memory {
    let memory = Memory::new(REGISTER);
    Book::open(memory.clone()).unwrap().append(&Chance::new(12).entries(entries)).unwrap();
    memory
}

fn written(journal: &mut Memory) -> Vec<u8> {
    let mut out = Vec::new();
    flat::write(journal, &mut out).unwrap();
    out
}

fn read(bytes: &[u8]) -> Result<Memory, FlatFault> {
    let mut flat = Flat::open(bytes)?;
    let mut journal = Memory::new(flat.register());
    flat.read_into(&mut journal)?;
    Ok(journal)
}

#[test]
fn what_goes_out_comes_back_byte_by_byte() {
    for entries in [0, 1, 5, 900] {
        let mut from = journal(entries);
        if entries > 3 {
            from.forget(&[Seq(2), Seq(3)]).unwrap();
        }
        let bytes = written(&mut from);
        let mut back = read(&bytes).unwrap();
        assert_eq!(back.head().unwrap(), from.head().unwrap());
        let all = |journal: &mut Memory| journal.read(Which::All, Seq::START, usize::MAX).unwrap();
        assert_eq!(all(&mut back), all(&mut from));
        assert_eq!(written(&mut back), bytes);
        assert!(Book::open(back).unwrap().verify().is_good());
    }
}

#[test]
fn every_bit_that_is_turned_and_every_cut_is_refused_by_name() {
    let mut from = journal(3);
    from.forget(&[Seq(2)]).unwrap();
    let bytes = written(&mut from);
    let mut told = std::collections::BTreeSet::new();
    let mut tell = |bad: &[u8], what: String| {
        let fault = read(bad).err().unwrap_or_else(|| panic!("{what} was taken"));
        let says = fault.to_string();
        assert!(says.contains("Nothing was written."), "{what}: {says}");
        told.insert(format!("{fault:?}").split([' ', '(']).next().unwrap().to_owned());
    };
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        tell(&bad, format!("bit {bit}"));
    }
    for cut in 0..bytes.len() {
        tell(&bytes[..cut], format!("cut at {cut}"));
    }
    tell(&[&bytes[..], b"\n"].concat(), "more after its end".to_owned());
    assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), ["Cut", "Damaged", "End", "NotFlat", "TooNew"]);
}

/// Rows in another order, one left out, one twice: each holds by itself, and the chain does not.
#[test]
fn rows_out_of_their_order_are_refused() {
    let bytes = written(&mut journal(4));
    let (mut at, mut rows) = (25, Vec::new());
    while let long @ 1.. = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize {
        rows.push(bytes[at..at + 4 + long].to_vec());
        at += 4 + long;
    }
    let with = |order: &[usize]| {
        let rows = order.iter().flat_map(|n| rows[*n].clone());
        let mut all: Vec<u8> = bytes[..25].iter().copied().chain(rows).collect();
        all.extend(0_u32.to_le_bytes());
        all.extend((order.len() as u64).to_le_bytes());
        all.extend(&bytes[at + 12..at + 44]);
        let hash = *blake3::hash(&all).as_bytes();
        all.extend(hash);
        all
    };
    assert!(read(&with(&[0, 1, 2, 3])).is_ok());
    for (order, seq) in [(&[1, 0, 2, 3][..], 1), (&[0, 2, 3], 2), (&[0, 1, 1, 2, 3], 3)] {
        assert!(matches!(read(&with(order)), Err(FlatFault::Damaged { seq: at, .. }) if at == seq), "{order:?}");
    }
    assert!(matches!(read(&with(&[0, 1, 2])), Err(FlatFault::End(_))), "the last is left out");
}

#[test]
fn a_damaged_register_is_not_written_out_as_if_it_were_good() {
    let kept = journal(3).read(Which::All, Seq::START, 9).unwrap();
    let mut rows: Vec<_> = kept.into_iter().map(|kept| kept.row).collect();
    rows[1].shell[40] ^= 1;
    let mut bad = Memory::new(REGISTER);
    bad.append(&Head::empty(REGISTER), &mut rows.into_iter().map(Ok)).unwrap();
    let fault = flat::write(&mut bad, Vec::new()).unwrap_err();
    assert_eq!(fault, FlatFault::Damaged { seq: 2, what: "it is not what was written" });
}

fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    all.sort();
    all
}

#[test]
fn the_command_line_writes_one_and_makes_a_register_of_it() {
    let folder = Folder::practice(&["--no-open"]);
    let home = folder.path.parent().unwrap().to_owned();
    let [file, second, other] = ["book.flat", "again.flat", "other"].map(|name| home.join(name));
    let [file_, second_, other_] = [&file, &second, &other].map(|path| path.to_str().unwrap().to_owned());
    let ran = folder.run(&["book", "export", &file_]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(folder.run(&["book", "export", &file_]).code, 7, "it is there already");
    assert_eq!(folder.run(&["book", "import", &file_]).code, 7, "a register is there already");
    let made = folder.run(&["book", "import", &file_, "--data", &other_]);
    assert_eq!((made.code, &made.out), (0, &ran.out), "{}", made.err);
    assert_eq!(folder.run(&["book", "export", &second_, "--data", &other_]).code, 0);
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&second).unwrap());
    assert!(DiskBook::open_at(&other.join("register.redb")).unwrap().verify().is_good());
    assert!(!names(&home).iter().any(|name| name.contains("half")), "{:?}", names(&home));

    // One that is damaged makes nothing.
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let third = home.join("third");
    let ran = folder.run(&["book", "import", &file_, "--data", third.to_str().unwrap()]);
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("Nothing was written."), "{}", ran.err);
    assert!(names(&third).is_empty(), "{:?}", names(&third));
    assert_eq!(folder.run(&["book", "import", "/nowhere/at/all", "--data", third.to_str().unwrap()]).code, 3);
    std::fs::write(&file, "a letter").unwrap();
    assert_eq!(folder.run(&["book", "import", &file_, "--data", third.to_str().unwrap()]).code, 3);
}
