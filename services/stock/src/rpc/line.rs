//! One line of a document, checked against the catalog.

use std::sync::Arc;

use catalog_view::{CatalogView, ItemRecord};
use laws::NegativeStock;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action as WireAction;
use proto::stock::v1::{self as wire, DocumentLine};
use rpc::{ApiError, Reason, clock};
use stock_core::{Action, Line, LineGoods, Place};
use vocabulary::{Date, LocationCode, Owner, Quantity, StockStatus, WarehouseCode};

use super::amount::{in_base, positive, quantity};
use super::found::Found;
use super::goods::{self, Naming};
use super::reason::reason_of;
use super::weight::Weighing;
use super::{claim, expectation_line, lock, promise_line, reverse, rules};

/// Parses lines for one warehouse.
#[derive(Debug)]
pub(super) struct LineParser<'a> {
    pub(super) catalog: &'a CatalogView,
    warehouse: WarehouseCode,
    pub(super) supplier: Place,
    pub(super) customer: Place,
    pub(super) adjustment: Place,
    pub(super) production: Place,
    pub(super) found: Found,
    /// When goods are needed of which nobody says so.
    pub(super) day: Date,
}

/// Item, location, quantity, unit: what most lines name.
pub(super) struct Named<'a> {
    sku: &'a str,
    location: (&'static str, &'a str),
    quantity: (&'static str, &'a Option<Decimal>),
    unit: &'a str,
    goods: Option<&'a wire::Goods>,
    naming: Naming,
    weighing: Weighing,
    partner: &'a str,
}

impl<'a> LineParser<'a> {
    pub(super) fn new(
        catalog: &'a CatalogView,
        warehouse: &WarehouseCode,
        found: Found,
    ) -> Result<Self, ApiError> {
        let record = catalog.warehouse(warehouse.as_str());
        if record.is_some_and(|record| !record.active) {
            let message = format!("warehouse {warehouse} is retired");
            return Err(ApiError::invalid(Reason::WarehouseRetired, "warehouse", message));
        }
        let place = |code: &str| LocationCode::parse(code).map(Place::Virtual);
        let places = (place("SUPPLIER"), place("CUSTOMER"), place("ADJUSTMENT"), place("PRODUCTION"));
        let (Ok(supplier), Ok(customer), Ok(adjustment), Ok(production)) = places else {
            return Err(ApiError::internal("the codes of the virtual locations are not valid"));
        };
        let (warehouse, day) = (warehouse.clone(), Date::of(clock::now()));
        Ok(Self { catalog, warehouse, supplier, customer, adjustment, production, found, day })
    }

    pub(super) fn parse(&self, line: &DocumentLine) -> Result<Line, ApiError> {
        match &line.action {
            None => Err(ApiError::invalid(
                Reason::NoAction,
                "action",
                "the line says nothing to do: give one action",
            )),
            Some(WireAction::Receive(l)) => self.receive(l).map_err(|e| e.in_field("receive")),
            Some(WireAction::Issue(l)) => self.issue(l).map_err(|e| e.in_field("issue")),
            Some(WireAction::Move(l)) => self.moved(l).map_err(|e| e.in_field("move")),
            Some(WireAction::Adjust(l)) => self.adjust(l).map_err(|e| e.in_field("adjust")),
            Some(WireAction::Return(l)) => self.returned(l).map_err(|e| e.in_field("return")),
            Some(WireAction::Reserve(l)) => self.reserve(l).map_err(|e| e.in_field("reserve")),
            Some(WireAction::Release(l)) => self.release(l).map_err(|e| e.in_field("release")),
            Some(WireAction::Fulfil(l)) => self.fulfil(l).map_err(|e| e.in_field("fulfil")),
            Some(WireAction::ChangeStatus(l)) => {
                self.change_status(l).map_err(|e| e.in_field("change_status"))
            }
            Some(WireAction::TakeOwnership(l)) => {
                self.take_ownership(l).map_err(|e| e.in_field("take_ownership"))
            }
            Some(WireAction::SetRule(l)) => self.set_rule(l).map_err(|e| e.in_field("set_rule")),
            Some(WireAction::Consume(l)) => self.consume(l).map_err(|e| e.in_field("consume")),
            Some(WireAction::Produce(l)) => self.produce(l).map_err(|e| e.in_field("produce")),
            Some(WireAction::Reverse(l)) => {
                reverse::parse(l, &self.found.movements).map_err(|e| e.in_field("reverse"))
            }
            Some(WireAction::LockStock(l)) => lock::parse(l).map_err(|e| e.in_field("lock_stock")),
            Some(WireAction::DisposeGoods(l)) => self.dispose(l).map_err(|e| e.in_field("dispose_goods")),
            Some(WireAction::Expect(l)) => self.expect(l).map_err(|e| e.in_field("expect")),
            Some(WireAction::CancelExpectation(l)) => expectation_line::cancel(l),
            Some(action) => self.work(action),
        }
    }

