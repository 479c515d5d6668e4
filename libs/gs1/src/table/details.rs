use super::part::{DATE, FULL_DATE, TIME, n, n_to, text, x, x_to};
use super::relation::{
    ITEM, ITEM_CONTENT_OR_PIECE, ITEM_OR_CONTENT, ITEM_OR_PIECE, RECIPIENT, SERVICE_RELATION, UNIT,
};
use super::row::{Row, ai};
use crate::lint::Linter::{
    CountryOr999, ImporterIndex, MediaType, PackageType, PositionInSequence, PrefixFirst, Sex,
};

/// Details of goods, of certificates and of patients: 7001 to 7259.
pub(super) const ROWS: &[Row] = &[
    ai!("7001", "NSN", &[n(13)]).attribute().requires(ITEM_CONTENT_OR_PIECE),
    ai!("7002", "MEAT CUT", &[x_to(30)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7003", "EXPIRY TIME", &[DATE, TIME]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7004", "ACTIVE POTENCY", &[n_to(4)]).attribute().requires(&["01+10"]),
    ai!("7005", "CATCH AREA", &[x_to(12)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7006", "FIRST FREEZE DATE", &[DATE]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7007", "HARVEST DATE", &[DATE, DATE.optional()]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7008", "AQUATIC SPECIES", &[x_to(3)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7009", "FISHING GEAR TYPE", &[x_to(10)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7010", "PROD METHOD", &[x_to(2)]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7011", "TEST BY DATE", &[DATE, TIME.optional()]).attribute().requires(ITEM_OR_CONTENT),
    ai!("7020", "REFURB LOT", &[x_to(20)]).attribute().requires(ITEM_OR_PIECE).also_requires(&["416"]),
    ai!("7021", "FUNC STAT", &[x_to(20)]).attribute().requires(ITEM_OR_PIECE),
    ai!("7022", "REV STAT", &[x_to(20)]).attribute().requires(&["7021"]),
    ai!("7023", "GIAI - ASSEMBLY", &[x_to(30).checked(&[PrefixFirst])]).attribute(),
    ai!("7030", "PROCESSOR # 0", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7031", "PROCESSOR # 1", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7032", "PROCESSOR # 2", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7033", "PROCESSOR # 3", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7034", "PROCESSOR # 4", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7035", "PROCESSOR # 5", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7036", "PROCESSOR # 6", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7037", "PROCESSOR # 7", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7038", "PROCESSOR # 8", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7039", "PROCESSOR # 9", &[n(3).checked(&[CountryOr999]), x_to(27)])
        .attribute()
        .requires(ITEM_OR_CONTENT),
    ai!("7040", "UIC+EXT", &[n(1), x(1), x(1), x(1).checked(&[ImporterIndex])]),
    ai!("7041", "UFRGT UNIT TYPE", &[x_to(4).checked(&[PackageType])]).requires(UNIT),
    ai!("710", "NHRN PZN", &[x_to(20)]).attribute().requires(ITEM),
    ai!("711", "NHRN CIP", &[x_to(20)]).attribute().requires(ITEM),
    ai!("712", "NHRN CN", &[x_to(20)]).attribute().requires(ITEM),
    ai!("713", "NHRN DRN", &[x_to(20)]).attribute().requires(ITEM),
    ai!("714", "NHRN AIM", &[x_to(20)]).attribute().requires(ITEM),
    ai!("715", "NHRN NDC", &[x_to(20)]).attribute().requires(ITEM),
    ai!("716", "NHRN AIC", &[x_to(20)]).attribute().requires(ITEM),
    ai!("717", "NHRN SRN", &[x_to(20)]).attribute().requires(ITEM),
    ai!("7230", "CERT # 1", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7231", "CERT # 2", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7232", "CERT # 3", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7233", "CERT # 4", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7234", "CERT # 5", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7235", "CERT # 6", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7236", "CERT # 7", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7237", "CERT # 8", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7238", "CERT # 9", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7239", "CERT # 10", &[x(2), x_to(28)]).attribute().requires(&["01", "8004"]),
    ai!("7240", "PROTOCOL", &[x_to(20)]).attribute().requires(ITEM_OR_PIECE),
    ai!("7241", "AIDC MEDIA TYPE", &[n(2).checked(&[MediaType])]).attribute().requires(SERVICE_RELATION),
    ai!("7242", "VCN", &[x_to(25)]).attribute().requires(SERVICE_RELATION),
    ai!("7250", "DOB", &[FULL_DATE]).attribute().requires(RECIPIENT).excludes(&["7251"]),
    ai!("7251", "DOB TIME", &[FULL_DATE, TIME]).attribute().requires(RECIPIENT).excludes(&["7250"]),
    ai!("7252", "BIO SEX", &[n(1).checked(&[Sex])]).attribute().requires(RECIPIENT),
    ai!("7253", "FAMILY NAME", &[text(40)])
        .attribute()
        .requires(SERVICE_RELATION)
        .excludes(&["7256", "7259"]),
    ai!("7254", "GIVEN NAME", &[text(40)]).attribute().requires(SERVICE_RELATION).excludes(&["7256", "7259"]),
    ai!("7255", "SUFFIX", &[x_to(10)]).attribute().requires(SERVICE_RELATION).excludes(&["7256", "7259"]),
    ai!("7256", "FULL NAME", &[text(90)]).attribute().requires(SERVICE_RELATION),
    ai!("7257", "PERSON ADDR", &[text(70)]).attribute().requires(RECIPIENT),
    ai!("7258", "BIRTH SEQUENCE", &[x(3).checked(&[PositionInSequence])])
        .attribute()
        .requires(&["8018+7259"]),
    ai!("7259", "BABY", &[text(40)]).attribute().requires(RECIPIENT).excludes(&["7256"]),
];
