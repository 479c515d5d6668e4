//! `entrepot stock …`: documents and what a warehouse holds.

mod counts;
mod deliveries;
mod document;
mod expectations;
mod explain;
mod handling_unit_forms;
mod handling_units;
mod lots;
mod master_data;
mod meet;
mod orders;
mod post;
mod production;
mod read;
mod reconcile;
mod reserve;
mod reversals;
mod rule;
mod tasks;
mod verbs;
mod views;

use clap::Subcommand;

pub(crate) use orders::allocate_all;
pub(crate) use verbs::WhichArgs;

use super::Context;
use crate::output::Failure;

/// `entrepot stock …`
#[derive(Debug, Subcommand)]
pub(crate) enum StockCommand {
    /// Post a document of 1 to 1,000 lines from a JSON file: all lines, or none.
    #[command(after_long_help = document::FORM)]
    Post(post::PostArgs),
    /// Goods come in from a supplier.
    Receive(deliveries::OfDeliveryArgs<meet::MeetArgs<verbs::DealArgs<verbs::ArrivalArgs>>>),
    /// Goods go out to a customer.
    Issue(meet::MeetArgs<reserve::IssueArgs>),
    /// Goods move inside the warehouse.
    Move(verbs::MoveArgs),
    /// Correct the quantity on hand.
    Adjust(verbs::AdjustArgs),
    /// Goods come back from a customer.
    Return(deliveries::OfDeliveryArgs<meet::MeetArgs<verbs::DealArgs<verbs::GoodsArgs>>>),
    /// Promise goods: they stay and are no longer available.
    Reserve(meet::MeetArgs<reserve::ReserveArgs>),
    /// Take a promise back.
    Release(verbs::ReservationArgs),
    /// Promised goods go out to a customer.
    Fulfil(meet::MeetArgs<verbs::ReservationArgs>),
    /// Goods become another status where they are.
    StatusChange(deliveries::InspectedArgs<verbs::StatusChangeArgs>),
    /// A supplier's goods become our own where they are.
    Own(verbs::GoodsArgs),
    /// Goods are used up by production, or by a repacking. Post them together with what is produced, so that a trace links them.
    Consume(meet::MeetArgs<verbs::GoodsArgs>),
    /// Goods are made by production, or by a repacking.
    Produce(deliveries::OfDeliveryArgs<meet::MeetArgs<verbs::ArrivalArgs>>),
    /// Take back what a line of an accepted document moved.
    Reverse(reversals::ReverseArgs),
    /// Lock what happened before a time, or say up to when it is locked.
    Lock(reversals::LockArgs),
    /// Supply or demand is expected on a day, or otherwise than before, or not any more.
    Expect(expectations::ExpectArgs),
    /// Deliveries: goods that are announced to come, what of them came, and what is wrong with them.
    #[command(subcommand)]
    Delivery(deliveries::DeliveryCommand),
    /// Production: things are made by their bill of material.
    #[command(subcommand)]
    Production(production::ProductionCommand),
    /// Outbound orders: what customers want, what is promised, picked and shipped of it.
    #[command(subcommand)]
    Order(orders::OrderCommand),
    /// Counts: what is planned to be counted, what was counted, and what differs.
    #[command(subcommand)]
    Count(counts::CountCommand),
    /// Tasks: what is to be done, in which order, and who does it.
    #[command(subcommand)]
    Task(tasks::TaskCommand),
    /// Handling units: boxes, pallets and whatever else goods are packed into.
    #[command(subcommand)]
    Unit(handling_units::UnitCommand),
    /// One position: an item at a location.
    Get(read::GetArgs),
    /// Positions, by item and location.
    Positions(read::ListArgs),
    /// Totals, by item.
    Balances(read::BalancesArgs),
    /// The lots of an item and what was told of them; of one of them also how much is here.
    Lots(lots::LotsArgs),
    /// The units of an item that are here, by serial number.
    Serials(lots::SerialsArgs),
    /// An open reservation.
    Reservation(read::ReservationArgs),
    /// Open reservations, the oldest first.
    Reservations(read::ReservationsArgs),
    /// Supply and demand that are expected and not met yet, by key.
    Expectations(expectations::ExpectationsArgs),
    /// What a line of a document moved, what it takes back, and what took it back.
    Movement(reversals::MovementArgs),
    /// What is kept back, and for whom.
    #[command(subcommand)]
    Rule(rule::RuleCommand),
    /// What another system says is there, beside what is: differences are explained by movements.
    Reconcile(reconcile::ReconcileArgs),
    /// Why a document would be refused, or which goods it would take; nothing changes.
    Explain(explain::ExplainArgs),
}

pub(super) async fn run(command: StockCommand, context: &Context) -> Result<(), Failure> {
    match command {
        StockCommand::Post(args) => post::from_file(args, context).await,
        StockCommand::Receive(args) => {
            post::send(args.of_delivery(|args| args.meet(|rest| rest.receive()))?, context).await
        }
        StockCommand::Issue(args) => post::send(args.meet(|rest| rest.post())?, context).await,
        StockCommand::Move(args) => post::send(args.post()?, context).await,
        StockCommand::Adjust(args) => post::send(args.post()?, context).await,
        StockCommand::Return(args) => {
            post::send(args.of_delivery(|args| args.meet(|rest| rest.give_back()))?, context).await
        }
        StockCommand::Reserve(args) => post::send(args.meet(|rest| rest.post())?, context).await,
        StockCommand::Release(args) => post::send(args.release()?, context).await,
        StockCommand::Fulfil(args) => post::send(args.meet(|rest| rest.fulfil())?, context).await,
        StockCommand::StatusChange(args) => post::send(args.inspected(|rest| rest.post())?, context).await,
        StockCommand::Own(args) => post::send(args.own()?, context).await,
        StockCommand::Consume(args) => post::send(args.meet(|rest| rest.consume())?, context).await,
        StockCommand::Produce(args) => {
            post::send(args.of_delivery(|args| args.meet(|rest| rest.produce()))?, context).await
        }
        StockCommand::Reverse(args) => post::send(args.post()?, context).await,
        StockCommand::Lock(args) => reversals::lock(args, context).await,
        StockCommand::Expect(args) => post::send(args.post()?, context).await,
        StockCommand::Delivery(command) => deliveries::run(command, context).await,
        StockCommand::Production(command) => Box::pin(production::run(command, context)).await,
        StockCommand::Reconcile(args) => reconcile::run(args, context).await,
        StockCommand::Order(command) => orders::run(command, context).await,
        StockCommand::Count(command) => counts::run(command, context).await,
        StockCommand::Task(command) => tasks::run(command, context).await,
        StockCommand::Unit(command) => handling_units::run(command, context).await,
        StockCommand::Get(args) => read::get(args, context).await,
        StockCommand::Positions(args) => read::positions(args, context).await,
        StockCommand::Balances(args) => read::balances(args, context).await,
        StockCommand::Lots(args) => lots::lots(args, context).await,
        StockCommand::Serials(args) => lots::serials(args, context).await,
        StockCommand::Reservation(args) => read::reservation(args, context).await,
        StockCommand::Reservations(args) => read::reservations(args, context).await,
        StockCommand::Expectations(args) => expectations::list(args, context).await,
        StockCommand::Movement(args) => reversals::movement(args, context).await,
        StockCommand::Rule(command) => rule::run(command, context).await,
        StockCommand::Explain(args) => explain::run(args, context).await,
    }
}
