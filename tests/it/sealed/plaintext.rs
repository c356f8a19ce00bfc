//! No plaintext: what was typed, imported and looked at is in no file, in no encoding, after a kill.

/// Is it there, in whatever case, as UTF-8 or as UTF-16 of either order?
pub(super) fn holds(bytes: &[u8], mark: &str) -> bool {
    let (bytes, mark) = (bytes.to_ascii_lowercase(), mark.to_ascii_lowercase());
    let wide: Vec<u16> = mark.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    [mark.as_bytes(), &little, &big].into_iter().any(|what| {
        let (first, mut rest) = (what[0], &bytes[..]);
        while let Some(at) = rest.iter().position(|byte| *byte == first) {
            if rest[at..].starts_with(what) {
                return true;
            }
            rest = &rest[at + 1..];
        }
        false
    })
}

/// Jean opens the day. An Enter on the heels of the one before is of the same press, and does nothing.
#[cfg(unix)]
fn comes_in(desk: &mut crate::pty::Pty) {
    desk.unlocks("5");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    desk.keys("Enter");
    desk.wait_for("at the desk");
}

#[cfg(unix)]
pub(super) mod typed {
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::holds;
    use crate::pty::{Pty, Setup};

    /// In each name, note and free text.
    const MARK: &str = "zqxwvk";
    /// In each telephone number.
    const PHONE: &str = "07700900";

    /// `zqxwvkaab`: letters alone, so that a name stays as it is.
    pub fn mark(n: usize) -> String {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        format!("Zqxwvk{}{}{}", letter(n / 676), letter(n / 26), letter(n))
    }

    /// 60 families of marked people: five marks each.
    fn csv(folder: &Path) -> usize {
        let (mut families, mut people, mut bookings) = (
            "id,ref,status,opened,closed,service,referrer,notes\n".to_owned(),
            "id,family_id,kind,given,family_name,known_as,dob,relation,phone,residence,permitted,alert\n".to_owned(),
            "id,family_id,weekday,start,end,room,every_weeks,from,to,type\n".to_owned(),
        );
        let mut next = 0;
        let mut new = || {
            next += 1;
            mark(next)
        };
        for n in 1..=60 {
            families += &format!("{n},F26-{n},open,2026-01-05,,supported,self,{}\n", new());
            let family = new();
            people += &format!("{},{n},child,{},{family},,2019-05-01,,,,,\n", 3 * n, new());
            people += &format!("{},{n},party,{},{family},,,mother,{PHONE}{n:03},resident,,\n", 3 * n + 1, new());
            people += &format!("{},{n},party,{},{family},,,father,,non-resident,,\n", 3 * n + 2, new());
            let start = 10 + n % 3;
            bookings += &format!("{n},{n},Sat,{start}:00,{}:00,Oak,1,2026-01-10,,fixed\n", start + 1);
        }
        for (name, text) in [("families.csv", families), ("people.csv", people), ("bookings.csv", bookings)] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        next + 60
    }

