use super::linter::Broken;
use crate::error::{CouponField, Rule};

/// Reads the fields of a coupon's code one after the other.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Fields<'a> {
    /// A coupon's code has only digits.
    pub(super) fn open(part: &'a str) -> Result<Self, Broken> {
        match part.bytes().position(|byte| !byte.is_ascii_digit()) {
            Some(at) => Err(Broken::at(at, Rule::NonDigit)),
            None => Ok(Self { rest: part, at: 0 }),
        }
    }

    /// So many digits.
    pub(super) fn take(&mut self, length: usize, field: CouponField) -> Result<&'a str, Broken> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.broken(field))?;
        self.rest = rest;
        self.at = self.at.saturating_add(length);
        Ok(taken)
    }

    /// One digit, of those that are allowed.
    pub(super) fn code(&mut self, allowed: &str, field: CouponField) -> Result<u8, Broken> {
        let broken = self.broken(field);
        let digit = self.take(1, field)?;
        let value = if allowed.contains(digit) { digit.parse().ok() } else { None };
        value.ok_or(broken)
    }

    /// A digit for the length, then as many digits as it says and `more`.
    pub(super) fn sized(
        &mut self,
        lengths: &str,
        more: usize,
        field: CouponField,
    ) -> Result<&'a str, Broken> {
        let length = self.code(lengths, field)?;
        self.take(usize::from(length).saturating_add(more), field)
    }

    /// Whether the optional field with this number follows.
    pub(super) fn begins(&mut self, number: char) -> bool {
        match self.rest.strip_prefix(number) {
            Some(rest) => {
                self.rest = rest;
                self.at = self.at.saturating_add(1);
                true
            }
            None => false,
        }
    }

    /// Nothing may be left.
    pub(super) fn close(self) -> Result<(), Broken> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.broken(CouponField::Excess)) }
    }

    /// The field is broken where reading stands.
    pub(super) const fn broken(&self, field: CouponField) -> Broken {
        Broken::at(self.at, Rule::Coupon(field))
    }
}
