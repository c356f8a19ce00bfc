//! Import: every fault with its sentence, the shapes that files come in, a second run, a changed row, the practice day.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use doorbook::domain::case::{CaseFile, Member, Pattern, Standing};
use doorbook::domain::codes::{Consent, ContactKind, Effect, Flag, Party, Side};
use doorbook::domain::event::{CaseEvent, CentreEvent, Event, FileRef, Source};
use doorbook::domain::ids::{CaseId, RegisterId};
use doorbook::domain::policy::{Code, Place, Plan as CasePlan, Policy, Use};
use doorbook::domain::text::Text;
use doorbook::import::{Counts, Faults, Files, Known, Notice, Planned, imported, plan, practice};
use proptest::prelude::*;
use uuid::Uuid;

const REGISTER: RegisterId = RegisterId(Uuid::from_u128(7));
const FAMILIES: &str = "id,ref,status,opened,closed,service,referrer,notes\n";
const PEOPLE: &str = "id,family_id,kind,given,family_name,known_as,dob,relation,residence,phone,permitted,alert\n";
const BOOKINGS: &str = "id,family_id,weekday,start,end,room,every_weeks,from,to,type\n";
const FAMILY: &str = "1,F26-1,open,2026-01-03,,supported,self,\n";

/// A register in its simplest form: case files by id, and a policy.
#[derive(Clone)]
struct Held {
    policy: Policy,
    cases: BTreeMap<CaseId, CaseFile>,
}

impl Known for Held {
    fn policy(&self) -> &Policy {
        &self.policy
    }

    fn case(&self, case: CaseId) -> Option<Cow<'_, CaseFile>> {
        self.cases.get(&case).map(Cow::Borrowed)
    }
}

impl Held {
    fn new() -> Self {
        Self { policy: policy(), cases: BTreeMap::new() }
    }

    fn with(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        for event in events {
            match event {
                Event::Centre(CentreEvent::PolicySet(policy)) => self.policy = *policy,
                Event::Case(event) => self.take(event),
                other => panic!("import does not write {other:?}"),
            }
        }
        self
    }

    fn take(&mut self, event: CaseEvent) {
        match event {
            CaseEvent::CaseOpened(head) => {
                let file = CaseFile {
                    head: head.clone(),
                    people: Vec::new(),
                    instructions: Vec::new(),
                    patterns: BTreeMap::new(),
                    apart: Vec::new(),
                };
                let case = head.case;
                self.cases.entry(case).or_insert(file).head = head;
            }
            CaseEvent::MemberListed { case, member } => {
                let people = &mut self.cases.get_mut(&case).unwrap().people;
                match people.iter_mut().find(|m| m.person == member.person) {
                    Some(held) => *held = *member,
                    None => people.push(*member),
                }
            }
            CaseEvent::InstructionGiven { case, instruction } => {
                let list = &mut self.cases.get_mut(&case).unwrap().instructions;
                list.retain(|i| i.id != instruction.id);
                list.push(*instruction);
            }
            CaseEvent::InstructionWithdrawn { case, instruction } => {
                self.cases.get_mut(&case).unwrap().instructions.retain(|i| i.id != instruction);
            }
            CaseEvent::PatternSet { case, pattern } => {
                self.cases.get_mut(&case).unwrap().patterns.insert(pattern.id, pattern);
            }
            CaseEvent::KeptApart { case, one, other, .. } => {
                self.cases.get_mut(&case).unwrap().apart.push((one, other));
            }
            other => panic!("import does not write {other:?}"),
        }
    }
}

fn place(code: &str, name: &str, use_for: Use) -> Place {
    Place { code: Code::new(code), name: Text::name(name), article: false, use_for, muster: 1, retired: false }
}

fn policy() -> Policy {
    Policy {
        version: 1,
        centre: Text::name("St Mark's"),
        zone: "Europe/London".to_owned(),
        plan: CasePlan {
            first: Party::Visits,
            first_min: 15,
            second_min: 5,
            hold_min: 15,
            apart_min: None,
            may_meet: false,
            routes: Vec::new(),
        },
        grace_min: 15,
        return_min: 10,
        apart_min: 15,
        places: vec![
            place("hall", "Hall", Use::Lobby),
            place("waiting", "small waiting room", Use::Waiting),
            place("oak", "Oak", Use::Contact),
            place("elm", "Elm", Use::Contact),
            place("garden", "Garden", Use::Contact),
            place("sensory", "Sensory", Use::Contact),
        ],
        doors: Vec::new(),
        reasons: Vec::new(),
        no_part: Vec::new(),
        early: Vec::new(),
        kinds: Vec::new(),
        powers: Vec::new(),
        ..Policy::default()
    }
}

fn files(families: impl AsRef<[u8]>, people: impl AsRef<[u8]>, bookings: impl AsRef<[u8]>) -> Files {
    Files {
        families: Some(families.as_ref().to_vec()),
        people: Some(people.as_ref().to_vec()),
        bookings: Some(bookings.as_ref().to_vec()),
        others: Vec::new(),
    }
}

/// Rows below the three headers.
fn rows(families: &str, people: &str, bookings: &str) -> Files {
    files(format!("{FAMILIES}{families}"), format!("{PEOPLE}{people}"), format!("{BOOKINGS}{bookings}"))
}

/// All that a plan has to give.
struct Plan {
    entries: Vec<Planned>,
    counts: Counts,
    notices: Vec<Notice>,
    report: String,
}

