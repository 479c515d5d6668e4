use proto::catalog::v1::Tracking;

use crate::Interpretation;

/// What the caller is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Nothing in particular.
    None,
    Receiving,
    Picking,
    Counting,
    Moving,
}

/// What can be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Receive,
    Issue,
    Move,
    Count,
    /// Show what is there.
    LookUp,
    /// Goods come out of the logistic unit.
    Unpack,
}

/// What an action still needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    Item,
    Quantity,
    Lot,
    Serial,
    /// Where it happens, or where goods come from.
    Location,
    /// Where goods go to.
    ToLocation,
}

/// An action, and what is missing for it. Nothing missing: it can be done at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAction {
    pub action: Action,
    pub missing: Vec<Need>,
}

/// What is worth doing with what was scanned, most likely first.
pub(crate) fn next_actions(context: Context, seen: &Interpretation) -> Vec<NextAction> {
    let actions: &[Action] = match context {
        _ if !seen.names_something() => &[],
        _ if !is_usable(seen) => &[Action::LookUp],
        Context::None if seen.unit.is_some() => {
            &[Action::LookUp, Action::Move, Action::Issue, Action::Unpack, Action::Count]
        }
        Context::Picking if seen.unit.is_some() => &[Action::Issue, Action::Unpack],
        // It has arrived already.
        Context::Receiving if seen.unit.is_some() => &[Action::LookUp],
        Context::None => &[Action::LookUp, Action::Receive, Action::Issue, Action::Move, Action::Count],
        Context::Receiving => &[Action::Receive],
        Context::Picking => &[Action::Issue],
        Context::Counting => &[Action::Count],
        Context::Moving => &[Action::Move],
    };
    actions.iter().map(|action| NextAction { action: *action, missing: missing(*action, seen) }).collect()
}

/// Nothing new happens with what is retired, or where goods cannot lie.
fn is_usable(seen: &Interpretation) -> bool {
    seen.item.as_ref().is_none_or(|item| item.active)
        && seen.location.as_ref().is_none_or(|location| location.usable)
}

fn missing(action: Action, seen: &Interpretation) -> Vec<Need> {
    // A logistic unit that is in the warehouse stands for all that is in it; of one that arrives it must be said.
    let is_whole_unit = seen.facts.sscc.is_some() && action != Action::Receive;
    let is_tracked_by =
        |tracking| seen.item.as_ref().is_some_and(|item| item.tracking == tracking && !is_whole_unit);
    let needs = [
        (Need::Item, seen.item.is_none() && !is_whole_unit),
        (Need::Quantity, seen.quantity.is_none() && !is_whole_unit),
        (Need::Lot, seen.facts.lot.is_none() && is_tracked_by(Tracking::Lot)),
        (Need::Serial, seen.facts.serial.is_none() && is_tracked_by(Tracking::Serial)),
        (
            Need::Location,
            seen.location.is_none() && seen.unit.is_none() && (!is_whole_unit || action == Action::Count),
        ),
        (Need::ToLocation, action == Action::Move),
    ];
    let lacks = needs.into_iter().filter(|(_, is_missing)| *is_missing && action != Action::LookUp);
    lacks.map(|(need, _)| need).collect()
}
