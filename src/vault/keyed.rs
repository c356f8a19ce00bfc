//! Seals and opens with somebody's keys: shared by the desk's threads, and exchanged when another person takes the desk.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use super::envelope::method;
use super::keys::Keys;
use super::random::Pool;
use super::secret::{Secret, wipe};
use super::wrap::{self, Place, What};
use super::{
    BodyBound, Envelope, Fault, Group, Id, KeyId, Opened, Random, SEALED, Sealer, ShellBound, TagOf, Whose, aead, pad,
    random, tags,
};

/// No key: a shell's is told by its epoch.
const NONE: KeyId = KeyId([0; 16]);
/// Epoch and nonce, before what is sealed.
const EPOCH: usize = 4;

/// Seals with the keys that it has been given. A clone is the same sealer: what one is given, all have. Without keys it
/// opens nothing, seals nothing, and its tags are zeros, which no row has.
#[derive(Clone)]
pub struct KeyedSealer {
    shared: Arc<Shared>,
}

struct Shared {
    keys: RwLock<Option<Arc<Keys>>>,
    /// Of the file that was sealed for last: an import comes file by file, and looking its key up takes as long as
    /// sealing. Gone with the keys; the lock of the keys is taken first.
    last: Mutex<Option<Last>>,
    random: Box<dyn Random>,
}

/// Under what the bodies of a file are sealed.
struct Last {
    of: Weak<Keys>,
    whose: Whose,
    id: KeyId,
    key: Secret,
}

impl KeyedSealer {
    /// With these keys, or none yet.
    pub fn new(keys: Option<Arc<Keys>>) -> Self {
        Self::with_random(keys, Box::new(Pool::default()))
    }

    /// With a source of randomness of its own: for tests.
    pub fn with_random(keys: Option<Arc<Keys>>, random: Box<dyn Random>) -> Self {
        Self { shared: Arc::new(Shared { keys: RwLock::new(keys), last: Mutex::new(None), random }) }
    }

    /// Gives all clones other keys, or takes them away; the ones before. They are wiped when nobody holds them.
    pub fn exchange(&self, keys: Option<Arc<Keys>>) -> Option<Arc<Keys>> {
        let mut place = self.shared.keys.write().unwrap_or_else(PoisonError::into_inner);
        *self.shared.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
        std::mem::replace(&mut place, keys)
    }

