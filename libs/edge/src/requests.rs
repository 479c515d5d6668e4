//! Requests that come again: a caller who did not hear the answer repeats with the same id.

use edge_core::{Declined, Operation, Posting, Stamp, Wanted, Wish, Work};
use uuid::Uuid;
use vocabulary::{Quantity, RequestId, SerialNumber, Timestamp};

use crate::EdgeFault;
use crate::store::Turn;

/// What is asked of the ledger.
pub(crate) enum Asked<'a> {
    Take(&'a Wanted),
    Post(&'a Posting),
    Grant(&'a Wish),
}

/// For what the ledger does by itself, and nobody repeats.
pub(crate) fn new_stamp(at: Timestamp) -> Stamp {
    Stamp { request_id: RequestId::from_uuid(Uuid::now_v7()), at, reference: String::new() }
}

/// Whether what was recorded under the id is what is asked for now. The time may differ: it is that of the first request.
pub(crate) async fn check_same(
    turn: &Turn,
    asked: &Asked<'_>,
    recorded: &[Operation],
) -> Result<(), EdgeFault> {
    let is_same = match asked {
        Asked::Post(posting) => {
            matches!(recorded, [only] if matches!(&only.work, Work::Post(before) if **before == **posting))
        }
        Asked::Grant(wish) => {
            let before = match recorded {
                [Operation { number, work: Work::Ask { quantity, .. }, .. }] => {
                    turn.grant(*number).await?.map(|grant| (grant.spot, *quantity))
                }
                _ => None,
            };
            before.is_some_and(|before| before == (wish.spot.clone(), wish.quantity))
        }
        Asked::Take(wanted) => is_same_take(turn, wanted, recorded).await?,
    };
    if is_same { Ok(()) } else { Err(Declined::Reused.into()) }
}

async fn is_same_take(turn: &Turn, wanted: &Wanted, recorded: &[Operation]) -> Result<bool, EdgeFault> {
    let (mut sum, mut units): (Quantity, Vec<SerialNumber>) = (Quantity::ZERO, Vec::new());
    for part in recorded {
        let Work::Take { grant, quantity, serials, partner, weight } = &part.work else { return Ok(false) };
        let grant = turn.grant(*grant).await?;
        if grant.is_none_or(|grant| grant.spot != wanted.spot)
            || *partner != wanted.partner
            || *weight != wanted.weight
        {
            return Ok(false);
        }
        sum = sum.checked_add(*quantity).unwrap_or(sum);
        units.extend(serials.iter().cloned());
    }
    Ok(sum == wanted.quantity && units == wanted.serials)
}
