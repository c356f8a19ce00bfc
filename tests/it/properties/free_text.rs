//! Invariant 8: where free text can be written is a fixed list. Whoever adds a field adds it here too, and says what it
//! is for; no line may hold how a supported contact went.

use std::fs;
use std::path::Path;

/// Every field of text that an entry of the book can hold: where it is declared, and what it is for.
const FIELDS: &[(&str, &str)] = &[
    // A case file, from the referral: names, how to reach people, what to do at the door.
    ("case.rs CaseHead.code", "the centre's reference"),
    ("case.rs Instruction.reason", "why, for the coordinator and the safeguarding lead only"),
    ("case.rs Instruction.words", "what to do at the door, never why"),
    ("case.rs Member.family", "name"),
    ("case.rs Member.given", "name"),
    ("case.rs Member.known_as", "name"),
    ("case.rs Member.phone", "number held on file"),
    ("case.rs Member.relation", "to the children"),
    ("event.rs Import.file", "name of an imported file"),
    ("event/centre.rs ApartClosed.why", "reason why two people may meet again"),
    ("event/centre.rs DayNote.note", "made by the program: the head of the book at the close, signed"),
    ("event/centre.rs FamiliesApart.why", "reason why two families must not meet"),
    ("event/centre.rs FamiliesApartClosed.why", "reason why two families may meet again"),
    ("event/centre.rs KeptApart.why", "reason why two people must not meet"),
    ("event/centre.rs StaffCard.family", "name"),
    ("event/centre.rs StaffCard.given", "name"),
    ("event/centre.rs UserCard.email", "address on the list of authorised users"),
    ("event/centre.rs UserCard.family", "name"),
    ("event/centre.rs UserCard.given", "name"),
    ("event/centre.rs UserCard.job", "what they do at the centre"),
    ("event/centre.rs UserCard.title", "as they use it"),
    // The day.
    ("event/day.rs Expected.code", "the centre's reference"),
    ("event/day.rs Reopened.why", "reason of a correction"),
    ("event/day.rs VisitorCame.name", "name as given"),
    ("event/day.rs VisitorCame.what", "what they are"),
    // The door.
    ("event/door.rs Agency.agency", "which"),
    ("event/door.rs Agency.decided", "who decided"),
    ("event/door.rs Agency.name", "name as given"),
    ("event/door.rs Agency.number", "their number"),
    ("event/door.rs Called.number", "which number of the policy was rung"),
    ("event/door.rs ThingKept.place", "where a thing lies"),
    ("event/door.rs UnlistedCame.name", "name as given"),
    ("event/door.rs Verified.name", "name as given"),
    ("event/door.rs Verified.number", "the number that was rung"),
    ("event/door.rs WithVisiting.number", "the number that reaches them"),
    ("event/door.rs WithVisiting.to", "where they go"),
    // A note for the coordinator.
    ("event/note.rs Account.paper", "number of a paper form"),
    ("event/note.rs Account.words", "note for the coordinator"),
    ("event/note.rs MessageLeft.words", "message for the coordinator: a number, a day asked for"),
    // The centre's own words.
    ("policy.rs Door.name", "policy"),
    ("policy.rs Item.words", "policy"),
    ("policy.rs NoteKind.words", "policy"),
    ("policy.rs Number.name", "policy"),
    ("policy.rs Number.number", "policy"),
    ("policy.rs Place.name", "policy"),
    ("policy.rs Policy.address", "policy"),
    ("policy.rs Policy.centre", "policy"),
    ("policy.rs Policy.phone", "policy"),
    ("policy.rs Reason.outside", "policy"),
    ("policy.rs Reason.words", "policy"),
];

/// Every field of text that a command takes: what can be typed at the desk. (A basis comes from `event/door.rs`,
/// an instruction from `case.rs`.)
const TYPED: &[&str] = &[
    "decide/ask.rs Journey.number",
    "decide/ask.rs Journey.to",
    "decide/ask.rs KeepThing.place",
    "decide/ask.rs Unlisted.name",
    "decide/ask.rs Call.number",
    "decide/command.rs CloseApart.why",
    "decide/command.rs CloseFamilies.why",
    "decide/command.rs FamiliesApart.why",
    "decide/command.rs KeepApart.why",
    "decide/command.rs Leave.words",
    "decide/command.rs Reopen.why",
    "decide/command.rs Tell.paper",
    "decide/command.rs Tell.words",
    "decide/command.rs VisitorIn.name",
    "decide/command.rs VisitorIn.what",
];

/// `file Owner.field` of every field whose type holds a `Text` or a `String`.
fn text_fields(file: &str) -> Vec<String> {
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain").join(file)).unwrap();
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut owners: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in source.lines().map(str::trim).filter(|l| !l.starts_with("//")) {
        if let Some(head) = line.strip_suffix('{') {
            let name = head.trim().trim_start_matches("pub ").trim_start_matches("struct ").trim_start_matches("enum ");
            owners.push(name.split(['(', '<', ' ']).next().unwrap_or_default().to_owned());
        } else if line.starts_with('}') {
            owners.pop();
        } else if let Some((field, of)) = line.trim_start_matches("pub ").split_once(": ")
            && field.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            && line.ends_with(',')
            && ["Text", "Option<Text>", "Vec<Text>", "String", "Option<String>"].contains(&of.trim_end_matches(','))
        {
            found.push(format!("{file} {}.{field}", owners.last().map_or("?", String::as_str)));
        } else if let Some((variant, held)) = line.split_once('(')
            && variant.chars().all(char::is_alphanumeric)
            && line.ends_with("),")
            && (held.contains("Text") || held.contains("String"))
        {
            found.push(format!("{file} {variant}"));
        }
    }
    found
}

#[test]
fn free_text_can_be_written_in_these_places_only() {
    let files = [
        "case.rs",
        "event.rs",
        "event/amend.rs",
        "event/centre.rs",
        "event/day.rs",
        "event/door.rs",
        "event/note.rs",
        "policy.rs",
    ];
    let mut found: Vec<String> = files.iter().flat_map(|f| text_fields(f)).collect();
    // The zone of the policy is a name of the zone table; a code is a code.
    found.retain(|f| f != "policy.rs Policy.zone");
    found.sort();
    let listed: Vec<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
    assert_eq!(found, listed);
}

#[test]
fn what_can_be_typed_at_the_desk_is_this() {
    let mut found = text_fields("decide/command.rs");
    found.extend(text_fields("decide/ask.rs"));
    found.sort();
    let mut typed = TYPED.to_vec();
    typed.sort_unstable();
    assert_eq!(found, typed);
}

/// The one place for sentences is a note for the coordinator; there is no event of how a contact went.
#[test]
fn no_event_tells_how_a_contact_went() {
    let sentences: Vec<&str> =
        FIELDS.iter().filter(|(_, what)| what.contains("note") || what.contains("reason")).map(|(f, _)| *f).collect();
    // Reasons of a file are why people must not meet, and who may read them is held elsewhere.
    let at_the_desk: Vec<&str> = sentences.into_iter().filter(|f| !f.starts_with("event/centre.rs")).collect();
    assert_eq!(at_the_desk, ["event/day.rs Reopened.why", "event/note.rs Account.words"]);
    let names = doorbook::book::wire::names();
    for told in ["observ", "narrat", "report", "comment", "remark", "progress"] {
        // Who writes the report of a one-to-one session, and by when: no word of it.
        let of_contact = |n: &&String| n.as_str() != "door.report_due";
        assert!(names.iter().filter(of_contact).all(|n| !n.contains(told)), "{told} in {names:?}");
    }
}
