//! Where the rooms meet: threads, effects, stamping.
//!
//! Three threads: input reads the terminal, the loop has the state and the screen, the keeper has the book. A fourth
//! sleeps until the system asks the program to end.

mod desk;
pub mod first;
pub mod house;
mod house_fault;
mod keeper;
pub mod making;
pub mod notes;
pub mod on_file;
pub mod open;
mod opened;
mod panic;
mod papers;
pub mod setup;
pub mod stamp;
pub mod when;
mod window;

pub use desk::{Ended, Folders, desk, first_start, sealed};
pub use keeper::{Door, Doors, In, Keeper, Kept};
pub use panic::on_panic;
pub use papers::Papers;
pub use window::Window;
