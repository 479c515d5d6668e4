use std::collections::BTreeSet;

use proto::catalog::v1::{Bom, BomAlternative, BomKind, BomLine, BomOutput, BomOutputKind, LifecycleState};
use proto::common::v1::Decimal;
use proto::events::v1::catalog_change;
use vocabulary::{ClassCode, Date, Invalid, Quantity, Sku, Timestamp};

use crate::refusal::InField;
use crate::{Key, Kind, Record, Refusal, Rule, text};

const LINES_MAX: usize = 500;
const OUTPUTS_MAX: usize = 50;
const ALTERNATIVES_MAX: usize = 10;
const PERCENT_DECIMALS_MAX: u32 = 4;

impl Record for Bom {
    const KIND: Kind = Kind::Bom;
    const CHANGEABLE: &'static [&'static str] = &["name", "valid_from", "valid_until"];

    fn parse_key(scope: &str, code: &str) -> Result<Key, Refusal> {
        let sku = Sku::parse(scope).in_field("sku")?;
        let version = ClassCode::parse(code).in_field("version")?;
        Ok(Key { kind: Kind::Bom, scope: sku.as_str().into(), code: version.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::Bom, scope: self.sku.clone(), code: self.version.clone() }
    }

    fn normalised(mut self) -> Result<Self, Refusal> {
        Self::parse_key(&self.sku, &self.version)?;
        text::optional("name", &self.name, 200)?;
        let kind = BomKind::try_from(self.kind).map_err(|_| bad("kind", self.kind, "make or kit"))?;
        let kind = if kind == BomKind::Unspecified { BomKind::Make } else { kind };
        self.set_kind(kind);
        let base = self.base_quantity.get_or_insert_with(|| decimal("1"));
        *base = positive("base_quantity", Some(base))?;
        let good = self.yield_percent.get_or_insert_with(|| decimal("100"));
        *good = percent("yield_percent", good, |share| share.is_positive() && share <= hundred())?;
        days(&self.valid_from, &self.valid_until)?;
        check_kit(&self)?;
        self.lines = lines(&self.sku, std::mem::take(&mut self.lines))?;
        self.outputs = outputs(&self.sku, std::mem::take(&mut self.outputs))?;
        Ok(self)
    }

    fn into_new(self) -> Self {
        Self { state: LifecycleState::Active.into(), etag: String::new(), ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "name" => self.name.clone_from(&newer.name),
            "valid_from" => self.valid_from.clone_from(&newer.valid_from),
            "valid_until" => self.valid_until.clone_from(&newer.valid_until),
            _ => {}
        }
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn stamp(&mut self, etag: String, _at: Timestamp) {
        self.etag = etag;
    }

    fn is_active(&self) -> bool {
        self.state() != LifecycleState::Retired
    }

    fn retire(&mut self) -> Result<(), Refusal> {
        self.set_state(LifecycleState::Retired);
        Ok(())
    }

    fn into_change(self) -> catalog_change::Record {
        catalog_change::Record::Bom(self)
    }
}

fn lines(of: &str, lines: Vec<BomLine>) -> Result<Vec<BomLine>, Refusal> {
    if lines.is_empty() || lines.len() > LINES_MAX {
        return Err(bad("lines", lines.len(), &format!("1 to {LINES_MAX} lines")));
    }
    let mut seen = BTreeSet::new();
    let checked = lines.into_iter().enumerate().map(|(at, line)| {
        let field = format!("lines[{at}]");
        component(of, &line.sku, &mut seen).map_err(|refusal| refusal.within(&field))?;
        self::line(of, line).map_err(|refusal| refusal.within(&field))
    });
    checked.collect()
}

fn line(of: &str, line: BomLine) -> Result<BomLine, Refusal> {
    let quantity = Some(positive("quantity", line.quantity.as_ref())?);
    let scrap = line.scrap_percent.as_ref();
    let scrap =
        scrap.map(|scrap| percent("scrap_percent", scrap, |share| !share.is_negative() && share < hundred()));
    let scrap_percent = scrap.transpose()?.filter(|scrap| scrap.value != "0");
    let alternatives = line.alternatives;
    if alternatives.len() > ALTERNATIVES_MAX || (line.phantom && !alternatives.is_empty()) {
        let allowed = format!("at most {ALTERNATIVES_MAX}, and none of a phantom");
        return Err(bad("alternatives", alternatives.len(), &allowed));
    }
    let mut seen = BTreeSet::from([line.sku.clone()]);
    let checked = alternatives.into_iter().enumerate().map(|(at, other)| {
        let field = format!("alternatives[{at}]");
        component(of, &other.sku, &mut seen).map_err(|refusal| refusal.within(&field))?;
        let quantity = positive("quantity", other.quantity.as_ref()).map_err(|r| r.within(&field))?;
        Ok(BomAlternative { quantity: Some(quantity), ..other })
    });
    let alternatives = checked.collect::<Result<_, Refusal>>()?;
    Ok(BomLine { quantity, scrap_percent, alternatives, ..line })
}

fn outputs(of: &str, outputs: Vec<BomOutput>) -> Result<Vec<BomOutput>, Refusal> {
    if outputs.len() > OUTPUTS_MAX {
        return Err(bad("outputs", outputs.len(), &format!("at most {OUTPUTS_MAX}")));
    }
    let mut seen = BTreeSet::from([of.to_owned()]);
    let checked = outputs.into_iter().enumerate().map(|(at, output)| {
        let check = |seen: &mut BTreeSet<String>| {
            Sku::parse(&output.sku).in_field("sku")?;
            once(&output.sku, seen)?;
            if !matches!(output.kind(), BomOutputKind::CoProduct | BomOutputKind::ByProduct) {
                return Err(bad("kind", output.kind, "a co-product or a by-product"));
            }
            positive("quantity", output.quantity.as_ref())
        };
        let quantity = check(&mut seen).map_err(|refusal| refusal.within(&format!("outputs[{at}]")))?;
        Ok(BomOutput { quantity: Some(quantity), ..output })
    });
    checked.collect()
}

/// A component: not the item that is made, and no item twice.
fn component(of: &str, sku: &str, seen: &mut BTreeSet<String>) -> Result<(), Refusal> {
    Sku::parse(sku).in_field("sku")?;
    if sku == of {
        let message = format!("it would be made of itself: {sku} > {sku}; name another component");
        return Err(Refusal::new(Rule::BomCycle, "sku", message));
    }
    once(sku, seen)
}

fn once(sku: &str, seen: &mut BTreeSet<String>) -> Result<(), Refusal> {
    if seen.insert(sku.to_owned()) {
        Ok(())
    } else {
        Err(bad("sku", sku, "an item that does not stand there yet"))
    }
}

fn check_kit(bom: &Bom) -> Result<(), Refusal> {
    if bom.kind() != BomKind::Kit {
        return Ok(());
    }
    if bom.yield_percent.as_ref().is_some_and(|good| good.value != "100") {
        return Err(bad("yield_percent", "other than 100", "100: a kit is only put together"));
    }
    if bom.outputs.is_empty() {
        Ok(())
    } else {
        Err(bad("outputs", bom.outputs.len(), "none: a kit is only put together"))
    }
}

fn days(from: &str, until: &str) -> Result<(), Refusal> {
    let day = |field: &str, text: &str| {
        if text.is_empty() {
            return Ok(None);
        }
        Date::parse(text).map(Some).map_err(|_| bad(field, text, "a day of the calendar as YYYY-MM-DD"))
    };
    let (first, last) = (day("valid_from", from)?, day("valid_until", until)?);
    if let (Some(first), Some(last)) = (first, last)
        && last.days() < first.days()
    {
        return Err(bad("valid_until", until, "a day that is not before valid_from"));
    }
    Ok(())
}

fn positive(field: &str, value: Option<&Decimal>) -> Result<Decimal, Refusal> {
    let given = value.map_or("", |value| value.value.as_str());
    let quantity = Quantity::parse(given).ok().filter(|quantity| quantity.is_positive());
    quantity
        .map(|quantity| decimal(&quantity.to_string()))
        .ok_or_else(|| bad(field, given, "a positive decimal number"))
}

fn percent(field: &str, value: &Decimal, allowed: fn(Quantity) -> bool) -> Result<Decimal, Refusal> {
    let fits = |share: &Quantity| share.decimals() <= PERCENT_DECIMALS_MAX && allowed(*share);
    let share = Quantity::parse(&value.value).ok().filter(fits);
    let range = "a share in percent, as the field allows it, with at most 4 decimals";
    share.map(|share| decimal(&share.to_string())).ok_or_else(|| bad(field, &value.value, range))
}

fn hundred() -> Quantity {
    Quantity::from(100)
}

fn decimal(text: &str) -> Decimal {
    Decimal { value: text.to_owned() }
}

fn bad(field: &str, given: impl ToString, allowed: &str) -> Refusal {
    let given = Invalid::new("", &given.to_string(), "").given;
    Refusal::new(Rule::BadField, field, format!("{field} {given:?} is not allowed: give {allowed}"))
}
