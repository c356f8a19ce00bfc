//! The command line: each command, each exit code, and what is left on the disk.

use std::path::{Path, PathBuf};
use std::process::Command as Program;

use doorbook::app::first::SetUp;
use doorbook::app::secret::Secret;
use doorbook::book::DiskBook;
use doorbook::book::Placed;
use doorbook::clock::Clock;
use doorbook::domain::codes::Role;
use doorbook::domain::decide::{Command, DayAct};
use doorbook::domain::event::{By, CentreEvent, DayEvent, Draft, Event, FileRef, Source};
use doorbook::domain::text::Text;
use doorbook::journal::{Journal, Seq, Which};
use doorbook::run::setup::{DESK, Families};
use doorbook::run::stamp::{Hand, stamp};
use doorbook::run::{first, open};

use crate::chance::Chance;
use crate::made::Made;

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder of our own, that is not there yet.
pub struct Folder {
    _home: tempfile::TempDir,
    pub path: PathBuf,
}

impl Folder {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { path: home.path().join("register"), _home: home }
    }

    pub fn practice(args: &[&str]) -> Self {
        let folder = Self::new();
        let ran = folder.run(&[&["practice"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        folder
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let mut command = Program::new(env!("CARGO_BIN_EXE_doorbook"));
        command.args(args).env("DOORBOOK_DATA", &self.path).env("HOME", self.path.parent().unwrap());
        let out = command.env_remove("XDG_CONFIG_HOME").stdin(std::process::Stdio::null()).output().unwrap();
        Ran {
            code: out.status.code().unwrap(),
            out: String::from_utf8(out.stdout).unwrap(),
            err: String::from_utf8(out.stderr).unwrap(),
        }
    }

    /// Exits so, with one sentence that says this, and nothing else on standard error.
    #[track_caller]
    fn stops(&self, args: &[&str], code: i32, says: &str) {
        let ran = self.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{args:?}: {}", ran.err);
        well_said(&ran.err);
    }

    pub fn book(&self) -> DiskBook {
        open::open(&self.path, open::Who::Practises).unwrap().book
    }

    /// Opens the day of the practice Saturday, in Jean's name, at a time.
    pub fn open_day(&self, at: &str) {
        let mut opened = open::open(&self.path, open::Who::Practises).unwrap();
        opened.all().unwrap();
        let open::Opened { mut book, register, .. } = opened;
        let mut made = Made::on(register, Clock::standing("Europe/London", at.parse().unwrap()).unwrap());
        let date = made.date();
        book.append(&made.does(Command::Day(DayAct::Open { date }))).unwrap();
    }
}

fn csv() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "families.csv",
        "id,ref,status,opened,closed,service,referrer,notes\n1,F26-1,open,2026-01-05,,supported,self,\n",
    );
    write(
        "people.csv",
        "id,family_id,kind,given,family_name,known_as,dob,relation,phone,residence,permitted,alert\n\
         1,1,child,Mia,Hale,,2019-05-01,,,,,\n2,1,party,Sarah,Hale,,,mother,,resident,,\n\
         3,1,party,Dan,Hale,,,father,,non-resident,,\n",
    );
    write(
        "bookings.csv",
        "id,family_id,weekday,start,end,room,every_weeks,from,to,type\n1,1,Sat,10:00,12:00,Oak,1,2026-01-10,,fixed\n",
    );
    folder
}

/// A refusal as it is read aloud: it begins and ends as a sentence does, and says once what was kept.
#[track_caller]
fn well_said(says: &str) {
    let says = says.trim_end();
    let capital = says.starts_with(|c: char| c.is_uppercase() || c == '/');
    let ends = says.ends_with('.') || says.rsplit(' ').next().is_some_and(|last| last.starts_with('/'));
    assert!(capital && ends, "{says}");
    assert!(says.matches("Nothing was").count() <= 1, "{says}");
    for wrong in ["..", ". .", ": .", " 1 words", " 1 entries", "  "] {
        assert!(!says.contains(wrong), "{wrong:?}: {says}");
    }
}