    pub fn files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
        }
        found
    }

    /// Every file that holds a mark, by its name.
    pub fn marked(home: &Path) -> Vec<String> {
        let all = files(home);
        assert!(all.iter().any(|path| path.ends_with("register.redb")) && all.len() >= 3, "{all:?}");
        let holds = |path: &&PathBuf| {
            let bytes = std::fs::read(path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            [MARK, PHONE, "07700 900"].iter().any(|mark| holds(&bytes, mark) || name.contains(mark))
        };
        all.iter().filter(holds).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    pub fn types(desk: &mut Pty, text: &str) {
        for letter in text.chars() {
            desk.send(letter.to_string().as_bytes());
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// F8, F8 again, and words in the form.
    fn tells(desk: &mut Pty, words: &str) {
        std::thread::sleep(Duration::from_millis(900));
        for _ in 0..3 {
            if !desk.screen().contains("Two words will do") {
                desk.keys("F8");
                std::thread::sleep(Duration::from_millis(900));
            }
        }
        desk.wait_for("Two words will do");
        types(desk, words);
        desk.wait_for(words);
    }

    fn looks_around(desk: &mut Pty) {
        for keys in ["F9", "F3", "!", "F2", "F7", "F1", "F5"] {
            desk.keys(keys);
            std::thread::sleep(Duration::from_millis(250));
            desk.keys("Esc");
            std::thread::sleep(Duration::from_millis(150));
        }
    }

    #[test]
    fn no_mark_of_three_hundred_is_in_any_file_after_a_kill() {
        let home = tempfile::tempdir().unwrap();
        let (temp, sheets) = (home.path().join("temp"), tempfile::tempdir().unwrap());
        std::fs::create_dir(&temp).unwrap();
        let marks = csv(sheets.path());
        let run = |args: &[&str]| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_doorbook"));
            program.args(args).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home.path()).env("TMPDIR", &temp);
            let out = program.stdin(Stdio::null()).output().unwrap();
            assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
            String::from_utf8(out.stdout).unwrap()
        };
        run(&["practice", "--no-open", "--at", "2026-11-21T09:20"]);
        let (data, practice) = (files(home.path()), "register.redb");
        let data = data.iter().find(|path| path.ends_with(practice)).unwrap().parent().unwrap().to_owned();
        let of = |args: &[&str]| run(&[&["--data", data.to_str().unwrap()], args].concat());
        of(&["import", sheets.path().to_str().unwrap()]);
        // They are there: whoever asks for the day sees them.
        let day = of(&["--at", "2026-11-21T09:25", "day", "--json"]);
        assert!(day.to_lowercase().matches(MARK).count() >= 100, "{day}");
        assert_eq!(marked(home.path()), Vec::<String>::new(), "after the import");

        let setup = Setup::new(&["practice", "--at", "2026-11-21T09:30"]).home(home.path());
        let mut desk = setup.env("TMPDIR", temp.to_str().unwrap()).size(120, 40).start();
        super::comes_in(&mut desk);
        let mut typed = 0;
        for n in 400..406 {
            tells(&mut desk, &mark(n));
            desk.keys("Enter");
            desk.wait_gone("Two words will do");
            typed += 1;
        }
        looks_around(&mut desk);
        // Back in lobby view.
        desk.keys("F5");
        desk.wait_gone("staff view");
        // Found by name: the directory of names is in use.
        types(&mut desk, "zqxwvk");
        desk.wait_until("a marked family", |screen| screen.contents().contains("Zqxwvka"));
        for key in ["Enter", "Esc", "Esc", "Esc"] {
            desk.keys(key);
            std::thread::sleep(Duration::from_millis(300));
        }
        // A draft that nobody saves.
        tells(&mut desk, &mark(500));
        let until = Instant::now() + Duration::from_secs(15);
        let draft = || files(&data).iter().any(|path| path.extension().is_some_and(|ending| ending == "sealed"));
        while !draft() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(draft(), "a draft is kept: {:?}", files(&data));
        let sent = String::from_utf8_lossy(&desk.sent()).into_owned();
        desk.kill();
        // Asked for: the sheets of the day, made at its opening, and the fire roll.
        let asked = ["desk-sheet.txt", "sealed-sheet.txt", "roll.txt", "close.txt"];
        let left: Vec<String> =
            marked(home.path()).into_iter().filter(|name| !asked.contains(&name.as_str())).collect();
        assert_eq!(left, Vec::<String>::new(), "after the kill");
        assert!(marks + typed + 1 >= 300, "{marks} {typed}");
        // Nor in the terminal's title.
        assert!(!sent.contains("\x1b]0;") && !sent.contains("\x1b]2;"), "a title is set");
    }
}

/// What is written after the coordinator's list was looked at is on the screen, as what was written before.
#[cfg(unix)]
#[test]
fn after_a_look_at_the_list_what_is_written_is_counted() {
    let home = tempfile::tempdir().unwrap();
    let nap = || std::thread::sleep(std::time::Duration::from_millis(900));
    let setup = crate::pty::Setup::new(&["practice", "--at", "2026-11-21T09:30"]).home(home.path());
    let mut desk = setup.size(120, 40).start();
    comes_in(&mut desk);
    for (key, count) in [("F9", "1 for Ruth"), ("!", "2 for Ruth"), ("F9", "3 for Ruth")] {
        desk.keys(key);
        nap();
        desk.keys("Esc");
        nap();
        desk.keys("F8");
        desk.wait_for(count);
        nap();
    }
}