impl Plan {
    fn report(&self) -> String {
        self.report.clone()
    }
}

fn whole(files: &Files, held: &Held) -> Result<Plan, Faults> {
    let mut plan = plan(REGISTER, files, held)?;
    let entries: Vec<Planned> = plan.by_ref().collect();
    assert_eq!(plan.entries(), entries.len());
    Ok(Plan { entries, counts: plan.counts(), notices: plan.notices().to_vec(), report: plan.report() })
}

fn dry(files: &Files) -> Result<Plan, Faults> {
    whole(files, &Held::new())
}

fn faults(files: &Files) -> Vec<String> {
    dry(files).err().expect("these files are wrong").list.iter().map(ToString::to_string).collect()
}

fn good(files: &Files, held: &Held) -> Plan {
    whole(files, held).unwrap_or_else(|faults| panic!("{}", faults.report()))
}

fn events(plan: &Plan) -> Vec<Event> {
    plan.entries.iter().map(|entry| entry.event.clone()).collect()
}

fn fixture() -> Files {
    Files::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/register")).unwrap()
}

fn member(held: &Held, source: &str) -> Member {
    let id = imported(REGISTER, "people.csv", source);
    held.cases.values().flat_map(|file| &file.people).find(|m| m.person == id).unwrap().clone()
}

// Every fault, once, with its sentence.

#[test]
fn a_family_with_a_fault_says_which() {
    let row = |row: &str| faults(&rows(row, "", ""));
    assert_eq!(
        row(",F1,open,2026-01-03,,supported,self,\n"),
        ["families.csv:2: id is empty. Give each row an id of its own, and never change it."]
    );
    assert_eq!(
        row("1,,open,2026-01-03,,supported,self,\n"),
        ["families.csv:2: ref is empty. Give the family its reference, with no name in it."]
    );
    assert_eq!(
        row("1,F1,paused,2026-01-03,,supported,self,\n"),
        ["families.csv:2: \"paused\" cannot stand in status. Write open or closed."]
    );
    assert_eq!(
        row("1,F1,open,28/06/2025,,supported,self,\n"),
        ["families.csv:2: \"28/06/2025\" in opened is not a date. Write it as year-month-day, 2026-03-28."]
    );
    assert_eq!(
        row("1,F1,open,,,supported,self,\n"),
        ["families.csv:2: opened is empty. Write it as year-month-day, 2026-03-28."]
    );
    assert_eq!(
        row("1,F1,closed,2026-01-03,,supported,self,\n"),
        ["families.csv:2: closed is empty, and the status is closed. Write the date on which it was closed."]
    );
    assert_eq!(
        row("1,F1,open,2026-01-03,2026-02-03,supported,self,\n"),
        [
            "families.csv:2: closed has a date, and the status is open. Take the date away, or write closed as the status."
        ]
    );
    assert_eq!(
        row("1,F1,closed,2026-01-03,2025-02-03,supported,self,\n"),
        ["families.csv:2: closed 2025-02-03 is before opened 2026-01-03. Correct one of the two dates."]
    );
    assert_eq!(
        row("1,F1,open,2026-01-03,,video,self,\n"),
        ["families.csv:2: \"video\" cannot stand in service. Write supported, supervised or handover."]
    );
    assert_eq!(
        row(&format!("{FAMILY}1,F2,open,2026-01-03,,supported,self,\n")),
        ["families.csv:3: id \"1\" is taken by line 2. Give each row an id of its own, and never change it."]
    );
    assert_eq!(
        row(&format!("{FAMILY}2,F26-1,open,2026-01-03,,supported,self,\n")),
        ["families.csv:3: ref \"F26-1\" is taken by line 2. Give each family a reference of its own."]
    );
}

#[test]
fn a_person_with_a_fault_says_which() {
    let row = |row: &str| faults(&rows(FAMILY, row, ""));
    assert_eq!(
        row("1,9,child,Mia,H,,2020-01-01,,,,yes,\n"),
        [
            "people.csv:2: family_id \"9\" is not in families.csv. Write the id of a family that is there, or add the family."
        ]
    );
    assert_eq!(
        row("1,,child,Mia,H,,2020-01-01,,,,yes,\n"),
        ["people.csv:2: family_id is empty. Write the id of a family that is there, or add the family."]
    );
    assert_eq!(
        row("1,1,baby,Mia,H,,2020-01-01,,,,yes,\n"),
        ["people.csv:2: \"baby\" cannot stand in kind. Write child, party or visitor."]
    );
    assert_eq!(
        row("1,1,child, ,H,,2020-01-01,,,,yes,\n"),
        ["people.csv:2: given is empty. Write at least the first name that the centre uses."]
    );
    assert_eq!(
        row("1,1,child,Mia,H,,2019-02-29,,,,yes,\n"),
        ["people.csv:2: \"2019-02-29\" in dob is not a date. Write it as year-month-day, 2026-03-28."]
    );
    assert_eq!(
        row("1,1,party,Ama,H,,,mother,flat,,yes,\n"),
        ["people.csv:2: \"flat\" cannot stand in residence. Write resident or non-resident."]
    );
    assert_eq!(
        row("1,1,party,Ama,H,,,mother,,,yes,\n"),
        ["people.csv:2: residence of a party is empty. Write resident or non-resident."]
    );
    assert_eq!(
        row("1,1,visitor,Ama,H,,,aunt,,,maybe,\n"),
        ["people.csv:2: \"maybe\" cannot stand in permitted. Write yes, supervised or no."]
    );
    assert_eq!(
        row("1,1,visitor,Ama,H,,,aunt,,,,\n"),
        ["people.csv:2: permitted of a visitor is empty. Write yes, supervised or no."]
    );
    assert_eq!(
        row("1,1,party,Ama,H,,,mother,resident,,no,\n"),
        [
            "people.csv:2: permitted is for visitors; a child or a party is always expected. Write yes, or make them a visitor."
        ]
    );
    assert_eq!(
        row("1,1,child,Mia,H,,2020-01-01,,,,yes,bees\n"),
        [
            "people.csv:2: \"bees\" cannot stand in alert. Write nut allergy, asthma inhaler, no photographs, non-molestation order or stagger arrivals."
        ]
    );
    assert_eq!(
        row("1,1,child,Mia,H,,,,,,,\n1,1,child,Leo,H,,,,,,,\n"),
        ["people.csv:3: id \"1\" is taken by line 2. Give each row an id of its own, and never change it."]
    );
}

