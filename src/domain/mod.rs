//! What happens at the door, what it means, what is allowed. Knows no screen, no store, no file, no thread, no clock.
//!
//! Entries ([`event`]) fold into a [`register::Register`] of case files and days ([`day`]); [`decide`] is the one place
//! of the rules; [`next`] says what normally comes next; [`due`] what is urgent; [`close`] what stops the day's signing;
//! [`find`] finds people by the letters of their names; [`past`] is what a desk holds of days that are over.

pub mod case;
pub mod close;
pub mod codes;
pub mod day;
pub mod decide;
pub mod due;
pub mod event;
pub mod find;
pub mod ids;
pub mod kind;
pub mod lobby;
pub mod next;
pub mod pairs;
pub mod past;
pub mod policy;
pub mod refusal;
pub mod register;
pub mod text;
pub mod todo;
pub mod zone;
