use std::fmt;

use crate::Invalid;

/// The currencies and funds in use (ISO 4217, table A.1), sorted by their alphabetic code.
#[rustfmt::skip]
const IN_USE: &[(&str, u16)] = &[
    ("AED", 784), ("AFN", 971), ("ALL", 8), ("AMD", 51), ("AOA", 973), ("ARS", 32), ("AUD", 36), ("AWG", 533),
    ("AZN", 944), ("BAM", 977), ("BBD", 52), ("BDT", 50), ("BHD", 48), ("BIF", 108), ("BMD", 60), ("BND", 96),
    ("BOB", 68), ("BOV", 984), ("BRL", 986), ("BSD", 44), ("BTN", 64), ("BWP", 72), ("BYN", 933), ("BZD", 84),
    ("CAD", 124), ("CDF", 976), ("CHE", 947), ("CHF", 756), ("CHW", 948), ("CLF", 990), ("CLP", 152),
    ("CNY", 156), ("COP", 170), ("COU", 970), ("CRC", 188), ("CUP", 192), ("CVE", 132), ("CZK", 203),
    ("DJF", 262), ("DKK", 208), ("DOP", 214), ("DZD", 12), ("EGP", 818), ("ERN", 232), ("ETB", 230),
    ("EUR", 978), ("FJD", 242), ("FKP", 238), ("GBP", 826), ("GEL", 981), ("GHS", 936), ("GIP", 292),
    ("GMD", 270), ("GNF", 324), ("GTQ", 320), ("GYD", 328), ("HKD", 344), ("HNL", 340), ("HTG", 332),
    ("HUF", 348), ("IDR", 360), ("ILS", 376), ("INR", 356), ("IQD", 368), ("IRR", 364), ("ISK", 352),
    ("JMD", 388), ("JOD", 400), ("JPY", 392), ("KES", 404), ("KGS", 417), ("KHR", 116), ("KMF", 174),
    ("KPW", 408), ("KRW", 410), ("KWD", 414), ("KYD", 136), ("KZT", 398), ("LAK", 418), ("LBP", 422),
    ("LKR", 144), ("LRD", 430), ("LSL", 426), ("LYD", 434), ("MAD", 504), ("MDL", 498), ("MGA", 969),
    ("MKD", 807), ("MMK", 104), ("MNT", 496), ("MOP", 446), ("MRU", 929), ("MUR", 480), ("MVR", 462),
    ("MWK", 454), ("MXN", 484), ("MXV", 979), ("MYR", 458), ("MZN", 943), ("NAD", 516), ("NGN", 566),
    ("NIO", 558), ("NOK", 578), ("NPR", 524), ("NZD", 554), ("OMR", 512), ("PAB", 590), ("PEN", 604),
    ("PGK", 598), ("PHP", 608), ("PKR", 586), ("PLN", 985), ("PYG", 600), ("QAR", 634), ("RON", 946),
    ("RSD", 941), ("RUB", 643), ("RWF", 646), ("SAR", 682), ("SBD", 90), ("SCR", 690), ("SDG", 938),
    ("SEK", 752), ("SGD", 702), ("SHP", 654), ("SLE", 925), ("SOS", 706), ("SRD", 968), ("SSP", 728),
    ("STN", 930), ("SVC", 222), ("SYP", 760), ("SZL", 748), ("THB", 764), ("TJS", 972), ("TMT", 934),
    ("TND", 788), ("TOP", 776), ("TRY", 949), ("TTD", 780), ("TWD", 901), ("TZS", 834), ("UAH", 980),
    ("UGX", 800), ("USD", 840), ("USN", 997), ("UYI", 940), ("UYU", 858), ("UYW", 927), ("UZS", 860),
    ("VED", 926), ("VES", 928), ("VND", 704), ("VUV", 548), ("WST", 882), ("XAF", 950), ("XCD", 951),
    ("XCG", 532), ("XOF", 952), ("XPF", 953), ("YER", 886), ("ZAR", 710), ("ZMW", 967), ("ZWG", 924),
];

/// Codes of the same standard in which no books are kept: precious metals, units of account, bond market units, the testing
/// code and "no currency".
#[rustfmt::skip]
const NO_BOOKS: &[(&str, u16)] = &[
    ("XAD", 396), ("XAG", 961), ("XAU", 959), ("XBA", 955), ("XBB", 956), ("XBC", 957), ("XBD", 958),
    ("XDR", 960), ("XPD", 964), ("XPT", 962), ("XSU", 994), ("XTS", 963), ("XUA", 965), ("XXX", 999),
];

/// A code that was withdrawn on 2026-01-01 and stands on labels that are still in circulation.
const WITHDRAWN: &[(&str, u16)] = &[("BGN", 975)];

/// A currency of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    alphabetic: &'static str,
    numeric: u16,
}

impl Currency {
    /// Reads the alphabetic code of a currency or fund in use, for example `EUR`.
    ///
    /// # Errors
    /// [`Invalid`] for anything else: another case, a withdrawn code, or one in which no books are kept (`XAU`).
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        let row = IN_USE.binary_search_by_key(&code, |(alphabetic, _)| alphabetic).ok();
        let row = row.and_then(|position| IN_USE.get(position));
        row.map(Self::of_row)
            .ok_or_else(|| Invalid::new("currency", code, "the code of a currency in use (ISO 4217)"))
    }

    /// The currency with this numeric code, as it stands in a barcode: 0 to 999. Finds all of the standard, also the codes in
    /// which no books are kept, and one that was withdrawn so lately that labels still carry it.
    pub fn of_numeric(code: u16) -> Option<Self> {
        let mut rows = IN_USE.iter().chain(NO_BOOKS).chain(WITHDRAWN);
        rows.find(|(_, numeric)| *numeric == code).map(Self::of_row)
    }

    /// The three letters.
    pub const fn alphabetic(self) -> &'static str {
        self.alphabetic
    }

    /// The number; three digits when written.
    pub const fn numeric(self) -> u16 {
        self.numeric
    }

    const fn of_row((alphabetic, numeric): &(&'static str, u16)) -> Self {
        Self { alphabetic, numeric: *numeric }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alphabetic)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tables_are_sorted_and_well_formed() {
        assert!(IN_USE.is_sorted());
        let all: Vec<_> = IN_USE.iter().chain(NO_BOOKS).chain(WITHDRAWN).collect();
        let well_formed =
            |code: &str| code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        assert!(all.iter().all(|(code, number)| well_formed(code) && *number < 1000));
        assert_eq!(all.iter().map(|(code, _)| code).collect::<BTreeSet<_>>().len(), all.len());
        assert_eq!(all.iter().map(|(_, number)| number).collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn codes_of_known_currencies() {
        for (code, numeric) in
            [("EUR", Some(978)), ("USD", Some(840)), ("XCG", Some(532)), ("eur", None), ("DEM", None)]
        {
            assert_eq!(Currency::parse(code).ok().map(Currency::numeric), numeric, "{code}");
        }
        for code in ["XAU", "XXX", "BGN", "", "EURO"] {
            assert!(Currency::parse(code).is_err(), "{code}");
        }
        for (numeric, code) in
            [(978, Some("EUR")), (8, Some("ALL")), (959, Some("XAU")), (975, Some("BGN")), (987, None)]
        {
            assert_eq!(Currency::of_numeric(numeric).map(Currency::alphabetic), code, "{numeric}");
        }
    }
}
