//! Lists that somebody walks with: pick lists of a wave, and put-away lists of a delivery.

use std::collections::BTreeSet;

use paper_core::templates::{PickLine, PickList, PutAwayLine, PutAwayList};
use paper_core::{AsOf, Head, Paper};
use proto::events::v1::Task;
use proto::stock::v1::{GetOrderRequest, GetPickListRequest, ListTasksRequest, Pick};
use rpc::{ApiError, Reason};

use super::Engine;
use super::compose::{empty, only_now};
use super::issue::Wish;

/// Rows of a page of what the list is made of.
const PAGE: i32 = 1_000;
/// The most lines of a list.
const LINES_MAX: usize = 10_000;
/// How often a list of several pages is begun anew because the journal went on between two of them.
const TURNS_MAX: u32 = 20;

impl Engine {
    /// What of the promises for a wave is still to be picked, in walking order.
    pub(super) async fn pick_list(&self, wish: &Wish, wave: &str, mut head: Head) -> Result<Paper, ApiError> {
        only_now(wish.as_of_sequence, "a pick list has what is still to be picked")?;
        let (picks, sequence) = self.picks(&wish.warehouse, wave).await?;
        let orders: BTreeSet<&str> = picks.iter().map(|pick| pick.order.as_str()).collect();
        let order = match orders.first() {
            None => return Err(empty("wave", "nothing of the wave is still to be picked")),
            Some(only) if orders.len() == 1 => Some((*only).to_owned()),
            Some(_) => None,
        };
        let mut list = PickList {
            wave: wave.to_owned(),
            order: order.clone().unwrap_or_default(),
            carrier: String::new(),
            due: String::new(),
            priority: String::new(),
            lines: Vec::new(),
        };
        if let Some(order) = &order {
            let (warehouse, order) = (wish.warehouse.clone(), order.clone());
            let request = GetOrderRequest { warehouse, order, as_of_sequence: sequence };
            let known = self.sources.order(request).await?.order.unwrap_or_default();
            let placed = known.placed.unwrap_or_default();
            (list.carrier, list.due, list.priority) =
                (placed.carrier, placed.due, placed.priority.to_string());
        }
        let names = self.names(picks.iter().map(|pick| pick.sku.clone()).collect()).await?;
        let line = |pick: &Pick| {
            Ok::<_, ApiError>(PickLine {
                location: pick.location.clone(),
                goods: names.goods(&pick.sku, &pick.lot),
                order: if order.is_some() { String::new() } else { pick.order.clone() },
                amount: names.amount(&pick.sku, pick.quantity.as_ref())?,
            })
        };
        list.lines = picks.iter().map(line).collect::<Result<_, _>>()?;
        head.as_of = vec![AsOf { warehouse: wish.warehouse.clone(), sequence }];
        Ok(list.compose(head))
    }

    /// All picks of a wave, as of one entry of the journal.
    async fn picks(&self, warehouse: &str, wave: &str) -> Result<(Vec<Pick>, u64), ApiError> {
        for _ in 0..TURNS_MAX {
            let mut request = GetPickListRequest {
                warehouse: warehouse.to_owned(),
                wave: wave.to_owned(),
                page_size: PAGE,
                ..GetPickListRequest::default()
            };
            let first = self.sources.pick_list(request.clone()).await?;
            let (mut picks, sequence, mut next) = (first.picks, first.as_of_sequence, first.next_page_token);
            let mut is_whole = true;
            while !next.is_empty() && is_whole {
                check_size(picks.len(), "wave")?;
                request.page_token = next;
                let page = self.sources.pick_list(request.clone()).await?;
                is_whole = page.as_of_sequence == sequence;
                picks.extend(page.picks);
                next = page.next_page_token;
            }
            if is_whole {
                return Ok((picks, sequence));
            }
        }
        let message = "the warehouse works on the wave faster than its list can be read: repeat with the same request id";
        Err(ApiError::unavailable(Reason::ServerUnreachable, message, std::time::Duration::from_secs(1)))
    }

    /// What the put-away tasks of a delivery say that are not over, by where the goods stand.
    pub(super) async fn put_away_list(
        &self,
        wish: &Wish,
        delivery: &str,
        mut head: Head,
    ) -> Result<Paper, ApiError> {
        let (mut tasks, sequence) = self.put_aways(wish, delivery).await?;
        if tasks.is_empty() {
            return Err(empty("delivery", "no put-away task refers to the delivery and is open"));
        }
        let place = |task: &Task| {
            task.planned.as_ref().map(|plan| (plan.from.clone(), plan.to.clone(), plan.task.clone()))
        };
        tasks.sort_by_cached_key(place);
        let skus = tasks.iter().filter_map(|task| Some(task.planned.as_ref()?.sku.clone()));
        let names = self.names(skus.filter(|sku| !sku.is_empty()).collect()).await?;
        let line = |task: Task| {
            let plan = task.planned.unwrap_or_default();
            Ok::<_, ApiError>(PutAwayLine {
                goods: names.goods(&plan.sku, &plan.lot),
                handling_unit: String::new(),
                amount: names.amount(&plan.sku, plan.quantity.as_ref())?,
                from: plan.from,
                to: plan.to,
            })
        };
        let lines = tasks.into_iter().map(line).collect::<Result<_, _>>()?;
        head.as_of = vec![AsOf { warehouse: wish.warehouse.clone(), sequence }];
        Ok(PutAwayList { delivery: delivery.to_owned(), lines }.compose(head))
    }

    async fn put_aways(&self, wish: &Wish, delivery: &str) -> Result<(Vec<Task>, u64), ApiError> {
        let mut request = ListTasksRequest {
            warehouse: wish.warehouse.clone(),
            page_size: PAGE,
            filter: format!("kind = \"put_away\" AND reference = {}", quoted(delivery)),
            as_of_sequence: wish.as_of_sequence,
            ..ListTasksRequest::default()
        };
        let mut page = self.sources.tasks(request.clone()).await?;
        let sequence = page.as_of_sequence;
        if !page.next_page_token.is_empty() {
            // All pages are as of one entry.
            request.as_of_sequence = sequence;
            page = self.sources.tasks(request.clone()).await?;
        }
        let mut tasks = page.tasks;
        while !page.next_page_token.is_empty() {
            check_size(tasks.len(), "delivery")?;
            request.page_token = page.next_page_token;
            page = self.sources.tasks(request.clone()).await?;
            tasks.append(&mut page.tasks);
        }
        tasks.retain(|task| task.ended_by == 0);
        Ok((tasks, sequence))
    }
}

/// A text in a filter.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn check_size(lines: usize, field: &'static str) -> Result<(), ApiError> {
    if lines < LINES_MAX {
        return Ok(());
    }
    let message = format!("the list would have more than {LINES_MAX} lines: issue it when some are done");
    Err(ApiError::invalid(Reason::PaperTooLarge, field, message).with("lines_max", LINES_MAX))
}