#[cfg(unix)]
#[test]
fn every_refusal_is_a_sentence_that_says_each_thing_once() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::practice(&["--no-open"]);
    let beside = |name: &str| folder.path.parent().unwrap().join(name).to_str().unwrap().to_owned();
    let (wide, empty, link, new) = (beside("wide"), beside("empty"), beside("link"), beside("new"));
    std::fs::write(&wide, "practice\n").unwrap();
    std::fs::set_permissions(&wide, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::write(&empty, "").unwrap();
    std::fs::set_permissions(&empty, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&empty, &link).unwrap();
    let from = |file: &str| vec!["day".to_owned(), "--passphrase-file".to_owned(), file.to_owned()];
    for (file, says) in [
        (wide.as_str(), "chmod 600"),
        ("/nowhere", "Name the file that has it."),
        (empty.as_str(), "is no passphrase"),
        (link.as_str(), "is a link"),
        ("/tmp", "is no plain file"),
    ] {
        let args = from(file);
        folder.stops(&args.iter().map(String::as_str).collect::<Vec<_>>(), 2, says);
    }
    folder.stops(&["day", "--passphrase-fd", "77"], 2, "open file 77");
    folder.stops(&["salvage", "--to", &empty], 7, "already");
    folder.stops(&["salvage", "--to", "/nowhere/x"], 8, "could not be written");
    folder.stops(&["book", "export", &empty], 7, "already");
    folder.stops(&["book", "export", "/nowhere/x"], 8, "could not be read or written");
    folder.stops(&["book", "import", &new], 7, "already");
    folder.stops(&["import", "/nowhere"], 3, "Name the folder");
    folder.stops(&["import", "/tmp"], 3, "Put them right");
    folder.stops(&["verify", "zzz"], 2, "24 letters");
    folder.stops(&["--data", "/nowhere", "day"], 4, "There is no register");
}

#[test]
fn without_a_register_every_command_says_so() {
    let folder = Folder::new();
    let csv = csv();
    let csv = csv.path().to_str().unwrap();
    for args in [
        vec!["day"],
        vec!["log", "--json"],
        vec!["verify"],
        vec!["roll"],
        vec!["import", csv],
        vec!["import", csv, "--dry-run"],
    ] {
        folder.stops(&args, 4, "There is no register in");
        assert!(!folder.path.exists(), "{args:?} made a folder");
    }
}

#[test]
fn what_is_said_wrongly_is_a_usage_error() {
    let folder = Folder::practice(&["--no-open"]);
    for args in [vec!["rolls"], vec!["day", "21/11/2026"], vec!["--at", "09:40", "day"], vec!["import"]] {
        let ran = folder.run(&args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty());
    }
    folder.stops(&[], 2, "needs a terminal");
    folder.stops(&["practice"], 2, "needs a terminal");
    let config = folder.path.join("config.toml");
    std::fs::write(&config, "colour = 3\n").unwrap();
    let ran = folder.run(&["--config", config.to_str().unwrap(), "day"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("config.toml:1: `colour` is not a preference"), "{}", ran.err);
    assert_eq!(folder.run(&["--version"]).out, format!("doorbook {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(folder.run(&["--help"]).code, 0);
}

#[test]
fn practice_is_made_once_and_never_over_another() {
    let folder = Folder::practice(&["--no-open"]);
    let before = std::fs::read(open::file(&folder.path)).unwrap();
    assert_eq!(folder.run(&["practice", "--no-open"]).code, 0);
    folder.stops(&["practice", "--empty"], 7, "There is a register here already");
    assert_eq!(before, std::fs::read(open::file(&folder.path)).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder.path), mode(&open::file(&folder.path))), (0o700, 0o600));
        std::fs::set_permissions(&folder.path, std::fs::Permissions::from_mode(0o755)).unwrap();
        folder.stops(&["day"], 7, "can look into");
    }
}