#[test]
fn a_booking_with_a_fault_says_which() {
    let row = |row: &str| faults(&rows(FAMILY, "", row));
    assert_eq!(
        row("1,9,Sat,10:00,12:00,Oak,1,2026-01-03,,fixed\n"),
        [
            "bookings.csv:2: family_id \"9\" is not in families.csv. Write the id of a family that is there, or add the family."
        ]
    );
    assert_eq!(
        row("1,1,Someday,10:00,12:00,Oak,1,2026-01-03,,fixed\n"),
        ["bookings.csv:2: \"Someday\" in weekday is not a day of the week. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun."]
    );
    assert_eq!(
        row("1,1,Sat,10am,12:00,Oak,1,2026-01-03,,fixed\n"),
        ["bookings.csv:2: \"10am\" in start is not a time. Write it with 24 hours, 14:30."]
    );
    assert_eq!(
        row("1,1,Sat,10:00,,Oak,1,2026-01-03,,fixed\n"),
        ["bookings.csv:2: end is empty. Write it with 24 hours, 14:30."]
    );
    assert_eq!(
        row("1,1,Sat,10:00,10:00,Oak,1,2026-01-03,,fixed\n"),
        ["bookings.csv:2: end 10:00 is not after start 10:00. Correct one of the two times."]
    );
    assert_eq!(
        row("1,1,Sat,10:00,12:00,,1,2026-01-03,,fixed\n"),
        ["bookings.csv:2: room is empty. Write the room that is planned."]
    );
    let weeks = "Write 1 for every week, 2 for every other week, up to 52.";
    assert_eq!(
        row("1,1,Sat,10:00,12:00,Oak,0,2026-01-03,,fixed\n"),
        [format!("bookings.csv:2: every_weeks is 0, so it never comes round. {weeks}")]
    );
    assert_eq!(
        row("1,1,Sat,10:00,12:00,Oak,99,2026-01-03,,fixed\n"),
        [format!("bookings.csv:2: every_weeks is 99, more than a year. {weeks}")]
    );
    assert_eq!(
        row("1,1,Sat,10:00,12:00,Oak,two,2026-01-03,,fixed\n"),
        [format!("bookings.csv:2: \"two\" in every_weeks is not a number of weeks. {weeks}")]
    );
    assert_eq!(
        row("1,1,Sat,10:00,12:00,Oak,1,2026-01-03,2026-01-02,fixed\n"),
        ["bookings.csv:2: to 2026-01-02 is before from 2026-01-03. Correct one of the two dates."]
    );
    assert_eq!(
        row("1,1,Sat,10:00,12:00,Oak,1,2026-01-03,,odd\n"),
        ["bookings.csv:2: \"odd\" cannot stand in type. Write fixed or rota."]
    );
}

#[test]
fn a_file_with_a_fault_says_which() {
    let families = |bytes: &[u8]| faults(&files(bytes, PEOPLE, BOOKINGS));
    assert_eq!(
        families(b""),
        ["families.csv:1: the file is empty. It needs a header line: id,ref,status,opened,closed,service,referrer."]
    );
    assert_eq!(families(b"\xEF\xBB\xBF \r\n"), families(b""));
    assert_eq!(
        families(b"id,ref,opened,closed,service,referrer\n"),
        ["families.csv:1: the column status is missing. Add it to the header as status, with its values below."]
    );
    assert_eq!(
        families(format!("{FAMILIES}{FAMILY}").replace(',', ";").as_bytes())[0],
        "families.csv:1: the column id is missing. Save the file with commas between the values."
    );
    assert_eq!(
        families(b"id,id,ref,status,opened,closed,service,referrer\n"),
        ["families.csv:1: the column id stands twice in the header. Rename or remove one of them."]
    );
    assert_eq!(
        families(b"\xFF\xFEi\0d\0"),
        ["families.csv:1: the file is UTF-16, not UTF-8. Save it again from the spreadsheet as CSV UTF-8."]
    );
    let few = format!("{FAMILIES}1,F1,open\n2,F2,open,2026-01-03,,supported,self,,,\n");
    assert_eq!(
        families(few.as_bytes()),
        [
            "families.csv:2: too few values: 3, and the header has 8. Give it all its commas; a value that is not known stays empty.",
            "families.csv:3: too many values: 10, and the header has 8. Put a value that holds a comma between quotation marks.",
        ]
    );
    let open = format!(
        "{FAMILIES}{FAMILY}2,F2,open,2026-01-03,,supported,self,\"no end\n3,F3,open,2026-01-03,,handover,self,\n"
    );
    assert_eq!(
        families(open.as_bytes()),
        ["families.csv:3: a quotation mark opens in this row and never closes. Close it, or take it away."]
    );
    let mut latin = format!("{PEOPLE}1,1,child,Si").into_bytes();
    latin.extend(b"\xE2n,H,,,,,,,\n");
    assert_eq!(
        faults(&files(format!("{FAMILIES}{FAMILY}"), latin, BOOKINGS)),
        ["people.csv:2: given is not UTF-8. Save it again from the spreadsheet as CSV UTF-8."]
    );
    let none = Files { people: None, ..rows(FAMILY, "", "") };
    assert_eq!(
        faults(&none),
        ["people.csv: the file is not in the folder. Put people.csv into it, with its header line at least."]
    );
}

