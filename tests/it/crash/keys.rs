//! Keyring and book together: every state that a power cut can leave of each act on keys, in the true order of all that
//! both files were asked; unlocked again, put right and written to by the real code.
//!
//! `DOORBOOK_STATES=1000000 cargo test --test it crash::keys` for a night. `DOORBOOK_SEED` repeats.

use std::cell::RefCell;
use std::collections::HashMap;

use doorbook::app::people::PeopleAct;
use doorbook::app::secret::Secret;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{CentreEvent, Entry, Event, KeysSet};
use doorbook::journal::{DiskShelf, Fault, Shelf};
use doorbook::run::house::House;
use doorbook::vault::{KeyedSealer, Keyring, Keys, RecoveryWords, Sealer};

use super::acts::{Act, FIRST, OWN, World, desk, desk_of, file, folder, listed, read, ring, set_up};
use super::disk::{Image, MemDisk};
use super::images::Walk;
use super::states::{crashes, from_environment, seed};
use crate::chance::Chance;
use crate::sealed::{card, words};

type Tried = HashMap<([u8; 32], usize), Result<(), String>>;

/// What was worked, and what is to be found of it.
struct Course {
    name: &'static str,
    act: Act,
    world: World,
    log: MemDisk,
    /// How many entries there are after each mark.
    many: [usize; 3],
    all: Vec<Entry>,
    /// The passphrase that the act gave.
    new: Option<String>,
    /// Who opens a keyring, by its sum and the mark: few keyrings are found, many times.
    tried: RefCell<Tried>,
}

impl Course {
    fn of(name: &'static str, act: Act, world: World) -> Self {
        let making = matches!(act, Act::SetUp);
        let before = match making {
            true => Vec::new(),
            false => {
                let disk = MemDisk::of(world.image.clone());
                let keys = ring(&disk).unwrap().unlock(9, &words(world.passphrase(9))).unwrap();
                read(&disk, keys).unwrap()
            }
        };
        let disk = MemDisk::of(if making { Image::default() } else { world.image.clone() });
        let new = act.does(&disk, &world).unwrap();
        disk.mark(1);
        let (number, passphrase) = if making { (1, FIRST) } else { (9, world.passphrase(9)) };
        let done = MemDisk::of(disk.live());
        let then = read(&done, ring(&done).unwrap().unlock(number, &words(passphrase)).unwrap()).unwrap().len();
        let one = desk(&disk);
        one.unlock(number, passphrase).unwrap();
        listed(&one, world.staff(number), 42).unwrap();
        disk.mark(2);
        drop(one);
        let all = read(&disk, ring(&disk).unwrap().unlock(number, &words(passphrase)).unwrap()).unwrap();
        let many = [before.len(), then, all.len()];
        Self { name, act, world, log: disk, many, all, new, tried: RefCell::default() }
    }

    /// Somebody who gets in whatever became of the act.
    fn sure(&self) -> (u8, &str) {
        match self.act {
            Act::SetUp => (1, FIRST),
            _ => (9, self.world.passphrase(9)),
        }
    }

    /// Who opens the keyring: everybody whom the act leaves alone, the sheet, and of whom it changes the old passphrase or
    /// the new one; once it was acknowledged the new one.
    fn opens(&self, ring: &Keyring, mark: usize) -> Result<(), String> {
        let sheet = match (&self.act, &self.new) {
            (Act::SetUp, Some(new)) => new,
            _ => &self.world.sheet,
        };
        if ring.unlock_recovery(&RecoveryWords::read(sheet).unwrap()).is_err() {
            return Err("the recovery sheet does not open it".to_owned());
        }
        for (number, _, passphrase) in &self.world.people {
            let old = ring.unlock(*number, &words(passphrase)).is_ok();
            if matches!(self.act, Act::SetUp) {
                if *number == 1 && !old {
                    return Err("the first coordinator does not get in".to_owned());
                }
                continue;
            }
            if self.act.whose() != Some(*number) {
                if !old {
                    return Err(format!("number {number} does not get in"));
                }
                continue;
            }
            let new = self.new.as_ref().is_some_and(|new| ring.unlock(*number, &words(new)).is_ok());
            let goes = matches!(self.act, Act::People(_, PeopleAct::Remove(_)));
            let done = if goes { !old } else { new };
            if (goes && new) || (!goes && old == new) || (mark > 0 && !done) {
                return Err(format!("number {number}: old passphrase {old}, new {new}, acknowledged {}", mark > 0));
            }
        }
        Ok(())
    }

