use rpc::ApiError;
use vocabulary::{Date, Sequence, Timestamp, WarehouseCode};

use super::alarm::Sounded;
use super::freshness::note_oldest;
use super::read::check_sku;
use super::today::today_at;
use super::{Engine, Fresh, Until};
use crate::config::VisibilityConfig;
use crate::core::{Alert, AlertKey, AlertKind, Due, Node, Total};
use crate::store::{AlertPage, AlertWant, Duplicate};

/// Warehouses asked in one round trip.
const WAREHOUSES_A_READ: usize = 64;
/// Alerts read at once where a filter passes few of them.
const FILTERED_A_READ: usize = 250;
/// Stands for no warehouse, and sorts behind all.
const NETWORK: &str = "~";

/// How far ahead alerts look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Horizon {
    /// Days, for lots.
    pub(crate) days: u32,
    /// Microseconds, for promises.
    pub(crate) micros: i64,
}

/// Which alerts are wanted.
#[derive(Debug, Clone)]
pub(crate) struct AlertWish {
    /// "" is every warehouse.
    pub(crate) warehouse: String,
    /// "" is every item.
    pub(crate) sku: String,
    /// `None` is every kind.
    pub(crate) kind: Option<AlertKind>,
    /// Days ahead, for lots; `None` is as configured.
    pub(crate) days: Option<u32>,
}

/// A page of alerts.
#[derive(Debug, Default)]
pub(crate) struct AlertsPage {
    pub(crate) rows: Vec<Sounded>,
    pub(crate) fresh: Vec<Fresh>,
    /// Warehouse and key to go on after; `None` on the last page.
    pub(crate) next: Option<(String, String)>,
}

/// A page that is being filled.
struct Filling<'a> {
    wish: &'a AlertWish,
    limit: usize,
    page: AlertsPage,
    /// Where to go on after the last row.
    last: Option<(String, String)>,
    /// A filter that nothing passes must not read all there are: then the page ends, and the next one goes on.
    looks_left: usize,
}

impl Horizon {
    pub(crate) fn of(config: &VisibilityConfig) -> Self {
        let micros = config.reservation_expiring_s.saturating_mul(1_000_000);
        Self { days: config.expiring_days, micros: i64::try_from(micros).unwrap_or(i64::MAX) }
    }

    /// At a warehouse where it is `today`.
    pub(crate) fn due(self, now: Timestamp, today: Date) -> Due {
        Due::at(now, today, self.days, self.micros)
    }
}

impl Engine {
    /// The alerts that are open at `now` after `after` (a warehouse and a key), by warehouse and key.
    pub(crate) async fn alerts(
        &self,
        wish: &AlertWish,
        now: Timestamp,
        (after, limit): ((&str, &str), usize),
        until: Until,
    ) -> Result<AlertsPage, ApiError> {
        if !wish.sku.is_empty() {
            check_sku(&wish.sku, || "sku".into())?;
            self.known_item(&wish.sku, || "sku".into(), until).await?;
        }
        let codes = self.alerted(wish, until).await?;
        let codes: Vec<&WarehouseCode> = codes.iter().filter(|code| code.as_str() >= after.0).collect();
        let horizon = Horizon { days: wish.days.unwrap_or(self.horizon.days), ..self.horizon };
        let (page, last) = (AlertsPage::default(), None);
        let mut filling = Filling { wish, limit, page, last, looks_left: self.looks_max };
        let a_read = wish.a_read(limit);
        let at_once = self.looks_max / a_read.saturating_mul(AlertKind::KEPT.len()).max(1);
        for codes in codes.chunks(at_once.clamp(1, WAREHOUSES_A_READ)) {
            let start = |code: &WarehouseCode| if code.as_str() == after.0 { after.1 } else { "" };
            let due = |code: &WarehouseCode| horizon.due(now, today_at(&self.catalog, code.as_str(), now));
            let wants = codes.iter().flat_map(|code| wants(wish, code, due(code), start(code), a_read));
            let wants: Vec<_> = wants.collect();
            let pages = self.alert_pages(&wants).await?;
            for (want, first) in wants.into_iter().zip(pages) {
                if self.fill_alerts(&mut filling, want, first).await? {
                    return Ok(filling.page);
                }
            }
        }
        let after = if after.0 == NETWORK { after.1 } else { "" };
        self.fill_serials(&mut filling, after).await?;
        Ok(filling.page)
    }

    /// The warehouses that are asked.
    async fn alerted(&self, wish: &AlertWish, until: Until) -> Result<Vec<WarehouseCode>, ApiError> {
        if wish.warehouse.is_empty() {
            return Ok(self.board.warehouses().into_iter().collect());
        }
        Ok(vec![self.known_warehouse(&wish.warehouse, || "warehouse".into(), until).await?])
    }

    /// Takes over what there is of a warehouse and a kind; whether the page is full.
    async fn fill_alerts(
        &self,
        filling: &mut Filling<'_>,
        mut want: AlertWant,
        first: AlertPage,
    ) -> Result<bool, ApiError> {
        // Made of a code.
        let Ok(code) = WarehouseCode::parse(&want.warehouse) else { return Ok(false) };
        let mut read = first;
        loop {
            filling.note_fresh(self.fresh(code.as_str(), read.head));
            filling.look(read.alerts.len());
            let rows = read.alerts.into_iter().map(|alert| sounded(&code, alert));
            if filling.take(rows.map(|row| (want.warehouse.clone(), row.alert.key.to_string(), row))) {
                return Ok(true);
            }
            // Behind all of the kind, when there is no more of it.
            let next = read.next.clone().unwrap_or_else(|| want.range.1.clone());
            if filling.is_tired() {
                filling.page.next = Some((want.warehouse, next));
                return Ok(true);
            }
            if read.next.is_none() {
                return Ok(false);
            }
            want.after = next;
            read = self.alert_pages(std::slice::from_ref(&want)).await?.pop().unwrap_or_default();
        }
    }

