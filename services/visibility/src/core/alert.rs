use std::fmt;

use vocabulary::{
    Date, Invalid, LocationCode, LotCode, PartyCode, ReservationId, SerialNumber, Sku, Timestamp,
};

use super::Total;

/// Goes between the parts of a key. No code contains it.
const BETWEEN: char = '\0';
/// Sorts behind everything that a key goes on with.
const BEHIND: char = '\u{1}';

/// What somebody should look at. Those that depend on the clock are kept before they are due: then they open without anything being
/// written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Of what, and about what.
    pub key: AlertKey,
    /// How much it is about: what is available, there or promised.
    pub quantity: Total,
}

/// What an alert is about. One at a time has a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKey {
    /// Less of an item is available than its minimum.
    BelowMinimum {
        /// The item.
        sku: Sku,
        /// The rule.
        minimum: Total,
    },
    /// Something is there of a lot that expires soon, or has.
    Expiring {
        /// When.
        expiry: Date,
        /// The item.
        sku: Sku,
        /// The lot.
        lot: LotCode,
    },
    /// Less than nothing is at a place, of an item whose policy allows that.
    Negative {
        /// The item.
        sku: Sku,
        /// The place.
        location: LocationCode,
    },
    /// A promise ends by itself soon.
    ReservationExpiring {
        /// When.
        expires_at: Timestamp,
        /// The item.
        sku: Sku,
        /// The promise.
        reservation: ReservationId,
        /// Whose it is.
        holder: Option<PartyCode>,
    },
    /// Several warehouses have a unit of the same number. No view of a warehouse knows that: it is found by looking at all.
    DuplicateSerial {
        /// The item.
        sku: Sku,
        /// The number.
        serial: SerialNumber,
    },
}

/// A kind of alert. Their keys sort in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// See [`AlertKey::BelowMinimum`].
    BelowMinimum,
    /// See [`AlertKey::Expiring`].
    Expiring,
    /// See [`AlertKey::Negative`].
    Negative,
    /// See [`AlertKey::ReservationExpiring`].
    ReservationExpiring,
    /// See [`AlertKey::DuplicateSerial`].
    DuplicateSerial,
}

/// Until when something must be due to be told: a lot's last day, and a promise's last instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Lots that expire on this day or before.
    pub day: Date,
    /// Promises that end at this instant or before.
    pub time: Timestamp,
}

impl Due {
    /// What is due at `now`, which is `today` at the warehouse, looking so many days ahead for lots and so many microseconds for promises.
    pub fn at(now: Timestamp, today: Date, days: u32, micros: i64) -> Self {
        // A day after the last of the calendar is the last.
        let day = today.plus_days(days).or_else(|| Date::parse("9999-12-31").ok()).unwrap_or(today);
        let time = Timestamp::from_micros(now.micros().saturating_add(micros)).unwrap_or(now);
        Self { day, time }
    }
}

impl AlertKind {
    /// In the order of their keys.
    pub const ALL: [Self; 5] = [
        Self::BelowMinimum,
        Self::Expiring,
        Self::Negative,
        Self::ReservationExpiring,
        Self::DuplicateSerial,
    ];
    /// Those that the view of a warehouse keeps.
    pub const KEPT: [Self; 4] =
        [Self::BelowMinimum, Self::Expiring, Self::Negative, Self::ReservationExpiring];

    /// What its keys begin with.
    const fn letter(self) -> char {
        match self {
            Self::BelowMinimum => 'B',
            Self::Expiring => 'E',
            Self::Negative => 'N',
            Self::ReservationExpiring => 'R',
            Self::DuplicateSerial => 'S',
        }
    }

    /// Its name, in metrics and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BelowMinimum => "below_minimum",
            Self::Expiring => "expiring",
            Self::Negative => "negative",
            Self::ReservationExpiring => "reservation_expiring",
            Self::DuplicateSerial => "duplicate_serial",
        }
    }

    /// All keys of this kind: from the first on, and before the second.
    pub fn whole(self) -> (String, String) {
        (format!("{}{BETWEEN}", self.letter()), format!("{}{BEHIND}", self.letter()))
    }

    /// The keys of this kind that are due: from the first on, and before the second.
    pub fn range(self, due: Due) -> (String, String) {
        let (first, behind) = self.whole();
        let behind = match self {
            Self::BelowMinimum | Self::Negative | Self::DuplicateSerial => behind,
            Self::Expiring => format!("{first}{}{BEHIND}", due.day),
            Self::ReservationExpiring => format!("{first}{}{BEHIND}", sortable(due.time)),
        };
        (first, behind)
    }
}

impl AlertKey {
    /// Which kind.
    pub const fn kind(&self) -> AlertKind {
        match self {
            Self::BelowMinimum { .. } => AlertKind::BelowMinimum,
            Self::Expiring { .. } => AlertKind::Expiring,
            Self::Negative { .. } => AlertKind::Negative,
            Self::ReservationExpiring { .. } => AlertKind::ReservationExpiring,
            Self::DuplicateSerial { .. } => AlertKind::DuplicateSerial,
        }
    }