    /// The keyring is what the book says it is: the last version that it names.
    fn agrees(ring: &Keyring, entries: &[Entry]) -> Result<(), String> {
        let set = |entry: &Entry| match entry.event.open() {
            Some(Event::Centre(CentreEvent::KeysSet(set))) => Some(set.clone()),
            _ => None,
        };
        let last: KeysSet = entries.iter().filter_map(set).next_back().ok_or("no keyring is named")?;
        if (last.version, last.epoch, last.sum) == (ring.version(), ring.epoch(), ring.sum()) {
            return Ok(());
        }
        Err(format!("the book names keyring {}, there is {}", last.version, ring.version()))
    }

    /// All that was acknowledged; of what comes next nothing, or all; then only what was written since.
    fn is_whole(&self, found: &[Entry], mark: usize, since: usize) -> Result<(), String> {
        let sure = self.many[mark];
        if matches!(self.act, Act::SetUp) && mark == 0 {
            return Ok(());
        }
        if !found.starts_with(&self.all[..sure]) {
            return Err(format!("{} entries, of {sure} acknowledged", found.len()));
        }
        let next = self.many[(mark + 1).min(2)];
        let got = found.iter().zip(&self.all).take_while(|(a, b)| a == b).count();
        if got != sure && got != next {
            return Err(format!("{got} entries of an act that has {}", next - sure));
        }
        let of_keys = |entry: &&Entry| {
            matches!(entry.event.open(), Some(Event::Centre(CentreEvent::KeysSet(_)))) && entry.act != self.all[0].act
        };
        let keys = found[got..].iter().filter(of_keys).count();
        if found.len() - got - keys != since {
            return Err(format!("{} entries that nobody wrote", found.len() - got - keys));
        }
        Ok(())
    }

    /// Opens what the cut left, with the real code; the disk after it, and what was there.
    fn opened(&self, image: Image, mark: usize, chance: &mut Chance) -> Result<(MemDisk, Vec<Entry>), String> {
        let disk = MemDisk::of(image);
        let is_there = |name: &str| disk.names().contains(&file(name));
        if matches!(self.act, Act::SetUp) && !is_there("register.redb") {
            if mark > 0 {
                return Err("a register that was set up is not there".to_owned());
            }
            set_up(&disk).map_err(|says| format!("it cannot be set up again: {says}"))?;
        } else {
            let ring = ring(&disk)?;
            let tried = || self.opens(&ring, mark);
            self.tried.borrow_mut().entry((ring.sum(), mark)).or_insert_with(tried).clone()?;
        }
        let house = House::on(disk.arc(), folder());
        let one = desk_of(&disk, house.clone());
        let (number, passphrase) = self.sure();
        // Whom the act is about comes first now and then; where it was not acknowledged they may not be on the list yet.
        if let (Some(whose), Some(new), 0) = (self.act.whose(), &self.new, chance.below(3)) {
            let let_in = one.unlock(whose, new);
            if let (Err(says), true) = (&let_in, mark > 0) {
                return Err(format!("number {whose}, whose new passphrase was shown: {says}"));
            }
        }
        let all =
            one.unlock(number, passphrase).map_err(|says| format!("number {number} is not let in: {says}"))?.unlocked;
        // What was cut off is finished, or taken back, before anything else is written.
        let named = all.register.keys.as_ref().map(|set| (set.version, set.sum));
        if named != Some((ring(&disk)?.version(), ring(&disk)?.sum())) {
            return Err("the book does not name the keyring after the unlocking".to_owned());
        }
        if house.not_told().is_some() {
            return Err("the book does not name the public keys of the keyring".to_owned());
        }
        listed(&one, self.world.staff(number), 43).map_err(|says| format!("the next entry: {says}"))?;
        disk.mark(1);
        drop(one);
        of_one_key(&disk, &house.sealer())?;
        let in_hand = house.take(None).ok_or("no keys in hand")?;
        let mut since = 1;
        if mark == 0 && !matches!(self.act, Act::SetUp) && chance.below(4) == 0 {
            since += self.again(&disk)?;
        }
        let keyring = ring(&disk)?;
        // Those in hand are those of the file; now and then it is unlocked again.
        let keys = if in_hand.sum() == keyring.sum() && chance.below(4) > 0 {
            Keys::clone(&in_hand)
        } else {
            keyring.unlock(number, &words(passphrase)).map_err(|fault| fault.to_string())?
        };
        let found = read(&disk, keys)?;
        Self::agrees(&keyring, &found)?;
        self.is_whole(&found, mark, since)?;
        let strange = |name: &&std::path::PathBuf| {
            let name = name.file_name().unwrap().to_string_lossy();
            let known = name.starts_with("keyring") || ["register.redb", "directory.redb"].contains(&&*name);
            !known && !name.starts_with(".register.redb.half-")
        };
        match disk.names().iter().find(strange) {
            Some(left) => Err(format!("left behind: {}", left.display())),
            None => Ok((disk, found)),
        }
    }

