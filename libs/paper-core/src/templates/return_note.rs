use super::GoodsReceipt;
use crate::{Head, Kind, Paper, Word};

/// The note of a delivery that a customer sent back.
pub fn compose_return_note(delivery: &GoodsReceipt, head: Head) -> Paper {
    let mut paper = delivery.common(Kind::ReturnNote, head);
    paper.parties.extend(delivery.party(Word::Customer));
    paper.tables.insert(0, delivery.lines([Word::Announced, Word::Returned]));
    paper.notes.push(Word::NoteReturnPending);
    paper.signatures = vec![Word::ReceivedBy, Word::CheckedBy];
    paper
}
