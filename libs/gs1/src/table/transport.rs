use super::part::{DATE, DATE_OR_MONTH, TIME, n, text, x, x_to};
use super::relation::UNIT;
use super::row::{Row, ai};
use crate::lint::Linter::{CountryLetters, Hyphen, Latitude, Longitude, YesNo};

/// Where a logistic unit goes, and how it is handled: 4300 to 4333.
pub(super) const ROWS: &[Row] = &[
    ai!("4300", "SHIP TO COMP", &[text(35)]).attribute().requires(UNIT),
    ai!("4301", "SHIP TO NAME", &[text(35)]).attribute().requires(UNIT),
    ai!("4302", "SHIP TO ADD1", &[text(70)]).attribute().requires(UNIT),
    ai!("4303", "SHIP TO ADD2", &[text(70)]).attribute().requires(&["4302"]),
    ai!("4304", "SHIP TO SUB", &[text(70)]).attribute().requires(UNIT),
    ai!("4305", "SHIP TO LOC", &[text(70)]).attribute().requires(UNIT),
    ai!("4306", "SHIP TO REG", &[text(70)]).attribute().requires(UNIT),
    ai!("4307", "SHIP TO COUNTRY", &[x(2).checked(&[CountryLetters])]).attribute().requires(UNIT),
    ai!("4308", "SHIP TO PHONE", &[x_to(30)]).attribute().requires(UNIT),
    ai!("4309", "SHIP TO GEO", &[n(10).checked(&[Latitude]), n(10).checked(&[Longitude])])
        .attribute()
        .requires(UNIT),
    ai!("4310", "RTN TO COMP", &[text(35)]).attribute().requires(UNIT),
    ai!("4311", "RTN TO NAME", &[text(35)]).attribute().requires(UNIT),
    ai!("4312", "RTN TO ADD1", &[text(70)]).attribute().requires(UNIT),
    ai!("4313", "RTN TO ADD2", &[text(70)]).attribute().requires(&["4312"]),
    ai!("4314", "RTN TO SUB", &[text(70)]).attribute().requires(UNIT),
    ai!("4315", "RTN TO LOC", &[text(70)]).attribute().requires(UNIT),
    ai!("4316", "RTN TO REG", &[text(70)]).attribute().requires(UNIT),
    ai!("4317", "RTN TO COUNTRY", &[x(2).checked(&[CountryLetters])]).attribute().requires(UNIT),
    ai!("4318", "RTN TO POST", &[x_to(20)]).attribute().requires(UNIT),
    ai!("4319", "RTN TO PHONE", &[x_to(30)]).attribute().requires(UNIT),
    ai!("4320", "SRV DESCRIPTION", &[text(35)]).attribute().requires(UNIT),
    ai!("4321", "DANGEROUS GOODS", &[n(1).checked(&[YesNo])]).attribute().requires(UNIT),
    ai!("4322", "AUTH TO LEAVE", &[n(1).checked(&[YesNo])]).attribute().requires(UNIT),
    ai!("4323", "SIG REQUIRED", &[n(1).checked(&[YesNo])]).attribute().requires(UNIT),
    ai!("4324", "NOT BEF DEL DT", &[DATE_OR_MONTH, TIME]).attribute().requires(UNIT),
    ai!("4325", "NOT AFT DEL DT", &[DATE_OR_MONTH, TIME]).attribute().requires(UNIT),
    ai!("4326", "REL DATE", &[DATE]).attribute().requires(UNIT),
    ai!("4330", "MAX TEMP F.", &[n(6), x(1).checked(&[Hyphen]).optional()])
        .attribute()
        .requires(UNIT)
        .excludes(&["4331"]),
    ai!("4331", "MAX TEMP C.", &[n(6), x(1).checked(&[Hyphen]).optional()])
        .attribute()
        .requires(UNIT)
        .excludes(&["4330"]),
    ai!("4332", "MIN TEMP F.", &[n(6), x(1).checked(&[Hyphen]).optional()])
        .attribute()
        .requires(UNIT)
        .excludes(&["4333"]),
    ai!("4333", "MIN TEMP C.", &[n(6), x(1).checked(&[Hyphen]).optional()])
        .attribute()
        .requires(UNIT)
        .excludes(&["4332"]),
];