    /// An act that was not acknowledged can be done again; how many entries that made, those of the keyring apart.
    fn again(&self, disk: &MemDisk) -> Result<usize, String> {
        let count = |disk: &MemDisk| -> Result<usize, String> {
            let (number, passphrase) = self.sure();
            let keys = ring(disk)?.unlock(number, &words(passphrase)).map_err(|fault| fault.to_string())?;
            let is_of_keys =
                |entry: &&Entry| matches!(entry.event.open(), Some(Event::Centre(CentreEvent::KeysSet(_))));
            let all = read(disk, keys)?;
            Ok(all.len() - all.iter().filter(is_of_keys).count())
        };
        let before = count(disk)?;
        // Ruth's own passphrase may be changed already, by what was cut off.
        let mut world =
            World { people: self.world.people.clone(), sheet: self.world.sheet.clone(), image: Image::default() };
        let mut act = self.act.clone();
        if self.act.whose() == Some(1) && ring(disk)?.unlock(1, &words(FIRST)).is_err() {
            world.people[0].2 = self.new.clone().ok_or("no new passphrase")?;
            if let Act::People(1, PeopleAct::ChangeOwn { old, .. }) = &mut act {
                *old = Secret::new(OWN);
            }
        }
        match act.does(disk, &world) {
            Ok(_) => Ok(count(disk)? - before),
            // It had come about after all.
            Err(says) if says.contains("is somebody else's") => Ok(0),
            Err(says) => Err(format!("the same again: {says}")),
        }
    }

    /// Cuts the power in so many ways, and again while every eighth is put right.
    fn enumerate(&self, budget: usize) {
        let scale = from_environment("DOORBOOK_STATES").map_or(1.0, |wanted| wanted as f64 / 40_000.0);
        let many = ((budget as f64 * scale) as usize).max(8);
        let from = std::time::Instant::now();
        let (base, log) = self.log.log();
        let mut chance = Chance::new(seed());
        let (all, ways) = crashes(&base, &log, many, &mut chance);
        let (mut walk, mut bad, mut twice) = (Walk::new(&base, &log), Vec::new(), 0);
        for (n, crash) in all.iter().enumerate() {
            walk.to(crash.at);
            match self.opened(walk.image(crash), walk.mark, &mut chance) {
                Err(fault) => bad.push(format!("{crash:?}: {fault}")),
                Ok((disk, found)) if n % 8 == 0 => {
                    twice += 1;
                    if let Err(fault) = self.cut_again(&disk, &found, walk.mark, &mut chance) {
                        bad.push(format!("{crash:?}, then {fault}"));
                    }
                }
                Ok(_) => {}
            }
        }
        println!(
            "{}: {} operations, {ways} ways listed, {} states, {twice} of a second crash, {} bad, {:.1} s",
            self.name,
            log.len(),
            all.len(),
            bad.len(),
            from.elapsed().as_secs_f32()
        );
        let again = format!("DOORBOOK_SEED={} cargo test --test it crash::keys::{}", seed(), self.name);
        assert!(
            bad.is_empty(),
            "{} of {} states are not good\n{}\nagain: {again}",
            bad.len(),
            all.len(),
            bad[..bad.len().min(5)].join("\n")
        );
    }

