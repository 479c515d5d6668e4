//! Goods receipt notes and return notes: of a delivery.

use std::collections::BTreeMap;

use paper_core::templates::{Difference, GoodsReceipt, ReceiptLine, compose_return_note};
use paper_core::{AsOf, Head, Kind, Paper, Word};
use proto::common::v1::Decimal;
use proto::events::v1::{
    AnnouncedLine, Answerable, Delivery, DeliveryProgress, DeliverySource, DeliveryState, Discrepancy,
    DiscrepancyKind,
};
use proto::stock::v1::GetDeliveryRequest;
use rpc::{ApiError, Reason};

use super::Engine;
use super::compose::empty;
use super::issue::Wish;
use super::names::Names;

impl Engine {
    pub(super) async fn receipt(
        &self,
        wish: &Wish,
        delivery: &str,
        mut head: Head,
    ) -> Result<Paper, ApiError> {
        let warehouse = wish.warehouse.clone();
        let request = GetDeliveryRequest {
            warehouse: warehouse.clone(),
            delivery: delivery.to_owned(),
            as_of_sequence: wish.as_of_sequence,
        };
        let answer = self.sources.delivery(request).await?;
        head.as_of = vec![AsOf { warehouse, sequence: answer.as_of_sequence }];
        let delivery = answer.delivery.unwrap_or_default();
        check(&delivery, wish.kind)?;
        let lines = delivery.announced.iter().flat_map(|announced| &announced.lines);
        let names = self.names(lines.map(|line| line.sku.clone()).collect()).await?;
        let receipt = receipt(&delivery, &names)?;
        Ok(if wish.kind == Kind::ReturnNote {
            compose_return_note(&receipt, head)
        } else {
            receipt.compose(head)
        })
    }
}

/// Something came, and the paper is the right one for where it came from.
fn check(delivery: &Delivery, kind: Kind) -> Result<(), ApiError> {
    let is_return = source(delivery) == DeliverySource::Return;
    if is_return != (kind == Kind::ReturnNote) {
        let right = if is_return { Kind::ReturnNote } else { Kind::GoodsReceiptNote };
        let message = format!("the delivery's source asks for another paper: issue a {right}");
        return Err(ApiError::invalid(Reason::PaperNotOfKind, "kind", message).with("kind", right));
    }
    let came = |progress: &DeliveryProgress| {
        progress
            .received
            .as_ref()
            .is_some_and(|received| received.value.bytes().any(|b| (b'1'..=b'9').contains(&b)))
    };
    if delivery.progress.iter().any(came) {
        Ok(())
    } else {
        Err(empty("delivery", "nothing came of the delivery"))
    }
}

fn source(delivery: &Delivery) -> DeliverySource {
    delivery.announced.as_ref().map_or(DeliverySource::Unspecified, |announced| announced.source())
}

fn receipt(delivery: &Delivery, names: &Names) -> Result<GoodsReceipt, ApiError> {
    let announced = delivery.announced.clone().unwrap_or_default();
    let progress: BTreeMap<u32, &DeliveryProgress> =
        delivery.progress.iter().map(|progress| (progress.number, progress)).collect();
    let skus: BTreeMap<u32, &str> =
        announced.lines.iter().map(|line| (line.number, line.sku.as_str())).collect();
    let line = |line: &AnnouncedLine| {
        let of = |part: fn(&DeliveryProgress) -> Option<&Decimal>| {
            names.amount(&line.sku, progress.get(&line.number).and_then(|progress| part(progress)))
        };
        Ok::<_, ApiError>(ReceiptLine {
            number: line.number,
            goods: names.goods(&line.sku, ""),
            announced: names.amount(&line.sku, line.expected.as_ref())?,
            received: of(|progress| progress.received.as_ref())?,
            inspected: of(|progress| progress.inspected.as_ref())?,
        })
    };
    let difference = |found: &Discrepancy| {
        let sku = skus.get(&found.number).copied().unwrap_or_default();
        Ok::<_, ApiError>(Difference {
            number: found.number,
            kind: what(found.kind()),
            amount: names.amount(sku, found.quantity.as_ref())?,
            answerable: who(found.answerable()),
            note: found.note.clone(),
        })
    };
    Ok(GoodsReceipt {
        source: from(announced.source()),
        state: state(delivery.state()),
        lines: announced.lines.iter().map(line).collect::<Result<_, _>>()?,
        differences: delivery.discrepancies.iter().map(difference).collect::<Result<_, _>>()?,
        units: delivery.arrived_units.clone(),
        partner: Some(announced.partner).filter(|partner| !partner.is_empty()).into_iter().collect(),
        carrier: announced.carrier,
        due: announced.due,
        delivery: announced.delivery,
    })
}

const fn from(source: DeliverySource) -> Word {
    match source {
        DeliverySource::Unspecified | DeliverySource::Purchase => Word::Purchase,
        DeliverySource::Transfer => Word::Transfer,
        DeliverySource::Production => Word::Production,
        DeliverySource::Return => Word::CustomerReturn,
    }
}

const fn state(state: DeliveryState) -> Word {
    match state {
        DeliveryState::Unspecified | DeliveryState::Announced => Word::StateAnnounced,
        DeliveryState::Arriving => Word::StateArriving,
        DeliveryState::Closed => Word::StateClosed,
        DeliveryState::Cancelled => Word::StateCancelled,
    }
}

const fn what(kind: DiscrepancyKind) -> Word {
    match kind {
        DiscrepancyKind::Short => Word::Short,
        DiscrepancyKind::Over => Word::Over,
        DiscrepancyKind::Damaged => Word::Damaged,
        DiscrepancyKind::Unspecified | DiscrepancyKind::Wrong => Word::Wrong,
        DiscrepancyKind::NotInspected => Word::NotInspected,
    }
}

const fn who(answerable: Answerable) -> Word {
    match answerable {
        Answerable::Supplier => Word::BySupplier,
        Answerable::Carrier => Word::ByCarrier,
        Answerable::Unspecified | Answerable::Warehouse => Word::ByWarehouse,
    }
}
