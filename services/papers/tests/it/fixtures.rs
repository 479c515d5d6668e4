use proto::papers::v1::issue_paper_request::Subject;
use proto::papers::v1::{CorrectPaperRequest, IssuePaperRequest, Paper, PaperKind, TracedGoods};
use uuid::Uuid;

pub(crate) const PALLET: &str = "376104250021234569";
pub(crate) const BOX: &str = "376104250021234576";
pub(crate) const EMPTY: &str = "376104250021234583";

pub(crate) fn id() -> String {
    Uuid::new_v4().to_string()
}

/// The goods receipt note of a delivery.
pub(crate) fn note(delivery: &str) -> IssuePaperRequest {
    issue(PaperKind::GoodsReceiptNote, Subject::Delivery(delivery.into()))
}

pub(crate) fn of_unit(kind: PaperKind, sscc: &str) -> IssuePaperRequest {
    issue(kind, Subject::HandlingUnit(sscc.into()))
}

pub(crate) fn certificate(sku: &str, lot: &str) -> IssuePaperRequest {
    let traced = TracedGoods { sku: sku.into(), lot: lot.into(), serial: String::new() };
    issue(PaperKind::TraceCertificate, Subject::Traced(traced))
}

pub(crate) fn issue(kind: PaperKind, subject: Subject) -> IssuePaperRequest {
    IssuePaperRequest {
        request_id: id(),
        warehouse: "BER".into(),
        kind: kind.into(),
        subject: Some(subject),
        ..IssuePaperRequest::default()
    }
}

pub(crate) fn correct(paper: &Paper, reason: &str) -> CorrectPaperRequest {
    CorrectPaperRequest {
        request_id: id(),
        legal_entity: paper.legal_entity.clone(),
        number: paper.number.clone(),
        reason: reason.into(),
        ..CorrectPaperRequest::default()
    }
}
