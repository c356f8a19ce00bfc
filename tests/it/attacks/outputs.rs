//! Outputs and sentences: `day`, `log`, JSON, sheets and reports of a register that attacks, words of the command line,
//! names of files, preferences; and the three files with attacks in every cell.

use std::path::Path;
use std::process::Command;

use doorbook::domain::register::Register;
use doorbook::export;
use doorbook::import::{Files, plan};
use doorbook::run::setup::{DESK, Held};
use doorbook::run::stamp::stamp_import;

use super::{BYTES, foreign, plain};
use crate::desk::harness::{Desk, ids, moment};

fn folded(entries: &[doorbook::domain::event::Entry]) -> Register {
    let mut register = Register::default();
    entries.iter().for_each(|entry| register.fold(entry));
    register
}

#[test]
fn days_logs_and_sheets_are_lines_of_plain_text() {
    let rows = |text: &str| text.lines().count();
    let told = |text: &str| {
        let mut desk = Desk::on(foreign::register(), &foreign::read(text), moment("2026-11-21T08:55"));
        desk.keys("5 f2 1 2 3 4 esc @09:55 1 enter enter");
        let (register, date) = (&desk.app.register, desk.now.date_naive());
        let (day, log) = (export::day(register, date, desk.now), export::log(register, date, |_| "event".to_owned()));
        let whole = desk.app.day().unwrap();
        plain(&export::json(&day).unwrap(), true);
        plain(&export::json(&log).unwrap(), true);
        let sheets = [export::desk_sheet(register, whole), export::sealed_sheet(register, whole)];
        sheets.iter().for_each(|sheet| plain(&sheet.replace('\u{c}', "\n"), true));
        [export::day_text(register, &day), export::log_text(&log, register.practice_mark()), sheets[0].clone()]
    };
    let usual = told("Mia").map(|text| rows(&text));
    for text in super::all().into_iter().step_by(3).chain(["Mia\nLeo\r\n09:00  Ruth  day.signed".to_owned()]) {
        let texts = told(&text);
        texts.iter().for_each(|text| plain(&text.replace('\u{c}', "\n"), true));
        assert_eq!(
            texts[..2].iter().map(|text| rows(text)).collect::<Vec<_>>(),
            usual[..2],
            "a name made a row: {text:?}"
        );
    }
}

fn run(folder: &Path, words: &[&std::ffi::OsStr]) -> (i32, Vec<u8>, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbook"));
    command.args(words).env("HOME", folder).env("DOORBOOK_DATA", folder.join("register"));
    let out = command.env_remove("XDG_CONFIG_HOME").stdin(std::process::Stdio::null()).output().unwrap();
    (out.status.code().unwrap(), out.stdout, out.stderr)
}

/// Valid text that a terminal may be given.
#[track_caller]
fn plain_bytes(bytes: &[u8]) {
    plain(std::str::from_utf8(bytes).unwrap(), true);
}

#[test]
fn the_program_says_nothing_that_acts_whatever_its_register_holds() {
    for text in ["Mia\x1b[2J\x1b]0;x\x07", "\u{9b}2JMia\u{202e}\nx", "Mia\n09:00  Ruth  day.signed"] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("register");
        doorbook::platform::private_folder(&folder).unwrap();
        foreign::on_disk(&folder.join("register.redb"), text);
        for words in [
            vec!["day", "2026-11-21"],
            vec!["day", "--json", "2026-11-21"],
            vec!["log"],
            vec!["log", "--json"],
            vec!["verify"],
        ] {
            let words: Vec<&std::ffi::OsStr> = words.into_iter().map(std::ffi::OsStr::new).collect();
            let (code, out, err) = run(home.path(), &words);
            assert_eq!(code, 0, "{words:?}: {}", String::from_utf8_lossy(&err));
            plain_bytes(&out);
            plain_bytes(&err);
        }
    }
}

