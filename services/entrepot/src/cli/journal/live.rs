//! The state that an owner works with, compared with what its journal says: L5 makes the one a pure function of the other.

use std::fmt;

use proto::common::v1::Decimal;
use proto::stock::v1::{ListPositionsRequest, Position};
use stock_core::{Balance, Holding, PositionRow, State};
use vocabulary::{LotCode, Owner, Quantity, Sku, StockStatus, Weight, WeightUnit};

use crate::client::Client;
use crate::output::Failure;

/// Positions a request.
const PAGE_SIZE: i32 = 1000;

/// Some of an owner's positions, as it answered them.
#[derive(Debug)]
pub(super) struct Page {
    /// All positions after this key are in it,
    after: Option<Key>,
    /// up to this one; up to the last when there is none.
    until: Option<Key>,
    rows: Vec<Row>,
    /// The entry that they are as of.
    pub(super) sequence: u64,
}

/// Item, location and goods.
type Key = (String, String, Holding);

#[derive(Debug)]
struct Row {
    key: Key,
    held: Held,
}

/// What is at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    balance: Balance,
    /// What it weighs, of an item of catch weight.
    weight: Option<Weight>,
}

/// A position that the owner holds otherwise than its journal says. Nothing stands for no such position.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) sku: String,
    pub(super) location: String,
    pub(super) expected: Option<Held>,
    pub(super) got: Option<Held>,
}

/// Everything that the owner holds. Each page is as of its own entry: the warehouse goes on working.
pub(super) async fn list(client: &Client, warehouse: &str) -> Result<Vec<Page>, Failure> {
    let mut pages: Vec<Page> = Vec::new();
    let (mut after, mut page_token): (Option<Key>, String) = (None, String::new());
    loop {
        let (warehouse, page_size) = (warehouse.to_owned(), PAGE_SIZE);
        let request =
            ListPositionsRequest { warehouse, page_size, page_token, ..ListPositionsRequest::default() };
        let answer = client.call(&request, async |r| client.stock().list_positions(r).await).await?;
        let rows = answer.positions.into_iter().map(Row::read).collect::<Result<Vec<_>, _>>()?;
        page_token = answer.next_page_token;
        let is_last = page_token.is_empty();
        let until = rows.last().map(|row| row.key.clone()).filter(|_| !is_last);
        if is_last || until.is_some() {
            let next = until.clone();
            pages.push(Page { after, until, rows, sequence: answer.as_of_sequence });
            after = next;
        }
        if is_last {
            return Ok(pages);
        }
    }
}

impl Page {
    /// The first position that is not as `state` has it, which must be as of the page's entry.
    pub(super) fn compare(&self, state: &State) -> Option<Difference> {
        let mut got = self.rows.iter();
        for expected in self.expected(state) {
            let key = (expected.sku.as_str(), expected.location.as_str(), &expected.holding);
            match got.next() {
                Some(row) if row.key() == key && row.held == Held::of(&expected) => {}
                Some(row) if row.key() < key => return Some(row.unexpected()),
                row => return Some(difference(key, &expected, row.filter(|row| row.key() == key))),
            }
        }
        got.next().map(Row::unexpected)
    }

    /// The positions of `state` that belong into the page.
    fn expected<'s>(&'s self, state: &'s State) -> impl Iterator<Item = PositionRow> + 's {
        let after = self.after.as_ref();
        // The page before may have ended between two positions of an item.
        let rest = after.and_then(|(sku, ..)| Sku::parse(sku).ok()).map(|sku| state.positions_of(&sku));
        let rest = rest.unwrap_or_default().into_iter();
        let rest = rest.filter(move |row| {
            after
                .is_none_or(|(_, at, holding)| (row.location.as_str(), &row.holding) > (at.as_str(), holding))
        });
        let others = state.skus_after(after.map(|(sku, ..)| sku.as_str()));
        let all = rest.chain(others.flat_map(|sku| state.positions_of(sku)));
        let until = self.until.as_ref().map(|(sku, at, holding)| (sku.as_str(), at.as_str(), holding));
        all.take_while(move |row| {
            until.is_none_or(|until| (row.sku.as_str(), row.location.as_str(), &row.holding) <= until)
        })
    }
}

impl Held {
    const fn of(row: &PositionRow) -> Self {
        Self { balance: row.balance, weight: row.weight }
    }
}

impl Row {
    fn read(position: Position) -> Result<Self, Failure> {
        let Position { sku, location, lot, status, owner, on_hand, reserved, .. } = position;
        let (weight, weight_unit) = (position.weight, position.weight_unit);
        let lot = if lot.is_empty() { None } else { Some(LotCode::parse(&lot)?) };
        let (status, owner) = (StockStatus::parse(&status)?, Owner::parse(&owner)?);
        let number = |decimal: Option<Decimal>| Quantity::parse(&decimal.unwrap_or_default().value);
        let balance = Balance { on_hand: number(on_hand)?, reserved: number(reserved)? };
        let weight = match weight {
            Some(decimal) => {
                Some(Weight { amount: number(Some(decimal))?, unit: WeightUnit::parse(&weight_unit)? })
            }
            None => None,
        };
        Ok(Self { key: (sku, location, Holding { lot, status, owner }), held: Held { balance, weight } })
    }

