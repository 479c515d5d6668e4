//! Devices that work without the network: their ledgers, merged through a line that breaks anywhere into the real thing.
//!
//! `EDGE_SEED` repeats what the devices of the storm do, and where their lines are cut.

mod auditor;
mod clocks;
mod cuts;
mod device;
mod escrow;
mod storm;
mod story;