    /// The keys that it has now.
    pub fn keys(&self) -> Option<Arc<Keys>> {
        self.shared.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Seals what only the person in hand may read, for its place: a draft.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    pub fn seal_own(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let nonce: [u8; aead::NONCE] = random::open(self.random())?;
        let mut sealed = nonce.to_vec();
        aead::append(&keys.own_key(), &own_bound(keys.ring().register(), place), &nonce, plain, &mut sealed)?;
        Ok(sealed)
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`Fault::NoKey`]; [`Fault::Damaged`]: it is not what this person sealed for this place.
    pub fn open_own(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(Fault::Damaged)?;
        aead::open(&keys.own_key(), &own_bound(keys.ring().register(), place), nonce, sealed)
    }

    fn random(&self) -> &dyn Random {
        &*self.shared.random
    }

    /// The key that bodies of a file are sealed under now, and its id.
    fn body_key(&self, keys: &Arc<Keys>, whose: &Whose) -> Result<(KeyId, Secret), Fault> {
        // While this is held nobody exchanges the keys.
        let now = self.shared.keys.read().unwrap_or_else(PoisonError::into_inner);
        let mut last = self.shared.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &*last
            && last.whose == *whose
            && last.of.as_ptr() == Arc::as_ptr(keys)
        {
            return Ok((last.id, last.key.clone()));
        }
        let id = keys.files().id(whose);
        let file = keys.files().find(&id).ok_or(Fault::NoKey)?;
        let key = body_key(&keys.newest()?.body, &id, file);
        if now.as_ref().is_some_and(|now| Arc::ptr_eq(now, keys)) {
            *last = Some(Last { of: Arc::downgrade(keys), whose: *whose, id, key: key.clone() });
        }
        Ok((id, key))
    }

    /// An account, sealed to the key of a group or to another.
    fn account(
        &self,
        (group, to): (Group, Option<[u8; 32]>),
        bound: &BodyBound,
        plain: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let latest = keys.ring().latest(group).ok_or(Fault::NoKey)?;
        let mut key = KeyId([0; 16]);
        *key.0.last_mut().ok_or(Fault::NoKey)? = group.code();
        let aad = account_bound(bound);
        let place = Place { what: What::Account, register: keys.ring().register(), bound: &aad };
        let mut padded = pad::add(plain, pad::ACCOUNT);
        let closed = wrap::seal(&to.unwrap_or(latest.public), &place, &padded, self.random());
        wipe(&mut padded);
        let closed = closed?;
        let mut sealed = Vec::with_capacity(18 + EPOCH + closed.len());
        Envelope { format: SEALED, method: method::ACCOUNT, key, payload: &[] }.front(&mut sealed);
        sealed.extend_from_slice(&latest.number.to_le_bytes());
        sealed.extend_from_slice(&closed);
        Ok(sealed)
    }

    /// `front | epoch | nonce | what is sealed`.
    fn seal(&self, front: KeyId, epoch: u32, key: &Secret, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut sealed = Vec::with_capacity(18 + EPOCH + aead::NONCE + plain.len() + aead::TAG);
        Envelope { format: SEALED, method: method::SEALED, key: front, payload: &[] }.front(&mut sealed);
        sealed.extend_from_slice(&epoch.to_le_bytes());
        let nonce = random::open(self.random())?;
        sealed.extend_from_slice(&nonce);
        aead::append(key, bound, &nonce, plain, &mut sealed)?;
        Ok(sealed)
    }
}

/// What lies under a key of the register: its epoch, its nonce, and the rest.
fn parts(payload: &[u8]) -> Result<(u32, &[u8; aead::NONCE], &[u8]), Fault> {
    let (epoch, rest) = payload.split_first_chunk().ok_or(Fault::Damaged)?;
    let (nonce, sealed) = rest.split_first_chunk().ok_or(Fault::Damaged)?;
    Ok((u32::from_le_bytes(*epoch), nonce, sealed))
}

/// What needs no key is open; what is sealed as `sealed` says is to be opened; the rest is not for here.
enum Layer<'a> {
    Done(Opened),
    Sealed(Envelope<'a>),
}

fn layer(bytes: &[u8], sealed: u8) -> Result<Layer<'_>, Fault> {
    let envelope = Envelope::read(bytes)?;
    Ok(match envelope {
        open if open.is_open() => Layer::Done(Opened::Open(open.payload.to_vec())),
        one if one.format == SEALED && one.method == sealed => Layer::Sealed(one),
        // Sealed by a later method.
        _ => Layer::Done(Opened::Closed),
    })
}

fn body_key(base: &Secret, id: &KeyId, file: &[u8; 32]) -> Secret {
    base.keyed(&[b"body", &id.0, file])
}

/// What a body is bound to begins with this.
const BODY: &[u8] = b"doorbook body v2";
const SHELL: &[u8] = b"doorbook shell v2";
const ACCOUNT: &[u8] = b"doorbook account v2";

fn body_bound(bound: &BodyBound, id: &KeyId, epoch: u32) -> [u8; BODY.len() + 16 + 16 + 16 + 4] {
    fixed(&[BODY, &bound.register, &bound.entry, &id.0, &epoch.to_le_bytes()])
}

fn shell_bound(bound: &ShellBound, epoch: u32) -> [u8; SHELL.len() + 16 + 8 + 32 + 4] {
    fixed(&[SHELL, &bound.register, &bound.seq.to_le_bytes(), &bound.before, &epoch.to_le_bytes()])
}

fn account_bound(bound: &BodyBound) -> [u8; ACCOUNT.len() + 16 + 16] {
    fixed(&[ACCOUNT, &bound.register, &bound.entry])
}

fn own_bound(register: &[u8; 16], place: &[u8]) -> Vec<u8> {
    [b"doorbook draft v2", &register[..], place].concat()
}

fn shelf_bound(register: &[u8; 16], place: &[u8]) -> Vec<u8> {
    [b"doorbook shelf v2", &register[..], place].concat()
}

/// The parts one after the other, with no allocation: `N` is their length together.
fn fixed<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    debug_assert_eq!(N, parts.iter().map(|part| part.len()).sum::<usize>());
    let mut whole = [0; N];
    let mut left = &mut whole[..];
    for part in parts {
        let Some((here, rest)) = left.split_at_mut_checked(part.len()) else { break };
        here.copy_from_slice(part);
        left = rest;
    }
    whole
}

impl Sealer for KeyedSealer {
    fn format(&self) -> u8 {
        SEALED
    }

    fn seal_body(&self, whose: &Whose, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let epoch = keys.ring().epoch();
        let (id, key) = self.body_key(&keys, whose)?;
        let mut padded = pad::add(plain, pad::BODY);
        let sealed = self.seal(id, epoch, &key, &body_bound(bound, &id, epoch), &padded);
        wipe(&mut padded);
        sealed
    }

