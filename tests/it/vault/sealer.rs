//! Envelopes: what is sealed opens in its own place and nowhere else.

use std::sync::Arc;

use doorbook::vault::{
    BodyBound, Envelope, FORMAT, Fault, Group, Keep, KeyedSealer, NullSealer, Opened, SEALED, Sealer, ShellBound,
    TagOf, Whose, method,
};

use super::*;

fn desk() -> (Keys, KeyedSealer) {
    let random = Seeded::new(1);
    let (mut keys, _) = centre(&random);
    keys.ensure_file(&case(1), &random).unwrap();
    keys.ensure_file(&case(2), &random).unwrap();
    let sealer = sealer(&keys);
    (keys, sealer)
}

#[test]
fn a_body_opens_in_its_own_place_alone() {
    let (_, sealer) = desk();
    for length in [0, 1, 127, 128, 300, 5000] {
        let plain = vec![5; length];
        let sealed = sealer.seal_body(&ordinary(1), &body(9), &plain).unwrap();
        assert_eq!(sealed.len(), 18 + 4 + 24 + (length / 128 + 1) * 128 + 16);
        assert!(opens(sealer.open_body(&body(9), &sealed), &plain));
        let elsewhere = BodyBound { register: id(8), entry: id(9) };
        for bound in [body(8), elsewhere] {
            assert_eq!(sealer.open_body(&bound, &sealed), Err(Fault::Damaged));
        }
    }
    let plain = b"what happened";
    let one = sealer.seal_body(&ordinary(1), &body(9), plain).unwrap();
    assert_ne!(one, sealer.seal_body(&ordinary(1), &body(9), plain).unwrap(), "a nonce is drawn each time");
    let lasting = Whose { keep: Keep::Lasting, ..ordinary(1) };
    let two = sealer.seal_body(&lasting, &body(9), plain).unwrap();
    assert_ne!(one[2..18], two[2..18]);
    // Another file's key, with what was sealed under this one's.
    let other = sealer.seal_body(&ordinary(2), &body(9), plain).unwrap();
    let spliced = [&one[..2], &other[2..18], &one[18..]].concat();
    assert_eq!(sealer.open_body(&body(9), &spliced), Err(Fault::Damaged));
}

#[test]
fn a_shell_opens_in_its_own_place_alone() {
    let (_, sealer) = desk();
    let plain = [6; 163];
    let sealed = sealer.seal_shell(&shell(4), &plain).unwrap();
    assert_eq!(sealed.len(), 18 + 4 + 24 + 163 + 16);
    assert!(opens(sealer.open_shell(&shell(4), &sealed), &plain));
    let bound = shell(4);
    let elsewhere = [shell(5), ShellBound { register: id(8), ..bound }, ShellBound { before: [4; 32], ..bound }];
    for bound in elsewhere {
        assert_eq!(sealer.open_shell(&bound, &sealed), Err(Fault::Damaged));
    }
    // A shell is no body, nor a body a shell.
    assert_ne!(sealer.open_body(&body(4), &sealed), Ok(Opened::Open(plain.to_vec())));
    let body_sealed = sealer.seal_body(&ordinary(1), &body(4), &plain).unwrap();
    assert_eq!(sealer.open_shell(&shell(4), &body_sealed), Err(Fault::Damaged));
}

