//! What others on the machine may do with a folder or a file, looked up and changed without Doorbook's own code: a twin
//! each for Unix and Windows.

use std::path::Path;

/// What Doorbook tells one to type, to close a thing that others can look into.
#[cfg(unix)]
pub const CURE: &str = "chmod ";
#[cfg(windows)]
pub const CURE: &str = "icacls ";

/// Nobody but its owner may do anything with it.
#[cfg(unix)]
pub fn are_kept_out(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().unwrap().permissions().mode() & 0o077 == 0
}

/// Lets others read it.
#[cfg(unix)]
pub fn may_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = path.metadata().unwrap().permissions().mode();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode | 0o044)).unwrap();
}

#[cfg(windows)]
pub use windows::{are_kept_out, may_read};

#[cfg(windows)]
mod windows {
    use std::path::Path;

    use windows_permissions::constants::SeObjectType::SE_FILE_OBJECT;
    use windows_permissions::constants::SecurityInformation as What;
    use windows_permissions::{LocalBox, SecurityDescriptor, utilities, wrappers};

    pub fn are_kept_out(path: &Path) -> bool {
        let found = wrappers::GetNamedSecurityInfo(path.as_os_str(), SE_FILE_OBJECT, What::Dacl).unwrap();
        let text = wrappers::ConvertSecurityDescriptorToStringSecurityDescriptor(&found, What::Dacl).unwrap();
        let text = text.into_string().unwrap();
        text.contains("(A;") && !text.contains(";WD)") && !text.contains(";BU)") && !text.contains(";AU)")
    }

    pub fn may_read(path: &Path) {
        let me = utilities::current_process_sid().unwrap().to_string();
        let list: LocalBox<SecurityDescriptor> = format!("D:P(A;;FA;;;{me})(A;;FR;;;WD)").parse().unwrap();
        let what = What::Dacl | What::ProtectedDacl;
        wrappers::SetNamedSecurityInfo(path.as_os_str(), SE_FILE_OBJECT, what, None, None, list.dacl(), None).unwrap();
    }
}