    /// Cuts the power once more, anywhere, while it was put right and written to.
    fn cut_again(&self, disk: &MemDisk, found: &[Entry], mark: usize, chance: &mut Chance) -> Result<(), String> {
        let (base, log) = disk.log();
        let mut walk = Walk::new(&base, &log);
        walk.to(chance.below(log.len() + 1));
        let crash =
            if chance.below(3) == 0 { walk.any(chance) } else { walk.way(chance.below(walk.ways()), chance.next()) };
        let told = |fault| format!("{crash:?}: {fault}");
        let cut = MemDisk::of(walk.image(&crash));
        if matches!(self.act, Act::SetUp) && !cut.names().contains(&file("register.redb")) {
            return if walk.mark == 0 && mark == 0 { Ok(()) } else { Err(told("there is no register".to_owned())) };
        }
        let (number, passphrase) = self.sure();
        let one = desk(&cut);
        one.unlock(number, passphrase).map_err(told)?;
        listed(&one, self.world.staff(number), 44).map_err(told)?;
        drop(one);
        let keys = ring(&cut).map_err(told)?.unlock(number, &words(passphrase)).map_err(|f| told(f.to_string()))?;
        let now = read(&cut, keys).map_err(told)?;
        Self::agrees(&ring(&cut).map_err(told)?, &now).map_err(told)?;
        // What was acknowledged, the first time and since.
        let card = |entry: &&Entry| matches!(entry.event.open(), Some(Event::Centre(CentreEvent::StaffListed(card))) if card.number == 43);
        let since = found.iter().find(card).filter(|_| walk.mark > 0);
        let first = if matches!(self.act, Act::SetUp) && mark == 0 { 0 } else { self.many[mark] };
        if !now.starts_with(&self.all[..first]) || since.is_some_and(|entry| !now.contains(entry)) {
            return Err(told("what was acknowledged is lost".to_owned()));
        }
        Ok(())
    }
}

/// Every value of the directory opens with the keys in hand: it was taken along whole, or made anew.
fn of_one_key(disk: &MemDisk, keys: &KeyedSealer) -> Result<(), String> {
    let mut shelf = DiskShelf::on(disk.arc(), &file("directory.redb"));
    for table in 1..=6 {
        let mut one = |key: &[u8], value: &[u8]| match keys.open_shelf(&[&[2], key].concat(), value) {
            Ok(_) => Ok(()),
            Err(fault) => Err(Fault::Damaged(format!("a value of table {table}: {fault}"))),
        };
        shelf.scan(table, &mut one).map_err(|fault| format!("the directory: {fault}"))?;
    }
    Ok(())
}

fn cut(name: &'static str, act: impl FnOnce(&World) -> Act, budget: usize) {
    let world = World::new();
    let act = act(&world);
    Course::of(name, act, world).enumerate(budget);
}

#[test]
fn a_centre_is_set_up() {
    cut("a_centre_is_set_up", |_| Act::SetUp, 100);
}

#[test]
fn somebody_is_added() {
    cut("somebody_is_added", |_| Act::People(10, PeopleAct::Add(card(10, "Zoe", Role::SafeguardingLead))), 80);
}

#[test]
fn a_role_is_changed() {
    let act = |world: &World| PeopleAct::Change(world.staff(8), card(8, "Nora", Role::SafeguardingLead));
    cut("a_role_is_changed", |world| Act::People(8, act(world)), 80);
}

#[test]
fn somebody_is_removed() {
    cut("somebody_is_removed", |world| Act::People(6, PeopleAct::Remove(world.staff(6))), 80);
}

#[test]
fn a_passphrase_is_reset_by_another_coordinator() {
    let name = "a_passphrase_is_reset_by_another_coordinator";
    cut(name, |world| Act::People(8, PeopleAct::Reset(world.staff(8))), 80);
}

#[test]
fn a_passphrase_is_reset_by_the_recovery_sheet() {
    cut("a_passphrase_is_reset_by_the_recovery_sheet", |_| Act::Recover(1), 80);
}

#[test]
fn ones_own_passphrase_is_changed() {
    let act = || PeopleAct::ChangeOwn { old: Secret::new(FIRST), new: Secret::new(OWN) };
    cut("ones_own_passphrase_is_changed", |_| Act::People(1, act()), 80);
}

#[test]
fn a_new_file_gets_its_keys_at_its_first_entry() {
    cut("a_new_file_gets_its_keys_at_its_first_entry", |_| Act::NewFile, 80);
}
