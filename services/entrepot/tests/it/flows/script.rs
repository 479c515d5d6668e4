//! One round: goods come and are put away, an order leaves, a shelf is counted, something is made, and a mistake is taken back.

use proto::common::v1::Decimal;
use proto::events::v1::{CountPlace, DeliverySource, ItemCost, TaskKind};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    AllocateOrder, AnnounceDelivery, ApproveCount, ClaimTask, CloseDelivery, CloseOrder, Consume, CreateTask,
    DeliveryLine, DeliveryReference, EnterCount, FinishTask, Move, PlaceOrder, PlacedLine, PlanCount,
    PostCount, Produce, Receive, ReleaseWave, Return, Reverse, SeenGoods, ShipOrder,
};

use super::worker::Worker;

/// What a round leaves: parts on the shelf, and a thing that was made.
pub(super) const PARTS_A_ROUND: u32 = 2;
pub(super) const THINGS_A_ROUND: u32 = 1;

/// The names of a round.
pub(super) struct Names {
    pub(super) delivery: String,
    pub(super) order: String,
    pub(super) count: String,
    pub(super) task: String,
    pub(super) part: String,
    pub(super) thing: String,
    pub(super) inside: String,
    pub(super) shelf: String,
    pub(super) outside: String,
}

impl Names {
    pub(super) fn new(worker: u32, round: u32) -> Self {
        let name = |kind: &str| format!("{kind}-{worker}-{round}");
        let own = |kind: &str| format!("{kind}-{worker}");
        Self {
            delivery: name("PO"),
            order: name("SO"),
            count: name("C"),
            task: name("T"),
            part: own("PART"),
            thing: own("THING"),
            inside: own("IN"),
            shelf: own("MAIN"),
            outside: own("OUT"),
        }
    }
}

impl Worker {
    pub(super) async fn round(&mut self, round: u32) {
        let names = Names::new(self.number, round);
        self.receives(&names).await;
        self.ships(&names, round).await;
        self.counts(&names, round).await;
        self.makes(&names).await;
    }

    /// Ten parts are announced, received and put away, as a task.
    async fn receives(&mut self, names: &Names) {
        let Names { delivery, part, inside, shelf, task, .. } = names;
        self.does(vec![announce(names)]).await;
        self.errs(vec![receive(names, 13)], "OVER_TOLERANCE").await;
        self.does(vec![receive(names, 4)]).await;
        self.errs(vec![close(names)], "DELIVERY_DIFFERS").await;
        self.does(vec![receive(names, 6)]).await;
        self.does(vec![close(names)]).await;
        self.errs(vec![close(names)], "DELIVERY_ENDED").await;
        let create = CreateTask {
            task: task.clone(),
            kind: TaskKind::PutAway.into(),
            from_location: inside.clone(),
            to_location: shelf.clone(),
            sku: part.clone(),
            quantity: decimal(10),
            reference: delivery.clone(),
            ..CreateTask::default()
        };
        self.does(vec![Action::CreateTask(create)]).await;
        let claim =
            |worker: &str| Action::ClaimTask(ClaimTask { task: task.clone(), worker: worker.to_owned() });
        self.does(vec![claim("ANN")]).await;
        self.errs(vec![claim("BOB")], "TASK_TAKEN").await;
        let finish = FinishTask { task: task.clone(), worker: "ANN".to_owned(), quantity: None };
        let moved = moved((part, 10), (inside, shelf), "");
        self.does(vec![moved, Action::FinishTask(finish.clone())]).await;
        self.errs(vec![Action::FinishTask(finish)], "TASK_ENDED").await;
    }

    /// Six of them leave.
    async fn ships(&mut self, names: &Names, round: u32) {
        let Names { order, part, shelf, outside, .. } = names;
        let line = PlacedLine { number: 1, sku: part.clone(), quantity: decimal(6), ..PlacedLine::default() };
        let place = PlaceOrder {
            order: order.clone(),
            customer: "C-1".to_owned(),
            due: "2040-01-31".to_owned(),
            lines: vec![line],
            ..PlaceOrder::default()
        };
        self.does(vec![Action::PlaceOrder(place)]).await;
        let ship = || Action::ShipOrder(ShipOrder { order: order.clone(), tracking: "T".to_owned() });
        self.errs(vec![ship()], "ORDER_IN_NO_WAVE").await;
        let allocate = Action::AllocateOrder(AllocateOrder { order: order.clone() });
        let promises = self.does(vec![allocate]).await.reservation_ids;
        let [promise] = promises.as_slice() else { panic!("{promises:?}") };
        let wave = format!("W-{}-{round}", self.number);
        let release = ReleaseWave { wave, staging_location: outside.clone(), orders: vec![order.clone()] };
        self.does(vec![Action::ReleaseWave(release.clone())]).await;
        self.errs(vec![Action::ReleaseWave(release)], "ORDER_IN_WAVE").await;
        self.does(vec![moved((part, 4), (shelf, outside), promise)]).await;
        self.does(vec![ship()]).await;
        let close = || Action::CloseOrder(CloseOrder { order: order.clone(), without_rest: false });
        self.errs(vec![close()], "ORDER_LINE_OPEN").await;
        self.does(vec![moved((part, 2), (shelf, outside), promise), ship()]).await;
        self.does(vec![close()]).await;
    }

