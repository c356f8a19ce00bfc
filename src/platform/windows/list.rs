//! Access lists: who may do anything with an open file or folder, and closing it to all but its owner.
//!
//! A list is read as the text in which Windows itself writes it (SDDL), and what is not understood counts as open to
//! others.

use std::fs::File;
use std::io;

use windows_permissions::constants::SeObjectType::SE_FILE_OBJECT;
use windows_permissions::constants::SecurityInformation;
use windows_permissions::{LocalBox, SecurityDescriptor, Sid, utilities, wrappers};

/// The system, the administrators, and whoever owns or makes the thing: nobody can be kept out who is one of these.
const ALWAYS: [&str; 4] = ["S-1-5-18", "S-1-5-32-544", "S-1-3-0", "S-1-3-4"];
/// Owners besides oneself: what an administrator makes belongs to all of them.
const ADMINISTRATORS: &str = "S-1-5-32-544";

/// Whom something is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Its owner alone, who runs this program.
    Mine,
    /// Others too.
    Wide,
    /// It belongs to somebody else.
    Theirs,
}

/// Whom this open file or folder is open to.
pub(super) fn whose(file: &File) -> io::Result<Whose> {
    let found =
        wrappers::GetSecurityInfo(file, SE_FILE_OBJECT, SecurityInformation::Owner | SecurityInformation::Dacl)?;
    let me = me()?;
    let owner = found.owner().map(ToString::to_string);
    if owner.as_deref().is_none_or(|owner| owner != me && owner != ADMINISTRATORS) {
        return Ok(Whose::Theirs);
    }
    let text = wrappers::ConvertSecurityDescriptorToStringSecurityDescriptor(&found, SecurityInformation::Dacl)?;
    let Some(allowed) = text.to_str().and_then(allowed) else { return Ok(Whose::Wide) };
    for who in allowed {
        // The text has short names for those whom every Windows knows, in the same form as they are written in.
        let who = who.parse::<LocalBox<Sid>>()?.to_string();
        if who != me && !ALWAYS.contains(&who.as_str()) {
            return Ok(Whose::Wide);
        }
    }
    Ok(Whose::Mine)
}

/// From now on nobody but the one who runs this program; in a folder that goes for all that is made in it.
pub(super) fn close_to_others(file: &mut File, kind: Kind) -> io::Result<()> {
    let within = if kind == Kind::Folder { "OICI" } else { "" };
    let list: LocalBox<SecurityDescriptor> = format!("D:P(A;{within};FA;;;{})", me()?).parse()?;
    let what = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
    wrappers::SetSecurityInfo(file, SE_FILE_OBJECT, what, None, None, list.dacl(), None)
}

/// What a list is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
}

/// Who runs this program.
fn me() -> io::Result<String> {
    Ok(utilities::current_process_sid()?.to_string())
}

/// Everybody whom a list allows something; `None`: it allows all, or is not understood.
fn allowed(list: &str) -> Option<Vec<&str>> {
    let (_, entries) = list.strip_prefix("D:")?.split_once('(')?;
    let mut found = Vec::new();
    for entry in entries.strip_suffix(')')?.split(")(") {
        match entry.split(';').collect::<Vec<_>>().as_slice() {
            ["D", _, _, "", "", _] => {}
            ["A", _, _, "", "", who] => found.push(*who),
            _ => return None,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_whom_it_allows_and_what_is_not_understood_is_wide() {
        assert_eq!(allowed("D:PAI(A;OICI;FA;;;S-1-5-21-1)(D;;FW;;;WD)(A;ID;FR;;;SY)"), Some(vec!["S-1-5-21-1", "SY"]));
        for wide in [
            "",
            "D:",
            "D:NO_ACCESS_CONTROL",
            "D:P",
            "D:(A;;FA;;;S-1-5-21-1",
            "D:(OA;;FA;;;S-1-5-21-1)",
            "D:(A;;FA;;;S-1-5-21-1)(XA;;FX;;;S-1-1-0;(@User.Title==\"PM\"))",
            "S:(A;;FA;;;S-1-5-21-1)",
        ] {
            assert_eq!(allowed(wide), None, "{wide}");
        }
    }
}
