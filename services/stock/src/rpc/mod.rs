//! The service's RPCs, one file each, and what they share: documents into the core's terms ([`document`]), and answers back
//! ([`answer`]).

mod amount;
mod answer;
mod as_of;
mod catalog;
mod claim;
mod document;
mod explain_document;
mod found;
mod get_handling_unit;
mod get_journal_head;
mod get_movement;
mod get_number_range;
mod get_position;
mod get_reservation;
mod goods;
mod handling_unit_line;
mod history;
mod interpret_scan;
mod journal_service;
mod line;
mod list_balances;
mod list_handling_units;
mod list_journals;
mod list_positions;
mod list_reservations;
mod list_rules;
mod lock;
mod page;
mod post_document;
mod post_documents;
mod promise_line;
mod read_journal;
mod reserved;
mod reverse;
mod rules;
mod scan_directory;
mod scan_service;
mod stock_service;
mod tail_journal;
mod weight;

pub(crate) use journal_service::JournalRpc;
pub(crate) use lock::LockPassing;
pub(crate) use scan_service::ScanRpc;
pub(crate) use stock_service::StockRpc;