    /// The item it is about.
    pub const fn sku(&self) -> &Sku {
        match self {
            Self::BelowMinimum { sku, .. }
            | Self::Expiring { sku, .. }
            | Self::Negative { sku, .. }
            | Self::ReservationExpiring { sku, .. }
            | Self::DuplicateSerial { sku, .. } => sku,
        }
    }

    /// Whether it is open.
    pub fn is_due(&self, due: Due) -> bool {
        match self {
            Self::BelowMinimum { .. } | Self::Negative { .. } | Self::DuplicateSerial { .. } => true,
            Self::Expiring { expiry, .. } => *expiry <= due.day,
            Self::ReservationExpiring { expires_at, .. } => *expires_at <= due.time,
        }
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("key of an alert", text, "what this version writes");
        let parts: Vec<&str> = text.split(BETWEEN).collect();
        Ok(match parts[..] {
            ["B", sku, minimum] => {
                Self::BelowMinimum { sku: Sku::parse(sku)?, minimum: Total::parse(minimum)? }
            }
            ["E", expiry, sku, lot] => Self::Expiring {
                expiry: Date::parse(expiry)?,
                sku: Sku::parse(sku)?,
                lot: LotCode::parse(lot)?,
            },
            ["N", sku, location] => {
                Self::Negative { sku: Sku::parse(sku)?, location: LocationCode::parse(location)? }
            }
            ["R", micros, sku, reservation, ref holder @ ..] if holder.len() <= 1 => {
                Self::ReservationExpiring {
                    expires_at: Timestamp::from_micros(micros.parse().map_err(|_| invalid())?)?,
                    sku: Sku::parse(sku)?,
                    reservation: ReservationId::parse(reservation)?,
                    holder: holder.first().map(|holder| PartyCode::parse(holder)).transpose()?,
                }
            }
            ["S", sku, serial] => {
                Self::DuplicateSerial { sku: Sku::parse(sku)?, serial: SerialNumber::parse(serial)? }
            }
            _ => return Err(invalid()),
        })
    }
}

impl fmt::Display for AlertKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{BETWEEN}", self.kind().letter())?;
        match self {
            Self::BelowMinimum { sku, minimum } => write!(f, "{sku}{BETWEEN}{minimum}"),
            Self::Expiring { expiry, sku, lot } => write!(f, "{expiry}{BETWEEN}{sku}{BETWEEN}{lot}"),
            Self::Negative { sku, location } => write!(f, "{sku}{BETWEEN}{location}"),
            Self::ReservationExpiring { expires_at, sku, reservation, holder } => {
                write!(f, "{}{BETWEEN}{sku}{BETWEEN}{reservation}", sortable(*expires_at))?;
                holder.iter().try_for_each(|holder| write!(f, "{BETWEEN}{holder}"))
            }
            Self::DuplicateSerial { sku, serial } => write!(f, "{sku}{BETWEEN}{serial}"),
        }
    }
}

/// A time that sorts as text: no clock shows one before 1970.
fn sortable(time: Timestamp) -> String {
    format!("{:018}", time.micros().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(day: &str, micros: i64) -> Due {
        Due { day: Date::parse(day).unwrap(), time: Timestamp::from_micros(micros).unwrap() }
    }

    #[test]
    fn an_alert_is_open_when_it_is_due() {
        let due = due("2030-06-15", 5_000);
        for (key, expected) in [
            ("B|pen|5", true),
            ("E|2030-06-14|pen|L1", true),
            ("E|2030-06-15|pen|L1", true),
            ("E|2030-06-16|pen|L1", false),
            ("N|pen|MAIN", true),
            ("R|000000000000005000|pen|7-0", true),
            ("R|000000000000005001|pen|7-0", false),
            ("R|000000000000005000|pen|7-0|C-1", true),
            ("S|pen|S-1", true),
        ] {
            let key = key.replace('|', "\0");
            let alert = AlertKey::parse(&key).unwrap();
            assert_eq!(alert.to_string(), key);
            assert_eq!(alert.is_due(due), expected, "{key:?}");
            let (first, behind) = alert.kind().range(due);
            assert_eq!(*key >= *first && *key < *behind, expected, "the range of {key:?}");
            for other in AlertKind::ALL.into_iter().filter(|kind| *kind != alert.kind()) {
                let (first, behind) = other.range(due);
                assert!(*key < *first || *key >= *behind, "{key:?} is not {other:?}");
            }
        }
        for text in ["", "B", "B|pen", "E|2030-02-30|pen|L1", "X|pen", "R|x|pen|7-0", "R|1|pen|7-0|C-1|"] {
            assert!(AlertKey::parse(&text.replace('|', "\0")).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_due_looks_ahead_from_the_day() {
        let noon = Timestamp::from_micros(1_700_000_000_000_000).unwrap();
        let today = Date::parse("2023-11-14").unwrap();
        for (days, expected) in [(0, "2023-11-14"), (30, "2023-12-14"), (u32::MAX, "9999-12-31")] {
            assert_eq!(Due::at(noon, today, days, 7).day.to_string(), expected);
        }
        assert_eq!(Due::at(noon, today, 0, 7).time.micros(), 1_700_000_000_000_007);
    }
}
