use super::coupon_fields::Fields;
use super::linter::Broken;
use crate::error::CouponField::{CompanyPrefix, Format, OfferCode, SerialNumber};

/// Positive offer file coupon code (GS1 General Specifications, AI 8112): format, who funds it, the offer, and its serial
/// number.
pub(super) fn coupon_offer(part: &str) -> Result<(), Broken> {
    let mut fields = Fields::open(part)?;
    fields.code("01", Format)?;
    fields.sized("0123456", 6, CompanyPrefix)?;
    fields.take(6, OfferCode)?;
    fields.sized("0123456789", 6, SerialNumber)?;
    fields.close()
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn offers() {
        check(Linter::CouponOffer, "010614141123456012345 6 | NON_DIGIT_CHARACTER 21");
        check(Linter::CouponOffer, "0106141411234560123456 | ok");
        check(Linter::CouponOffer, "1106141411234561 1234567 | NON_DIGIT_CHARACTER 16");
        check(Linter::CouponOffer, "11061414112345611234567 | ok");
        check(Linter::CouponOffer, "2106141411234560123456 | COUPON 0");
        check(Linter::CouponOffer, "0706141411234560123456 | COUPON 1");
        check(Linter::CouponOffer, "01061414112345601234567 | COUPON 22");
        check(Linter::CouponOffer, "010614141123456012345 | COUPON 16");
        check(Linter::CouponOffer, "0 | COUPON 1");
    }
}