    /// One of what is on the shelf is missing; whoever counted does not approve that.
    async fn counts(&mut self, names: &Names, round: u32) {
        let Names { count, part, shelf, .. } = names;
        let place = CountPlace { location: shelf.clone(), sku: part.clone() };
        let plan = PlanCount {
            count: count.clone(),
            kind: proto::events::v1::CountKind::Location.into(),
            places: vec![place.clone()],
            approval_above: decimal(1),
            currency: "EUR".to_owned(),
            costs: vec![ItemCost { sku: part.clone(), cost: decimal(5) }],
            ..PlanCount::default()
        };
        self.does(vec![Action::PlanCount(plan)]).await;
        let there = round * PARTS_A_ROUND + 4;
        let seen = SeenGoods { sku: part.clone(), quantity: decimal(there - 1), ..SeenGoods::default() };
        let enter = EnterCount {
            count: count.clone(),
            place: Some(place),
            counted_by: "ANN".to_owned(),
            seen: vec![seen],
            ..EnterCount::default()
        };
        self.does(vec![Action::EnterCount(EnterCount { counted_by: "BOB".to_owned(), ..enter.clone() })])
            .await;
        self.does(vec![Action::EnterCount(enter)]).await;
        let post = || Action::PostCount(PostCount { count: count.clone() });
        self.errs(vec![post()], "COUNT_APPROVAL_NEEDED").await;
        let approve = |by: &str| {
            Action::ApproveCount(ApproveCount { count: count.clone(), approved_by: by.to_owned() })
        };
        self.errs(vec![approve("ANN")], "OWN_VARIANCE").await;
        self.does(vec![approve("CARL")]).await;
        self.does(vec![post()]).await;
        self.errs(vec![post()], "COUNT_ENDED").await;
    }

    /// One part comes back; two become a thing; a receipt that never was is booked and taken back.
    async fn makes(&mut self, names: &Names) {
        let Names { part, thing, shelf, .. } = names;
        let (sku, location) = (part.clone(), shelf.clone());
        let back =
            Return { sku, location, quantity: decimal(1), partner: "C-1".to_owned(), ..Return::default() };
        self.does(vec![Action::Return(back)]).await;
        let make = |parts: u32| {
            let (sku, location) = (part.clone(), shelf.clone());
            let used = Consume { sku, location, quantity: decimal(parts), ..Consume::default() };
            let (sku, location) = (thing.clone(), shelf.clone());
            let made = Produce { sku, location, quantity: decimal(1), ..Produce::default() };
            vec![Action::Consume(used), Action::Produce(made)]
        };
        self.errs(make(1000), "INSUFFICIENT_AVAILABLE").await;
        self.does(make(2)).await;
        let (sku, location) = (part.clone(), shelf.clone());
        let wrong = Receive { sku, location, quantity: decimal(7), ..Receive::default() };
        let sequence = self.does(vec![Action::Receive(wrong)]).await.sequence;
        let take_back = || Action::Reverse(Reverse { sequence, line: 0, reason: "typed twice".to_owned() });
        self.does(vec![take_back()]).await;
        self.errs(vec![take_back()], "ALREADY_REVERSED").await;
    }
}

fn announce(names: &Names) -> Action {
    let line =
        DeliveryLine { number: 1, sku: names.part.clone(), quantity: decimal(10), ..DeliveryLine::default() };
    Action::AnnounceDelivery(AnnounceDelivery {
        delivery: names.delivery.clone(),
        source: DeliverySource::Purchase.into(),
        partner: "ACME".to_owned(),
        due: "2040-01-31".to_owned(),
        lines: vec![line],
        ..AnnounceDelivery::default()
    })
}

fn receive(names: &Names, n: u32) -> Action {
    Action::Receive(Receive {
        sku: names.part.clone(),
        location: names.inside.clone(),
        quantity: decimal(n),
        delivery: Some(DeliveryReference { delivery: names.delivery.clone(), number: 1, cross_dock: false }),
        ..Receive::default()
    })
}

fn close(names: &Names) -> Action {
    Action::CloseDelivery(CloseDelivery { delivery: names.delivery.clone(), ..CloseDelivery::default() })
}

fn moved((sku, n): (&str, u32), (from, to): (&str, &str), promise: &str) -> Action {
    Action::Move(Move {
        sku: sku.to_owned(),
        from_location: from.to_owned(),
        to_location: to.to_owned(),
        quantity: decimal(n),
        reservation_id: promise.to_owned(),
        ..Move::default()
    })
}

fn decimal(n: u32) -> Option<Decimal> {
    Some(Decimal { value: n.to_string() })
}