#[test]
fn the_data_folder_comes_from_the_line_the_environment_or_the_preferences() {
    let folder = Folder::practice(&["--no-open"]);
    let data = folder.path.to_str().unwrap();
    let other = Folder::new();
    other.stops(&["day"], 4, "There is no register in");
    assert_eq!(other.run(&["--data", data, "day"]).code, 0);
    assert_eq!(other.run(&["day", "--data", data]).code, 0);
    let config = folder.path.join("config.toml");
    std::fs::write(&config, format!("data = '{data}'\n")).unwrap();
    let config = config.to_str().unwrap();
    other.stops(&["--config", config, "day"], 4, "There is no register in");
    let mut command = Program::new(env!("CARGO_BIN_EXE_doorbook"));
    let home = tempfile::tempdir().unwrap();
    command.args(["--config", config, "day"]).env_remove("DOORBOOK_DATA").env("HOME", home.path());
    assert!(command.output().unwrap().status.success());
}

#[test]
fn an_import_is_all_or_nothing_and_a_second_one_adds_nothing() {
    let folder = Folder::practice(&["--empty"]);
    let csv = csv();
    let files = csv.path().to_str().unwrap();
    let empty = folder.book().head().seq;
    let dry = folder.run(&["import", files, "--dry-run"]);
    assert_eq!(dry.code, 0);
    assert!(dry.out.contains("To write: 5 entries") && dry.out.contains("dry run: nothing was written"), "{}", dry.out);
    assert_eq!(folder.book().head().seq, empty);

    let ran = folder.run(&["--at", "2026-06-27T09:40", "import", files]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Written: 5 entries"), "{}", ran.out);
    let entries: Vec<_> = folder.book().read_all().unwrap().into_iter().skip(empty.0 as usize).collect();
    // And the keyring that knows the new file.
    let (keys, entries) = entries.split_first().unwrap();
    assert!(matches!(keys.entry.event.open(), Some(Event::Centre(CentreEvent::KeysSet(_)))));
    assert_eq!(entries.len(), 5);
    for placed in entries {
        let entry = &placed.entry;
        assert!(
            matches!(&entry.source, Source::Import { file, line } if file.as_str().ends_with(".csv") && *line >= 2)
        );
        assert!(entry.by == By::Program && entry.day.is_none() && entry.act == entries[0].entry.act);
        assert_eq!(entry.recorded_at.to_rfc3339(), "2026-06-27T09:40:00+01:00");
    }
    let again = folder.run(&["import", files]);
    assert!(again.code == 0 && again.out.contains("Nothing is new. Nothing was written."), "{}", again.out);
    assert_eq!(folder.book().head().seq.0, empty.0 + 6);

    std::fs::write(csv.path().join("people.csv"), "id\n").unwrap();
    folder.stops(&["import", files], 3, "Nothing was written");
    folder.stops(&["import", "/nowhere"], 3, "Nothing was written");
    assert_eq!(folder.book().head().seq.0, empty.0 + 6);
}

#[test]
fn an_import_that_is_killed_leaves_all_or_nothing() {
    let csv = csv();
    let more = |name: &str, row: &dyn Fn(u32) -> String| {
        let path = csv.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap() + &(100..1100).map(row).collect::<String>();
        std::fs::write(path, text).unwrap();
    };
    more("families.csv", &|n| format!("{n},F26-{n},open,2026-01-05,,supported,self,\n"));
    more("people.csv", &|n| {
        format!("{n}1,{n},child,Mia,Hale,,,,,,,\n{n}2,{n},party,Sarah,Hale,,,mother,,resident,,\n")
    });
    more("bookings.csv", &|n| format!("{n},{n},Sat,10:00,12:00,Oak,1,2026-01-10,,fixed\n"));
    let files = csv.path().to_str().unwrap();
    let mut chance = Chance::new(31);
    let mut left = std::collections::BTreeSet::new();
    let mut longest = std::time::Duration::from_millis(1500);
    for n in 0..10 {
        let folder = Folder::practice(&["--empty"]);
        let empty = folder.book().head().seq.0;
        let from = std::time::Instant::now();
        let mut import = Program::new(env!("CARGO_BIN_EXE_doorbook"));
        import.args(["import", files]).env("DOORBOOK_DATA", &folder.path).env("HOME", csv.path());
        let mut import = import.stdout(std::process::Stdio::null()).spawn().unwrap();
        if n == 0 {
            assert!(import.wait().unwrap().success());
            longest = from.elapsed();
        } else {
            std::thread::sleep(longest.mul_f64(chance.below(1000) as f64 / 1000.0));
            import.kill().unwrap();
            import.wait().unwrap();
        }
        let mut book = folder.book();
        assert!(book.verify().is_good());
        left.insert(book.head().seq.0 - empty);
    }
    assert!(left.len() <= 2 && *left.last().unwrap() > 3000, "{left:?}");
    assert!(left.contains(&0), "none was cut short: {left:?}");
}

#[test]
fn a_day_never_opened_shows_what_is_expected_and_writes_only_that_it_was_asked_for() {
    let folder = Folder::practice(&["--no-open"]);
    let before = folder.book().head().seq.0 as usize;
    let day = folder.run(&["day"]);
    assert!(day.out.contains("Saturday 21 November 2026") && day.out.contains("12 sessions"), "{}", day.out);
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["day", "--json"]).out).unwrap();
    assert!(json["opened"].is_null() && json["sessions"].as_array().unwrap().len() == 12);
    assert!(folder.run(&["day", "2026-11-24"]).out.contains("No sessions."));
    let log = folder.run(&["log", "2026-11-21", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&log.out).unwrap()["entries"], serde_json::json!([]));
    let after = folder.book().read_all().unwrap();
    let asked =
        |placed: &Placed| matches!(placed.entry.event.open(), Some(Event::Centre(CentreEvent::Exported { .. })));
    assert!(after.len() == before + 4 && after[before..].iter().all(asked));

    let ids = |json: &serde_json::Value| -> Vec<String> {
        json["sessions"].as_array().unwrap().iter().map(|s| s["id"].to_string()).collect()
    };
    folder.open_day("2026-11-21T08:56:30");
    let opened: serde_json::Value = serde_json::from_str(&folder.run(&["day", "--json"]).out).unwrap();
    assert_eq!(ids(&opened), ids(&json), "the ids that were shown before");
    assert_eq!(opened["opened"], "2026-11-21T08:56:30+00:00");
    let log = folder.run(&["log"]).out;
    assert!(log.contains("08:56  Jean        day.opened"), "{log}");
    // From the opening on it stands in the log what was taken out, and by whom; that is no time that the clock goes by.
    assert_eq!(folder.run(&["--at", "2026-11-21T21:00", "day", "2026-11-20"]).code, 0);
    let log = folder.run(&["--at", "2026-11-21T09:00", "log"]);
    let says = "21:00  Ruth        centre.exported          took out the day of 20 November 2026, on paper or as text";
    assert!(log.code == 0 && log.out.contains(says), "{} {}", log.out, log.err);
}

