use super::coupon_fields::Fields;
use super::date::{date, two_digits};
use super::linter::Broken;
use crate::ReferenceYear;
use crate::error::CouponField::{
    AdditionalRules, CompanyPrefix, DontMultiply, ExpirationDate, FamilyCode, OfferCode, OtherCompanyPrefix,
    Requirement, RequirementCode, Retailer, SaveValue, SaveValueCode, SaveValueItem, SerialNumber, StartDate,
    StoreCoupon,
};

/// A length digit that says nothing is there.
const NONE: u8 = 9;

/// North American coupon code (GS1 General Specifications, AI 8110): who offers, what is saved, what must be bought, and
/// numbered optional fields in their order.
pub(super) fn coupon(part: &str, year: ReferenceYear) -> Result<(), Broken> {
    let mut fields = Fields::open(part)?;
    fields.sized("0123456", 6, CompanyPrefix)?;
    fields.take(6, OfferCode)?;
    fields.sized("12345", 0, SaveValue)?;
    purchase(&mut fields)?;
    if fields.begins('1') {
        fields.code("0123", AdditionalRules)?;
        purchase(&mut fields)?;
        other_company(&mut fields)?;
    }
    if fields.begins('2') {
        purchase(&mut fields)?;
        other_company(&mut fields)?;
    }
    dates(&mut fields, year)?;
    if fields.begins('5') {
        fields.sized("0123456789", 6, SerialNumber)?;
    }
    if fields.begins('6') {
        fields.sized("1234567", 6, Retailer)?;
    }
    if fields.begins('9') {
        fields.code("01256", SaveValueCode)?;
        fields.code("012", SaveValueItem)?;
        fields.take(1, StoreCoupon)?;
        fields.code("01", DontMultiply)?;
    }
    fields.close()
}

/// How much must be bought, and of what.
fn purchase(fields: &mut Fields<'_>) -> Result<(), Broken> {
    fields.sized("12345", 0, Requirement)?;
    fields.code("012349", RequirementCode)?;
    fields.take(3, FamilyCode)?;
    Ok(())
}

/// The company of another purchase, unless it is the first one's.
fn other_company(fields: &mut Fields<'_>) -> Result<(), Broken> {
    let length = fields.code("01234569", OtherCompanyPrefix)?;
    if length != NONE {
        fields.take(usize::from(length).saturating_add(6), OtherCompanyPrefix)?;
    }
    Ok(())
}

fn dates(fields: &mut Fields<'_>, year: ReferenceYear) -> Result<(), Broken> {
    let mut expires = None;
    if fields.begins('3') {
        let broken = fields.broken(ExpirationDate);
        let text = fields.take(6, ExpirationDate)?;
        date(text, year).map_err(|_| broken)?;
        expires = Some(comparable(text, year));
    }
    if fields.begins('4') {
        let broken = fields.broken(StartDate);
        let text = fields.take(6, StartDate)?;
        date(text, year).map_err(|_| broken)?;
        if expires.is_some_and(|expires| expires < comparable(text, year)) {
            return Err(broken);
        }
    }
    Ok(())
}

/// Year, then month and day: in the order of time.
fn comparable(date: &str, year: ReferenceYear) -> (Option<u16>, Option<&str>) {
    (two_digits(date, 0).map(|two| year.full(two)), date.get(2..))
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;
    use crate::ReferenceYear;

    /// Company 0614141, offer 123456, save 1.50, buy one of family 000.
    const PLAIN: &str = "106141411234563150110000";

    /// What follows the plain coupon, and what is wrong with it.
    fn check_after(row: &str) {
        check(Linter::Coupon, &format!("{PLAIN}{row}"));
    }

    #[test]
    fn a_plain_coupon() {
        check_after(" | ok");
        check(Linter::Coupon, "1061414112345631501A0000 | NON_DIGIT_CHARACTER 19");
        check(Linter::Coupon, "706141411234563150110000 | COUPON 0");
        for cut in 1..PLAIN.len() {
            let part = PLAIN.get(..cut).unwrap();
            assert!(Linter::Coupon.check(part, ReferenceYear::parse(2026).unwrap()).is_err(), "{part}");
        }
    }

    #[test]
    fn further_purchases() {
        check_after("101100009 | ok");
        check_after("1011000090 | COUPON 33");
        check_after("141100009 | COUPON 25");
        check_after("100100009 | COUPON 26");
        check_after("101150009 | COUPON 28");
        check_after("101100007 | COUPON 32");
        check_after("1011000010614141 | ok");
        check_after("101100001061414 | COUPON 33");
        check_after("21100009 | ok");
        check_after("10110000921100009 | ok");
        check_after("21100009101100009 | COUPON 32");
    }

    #[test]
    fn dates_are_dates_in_their_order() {
        check_after("3261231 | ok");
        check_after("3261331 | COUPON 25");
        check_after("326123 | COUPON 25");
        check_after("4260100 | COUPON 25");
        check_after("32612314260101 | ok");
        check_after("32601014261231 | COUPON 32");
        check_after("37601014770101 | ok");
        check_after("42601013261231 | COUPON 31");
    }

    #[test]
    fn the_last_fields() {
        check_after("50123456 | ok");
        check_after("5012345 | COUPON 26");
        check_after("610614141 | ok");
        check_after("600614141 | COUPON 25");
        check_after("90101 | ok");
        check_after("93000 | COUPON 25");
        check_after("90300 | COUPON 26");
        check_after("90002 | COUPON 28");
        check_after("9000 | COUPON 28");
        check_after("7 | COUPON 24");
        check_after("5012345661061414190101 | ok");
    }
}