#[test]
fn all_faults_are_told_at_once_and_in_order() {
    let files = rows(
        "1,,open,2026-13-03,,video,self,\n",
        "1,1,child,,H,,,,,,,\n2,1,visitor,Ama,H,,,,,,,bees\n",
        "1,1,Sat,12:00,10:00,Oak,0,2026-01-03,,fixed\n",
    );
    let found = dry(&files).err().unwrap();
    assert_eq!(found.count(), 8, "{}", found.report());
    let report = found.report();
    assert!(report.starts_with("Rows read: families.csv 1, people.csv 2, bookings.csv 1.\n"), "{report}");
    assert!(report.contains("To put right (8):\n  families.csv:2: ref is empty."), "{report}");
    assert!(report.ends_with("Nothing was written. Put these right in the files, and run the import again.\n"));
    let lines: Vec<_> = found.list.iter().map(|f| (f.table, f.line)).collect();
    assert!(lines.is_sorted());
}

#[test]
fn a_long_list_of_faults_is_counted_and_cut() {
    let many: String = (1..=250).map(|n| format!("{n},1,child,,H,,,,,,,\n")).collect();
    let found = dry(&rows(FAMILY, &many, "")).err().unwrap();
    assert_eq!(found.count(), 250);
    assert!(found.report().contains("  and 150 more\n"));
    assert_eq!(found.report().lines().filter(|l| l.contains("given is empty")).count(), 100);
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let found = dry(&rows("1,F1,open,\u{1b}[2J\u{202e}x,,supported,self,\n", "", "")).err().unwrap();
    assert!(!found.report().contains(['\u{1b}', '\u{202e}']));
}

// The shapes that files come in.

#[test]
fn marks_line_ends_quotes_and_order_of_columns_do_no_harm() {
    let families = "\u{feff}service, REF ,id,status,opened,closed,referrer,notes\r\n\
        supported,F26-1,1,open,2026-01-03,,Cafcass,\"two\r\nlines\"\r\n\r\n,,,,,,,\r\nhandover,F26-2,2,open,bad,,self,\r\n";
    let found = faults(&files(families, PEOPLE, BOOKINGS));
    assert_eq!(
        found,
        ["families.csv:6: \"bad\" in opened is not a date. Write it as year-month-day, 2026-03-28."],
        "the physical line"
    );
    let plan = good(&files(families.replace("bad", "2026-01-10"), PEOPLE, BOOKINGS), &Held::new());
    assert_eq!(plan.counts.families.new, 2);
    let lines: Vec<u32> = plan.entries.iter().map(|e| e.line).collect();
    assert_eq!(lines, [2, 6]);
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let families = format!("{FAMILIES}{FAMILY}\n2,\"F\n2\",open,x,,supported,self,").replace('\n', end);
        assert!(faults(&files(families, PEOPLE, BOOKINGS))[0].starts_with("families.csv:4: \"x\""), "{end:?}");
    }
}

#[test]
fn names_are_cleaned_and_composed() {
    let held = Held::new();
    let people = "1,1,child,\" Sia\u{302}n\n\u{202e}\",\u{200b}O’Neill,,,,,,,\n";
    let held = held.clone().with(events(&good(&rows(FAMILY, people, ""), &held)));
    let sian = member(&held, "1");
    assert_eq!((sian.given.as_str(), sian.family.as_str()), ("Siân", "O’Neill"));
}

#[test]
fn unknown_columns_and_other_files_are_said_and_stop_nothing() {
    let families = "id,ref,status,opened,closed,service,referrer,colour\n1,F1,open,2026-01-03,,supported,scouts,red\n";
    let others = vec![Text::name("attendance.csv"), Text::name("notes.txt")];
    let plan = good(&Files { others, ..files(families, PEOPLE, BOOKINGS) }, &Held::new());
    let report = plan.report();
    for words in [
        "families.csv:1: the column \"colour\" is not used",
        "families.csv:2: the referrer \"scouts\" is not in the list; it is kept as other",
        "  not read: attendance.csv, notes.txt",
        "families.csv:2: F1 has no child, no resident party, no non-resident party, no booking",
    ] {
        assert!(report.contains(words), "{report}");
    }
}

// What rows become.