#[test]
fn a_practice_clock_stands_where_it_is_told_but_never_before_an_entry() {
    let folder = Folder::practice(&["--no-open"]);
    assert_eq!(folder.run(&["--at", "2026-06-27T09:40", "day"]).code, 0);
    folder.open_day("2026-11-21T08:56:30");
    let says = "The last entry of this register is of 2026-11-21 08:56:30, and its clock never goes back. Nothing was \
                touched. Say --at 2026-11-21T08:57 or later.";
    folder.stops(&["--at", "2026-11-21T08:56", "day"], 7, says);
    folder.stops(&["--at", "2026-06-27T09:40", "log"], 7, says);
    assert_eq!(folder.run(&["--at", "2026-11-21T08:57", "day"]).code, 0);
}

/// A centre's own register, as the first start makes it: Ruth's, number 1.
fn of_a_centre(folder: &Folder) -> PathBuf {
    let clock = Clock::system("Europe/London").unwrap();
    let card = crate::sealed::card(1, "Ruth", Role::Coordinator);
    let set_up = SetUp { centre: Text::name("Hall"), card, passphrase: Secret::new("five words of my own") };
    drop(first::keep(first::prepare(&set_up, &clock).unwrap(), &folder.path, &clock).unwrap());
    let pass = folder.path.parent().unwrap().join("pass");
    crate::sealed::put(&pass, b"five words of my own\n");
    pass
}

