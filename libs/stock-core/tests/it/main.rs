//! The rules of a warehouse, as text tables and against a naive model.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod carried;
mod claims;
mod count_model;
mod counted;
mod counts;
mod cross_docked;
mod delivered;
mod deliveries;
mod disposed;
mod expectations;
mod expected;
mod expired;
mod extremes;
mod full_pallets;
mod golden;
mod handling_units;
mod holds;
mod lacking;
mod language;
mod made;
mod making;
mod mended;
mod model;
mod naming;
mod orders;
mod packed;
mod packing;
mod production;
mod promises;
mod put_away;
mod quotas;
mod reconciled;
mod refusals;
mod reversals;
mod rules;
mod statuses;
mod taken;
mod tasks;
mod time;
mod tracking;
mod week;
mod weights;
