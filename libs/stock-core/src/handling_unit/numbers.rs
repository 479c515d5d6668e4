use std::collections::BTreeMap;

use gs1::CompanyPrefix;
use vocabulary::Sscc;

/// The numbers that an extension digit and a company prefix make (GS1 General Specifications 3.3.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberSeries {
    /// The company's.
    pub company_prefix: CompanyPrefix,
    /// 0 to 9.
    pub extension_digit: u8,
}

/// Where the numbers of new units come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRange {
    /// Which numbers.
    pub series: NumberSeries,
    /// The serial reference of the next number.
    pub next: u64,
    /// The serial reference of the last number.
    pub last: u64,
}

/// The numbers that a warehouse has given to units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// By series: every serial reference below was given.
    pub(crate) marks: BTreeMap<NumberSeries, u64>,
    /// The series that numbers are taken from, and its last serial reference.
    pub(crate) current: Option<(NumberSeries, u64)>,
}

impl NumberSeries {
    /// The number with a serial reference; nothing when there is no room for it.
    pub fn sscc(&self, reference: u64) -> Option<Sscc> {
        self.company_prefix.sscc(self.extension_digit, reference).ok()
    }

    /// The serial reference of a number of this series.
    pub fn reference(&self, sscc: &Sscc) -> Option<u64> {
        self.company_prefix.sscc_reference(self.extension_digit, sscc)
    }

    /// Whether the two have a number in common.
    fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.company_prefix.as_str(), other.company_prefix.as_str());
        self.extension_digit == other.extension_digit && (a.starts_with(b) || b.starts_with(a))
    }
}

impl Numbers {
    /// The range as it is now.
    pub(crate) fn range(&self) -> Option<NumberRange> {
        let (series, last) = self.current.clone()?;
        let next = self.marks.get(&series).copied().unwrap_or_default();
        Some(NumberRange { series, next, last })
    }

    /// Whether a number was given: it lies below the mark of its series.
    pub(crate) fn has_given(&self, sscc: &Sscc) -> bool {
        self.marks.iter().any(|(series, mark)| series.reference(sscc).is_some_and(|given| given < *mark))
    }

    /// Takes numbers from another range; what was given stays given.
    ///
    /// # Errors
    /// The serial reference that a range of this series may start at; nothing when the series overlaps another one.
    pub(crate) fn set(&mut self, range: &NumberRange) -> Result<(), Option<u64>> {
        let NumberRange { series, next, last } = range;
        if self.marks.keys().any(|known| known != series && known.overlaps(series)) {
            return Err(None);
        }
        let mark = self.marks.entry(series.clone()).or_insert(*next);
        if next < mark {
            return Err(Some(*mark));
        }
        *mark = *next;
        self.current = Some((series.clone(), *last));
        Ok(())
    }

    /// The next number, which from now on is given; nothing when the range has ended.
    pub(crate) fn take(&mut self) -> Option<Sscc> {
        let range = self.range().filter(|range| range.next <= range.last)?;
        let sscc = range.series.sscc(range.next)?;
        self.give(&sscc);
        Some(sscc)
    }

    /// Every number of the current series up to this one is given from now on; false when it is none of them.
    pub(crate) fn give(&mut self, sscc: &Sscc) -> bool {
        let Some((series, _)) = &self.current else { return false };
        let Some(reference) = series.reference(sscc) else { return false };
        let mark = self.marks.entry(series.clone()).or_default();
        *mark = (*mark).max(reference.saturating_add(1));
        true
    }
}
