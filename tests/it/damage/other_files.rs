//! The other files of the folder: whatever is in them, reading them ends well, and the register opens.

use doorbook::domain::ids::StaffId;
use doorbook::domain::text::Text;
use doorbook::run::Papers;

use super::seed;
use super::worked::lay;
use crate::chance::Chance;

#[test]
fn a_damaged_draft_or_time_is_read_as_clean_text_or_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let papers = Papers::new(folder.path());
    let staff = StaffId(uuid::Uuid::from_u128(5));
    papers.keep_draft(staff, None, &Text::note("Siân rang at ten\nand again")).unwrap();
    papers.is_open("2026-11-21T10:41:00+00:00".parse().unwrap());
    let paths = [folder.path().join(format!("draft-{staff}.txt")), folder.path().join("open.txt")];
    let mut chance = Chance::new(seed());
    let mut changed = 0;
    for path in &paths {
        let whole = std::fs::read(path).unwrap();
        for n in 0..2000 {
            let mut bytes = whole.clone();
            match n % 4 {
                0 => bytes.truncate(chance.below(whole.len())),
                1 => bytes.extend((0..chance.below(9000)).map(|_| chance.next() as u8)),
                2 => bytes = (0..chance.below(600)).map(|_| chance.next() as u8).collect(),
                _ => bytes[chance.below(whole.len())] ^= 1 << chance.below(8),
            }
            lay(path, &bytes);
            for (of, _, words) in papers.drafts() {
                assert_eq!(of, staff);
                assert!(!words.as_str().chars().any(|c| c.is_control() && c != '\n'), "{words:?}");
                assert!(words.as_str().len() <= 64 * 1024);
                changed += usize::from(words.as_str() != "Siân rang at ten\nand again");
            }
            let _ = papers.was_open();
        }
        lay(path, &whole);
    }
    println!("drafts that read otherwise than they were typed: {changed}");
}

#[test]
fn whatever_lies_beside_it_a_register_opens_as_it_was() {
    let worked = super::Worked::closed();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    lay(&path, &worked.bytes);
    for name in
        [".register.redb.half-1", ".register.redb.half-x", ".open.txt.half", "directory", "roll.txt", "desk-sheet.txt"]
    {
        let mut chance = Chance::new(seed());
        lay(&folder.path().join(name), &(0..5000).map(|_| chance.next() as u8).collect::<Vec<_>>());
    }
    let mut book = doorbook::book::DiskBook::open_at(&path).unwrap();
    assert!(book.read_all().unwrap() == worked.placed);
}
