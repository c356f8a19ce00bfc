//! One-to-one contact, minute by minute (domain.md 2.4), escorted contact, contact by video, life-story work.

use super::harness::Desk;
use super::kinds::Case;
use doorbook::domain::codes::ContactKind;

#[test]
fn look() {
    let mut desk = Desk::kinds("09:45", &[Case::of(ContactKind::Supervised)]);
    let show = |desk: &Desk, what: &str| println!("--- {what}\n{}", desk.screen());
    for step in [
        "1 enter",
        "tab",
        "enter",
        "@10:00 1 enter",
        "enter",
        "@10:05 1 enter",
        "enter",
        "4",
        "1 enter",
        "enter",
        "1 enter",
        "enter",
        "1 enter",
        "s",
        "1",
        "1",
        "2",
        "@10:24",
        "1 enter",
        "f5",
        "f5 enter",
        "@10:51 1 enter",
        "enter",
        "1 enter",
        "s",
        "4",
        "1",
        "1",
        "1",
        "1 enter s 5",
        "3",
        "1 enter s 6",
        "3",
        "1",
        "f5",
        "1 enter",
        "f5",
        "esc @11:00 1 enter",
        "enter",
        "1",
        "tab",
        "enter",
        "@11:16 1 enter",
        "enter",
        "f3",
    ] {
        desk.keys(step);
        show(&desk, step);
    }
    desk.reloads();
}
