//! A small file that is replaced whole, as the keyring is: after a cut at any point it is the old one or the new one,
//! after a fault too, and the next replacing works.

use std::path::Path;

use doorbook::journal::Whole;

use super::disk::{How, Image, MemDisk, Plan};
use super::images::each_cut;

fn path() -> &'static Path {
    Path::new("/home/keyring")
}

fn whole(disk: &MemDisk) -> Whole {
    Whole::on(disk.arc(), path())
}

/// The `n`th content: each of another length, so that a mixture shows.
fn content(n: usize) -> Vec<u8> {
    (0..700 * n + 90).map(|at| (at * (n + 3) + n) as u8).collect()
}

#[test]
fn a_cut_leaves_the_old_one_or_the_new_one() {
    let disk = MemDisk::of(Image::default());
    for n in 1..=9 {
        whole(&disk).replace(&content(n)).unwrap();
        disk.mark(n);
    }
    let states = each_cut(&disk, (usize::MAX, 40), |mark, cut, crash| {
        let found = whole(cut).read().unwrap();
        let allowed = [mark, mark + 1].map(|n| (n > 0).then(|| content(n)));
        assert!(allowed.contains(&found), "{crash:?}: {:?} bytes after mark {mark}", found.map(|b| b.len()));
        whole(cut).replace(&content(20)).unwrap();
        assert_eq!(whole(cut).read().unwrap(), Some(content(20)), "{crash:?}");
        assert_eq!(cut.names(), [path()], "{crash:?}");
    });
    assert!(states > 300, "{states}");
}

#[test]
fn a_fault_at_any_operation_leaves_the_old_one_or_the_new_one() {
    let mut tried = 0;
    for how in How::ALL {
        for at in 0.. {
            let disk = MemDisk::of(Image::default());
            whole(&disk).replace(&content(1)).unwrap();
            disk.arm(Some(Plan { at, how, times: 1 }));
            let done = whole(&disk).replace(&content(2));
            let failed = disk.failed();
            disk.arm(None);
            let found = whole(&disk).read().unwrap();
            if failed == 0 {
                assert!(done.is_ok() && found == Some(content(2)));
                break;
            }
            tried += 1;
            assert!([Some(content(1)), Some(content(2))].contains(&found), "{how:?} {at}");
            assert!(done.is_err() || found == Some(content(2)), "{how:?} {at}");
            whole(&disk).replace(&content(3)).unwrap();
            assert_eq!(whole(&disk).read().unwrap(), Some(content(3)), "{how:?} {at}");
        }
    }
    println!("{tried} faults");
    assert!(tried > 8, "{tried}");
}

#[test]
fn one_that_is_too_large_or_not_private_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyring");
    let file = Whole::at(&path);
    assert_eq!(file.read(), Ok(None));
    file.replace(b"one").unwrap();
    file.replace(b"two").unwrap();
    assert_eq!(file.read(), Ok(Some(b"two".to_vec())));
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(file.read().is_err());
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    doorbook::platform::open_private(&path).unwrap().set_len(65 << 20).unwrap();
    assert!(file.read().is_err());
}
