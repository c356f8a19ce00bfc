//! The keyring file: whole or refused by name, whatever its bytes.

use doorbook::vault::{Keep, KeyringFault, KeysFault, UnlockFault, Waiting, Whose};

use super::*;

/// Two people, two epochs, groups, three files.
fn ring() -> (Keyring, RecoveryWords) {
    let random = Seeded::new(10);
    let (mut keys, words) = centre(&random);
    let (two, three) = (passphrase("two"), passphrase("three"));
    keys.add(&new(2, &two, &[Group::Allegation]), &random).unwrap();
    keys.add(&new(3, &three, &[]), &random).unwrap();
    keys.remove(&id(3), &random).unwrap();
    keys.ensure_files(&[case(1), case(2), case(3)], &random).unwrap();
    (read(&keys.seal(&random).unwrap()), words)
}

/// As somebody would who can write the file and knows its form.
fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 32;
    let sum = *blake3::hash(&bytes[..end]).as_bytes();
    bytes[end..].copy_from_slice(&sum);
    bytes
}

#[test]
fn it_comes_back_as_it_was_written() {
    let (ring, words) = ring();
    assert_eq!((ring.version(), ring.epoch(), ring.kind()), (1, 2, Kind::Practice));
    assert_eq!(ring.people().iter().map(|person| person.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(ring.readers(Group::Concern), [id(1)]);
    assert_eq!(ring.readers(Group::Allegation), [id(2)]);
    // Nobody but the sheet holds what was sealed to a group before it had a reader.
    assert_eq!(ring.waiting(), [Waiting { person: id(2), group: Group::Allegation, generation: 1 }]);
    let keys = ring.unlock(1, &passphrase("ONE ")).unwrap();
    assert_eq!((*keys.me(), keys.file_keys(), keys.changed()), (id(1), 6, false));
    assert!(keys.has_file(&Whose { file: case(2), keep: Keep::Lasting }));
    assert!(keys.reads(Group::Concern) && !keys.reads(Group::Allegation));
    let other = ring.unlock(2, &passphrase("two")).unwrap();
    assert_eq!(other.directory_key().bytes(), keys.directory_key().bytes());
    assert_ne!(other.own_key().bytes(), keys.own_key().bytes());
    let sheet = ring.unlock_recovery(&words).unwrap();
    assert!(Group::ALL.into_iter().all(|group| sheet.reads(group)));
    assert_eq!(ring.confirm(2, &passphrase("two")), Ok(id(2)));
    assert_eq!(ring.confirm(2, &passphrase("one")), Err(UnlockFault::Wrong));
}

#[test]
fn a_wrong_passphrase_is_told_from_damage() {
    let (ring, _) = ring();
    let fault = |number, text: &str| ring.unlock(number, &passphrase(text)).unwrap_err();
    assert_eq!(fault(1, "two"), UnlockFault::Wrong);
    assert_eq!(fault(3, "three"), UnlockFault::NoSuch);
    assert_eq!(fault(9, "one"), UnlockFault::NoSuch);
    let (_, other) = centre(&Seeded::new(11));
    assert_eq!(ring.unlock_recovery(&other).unwrap_err(), UnlockFault::OtherSheet);
}

#[test]
fn every_byte_flipped_is_refused_by_the_sum() {
    let (ring, _) = ring();
    for at in 0..ring.to_bytes().len() {
        for flip in [1, 0x80] {
            let mut bytes = ring.to_bytes().to_vec();
            bytes[at] ^= flip;
            let fault = Keyring::read(&bytes).unwrap_err();
            let said = match at {
                0..8 => fault == KeyringFault::NotOne,
                8 => matches!(fault, KeyringFault::TooNew(_) | KeyringFault::Nonsense(_)),
                // A count that asks for more than there is.
                _ => matches!(fault, KeyringFault::Sum | KeyringFault::Cut),
            };
            assert!(said, "byte {at}: {fault:?}");
        }
    }
}

#[test]
fn every_byte_flipped_and_summed_again_opens_for_nobody() {
    let (ring, words) = ring();
    let mut named = [0; 4];
    for at in 0..ring.to_bytes().len() - 32 {
        let mut bytes = ring.to_bytes().to_vec();
        bytes[at] ^= 1;
        let Ok(read) = Keyring::read(summed(bytes)) else {
            named[0] += 1;
            continue;
        };
        for (number, text) in [(1, "one"), (2, "two")] {
            match read.unlock(number, &passphrase(text)).unwrap_err() {
                UnlockFault::Damaged(_) | UnlockFault::Slot => named[1] += 1,
                UnlockFault::Wrong | UnlockFault::NoSuch => named[2] += 1,
                fault => panic!("byte {at}: {fault:?}"),
            }
        }
        assert!(matches!(
            read.unlock_recovery(&words),
            Err(UnlockFault::Damaged(_) | UnlockFault::Slot | UnlockFault::OtherSheet)
        ));
        named[3] += 1;
    }
    // Each of the refusals was met.
    assert!(named.iter().all(|count| *count > 20), "{named:?}");
}

#[test]
fn cut_anywhere_it_is_refused() {
    let (ring, _) = ring();
    let bytes = ring.to_bytes();
    for end in 0..bytes.len() {
        let fault = Keyring::read(&bytes[..end]).unwrap_err();
        let said = if end < 8 { fault == KeyringFault::NotOne } else { fault == KeyringFault::Cut };
        assert!(said, "{end}: {fault:?}");
        if end > 40 {
            assert!(Keyring::read(summed(bytes[..end].to_vec())).is_err(), "{end}");
        }
    }
    let longer = [bytes, &[0; 48]].concat();
    assert_eq!(Keyring::read(&longer), Err(KeyringFault::Sum));
    assert!(matches!(Keyring::read(summed(longer)), Err(KeyringFault::Nonsense(_))));
}

#[test]
fn no_count_makes_room() {
    let (ring, _) = ring();
    // The counts of people, and (with nobody) of the rest, at their greatest.
    let mut bytes = ring.to_bytes()[..38].to_vec();
    for count in [&[255, 255][..], &[&[0, 0][..], &[0; 64], &[0, 0], &[255; 4]].concat()] {
        bytes.truncate(38);
        bytes.extend_from_slice(count);
        bytes.extend_from_slice(&[0; 64]);
        assert!(matches!(Keyring::read(summed(bytes.clone())), Err(KeyringFault::Cut)));
    }
}

#[test]
fn a_real_register_keeps_no_passphrase_cheaply() {
    let random = Seeded::new(12);
    let one = passphrase("one");
    let cheap = new(1, &one, &[]);
    assert_eq!(Keys::create(REGISTER, Kind::Real, &cheap, &random).unwrap_err(), KeysFault::Kdf);
    let floor = NewPerson { kdf: Kdf::FLOOR, ..cheap };
    let (mut keys, _) = Keys::create(REGISTER, Kind::Real, &floor, &random).unwrap();
    let two = passphrase("two");
    assert_eq!(keys.clone().add(&new(2, &two, &[]), &random), Err(KeysFault::Kdf));
    let dear = NewPerson { kdf: Kdf { m_kib: Kdf::CEILING.m_kib + 1, t: 3 }, ..cheap };
    assert_eq!(Keys::create(REGISTER, Kind::Real, &dear, &random).unwrap_err(), KeysFault::Kdf);
    let none = passphrase(" - ");
    assert_eq!(keys.clone().add(&new(2, &none, &[]), &random), Err(KeysFault::Empty));
    // Made a practice register's by hand, and back.
    let change = keys.seal(&random).unwrap();
    let mut bytes = change.bytes.clone();
    bytes[9] = 1;
    let read = Keyring::read(summed(bytes)).unwrap();
    assert_eq!(read.unlock(1, &one).unwrap_err(), UnlockFault::Damaged("its check"));
    let mut practice = ring().0.to_bytes().to_vec();
    practice[9] = 0;
    assert_eq!(Keyring::read(summed(practice)), Err(KeyringFault::Weak));
    assert!(Keyring::read(&change.bytes).unwrap().unlock(1, &one).is_ok());
}

#[test]
fn fifty_thousand_families_are_found() {
    let random = Seeded::new(13);
    let (mut keys, _) = centre(&random);
    let file = |n: u32| -> [u8; 17] {
        let mut file = [2; 17];
        file[1..5].copy_from_slice(&n.to_le_bytes());
        file
    };
    // In two goes, so that the second is put between those of the first.
    for part in [0, 1] {
        let files: Vec<_> = (0..2000).filter(|n| n % 2 == part).map(file).collect();
        assert_eq!(keys.ensure_files(&files, &random).unwrap(), 2000);
        assert_eq!(keys.ensure_files(&files, &random).unwrap(), 0);
    }
    let ring = read(&keys.seal(&random).unwrap());
    let mut again = ring.unlock(1, &passphrase("one")).unwrap();
    assert_eq!(again.file_keys(), 4000);
    assert!((0..2000).all(|n| again.has_file(&Whose { file: file(n), keep: Keep::Lasting })));
    assert!(again.drop_file(&Whose { file: file(0), keep: Keep::Lasting }));
    assert!(again.ensure_file(&file(0), &random).unwrap());
    assert_eq!(again.file_keys(), 4000);
}
