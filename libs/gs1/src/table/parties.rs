use super::part::{COUNTRY, CURRENCY, GLN, n, n_to, x_to};
use super::relation::{ALONE, COUNT_OR_MEASURE, ITEM, ITEM_CONTENT_OR_PIECE, ITEM_OR_CONTENT, UNIT};
use super::row::{Row, ai, family, four, six, ten};
use crate::lint::Linter::{CheckDigit, PrefixFirst};

/// Counts, amounts, orders, parties and places: 37 to 427.
pub(super) const ROWS: &[Row] = &[
    ai!("37", "COUNT", &[n_to(8)]).attribute().requires(UNIT).also_requires(&["02", "8026"]),
    family(ten!("390"), "AMOUNT", &[n_to(15)])
        .attribute()
        .requires(&["255", "8020"])
        .excludes(&["390n", "391n", "394n", "8111"]),
    family(ten!("391"), "AMOUNT", &[CURRENCY, n_to(15)]).attribute().requires(&["8020"]).excludes(&["391n"]),
    family(ten!("392"), "PRICE", &[n_to(15)])
        .attribute()
        .requires(ITEM)
        .also_requires(COUNT_OR_MEASURE)
        .excludes(&["392n", "393n"]),
    family(ten!("393"), "PRICE", &[CURRENCY, n_to(15)])
        .attribute()
        .requires(COUNT_OR_MEASURE)
        .excludes(&["393n"]),
    family(four!("394"), "PRCNT OFF", &[n(4)]).attribute().requires(&["255"]).excludes(&["394n", "8111"]),
    family(six!("395"), "PRICE/UoM", &[n(6)])
        .attribute()
        .requires(COUNT_OR_MEASURE)
        .excludes(&["392n", "393n", "395n", "8005"]),
    ai!("400", "ORDER NUMBER", &[x_to(30)]).attribute(),
    ai!("401", "GINC", &[x_to(30).checked(&[PrefixFirst])]).attribute().key(ALONE),
    ai!("402", "GSIN", &[n(17).checked(&[CheckDigit, PrefixFirst])]).attribute().key(ALONE),
    ai!("403", "ROUTE", &[x_to(30)]).attribute().requires(UNIT),
    ai!("410", "SHIP TO LOC", &[GLN]).predefined().attribute(),
    ai!("411", "BILL TO", &[GLN]).predefined().attribute(),
    ai!("412", "PURCHASE FROM", &[GLN]).predefined().attribute(),
    ai!("413", "SHIP FOR LOC", &[GLN]).predefined().attribute(),
    ai!("414", "LOC No.", &[GLN]).predefined().attribute().key(&[&["254"], &["7040"]]),
    ai!("415", "PAY TO", &[GLN]).predefined().attribute().requires(&["8020"]).key(&[&["8020"]]),
    ai!("416", "PROD/SERV LOC", &[GLN]).predefined().attribute(),
    ai!("417", "PARTY", &[GLN]).predefined().attribute().key(&[&["7040"]]),
    ai!("420", "SHIP TO POST", &[x_to(20)]).attribute().excludes(&["421"]),
    ai!("421", "SHIP TO POST", &[COUNTRY, x_to(9)]).attribute().excludes(&["4307"]),
    ai!("422", "ORIGIN", &[COUNTRY]).attribute().requires(ITEM_CONTENT_OR_PIECE).excludes(&["426"]),
    ai!(
        "423",
        "COUNTRY - INITIAL PROCESS",
        &[COUNTRY, COUNTRY.optional(), COUNTRY.optional(), COUNTRY.optional(), COUNTRY.optional()]
    )
    .attribute()
    .requires(ITEM_OR_CONTENT)
    .excludes(&["426"]),
    ai!("424", "COUNTRY - PROCESS", &[COUNTRY]).attribute().requires(ITEM_OR_CONTENT).excludes(&["426"]),
    ai!(
        "425",
        "COUNTRY - DISASSEMBLY",
        &[COUNTRY, COUNTRY.optional(), COUNTRY.optional(), COUNTRY.optional(), COUNTRY.optional()]
    )
    .attribute()
    .requires(ITEM_OR_CONTENT)
    .excludes(&["426"]),
    ai!("426", "COUNTRY - FULL PROCESS", &[COUNTRY]).attribute().requires(ITEM_OR_CONTENT),
    ai!("427", "ORIGIN SUBDIVISION", &[x_to(3)])
        .attribute()
        .requires(ITEM_OR_CONTENT)
        .also_requires(&["422"]),
];