    fn receive(&self, line: &wire::Receive) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = Named { goods: line.goods.as_ref(), partner: &line.partner, ..named };
        let parsed = self
            .item_line(&named, |at| Action::Receive { from: self.supplier.clone(), to: Place::Real(at) })?;
        self.with_facts(parsed, line.lot_facts.as_ref()).map(|line| self.held(line))
    }

    fn produce(&self, line: &wire::Produce) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = Named { goods: line.goods.as_ref(), ..named };
        let parsed = self
            .item_line(&named, |at| Action::Produce { from: self.production.clone(), to: Place::Real(at) })?;
        self.with_facts(parsed, line.lot_facts.as_ref()).map(|line| self.held(line))
    }

    fn issue(&self, line: &wire::Issue) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = Named { partner: &line.partner, ..named.taken(line.goods.as_ref()) };
        let parsed =
            self.item_line(&named, |at| Action::Issue { from: Place::Real(at), to: self.customer.clone() })?;
        claim::of_issue(line, self.day).map(|claim| claim::on(parsed, claim))
    }

    fn consume(&self, line: &wire::Consume) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = named.taken(line.goods.as_ref());
        self.item_line(&named, |at| Action::Consume { from: Place::Real(at), to: self.production.clone() })
    }

    fn returned(&self, line: &wire::Return) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = Named { goods: line.goods.as_ref(), partner: &line.partner, ..named };
        let line =
            self.item_line(&named, |at| Action::Return { from: self.customer.clone(), to: Place::Real(at) });
        line.map(|line| self.held(line))
    }

    fn reserve(&self, line: &wire::Reserve) -> Result<Line, ApiError> {
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named =
            Named { goods: line.goods.as_ref(), naming: Naming::Nothing, weighing: Weighing::Never, ..named };
        let parsed = if line.location.is_empty() {
            self.anywhere(&named, Action::Reserve { at: None })?
        } else {
            self.item_line(&named, |at| Action::Reserve { at: Some(at) })?
        };
        claim::of_reserve(line, self.day).map(|claim| claim::on(parsed, claim))
    }

    pub(super) fn change_status(&self, line: &wire::ChangeStatus) -> Result<Line, ApiError> {
        let reason = reason_of(&line.reason, "a change of status needs a reason")?;
        let given = line.goods.as_ref().map_or("", |goods| goods.status.as_str());
        let from = goods::status("goods.status", given)?;
        if line.to_status.is_empty() {
            let message = "say which status the goods become";
            return Err(ApiError::invalid(Reason::BadStatus, "to_status", message));
        }
        let to = goods::status("to_status", &line.to_status)?;
        stock_core::transition(from, to).map_err(|e| {
            let error = ApiError::invalid(Reason::IllegalTransition, "to_status", e.to_string());
            error.with("from", from).with("to", to)
        })?;
        let lot = line.goods.as_ref().map_or("", |goods| goods.lot.as_str());
        if from == StockStatus::Recalled
            && let Some(recall) = self.catalog.recall(&line.sku, lot)
        {
            let message = format!(
                "lot {lot} of {} is called back ({}): end the recall first",
                recall.sku, recall.reason
            );
            let error = ApiError::invalid(Reason::LotRecalled, "to_status", message);
            return Err(error.with("sku", &recall.sku).with("lot", lot));
        }
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = named.inside(line.goods.as_ref());
        let parsed = self.item_line(&named, |at| Action::ChangeStatus { at: Place::Real(at), to, reason })?;
        Ok(if line.take_promised { goods::taking_promised(parsed) } else { parsed })
    }

    fn take_ownership(&self, line: &wire::TakeOwnership) -> Result<Line, ApiError> {
        let given = line.goods.as_ref().map_or("", |goods| goods.owner.as_str());
        if !matches!(goods::owner("goods.owner", given)?, Owner::Consignment(_)) {
            let message = "only a supplier's goods become our own: give consignment:PARTY";
            return Err(ApiError::invalid(Reason::NotConsignment, "goods.owner", message));
        }
        let named = Named::new(&line.sku, &line.location, &line.quantity, &line.unit);
        let named = named.inside(line.goods.as_ref());
        self.item_line(&named, |at| Action::TakeOwnership { at: Place::Real(at) })
    }

    fn moved(&self, line: &wire::Move) -> Result<Line, ApiError> {
        let named = Named {
            location: ("from_location", &line.from_location),
            ..Named::new(&line.sku, "", &line.quantity, &line.unit).inside(line.goods.as_ref())
        };
        let to = self.location("to_location", &line.to_location)?;
        if line.from_location == line.to_location {
            let message = format!("the goods are at {to} already: give another location");
            return Err(ApiError::invalid(Reason::SameLocation, "to_location", message));
        }
        let action = |from| Action::Move { from: Place::Real(from), to: Place::Real(to) };
        if line.reservation_id.is_empty() {
            return self.item_line(&named, action);
        }
        let parsed = self.item_line(&Named { naming: Naming::Units, ..named }, action)?;
        promise_line::carrying(parsed, &line.reservation_id)
    }

    fn adjust(&self, line: &wire::Adjust) -> Result<Line, ApiError> {
        let reason = reason_of(&line.reason, "an adjustment needs a reason")?;
        let item = self.item(&line.sku)?;
        let at = self.location("location", &line.location)?;
        let delta = quantity("delta", line.delta.as_ref())?;
        if delta.is_zero() {
            return Err(ApiError::invalid(
                Reason::QuantityZero,
                "delta",
                "an adjustment by zero changes nothing",
            ));
        }
        let (here, there) = (Place::Real(at), self.adjustment.clone());
        let (from, to) = if delta.is_negative() { (here, there) } else { (there, here) };
        let quantity = in_base(&item, "delta", delta.abs(), &line.unit)?;
        let goods = goods::parse(&item, line.goods.as_ref(), (Naming::All, Weighing::Always), quantity)?;
        let parsed = item_line(&item, quantity, goods, Action::Adjust { from, to, reason });
        Ok(match (delta.is_negative(), line.take_promised) {
            (false, _) => self.held(parsed),
            (true, true) => goods::taking_promised(parsed),
            (true, false) => parsed,
        })
    }

    fn set_rule(&self, line: &wire::SetRule) -> Result<Line, ApiError> {
        rules::parse(line, |sku, field, decimal| {
            let item = self.item(sku)?;
            let quantity = decimal.map(|decimal| quantity(field, Some(decimal))).transpose()?;
            let in_base = |quantity| in_base(&item, field, quantity, "");
            Ok((item.sku.clone(), quantity.map(in_base).transpose()?))
        })
        .map(Line::SetRule)
    }

    fn anywhere(&self, named: &Named<'_>, action: Action) -> Result<Line, ApiError> {
        let item = self.item(named.sku)?;
        let given = positive(named.quantity.0, named.quantity.1.as_ref())?;
        let quantity = in_base(&item, named.quantity.0, given, named.unit)?;
        let goods = goods::parse(&item, named.goods, (named.naming, named.weighing), quantity)?;
        Ok(item_line(&item, quantity, goods, action))
    }

    pub(super) fn item_line(
        &self,
        named: &Named<'_>,
        action: impl FnOnce(LocationCode) -> Action,
    ) -> Result<Line, ApiError> {
        let item = self.item(named.sku)?;
        let at = self.location(named.location.0, named.location.1)?;
        let given = positive(named.quantity.0, named.quantity.1.as_ref())?;
        let quantity = in_base(&item, named.quantity.0, given, named.unit)?;
        let mut goods = goods::parse(&item, named.goods, (named.naming, named.weighing), quantity)?;
        if let Some(partner) = goods::partner(named.partner)? {
            goods.get_or_insert_default().partner = Some(partner);
        }
        Ok(item_line(&item, quantity, goods, action(at)))
    }

    pub(super) fn item(&self, sku: &str) -> Result<Arc<ItemRecord>, ApiError> {
        let Some(item) = self.catalog.item(sku) else {
            let message = format!("no item has the SKU {:?}: create it in the catalog first", shortened(sku));
            return Err(ApiError::invalid(Reason::UnknownItem, "sku", message).with("sku", shortened(sku)));
        };
        if !item.active {
            let message = format!("item {sku} is retired");
            return Err(ApiError::invalid(Reason::ItemRetired, "sku", message).with("sku", sku));
        }
        Ok(item)
    }

    pub(super) fn location(&self, field: &'static str, code: &str) -> Result<LocationCode, ApiError> {
        let refused = |reason, message: String| {
            Err(ApiError::invalid(reason, field, message).with("location", shortened(code)))
        };
        let Some(location) = self.catalog.location(self.warehouse.as_str(), code) else {
            let message = format!(
                "warehouse {} has no location {:?}: create it first",
                self.warehouse,
                shortened(code)
            );
            return refused(Reason::UnknownLocation, message);
        };
        if location.is_virtual {
            return refused(
                Reason::LocationVirtual,
                format!("{code} stands for the outside world: give a real location"),
            );
        }
        if !location.active {
            return refused(Reason::LocationRetired, format!("location {code} is retired"));
        }
        Ok(location.code.clone())
    }
}

impl<'a> Named<'a> {
    pub(super) const fn new(
        sku: &'a str,
        location: &'a str,
        quantity: &'a Option<Decimal>,
        unit: &'a str,
    ) -> Self {
        Self {
            sku,
            location: ("location", location),
            quantity: ("quantity", quantity),
            unit,
            goods: None,
            naming: Naming::All,
            weighing: Weighing::Always,
            partner: "",
        }
    }

    /// Goods that stay in the warehouse.
    pub(super) fn inside(self, goods: Option<&'a wire::Goods>) -> Self {
        Self { goods, weighing: Weighing::Parts, ..self }
    }

    /// Goods that leave: available ones of our own are chosen where no lot is named.
    fn taken(self, goods: Option<&'a wire::Goods>) -> Self {
        let is_choice = goods.is_none_or(|g| g.status.is_empty() && g.owner.is_empty());
        let naming = if is_choice { Naming::Units } else { Naming::All };
        Self { goods, naming, ..self }
    }
}

fn item_line(item: &ItemRecord, quantity: Quantity, goods: Option<Box<LineGoods>>, action: Action) -> Line {
    let negative = if item.negative_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden };
    Line::Item { sku: item.sku.clone(), negative, quantity, goods, action }
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}