#[test]
fn people_become_sides_and_standings() {
    let people = "1,1,child,Mia,H,,2020-01-01,,,,,\n\
        2,1,party,Sarah,H,,1990-01-01,mother,resident,07700 900101,yes,\n\
        3,1,party,Dan,R,Danny,,father,non-resident,07700 900102,yes,\n\
        4,1,visitor,Una,R,,,aunt,,,yes,\n5,1,visitor,Gus,R,,,uncle,,,supervised,\n\
        6,1,visitor,Ned,R,,,uncle,,,no,\n7,1,visitor,Kay,H,,,aunt,resident,,yes,\n";
    let held = Held::new();
    let plan = good(&rows(FAMILY, people, ""), &held);
    assert_eq!((plan.counts.children.new, plan.counts.adults.new, plan.counts.visitors.new), (1, 2, 4));
    let held = held.with(events(&plan));
    let is = |source: &str| {
        let m = member(&held, source);
        (m.side, m.standing, m.collects, m.born.is_some())
    };
    assert_eq!(is("1"), (Side::Child, Standing::Party, false, true));
    assert_eq!(is("2"), (Side::Resident, Standing::Party, true, false));
    assert_eq!(is("3"), (Side::Visiting, Standing::Party, false, false));
    assert_eq!(is("4"), (Side::Visiting, Standing::Visitor, false, false));
    assert_eq!(is("5"), (Side::Visiting, Standing::VisitorSupervised, false, false));
    assert_eq!(is("6"), (Side::Visiting, Standing::NotPermitted, false, false));
    assert_eq!(is("7"), (Side::Resident, Standing::Visitor, false, false));
    assert_eq!(member(&held, "3").called(), "Danny");
    let source = Source::Import { file: Text::name("people.csv"), line: 3 };
    assert_eq!(plan.entries[2].source(), source);
}

/// A family of five, with an alert on one of them.
fn with_alert(on: usize, alert: &str) -> Files {
    let mut people = [
        "1,1,child,Mia,H,,2020-01-01,,,,,".to_owned(),
        "2,1,party,Sarah,H,,,mother,resident,,,".to_owned(),
        "3,1,party,Sid,H,,,step-father,resident,,,".to_owned(),
        "4,1,party,Dan,R,,,father,non-resident,,,".to_owned(),
        "5,1,visitor,Una,R,,,aunt,,,yes,".to_owned(),
    ];
    people[on].push_str(alert);
    rows(FAMILY, &(people.join("\n") + "\n"), "1,1,Sat,10:00,12:00,Oak,2,2026-01-03,,fixed\n")
}

fn only_case(files: &Files) -> CaseFile {
    let held = Held::new();
    let plan = good(files, &held);
    held.with(events(&plan)).cases.into_values().next().unwrap()
}

#[test]
fn alerts_become_instructions() {
    let one = |on, alert| only_case(&with_alert(on, alert)).instructions[0].clone();
    let nut = one(0, "nut allergy");
    assert_eq!((nut.flag, nut.effect, nut.consent), (Flag::Medical, Effect::Show, Some(Consent::NotSeen)));
    assert_eq!((nut.words.as_str(), nut.party), ("Nut allergy. Consent not seen.", None));
    assert_eq!(one(3, "asthma inhaler").party, Some(Party::Visits), "an adult's body is that side's own affair");
    assert_eq!(one(1, "Nut Allergy").party, Some(Party::Brings));
    let photo = one(0, "no photographs");
    assert_eq!((photo.flag, photo.effect, photo.consent), (Flag::Photographs, Effect::Show, None));
    let order = one(1, "non-molestation order");
    assert_eq!((order.flag, order.effect, order.party), (Flag::NonMolestation, Effect::Block, None));
    let stagger = one(0, "stagger arrivals");
    assert_eq!((stagger.flag, stagger.effect), (Flag::Stagger, Effect::Show));
    assert!(only_case(&with_alert(0, "stagger arrivals")).apart.is_empty(), "a stagger alone never blocks");
    for words in [order.words, stagger.words] {
        let lower = words.as_str().to_lowercase();
        for telling in ["order", "meet", "apart", "risk", "sarah", "dan", "court"] {
            assert!(!lower.contains(telling), "{words}");
        }
    }
}

#[test]
fn an_order_keeps_apart_the_right_people() {
    let pairs = |on| {
        let file = only_case(&with_alert(on, "non-molestation order"));
        let name = |id| file.people.iter().find(|m| m.person == id).unwrap().given.as_str().to_owned();
        file.apart
            .iter()
            .map(|&(one, other)| {
                let mut pair = [name(one), name(other)];
                pair.sort();
                pair.join(" ")
            })
            .collect::<BTreeSet<String>>()
    };
    let set = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(pairs(1), set(&["Dan Sarah"]), "a party: with each party of the other side");
    assert_eq!(pairs(3), set(&["Dan Sarah", "Dan Sid"]));
    assert_eq!(pairs(0), set(&["Dan Sarah", "Dan Sid"]), "a child: the two sides");
    assert_eq!(pairs(4), set(&["Dan Sarah", "Dan Sid", "Sarah Una", "Sid Una"]), "a visitor: both");
}

