//! Stage 5, contact to labelled contact: industry, level, function, place, strength of ties, category.
//!
//! A label carries a value, a confidence and a reason; unknown stays empty. Nothing here looks at another
//! contact: a label depends on the contact alone, on its ties, and on what the pipeline file says.

pub mod column;
pub mod function;
pub mod goal;
pub mod industry;
pub mod mark;
pub mod place;
pub mod rule;
pub mod seniority;
pub mod strength;
pub mod tier;
pub mod title;
pub mod wish;
