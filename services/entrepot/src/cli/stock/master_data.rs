use std::collections::BTreeSet;

use proto::catalog::v1::{BatchGetItemsRequest, GetLocationRequest, GetWarehouseRequest, LifecycleState};
use proto::events::v1::CountPlace;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::set_rule::Rule;
use proto::stock::v1::{CreateTask, PostDocumentRequest};
use rpc::Reason;

use crate::client::Client;
use crate::output::Failure;

/// Whether the warehouse refused because it does not know a record (yet).
pub(super) fn is_unknown(failure: &Failure) -> bool {
    let unknown =
        [Reason::UnknownItem, Reason::UnknownLocation, Reason::UnknownWarehouse, Reason::WarehouseNotServed];
    unknown.iter().any(|reason| reason.as_str() == failure.reason())
}

/// Whether the catalog knows everything that the document names, and none of it is retired. `false` too when there is no catalog
/// to ask.
pub(super) async fn is_in_catalog(client: &Client, request: &PostDocumentRequest) -> bool {
    let mut named = Named::default();
    for line in request.document.iter().flat_map(|document| &document.lines) {
        named.collect(line.action.as_ref());
    }
    has_warehouse(client, &request.warehouse).await
        && has_items(client, named.skus).await
        && has_locations(client, &request.warehouse, named.locations).await
}

#[derive(Default)]
struct Named<'a> {
    skus: BTreeSet<&'a str>,
    locations: BTreeSet<&'a str>,
}

impl<'a> Named<'a> {
    fn collect(&mut self, action: Option<&'a Action>) {
        let (sku, location) = match action {
            Some(Action::Receive(a)) => (&a.sku, &a.location),
            Some(Action::Issue(a)) => (&a.sku, &a.location),
            Some(Action::Return(a)) => (&a.sku, &a.location),
            Some(Action::Reserve(a)) => (&a.sku, &a.location),
            Some(Action::Adjust(a)) => (&a.sku, &a.location),
            Some(Action::ChangeStatus(a)) => (&a.sku, &a.location),
            Some(Action::TakeOwnership(a)) => (&a.sku, &a.location),
            Some(Action::Consume(a)) => (&a.sku, &a.location),
            Some(Action::Produce(a)) => (&a.sku, &a.location),
            Some(Action::Move(a)) => {
                self.locations.insert(&a.to_location);
                (&a.sku, &a.from_location)
            }
            Some(Action::SetRule(a)) => return self.note(sku_of(a.rule.as_ref()), None),
            Some(Action::Pack(a)) => return self.note(Some(&a.sku), None),
            Some(Action::Unpack(a)) => return self.note(Some(&*a.sku).filter(|sku| !sku.is_empty()), None),
            Some(Action::OpenUnit(a)) => return self.note(None, Some(&a.location)),
            Some(Action::MoveUnit(a)) => return self.note(None, Some(&a.to_location)),
            Some(Action::ShipUnit(_) | Action::Nest(_) | Action::CloseUnit(_)) => return,
            Some(Action::Expect(a)) => return self.note(Some(&a.sku), None),
            Some(Action::CancelExpectation(_)) => return,
            Some(Action::AnnounceDelivery(a)) => {
                self.skus.extend(a.lines.iter().map(|line| line.sku.as_str()));
                return;
            }
            Some(Action::ReceiveUnit(a)) => return self.note(None, Some(&a.location)),
            Some(Action::DeclareDiscrepancy(_) | Action::CloseDelivery(_) | Action::CancelDelivery(_)) => {
                return;
            }
            Some(Action::PlanCount(a)) => return a.places.iter().for_each(|place| self.place(place)),
            Some(Action::EnterCount(a)) => {
                self.skus.extend(a.seen.iter().map(|seen| seen.sku.as_str()));
                return a.place.iter().for_each(|place| self.place(place));
            }
            Some(Action::DisposeGoods(a)) => (&a.sku, &a.location),
            Some(Action::ApproveCount(_) | Action::PostCount(_) | Action::CancelCount(_)) => return,
            Some(Action::PlaceOrder(a)) => {
                return a.lines.iter().for_each(|line| self.note(Some(&line.sku), None));
            }
            Some(Action::ReleaseWave(a)) => return self.note(None, Some(&a.staging_location)),
            Some(Action::ShortPick(a)) => return self.note(None, Some(&a.location)),
            Some(Action::AllocateOrder(_) | Action::ShipOrder(_)) => return,
            Some(Action::CloseOrder(_) | Action::CancelOrder(_)) => return,
            Some(Action::CreateTask(a)) => return self.task(a),
            Some(Action::ClaimNextTask(a)) => {
                return self.note(None, Some(&*a.at_location).filter(|location| !location.is_empty()));
            }
            Some(Action::ClaimTask(_) | Action::StartTask(_) | Action::FinishTask(_)) => return,
            Some(Action::FailTask(_) | Action::GiveBackTask(_) | Action::CancelTask(_)) => return,
            Some(Action::PlanProduction(a)) => {
                self.skus.extend(a.components.iter().map(|component| component.sku.as_str()));
                return self.note(Some(&a.sku), Some(&a.location));
            }
            Some(Action::IssueComponent(a)) => return self.note(Some(&a.sku), Some(&a.from_location)),
            Some(Action::ReturnComponent(a)) => return self.note(Some(&a.sku), Some(&a.to_location)),
            Some(Action::ConsumeComponent(a)) => return self.note(Some(&a.sku), None),
            Some(Action::ReportProduction(a)) => return self.note(Some(&a.sku), Some(&a.location)),
            Some(Action::ReleaseProduction(_) | Action::FinishProduction(_)) => return,
            Some(Action::CloseProduction(_) | Action::CancelProduction(_)) => return,
            Some(Action::Release(_) | Action::Fulfil(_) | Action::SetNumberRange(_)) => return,
            Some(Action::Reverse(_) | Action::LockStock(_)) | None => return,
        };
        // A reservation may be of goods anywhere.
        self.note(Some(sku), Some(&**location).filter(|location| !location.is_empty()));
    }

