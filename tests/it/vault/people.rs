//! Who has a key, and what it opens after somebody came, went, forgot or changed.

use doorbook::vault::{KeysFault, Opened, RECOVERY, Sealer, System, UnlockFault, Waiting};
use proptest::prelude::*;

use super::*;

/// A body, a shell and an account of each group, sealed with some keys.
struct Written {
    body: Vec<u8>,
    shell: Vec<u8>,
    accounts: [Vec<u8>; 4],
}

const PLAIN: &[u8] = b"what happened";

fn write(keys: &Keys) -> Written {
    let sealer = sealer(keys);
    Written {
        body: sealer.seal_body(&ordinary(1), &body(1), PLAIN).unwrap(),
        shell: sealer.seal_shell(&shell(1), PLAIN).unwrap(),
        accounts: Group::ALL.map(|group| sealer.seal_account(group, &body(1), PLAIN).unwrap()),
    }
}

impl Written {
    /// What of it these keys open: body, shell, each account.
    fn opened(&self, keys: &Keys) -> [bool; 6] {
        let sealer = sealer(keys);
        let account = |at: usize| opens(sealer.open_account(&body(1), &self.accounts[at]), PLAIN);
        [
            opens(sealer.open_body(&body(1), &self.body), PLAIN),
            opens(sealer.open_shell(&shell(1), &self.shell), PLAIN),
            account(0),
            account(1),
            account(2),
            account(3),
        ]
    }
}

/// The coordinator (1), a volunteer (2) and a lead (3), as they stand in the file.
fn three() -> (Keys, RecoveryWords, Seeded) {
    let random = Seeded::new(20);
    let (mut keys, words) = centre(&random);
    keys.ensure_file(&case(1), &random).unwrap();
    let (two, three) = (passphrase("two"), passphrase("three"));
    keys.add(&new(2, &two, &[]), &random).unwrap();
    keys.add(&new(3, &three, &[Group::Concern, Group::Allegation, Group::Lead]), &random).unwrap();
    (keys, words, random)
}

fn unlock(change: &Change, number: u8, text: &str) -> Keys {
    read(change).unlock(number, &passphrase(text)).unwrap()
}

#[test]
fn whoever_was_removed_opens_nothing_written_after() {
    let (mut keys, words, random) = three();
    let before = keys.seal(&random).unwrap();
    let old = write(&keys);
    let gone = unlock(&before, 3, "three");
    assert_eq!(old.opened(&gone), [true, true, true, true, true, false]);
    keys.remove(&id(3), &random).unwrap();
    let after = keys.seal(&random).unwrap();
    assert_eq!((after.version, after.epoch, after.came.len()), (2, 2, 0));
    assert_eq!(after.went, [(id(3), read(&before).person(&id(3)).unwrap().public)]);
    let new = write(&keys);
    assert_eq!(new.opened(&gone), [false; 6]);
    assert_eq!(read(&after).unlock(3, &passphrase("three")).unwrap_err(), UnlockFault::NoSuch);
    // Whoever stays reads all, from before and since.
    for (number, text, concern) in [(1, "one", true), (2, "two", false)] {
        let stays = unlock(&after, number, text);
        for written in [&old, &new] {
            assert_eq!(written.opened(&stays), [true, true, concern, false, false, false]);
        }
    }
    let sheet = read(&after).unlock_recovery(&words).unwrap();
    assert_eq!(old.opened(&sheet), [true; 6]);
    assert_eq!(new.opened(&sheet), [true; 6]);
}

#[test]
fn an_old_passphrase_and_an_old_copy_open_nothing_after_a_change() {
    let (mut keys, words, random) = three();
    let before = keys.seal(&random).unwrap();
    let (old_lead, old) = (unlock(&before, 3, "three"), write(&keys));
    let mut lead = old_lead.clone();
    lead.change_passphrase(&passphrase("four"), Kdf::PRACTICE, &Group::ALL, &random).unwrap();
    let after = lead.seal(&random).unwrap();
    assert_eq!((after.came.len(), after.went.len(), after.epoch), (1, 1, 2));
    assert_eq!(read(&after).unlock(3, &passphrase("three")).unwrap_err(), UnlockFault::Wrong);
    let again = unlock(&after, 3, "four");
    assert_eq!(again.own_key().bytes(), lead.own_key().bytes());
    assert_ne!(again.own_key().bytes(), old_lead.own_key().bytes());
    let new = write(&again);
    assert_eq!(old.opened(&again), [true, true, true, true, true, false]);
    assert_eq!(new.opened(&again), [true, true, true, true, true, false]);
    assert_eq!(new.opened(&old_lead), [false; 6]);
    // Who reads with them has lost nothing.
    let one = unlock(&after, 1, "one");
    assert_eq!(
        (old.opened(&one), new.opened(&one)),
        ([true, true, true, false, false, false], [true, true, true, false, false, false])
    );
    assert_eq!(new.opened(&read(&after).unlock_recovery(&words).unwrap()), [true; 6]);
}

