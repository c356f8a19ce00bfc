//! Nothing of the program touches the network: `.ci/nonet` over this build, where strace is.

#![allow(clippy::print_stdout, reason = "what was looked at is part of the answer")]

use std::path::Path;
use std::process::Command;

#[test]
fn nothing_touches_the_network() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/nonet");
    let out = Command::new("bash").arg(script).arg(env!("CARGO_BIN_EXE_doorbook")).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    // 3: there is no strace here; the script says what is missing.
    assert!(matches!(out.status.code(), Some(0 | 3)), "{said}{}", String::from_utf8_lossy(&out.stderr));
    println!("{said}");
}
