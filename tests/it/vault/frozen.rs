//! Bytes that stay as they are for ever: with the same randomness the same come out, and those of old still open.
//!
//! `tests/corpus/v2/vault` holds a keyring of a practice register with the passphrases and words that open it, and
//! envelopes sealed with it. A new form gets new files; these are never made anew. `vault-2` is the same since a new epoch has
//! another key for the directory.

use std::fs;
use std::path::PathBuf;

use doorbook::vault::{Keep, Sealer, TagOf, Whose, sign};

use super::*;

const BODY: &[u8] = br#"{"door":{"is":"arrived"}}"#;

/// What is made now.
const NOW: &str = "vault-2";

fn corpus(set: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/v2").join(set).join(name)
}

fn frozen(set: &str, name: &str) -> Vec<u8> {
    fs::read(corpus(set, name)).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything, by one seed, in the order in which it is drawn.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let random = Seeded::new(2026);
    let text = doorbook::vault::words::generate(&random).unwrap();
    let (one, two, three) = (passphrase(&text), passphrase("two of the team"), passphrase("somebody who left"));
    let (mut keys, words) = Keys::create(REGISTER, Kind::Practice, &new(1, &one, &[Group::Concern]), &random).unwrap();
    keys.ensure_file(&case(1), &random).unwrap();
    keys.add(&new(2, &two, &[Group::Concern, Group::Allegation, Group::Lead]), &random).unwrap();
    keys.add(&new(3, &three, &[Group::Concern]), &random).unwrap();
    let first = keys.seal(&random).unwrap();
    let sealer_ = KeyedSealer::with_random(Some(Arc::new(keys.clone())), Box::new(Seeded::new(2027)));
    let mut made = vec![
        ("keyring-1.bin", first.bytes),
        ("body-1.bin", sealer_.seal_body(&ordinary(1), &body(1), BODY).unwrap()),
        ("shell-1.bin", sealer_.seal_shell(&shell(1), &[9; 163]).unwrap()),
        ("account-1.bin", sealer_.seal_account(Group::Concern, &body(1), BODY).unwrap()),
    ];
    keys.remove(&id(3), &random).unwrap();
    let second = keys.seal(&random).unwrap();
    sealer_.exchange(Some(Arc::new(keys.clone())));
    let lasting = Whose { keep: Keep::Lasting, ..ordinary(1) };
    let tags = [TagOf::Day(id(1)), TagOf::NoDay(id(2)), TagOf::File(case(1))].map(|of| hex(&sealer_.tag(of)));
    let note = keys.sign("doorbook.example/7\n12\nlink\n", "doorbook").unwrap();
    let told = format!(
        "1: {}\n2: two of the team\nleft: somebody who left\nsheet: {}\ntags: {}\nfingerprint: {}\n",
        text.as_str(),
        words.text().as_str(),
        tags.join(" "),
        sign::fingerprint(&note)
    );
    made.extend([
        ("keyring-2.bin", second.bytes),
        ("body-2.bin", sealer_.seal_body(&lasting, &body(2), BODY).unwrap()),
        ("shell-2.bin", sealer_.seal_shell(&shell(2), &[9; 163]).unwrap()),
        ("account-2.bin", sealer_.seal_account(Group::Lead, &body(2), BODY).unwrap()),
        ("plain.bin", sealer_.seal_plain(BODY)),
        ("note.txt", note.into_bytes()),
        ("told.txt", told.into_bytes()),
    ]);
    made
}

#[test]
fn the_same_randomness_gives_the_same_bytes() {
    let made = made();
    if std::env::var_os("DOORBOOK_FREEZE").is_some() {
        for (name, bytes) in &made {
            assert!(!corpus(NOW, name).exists(), "{name} is frozen");
            fs::create_dir_all(corpus(NOW, "")).unwrap();
            fs::write(corpus(NOW, name), bytes).unwrap();
        }
    }
    assert_eq!(made.len(), fs::read_dir(corpus(NOW, "")).unwrap().count());
    for (name, bytes) in made {
        assert!(frozen(NOW, name) == bytes, "{name} has changed");
    }
}

#[test]
fn what_was_sealed_of_old_still_opens() {
    ["vault", NOW].iter().for_each(|set| opens_still(set));
}

fn opens_still(set: &str) {
    let told = String::from_utf8(frozen(set, "told.txt")).unwrap();
    let said = |key: &str| told.lines().find_map(|line| line.strip_prefix(&format!("{key}: "))).unwrap();
    let words = RecoveryWords::read(said("sheet")).unwrap();
    let [first, second] = ["keyring-1.bin", "keyring-2.bin"].map(|name| Keyring::read(frozen(set, name)).unwrap());
    assert_eq!((first.version(), first.epoch(), second.version(), second.epoch()), (1, 1, 2, 2));
    let left = first.unlock(3, &passphrase(said("left"))).unwrap();
    let (one, two) =
        (second.unlock(1, &passphrase(said("1"))).unwrap(), second.unlock(2, &passphrase(said("2"))).unwrap());
    let sheet = second.unlock_recovery(&words).unwrap();
    let opened = |keys: &Keys| -> Vec<bool> {
        let sealer = sealer(keys);
        [1, 2]
            .into_iter()
            .flat_map(|n: u8| {
                let file = |what: &str| frozen(set, &format!("{what}-{n}.bin"));
                [
                    opens(sealer.open_body(&body(n), &file("body")), BODY),
                    opens(sealer.open_shell(&shell(n.into()), &file("shell")), &[9; 163]),
                    opens(sealer.open_account(&body(n), &file("account")), BODY),
                ]
            })
            .collect()
    };
    assert_eq!(opened(&one), [true, true, true, true, true, false]);
    assert_eq!(opened(&two), [true; 6]);
    assert_eq!(opened(&sheet), [true; 6]);
    assert_eq!(opened(&left), [true, true, true, false, false, false]);
    let note = String::from_utf8(frozen(set, "note.txt")).unwrap();
    let public = second.person(&id(1)).unwrap().public;
    assert!(sign::verify(&note, "doorbook", &public.ed).is_ok());
    assert_eq!(sign::fingerprint(&note), said("fingerprint"));
    let tags = [TagOf::Day(id(1)), TagOf::NoDay(id(2)), TagOf::File(case(1))].map(|of| hex(&sealer(&one).tag(of)));
    assert_eq!(tags.join(" "), said("tags"));
}
