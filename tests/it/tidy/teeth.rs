//! Each kind of untidiness, planted once in a text: the tidy test finds it, and leaves the honest twin alone.

use super::{copies, dependencies, faults};

const MANIFEST: &str = "[package]\nname = \"doorbook\"\n[dependencies]\n# the screen\nratatui = \"0.30\"\ncrossterm = \"0.29\"\n\
    redb = \"4\"\nserde = \"1\"\nchrono = \"0.4\"\nuuid = \"1\"\n[target.'cfg(unix)'.dependencies]\nsignal-hook = \"0\"\n";

fn found(path: &str, code: &str) -> Vec<String> {
    let text = format!("//! Its one job.\n\n{code}\n");
    faults(&[(path.into(), text)], &dependencies(MANIFEST))
}

#[track_caller]
fn bites(path: &str, code: &str, says: &str) {
    let found = found(path, code);
    assert!(found.iter().any(|fault| fault.contains(says)), "{path}: {code}\nfound only {found:?}");
}

#[track_caller]
fn leaves(path: &str, code: &str) {
    assert_eq!(found(path, code), Vec::<String>::new(), "{path}: {code}");
}

#[test]
fn a_room_that_must_not_be_known() {
    bites("src/domain/day/fold.rs", "use crate::app::key::Key;", "src/domain/day/fold.rs:3: `crate::app::key::Key`");
    bites("src/domain/mod.rs", "fn f() { super::tui::draw() }", "must not know tui");
    bites("src/domain/case.rs", "use super::super::journal::Row;", "must not know journal");
    bites("src/domain/case.rs", "use crate::{domain::ids, run};", "must not know run");
    bites("src/app/mod.rs", "use crate::{domain::{day, ids}, book::Book};", "must not know book");
    bites("src/tui/mod.rs", "use crate::domain::ids::StaffId;", "must not know domain");
    bites("src/journal/mod.rs", "use crate::domain::ids::EntryId;", "must not know domain");
    bites("src/book/mod.rs", "use crate::app::App;", "must not know app");
    bites("src/vault/mod.rs", "use crate::domain::decide::decide;", "must not know domain");
    bites("src/attic/mod.rs", "", "no room of the house");
    leaves("src/domain/case.rs", "use super::ids::CaseId;\n// crate::app is told\n/* use crate::tui; */");
    leaves("src/run/mod.rs", "use crate::{app, book, domain, journal, tui};");
}

#[test]
fn a_crate_or_a_part_of_std_that_must_not_be_known() {
    bites("src/domain/event.rs", "#[derive(serde::Serialize)] struct A;", "must not know serde");
    bites("src/domain/event.rs", "use redb::Database;", "must not know redb");
    bites("src/book/mod.rs", "use redb::Database;", "must not know redb");
    bites("src/app/mod.rs", "use ratatui::Frame;", "must not know ratatui");
    bites("src/domain/mod.rs", "use std::{collections::BTreeMap, fs};", "must not know std::fs");
    bites("src/app/mod.rs", "fn f() { std::thread::yield_now() }", "must not know std::thread");
    bites("src/journal/mod.rs", "use signal_hook::low_level;", "must not know signal_hook");
    leaves("src/journal/mod.rs", "use redb::Database;\nuse std::fs::File;");
    leaves("src/tui/mod.rs", "use crossterm::event::Event;\nuse ratatui::Frame;");
}

#[test]
fn a_clock_or_an_id_out_of_nowhere() {
    for code in [
        "Utc::now()",
        "chrono::Local::now()",
        "std::time::SystemTime::now()",
        "Instant::now()",
        "Uuid::now_v7()",
        "uuid::Uuid::new_v4()",
    ] {
        bites("src/run/mod.rs", &format!("fn f() {{ {code}; }}"), "only src/clock.rs");
        leaves("src/clock.rs", &format!("fn f() {{ {}; }}", code.replace("std::time::", "")));
    }
    bites("src/app/mod.rs", "fn f(since: std::time::Instant) { since.elapsed() }", "holds no clock");
    leaves("src/app/mod.rs", "fn f(now: u32) { let now = now; g(self.now, stamp.now()) }");
}

#[test]
fn a_word_of_tui() {
    bites("src/tui/mod.rs", "const A: &str = \"Enter\";", "no word of its own");
    bites("src/tui/mod.rs", "fn f() { format!(\"{label} of {name}\") }", "no word of its own");
    bites("src/tui/mod.rs", "const A: &str = r#\"ok\"#;", "no word of its own");
    bites("src/tui/mod.rs", "const A: &str = \"Łukasz\";", "no word of its own");
    bites("src/tui/mod.rs", "fn f() { x.expect(\"it fits\") }", "no word of its own");
    leaves(
        "src/tui/mod.rs",
        "const A: &str = \"○ ● – x\\n\\n\";\nconst B: char = '\\'';\nfn f() { format!(\"{label} +{more}\") }",
    );
    leaves(
        "src/tui/mod.rs",
        "#[deprecated(note = \"old words\")]\nfn f() {}\n/// Some \"words\".\nfn g<'a>(x: &'a str) {}",
    );
    leaves("src/app/mod.rs", "const A: &str = \"Enter\";");
}

#[test]
fn a_hand_on_the_state() {
    bites("src/tui/mod.rs", "fn f(app: &mut App) {}", "&mut App");
    bites("src/tui/mod.rs", "fn f(app: &mut crate::app::App) {}", "&mut App");
    leaves("src/tui/mod.rs", "fn f(app: &App, other: &mut Appendix) {}");
}

#[test]
fn tests_may_know_more() {
    leaves(
        "src/domain/case.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::app::App;\n    fn f() { println!(\"{}\", Utc::now()) }\n}",
    );
    leaves("src/tui/mod.rs", "#[cfg(test)]\nfn f() { g(\"some words { \") }");
    bites("src/domain/case.rs", "#[cfg(test)]\nmod tests {}\nuse crate::app::App;", "must not know app");
}

#[test]
fn what_prints() {
    bites("src/run/mod.rs", "fn f() { println!(\"x\") }", "nothing prints");
    bites("src/cli/mod.rs", "fn f() { std::eprintln!(\"x\") }", "nothing prints");
}

#[test]
fn what_has_grown_too_long() {
    let body = "    let x = 1;\n".repeat(41);
    bites("src/app/board/update.rs", &format!("fn long() {{\n{body}}}"), "fn long has 42 lines");
    bites("src/domain/decide/door.rs", &format!("impl A {{\nfn long() -> A {{\n{body}}}\n}}"), "fn long has 42 lines");
    leaves("src/export/mod.rs", &format!("fn long() {{\n{body}}}"));
    leaves(
        "src/app/board/update.rs",
        &format!("fn a() {{\n{}    // {{\n\n    let c = '{{';\n}}", "    let x = 1;\n".repeat(38)),
    );
    bites("src/book/mod.rs", &"\n".repeat(600), "it is two files");
    bites("src/main.rs", &"\n".repeat(40), "main only hands over");
    let bare = faults(&[("src/book/mod.rs".into(), "use std::fmt;\n".into())], &dependencies(MANIFEST));
    assert!(bare[0].contains("does not open with"), "{bare:?}");
}

#[test]
fn two_of_one_package() {
    let lock = "[[package]]\nname = \"crossterm\"\nversion = \"0.28.1\"\n\n[[package]]\nname = \"crossterm\"\n";
    assert_eq!(copies(lock, "crossterm"), 2);
}
