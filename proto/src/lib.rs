//! The wire: gRPC services and event messages, generated from the `.proto` files beside this crate.

#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::str_to_string,
    clippy::wildcard_imports,
    unused_qualifications,
    unreachable_pub,
    missing_debug_implementations,
    rustdoc::all,
    reason = "generated code"
)]

/// How messages are read and written.
pub mod codec;

/// Types that every API shares.
pub mod common {
    pub mod v1 {
        tonic::include_proto!("entrepot.common.v1");
    }
}

/// Master data.
pub mod catalog {
    pub mod v1 {
        tonic::include_proto!("entrepot.catalog.v1");
    }
}

/// The write path and the journal.
pub mod stock {
    pub mod v1 {
        tonic::include_proto!("entrepot.stock.v1");
    }
}

/// Numbered business documents.
pub mod papers {
    pub mod v1 {
        tonic::include_proto!("entrepot.papers.v1");
    }
}

/// The network-wide view.
pub mod visibility {
    pub mod v1 {
        tonic::include_proto!("entrepot.visibility.v1");
    }
}

/// What the services publish to the event log.
pub mod events {
    pub mod v1 {
        tonic::include_proto!("entrepot.events.v1");
    }
}

/// Every descriptor, for gRPC reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