#[test]
fn rooms_are_found_added_or_set_beside_a_place_of_the_same_name() {
    let booking = |n: u32, room: &str| format!("{n},1,Sat,10:00,12:00,{room},2,2026-01-03,,fixed\n");
    let files = rows(
        FAMILY,
        "",
        &["oak", "Room 6", "Hall", "hall", "Öl"].iter().zip(1..).map(|(r, n)| booking(n, r)).collect::<String>(),
    );
    let plan = good(&files, &Held::new());
    let held = Held::new().with(events(&plan));
    assert_eq!(plan.entries[0].file, FileRef::Centre);
    assert_eq!((plan.entries[0].line, held.policy.version), (3, 2));
    let name = |source: &str| {
        let id = imported(REGISTER, "bookings.csv", source);
        let room = held.cases.values().find_map(|f| f.patterns.get(&id)).unwrap().room.clone();
        let place = held.policy.place(&room).unwrap();
        assert_eq!(place.use_for, Use::Contact);
        (room.0, place.name.as_str().to_owned())
    };
    assert_eq!(name("1"), ("oak".to_owned(), "Oak".to_owned()));
    assert_eq!(name("2"), ("room-6".to_owned(), "Room 6".to_owned()));
    assert_eq!(name("3"), ("hall-room".to_owned(), "Hall (room)".to_owned()));
    assert_eq!(name("4"), name("3"));
    assert_eq!(name("5"), ("öl".to_owned(), "Öl".to_owned()));
    assert!(
        plan.report().contains("bookings.csv:4: a new room, Hall (room), since a place of another use has that name")
    );
    assert!(good(&files, &held).entries.is_empty(), "the second run finds them");
}

#[test]
fn a_one_to_one_room_taken_twice_is_listed_and_group_rooms_are_not() {
    let families = "1,A,open,2026-01-03,,supervised,self,\n2,B,open,2026-01-03,,supported,self,\n3,C,open,2026-01-03,,supported,self,\n";
    let clash = |second: &str| {
        let bookings = format!(
            "1,1,Sat,10:00,12:00,Oak,2,2026-01-03,,fixed\n2,2,{second},fixed\n3,3,Sat,13:00,14:00,Oak,1,2026-01-03,,fixed\n4,2,Sat,13:00,14:00,Oak,1,2026-01-03,,fixed\n"
        );
        let plan = good(&rows(families, "", &bookings), &Held::new());
        plan.notices.iter().map(ToString::to_string).filter(|n| n.contains("taken twice")).collect::<Vec<_>>()
    };
    assert_eq!(
        clash("Sat,11:00,12:30,Oak,3,2026-01-10,"),
        [
            "bookings.csv:3: Oak is taken twice on 2026-01-31: A 10:00 to 12:00 (line 2) and B 11:00 to 12:30; A is one-to-one"
        ]
    );
    assert!(clash("Sat,11:00,12:30,Oak,2,2026-01-10,").is_empty(), "the other weeks");
    assert!(clash("Sat,11:00,12:30,Oak,3,2026-01-10,2026-01-30").is_empty(), "ended before");
    assert!(clash("Sun,11:00,12:30,Oak,2,2026-01-03,").is_empty(), "another day");
    assert!(clash("Sat,12:00,12:30,Oak,2,2026-01-03,").is_empty(), "one after the other");
    assert!(clash("Sat,11:00,12:30,Elm,2,2026-01-03,").is_empty(), "another room");
}

#[test]
fn people_named_twice_are_listed() {
    let families = format!("{FAMILY}2,F26-2,open,2026-01-03,,supported,self,\n");
    let people = "1,1,child,Mia,H,,2020-01-01,,,,,\n2,2,child,Mia,H,,2020-01-01,,,,,\n3,2,child,Mia,H,,2017-01-01,,,,,\n\
        4,1,party,Ama,H,,,mother,resident,07700 900001,,\n5,2,party,ama,H,,,mother,resident,07700900001,,\n6,2,child,Leo,H,,2020-01-01,,,,,\n";
    let plan = good(&rows(&families, people, ""), &Held::new());
    let twice: Vec<String> = plan.notices.iter().map(ToString::to_string).filter(|n| n.contains("stands on")).collect();
    assert_eq!(
        twice,
        [
            "people.csv:3: Mia H stands on line 2 too; kept as two people",
            "people.csv:4: Mia H stands on line 3 too; kept as two people",
            "people.csv:6: ama H stands on line 5 too; kept as two people",
        ]
    );
}

#[test]
fn a_long_list_of_one_kind_does_not_hide_the_others() {
    let people: String = (1..=90).map(|n| format!("{n},1,child,Mia,H,,,,,,,\n")).collect();
    let plan = good(&rows(FAMILY, &people, "1,1,Sat,10:00,12:00,Attic,2,2026-01-03,,fixed\n"), &Held::new());
    let report = plan.report();
    assert_eq!(report.lines().filter(|l| l.contains("stands on line")).count(), 40);
    assert!(report.contains("  and 49 more people who stand twice\n"), "{report}");
    assert!(report.contains("  bookings.csv:2: a new room, Attic\n"), "{report}");
}

// A second run.

#[test]
fn the_fixture_comes_in_whole_and_a_second_run_adds_nothing() {
    let files = fixture();
    assert_eq!(files.others, [Text::name("README.md")]);
    let first = good(&files, &Held::new());
    let c = first.counts;
    assert_eq!((c.families.new, c.children.new, c.adults.new, c.visitors.new), (12, 23, 24, 6));
    assert_eq!((c.bookings.new, c.instructions.new, c.apart.new), (12, 17, 1));
    let held = Held::new().with(events(&first));
    let second = good(&files, &held);
    assert!(second.entries.is_empty());
    assert_eq!((second.counts.families.same, second.counts.instructions.same, second.counts.apart.same), (12, 17, 1));
    assert!(second.report().contains("Nothing to write: the register holds all of this already."));
    insta::assert_snapshot!("fixture_report", first.report());
}