    fn open_body(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        let envelope = match layer(sealed, method::SEALED)? {
            Layer::Done(opened) => return Ok(opened),
            Layer::Sealed(envelope) => envelope,
        };
        let (epoch, nonce, sealed) = parts(envelope.payload)?;
        let Some(keys) = self.keys() else { return Ok(Opened::Closed) };
        // The key of the file is gone, or the keyring is older than the book.
        let (Some(house), Some(file)) = (keys.house(epoch), keys.files().find(&envelope.key)) else {
            return Ok(Opened::Closed);
        };
        let key = body_key(&house.body, &envelope.key, file);
        let opened = aead::open(&key, &body_bound(bound, &envelope.key, epoch), nonce, sealed)?;
        pad::take(opened).map(Opened::Open)
    }

    fn seal_shell(&self, bound: &ShellBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let epoch = keys.ring().epoch();
        self.seal(NONE, epoch, &keys.newest()?.shell, &shell_bound(bound, epoch), plain)
    }

    fn open_shell(&self, bound: &ShellBound, sealed: &[u8]) -> Result<Opened, Fault> {
        let envelope = match layer(sealed, method::SEALED)? {
            Layer::Done(opened) => return Ok(opened),
            Layer::Sealed(envelope) => envelope,
        };
        let (epoch, nonce, sealed) = parts(envelope.payload)?;
        let Some(keys) = self.keys() else { return Ok(Opened::Closed) };
        if envelope.key != NONE {
            return Err(Fault::Damaged);
        }
        let Some(house) = keys.house(epoch) else { return Ok(Opened::Closed) };
        aead::open(&house.shell, &shell_bound(bound, epoch), nonce, sealed).map(Opened::Open)
    }

    fn many(&self, on: bool) {
        self.random().stock(on);
    }

    fn sign(&self, text: &[u8]) -> Option<(Id, [u8; 64])> {
        self.keys().map(|keys| (*keys.me(), keys.sign_bytes(text)))
    }

    fn seal_plain(&self, plain: &[u8]) -> Vec<u8> {
        Envelope { format: SEALED, method: method::OPEN, key: NONE, payload: plain }.write()
    }

    fn seal_account(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        self.account((group, None), bound, plain)
    }

    fn seal_decoy(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        // Sealed as any other, to a key that nobody has kept.
        let thrown_away = wrap::public(&Secret::random(self.random())?)?;
        self.account((group, Some(thrown_away)), bound, plain)
    }

    fn open_account(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        let envelope = match layer(sealed, method::ACCOUNT)? {
            Layer::Done(opened) => return Ok(opened),
            Layer::Sealed(envelope) => envelope,
        };
        let (zeros, code) = envelope.key.0.split_at(15);
        let group = code.first().copied().and_then(Group::of).filter(|_| zeros == [0; 15]).ok_or(Fault::Damaged)?;
        let (number, closed) = envelope.payload.split_first_chunk().ok_or(Fault::Damaged)?;
        let Some(keys) = self.keys() else { return Ok(Opened::Closed) };
        let Some(private) = keys.held(group, u32::from_le_bytes(*number)) else { return Ok(Opened::Closed) };
        let aad = account_bound(bound);
        let place = Place { what: What::Account, register: keys.ring().register(), bound: &aad };
        wrap::open(private, &place, closed).and_then(pad::take).map(Opened::Open)
    }

    /// `nonce | what is sealed`, under the directory's own key.
    fn seal_shelf(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let nonce: [u8; aead::NONCE] = random::open(self.random())?;
        let mut sealed = Vec::with_capacity(aead::NONCE + plain.len() + aead::TAG);
        sealed.extend_from_slice(&nonce);
        let bound = shelf_bound(keys.ring().register(), place);
        aead::append(&keys.directory_key(), &bound, &nonce, plain, &mut sealed)?;
        Ok(sealed)
    }

    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys().ok_or(Fault::NoKey)?;
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(Fault::Damaged)?;
        aead::open(&keys.directory_key(), &shelf_bound(keys.ring().register(), place), nonce, sealed)
    }

    fn tag(&self, of: TagOf) -> [u8; 16] {
        self.keys().map_or([0; 16], |keys| tags::tag(keys.files().tag(), of))
    }
}

impl fmt::Debug for KeyedSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedSealer").field("open", &self.keys().is_some()).finish()
    }
}
