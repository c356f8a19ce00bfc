//! The harness itself.

#[cfg(unix)]
use super::Setup;

#[cfg(unix)]
#[test]
fn the_harness_types_sees_resizes_and_kills() {
    let mut cat = Setup::new(&[]).program("/bin/cat").start();
    cat.keys("Siân Enter");
    // Once from the terminal's own echo, once from the program.
    cat.wait_until("two lines", |screen| screen.contents().matches("Siân").count() == 2);
    cat.resize(100, 30);
    let (rows, columns) = cat.with_screen(vt100::Screen::size);
    assert_eq!((rows.get(), columns.get()), (30, 100));
    assert!(cat.home().is_dir());
    cat.kill();
    assert_ne!(cat.exit_code(), 0);
}

#[cfg(unix)]
#[test]
fn the_harness_gives_exit_codes_and_environment() {
    let script = "-c,printf \"%s-%s\" \"$MARK\" \"$DOORBOOK_DATA\"; stty size; exit 7";
    let args: Vec<&str> = script.split(',').collect();
    let mut shell = Setup::new(&args).program("/bin/sh").env("MARK", "here").size(90, 20).start();
    assert_eq!(shell.exit_code(), 7);
    let screen = shell.screen();
    assert!(screen.contains("here-") && screen.contains("20 90"), "{screen}");
    let home = shell.home().to_owned();
    let again = Setup::new(&["-c", "pwd; sleep 9"]).program("/bin/sh").home(&home).start();
    again.wait_for(home.file_name().unwrap().to_str().unwrap());
}
