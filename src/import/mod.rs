//! CSV in: the three tables of a spreadsheet as entries of the register, and the invented families to practise on.
//!
//! [`Files`] holds bytes; [`plan()`] checks every row and gives a [`Plan`], which makes what would be written, entry by
//! entry. All of it is pure but [`Files::of_folder`]: bytes in, domain values out; who writes them is `run`'s affair.

mod cells;
mod clash;
mod counts;
mod faults;
mod files;
mod ids;
mod index;
mod map;
mod merge;
mod plan;
pub mod practice;
mod report;
mod rooms;
mod rows;
mod sheet;
mod tables;

pub use counts::{Counts, Is, Tally};
pub use faults::{Fault, Faults, Notice, Notices, Table};
pub use files::{Files, Unreadable};
pub use ids::imported;
pub use plan::{Known, Plan, Planned, plan};
pub(crate) use report::counted;