#[test]
fn a_policy_comes_first_and_a_case_before_its_people() {
    let plan = good(&fixture(), &Held::new());
    assert!(matches!(plan.entries[0].event, Event::Centre(CentreEvent::PolicySet(_))));
    let mut opened = BTreeSet::new();
    for entry in &plan.entries[1..] {
        let FileRef::Case(case) = entry.file else { panic!("{entry:?}") };
        if matches!(entry.event, Event::Case(CaseEvent::CaseOpened(_))) {
            opened.insert(case);
        }
        assert!(opened.contains(&case));
    }
}

#[test]
fn a_changed_row_becomes_a_correction_under_the_same_id() {
    let change = |files: &Files, table: fn(&mut Files) -> &mut Option<Vec<u8>>, from: &str, to: &str| {
        let mut files = files.clone();
        let slot = table(&mut files);
        let text = String::from_utf8(slot.take().unwrap()).unwrap();
        assert!(text.contains(from), "{from}");
        *slot = Some(text.replace(from, to).into_bytes());
        files
    };
    let files = fixture();
    let held = Held::new().with(events(&good(&files, &Held::new())));
    let moved = change(&files, |f| &mut f.people, "07700 982942", "07700 900123");
    let moved = change(&moved, |f| &mut f.bookings, "Sat,15:00,16:30,Oak", "Sat,15:30,17:00,Oak");
    let moved =
        change(&moved, |f| &mut f.families, "F25-00001,open,2025-06-28,", "F25-00001,closed,2025-06-28,2026-07-01");
    let plan = good(&moved, &held);
    assert_eq!(plan.entries.len(), 3, "{:?}", plan.entries);
    assert_eq!((plan.counts.families.changed, plan.counts.adults.changed, plan.counts.bookings.changed), (1, 1, 1));
    let now = held.clone().with(events(&plan));
    assert_eq!(member(&now, "2").person, member(&held, "2").person);
    assert_eq!(member(&now, "2").phone.unwrap().as_str(), "07700 900123");
    assert_eq!(now.cases.len(), held.cases.len());
    assert!(good(&moved, &now).entries.is_empty());
}

#[test]
fn a_lost_alert_ends_but_an_order_does_not() {
    let after = |alert: &str| {
        let held = Held::new().with(events(&good(&with_alert(1, alert), &Held::new())));
        good(&with_alert(1, ""), &held)
    };
    let plan = after("no photographs");
    assert!(matches!(plan.entries[0].event, Event::Case(CaseEvent::InstructionWithdrawn { .. })));
    assert_eq!((plan.entries.len(), plan.counts.instructions.changed), (1, 1));
    let plan = after("non-molestation order");
    assert!(plan.entries.is_empty());
    assert!(plan.report().contains(
        "people.csv:3: the non-molestation order is no longer in this row; it holds until a coordinator ends it"
    ));
}

#[test]
fn what_the_tables_cannot_say_is_kept() {
    let files = with_alert(0, "nut allergy");
    let mut held = Held::new().with(events(&good(&files, &Held::new())));
    let own = CasePlan { hold_min: 30, ..policy().plan };
    let file = held.cases.values_mut().next().unwrap();
    file.head.plan = Some(own.clone());
    file.instructions[0].consent = Some(Consent::Seen);
    file.instructions[0].words = Text::name("Nut allergy. Pen in the bag.");
    file.people[3].collects = true;
    assert!(good(&files, &held).entries.is_empty());
    let mut closed = files.clone();
    closed.families =
        Some(format!("{FAMILIES}{}", FAMILY.replace("open,2026-01-03,", "closed,2026-01-03,2026-09-01")).into_bytes());
    let now = held.clone().with(events(&good(&closed, &held)));
    assert_eq!(now.cases.values().next().unwrap().head.plan, Some(own));
}

#[test]
fn rows_that_are_gone_stay_and_are_counted() {
    let files = with_alert(0, "");
    let held = Held::new().with(events(&good(&files, &Held::new())));
    let plan = good(&rows(FAMILY, "2,1,party,Sarah,H,,,mother,resident,,,\n", ""), &held);
    assert!(plan.entries.is_empty());
    assert!(
        plan.report().contains("F26-1: the register also holds 4 people, 1 booking, not in these files; they stay")
    );
}

#[test]
fn a_visitor_who_may_now_come_in_is_said() {
    let row = |may: &str| rows(FAMILY, &format!("1,1,visitor,Ned,R,,,uncle,,,{may},\n"), "");
    let held = Held::new().with(events(&good(&row("no"), &Held::new())));
    assert!(good(&row("yes"), &held).report().contains("people.csv:2: Ned was not to come in; this row lets them in"));
}

// Anything at all.

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "1", "2", "", "open", "closed", "supported", "child", "party", "visitor", "resident", "yes", "no", "Sat", "10:00",
            "12:00", "Oak", "Hall", "0", "1", "2026-01-03", "9999-12-31", "fixed", "nut allergy", "non-molestation order", "\"", "\r\n",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn table(header: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let columns = header.split(',').count();
    let row = prop::collection::vec(cell(), columns.saturating_sub(1)..=columns + 1).prop_map(|row| row.join(","));
    prop::collection::vec(row, 0..8).prop_map(move |rows| format!("{header}{}", rows.join("\n")).into_bytes())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(
        families in prop::collection::vec(any::<u8>(), 0..300),
        people in prop::collection::vec(any::<u8>(), 0..300),
        bookings in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let _ = dry(&files(families, people, bookings)).map(|p| p.report()).map_err(|f| f.report());
    }

    #[test]
    fn anything_under_the_headers_never_panics(families in table(FAMILIES), people in table(PEOPLE), bookings in table(BOOKINGS)) {
        let _ = dry(&files(families, people, bookings)).map(|p| p.report()).map_err(|f| f.report());
    }

    #[test]
    fn a_spoilt_fixture_is_refused_or_settles(at in any::<prop::sample::Index>(), byte in any::<u8>(), which in 0..3usize) {
        let mut files = fixture();
        let slot = match which { 0 => &mut files.families, 1 => &mut files.people, _ => &mut files.bookings };
        let bytes = slot.as_mut().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(first) = dry(&files) {
            let held = Held::new().with(events(&first));
            prop_assert!(good(&files, &held).entries.is_empty());
        }
    }
}