#[cfg(unix)]
#[test]
fn sentences_echo_nothing_that_acts() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let bytes =
        super::TEXTS.iter().map(|text| text.as_bytes()).filter(|text| !text.contains(&0)).chain(BYTES.iter().copied());
    let bytes: Vec<&[u8]> = bytes.filter(|bytes| !bytes.contains(&0)).collect();
    let home = tempfile::tempdir().unwrap();
    let attack = home.path().join("files");
    std::fs::create_dir(&attack).unwrap();
    for (n, text) in bytes.iter().enumerate() {
        let name: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'/').chain(n.to_string().bytes()).collect();
        std::fs::write(attack.join(OsStr::from_bytes(&name)), "x").unwrap();
    }
    assert_eq!(run(home.path(), &[OsStr::new("practice"), OsStr::new("--empty")]).0, 0);
    let mut all = vec![run(home.path(), &[OsStr::new("import"), attack.as_os_str()])];
    for text in &bytes {
        let text = OsStr::from_bytes(text);
        let config = home.path().join("config.toml");
        std::fs::write(&config, [b"\"", text.as_bytes(), b"\" = 1\n"].concat()).unwrap();
        for words in [
            vec![text],
            vec![OsStr::new("day"), text],
            vec![OsStr::new("--at"), text, OsStr::new("day")],
            vec![OsStr::new("--data"), text, OsStr::new("log")],
            vec![OsStr::new("import"), text],
            vec![OsStr::new("--config"), text, OsStr::new("day")],
            vec![OsStr::new("--config"), config.as_os_str(), OsStr::new("day")],
        ] {
            all.push(run(home.path(), &words));
        }
    }
    for (_, out, err) in all {
        plain_bytes(&out);
        plain_bytes(&err);
    }
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What an import says and writes of these files is plain.
fn planned_plainly(files: &Files, register: &Register) {
    match plan(foreign::register(), files, &Held::new(register)) {
        Err(faults) => plain(&faults.report(), true),
        Ok(mut planned) => {
            let entries: Vec<_> = stamp_import(&mut planned, DESK, moment("2026-11-21T08:55"), ids(9)).collect();
            plain(&planned.report(), true);
            for entry in entries {
                let event = entry.event.open().unwrap();
                let json: serde_json::Value =
                    serde_json::from_slice(&doorbook::book::wire::write_event(event)).unwrap();
                strings(&json, &mut |text| plain(text, false));
            }
        }
    }
}

/// No CSV is exported: the rule for formula cells (a `'` before them) has nobody to hold yet. They come in as what they are.
#[test]
fn attacks_in_every_cell_come_in_clean_or_are_named() {
    let register = folded(&foreign::honest());
    let bytes = BYTES.iter().map(|bytes| bytes.to_vec());
    for text in super::all().into_iter().map(String::into_bytes).chain(bytes) {
        let c =
            |_| -> Vec<u8> { text.iter().flat_map(|b| if *b == b'"' { vec![b'"', b'"'] } else { vec![*b] }).collect() };
        let people = [
            b"id,family_id,kind,given,family_name,known_as,dob,relation,residence,phone,permitted,alert\n1,1,child,\""
                .to_vec(),
            c(0),
            b"\",\"".to_vec(),
            c(1),
            b"\",\"".to_vec(),
            c(2),
            b"\",2019-01-01,,,,yes,\n".to_vec(),
        ]
        .concat();
        let families = "id,ref,status,opened,closed,service,referrer,notes\n1,F1,open,2026-01-03,,supported,self,\n";
        let bookings = "id,family_id,weekday,start,end,room,every_weeks,from,to,type\n";
        let files = Files {
            families: Some(families.into()),
            people: Some(people),
            bookings: Some(bookings.into()),
            others: Vec::new(),
        };
        planned_plainly(&files, &register);
    }
    for column in 0..10 {
        for text in super::TEXTS {
            let mut cells =
                ["1", "1", "Sat", "10:00", "11:00", "Oak", "1", "2026-01-03", "", "fixed"].map(str::to_owned);
            cells[column] = cell(text);
            let files = Files {
                families: Some(
                    "id,ref,status,opened,closed,service,referrer,notes\n1,F1,open,2026-01-03,,supported,self,\n"
                        .into(),
                ),
                people: Some(
                    b"id,family_id,kind,given,family_name,known_as,dob,relation,residence,phone,permitted,alert\n"
                        .to_vec(),
                ),
                bookings: Some(
                    format!("id,family_id,weekday,start,end,room,every_weeks,from,to,type\n{}\n", cells.join(","))
                        .into(),
                ),
                others: Vec::new(),
            };
            match plan(foreign::register(), &files, &Held::new(&register)) {
                Err(faults) => plain(&faults.report(), true),
                Ok(planned) => plain(&planned.report(), true),
            }
        }
    }
}

fn strings(json: &serde_json::Value, look: &mut impl FnMut(&str)) {
    match json {
        serde_json::Value::String(text) => look(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, look)),
        serde_json::Value::Object(fields) => fields.values().for_each(|inner| strings(inner, look)),
        _ => {}
    }
}

/// A draft that somebody else has laid into the folder.
#[test]
fn drafts_are_cleaned_as_they_are_read() {
    let home = tempfile::tempdir().unwrap();
    let papers = doorbook::run::Papers::new(home.path());
    let staff = doorbook::domain::ids::StaffId(uuid::Uuid::from_u128(5));
    for bytes in super::all().into_iter().map(String::into_bytes).chain(BYTES.iter().map(|bytes| bytes.to_vec())) {
        papers.keep_draft(staff, None, &doorbook::domain::text::Text::note("x")).unwrap();
        let file = home.path().read_dir().unwrap().next().unwrap().unwrap().path();
        std::fs::write(&file, bytes).unwrap();
        papers.drafts().iter().for_each(|(_, _, words)| plain(words.as_str(), true));
    }
}
