//! The tables of the seven kinds of records: keys, filters, rows, and what they are judged against.

mod bom;
mod coding_rule;
mod item;
mod item_class;
mod location;
mod recall;
mod warehouse;

use proto::catalog::v1::LifecycleState;

/// The name of an enum's value in filters: `LIFECYCLE_STATE_ACTIVE` is `ACTIVE`.
fn short(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).into()
}

fn state(state: LifecycleState) -> String {
    short(state.as_str_name(), "LIFECYCLE_STATE_")
}
