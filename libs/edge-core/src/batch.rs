use crate::{Operation, Timing, Work};

/// Operations that are sent at once.
pub const OPERATIONS_A_BATCH_MAX: usize = 200;

/// How many of the waiting operations, given in order, can be sent at once, so that none overtakes another:
///
/// 1. The device's time does not go back in a batch, and one with the device's time is followed by others with it only. The
///    warehouse refuses what lies in its future, to be sent again without the time; then it has refused all that follow in the
///    batch, too, because it looks at its clock once for all of them; and their order stays.
/// 2. A renewal ends a batch: what follows may be about the reservation that its answer names.
pub fn batch(waiting: &[Operation]) -> usize {
    let mut count = 0_usize;
    let mut last: Option<&Operation> = None;
    for operation in waiting.iter().take(OPERATIONS_A_BATCH_MAX) {
        let ends = last.is_some_and(|last| {
            matches!(last.work, Work::Renew { .. })
                || operation.stamp.at < last.stamp.at
                || (last.timing == Timing::Device && operation.timing != Timing::Device)
        });
        if ends {
            break;
        }
        count = count.saturating_add(1);
        last = Some(operation);
    }
    count
}
