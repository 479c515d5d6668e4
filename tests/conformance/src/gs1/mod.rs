//! `entrepot-gs1-cases/1`: identification. One file a kind.

mod answer;
mod association;
mod check_digit;
mod digital_link;
mod digital_link_build;
mod element_string;
mod epc_urn;
mod kind;
mod label;
mod question;
mod scan;
mod semantics;

pub(crate) use kind::judge;
