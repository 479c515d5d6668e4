use std::fmt;

use crate::{Invalid, PartyCode};

/// Whose goods they are. Written `own`, `consignment:PARTY` or `customer:PARTY`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Owner {
    /// The organisation's own.
    #[default]
    Own,
    /// A supplier's, until they are used or taken over.
    Consignment(PartyCode),
    /// A customer's, kept for them.
    Customer(PartyCode),
}

impl Owner {
    /// Reads what `Display` writes; empty is `own`.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("owner", text, "own, consignment:PARTY or customer:PARTY");
        if matches!(text, "" | "own") {
            return Ok(Self::Own);
        }
        let (kind, party) = text.split_once(':').ok_or_else(invalid)?;
        let party = PartyCode::parse(party).map_err(|_| invalid())?;
        match kind {
            "consignment" => Ok(Self::Consignment(party)),
            "customer" => Ok(Self::Customer(party)),
            _ => Err(invalid()),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("own"),
            Self::Consignment(party) => write!(f, "consignment:{party}"),
            Self::Customer(party) => write!(f, "customer:{party}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_round_trip() {
        for (text, ok) in [
            ("own", true),
            ("consignment:ACME", true),
            ("customer:C-1", true),
            ("consignment:", false),
            ("consignment:acme", false),
            ("ACME", false),
            ("other:ACME", false),
        ] {
            assert_eq!(Owner::parse(text).is_ok_and(|owner| owner.to_string() == text), ok, "{text:?}");
        }
        assert_eq!(Owner::parse(""), Ok(Owner::Own));
    }
}
