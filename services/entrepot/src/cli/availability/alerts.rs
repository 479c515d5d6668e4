use clap::{Args, ValueEnum};
use proto::visibility::v1::{
    Alert, AlertChange, AlertKind as WireKind, AtLeast, ListAlertsRequest, MoreAlerts,
    WatchAvailabilityRequest, WatchScope,
};
use serde::Serialize;

use super::at_least::at_least;
use crate::cli::Context;
use crate::cli::text::{number, rfc3339};
use crate::client::pages;
use crate::output::{Failure, View};

/// `entrepot availability alerts`
#[derive(Debug, Args)]
pub(crate) struct AlertsArgs {
    /// Only this kind.
    #[arg(long, value_enum)]
    kind: Option<AlertKind>,
    /// Only of this item.
    #[arg(long, short)]
    sku: Option<String>,
    /// Only of this warehouse.
    #[arg(long, short)]
    warehouse: Option<String>,
    /// Lots that expire within so many days from today; as the server is configured when absent.
    #[arg(long, value_name = "DAYS")]
    expiring_within: Option<u32>,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Go on with what is raised and cleared, until interrupted.
    #[arg(long)]
    watch: bool,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum AlertKind {
    /// Less is available than the minimum.
    BelowMinimum,
    /// A lot expires soon.
    Expiring,
    /// Less than nothing is at a location.
    Negative,
    /// A soft reservation ends soon.
    ReservationExpiring,
    /// Several warehouses have a unit of the same number.
    DuplicateSerial,
}

/// An alert as it is shown.
#[derive(Debug, Serialize)]
struct AlertView {
    /// `open`, `raised` or `cleared`; of a kind of which there are more than are told of `more`, and `all` when that is over.
    state: &'static str,
    kind: &'static str,
    warehouse: String,
    sku: String,
    /// The lot, location, serial number or reservation.
    about: String,
    quantity: String,
    minimum: String,
    /// The day of a lot, or the time of a reservation.
    due: String,
    /// The warehouses that have a unit, or whose a reservation is.
    holders: String,
    /// Whether the day of a lot is past.
    expired: bool,
}

impl View for AlertView {
    const COLUMNS: &'static [&'static str] =
        &["state", "kind", "warehouse", "sku", "about", "quantity", "minimum", "due", "holders", "expired"];
}

pub(super) async fn list(args: AlertsArgs, context: &Context) -> Result<(), Failure> {
    let warehouses: Vec<String> = args.warehouse.iter().cloned().collect();
    let at_least = at_least(&args.at_least, &warehouses)?;
    if args.watch {
        return watch(&args, at_least, context).await;
    }
    let views = open(&args, &at_least, context).await?;
    context.output().many(&views)
}

/// What is open now.
async fn open(args: &AlertsArgs, at_least: &[AtLeast], context: &Context) -> Result<Vec<AlertView>, Failure> {
    let client = context.client().await?;
    pages(args.limit, async |page_size, page_token| {
        let request = ListAlertsRequest {
            kind: args.kind.map_or(0, |kind| kind.wire().into()),
            sku: args.sku.clone().unwrap_or_default(),
            warehouse: args.warehouse.clone().unwrap_or_default(),
            expiring_within_days: args.expiring_within,
            page_size,
            page_token,
            at_least: at_least.to_vec(),
        };
        let page = client.call(&request, async |r| client.availability().list_alerts(r).await).await?;
        let views = page.alerts.into_iter().map(|alert| view("open", alert)).collect();
        Ok((views, page.next_page_token))
    })
    .await
}

/// Watches first and lists then, so that nothing is missed in between.
async fn watch(args: &AlertsArgs, at_least: Vec<AtLeast>, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = WatchAvailabilityRequest {
        skus: args.sku.iter().cloned().collect(),
        warehouses: args.warehouse.iter().cloned().collect(),
        scope: WatchScope::Alerts.into(),
        ..WatchAvailabilityRequest::default()
    };
    let mut changes =
        client.open(request, async |r| client.availability().watch_availability(r).await).await?;
    let mut out = context.output().stream();
    let mut left = args.limit.unwrap_or(usize::MAX);
    for view in open(args, &at_least, context).await? {
        out.push(&view)?;
        left = left.saturating_sub(1);
    }
    while left > 0 {
        let Some(change) = changes.message().await.map_err(|status| Failure::from(&status))? else { break };
        if let Some(more) = change.more_alerts {
            out.push(&cut(more))?;
            continue;
        }
        let Some(AlertChange { alert: Some(alert), cleared }) = change.alert else { continue };
        if args.kind.is_none_or(|kind| kind.wire() == alert.kind()) {
            out.push(&view(if cleared { "cleared" } else { "raised" }, alert))?;
            left = left.saturating_sub(1);
        }
    }
    out.finish()
}

impl AlertKind {
    const fn wire(self) -> WireKind {
        match self {
            Self::BelowMinimum => WireKind::BelowMinimum,
            Self::Expiring => WireKind::Expiring,
            Self::Negative => WireKind::Negative,
            Self::ReservationExpiring => WireKind::ReservationExpiring,
            Self::DuplicateSerial => WireKind::DuplicateSerial,
        }
    }
}

/// More alerts of a kind are open than are told of, or no longer.
fn cut(more: MoreAlerts) -> AlertView {
    let (kind, state) = (more.kind(), if more.over { "all" } else { "more" });
    view(state, Alert { kind: kind.into(), warehouse: more.warehouse, ..Alert::default() })
}

fn view(state: &'static str, alert: Alert) -> AlertView {
    let (kind, about, due) = match alert.kind() {
        WireKind::BelowMinimum => ("below_minimum", String::new(), String::new()),
        WireKind::Expiring => ("expiring", alert.lot, alert.expiry),
        WireKind::Negative => ("negative", alert.location, String::new()),
        WireKind::ReservationExpiring => {
            ("reservation_expiring", alert.reservation_id, rfc3339(alert.expires_at.as_ref()))
        }
        WireKind::DuplicateSerial => ("duplicate_serial", alert.serial, String::new()),
        // Of a newer server.
        WireKind::Unspecified => ("unknown", String::new(), String::new()),
    };
    // Of one that is over nothing is left to say how much it is.
    let quantity = if state == "cleared" { None } else { alert.quantity };
    let holders = if alert.holder.is_empty() { alert.holders.join(" ") } else { alert.holder };
    AlertView {
        state,
        kind,
        warehouse: alert.warehouse,
        sku: alert.sku,
        about,
        quantity: number(quantity),
        minimum: number(alert.minimum),
        due,
        holders,
        expired: alert.expired,
    }
}
