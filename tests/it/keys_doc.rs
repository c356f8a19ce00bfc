//! docs/KEYS.md is what the tables say.

#[test]
fn keys_md_is_made_from_the_tables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/KEYS.md");
    let made = doorbook::app::help::keys_markdown();
    if std::env::var_os("DOORBOOK_WRITE_DOCS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == made, "docs/KEYS.md is not what the tables say: run with DOORBOOK_WRITE_DOCS=1");
}
