//! The client side of every command: one connection, deadlines, and repeating what may be repeated.

mod call;
mod connection;
mod pages;
mod request_ids;

pub(crate) use call::failure;
pub(crate) use connection::Client;
pub(crate) use pages::pages;
pub(crate) use request_ids::{request_id_of, request_id_or_new};