    /// Serial numbers that are there twice come last.
    async fn fill_serials(&self, filling: &mut Filling<'_>, after: &str) -> Result<(), ApiError> {
        if filling.wish.kind.is_some_and(|kind| kind != AlertKind::DuplicateSerial) {
            return Ok(());
        }
        let mut after = after.to_owned();
        loop {
            let a_read = filling.limit.saturating_add(1).max(FILTERED_A_READ);
            let (units, next) = self.duplicates(&after, a_read).await?;
            // Most of those that are looked at may not be there twice any more.
            filling.look(if next.is_some() { a_read } else { units.len() });
            let row =
                |unit: &Duplicate| Some((NETWORK.to_owned(), unit.unit.to_string(), serial_alert(unit)?));
            if filling.take(units.iter().filter_map(row)) {
                return Ok(());
            }
            let Some(next) = next else { return Ok(()) };
            if filling.is_tired() {
                filling.page.next = Some((NETWORK.to_owned(), next));
                return Ok(());
            }
            after = next;
        }
    }

    /// Reads, and makes sure that nothing older comes back than what was seen before.
    async fn alert_pages(&self, wants: &[AlertWant]) -> Result<Vec<AlertPage>, ApiError> {
        let seen: Vec<Sequence> = wants.iter().map(|want| self.seen(&want.warehouse)).collect();
        let pages = self.cache.alerts(wants).await.map_err(|fault| self.failed(&fault))?;
        for ((want, seen), page) in wants.iter().zip(seen).zip(&pages) {
            self.check_head(&want.warehouse, seen, page.head.sequence)?;
        }
        Ok(pages)
    }
}

impl Filling<'_> {
    /// Takes rows, each with where to go on after it. Whether there is one more than fits: then the page goes on after the last
    /// that does.
    fn take(&mut self, rows: impl Iterator<Item = (String, String, Sounded)>) -> bool {
        for (place, key, row) in rows {
            if !self.wish.takes(&row) {
                continue;
            }
            if self.page.rows.len() == self.limit {
                self.page.next = self.last.take();
                return true;
            }
            self.page.rows.push(row);
            self.last = Some((place, key));
        }
        false
    }

    /// Of every warehouse that was looked at: what the oldest of its reads had is in all of them.
    fn note_fresh(&mut self, fresh: Fresh) {
        note_oldest(&mut self.page.fresh, fresh);
    }

    /// Looks at so many rows. To ask is work, too, where nothing is.
    fn look(&mut self, rows: usize) {
        self.looks_left = self.looks_left.saturating_sub(rows.saturating_add(1));
    }

    const fn is_tired(&self) -> bool {
        self.looks_left == 0
    }
}

impl AlertWish {
    /// How many are read at once for a page of so many.
    fn a_read(&self, limit: usize) -> usize {
        if self.sku.is_empty() { limit } else { limit.max(FILTERED_A_READ) }
    }

    fn takes(&self, row: &Sounded) -> bool {
        let is_there = row.warehouse.as_str() == self.warehouse || row.holders.contains(&self.warehouse);
        (self.sku.is_empty() || row.alert.key.sku().as_str() == self.sku)
            && (self.warehouse.is_empty() || is_there)
    }
}

/// One a kind, from where the page before ended.
fn wants<'a>(
    wish: &AlertWish,
    code: &'a WarehouseCode,
    due: Due,
    after: &'a str,
    limit: usize,
) -> impl Iterator<Item = AlertWant> + use<'a> {
    let kind = wish.kind;
    let kinds = AlertKind::KEPT.into_iter().filter(move |of| kind.is_none_or(|kind| kind == *of));
    kinds.filter_map(move |kind| {
        let range = kind.range(due);
        let after = if after < range.0.as_str() { "" } else { after };
        let is_passed = after >= range.1.as_str();
        (!is_passed).then(|| want(code, range, after.to_owned(), limit))
    })
}

pub(super) fn want(code: &WarehouseCode, range: (String, String), after: String, limit: usize) -> AlertWant {
    AlertWant { warehouse: code.to_string(), range, after, limit }
}

pub(super) fn sounded(code: &WarehouseCode, alert: Alert) -> Sounded {
    Sounded { warehouse: code.clone(), alert, holders: Vec::new() }
}

/// A unit that several warehouses have, as an alert where it arrived last.
pub(super) fn serial_alert(found: &Duplicate) -> Option<Sounded> {
    let key = serial_key(&found.unit)?;
    let last = found.holders.iter().max_by_key(|holder| holder.arrived.from)?;
    Some(Sounded {
        warehouse: WarehouseCode::parse(&last.warehouse).ok()?,
        alert: Alert { key, quantity: Total::ONE },
        holders: found.holders.iter().map(|holder| holder.warehouse.clone()).collect(),
    })
}

/// What an alert about a unit is called.
pub(super) fn serial_key(unit: &Node) -> Option<AlertKey> {
    let Node::Unit(sku, serial) = unit else { return None };
    Some(AlertKey::DuplicateSerial { sku: sku.clone(), serial: serial.clone() })
}
