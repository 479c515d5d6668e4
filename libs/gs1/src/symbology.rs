use std::fmt;

use crate::error::{Error, Reason};

/// A kind of barcode that carries data of GS1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbology {
    Gs1128,
    /// The GS1 DataBar family, or a composite symbol: a scanner does not tell them apart.
    DataBarOrComposite,
    DataMatrix,
    Qr,
    DotCode,
    Ean13,
    Ean8,
}

/// What a scan of a symbology carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carries {
    /// Elements of GS1.
    Elements,
    /// A text, which may be a Digital Link.
    Text,
    /// A GTIN of so many digits.
    Gtin(usize),
}

/// AIM symbology identifiers (ISO/IEC 15424) and what follows them (GS1 General Specifications 5.1, symbology identifiers).
const IDENTIFIERS: &[(&str, Symbology, Carries)] = &[
    ("]C1", Symbology::Gs1128, Carries::Elements),
    ("]e0", Symbology::DataBarOrComposite, Carries::Elements),
    ("]d1", Symbology::DataMatrix, Carries::Text),
    ("]d2", Symbology::DataMatrix, Carries::Elements),
    ("]Q1", Symbology::Qr, Carries::Text),
    ("]Q3", Symbology::Qr, Carries::Elements),
    ("]J0", Symbology::DotCode, Carries::Text),
    ("]J1", Symbology::DotCode, Carries::Elements),
    ("]E0", Symbology::Ean13, Carries::Gtin(13)),
    ("]E4", Symbology::Ean8, Carries::Gtin(8)),
];

/// Between an EAN symbol and the composite component on top of it, which is a message of its own.
pub(crate) const COMPOSITE: &str = "|]e0";

/// Takes the symbology identifier off a scan.
pub(crate) fn split_identifier(scan: &str) -> Result<(Symbology, Carries, &str), Error> {
    if !scan.starts_with(']') || scan.len() < IDENTIFIER_BYTES {
        return Err(Error::at(0, Reason::MissingSymbology));
    }
    let row = IDENTIFIERS.iter().find(|(identifier, _, _)| scan.starts_with(identifier));
    let (identifier, symbology, carries) = row.ok_or(Error::at(0, Reason::UnsupportedSymbology))?;
    Ok((*symbology, *carries, scan.strip_prefix(identifier).unwrap_or_default()))
}

/// How long a symbology identifier is.
pub(crate) const IDENTIFIER_BYTES: usize = 3;

impl Symbology {
    /// Its name, for example `GS1-128`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gs1128 => "GS1-128",
            Self::DataBarOrComposite => "GS1-DataBar-family-or-composite",
            Self::DataMatrix => "DataMatrix",
            Self::Qr => "QR",
            Self::DotCode => "DotCode",
            Self::Ean13 => "EAN-13",
            Self::Ean8 => "EAN-8",
        }
    }

    /// The identifier that a scanner puts before elements of GS1, for example `]C1`. `None` for symbols that hold none.
    pub fn elements_identifier(self) -> Option<&'static str> {
        let mut rows = IDENTIFIERS.iter();
        rows.find(|(_, symbology, carries)| *symbology == self && *carries == Carries::Elements)
            .map(|(identifier, _, _)| *identifier)
    }
}

impl fmt::Display for Symbology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_three_characters() {
        assert!(IDENTIFIERS.iter().all(|(identifier, _, _)| identifier.len() == IDENTIFIER_BYTES));
    }

    #[test]
    fn symbols_with_elements_have_an_identifier() {
        for (symbology, identifier) in [
            (Symbology::Gs1128, Some("]C1")),
            (Symbology::DataBarOrComposite, Some("]e0")),
            (Symbology::DataMatrix, Some("]d2")),
            (Symbology::Qr, Some("]Q3")),
            (Symbology::DotCode, Some("]J1")),
            (Symbology::Ean13, None),
            (Symbology::Ean8, None),
        ] {
            assert_eq!(symbology.elements_identifier(), identifier);
        }
    }
}