#[test]
fn a_register_of_a_centre_keeps_the_system_s_clock() {
    let folder = Folder::new();
    let pass = of_a_centre(&folder);
    let as_ruth = ["--number", "1", "--passphrase-file", pass.to_str().unwrap()];
    let ruth = |words: &[&'static str]| -> Vec<&str> { as_ruth.iter().chain(words).copied().collect() };
    folder.stops(&ruth(&["--at", "2026-11-21T09:40", "day"]), 7, "Only the clock of a practice register can be set");
    folder.stops(&ruth(&["practice", "--no-open"]), 7, "not for practice");
    assert_eq!(folder.run(&ruth(&["day"])).code, 0);
}

#[test]
fn a_register_of_families_that_is_not_sealed_is_opened_by_nothing() {
    use doorbook::domain::event::RegisterKind;
    let folder = Folder::new();
    doorbook::platform::private_folder(&folder.path).unwrap();
    let clock = Clock::system("Europe/London").unwrap();
    let register = doorbook::domain::ids::RegisterId(clock.ids().0);
    let event = Event::Centre(CentreEvent::RegisterMade { register, kind: RegisterKind::Real });
    let draft = Draft {
        day: None,
        file: FileRef::Centre,
        occurred_at: clock.now(),
        against: Vec::new(),
        source: Source::Desk,
        event,
    };
    let hand = Hand { by: By::Program, desk: DESK, now: clock.now(), source: Source::Desk };
    let mut entries = stamp(vec![draft], &hand, clock.ids()).into_iter().map(Ok::<_, ()>);
    drop(DiskBook::create_at(&open::file(&folder.path), register, &mut entries).unwrap());
    let csv = csv();
    for words in [vec!["day"], vec!["roll"], vec!["log"], vec!["import", csv.path().to_str().unwrap()]] {
        folder.stops(&words, 6, "a centre's own always is");
    }
}

#[test]
fn damage_is_told_and_has_its_own_code() {
    let folder = Folder::practice(&["--no-open"]);
    let good = folder.run(&["verify"]);
    assert_eq!(good.code, 0);
    assert!(!good.out.contains("all as they were written"), "what is sealed was not opened: {}", good.out);
    for says in
        ["places, links, digests and signatures hold", "what is sealed, and the keyring", "the one that is named last"]
    {
        assert!(good.out.contains(says), "{}", good.out);
    }
    let deep = folder.run(&["verify", "--deep"]);
    assert!(deep.code == 0 && deep.out.contains("all as they were written"), "{}{}", deep.out, deep.err);
    assert!(!deep.out.contains("Not opened"), "{}", deep.out);
    let file = open::file(&folder.path);
    let mut bytes = std::fs::read(&file).unwrap();
    // Nothing in it can be read: a byte of the first entry's link is one that counts.
    let mut book = folder.book().into_journal();
    let first = book.read(Which::All, Seq::START, 1).unwrap().remove(0);
    drop(book);
    let at = bytes.windows(32).position(|w| w == first.row.link.0).unwrap();
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let bad = folder.run(&["verify"]);
    assert_eq!(bad.code, 6, "{}{}", bad.out, bad.err);
    assert!(bad.err.contains("is damaged") || bad.err.contains("not good"), "{}", bad.err);
    assert!(!bad.err.contains("panicked") && !bad.err.contains("fault of its own"), "{}", bad.err);
    assert_eq!(folder.run(&["practice", "--no-open"]).code, 6);
    std::fs::write(&file, b"").unwrap();
    assert_eq!(folder.run(&["verify"]).code, 6);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_a_quiet_end() {
    let folder = Folder::practice(&["--no-open"]);
    let line = format!("'{}' day --json | head -n 1; echo \"${{PIPESTATUS[0]}}\"", env!("CARGO_BIN_EXE_doorbook"));
    let out = Program::new("bash").args(["-c", &line]).env("DOORBOOK_DATA", &folder.path).output().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), "{\n0\n");
    assert!(out.stderr.is_empty());
}

