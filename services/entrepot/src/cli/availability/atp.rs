use clap::Args;
use proto::visibility::v1::{Atp, AtpDay, BatchGetAtpRequest, Freshness};
use serde::Serialize;
use vocabulary::Date;

use super::at_least::at_least;
use super::read::keys;
use crate::cli::Context;
use crate::cli::text::number;
use crate::output::{Failure, View};

/// Keys a request, as the service allows.
const BATCH: usize = 100;

/// `entrepot availability atp`
#[derive(Debug, Args)]
pub(crate) struct AtpArgs {
    /// The item; repeatable.
    #[arg(long, short, required = true)]
    sku: Vec<String>,
    /// The warehouse; repeatable.
    #[arg(long, short, required = true)]
    warehouse: Vec<String>,
    /// The first day, YYYY-MM-DD; today at the warehouse when absent.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    from: String,
    /// How many days, 1 to 180.
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// As a sales channel sees it: without what is kept for others and as a buffer.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

/// A day of an item in a warehouse. The first one has what is overdue, and what is expected before it.
#[derive(Debug, Serialize)]
struct AtpView {
    sku: String,
    warehouse: String,
    day: String,
    supply: String,
    demand: String,
    atp: String,
    promisable: String,
    available: String,
    overdue_supply: String,
    overdue_demand: String,
    earlier_supply: String,
    earlier_demand: String,
    as_of_sequence: u64,
}

impl View for AtpView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "warehouse",
        "day",
        "supply",
        "demand",
        "atp",
        "promisable",
        "available",
        "overdue_supply",
        "overdue_demand",
        "as_of_sequence",
    ];
}

pub(super) async fn get(args: AtpArgs, context: &Context) -> Result<(), Failure> {
    let at_least = at_least(&args.at_least, &args.warehouse)?;
    let keys = keys(&args.sku, &args.warehouse);
    let client = context.client().await?;
    let mut views = Vec::new();
    for batch in keys.chunks(BATCH) {
        let request = BatchGetAtpRequest {
            keys: batch.to_vec(),
            from_day: args.from.clone(),
            days: args.days,
            channel: args.channel.clone(),
            at_least: at_least.clone(),
        };
        let answer = client.call(&request, async |r| client.availability().batch_get_atp(r).await).await?;
        for atp in answer.atps {
            views.extend(days(&atp, &answer.freshness)?);
        }
    }
    context.output().many(&views)
}

fn days(atp: &Atp, freshness: &[Freshness]) -> Result<Vec<AtpView>, Failure> {
    let fresh = freshness.iter().find(|fresh| fresh.warehouse == atp.warehouse);
    let as_of_sequence = fresh.map_or(0, |fresh| fresh.as_of_sequence);
    let first = Date::parse(&atp.from_day)
        .map_err(|_| Failure::fault(format!("the server answered with the day {:?}", atp.from_day)))?;
    let mut told = atp.days.iter().peekable();
    let mut last = AtpDay::default();
    let view = |at: u32| {
        // A day that is left out is as the one before it, and nothing is expected on it.
        let (atp_before, promisable) = (last.atp.take(), last.promisable.take());
        let as_before = || AtpDay { atp: atp_before, promisable, ..AtpDay::default() };
        last = told.next_if(|day| day.offset == at).cloned().unwrap_or_else(as_before);
        let day = &last;
        let once = |decimal: &Option<_>| if at == 0 { number(decimal.clone()) } else { String::new() };
        AtpView {
            sku: atp.sku.clone(),
            warehouse: atp.warehouse.clone(),
            day: first.plus_days(at).map_or_else(String::new, |day| day.to_string()),
            supply: number(day.supply.clone()),
            demand: number(day.demand.clone()),
            atp: number(day.atp.clone()),
            promisable: number(day.promisable.clone()),
            available: number(atp.available.clone()),
            overdue_supply: once(&atp.overdue_supply),
            overdue_demand: once(&atp.overdue_demand),
            earlier_supply: once(&atp.earlier_supply),
            earlier_demand: once(&atp.earlier_demand),
            as_of_sequence,
        }
    };
    Ok((0..atp.day_count).map(view).collect())
}