#[test]
fn a_forgotten_passphrase_is_reset_by_another_coordinator_or_the_sheet() {
    let (mut keys, words, random) = three();
    let before = keys.seal(&random).unwrap();
    let (old_lead, old) = (unlock(&before, 3, "three"), write(&keys));
    // By the coordinator, who reads concerns only: the rest waits.
    keys.reset(&id(3), &passphrase("four"), Kdf::PRACTICE, &random).unwrap();
    let after = keys.seal(&random).unwrap();
    let lead = unlock(&after, 3, "four");
    let waits = |group| [1, 2].map(|generation| Waiting { person: id(3), group, generation });
    assert_eq!(read(&after).waiting(), [waits(Group::Allegation), waits(Group::Lead)].concat());
    assert_eq!(old.opened(&lead), [true, true, true, false, false, false]);
    let new = write(&keys);
    assert_eq!(new.opened(&lead), [true, true, true, true, true, false]);
    assert_eq!(new.opened(&old_lead), [false; 6]);
    // The sheet holds what waits, and gives it.
    let mut sheet = read(&after).unlock_recovery(&words).unwrap();
    assert_eq!(sheet.give(&id(3), Group::Allegation, &random), Ok(2));
    assert_eq!(sheet.give(&id(3), Group::Lead, &random), Ok(2));
    assert_eq!(sheet.give(&id(3), Group::Lead, &random), Ok(0));
    assert_eq!(sheet.give(&id(2), Group::Lead, &random), Err(KeysFault::NoSuch));
    let given = sheet.seal(&random).unwrap();
    assert!(read(&given).waiting().is_empty());
    assert_eq!(old.opened(&unlock(&given, 3, "four")), [true, true, true, true, true, false]);
    // By the sheet alone: nothing waits.
    let mut sheet = read(&before).unlock_recovery(&words).unwrap();
    sheet.reset(&id(3), &passphrase("five"), Kdf::PRACTICE, &random).unwrap();
    let change = sheet.seal(&random).unwrap();
    assert!(read(&change).waiting().is_empty());
    assert_eq!(old.opened(&unlock(&change, 3, "five")), [true, true, true, true, true, false]);
}

#[test]
fn another_sheet_takes_the_place_of_a_lost_one() {
    let (mut keys, words, random) = three();
    let before = keys.seal(&random).unwrap();
    let (old_sheet, old) = (read(&before).unlock_recovery(&words).unwrap(), write(&keys));
    let next = keys.remake_recovery(&random).unwrap();
    let after = keys.seal(&random).unwrap();
    assert_eq!(after.came[0].0, RECOVERY);
    assert_eq!(read(&after).unlock_recovery(&words).unwrap_err(), UnlockFault::OtherSheet);
    let new = write(&keys);
    assert_eq!(new.opened(&old_sheet), [false; 6]);
    let mut sheet = read(&after).unlock_recovery(&next).unwrap();
    assert_eq!(new.opened(&sheet), [true; 6]);
    // What the coordinator does not hold waits for who does: the lead gives theirs.
    assert_eq!(old.opened(&sheet), [true, true, true, false, false, false]);
    assert_eq!(sheet.remake_recovery(&random).unwrap_err(), KeysFault::Yourself);
    let mut lead = unlock(&after, 3, "three");
    assert_eq!(lead.give(&RECOVERY, Group::Allegation, &random), Ok(1));
    let given = lead.seal(&random).unwrap();
    let sheet = read(&given).unlock_recovery(&next).unwrap();
    assert_eq!(old.opened(&sheet), [true, true, true, true, false, false]);
}

