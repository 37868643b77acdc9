//! hamstern reads what each member of a team exported, finds who is the same person, and reports the network.

pub mod clean;
pub mod contact;
pub mod error;
pub mod link;
pub mod merge;
pub mod pipeline;
pub mod problem;
pub mod read;
pub mod record;
pub mod report;
pub mod state;
pub mod store;
pub mod table;
pub mod text;
pub mod touch;
pub mod words;
pub mod write;
