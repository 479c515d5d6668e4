use vocabulary::{Quantity, Sku};

use super::{Delivery, DeliveryRejection, Unannounced};

/// Goods that come, as a step names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// The line that they are of, if somebody said.
    pub line: Option<u32>,
    /// The item.
    pub sku: &'a Sku,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
}

impl Delivery {
    /// The line that goods which come are of: the one that is named; or else the first of their item of which something is open; or
    /// else its first; or else, where that may be, a new one.
    pub(super) fn line_of(&self, arrival: &Arrival<'_>) -> Result<u32, DeliveryRejection> {
        let Arrival { line, sku, .. } = arrival;
        match line {
            Some(line) => self.named_line(*line, sku),
            None => self.line_of_item(sku),
        }
    }

    pub(super) fn named_line(&self, line: u32, given: &Sku) -> Result<u32, DeliveryRejection> {
        let code = self.announced.code.clone();
        match self.announced.lines.get(&line) {
            Some(known) if known.sku == *given => Ok(line),
            Some(known) => {
                let (sku, given) = (known.sku.clone(), given.clone());
                Err(DeliveryRejection::OtherItem { code, line, sku, given })
            }
            None => Err(DeliveryRejection::LineNotFound { code, line }),
        }
    }

    fn line_of_item(&self, sku: &Sku) -> Result<u32, DeliveryRejection> {
        let mut of_item = self.announced.lines.iter().filter(|(_, line)| line.sku == *sku).map(|(n, _)| *n);
        let first = of_item.clone().next();
        if let Some(line) = of_item.find(|line| self.open(*line).is_positive()).or(first) {
            return Ok(line);
        }
        match self.announced.unannounced {
            Unannounced::Taken => Ok(self.next_line()),
            Unannounced::Refused => {
                let (code, sku) = (self.announced.code.clone(), sku.clone());
                Err(DeliveryRejection::NotAnnounced { code, sku })
            }
        }
    }

    fn next_line(&self) -> u32 {
        self.announced.lines.last_key_value().map_or(1, |(last, _)| last.saturating_add(1))
    }
}
