//! Promises of goods that are lost, or become something else: those that name the piece end, and of the others as many as what is free does
//! not suffice for.

use std::cmp::Reverse;

use vocabulary::Sequence;

use super::model::Model;
use super::paper::Goods;
use super::promises::{Cause, Promise};

impl Model {
    /// Of a line that takes what is promised; what its own document has promised stays.
    pub(super) fn end_taken(&mut self, goods: Goods, own: Sequence) -> Vec<String> {
        if !goods.takes_promised {
            return Vec::new();
        }
        let serial = goods.serial();
        let names = |promise: &Promise| serial.is_some() && promise.goods.serial() == serial;
        let named: Vec<_> =
            self.promises.iter().filter(|(id, its)| id.sequence < own && names(its)).collect();
        let mut ending: Vec<_> = named.into_iter().map(|(id, its)| (*id, its.parts.clone())).collect();
        let held = *self.held(goods);
        let at_place =
            |part: &&super::promises::Part| (part.0, part.1, part.3) == (goods.at, goods.lot, goods.status);
        let named_here =
            ending.iter().flat_map(|(_, parts)| parts).filter(at_place).map(|part| part.2).sum::<i64>();
        let mut missing = goods.quantity - (held.on_hand - held.reserved) - named_here;
        let others = self
            .promises
            .iter()
            .filter(|(id, its)| id.sequence < own && its.goods.sku == goods.sku && its.goods.unit.is_none());
        let mut others: Vec<_> = others.map(|(id, its)| (its.claim.priority, Reverse(*id))).collect();
        others.sort_unstable();
        for (_, Reverse(id)) in others {
            let parts = self.promises[&id].parts.iter().filter(at_place);
            let mut parts: Vec<_> = parts.copied().collect();
            for part in &mut parts {
                part.2 = part.2.min(missing).max(0);
                missing -= part.2;
            }
            parts.retain(|part| part.2 > 0);
            if !parts.is_empty() {
                ending.push((id, parts));
            }
        }
        let ended = ending.into_iter().flat_map(|(id, parts)| self.end(id, &parts, Cause::Taken));
        ended.map(|(_, fact)| fact).collect()
    }
}
