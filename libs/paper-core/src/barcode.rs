use gs1::{Checks, Elements, ReferenceYear, Rules, parse_bracketed};
use labels::{Bars, Matrix};
use serde::{Deserialize, Serialize};
use vocabulary::{Gtin, Sscc};

use crate::{Number, PaperFault};

/// The application identifier of a paper's own number: one of those for use inside a company (GS1 General Specifications 3.8.18).
const NUMBER_AI: &str = "93";

/// What a barcode on a paper holds, in its bracketed form: `(00)376104250021234569`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Barcode {
    elements: String,
}

impl Barcode {
    /// The number of a paper.
    pub fn of_number(number: Number) -> Self {
        Self { elements: format!("({NUMBER_AI}){number}") }
    }

    /// A handling unit.
    pub fn of_unit(sscc: &Sscc) -> Self {
        Self { elements: format!("(00){sscc}") }
    }

    /// An item.
    pub fn of_item(gtin: &Gtin) -> Self {
        Self { elements: format!("(01){gtin}") }
    }

    /// As it stands under it.
    pub fn caption(&self) -> &str {
        &self.elements
    }

    /// Its bars as GS1-128.
    pub(crate) fn bars(&self) -> Result<Bars, PaperFault> {
        Ok(labels::bars(&self.message()?)?)
    }

    /// Its modules as GS1 DataMatrix.
    pub(crate) fn matrix(&self) -> Result<Matrix, PaperFault> {
        Ok(labels::matrix(&self.message()?)?)
    }

    fn message(&self) -> Result<String, PaperFault> {
        // No element of a paper has a date, so that the year says nothing.
        let year = ReferenceYear::parse(2026).map_err(|e| PaperFault::Elements(e.to_string()))?;
        let rules = Rules { checks: Checks::ALL, reference_year: year };
        let elements: Elements<'_> = parse_bracketed(&self.elements, &rules)
            .map_err(|e| PaperFault::Elements(format!("{}: {e}", self.elements)))?;
        Ok(elements.to_message())
    }
}
