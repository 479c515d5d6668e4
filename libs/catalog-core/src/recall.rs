use proto::catalog::v1::{Item, Recall, RecallState, Tracking};
use proto::events::v1::catalog_change;
use std::collections::BTreeMap;
use vocabulary::{LotCode, Sku, Timestamp};

use crate::refusal::InField;
use crate::{Key, Kind, Record, Refusal, Rule, text};

/// What goods are told in the journal as the reason of their status.
const REASON_CHARS_MAX: usize = 100;

impl Record for Recall {
    const KIND: Kind = Kind::Recall;
    const CHANGEABLE: &'static [&'static str] = &[];

    fn parse_key(scope: &str, code: &str) -> Result<Key, Refusal> {
        let sku = Sku::parse(scope).in_field("sku")?;
        let lot = LotCode::parse(code).in_field("lot")?;
        Ok(Key { kind: Kind::Recall, scope: sku.as_str().into(), code: lot.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::Recall, scope: self.sku.clone(), code: self.lot.clone() }
    }

    fn normalised(self) -> Result<Self, Refusal> {
        Self::parse_key(&self.sku, &self.lot)?;
        text::name("reason", &self.reason, REASON_CHARS_MAX)?;
        Ok(self)
    }

    fn into_new(self) -> Self {
        let state = RecallState::Active.into();
        Self { state, etag: String::new(), started_at: None, ended_at: None, ..self }
    }

    fn take(&mut self, _path: &str, _newer: &Self) {}

    fn etag(&self) -> &str {
        &self.etag
    }

    fn stamp(&mut self, etag: String, at: Timestamp) {
        let (seconds, nanos) = at.parts();
        let now = prost_types::Timestamp { seconds, nanos };
        self.etag = etag;
        self.started_at.get_or_insert(now);
        self.ended_at = (!self.is_active()).then_some(now);
    }

    fn is_active(&self) -> bool {
        self.state() != RecallState::Ended
    }

    fn gives_way(&self) -> bool {
        !self.is_active()
    }

    fn retire(&mut self) -> Result<(), Refusal> {
        self.set_state(RecallState::Ended);
        Ok(())
    }

    fn into_change(self) -> catalog_change::Record {
        catalog_change::Record::Recall(self)
    }
}

/// Judges new recalls: their items exist and are tracked by lot. Whether anybody has the lot is not the catalog's to know.
///
/// # Errors
/// A refusal for the first recall that may not be made.
pub fn admit_recalls(
    recalls: &[Recall],
    fields: &[String],
    items: &BTreeMap<String, Item>,
) -> Result<(), Refusal> {
    for (recall, field) in recalls.iter().zip(fields) {
        let refused = |rule, message: String| Refusal::new(rule, "sku", message).within(field);
        let sku = &recall.sku;
        let Some(item) = items.get(sku) else {
            return Err(refused(Rule::UnknownItem, format!("item {sku:?} does not exist: check the SKU")));
        };
        if item.tracking() != Tracking::Lot {
            let message = format!("item {sku:?} is not tracked by lot: only a lot can be called back");
            return Err(refused(Rule::LotNotTracked, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recall() -> Recall {
        Recall { sku: "L-1".into(), lot: "A7".into(), reason: "glass".into(), ..Recall::default() }
    }

    #[test]
    fn recalls_are_checked() {
        assert!(recall().normalised().is_ok());
        for (change, field) in [
            (Recall { sku: String::new(), ..recall() }, "sku"),
            (Recall { lot: "a b".into(), ..recall() }, "lot"),
            (Recall { reason: " ".into(), ..recall() }, "reason"),
            (Recall { reason: "x".repeat(101), ..recall() }, "reason"),
        ] {
            assert_eq!(change.normalised().unwrap_err().field, field);
        }
    }

    #[test]
    fn only_lots_are_called_back() {
        let item = |sku: &str, tracking: Tracking| {
            (sku.to_owned(), Item { sku: sku.into(), tracking: tracking.into(), ..Item::default() })
        };
        let items = BTreeMap::from([item("L-1", Tracking::Lot), item("A-1", Tracking::None)]);
        for (sku, expected) in
            [("L-1", None), ("A-1", Some(Rule::LotNotTracked)), ("X", Some(Rule::UnknownItem))]
        {
            let judged = admit_recalls(&[Recall { sku: sku.into(), ..recall() }], &["recall".into()], &items);
            assert_eq!(judged.err().map(|refusal| refusal.rule), expected, "{sku}");
        }
    }

    #[test]
    fn an_ended_recall_says_when_and_gives_way() {
        let at = |micros| Timestamp::from_micros(micros).unwrap();
        let mut recall = recall().into_new();
        recall.stamp("1".into(), at(1_000_000));
        assert!(recall.is_active() && !recall.gives_way() && recall.ended_at.is_none());
        recall.retire().unwrap();
        recall.stamp("2".into(), at(5_000_000));
        let seconds = |time: &Option<prost_types::Timestamp>| time.as_ref().map(|time| time.seconds);
        assert_eq!((seconds(&recall.started_at), seconds(&recall.ended_at)), (Some(1), Some(5)));
        assert!(!recall.is_active() && recall.gives_way());
    }
}
