use std::time::Duration;

use tokio::time::Instant;
use vocabulary::WarehouseCode;

use super::Engine;
use crate::core::Head;

/// How fresh an answer is for one warehouse (L8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fresh {
    pub(crate) warehouse: String,
    pub(crate) head: Head,
    /// Since the view was last known to be complete.
    pub(crate) age: Duration,
}

/// Notes how fresh a read of a warehouse was, among those of other reads of it for the same answer: every one of them had all that the oldest
/// had, so that the answer has.
pub(super) fn note_oldest(of_answer: &mut Vec<Fresh>, read: Fresh) {
    match of_answer.last_mut().filter(|last| last.warehouse == read.warehouse) {
        Some(last) if last.head.sequence > read.head.sequence => *last = read,
        Some(_) => {}
        None => of_answer.push(read),
    }
}

impl Engine {
    pub(super) fn fresh(&self, warehouse: &str, head: Head) -> Fresh {
        let complete_at = match self.board.track(warehouse) {
            Some(track) => track.complete_at(),
            None => self.board.caught_up_at(),
        };
        let age = complete_at.map_or(Duration::MAX, |at| Instant::now().saturating_duration_since(at));
        Fresh { warehouse: warehouse.to_owned(), head, age }
    }

    /// The freshness of these warehouses now.
    pub(crate) async fn freshness(&self, warehouses: &[WarehouseCode]) -> Result<Vec<Fresh>, rpc::ApiError> {
        let codes: Vec<&str> = warehouses.iter().map(WarehouseCode::as_str).collect();
        let heads = self.cache.heads(&codes).await.map_err(|fault| self.failed(&fault))?;
        Ok(codes.iter().zip(heads).map(|(code, head)| self.fresh(code, head)).collect())
    }
}

#[cfg(test)]
mod tests {
    use vocabulary::Sequence;

    use super::*;

    #[test]
    fn an_answer_is_as_old_as_its_oldest_read() {
        let mut of_answer = Vec::new();
        for (warehouse, sequence) in [("BER", 7), ("BER", 5), ("BER", 9), ("HAM", 8), ("HAM", 8)] {
            let head = Head { sequence: Sequence::new(sequence), ..Head::default() };
            note_oldest(&mut of_answer, Fresh { warehouse: warehouse.into(), head, age: Duration::ZERO });
        }
        let told = of_answer.iter().map(|fresh| (fresh.warehouse.as_str(), fresh.head.sequence.get()));
        assert_eq!(told.collect::<Vec<_>>(), [("BER", 5), ("HAM", 8)]);
    }
}