#[test]
fn a_register_is_made_whole_or_not_at_all() {
    let folder = Folder::new();
    let clock = Clock::standing("Europe/London", "2026-11-21T08:00:00".parse().unwrap()).unwrap();
    open::make(&folder.path, Families::Invented, &clock).unwrap();
    assert!(open::make(&folder.path, Families::None, &clock).is_err());
    let mut opened = open::open(&folder.path, open::Who::Practises).unwrap();
    assert!(!opened.unclean && opened.register.is_practice());
    let taken = opened
        .book
        .read_all()
        .unwrap()
        .into_iter()
        .any(|placed| matches!(placed.entry.event.open(), Some(Event::Day(DayEvent::DeskTaken { .. }))));
    assert!(!taken, "no day is open yet");
}

/// Whatever was written after the day was opened, the roll has the day.
#[test]
fn the_roll_after_an_import_has_the_day() {
    let folder = Folder::practice(&["--no-open"]);
    folder.open_day("2026-11-21T08:56:30");
    let before = folder.run(&["roll"]).out;
    assert!(!before.contains("The day was not opened"), "{before}");
    let csv = csv();
    let says = "Saturday 21 November 2026 is open, and stays as it was opened: 12 sessions, none added or changed";
    let dry = folder.run(&["import", "--dry-run", csv.path().to_str().unwrap()]);
    assert!(dry.out.contains(says), "{}", dry.out);
    let sessions = |folder: &Folder| folder.run(&["day"]).out.lines().filter(|l| l.contains(" with ")).count();
    assert_eq!(sessions(&folder), 12);
    let ran = folder.run(&["import", csv.path().to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains(says), "{}", ran.out);
    assert_eq!(sessions(&folder), 12);
    assert_eq!(folder.run(&["roll"]).out, before);
}

/// What somebody's role does not let them do at the desk they do not do here.
#[test]
fn a_volunteer_imports_nothing_and_takes_nothing_out() {
    let folder = Folder::practice(&["--no-open"]);
    let pass = folder.path.parent().unwrap().join("pass");
    std::io::Write::write_all(&mut doorbook::platform::create_private(&pass).unwrap(), b"practice\n").unwrap();
    let csv = csv();
    let as_sam = ["--number", "2", "--passphrase-file", pass.to_str().unwrap()];
    for words in [vec!["import", csv.path().to_str().unwrap()], vec!["day"], vec!["log"]] {
        let words: Vec<&str> = as_sam.iter().copied().chain(words).collect();
        folder.stops(&words, 7, "This is not for this person's role. Nothing was written.");
    }
    let words: Vec<&str> = as_sam.iter().copied().chain(["roll"]).collect();
    assert_eq!(folder.run(&words).code, 0);
}

/// The page of the manual says every exit code, and no other.
#[test]
fn the_manual_names_the_exit_codes() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manual/command-line.md")).unwrap();
    let said: Vec<u8> =
        page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse::<u8>().ok()).collect();
    assert_eq!(said, [0, 2, 3, 4, 5, 6, 7, 8, 9, 70]);
}
