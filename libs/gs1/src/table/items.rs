use super::part::{DATE_OR_MONTH, GLN, GTIN, SSCC, n, n_to, x_to};
use super::relation::{
    ALONE, ANY_ITEM, ITEM, ITEM_CONTENT_OR_PIECE, ITEM_OR_CONTENT, ITEM_OR_PIECE, ITEM_QUALIFIERS,
};
use super::row::{Row, ai};

/// Trade items and logistic units, and what is said of them: 00 to 30.
pub(super) const ROWS: &[Row] = &[
    ai!("00", "SSCC", &[SSCC]).predefined().attribute().key(ALONE),
    ai!("01", "GTIN", &[GTIN]).predefined().attribute().excludes(&["255", "37"]).key(ITEM_QUALIFIERS),
    ai!("02", "CONTENT", &[GTIN]).predefined().attribute().requires(&["37"]).excludes(&["01", "03"]),
    ai!("03", "MTO GTIN", &[GTIN]).predefined().excludes(&["01", "02", "37"]),
    ai!("10", "BATCH/LOT", &[x_to(20)]).attribute().requires(ANY_ITEM),
    ai!("11", "PROD DATE", &[DATE_OR_MONTH]).predefined().attribute().requires(ANY_ITEM),
    ai!("12", "DUE DATE", &[DATE_OR_MONTH]).predefined().attribute().requires(&["8020"]),
    ai!("13", "PACK DATE", &[DATE_OR_MONTH]).predefined().attribute().requires(ANY_ITEM),
    ai!("15", "BEST BEFORE or BEST BY", &[DATE_OR_MONTH]).predefined().attribute().requires(ANY_ITEM),
    ai!("16", "SELL BY", &[DATE_OR_MONTH]).predefined().attribute().requires(ANY_ITEM),
    ai!("17", "USE BY or EXPIRY", &[DATE_OR_MONTH])
        .predefined()
        .attribute()
        .requires(&["01", "02", "03", "255", "8006", "8026"]),
    ai!("20", "VARIANT", &[n(2)]).predefined().attribute().requires(ITEM_CONTENT_OR_PIECE),
    ai!("21", "SERIAL", &[x_to(20)]).requires(&["01", "03", "8006"]).excludes(&["235"]),
    ai!("22", "CPV", &[x_to(20)]).requires(ITEM),
    ai!("235", "TPX", &[x_to(28)]).requires(ITEM),
    ai!("240", "ADDITIONAL ID", &[x_to(30)]).attribute().requires(ITEM_CONTENT_OR_PIECE),
    ai!("241", "CUST. PART No.", &[x_to(30)]).attribute().requires(ITEM_CONTENT_OR_PIECE),
    ai!("242", "MTO VARIANT", &[n_to(6)]).attribute().requires(ITEM_CONTENT_OR_PIECE),
    ai!("243", "PCN", &[x_to(20)]).attribute().requires(ITEM),
    ai!("250", "SECONDARY SERIAL", &[x_to(30)]).attribute().requires(ITEM_OR_PIECE).also_requires(&["21"]),
    ai!("251", "REF. TO SOURCE", &[x_to(30)]).attribute().requires(ITEM_OR_PIECE),
    ai!("253", "GDTI", &[GLN, x_to(17).optional()]).attribute().key(ALONE),
    ai!("254", "GLN EXTENSION COMPONENT", &[x_to(20)]).requires(&["414"]),
    ai!("255", "GCN", &[GLN, n_to(12).optional()])
        .attribute()
        .excludes(&["01", "02", "415", "8006", "8020", "8026"])
        .key(ALONE),
    ai!("30", "VAR. COUNT", &[n_to(8)]).attribute().requires(ITEM_OR_CONTENT),
];