#[test]
fn an_account_opens_for_its_readers_alone() {
    let random = Seeded::new(2);
    let (mut keys, words) = centre(&random);
    let two = passphrase("two");
    keys.add(&new(2, &two, &[]), &random).unwrap();
    keys.add(&new(3, &two, &[Group::Allegation]), &random).unwrap();
    let ring = read(&keys.seal(&random).unwrap());
    let [coordinator, volunteer, lead] = [(1, "one"), (2, "two"), (3, "two")]
        .map(|(number, text)| sealer(&ring.unlock(number, &passphrase(text)).unwrap()));
    let sheet = sealer(&ring.unlock_recovery(&words).unwrap());
    let plain = b"what was said";
    // Whoever writes it need not be a reader.
    let concern = volunteer.seal_account(Group::Concern, &body(1), plain).unwrap();
    let allegation = volunteer.seal_account(Group::Allegation, &body(1), plain).unwrap();
    assert_eq!(concern.len(), 18 + 4 + 32 + 1024 + 16);
    assert!(opens(coordinator.open_account(&body(1), &concern), plain));
    assert!(opens(lead.open_account(&body(1), &allegation), plain));
    for sealed in [&concern, &allegation] {
        assert!(opens(sheet.open_account(&body(1), sealed), plain));
        assert_eq!(volunteer.open_account(&body(1), sealed), Ok(Opened::Closed));
        assert_eq!(sheet.open_account(&body(2), sealed), Err(Fault::Damaged));
    }
    assert_eq!(coordinator.open_account(&body(1), &allegation), Ok(Opened::Closed));
    assert_eq!(lead.open_account(&body(1), &concern), Ok(Opened::Closed));
    // The one group's number on the other's content.
    let mut spliced = concern;
    spliced[17] = Group::Allegation.code();
    assert_eq!(sheet.open_account(&body(1), &spliced), Err(Fault::Damaged));
}

#[test]
fn every_byte_of_an_envelope_counts() {
    let (_, sealer) = desk();
    let plain = b"what happened";
    let body_sealed = sealer.seal_body(&ordinary(1), &body(9), plain).unwrap();
    let shell_sealed = sealer.seal_shell(&shell(4), plain).unwrap();
    let account = sealer.seal_account(Group::Concern, &body(9), plain).unwrap();
    type Open<'a> = Box<dyn Fn(&[u8]) -> Result<Opened, Fault> + 'a>;
    let layers: [(&Vec<u8>, Open); 3] = [
        (&body_sealed, Box::new(|sealed| sealer.open_body(&body(9), sealed))),
        (&shell_sealed, Box::new(|sealed| sealer.open_shell(&shell(4), sealed))),
        (&account, Box::new(|sealed| sealer.open_account(&body(9), sealed))),
    ];
    for (sealed, open) in &layers {
        for at in 0..sealed.len() {
            for flip in [1, 0x80] {
                let mut bad = sealed.to_vec();
                bad[at] ^= flip;
                let opened = open(&bad);
                // The second byte can say that it lies open: the caller then knows, by `is_open`.
                let open_now = Envelope::read(&bad).is_ok_and(|envelope| envelope.is_open());
                assert!(open_now || !matches!(opened, Ok(Opened::Open(_))), "byte {at}");
            }
            assert!(!matches!(open(&sealed[..at]), Ok(Opened::Open(_))), "cut at {at}");
        }
        assert!(open(&[&sealed[..], &[0]].concat()).is_err());
    }
    assert_eq!(sealer.open_body(&body(9), &[3; 40]), Err(Fault::TooNew(3)));
}

#[test]
fn what_lies_open_reads_without_a_key_and_says_so() {
    let (_, sealer) = desk();
    let null = NullSealer::new(REGISTER);
    assert_eq!((null.format(), sealer.format()), (FORMAT, SEALED));
    let plain = sealer.seal_plain(b"ids only");
    assert_eq!(plain, [&[2, 0][..], &[0; 16], b"ids only"].concat());
    assert!(Envelope::read(&plain).unwrap().is_open());
    let old = null.seal_body(&ordinary(1), &body(1), b"{}").unwrap();
    assert_eq!(old, [&[1, 0][..], &[0; 16], b"{}"].concat());
    let locked = KeyedSealer::new(None);
    let sealers: [&dyn Sealer; 3] = [&null, &sealer, &locked];
    for one in sealers {
        assert!(opens(one.open_body(&body(1), &plain), b"ids only"));
        assert!(opens(one.open_shell(&shell(1), &plain), b"ids only"));
        assert!(opens(one.open_body(&body(1), &old), b"{}"));
    }
    let sealed = sealer.seal_body(&ordinary(1), &body(1), b"closed").unwrap();
    assert_eq!(Envelope::read(&sealed).unwrap().method, method::SEALED);
    assert!(!Envelope::read(&sealed).unwrap().is_open());
    assert_eq!(null.open_body(&body(1), &sealed), Ok(Opened::Closed));
    assert_eq!(locked.open_body(&body(1), &sealed), Ok(Opened::Closed));
    // A later method of the same format.
    let later = [&[2, 9][..], &sealed[2..]].concat();
    assert_eq!(sealer.open_body(&body(1), &later), Ok(Opened::Closed));
}

