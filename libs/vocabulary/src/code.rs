use std::fmt;
use std::sync::Arc;

use crate::Invalid;

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal, $allowed:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and keeps `text`.
            ///
            /// # Errors
            /// [`Invalid`] when the text breaks the rule above.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.into())) } else { Err(Invalid::new($what, text, $allowed)) }
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

code!(
    /// Stock keeping unit: the key of an item. 1 to 64 characters, none of them a control character, no space at either end.
    Sku, "sku", "1 to 64 printable characters, no space at either end", printable_64
);
code!(
    /// The key of a warehouse. 1 to 16 of `A-Z 0-9 - _`, starting with a letter.
    WarehouseCode, "warehouse", "1 to 16 of A-Z, 0-9, '-' and '_', starting with a letter",
    |t| charset(t, 16, b"-_") && t.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
);
code!(
    /// The key of a location in its warehouse. 1 to 32 of `A-Z 0-9 - _ . /`.
    LocationCode, "location", "1 to 32 of A-Z, 0-9, '-', '_', '.' and '/'", |t| charset(t, 32, b"-_./")
);
code!(
    /// The key of an item class or of a coding rule. 1 to 32 of `A-Z 0-9 - _`.
    ClassCode, "code", "1 to 32 of A-Z, 0-9, '-' and '_'", |t| charset(t, 32, b"-_")
);
code!(
    /// A unit of measure, for example `EA` or `CASE`. 1 to 16 of `A-Z 0-9`.
    UnitCode, "unit", "1 to 16 of A-Z and 0-9", |t| charset(t, 16, b"")
);

code!(
    /// A lot (batch) number: 1 to 20 characters of GS1 CSET 82, as AI (10) carries (GS1 General Specifications 3.4.1).
    LotCode, "lot", "1 to 20 characters of the GS1 set 82: letters, digits and !\"%&'()*+,-./:;<=>?_", |t| cset82(t, 20)
);
code!(
    /// A serial number: 1 to 20 characters of GS1 CSET 82, as AI (21) carries (GS1 General Specifications 3.5.1).
    SerialNumber, "serial", "1 to 20 characters of the GS1 set 82: letters, digits and !\"%&'()*+,-./:;<=>?_", |t| cset82(t, 20)
);
code!(
    /// The key of a party that owns goods: a supplier or a customer. 1 to 32 of `A-Z 0-9 - _`.
    PartyCode, "party", "1 to 32 of A-Z, 0-9, '-' and '_'", |t| charset(t, 32, b"-_")
);
code!(
    /// What a handling unit is, for example `BOX` or `PALLET`. 1 to 16 of `A-Z 0-9 - _`.
    HandlingUnitKind, "kind of handling unit", "1 to 16 of A-Z, 0-9, '-' and '_', for example PALLET", |t| charset(t, 16, b"-_")
);
code!(
    /// A country, as ISO 3166-1 alpha-2 writes it.
    CountryCode, "country", "two letters A-Z, as in ISO 3166-1", |t| t.len() == 2 && t.bytes().all(|b| b.is_ascii_uppercase())
);
code!(
    /// The key of a sales channel, for example `WEB`. 1 to 32 of `A-Z 0-9 - _`.
    ChannelCode, "channel", "1 to 32 of A-Z, 0-9, '-' and '_'", |t| charset(t, 32, b"-_")
);
code!(
    /// A part of a warehouse in which people work, for example `COLD`. 1 to 16 of `A-Z 0-9 - _`.
    ZoneCode, "zone", "1 to 16 of A-Z, 0-9, '-' and '_', for example COLD", |t| charset(t, 16, b"-_")
);
code!(
    /// What somebody is able to do, for example `FORKLIFT`. 1 to 16 of `A-Z 0-9 - _`.
    SkillCode, "skill", "1 to 16 of A-Z, 0-9, '-' and '_', for example FORKLIFT", |t| charset(t, 16, b"-_")
);
code!(
    /// What is expected under: the key of an expected supply or demand in its warehouse, for example `PO-17/3`. 1 to 48 of `A-Z 0-9 - _ . / : #`.
    ExpectationCode, "expectation", "1 to 48 of A-Z, 0-9, '-', '_', '.', '/', ':' and '#'", |t| charset(t, 48, b"-_./:#")
);

code!(
    /// The key of a document of warehouse work, for example a purchase order `PO-17`. 1 to 40 of `A-Z 0-9 - _ . /`.
    DocumentCode, "document", "1 to 40 of A-Z, 0-9, '-', '_', '.' and '/'", |t| charset(t, 40, b"-_./")
);

/// GS1 General Specifications 7.11, figure 7.11-1.
fn cset82(text: &str, length_max: usize) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&b);
    (1..=length_max).contains(&text.len()) && text.bytes().all(allowed)
}

fn printable_64(text: &str) -> bool {
    let length = text.chars().count();
    (1..=64).contains(&length) && !text.chars().any(char::is_control) && text.trim() == text
}

fn charset(text: &str, length_max: usize, extra: &[u8]) -> bool {
    (1..=length_max).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || extra.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_their_rules() {
        for (text, sku, warehouse, location) in [
            ("BER", true, true, true),
            ("A-1.2/3", true, false, true),
            ("1A", true, false, true),
            ("white hanging heart", true, false, false),
            (" A", false, false, false),
            ("", false, false, false),
            ("A\u{7}", false, false, false),
            ("ABCDEFGHIJKLMNOPQ", true, false, true),
        ] {
            assert_eq!(Sku::parse(text).is_ok(), sku, "sku {text:?}");
            assert_eq!(WarehouseCode::parse(text).is_ok(), warehouse, "warehouse {text:?}");
            assert_eq!(LocationCode::parse(text).is_ok(), location, "location {text:?}");
        }
    }

    #[test]
    fn lots_and_serials_are_of_the_gs1_set() {
        for (text, ok) in [
            ("L1", true),
            ("a!\"%&'()*+,-./:;<=>?", true),
            ("Z_9", true),
            ("12345678901234567890", true),
            ("123456789012345678901", false),
            ("A B", false),
            ("A#1", false),
            ("Ä", false),
            ("", false),
        ] {
            assert_eq!(LotCode::parse(text).is_ok(), ok, "lot {text:?}");
            assert_eq!(SerialNumber::parse(text).is_ok(), ok, "serial {text:?}");
        }
        assert!(PartyCode::parse("ACME-1").is_ok() && PartyCode::parse("acme").is_err());
        assert!(ExpectationCode::parse("PO-17/3").is_ok() && ExpectationCode::parse("PO 17").is_err());
        assert!(CountryCode::parse("DE").is_ok() && CountryCode::parse("DEU").is_err());
    }

    #[test]
    fn errors_name_the_value_and_what_is_allowed() {
        let error = WarehouseCode::parse("ber").unwrap_err();
        assert_eq!(
            error.to_string(),
            "warehouse \"ber\" is not valid: 1 to 16 of A-Z, 0-9, '-' and '_', starting with a letter"
        );
    }
}
