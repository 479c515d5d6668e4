//! Lots whose date passes at the midnight of their warehouse. Nobody can wait for midnight here: a warehouse moves to the other end of
//! the world, where it was some hours ago, and what may still be used today in the west is of yesterday in the east.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Duration};
use proto::catalog::v1::Warehouse;

use super::model::Model;
use super::paper::{AVAILABLE, Goods};
use super::promises::Cause;
use super::recalls::HoldFacts;

/// What goods of a lot become whose date has passed.
pub(super) const EXPIRED: &str = "expired";
/// Of these, goods can expire.
pub(super) const CAN_EXPIRE: [&str; 3] = [AVAILABLE, "inspection", "returned"];
const MICROS_AN_HOUR: i64 = 3_600_000_000;
/// How long it may take from a look at the day until what follows from it is recorded.
const DAY_MAX_MICROS: i64 = 60_000_000;

/// The lot whose last day it is in the west: there is plenty of it, so that some is left when its warehouse goes east.
pub(super) const LAST_DAY: &str = "Y";

/// Lots of the item that has them, each with its expiry, if it has one: two on the same far day, one that has expired as it comes (and so comes as expired), and one that
/// does so as soon as its warehouse goes east.
pub(super) static LOTS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let here = DateTime::from_timestamp_micros(rpc::clock::now().micros()).unwrap();
    let today = (here + Duration::hours(Zone::West.hours())).date_naive();
    let label = |days: i64| -> &'static str { (today + Duration::days(days)).to_string().leak() };
    let far = [("A", "2071-05-01"), ("B", "2070-01-31"), ("C", ""), ("D", "2070-01-31"), ("E", "2072-02-29")];
    let near = [("F", ""), ("G", ""), ("X", label(-1)), (LAST_DAY, label(0))];
    [&far[..], &near[..]].concat()
});

/// Where a warehouse is: it is at least a day later in the east than in the west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Zone {
    /// Where every one is at first.
    #[default]
    West,
    Utc,
    East,
}

impl Zone {
    pub(super) const ALL: [Self; 3] = [Self::West, Self::Utc, Self::East];

    /// The date there, as it is written on a label.
    pub(super) fn day(self, at_micros: i64) -> String {
        let there = DateTime::from_timestamp_micros(at_micros + self.hours() * MICROS_AN_HOUR);
        there.unwrap().date_naive().to_string()
    }

    /// The days that it can have been there for whoever did what was recorded at a time.
    pub(super) fn days(self, at_micros: i64) -> BTreeSet<String> {
        BTreeSet::from([self.day(at_micros - DAY_MAX_MICROS), self.day(at_micros)])
    }

    const fn hours(self) -> i64 {
        match self {
            Self::West => -12,
            Self::Utc => 0,
            Self::East => 14,
        }
    }

    /// As the catalog has it.
    pub(super) fn warehouse(self, code: &str) -> Warehouse {
        let time_zone = match self {
            Self::West => "Etc/GMT+12",
            Self::Utc => "UTC",
            Self::East => "Pacific/Kiritimati",
        };
        Warehouse { code: code.to_owned(), time_zone: time_zone.to_owned(), ..Warehouse::default() }
    }
}

impl Model {
    /// Lots that have a date, and of which something is here that it would take.
    pub(super) fn lots_to_expire(&self) -> impl Iterator<Item = &'static str> {
        let can_expire = |lot, status| {
            self.lots.get(lot).is_some_and(|(date, _)| !date.is_empty()) && CAN_EXPIRE.contains(status)
        };
        let here = self
            .places
            .iter()
            .filter(move |((_, _, lot, status), held)| can_expire(*lot, status) && held.on_hand > 0);
        here.map(|(place, _)| place.2)
    }

    /// What could be used of a lot expires where it is; what is promised of it is promised no more.
    pub(super) fn expire_lot(&mut self, lot: &'static str, reason: &str, facts: &mut HoldFacts) {
        let goods = self.goods_of_lot(lot).into_iter();
        let usable = goods.filter(|here| CAN_EXPIRE.contains(&here.status)).collect();
        self.hold_lot(usable, (EXPIRED, reason, Cause::LotExpired), facts);
    }

    /// Whether the last day of a lot is over.
    pub(super) fn is_over(&self, lot: &str) -> bool {
        self.lots.get(lot).is_some_and(|(date, _)| !date.is_empty() && *date < &*self.called_back.today)
    }

    /// Goods as they arrive: of a lot that is called back they are recalled, and of one whose last day is over they are expired.
    pub(super) fn as_it_arrives(&self, goods: Goods) -> Goods {
        let goods = self.called_back.as_it_arrives(goods);
        let is_over = CAN_EXPIRE.contains(&goods.status) && self.is_over(goods.lot);
        if is_over { Goods { status: EXPIRED, ..goods } } else { goods }
    }
}
