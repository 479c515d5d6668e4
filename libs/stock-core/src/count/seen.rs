//! What was seen at a place, beside what should have been there.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{LocationCode, Quantity, SerialNumber, Sku};
use work_core::{COUNT_LINES_MAX, CountRejection, CountedGoods, CountedLine};

use super::{CountEntry, SeenGoods};
use crate::amount::quantity;
use crate::draft::Draft;
use crate::{Fact, Holding, Moved, Rejection, State, Tracking, tracked};

type Lines = BTreeMap<CountedGoods, CountedLine>;

/// Compares what was seen with what should have been, goods by goods.
pub(super) fn compare(
    draft: &Draft<'_>,
    entry: &CountEntry,
    facts: &[Fact],
) -> Result<Vec<CountedLine>, Rejection> {
    check_document(draft, entry, facts)?;
    let mut lines = Lines::new();
    let mut units = BTreeSet::new();
    for seen in &entry.seen {
        check(draft, entry, seen)?;
        if seen.tracking == Tracking::Serial {
            see_units(draft, (entry, seen), &mut units, &mut lines)?;
        } else {
            let line = line_of(&mut lines, &seen.sku, seen.holding());
            line.counted = line.counted.checked_add(seen.quantity).map_err(|_| overflow(entry, &seen.sku))?;
        }
    }
    for sku in items(draft, entry, facts) {
        expect(draft, (entry, &sku), &units, &mut lines)?;
    }
    for line in lines.values_mut() {
        let is_less = line.variance().is_negative() || !line.missing.is_empty();
        let is_periodic = || draft.rules(&line.goods.sku).is_some_and(|rules| rules.is_periodic);
        line.is_usage = is_less && is_periodic();
    }
    let is_something = |line: &CountedLine| !line.counted.is_zero() || !line.expected.is_zero();
    let lines: Vec<_> = lines.into_values().filter(is_something).collect();
    if lines.len() > COUNT_LINES_MAX {
        return Err(CountRejection::TooManyLines { code: entry.count.clone() }.into());
    }
    Ok(lines)
}

/// What lines of this very document have moved at the place before.
fn moved_here<'a>(entry: &'a CountEntry, facts: &'a [Fact]) -> impl Iterator<Item = &'a Moved> {
    let moved = facts.iter().filter_map(|fact| {
        let Fact::Moved(moved) = fact else { return None };
        Some(moved)
    });
    moved.filter(|moved| {
        let is_here = [&moved.from, &moved.to].into_iter().any(|at| at.real() == Some(&entry.place.location));
        is_here && entry.place.sku.as_ref().is_none_or(|sku| *sku == moved.sku)
    })
}

/// A shelf that was read as of an entry before this one does not show what this very document has moved: units are not compared then, and
/// what had happened when it was read cannot be told with it.
fn check_document(draft: &Draft<'_>, entry: &CountEntry, facts: &[Fact]) -> Result<(), CountRejection> {
    if entry.sequence.is_none() {
        return Ok(());
    }
    for moved in moved_here(entry, facts) {
        let (code, place) = (entry.count.clone(), entry.place.clone());
        if moved.tracking() == Tracking::Serial {
            return Err(CountRejection::UnitsMoved { code, place, sku: moved.sku.clone() });
        }
        if entry.at.is_some_and(|at| draft.effective_at() <= at) {
            let corrected_by = draft.state().sequence().next();
            return Err(CountRejection::Stale { code, place, corrected_by });
        }
    }
    Ok(())
}

/// What was seen must be of the place, and such goods must be known.
fn check(draft: &Draft<'_>, entry: &CountEntry, seen: &SeenGoods) -> Result<(), Rejection> {
    let (code, place) = (entry.count.clone(), entry.place.clone());
    if place.sku.as_ref().is_some_and(|sku| *sku != seen.sku) {
        return Err(CountRejection::OtherItem { code, place, sku: seen.sku.clone() }.into());
    }
    if seen.is_weighed {
        return Err(CountRejection::Weighed { code, sku: seen.sku.clone() }.into());
    }
    tracked::check_tracking(draft, &seen.sku, seen.tracking)?;
    match &seen.lot {
        Some(lot) if draft.lot(&seen.sku, lot).is_none() => {
            Err(Rejection::UnknownLot { sku: seen.sku.clone(), lot: lot.clone() })
        }
        Some(_) | None => Ok(()),
    }
}

/// A unit that should be there is of the goods that it is known as, whatever it was taken for.
fn see_units<'a>(
    draft: &Draft<'_>,
    (entry, seen): (&CountEntry, &'a SeenGoods),
    units: &mut BTreeSet<(&'a Sku, &'a SerialNumber)>,
    lines: &mut Lines,
) -> Result<(), Rejection> {
    let one = Quantity::from(1);
    for serial in &seen.serials {
        if !units.insert((&seen.sku, serial)) {
            let (code, place) = (entry.count.clone(), entry.place.clone());
            let (sku, serial) = (seen.sku.clone(), serial.clone());
            return Err(CountRejection::UnitTwice { code, place, sku, serial }.into());
        }
        let here = draft.serial(&seen.sku, serial).filter(|(at, _)| *at == entry.place.location);
        let is_new = here.is_none();
        let holding = here.map_or_else(|| seen.holding(), |(_, holding)| holding);
        let line = line_of(lines, &seen.sku, holding);
        line.counted = line.counted.checked_add(one).map_err(|_| overflow(entry, &seen.sku))?;
        line.found.extend(is_new.then(|| serial.clone()));
    }
    Ok(())
}

