//! What one run leaves for the next: generations, the lock, and the memory of records and files.

pub mod export;
pub mod faces;
pub mod files;
pub mod generation;
pub mod history;
pub mod lock;
pub mod memory;
pub mod snapshot;
pub mod tiers;
