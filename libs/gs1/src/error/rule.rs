use super::Reason;

macro_rules! rules {
    ($($name:ident $text:literal $meaning:literal)*) => {
        /// A rule that the characters or the content of a value can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $meaning] $name,)*
            /// A part of a coupon's code is missing, cut short, or holds what it must not.
            Coupon(CouponField),
        }

        impl Rule {
            /// All of them but those of coupons.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable name, for example `ILLEGAL_MONTH`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Coupon(_) => "COUPON",
                }
            }

            /// What it demands, for people.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                    Self::Coupon(field) => field.meaning(),
                }
            }
        }
    };
}

rules! {
    NonDigit "NON_DIGIT_CHARACTER" "only digits may stand here"
    NotCset82 "INVALID_CSET82_CHARACTER" "only letters, digits and !\"%&'()*+,-./:;<=>?_ may stand here"
    NotCset39 "INVALID_CSET39_CHARACTER" "only capital letters, digits and #-/ may stand here"
    NotCset64 "INVALID_CSET64_CHARACTER" "only letters, digits, - and _ may stand here"
    BadPadding "INVALID_CSET64_PADDING" "no, one or two = may fill up the end, to a length that three divides"
    BadCheckDigit "INCORRECT_CHECK_DIGIT" "the check digit does not fit: scan or key it in again"
    BadCheckPair "INCORRECT_CHECK_PAIR" "the two check characters do not fit: scan or key it in again"
    TooShortForCheckPair "TOO_SHORT_FOR_CHECK_PAIR" "it must end with two check characters"
    TooShortForPrefix "TOO_SHORT_FOR_GCP" "it must begin with a GS1 company prefix, four digits at least"
    BadPrefix "INVALID_GCP_PREFIX" "it must begin with a GS1 company prefix: four digits"
    BadImporterIndex "INVALID_IMPORT_IDX_CHARACTER" "the importer index must be a letter, a digit, - or _"
    AllZero "ILLEGAL_ZERO_VALUE" "it must not be zero"
    NotZero "NOT_ZERO" "it must be zero"
    ZeroPrefix "ILLEGAL_ZERO_PREFIX" "it must not begin with a zero"
    NotYesNo "NOT_ZERO_OR_ONE" "it must be 0 (no) or 1 (yes)"
    BadWinding "INVALID_WINDING_DIRECTION" "the winding direction must be 0, 1 or 9"
    NotCountry "NOT_ISO3166" "it must be the number of a country (ISO 3166)"
    NotCountryOr999 "NOT_ISO3166_OR_999" "it must be the number of a country (ISO 3166), or 999"
    NotCountryLetters "NOT_ISO3166_ALPHA2" "it must be the two letters of a country (ISO 3166)"
    NotCurrency "NOT_ISO4217" "it must be the number of a currency (ISO 4217)"
    IbanTooShort "IBAN_TOO_SHORT" "an IBAN has more than ten characters"
    BadIbanCharacter "INVALID_IBAN_CHARACTER" "an IBAN has only capital letters and digits"
    BadIbanCountry "ILLEGAL_IBAN_COUNTRY_CODE" "an IBAN begins with the two letters of a country"
    BadIbanChecksum "INCORRECT_IBAN_CHECKSUM" "the IBAN's check digits do not fit: key it in again"
    BadMonth "ILLEGAL_MONTH" "the month must be 01 to 12"
    BadDay "ILLEGAL_DAY" "the month has no such day"
    BadHour "ILLEGAL_HOUR" "the hour must be 00 to 23"
    BadMinute "ILLEGAL_MINUTE" "the minute must be 00 to 59"
    BadSecond "ILLEGAL_SECOND" "the second must be 00 to 59"
    PieceZero "ZERO_PIECE_NUMBER" "pieces are numbered from 1"
    TotalZero "ZERO_TOTAL_PIECES" "there is at least one piece"
    PieceAboveTotal "PIECE_NUMBER_EXCEEDS_TOTAL" "the piece's number must not exceed the number of pieces"
    BadPercentSequence "INVALID_PERCENT_SEQUENCE" "two hexadecimal digits must follow %; write %25 for a percent sign"
    BadLatitude "INVALID_LATITUDE" "the latitude must be 0000000000 to 1800000000"
    BadLongitude "INVALID_LONGITUDE" "the longitude must be 0000000000 to 3600000000"
    NotHyphen "NOT_HYPHEN" "only a hyphen may stand here, for below zero"
    BadSex "INVALID_BIOLOGICAL_SEX_CODE" "the code must be 0, 1, 2 or 9 (ISO/IEC 5218)"
    BadPosition "POSITION_IN_SEQUENCE_MALFORMED" "it must be position/end, for example 1/2"
    PositionAboveEnd "POSITION_EXCEEDS_END" "the position must not exceed the end"
    BadMediaType "INVALID_MEDIA_TYPE" "the media type must be 01 to 10 or 80 to 99"
    BadPackageType "INVALID_PACKAGE_TYPE" "it must be a code of GS1's list of package types"
    OnlyDigits "REQUIRES_NON_DIGIT_CHARACTER" "one character at least must not be a digit"
}

impl Rule {
    /// The coarser reason that it counts as.
    pub(super) const fn reason_name(self) -> &'static str {
        if matches!(
            self,
            Self::NonDigit | Self::NotCset82 | Self::NotCset39 | Self::NotCset64 | Self::BadPadding
        ) {
            "bad_character"
        } else if matches!(
            self,
            Self::BadCheckDigit | Self::BadCheckPair | Self::TooShortForCheckPair | Self::BadIbanChecksum
        ) {
            "bad_check_digit"
        } else if matches!(
            self,
            Self::BadMonth | Self::BadDay | Self::BadHour | Self::BadMinute | Self::BadSecond
        ) {
            "bad_date"
        } else {
            "bad_value"
        }
    }
}

impl From<Rule> for Reason {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

macro_rules! coupon_fields {
    ($($name:ident $meaning:literal)*) => {
        /// A part of a coupon's code (GS1 General Specifications, AIs 8110 and 8112).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CouponField {
            $(#[doc = $meaning] $name,)*
        }

        impl CouponField {
            const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

coupon_fields! {
    Format "the coupon's format must be 0 or 1"
    CompanyPrefix "the coupon's company prefix must be a length digit 0 to 6, then six digits more than it says"
    OfferCode "the coupon's offer code must be six digits"
    SaveValue "the coupon's save value must be a length digit 1 to 5, then so many digits"
    Requirement "the coupon's purchase requirement must be a length digit 1 to 5, then so many digits"
    RequirementCode "the coupon's purchase requirement code must be 0 to 4 or 9"
    FamilyCode "the coupon's family code must be three digits"
    AdditionalRules "the coupon's additional purchase rules code must be 0 to 3"
    OtherCompanyPrefix "another purchase's company prefix must be 9, or a length digit 0 to 6 and six digits more than it says"
    ExpirationDate "the coupon's expiration date must be a date, YYMMDD"
    StartDate "the coupon's start date must be a date, YYMMDD, not after its expiration date"
    SerialNumber "the coupon's serial number must be a length digit, then six digits more than it says"
    Retailer "the coupon's retailer must be a length digit 1 to 7, then six digits more than it says"
    SaveValueCode "the coupon's save value code must be 0, 1, 2, 5 or 6"
    SaveValueItem "the coupon's save value must apply to item 0, 1 or 2"
    StoreCoupon "the coupon's store coupon flag must be a digit"
    DontMultiply "the coupon's do-not-multiply flag must be 0 or 1"
    Excess "nothing may follow the coupon's last field"
}