#[test]
fn a_role_lost_reads_no_more_and_a_role_given_reads_what_can_be_given() {
    let (mut keys, _, random) = three();
    let before = keys.seal(&random).unwrap();
    let (lead, old) = (unlock(&before, 3, "three"), write(&keys));
    keys.set_readers(&id(3), &[Group::Allegation], &random).unwrap();
    keys.set_readers(&id(2), &[Group::Concern, Group::Chair], &random).unwrap();
    let after = keys.seal(&random).unwrap();
    assert_eq!(after.epoch, 1, "nobody's key has stopped counting");
    let new = write(&keys);
    assert_eq!(new.opened(&lead), [true, true, false, true, false, false], "with the old copy");
    assert_eq!(new.opened(&unlock(&after, 3, "three")), [true, true, false, true, false, false]);
    assert_eq!(old.opened(&unlock(&after, 3, "three")), [true, true, false, true, false, false]);
    let two = unlock(&after, 2, "two");
    assert_eq!(new.opened(&two), [true, true, true, false, false, true]);
    assert_eq!(old.opened(&two), [true, true, true, false, false, false]);
    let waits = |of, group| Waiting { person: id(of), group, generation: 1 };
    assert_eq!(read(&after).waiting(), [waits(3, Group::Allegation), waits(2, Group::Chair)]);
    // One's own role, given up.
    keys.set_readers(&id(1), &[], &random).unwrap();
    assert!(!keys.reads(Group::Concern));
    assert_eq!(write(&keys).opened(&keys), [true, true, false, false, false, false]);
    assert_eq!(keys.set_readers(&id(9), &[], &random), Err(KeysFault::NoSuch));
}

#[test]
fn what_cannot_be_is_refused() {
    let (mut keys, words, random) = three();
    let four = passphrase("four");
    assert_eq!(keys.add(&new(2, &four, &[]), &random), Err(KeysFault::Already));
    assert_eq!(keys.add(&NewPerson { id: id(9), ..new(2, &four, &[]) }, &random), Err(KeysFault::NumberTaken));
    assert_eq!(keys.add(&NewPerson { id: RECOVERY, ..new(9, &four, &[]) }, &random), Err(KeysFault::Already));
    assert_eq!(keys.remove(&id(1), &random), Err(KeysFault::Yourself));
    assert_eq!(keys.remove(&id(9), &random), Err(KeysFault::NoSuch));
    assert_eq!(keys.reset(&id(1), &four, Kdf::PRACTICE, &random), Err(KeysFault::Yourself));
    assert_eq!(keys.reset(&id(9), &four, Kdf::PRACTICE, &random), Err(KeysFault::NoSuch));
    let ring = read(&keys.seal(&random).unwrap());
    let mut sheet = ring.unlock_recovery(&words).unwrap();
    assert_eq!(sheet.change_passphrase(&four, Kdf::PRACTICE, &Group::ALL, &random), Err(KeysFault::NoSuch));
    for person in [1, 2] {
        sheet.remove(&id(person), &random).unwrap();
    }
    assert_eq!(sheet.remove(&id(3), &random), Err(KeysFault::Last));
    let note = keys.sign("Closed\n", "desk").unwrap();
    let public = ring.person(&id(1)).unwrap().public;
    assert_eq!(doorbook::vault::sign::verify(&note, "desk", &public.ed), Ok("Closed\n"));
}

/// One change, by whom (one of those there are, or the sheet), to whom.
#[derive(Debug, Clone)]
struct Step {
    what: u8,
    by: u8,
    whom: u8,
    groups: u8,
}

fn step() -> impl Strategy<Value = Step> {
    (0..7u8, any::<u8>(), any::<u8>(), 0..16u8).prop_map(|(what, by, whom, groups)| Step { what, by, whom, groups })
}

/// The register as it should be.
struct World {
    file: Change,
    words: RecoveryWords,
    /// Number, passphrase, groups.
    people: Vec<(u8, String, Vec<Group>)>,
    next: u8,
    /// What somebody kept: their keys, and the passphrase that counted then.
    kept: Vec<(Keys, u8, String)>,
    /// Who stopped reading: their keys then, and the group.
    stopped: Vec<(Keys, Group)>,
    written: Vec<Written>,
}

impl World {
    fn new() -> Self {
        let (mut keys, words) = centre(&System);
        keys.ensure_file(&case(1), &System).unwrap();
        let file = keys.seal(&System).unwrap();
        let people = vec![(1, "one".to_owned(), vec![Group::Concern])];
        let written = vec![write(&keys)];
        Self { file, words, people, next: 2, kept: Vec::new(), stopped: Vec::new(), written }
    }

    fn keys(&self, at: usize) -> Keys {
        unlock(&self.file, self.people[at].0, &self.people[at].1)
    }

    fn sheet(&self) -> Keys {
        read(&self.file).unlock_recovery(&self.words).unwrap()
    }