#[test]
fn keys_are_exchanged_for_all_that_share_them() {
    let (keys, sealer) = desk();
    let elsewhere = sealer.clone();
    let sealed = sealer.seal_body(&ordinary(1), &body(1), b"x").unwrap();
    let tag = sealer.tag(TagOf::Day(id(1)));
    let seal_shell = std::thread::spawn(move || {
        assert!(opens(elsewhere.open_body(&body(1), &sealed), b"x"));
        assert!(elsewhere.exchange(None).is_some());
        elsewhere
    });
    let elsewhere = seal_shell.join().unwrap();
    assert!(sealer.keys().is_none());
    assert_eq!(sealer.seal_body(&ordinary(1), &body(1), b"x"), Err(Fault::NoKey));
    assert_eq!(sealer.seal_shell(&shell(1), b"x"), Err(Fault::NoKey));
    assert_eq!(sealer.seal_account(Group::Concern, &body(1), b"x"), Err(Fault::NoKey));
    assert_eq!(sealer.tag(TagOf::Day(id(1))), [0; 16]);
    assert!(sealer.exchange(Some(Arc::new(keys))).is_none());
    assert_eq!(elsewhere.tag(TagOf::Day(id(1))), tag);
}

#[test]
fn a_file_without_its_key_is_neither_sealed_nor_opened() {
    let (mut keys, sealer_) = desk();
    assert_eq!(sealer_.seal_body(&ordinary(3), &body(1), b"x"), Err(Fault::NoKey));
    let lasting = Whose { keep: Keep::Lasting, ..ordinary(1) };
    let (one, two) = (
        sealer_.seal_body(&ordinary(1), &body(1), b"x").unwrap(),
        sealer_.seal_body(&lasting, &body(1), b"x").unwrap(),
    );
    assert!(keys.has_file(&ordinary(1)));
    assert!(keys.drop_file(&ordinary(1)));
    assert!(!keys.drop_file(&ordinary(1)));
    assert!(!keys.has_file(&ordinary(1)) && keys.has_file(&lasting));
    let after = sealer(&keys);
    assert_eq!(after.open_body(&body(1), &one), Ok(Opened::Closed));
    assert!(opens(after.open_body(&body(1), &two), b"x"));
    let ring = read(&keys.seal(&Seeded::new(5)).unwrap());
    let again = sealer(&ring.unlock(1, &passphrase("one")).unwrap());
    assert_eq!(again.open_body(&body(1), &one), Ok(Opened::Closed));
    assert!(opens(again.open_body(&body(1), &two), b"x"));
}

#[test]
fn tags_outlive_epochs_and_people() {
    let random = Seeded::new(3);
    let (mut keys, _) = centre(&random);
    let tag = |keys: &Keys| sealer(keys).tag(TagOf::File(case(1)));
    let before = tag(&keys);
    let two = passphrase("two");
    keys.add(&new(2, &two, &[]), &random).unwrap();
    let shelf = sealer(&keys).seal_shelf(b"place", b"a name").unwrap();
    assert!(sealer(&keys).open_shelf(b"place", &shelf).is_ok());
    keys.remove(&id(2), &random).unwrap();
    assert!(sealer(&keys).open_shelf(b"place", &shelf).is_err(), "the directory's key outlives none");
    assert_eq!(tag(&keys), before);
    assert_ne!(before, NullSealer::new(REGISTER).tag(TagOf::File(case(1))));
    let all = [TagOf::Day(id(1)), TagOf::NoDay(id(1)), TagOf::File(case(1))].map(|of| sealer(&keys).tag(of));
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
}
