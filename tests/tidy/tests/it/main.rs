//! The architecture's rules, one file a rule.

mod dependencies;
mod docs;
mod errors;
mod layout;
mod leaks;
mod purity;
mod rpcs;
mod size;
mod storage;
mod testing;
