//! The binary as its users see it: processes, pipes, exit codes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test helper that fails fails the test")]

mod boms;
mod catalog;
mod catalog_csv;
mod configuration;
mod counts;
mod crash;
mod deliveries;
mod demo;
mod disk;
mod doubles;
mod edge;
mod errors;
mod expectations;
mod fight;
mod flows;
mod import;
mod item_stock;
mod label;
mod laws;
mod lifecycle;
mod lots;
mod making;
mod number_ranges;
mod orders;
mod output;
mod papers;
mod production;
mod promises;
mod recall;
mod scan;
mod site;
mod story;
mod support;
mod tasks;
mod verify;
mod watched;
mod weight;