/// What should have been there of an item.
fn expect(
    draft: &Draft<'_>,
    (entry, sku): (&CountEntry, &Sku),
    units: &BTreeSet<(&Sku, &SerialNumber)>,
    lines: &mut Lines,
) -> Result<(), Rejection> {
    let at = &entry.place.location;
    let is_serial = draft.tracking(sku) == Tracking::Serial;
    for holding in draft.holdings_at(sku, at) {
        line_of(lines, sku, holding);
    }
    let of_item = lines.iter_mut().filter(|(goods, _)| goods.sku == *sku);
    for (goods, line) in of_item {
        line.expected = expected(draft, entry, (sku, at), &holding_of(goods))?;
        let is_anything = !line.expected.is_zero() || !line.counted.is_zero();
        if is_anything && draft.weighed(sku).is_some() {
            return Err(CountRejection::Weighed { code: entry.count.clone(), sku: sku.clone() }.into());
        }
        if is_serial && has_moved(draft.state(), entry, (sku, at), &holding_of(goods)) {
            let (code, place) = (entry.count.clone(), entry.place.clone());
            return Err(CountRejection::UnitsMoved { code, place, sku: sku.clone() }.into());
        }
    }
    if is_serial {
        for (serial, _, _) in draft.state().serials_after((sku.as_str(), Some(at.as_str())), None, usize::MAX)
        {
            let here = draft.serial(sku, serial).filter(|(location, _)| location == at);
            let Some((_, holding)) = here.filter(|_| !units.contains(&(sku, serial))) else { continue };
            line_of(lines, sku, holding).missing.push(serial.clone());
        }
    }
    Ok(())
}

/// What should have been there of goods: as the journal had it when the shelf was read, and what had happened by then although it was told
/// later.
fn expected(
    draft: &Draft<'_>,
    entry: &CountEntry,
    (sku, at): (&Sku, &LocationCode),
    holding: &Holding,
) -> Result<Quantity, Rejection> {
    let Some(sequence) = entry.sequence else { return Ok(draft.balance(sku, at, holding).on_hand) };
    let history = draft.state().history(sku.as_str(), at.as_str(), holding);
    let amount = history.map_or(0, |history| history.read_at(sequence, entry.at));
    quantity(amount).map_err(|_| overflow(entry, sku))
}

fn has_moved(state: &State, entry: &CountEntry, (sku, at): (&Sku, &LocationCode), holding: &Holding) -> bool {
    let Some(sequence) = entry.sequence else { return false };
    let history = state.history(sku.as_str(), at.as_str(), holding);
    history.is_some_and(|history| history.has_changed_since(sequence))
}

/// The items that a place has, should have, or was seen to have.
fn items(draft: &Draft<'_>, entry: &CountEntry, facts: &[Fact]) -> BTreeSet<Sku> {
    match &entry.place.sku {
        Some(sku) => BTreeSet::from([sku.clone()]),
        None => {
            let here = draft.state().items_at(&entry.place.location).cloned();
            let moved = moved_here(entry, facts).map(|moved| moved.sku.clone());
            here.chain(moved).chain(entry.seen.iter().map(|seen| seen.sku.clone())).collect()
        }
    }
}

fn line_of<'a>(lines: &'a mut Lines, sku: &Sku, holding: Holding) -> &'a mut CountedLine {
    let Holding { lot, status, owner } = holding;
    let goods = CountedGoods { sku: sku.clone(), lot, status, owner };
    lines.entry(goods.clone()).or_insert_with(|| CountedLine {
        goods,
        counted: Quantity::ZERO,
        expected: Quantity::ZERO,
        missing: Vec::new(),
        found: Vec::new(),
        is_usage: false,
    })
}

pub(super) fn holding_of(goods: &CountedGoods) -> Holding {
    Holding { lot: goods.lot.clone(), status: goods.status, owner: goods.owner.clone() }
}

fn overflow(entry: &CountEntry, sku: &Sku) -> Rejection {
    Rejection::QuantityOverflow { sku: sku.clone(), location: entry.place.location.clone() }
}

impl State {
    /// Items that a location has, or had. Only known in a warehouse that counted before.
    pub fn items_at(&self, location: &LocationCode) -> impl Iterator<Item = &Sku> {
        let number = self.locations.get(location.as_str());
        let here = self.counts.as_ref().zip(number).into_iter();
        here.flat_map(|(watched, number)| watched.items_at(number)).filter_map(|item| self.skus.name(item))
    }
}
