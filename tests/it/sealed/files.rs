//! Where a passphrase may come from, and what is followed, of a sealed register's small files.

use std::process::{Command, Stdio};

use doorbook::run::house::PRACTICE;

use super::{Centre, put};

fn run(centre: &Centre, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbook"));
    command.args(args).env("DOORBOOK_DATA", centre.folder()).env("HOME", centre.folder().parent().unwrap());
    for name in ["DOORBOOK_PASSPHRASE", "PASSPHRASE"] {
        command.env(name, PRACTICE);
    }
    let out = command.stdin(Stdio::null()).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap())
}

#[test]
fn a_passphrase_is_no_argument_and_no_variable() {
    let centre = Centre::new();
    for args in [["--passphrase", PRACTICE, "day"], ["--password", PRACTICE, "day"], ["-p", PRACTICE, "day"]] {
        assert_eq!(run(&centre, &args).0, 2, "{args:?}");
    }
    let help = run(&centre, &["--help"]).1;
    assert!(!help.contains("_PASSPHRASE"), "{help}");
}

#[cfg(unix)]
#[test]
fn a_passphrase_file_that_others_may_read_or_that_is_a_link_is_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let centre = Centre::new();
    let file = centre.folder().join("words");
    put(&file, PRACTICE.as_bytes());
    let args = |file: &std::path::Path| ["--passphrase-file".to_owned(), file.display().to_string(), "day".to_owned()];
    let ran = |file: &std::path::Path| {
        let args = args(file);
        run(&centre, &args.each_ref().map(String::as_str))
    };
    assert_eq!(ran(&file).0, 0, "{}", ran(&file).1);
    let link = centre.folder().join("link");
    symlink(&file, &link).unwrap();
    assert_eq!(ran(&link).0, 2);
    for mode in [0o640, 0o604, 0o666] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let (code, says) = ran(&file);
        assert!(code == 2 && says.contains("cannot be read"), "{mode:o}: {code} {says}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_keyring_the_book_or_a_draft_is_not_followed() {
    use std::os::unix::fs::symlink;
    for name in ["keyring", "register.redb"] {
        let centre = Centre::new();
        let (at, aside) = (centre.folder().join(name), centre.folder().join("aside"));
        std::fs::rename(&at, &aside).unwrap();
        symlink(&aside, &at).unwrap();
        let before = std::fs::read(&aside).unwrap();
        assert_ne!(run(&centre, &["day"]).0, 0, "{name}");
        assert!(before == std::fs::read(&aside).unwrap());
        assert!(at.symlink_metadata().unwrap().is_symlink(), "{name}");
    }
    let centre = Centre::new();
    let jean = uuid::Uuid::from_bytes(*centre.keys(5, PRACTICE).me());
    let aside = centre.folder().join("aside");
    put(&aside, b"words of somebody else");
    symlink(&aside, centre.folder().join(format!("draft-{jean}.sealed"))).unwrap();
    let house = doorbook::run::house::House::of(&centre.folder());
    house.take(Some(std::sync::Arc::new(centre.keys(5, PRACTICE))));
    assert!(doorbook::run::Papers::sealed(&centre.folder(), house.sealer()).drafts().is_empty());
}
