//! What is expected: lines about it, what they do in the model, and their facts in words.

use proto::stock::v1::document_line::Action;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    CancelExpectation, Expect, ExpectationDirection, Issue, ListExpectationsRequest, Receive, SupplyKind,
};
use stock_core::{ExpectationChange, ExpectationFact, ExpectationRejection, ExpectedKind};
use tonic::transport::Channel;

use super::model::Model;
use super::paper::{Claim, Goods, decimal};
use super::random::Random;

/// Few, so that they are met, changed and mistaken for each other.
pub(super) const CODES: [&str; 4] = ["PO-1", "PO-2", "PO-3", "SO-1"];
const DAYS: [&str; 3] = ["2071-01-01", "2071-01-02", "2071-03-01"];
const KINDS: [ExpectedKind; 5] = [
    ExpectedKind::Purchase,
    ExpectedKind::DispatchedTransfer,
    ExpectedKind::Production,
    ExpectedKind::Return,
    ExpectedKind::Demand,
];

/// A line.
#[derive(Debug, Clone)]
pub(super) enum ExpectedStep {
    Set {
        code: &'static str,
        kind: ExpectedKind,
        sku: &'static str,
        quantity: i64,
        day: &'static str,
    },
    Cancel {
        code: &'static str,
    },
    /// Goods come that were expected.
    Receive {
        code: &'static str,
        goods: Goods,
    },
    /// Goods go that were expected to.
    Issue {
        code: &'static str,
        goods: Goods,
    },
}

/// What a line met: the code, how much, and what was expected then.
pub(super) type Met = (&'static str, i64, Expected);

/// What is open under a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    sku: &'static str,
    kind: ExpectedKind,
    day: &'static str,
    met: i64,
    open: i64,
}

impl ExpectedStep {
    /// Often about goods that nobody expects so.
    pub(super) fn any(random: &mut Random, goods: Goods) -> Self {
        let code = random.one_of(&CODES);
        match random.below(8) {
            0..3 => Self::Set {
                code,
                kind: if code == CODES[3] { ExpectedKind::Demand } else { random.one_of(&KINDS) },
                sku: goods.sku,
                quantity: random.quantity(30) - 1,
                day: random.one_of(&DAYS),
            },
            3 => Self::Cancel { code },
            4..6 => Self::Receive { code, goods },
            _ => Self::Issue { code, goods },
        }
    }

    pub(super) fn action(&self) -> Action {
        match self {
            Self::Set { code, kind, sku, quantity, day } => {
                let is_demand = *kind == ExpectedKind::Demand;
                let direction =
                    if is_demand { ExpectationDirection::Demand } else { ExpectationDirection::Supply };
                let supply_kind = match kind {
                    ExpectedKind::Purchase => SupplyKind::Purchase,
                    ExpectedKind::Transfer | ExpectedKind::DispatchedTransfer => SupplyKind::Transfer,
                    ExpectedKind::Production => SupplyKind::Production,
                    ExpectedKind::Return => SupplyKind::Return,
                    ExpectedKind::Demand => SupplyKind::Unspecified,
                };
                Action::Expect(Expect {
                    expectation: (*code).to_owned(),
                    direction: direction.into(),
                    supply_kind: supply_kind.into(),
                    dispatched: *kind == ExpectedKind::DispatchedTransfer,
                    sku: (*sku).to_owned(),
                    quantity: Some(decimal(*quantity)),
                    day: (*day).to_owned(),
                    ..Expect::default()
                })
            }
            Self::Cancel { code } => {
                Action::CancelExpectation(CancelExpectation { expectation: (*code).to_owned() })
            }
            Self::Receive { code, goods } => {
                let ((sku, location, quantity), expectation) = (goods.fields(), (*code).to_owned());
                Action::Receive(Receive { sku, location, quantity, expectation, ..Receive::default() })
            }
            Self::Issue { code, goods } => {
                let ((sku, location, quantity), expectation) = (goods.fields(), (*code).to_owned());
                Action::Issue(Issue { sku, location, quantity, expectation, ..Issue::default() })
            }
        }
    }
}

