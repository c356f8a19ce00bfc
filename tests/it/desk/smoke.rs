//! The desk opens.

use super::harness::Desk;

#[test]
fn the_practice_saturday_opens() {
    let desk = Desk::practice("08:55");
    assert_eq!(desk.app.register.expected_on(desk.app.date).len(), 12);
}