    fn place(&mut self, place: &'a CountPlace) {
        self.note(Some(&*place.sku).filter(|sku| !sku.is_empty()), Some(&place.location));
    }

    fn task(&mut self, task: &'a CreateTask) {
        self.skus.extend(Some(&*task.sku).filter(|sku| !sku.is_empty()));
        let places = [&*task.from_location, &*task.to_location];
        self.locations.extend(places.into_iter().filter(|location| !location.is_empty()));
    }

    fn note(&mut self, sku: Option<&'a str>, location: Option<&'a str>) {
        self.skus.extend(sku);
        self.locations.extend(location);
    }
}

/// The item that a rule is about.
fn sku_of(rule: Option<&Rule>) -> Option<&str> {
    match rule? {
        Rule::ChannelQuota(rule) => Some(&rule.sku),
        Rule::SafetyBuffer(rule) => Some(&rule.sku),
        Rule::Minimum(rule) => Some(&rule.sku),
        Rule::CustomerMaximum(rule) => Some(&rule.sku),
        Rule::PeriodicItem(rule) => Some(&rule.sku),
        Rule::StoredAs(rule) => Some(&rule.sku),
        Rule::ShelfLife(_) | Rule::StatusCounts(_) | Rule::Stores(_) => None,
    }
}

async fn has_warehouse(client: &Client, code: &str) -> bool {
    let request = GetWarehouseRequest { code: code.to_owned() };
    let answer = client.call(&request, async |r| client.catalog().get_warehouse(r).await).await;
    answer.is_ok_and(|answer| answer.warehouse.is_some_and(|w| w.state() == LifecycleState::Active))
}

async fn has_items(client: &Client, skus: BTreeSet<&str>) -> bool {
    if skus.is_empty() {
        return true;
    }
    let request = BatchGetItemsRequest { skus: skus.into_iter().map(ToOwned::to_owned).collect() };
    let answer = client.call(&request, async |r| client.catalog().batch_get_items(r).await).await;
    answer.is_ok_and(|answer| {
        answer.unknown_skus.is_empty()
            && answer.items.iter().all(|item| item.state() == LifecycleState::Active)
    })
}

async fn has_locations(client: &Client, warehouse: &str, codes: BTreeSet<&str>) -> bool {
    for code in codes {
        let request = GetLocationRequest { warehouse: warehouse.to_owned(), code: code.to_owned() };
        let answer = client.call(&request, async |r| client.catalog().get_location(r).await).await;
        if !answer.is_ok_and(|answer| answer.location.is_some_and(|l| l.state() == LifecycleState::Active)) {
            return false;
        }
    }
    true
}
