//! What a journal keeps: rows, their places, their links, their tags.

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident($n:literal)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $n]);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )+};
}

bytes! {
    /// The register that a journal is of.
    RegisterId(16),
    /// A row's own id, by which an ambiguous append is found again.
    EntryId(16),
    /// The chain's value at a row: over everything before it too.
    Link(32),
    /// BLAKE3 of a body as it is stored.
    Digest(32),
    /// What rows are found by. It says nothing to whoever does not hold the key that it was made under.
    Tag(16),
}

impl Link {
    /// The link before the first row.
    pub const NONE: Self = Self([0; 32]);
}

/// The place of a row, from 1; 0 is before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Seq(pub u64);

impl Seq {
    /// Before the first row.
    pub const START: Self = Self(0);

    /// The next place.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl std::fmt::Display for Seq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One row, as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its own id; no two rows share one.
    pub id: EntryId,
    /// The chain's value at this row.
    pub link: Link,
    /// What it is found by.
    pub tags: [Tag; 2],
    /// Sealed: who, when, in which file.
    pub shell: Vec<u8>,
    /// Sealed: what.
    pub body: Body,
}

/// The content of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Here it is.
    Here(Vec<u8>),
    /// Disposed of; the digest keeps the chain.
    Gone(Digest),
}

impl Body {
    /// BLAKE3 of the bytes, whether they are here or not.
    pub fn digest(&self) -> Digest {
        match self {
            Self::Here(bytes) => super::link::digest(bytes),
            Self::Gone(digest) => *digest,
        }
    }
}

/// A row in its place, with the link before it, so that a read by tag can check each row by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place.
    pub seq: Seq,
    /// The link of the row before it.
    pub before: Link,
    /// The row.
    pub row: Row,
}

impl Kept {
    /// Is the row what its own link was made over?
    pub fn holds(&self, register: RegisterId) -> bool {
        super::link::of(register, self.seq, self.before, &self.row) == self.row.link
    }
}

/// Where a journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Which register.
    pub register: RegisterId,
    /// The place of the last row; 0 if there is none.
    pub seq: Seq,
    /// Its link.
    pub link: Link,
}

impl Head {
    /// Of a journal without a row.
    pub fn empty(register: RegisterId) -> Self {
        Self { register, seq: Seq::START, link: Link::NONE }
    }
}

/// Which rows to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Every row.
    All,
    /// Those with this tag.
    Tag(Tag),
}
