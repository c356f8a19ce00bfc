//! The field's fixed code lists (domain.md 1 and 3). Reasons, kinds of note and places are policy data instead.

/// When something happened, with the offset of the zone it was written in; never re-derived.
pub type Moment = chrono::DateTime<chrono::FixedOffset>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $v:ident = $code:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $v),+ }

        impl $name {
            /// Every value, in the order of the handbook.
            pub const ALL: &'static [Self] = &[$(Self::$v),+];

            /// The code for data.
            pub fn code(self) -> &'static str {
                match self { $(Self::$v => $code),+ }
            }

            /// The value of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }
        }
    )+};
}

codes! {
    /// Kind of contact (domain.md 1).
    ContactKind {
        /// Several families at once, background watch, dates and times only.
        Supported = "SUP",
        /// One-to-one, observed, a report written.
        Supervised = "SVD",
        /// The centre is the pick-up and drop-off point.
        Handover = "HOV",
        /// A worker goes along.
        Escorted = "ESC",
        /// By video.
        Video = "VID",
        /// Letters and gifts; nobody attends.
        Indirect = "IND",
        /// A supervised assessment.
        Assessment = "ASM",
        /// Life-story work.
        LifeStory = "IDC",
    }
    /// Whose side a fact about a person belongs to.
    Side {
        /// The adult the child lives with: on screen *the side that brings*.
        Resident = "RES",
        /// The adult the child comes to see: on screen *the side that visits*.
        Visiting = "NRP",
        /// The child.
        Child = "CHI",
        /// The centre itself.
        Centre = "CEN",
    }
    /// Which journeys of a handover the centre sees (domain.md 2.5).
    Legs {
        /// Out only: the child has left with the visiting party, and nothing is open.
        Out = "OUT",
        /// Back only: the child is expected with the visiting party.
        Back = "BACK",
        /// Out and back today: the timer runs, and the close waits.
        Both = "BOTH",
    }
    /// What lets a child leave the building with the visiting party (design.md, invariant 3).
    Offsite {
        /// The court's order on file.
        Order = "ORDER",
        /// An agreement of both sides on file, in writing.
        Agreement = "AGREEMENT",
    }
    /// How a call was answered.
    CallAnswer {
        /// Somebody answered.
        Answered = "ANSWERED",
        /// Nobody did.
        NoAnswer = "NO_ANSWER",
        /// A message was left.
        Message = "MESSAGE",
    }
    /// How somebody who may allow it allowed it.
    How {
        /// At the desk.
        Here = "HERE",
        /// Not at the desk: by name only, open until they confirm.
        Said = "SAID",
        /// At the desk of somebody else, by their own passphrase.
        Proved = "PROVED",
    }
    /// Why only one of the team signs a day.
    Alone {
        /// Nobody else of the team is here.
        OnlyOne = "ONLY_ONE",
        /// The others had to go before the day was signed.
        Gone = "GONE",
        /// Who is here has no passphrase that they can type.
        NoPassphrase = "NO_PASSPHRASE",
    }
    /// One of the two parties at the door. Children come with the side that brings.
    Party {
        /// The side that brings.
        Brings = "brings",
        /// The side that visits.
        Visits = "visits",
    }
    /// A role in the team (domain.md 2.7).
    Role {
        /// Everything ordinary, and every act in the safe direction.
        Volunteer = "volunteer",
        /// One-to-one, in sight and sound.
        Supervisor = "supervisor",
        /// Leads the volunteers on the day.
        SessionLead = "session_lead",
        /// Decides safety matters, signs the day.
        Coordinator = "coordinator",
        /// Reads and closes safeguarding records.
        SafeguardingLead = "safeguarding_lead",
        /// Approves disposal, accounts, disclosures.
        Chair = "chair",
    }
    /// Where a fact about a person came from (domain.md 3.1).
    Origin {
        /// The referral form.
        ReferralForm = "REFERRAL_FORM",
        /// A court order.
        CourtOrder = "COURT_ORDER",
        /// The council.
        Council = "COUNCIL",
        /// A pre-visit.
        PreVisit = "PREVISIT",
        /// By telephone.
        Phone = "PHONE",
        /// By e-mail.
        Email = "EMAIL",
        /// Seen or said at a session.
        Session = "SESSION",
        /// Someone else.
        ThirdParty = "THIRD_PARTY",
        /// The spreadsheet that the centre brought.
        Spreadsheet = "SPREADSHEET",
    }
    /// Who referred the family (domain.md 3.1).
    Referral {
        /// The adult the child lives with.
        SelfResident = "SELF_RES",
        /// The adult who visits.
        SelfVisiting = "SELF_NRP",
        /// A family member, which one is not known.
        SelfOther = "SELF_OTHER",
        /// A solicitor.
        Solicitor = "SOLICITOR",
        /// Cafcass.
        Cafcass = "CAFCASS",
        /// Cafcass Cymru.
        CafcassCymru = "CAFCASS_CYMRU",
        /// A court.
        Court = "COURT",
        /// A council.
        Council = "COUNCIL",
        /// A mediator.
        Mediator = "MEDIATOR",
        /// Somebody else.
        Other = "OTHER",
    }
    /// How word reached the centre.
    Channel {
        /// By telephone.
        Phone = "PHONE",
        /// Said at the door.
        InPerson = "IN_PERSON",
        /// A text message.
        Message = "MESSAGE",
        /// By e-mail.
        Email = "EMAIL",
        /// Through somebody else.
        Through = "THROUGH",
    }
    /// A flag shown at check-in (domain.md 3.5).
    Flag {
        /// The two sides must not meet.
        DoNotMeet = "DNM",
        /// Address hidden.
        Address = "ADDR",
        /// Non-molestation order.
        NonMolestation = "NMO",
        /// Prohibited steps order.
        ProhibitedSteps = "PSO",
        /// Bail conditions.
        Bail = "BAIL",
        /// A term of the child arrangements order.
        Arrangements = "CAO",
        /// Named visitors only.
        Visitors = "PERM",
        /// Named collectors.
        Collectors = "COLL",
        /// Leaving the premises.
        Premises = "PREM",
        /// Photographs.
        Photographs = "PHOT",
        /// Toilet.
        Toilet = "TOIL",
        /// Phones.
        Phones = "PHON",
        /// Gifts.
        Gifts = "GIFT",
        /// Food.
        Food = "FOOD",
        /// Subjects barred.
        Topics = "TOPIC",
        /// Language, interpreter.
        Language = "LANG",
        /// Medical: needs explicit consent.
        Medical = "MEDI",
        /// Abduction.
        Abduction = "ABDU",
        /// Aggression.
        Aggression = "AGGR",
        /// Alcohol.
        Alcohol = "ALCO",
        /// Stalking.
        Stalking = "STAL",
        /// One-to-one, second worker.
        SecondWorker = "SUPV",
        /// Looked-after child.
        LookedAfter = "LACH",
        /// Not with another case.
        Clash = "CLSH",
        /// No contact until the coordinator has said so.
        Suspended = "SUSP",
        /// Data under restriction.
        Restricted = "RESTR",
        /// Staggered times: told, never a block by itself.
        Stagger = "STAG",
        /// A way in, a thing to ask for: an instruction of the centre's own.
        Other = "OTHR",
    }
    /// What a flag does at the door (domain.md 3.5).
    Effect {
        /// Permissions are refused.
        Block = "BLOCK",
        /// The card must be read first.
        Warn = "WARN",
        /// Shown on the card.
        Show = "SHOW",
    }
    /// Consent to hold a medical fact (notices 002, 004: explicit consent).
    Consent {
        /// Nobody has seen it.
        NotSeen = "NOT_SEEN",
        /// Seen, in writing.
        Seen = "SEEN",
        /// Withdrawn.
        Withdrawn = "WITHDRAWN",
    }
    /// Why a note is left open when the day is signed: it stays on the coordinator's list.
    LeftOpen {
        /// The coordinator was told of it, and is not here.
        Told = "TOLD",
        /// The coordinator could not be reached.
        NotReached = "NOT_REACHED",
        /// It can wait.
        Waits = "WAITS",
    }
    /// A rule that a fact can go against: each is an open question at the close.
    Rule {
        /// Exactly one responsible adult (invariant 1).
        OneResponsibleAdult = "RESPONSIBLE_ADULT",
        /// People who must not meet (invariant 2).
        KeepApart = "KEEP_APART",
        /// A child leaves with a checked collector (invariant 3).
        CheckedCollector = "COLLECTOR",
        /// The hold (invariant 4).
        Hold = "HOLD",
        /// Times of one person never run backwards (invariant 5).
        TimesForward = "TIMES",
        /// Only people on the list are let in.
        Listed = "LISTED",
        /// A worker who walks a child is named, and on shift.
        NamedWorker = "NAMED_WORKER",
        /// The day was signed.
        Signed = "SIGNED",
        /// The session may not begin (domain.md 2.1): suspended, no supervisor, papers that nobody has read.
        Gate = "GATE",
        /// In a handover the two sides come minutes apart.
        Gap = "GAP",
        /// Out of the building with the visiting party only where an order or agreement lets it be.
        Offsite = "OFFSITE",
        /// In one-to-one contact the supervisor has the child throughout.
        Supervisor = "SUPERVISOR",
        /// Named to supervise is whose role it is, or whom the file or the coordinator names.
        Supervises = "SUPERVISES",
    }
}

impl Role {
    /// Notes about one of the team are for the safeguarding lead and the chair only.
    pub fn reads_of_workers(self) -> bool {
        matches!(self, Self::SafeguardingLead | Self::Chair)
    }
}