// The practice day.

fn practice_register() -> Held {
    Held::new().with(practice::families(REGISTER, &policy()).into_iter().map(|(_, event)| event))
}

fn saturday(held: &Held) -> Vec<(&CaseFile, &Pattern)> {
    let mut day: Vec<_> = held
        .cases
        .values()
        .flat_map(|file| file.patterns.values().map(move |p| (file, p)))
        .filter(|(_, pattern)| pattern.falls_on(practice::day()))
        .collect();
    day.sort_by_key(|(file, pattern)| (pattern.start, file.head.code.clone()));
    day
}

#[test]
fn the_practice_saturday_is_that_of_the_screens() {
    let held = practice_register();
    let age = |m: &Member| m.age_on(practice::day()).unwrap();
    let rows: Vec<String> = saturday(&held)
        .iter()
        .zip(1..)
        .map(|((file, pattern), no)| {
            let who = |side| {
                let of_side = file.people.iter().filter(move |m| m.side == side && m.is_expected());
                of_side
                    .map(|m| if m.is_child() { format!("{} {}", m.given, age(m)) } else { m.given.to_string() })
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            format!(
                "{no:>2} {} {} {:<4} {:<8} {} | {} | {}",
                pattern.start.format("%H:%M"),
                pattern.end.format("%H:%M"),
                file.head.kind.code(),
                pattern.room.as_str(),
                who(Side::Child),
                who(Side::Resident),
                who(Side::Visiting)
            )
        })
        .collect();
    insta::assert_snapshot!("practice_saturday", rows.join("\n"));
    assert_eq!(rows.len(), 12);
    assert_eq!(practice::starts().to_string(), "2026-11-21 08:55:00");
}

#[test]
fn no_3_must_not_meet_and_finds_its_own_way() {
    let held = practice_register();
    let day = saturday(&held);
    let (file, pattern) = day[2];
    let of = |name: &str| file.people.iter().find(|m| m.given.as_str() == name).unwrap();
    assert_eq!(file.apart, [(of("Carys").person, of("Tomos").person)]);
    assert!(of("Carys").phone.as_ref().unwrap().as_str().ends_with("417"));
    assert!(of("Gwen").collects && of("Gwen").standing == Standing::Collector && !of("Tomos").collects);
    assert_eq!(
        (pattern.end, file.head.plan.as_ref().unwrap().second_min),
        (NaiveTime::from_hms_opt(11, 30, 0).unwrap(), 3)
    );
    assert!(file.head.plan.as_ref().unwrap().routes.is_empty());
    let words: Vec<&str> =
        file.instructions.iter().filter(|i| i.party == Some(Party::Brings)).map(|i| i.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "Side door, then the small waiting room. Not through the hall.",
            "Ask for Siân's bag: it goes where she goes."
        ]
    );
    let others = day.iter().filter(|(f, _)| f.head.case != file.head.case);
    assert!(others.clone().all(|(f, _)| f.apart.is_empty() && f.instructions.is_empty()), "one family to read first");
    assert_eq!(day.iter().filter(|(f, _)| f.head.kind == ContactKind::Supervised).count(), 1);
}

#[test]
fn the_keys_of_the_screens_find_one_person_each() {
    let held = practice_register();
    let called: Vec<String> = held.cases.values().flat_map(|f| &f.people).map(|m| m.called().to_lowercase()).collect();
    for (letters, hits) in [("sa", 1), ("to", 1), ("ca", 1), ("no", 1), ("mi", 2)] {
        assert_eq!(called.iter().filter(|name| name.starts_with(letters)).count(), hits, "{letters}");
    }
}

#[test]
fn practice_people_are_invented_and_always_the_same() {
    assert_eq!(practice::families(REGISTER, &policy()), practice::families(REGISTER, &policy()));
    let held = practice_register();
    let people: Vec<&Member> = held.cases.values().flat_map(|f| &f.people).collect();
    assert_eq!(people.iter().map(|m| m.person).collect::<BTreeSet<_>>().len(), people.len());
    let phones: Vec<&Text> = people.iter().filter_map(|m| m.phone.as_ref()).collect();
    assert!(phones.iter().all(|p| p.as_str().starts_with("07700 900")), "Ofcom's drama range");
    assert_eq!(phones.iter().collect::<BTreeSet<_>>().len(), phones.len());
    assert!(people.iter().all(|m| m.is_child() == m.born.is_some() && m.is_child() == m.phone.is_none()));
    let team = practice::team(REGISTER);
    let cards: Vec<_> = team.iter().map(|c| (c.number, c.given.as_str())).collect();
    assert_eq!(cards, [(1, "Ruth"), (2, "Sam"), (3, "Walter"), (4, "Priya"), (5, "Jean")]);
    assert_eq!(practice::day(), NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
}
