//! hamstern reads what each member of a team exported, finds who is the same person, and reports the network.
//!
//! ```text
//!  inbox files                                                        generations/000007/
//!      │                                                                      ▲
//!      ▼                                                                      │
//!  1 read ──▶ store ──▶ 2 clean ──▶ 3 link ──▶ 4 merge ──▶ 5 label ──▶ 6 report ──▶ 7 write
//!  bytes →    raw       comparable  groups,    contacts,   tiers and   tables       bytes
//!  records    cells     cells       one each   holdings    industry
//!                                      ▲                                      │
//!                                      └──────────── state ◀──────────────────┘
//! ```
//!
//! Data flow from left to right. A stage never imports another stage; only [`run`] joins them. Everything
//! but the edge ([`run`], [`state`], [`command`], [`progress`]) is pure: no files, no clock, no randomness,
//! no printing.
//!
//! What always holds:
//!
//! - Every row of every file is kept, a duplicate, ignored, rejected, suppressed or blank. The program
//!   checks it on every run ([`read::Accounts`]) and publishes nothing when the sums differ.
//! - Results do not depend on the order of files, the thread count, the locale or the time zone of the
//!   machine. Whatever reaches an output is sorted by a key that comes from the data.
//! - A contact keeps its id: identity is remembered by record, never by path or line
//!   ([`link::identity`], [`state::memory`]).
//! - A run is all or nothing ([`state::generation`]). What fails leaves the last results as they were.
//! - Raw text is never changed. Cleaning writes new cells beside it, and cleaning twice changes nothing.
//! - Missing is not zero: what is not known is empty, in tables and in comparisons.
//!
//! Where to look: how a LinkedIn row is read, `read/linkedin.rs`; how two records are compared and scored,
//! `link/compare.rs` and `link/score.rs`; whose value wins, `merge/rule.rs`; how a report is added,
//! [`report`]; what happens in which order, `run.rs`; how reports are made again, [`run::again`]; how a question is
//! answered, [`run::who`] and
//! [`run::explain`].
//!
//! What is absent on purpose: network access; reading file times; threads or files in the stages; a
//! catch-all module for helpers.

pub mod clean;
pub mod cli;
pub mod command;
pub mod contact;
pub mod error;
pub mod label;
pub mod link;
pub mod merge;
pub mod pipeline;
pub mod problem;
pub mod progress;
pub mod read;
pub mod record;
pub mod report;
pub mod run;
pub mod scales;
pub mod state;
pub mod store;
pub mod table;
pub mod text;
pub mod touch;
pub mod words;
pub mod write;
