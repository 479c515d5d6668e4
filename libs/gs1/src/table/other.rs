use super::part::{DATE, GLN, GSRN, GTIN, PIECE_OF_TOTAL, n, n_to, x_to, y_to, z_to};
use super::relation::{ALONE, DEVICE, ITEM, ITEM_OR_CONTENT, ITEM_OR_PIECE, SERVICE_RELATION, UNIT_OR_ITEM};
use super::row::{Row, ai, family};
use crate::lint::Linter::{
    CheckPair, Coupon, CouponOffer, Hour, Iban, Minute, NoZeroPrefix, NonDigit, NonZero, PrefixFirst, Second,
    Winding, Zero,
};

/// Assets, services, documents, coupons, and what companies agree on among themselves: 8001 to 99.
pub(super) const ROWS: &[Row] = &[
    ai!(
        "8001",
        "DIMENSIONS",
        &[
            n(4).checked(&[NonZero]),
            n(5).checked(&[NonZero]),
            n(3).checked(&[NonZero]),
            n(1).checked(&[Winding]),
            n(1)
        ]
    )
    .attribute()
    .requires(ITEM),
    ai!("8002", "CMT No.", &[x_to(20)]).attribute(),
    ai!("8003", "GRAI", &[n(1).checked(&[Zero]), GLN, x_to(16).optional()]).attribute().key(ALONE),
    ai!("8004", "GIAI", &[x_to(30).checked(&[PrefixFirst])]).attribute().key(&[&["7040"]]),
    ai!("8005", "PRICE PER UNIT", &[n(6)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("8006", "ITIP", &[GTIN, PIECE_OF_TOTAL])
        .attribute()
        .excludes(&["01", "37"])
        .key(&[&["22", "10", "21"]]),
    ai!("8007", "IBAN", &[x_to(34).checked(&[Iban])]).attribute().requires(&["415"]),
    ai!(
        "8008",
        "PROD TIME",
        &[
            DATE,
            n(2).checked(&[Hour]),
            n(2).checked(&[Minute]).optional(),
            n(2).checked(&[Second]).optional()
        ]
    )
    .attribute()
    .requires(ITEM_OR_CONTENT),
    ai!("8009", "OPTSEN", &[x_to(50)]).attribute().requires(UNIT_OR_ITEM),
    ai!("8010", "CPID", &[y_to(30).checked(&[PrefixFirst])]).attribute().key(&[&["8011"]]),
    ai!("8011", "CPID SERIAL", &[n_to(12).checked(&[NoZeroPrefix])]).requires(&["8010"]),
    ai!("8012", "VERSION", &[x_to(20)]).attribute().requires(ITEM_OR_PIECE),
    ai!("8013", "GMN", &[x_to(25).checked(&[CheckPair, PrefixFirst])]).attribute().key(ALONE),
    ai!("8014", "MUDI", &[x_to(25).checked(&[CheckPair, PrefixFirst, NonDigit])]).requires(ITEM),
    ai!("8017", "GSRN - PROVIDER", &[GSRN]).attribute().excludes(&["8018"]).key(&[&["8019"]]),
    ai!("8018", "GSRN - RECIPIENT", &[GSRN]).attribute().excludes(&["8017"]).key(&[&["8019"]]),
    ai!("8019", "SRIN", &[n_to(10)]).requires(SERVICE_RELATION),
    ai!("8020", "REF No.", &[x_to(25)]).requires(&["415"]),
    ai!("8026", "ITIP CONTENT", &[GTIN, PIECE_OF_TOTAL])
        .attribute()
        .requires(&["37"])
        .excludes(&["02", "8006"]),
    ai!("8030", "DIGSIG", &[z_to(90)]).attribute().requires(&[
        "00",
        "01+21",
        "253",
        "255",
        "8003",
        "8004",
        "8006+21",
        "8010+8011",
        "8017",
        "8018",
    ]),
    ai!("8040", "IMEI", &[n(15)]).requires(&["01+21"]),
    ai!("8041", "IMEI2", &[n(15)]).requires(DEVICE),
    ai!("8042", "ESIM", &[n(32)]).requires(DEVICE),
    ai!("8043", "PSIM", &[n(18), n_to(2).optional()]).requires(DEVICE),
    ai!("8110", "COUPON", &[x_to(70).checked(&[Coupon])]).attribute(),
    ai!("8111", "POINTS", &[n(4)]).attribute().requires(&["255"]),
    ai!("8112", "POSITIVE OFFER", &[x_to(70).checked(&[CouponOffer])]).attribute(),
    ai!("8200", "PRODUCT URL", &[x_to(70)]).requires(ITEM),
    ai!("90", "INTERNAL", &[x_to(30)]).attribute(),
    family(&["91", "92", "93", "94", "95", "96", "97", "98", "99"], "INTERNAL", &[x_to(90)]).attribute(),
];
