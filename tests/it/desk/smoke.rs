//! The desk opens.

use super::harness::Desk;

#[test]
fn the_practice_saturday_opens() {
    let desk = Desk::practice("08:55");
    assert_eq!(desk.app.register.expected_on(desk.app.date).len(), 12);
}

#[test]
fn look() {
    let mut d = Desk::opened("09:38");
    let mut show = |d: &mut Desk, k: &str| {
        d.keys(k);
        println!("=== {k}\n{}", d.screen());
    };
    d.keys("t o enter enter c a enter m 2 enter");
    for no in ["1", "2", "4", "5", "6"] {
        d.keys(&format!("{no} enter tab enter +1m {no} enter enter +1m"));
    }
    show(&mut d, "@09:58 m i");
    show(&mut d, "enter");
    show(&mut d, "esc esc @10:00");
    show(&mut d, "tab");
    show(&mut d, "enter");
    show(&mut d, "enter");
    show(&mut d, "2");
    show(&mut d, "tab enter enter 3 f5");
    show(&mut d, "f5 @10:14 6 enter n");
    show(&mut d, "1");
    show(&mut d, "enter");
    show(&mut d, "6 enter");
    show(&mut d, "esc @11:30 3 enter d");
    show(&mut d, "1");
    show(&mut d, "3 enter");
    show(&mut d, "@11:34 x");
    show(&mut d, "3");
    show(&mut d, "@11:40 5 enter tab e");
    show(&mut d, "1 2");
    show(&mut d, "tab");
    show(&mut d, "enter");
    show(&mut d, "enter");
    show(&mut d, "5 enter");
    show(&mut d, "esc @11:51 tab enter enter 1");
    show(&mut d, "@12:00 tab enter d 1 +1s");
    show(&mut d, "@12:16 tab");
    show(&mut d, "enter");
    show(&mut d, "enter");
}