    fn step(&mut self, step: &Step) {
        let (by, whom) = (usize::from(step.by) % (self.people.len() + 1), usize::from(step.whom) % self.people.len());
        let mut keys = if by == self.people.len() { self.sheet() } else { self.keys(by) };
        let groups: Vec<Group> =
            Group::ALL.into_iter().filter(|group| step.groups >> (group.code() - 1) & 1 == 1).collect();
        let (number, text, _) = self.people[whom].clone();
        let fresh = format!("passphrase {}", self.next);
        let secret = passphrase(&fresh);
        let old = self.keys(whom);
        match step.what {
            0 | 1 if self.people.len() < 5 => {
                keys.add(&new(self.next, &secret, &groups), &System).unwrap();
                self.people.push((self.next, fresh, groups));
            }
            2 if by != whom && self.people.len() > 1 => {
                keys.remove(&id(number), &System).unwrap();
                self.people.remove(whom);
                self.kept.push((old, number, text));
            }
            3 if by != whom => {
                keys.reset(&id(number), &secret, Kdf::PRACTICE, &System).unwrap();
                self.people[whom].1 = fresh;
                self.kept.push((old, number, text));
            }
            4 => {
                keys.set_readers(&id(number), &groups, &System).unwrap();
                let before = std::mem::replace(&mut self.people[whom].2, groups.clone());
                let lost = before.into_iter().filter(|group| !groups.contains(group));
                self.stopped.extend(lost.map(|group| (old.clone(), group)));
            }
            5 if by < self.people.len() => {
                let own = self.people[by].clone();
                let old = keys.clone();
                keys.change_passphrase(&secret, Kdf::PRACTICE, &Group::ALL, &System).unwrap();
                self.people[by].1 = fresh;
                self.kept.push((old, own.0, own.1));
            }
            6 if by < self.people.len() => {
                let sheet = self.sheet();
                self.words = keys.remake_recovery(&System).unwrap();
                self.kept.push((sheet, 0, String::new()));
            }
            _ => return,
        }
        self.next += 1;
        self.file = keys.seal(&System).unwrap();
        self.written.push(write(&keys));
    }

    /// Everybody opens what their role should, and nothing else; who is gone opens nothing of what is written now.
    fn check(&mut self) {
        let ring = read(&self.file);
        let now = write(&self.keys(0));
        for (at, (number, _, groups)) in self.people.iter().enumerate() {
            let keys = self.keys(at);
            let mut should = [true; 6];
            for group in Group::ALL {
                let reads = groups.contains(&group);
                assert_eq!(ring.readers(group).contains(&id(*number)), reads);
                should[usize::from(group.code()) + 1] = reads;
            }
            assert_eq!(now.opened(&keys), should, "{number}");
            for written in &self.written {
                let opened = written.opened(&keys);
                assert!(opened[0] && opened[1]);
                assert!(opened.iter().zip(should).all(|(opened, should)| !opened || should), "{number}");
            }
        }
        assert_eq!(now.opened(&self.sheet()), [true; 6]);
        for (keys, number, text) in &self.kept {
            assert_eq!(now.opened(keys), [false; 6], "{number}");
            if *number > 0 {
                let fault = ring.unlock(*number, &passphrase(text)).unwrap_err();
                assert!(matches!(fault, UnlockFault::NoSuch | UnlockFault::Wrong));
            }
        }
        for (keys, group) in &self.stopped {
            assert_eq!(
                sealer(keys).open_account(&body(1), &now.accounts[usize::from(group.code()) - 1]),
                Ok(Opened::Closed)
            );
        }
    }

    /// Whoever holds what others wait for gives it, until nobody can.
    fn give(&mut self) {
        for at in 0..=self.people.len() {
            let mut keys = if at == self.people.len() { self.sheet() } else { self.keys(at) };
            for Waiting { person, group, .. } in read(&self.file).waiting() {
                keys.give(&person, group, &System).unwrap();
            }
            self.file = keys.seal(&System).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn after_whatever_changes_each_opens_what_they_should(steps in proptest::collection::vec(step(), 1..9)) {
        let mut world = World::new();
        for step in &steps {
            world.step(step);
        }
        world.check();
        world.give();
        world.check();
        // As long as the sheet was never made anew, it holds all, and all readers now read all.
        if world.kept.iter().all(|(keys, ..)| *keys.me() != RECOVERY) {
            prop_assert!(read(&world.file).waiting().is_empty());
            let sheet = world.sheet();
            for written in &world.written {
                prop_assert_eq!(written.opened(&sheet), [true; 6]);
                for (at, (_, _, groups)) in world.people.iter().enumerate() {
                    let opened = written.opened(&world.keys(at));
                    prop_assert!(groups.iter().all(|group| opened[usize::from(group.code()) + 1]));
                }
            }
        }
    }
}
