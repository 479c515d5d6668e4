//! What lines about whole handling units do to the goods in them, in the model.

use std::collections::BTreeMap;

use vocabulary::{ReservationId, Sequence};

use super::boxes::{Content, Kind, goods_of, kind};
use super::model::{Model, Way};
use super::paper::{BoxName, Claim, Goods};

type Facts = Result<Vec<String>, &'static str>;

impl Model {
    /// Goods go into a unit: loose ones, or those of the unit that they name.
    pub(super) fn pack(&mut self, into: BoxName, goods: Goods) -> Facts {
        let number = self.boxes.named(into)?;
        let goods = Goods { at: self.boxes.place(number), ..goods };
        let from = self.boxes.named_at(goods.inside, goods.at)?;
        Ok(vec![self.repack(goods, &Content::of(goods), (from, Some(number)))?])
    }

    /// Goods come out of a unit; all of them, if none are named.
    pub(super) fn unpack(&mut self, unit: BoxName, goods: Option<Goods>) -> Facts {
        let number = self.boxes.named(unit)?;
        let at = self.boxes.place(number);
        let contents = match goods {
            Some(goods) => vec![(kind(goods), Content::of(goods))],
            None => self.contents(number),
        };
        if contents.is_empty() {
            return Err("INSUFFICIENT_IN_UNIT");
        }
        let out = |(kind, content): &(Kind, Content)| {
            self.repack(goods_of(*kind, at, content.quantity), content, (Some(number), None))
        };
        contents.iter().map(out).collect()
    }

    /// A unit goes elsewhere with all that is in it.
    pub(super) fn move_box(&mut self, unit: BoxName, to: &'static str, own: Sequence) -> Facts {
        let number = self.boxes.named(unit)?;
        let at = self.boxes.place(number);
        let mut facts: Vec<_> = self.boxes.leave(number).into_iter().collect();
        if at != to {
            let travellers = self.travellers(number);
            let whole = self.whole(&travellers, at);
            for (inner, kind, content) in travellers {
                let goods = goods_of(kind, at, content.quantity);
                let goods = Goods { weight: whole.contains(&kind).then(|| self.share(goods)), ..goods };
                let lifted = self.lift(goods, &content, own);
                facts.push(self.carry(
                    goods,
                    ("move", to, goods.status, ""),
                    &content,
                    (inner, Some(inner)),
                )?);
                self.add(Goods { at: to, ..goods }, goods.quantity);
                facts.extend(lifted.into_iter().map(|promised| self.put_down(promised, to)));
            }
        }
        facts.push(self.boxes.stand(number, to));
        Ok(facts)
    }

    /// A unit leaves with all that is in it.
    pub(super) fn ship_box(&mut self, unit: BoxName, claim: Claim, promises: &[ReservationId]) -> Facts {
        let number = self.boxes.named(unit)?;
        let at = self.boxes.place(number);
        let mut facts: Vec<_> = self.boxes.leave(number).into_iter().collect();
        let travellers = self.travellers(number);
        let (travellers, fulfilled) = self.fulfil_in_box(travellers, (at, claim), promises)?;
        facts.extend(fulfilled);
        let mut sums: BTreeMap<&'static str, Goods> = BTreeMap::new();
        for (_, kind, content) in &travellers {
            let goods = goods_of(*kind, at, content.quantity);
            if self.counts(goods.status) {
                sums.entry(goods.sku).and_modify(|sum| sum.quantity += goods.quantity).or_insert(goods);
            }
        }
        let together = sums.into_values().try_for_each(|goods| self.check_rules(goods, claim));
        for (inner, kind, content) in travellers {
            let goods = goods_of(kind, at, content.quantity);
            if !self.counts(goods.status) || self.is_over(goods.lot) {
                return Err("INSUFFICIENT_AVAILABLE");
            }
            let by_rule = self.check_rules(goods, claim);
            let way = ("issue", "~CUSTOMER", goods.status, "");
            let fact = self.carry(goods, way, &content, (inner, None))?;
            self.boxes.take(inner, kind, &content);
            self.use_quota(goods.sku, claim.channel, goods.quantity);
            facts.push(format!("{fact}{}", claim.channel));
            by_rule?;
        }
        together?;
        facts.extend(self.boxes.ship(number));
        Ok(facts)
    }

    /// Goods leave a place with their unit; of the units, nothing changes yet.
    fn carry(
        &mut self,
        goods: Goods,
        way: Way<'_>,
        content: &Content,
        (from, to): (u64, Option<u64>),
    ) -> Result<String, &'static str> {
        content.serials.iter().try_for_each(|serial| self.check_unpromised(serial))?;
        self.check_available(goods)?;
        self.add(goods, -goods.quantity);
        self.check_later(goods)?;
        let real = crate::site::LOCATIONS.into_iter().find(|at| *at == way.1);
        for serial in &content.serials {
            match real {
                Some(at) => self.units.insert(serial.clone(), (at, goods.status)),
                None => self.units.remove(serial),
            };
        }
        let to_place = real.map(|at| Goods { at, ..goods }.place());
        let weight = self.weigh(goods, to_place, (goods.weight, None))?;
        Ok(self.tell((goods, way), content.clone(), (Some(from), to), weight))
    }

    /// Of which goods all that is at their place travels.
    fn whole(&self, travellers: &[(u64, Kind, Content)], at: &'static str) -> Vec<Kind> {
        let mut sums: BTreeMap<Kind, i64> = BTreeMap::new();
        for (_, kind, content) in travellers {
            *sums.entry(*kind).or_default() += content.quantity;
        }
        let on_hand = |kind| self.places[&goods_of(kind, at, 0).place()].on_hand;
        sums.into_iter().filter(|(kind, sum)| on_hand(*kind) == *sum).map(|(kind, _)| kind).collect()
    }

    /// Goods stay where they are; only the unit that they are in is another.
    fn repack(
        &mut self,
        goods: Goods,
        content: &Content,
        (from, to): (Option<u64>, Option<u64>),
    ) -> Result<String, &'static str> {
        for serial in &content.serials {
            match self.units.get(serial) {
                None => return Err("UNKNOWN_SERIAL"),
                Some(at) if *at != (goods.at, goods.status) => return Err("SERIAL_ELSEWHERE"),
                Some(_) => {}
            }
        }
        let on_hand = self.held(goods).on_hand;
        match from {
            Some(from) => {
                self.check_held(from, goods)?;
                self.boxes.take(from, kind(goods), content);
            }
            None if self.boxes.has_piece(goods) => return Err("PACKED_IN_UNIT"),
            None => match self.boxes.packed(goods) {
                packed if packed + goods.quantity <= on_hand => {}
                0 => return Err("INSUFFICIENT_AVAILABLE"),
                _ => return Err("PACKED_IN_UNIT"),
            },
        }
        if let Some(to) = to {
            self.boxes.put(to, kind(goods), content);
        }
        let way = ("repack", goods.at, goods.status, "");
        Ok(self.tell((goods, way), content.clone(), (from, to), None))
    }

    fn travellers(&self, number: u64) -> Vec<(u64, Kind, Content)> {
        let units = self.boxes.with_nested(number).into_iter();
        let of_unit =
            |inner| self.contents(inner).into_iter().map(move |(kind, content)| (inner, kind, content));
        units.flat_map(of_unit).collect()
    }

    fn contents(&self, number: u64) -> Vec<(Kind, Content)> {
        let contents = self.boxes.open[&number].contents.iter();
        contents.map(|(kind, content)| (*kind, content.clone())).collect()
    }
}
