//! The commands beside a desk: who is in, how the machine is, what a shell completes.

use doorbook::run::open;

use crate::cli::Folder;
use crate::made::Made;

/// Every name of a person in the practice register, and every name that somebody is called by.
fn names() -> Vec<String> {
    let made = Made::practice("09:40");
    let mut names: Vec<String> = Vec::new();
    for case in made.register.cases.values() {
        for member in &case.people {
            names.extend([member.given.to_string(), member.family.to_string(), member.called().to_owned()]);
        }
    }
    names.extend(made.register.team.values().map(|card| card.given.to_string()));
    names.retain(|name| name.chars().count() > 2);
    assert!(names.len() > 30, "{names:?}");
    names
}

fn holds_no_name(text: &str) {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    for name in names() {
        assert!(!words.contains(&name.as_str()), "{name} in {text}");
    }
}

#[test]
fn the_roll_is_that_of_the_screen_and_writes_only_that_it_was_asked_for() {
    let folder = Folder::practice(&["--no-open"]);
    let ran = folder.run(&["roll"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Who is in") && ran.out.contains("The day was not opened"), "{}", ran.out);
    folder.open_day("2026-11-21T08:56:30");
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["roll", "--json"]).out).unwrap();
    assert_eq!(json["date"], "2026-11-21");
    assert_eq!(json["opened"], "2026-11-21T08:56:30+00:00");
    let team: Vec<&serde_json::Value> = json["people"].as_array().unwrap().iter().collect();
    let text = folder.run(&["roll"]).out;
    for one in &team {
        assert!(text.contains(one["name"].as_str().unwrap()), "{text}");
    }
    let now = folder.book().head().seq.0;
    folder.run(&["roll"]);
    assert_eq!(folder.book().head().seq.0, now + 1, "that it was asked for, and nothing else");
}

#[test]
fn doctor_finds_a_good_register_good_and_names_nobody() {
    let folder = Folder::practice(&["--no-open"]);
    folder.open_day("2026-11-21T08:56:30");
    let before = std::fs::read(open::file(&folder.path)).unwrap();
    let ran = folder.run(&["doctor"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("Nothing is wrong.") && ran.out.contains("entries hold by their links"), "{}", ran.out);
    holds_no_name(&ran.out);
    let ran = folder.run(&["doctor", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let of = |about: &str| json["findings"].as_array().unwrap().iter().find(|f| f["about"] == about).unwrap().clone();
    assert!(of("disk")["figures"]["flush_p50_ms"].as_f64().unwrap() >= 0.0);
    for about in
        ["versions", "preferences", "folder", "files", "size", "use", "zone", "clock", "terminal", "text", "memory"]
    {
        assert!(
            of(about)["says"].as_str().unwrap().ends_with(['.', 'k']) || about == "folder",
            "{about}: {}",
            of(about)
        );
    }
    holds_no_name(&ran.out);
    assert!(before == std::fs::read(open::file(&folder.path)).unwrap());
    assert!(!folder.run(&["doctor"]).out.contains("not Doorbook's"), "the directory is its own");
    let mut names: Vec<_> = folder.path.read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["directory.redb", "keyring", "register.redb"], "its own file is gone");
}

#[test]
fn doctor_goes_on_over_whatever_is_wrong() {
    let folder = Folder::new();
    let ran = folder.run(&["doctor"]);
    assert!(ran.code == 4 && ran.out.contains("There is no folder"), "{}", ran.out);
    assert!(!folder.path.exists());
    let folder = Folder::practice(&["--no-open"]);
    let file = open::file(&folder.path);
    let whole = std::fs::read(&file).unwrap();
    {
        let _desk = folder.book();
        let ran = folder.run(&["doctor"]);
        assert!(ran.code == 0 && ran.out.contains("A desk has it open now"), "{}", ran.out);
        assert!(matches!(folder.run(&["roll"]).code, 0 | 5));
    }
    let mut bytes = whole.clone();
    bytes.iter_mut().skip(8192).step_by(512).for_each(|byte| *byte ^= 1);
    std::fs::write(&file, &bytes).unwrap();
    let ran = folder.run(&["doctor"]);
    assert!(ran.code == 6 && ran.out.contains("WRONG") && ran.out.contains("doorbook salvage"), "{}", ran.out);
    assert!(ran.out.contains("memory") && std::fs::read(&file).unwrap() == bytes);
    std::fs::write(&file, &whole).unwrap();
    let config = folder.path.parent().unwrap().join("bad.toml");
    std::fs::write(&config, "colour = 3\n").unwrap();
    let ran = folder.run(&["--config", config.to_str().unwrap(), "doctor"]);
    assert!(ran.code == 2 && ran.out.contains("is not a preference") && ran.out.contains("memory"), "{}", ran.out);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let ran = folder.run(&["doctor"]);
        assert!(ran.code == 7 && ran.out.contains("chmod 600"), "{}", ran.out);
    }
}

#[test]
fn every_shell_is_given_its_completions() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("salvage") && ran.out.contains("doctor"), "{shell}: {}", ran.err);
    }
    assert!(!folder.path.exists());
    assert_eq!(folder.run(&["completions", "cmd"]).code, 2);
}