    fn key(&self) -> (&str, &str, &Holding) {
        (&self.key.0, &self.key.1, &self.key.2)
    }

    fn unexpected(&self) -> Difference {
        let (sku, location, _) = self.key.clone();
        Difference { sku, location, expected: None, got: Some(self.held) }
    }
}

fn difference(key: (&str, &str, &Holding), expected: &PositionRow, got: Option<&Row>) -> Difference {
    Difference {
        sku: key.0.to_owned(),
        location: key.1.to_owned(),
        expected: Some(Held::of(expected)),
        got: got.map(|row| row.held),
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sku, location, .. } = self;
        let (expected, got) = (in_words(self.expected), in_words(self.got));
        write!(f, "{sku} at {location}: the journal says {expected}, its owner holds {got}")
    }
}

/// `5 on hand, 2 reserved`, and ` of 24.9 kg` where it is weighed.
pub(super) fn in_words(held: Option<Held>) -> String {
    let Some(Held { balance, weight }) = held else { return "no such position".to_owned() };
    let weight = weight.map_or_else(String::new, |weight| format!(" of {} {}", weight.amount, weight.unit));
    format!("{} on hand, {} reserved{weight}", balance.on_hand, balance.reserved)
}

#[cfg(test)]
mod tests {
    use laws::NegativeStock;
    use stock_core::Snapshot;
    use vocabulary::{LocationCode, Sequence, WarehouseCode};

    use super::*;

    /// `SKU LOCATION ON_HAND/RESERVED, …`
    fn positions(text: &str) -> impl Iterator<Item = (String, String, Balance)> {
        text.split(", ").filter(|text| !text.is_empty()).map(|text| {
            let words: Vec<&str> = text.split([' ', '/']).collect();
            let number = |n: usize| Quantity::parse(words[n]).unwrap();
            let balance = Balance { on_hand: number(2), reserved: number(3) };
            (words[0].to_owned(), words[1].to_owned(), balance)
        })
    }

    fn state(text: &str) -> State {
        let row = |(sku, location, balance): (String, String, Balance)| PositionRow {
            sku: Sku::parse(&sku).unwrap(),
            location: LocationCode::parse(&location).unwrap(),
            holding: Holding::default(),
            balance,
            negative: NegativeStock::Forbidden,
            weight: None,
        };
        let warehouse = WarehouseCode::parse("BER").unwrap();
        let positions = positions(text).map(row).map(Into::into).collect();
        let snapshot = Snapshot { positions, ..Snapshot::default() };
        State::restore(warehouse, Sequence::new(9), snapshot).unwrap()
    }

    fn key(text: &str) -> Option<Key> {
        let owned = |(sku, location): (&str, &str)| (sku.to_owned(), location.to_owned(), Holding::default());
        text.split_once(' ').map(owned)
    }

    #[test]
    fn the_first_difference_is_named() {
        const JOURNAL: &str = "A MAIN 5/2, A PICK 1/0, B MAIN 0/0, C MAIN 7/0";
        for (after, until, page, expected) in [
            ("", "", JOURNAL, ""),
            ("", "A PICK", "A MAIN 5/2, A PICK 1/0", ""),
            ("", "A MAIN", "A MAIN 5/2", ""),
            ("A MAIN", "B MAIN", "A PICK 1/0, B MAIN 0/0", ""),
            ("B MAIN", "", "C MAIN 7/0", ""),
            ("C MAIN", "", "", ""),
            ("", "A PICK", "A MAIN 6/2, A PICK 1/0", "A MAIN 5/2 6/2"),
            ("", "A PICK", "A MAIN 5/1, A PICK 1/0", "A MAIN 5/2 5/1"),
            ("", "", "A MAIN 5/2, B MAIN 0/0, C MAIN 7/0", "A PICK 1/0 -"),
            ("", "", "A MAIN 5/2, A PICK 1/0, C MAIN 7/0", "B MAIN 0/0 -"),
            ("B MAIN", "", "", "C MAIN 7/0 -"),
            ("B MAIN", "", "C MAIN 7/0, D MAIN 1/0", "D MAIN - 1/0"),
            ("A PICK", "B MAIN", "A ZONE 3/0, B MAIN 0/0", "A ZONE - 3/0"),
            ("A PICK", "", "C MAIN 7/0, B MAIN 0/0", "B MAIN 0/0 -"),
            ("", "", "", "A MAIN 5/2 -"),
        ] {
            let rows = positions(page).map(|(sku, location, balance)| Row {
                key: (sku, location, Holding::default()),
                held: Held { balance, weight: None },
            });
            let page = Page { after: key(after), until: key(until), rows: rows.collect(), sequence: 9 };
            let found = page.compare(&state(JOURNAL)).map_or_else(String::new, |found| {
                let short = |held: Option<Held>| {
                    let balance = held.map(|held| held.balance);
                    balance.map_or_else(|| "-".to_owned(), |b| format!("{}/{}", b.on_hand, b.reserved))
                };
                format!("{} {} {} {}", found.sku, found.location, short(found.expected), short(found.got))
            });
            assert_eq!(found, expected, "{after:?} to {until:?}: {page:?}");
        }
    }

    #[test]
    fn an_empty_warehouse_has_no_positions() {
        let page = Page { after: None, until: None, rows: Vec::new(), sequence: 0 };
        assert_eq!(page.compare(&state("")), None);
    }
}
