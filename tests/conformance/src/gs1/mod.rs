//! `entrepot-gs1-cases/1`: identification. One file a kind.

mod check_digit;
mod kind;

pub(crate) use kind::judge;
