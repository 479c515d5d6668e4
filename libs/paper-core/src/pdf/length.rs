use std::num::Saturating;

/// A length in hundredths of a point, of which 72 are an inch. What is too far stays at the edge of the world.
pub(super) type Length = Saturating<i32>;

/// Whole points.
pub(super) const fn pt(points: i32) -> Length {
    Saturating(points.saturating_mul(100))
}

/// Hundredths of points.
pub(super) const fn hundredths(count: i32) -> Length {
    Saturating(count)
}

/// One of so many parts of it; nothing of none.
pub(super) fn part_of(whole: Length, parts: Length) -> Length {
    Saturating(whole.0.checked_div(parts.0).unwrap_or(0))
}

/// As many as there are of something.
pub(super) fn times(count: usize) -> Length {
    Saturating(i32::try_from(count).unwrap_or(i32::MAX))
}
