//! Everything an import is going to do, known before anything is sent.

use vocabulary::Timestamp;

use super::document::{Lane, group};
use super::fault::ImportFault;
use super::identity::Identity;
use super::map::{OrderMap, WarehouseTable};
use super::opening::openings;
use super::read::{Orders, read};
use super::source::Source;

/// How long before the first line of the file the opening receipts take effect: one second.
const OPENING_LEAD_MICROS: i64 = 1_000_000;

/// A planned import.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The map.
    pub(crate) map: OrderMap,
    /// What the file holds.
    pub(crate) orders: Orders,
    /// The documents, a lane a warehouse.
    pub(crate) lanes: Vec<Lane>,
    /// When the opening receipts take effect.
    pub(crate) opened_at: Timestamp,
    /// What the request ids are made of.
    pub(crate) identity: Identity,
}

impl Plan {
    /// Reads the file under the map and plans its documents.
    pub(super) fn make(source: &Source, map: OrderMap) -> Result<Self, ImportFault> {
        let orders = read(source, &map)?;
        let mut lanes = group(&orders.rows, map.lines_max);
        for lane in &mut lanes {
            lane.openings = openings(&lane.documents, &orders.rows)?;
        }
        let first = orders.rows.iter().map(|row| row.time).min().unwrap_or_default();
        let opened_at = Timestamp::from_micros(first.micros() - OPENING_LEAD_MICROS).unwrap_or(first);
        let identity = Identity::new(&source.digest, &map.digest);
        Ok(Self { map, orders, lanes, opened_at, identity })
    }

    /// How many documents there are, openings included.
    pub(crate) fn documents(&self) -> usize {
        self.lanes.iter().map(|lane| lane.documents.len() + self.opening_documents(lane)).sum()
    }

    /// The warehouse of a lane.
    pub(crate) fn warehouse(&self, lane: &Lane) -> &WarehouseTable {
        &self.map.warehouses[usize::from(lane.warehouse)]
    }

    /// How many documents the openings of a lane need.
    pub(crate) fn opening_documents(&self, lane: &Lane) -> usize {
        lane.openings.len().div_ceil(self.map.lines_max)
    }
}