impl Model {
    pub(super) fn expected_step(&mut self, step: &ExpectedStep) -> Result<Vec<String>, &'static str> {
        match step {
            ExpectedStep::Set { code, kind, sku, quantity, day } => {
                self.expect((code, *quantity), (*kind, sku, day))
            }
            ExpectedStep::Cancel { code } => {
                let known = self.expected.remove(code).ok_or("EXPECTATION_NOT_FOUND")?;
                let before = known.before();
                let after = Expected { open: 0, ..known };
                Ok(vec![after.told(code, &format!("set, {before}"))])
            }
            ExpectedStep::Receive { code, goods } => {
                let mut facts = vec![self.put(*goods, ("receipt", "~SUPPLIER", ""), None)?];
                facts.push(self.meet(code, goods, false)?);
                Ok(facts)
            }
            ExpectedStep::Issue { code, goods } => {
                let mut facts = self.issue(*goods, Claim::default(), None)?;
                facts.push(self.meet(code, goods, true)?);
                Ok(facts)
            }
        }
    }

    fn expect(
        &mut self,
        (code, quantity): (&'static str, i64),
        (kind, sku, day): (ExpectedKind, &'static str, &'static str),
    ) -> Result<Vec<String>, &'static str> {
        let known = self.expected.get(code).cloned();
        if known.is_none() && quantity == 0 {
            return Err("EXPECTATION_NOT_FOUND");
        }
        if let Some(known) = &known {
            known.check(sku, kind == ExpectedKind::Demand)?;
        }
        let met = known.as_ref().map_or(0, |known| known.met);
        let before = known.map_or_else(|| "nothing".to_owned(), |known| known.before());
        let after = Expected { sku, kind, day, met, open: (quantity - met).max(0) };
        let told = after.told(code, &format!("set, {before}"));
        self.keep(code, after);
        Ok(vec![told])
    }

    pub(super) fn meet(
        &mut self,
        code: &'static str,
        goods: &Goods,
        is_demand: bool,
    ) -> Result<String, &'static str> {
        let known = self.expected.get(code).cloned().ok_or("EXPECTATION_NOT_FOUND")?;
        known.check(goods.sku, is_demand)?;
        let taken = goods.quantity.min(known.open);
        let after = Expected { met: known.met + taken, open: known.open - taken, ..known };
        let told = after.told(code, &format!("met {taken}"));
        self.met = Some((code, taken, after.clone()));
        self.keep(code, after);
        Ok(told)
    }

    /// What was met is expected again, unless something else is by now.
    pub(super) fn reopen(&mut self, (code, quantity, was): Met) -> Option<String> {
        let after = match self.expected.get(code).cloned() {
            Some(known) => {
                known.check(was.sku, was.kind == ExpectedKind::Demand).ok()?;
                let back = quantity.min(known.met);
                Expected { met: known.met - back, open: known.open + quantity, ..known }
            }
            None => Expected { met: 0, open: quantity, ..was },
        };
        let told = after.told(code, &format!("reopened {quantity}"));
        self.keep(code, after);
        Some(told)
    }

    fn keep(&mut self, code: &'static str, after: Expected) {
        if after.open > 0 {
            self.expected.insert(code, after);
        } else {
            self.expected.remove(code);
        }
    }
}

impl Expected {
    fn check(&self, sku: &str, is_demand: bool) -> Result<(), &'static str> {
        if self.sku != sku {
            return Err("EXPECTATION_OF_OTHER_ITEM");
        }
        if (self.kind == ExpectedKind::Demand) != is_demand {
            return Err("EXPECTATION_OF_OTHER_DIRECTION");
        }
        Ok(())
    }

    fn before(&self) -> String {
        format!("{} {} {}", self.kind.as_str(), self.day, self.open)
    }

    fn told(&self, code: &str, what: &str) -> String {
        let Self { sku, kind, day, met, open } = self;
        format!("{what}: {code} {sku} {} {day} {} {met} {open}", kind.as_str(), met + open)
    }
}

/// A fact in the model's words.
pub(super) fn told(fact: &ExpectationFact) -> String {
    let after = fact.change.after();
    let what = match &fact.change {
        ExpectationChange::Set { before: None, .. } => "set, nothing".to_owned(),
        ExpectationChange::Set { before: Some(before), .. } => {
            format!("set, {} {} {}", before.kind.as_str(), before.day, before.open)
        }
        ExpectationChange::Met(met) => format!("met {}", met.quantity),
        ExpectationChange::Reopened(met) => format!("reopened {}", met.quantity),
    };
    let (kind, day) = (after.kind.as_str(), after.day);
    let numbers = format!("{} {} {}", after.expected, after.met, after.open);
    format!("{} {what}: {} {} {kind} {day} {numbers}", fact.line, after.code, after.sku)
}

pub(super) const fn reason(rejection: &ExpectationRejection) -> &'static str {
    match rejection {
        ExpectationRejection::NotFound { .. } => "EXPECTATION_NOT_FOUND",
        ExpectationRejection::OtherItem { .. } => "EXPECTATION_OF_OTHER_ITEM",
        ExpectationRejection::OtherDirection { .. } => "EXPECTATION_OF_OTHER_DIRECTION",
        ExpectationRejection::TooMany => "TOO_MANY_EXPECTATIONS",
    }
}

/// The warehouse lists what the model expects.
pub(super) async fn check(channel: &Channel, warehouse: &str, model: &Model) {
    let mut stock = StockServiceClient::new(channel.clone());
    let ask = ListExpectationsRequest { warehouse: warehouse.to_owned(), ..Default::default() };
    let listed = stock.list_expectations(ask).await.unwrap().into_inner().expectations;
    let listed = listed.into_iter().map(|row| {
        let number = |decimal: Option<proto::common::v1::Decimal>| decimal.unwrap().value;
        format!("{} {} {} {} {}", row.expectation, row.sku, row.day, number(row.met), number(row.open))
    });
    let expected = model.expected.iter();
    let expected = expected.map(|(code, e)| format!("{code} {} {} {} {}", e.sku, e.day, e.met, e.open));
    assert_eq!(listed.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "what {warehouse} expects");
}
