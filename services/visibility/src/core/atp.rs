use vocabulary::Date;

use super::total::TotalOverflow;
use super::{Expected, Plan, Total};

/// The most days of one outlook.
pub const ATP_DAYS_MAX: u16 = 180;

/// 9999-12-31, in days since 1970: the calendar ends.
const LAST_DAY: i32 = 2_932_896;

/// Which days are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The day it is at the warehouse.
    pub today: Date,
    /// The first day asked for; one that is past means today.
    pub from: Date,
    /// How many, at most [`ATP_DAYS_MAX`].
    pub days: u16,
}

/// What can be promised of an item in a warehouse, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The first day.
    pub from: Date,
    /// What was expected before today and is still open. It counts from the first day on.
    pub overdue: Expected,
    /// What is expected from today on and before the first day, which counts from the first day on, too.
    pub earlier: Expected,
    /// One a day, the first one first.
    pub days: Vec<AtpDay>,
}

/// A day of an outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtpDay {
    /// What is expected on it.
    pub expected: Expected,
    /// What can be promised on it: what is available now, and all supply that is expected until then, without all demand.
    pub atp: Total,
    /// What can be promised on it and leaves enough for all that is expected later, also after the last day of the outlook: the least
    /// of its own and of every later day's. Less than nothing is missing.
    pub promisable: Total,
}

impl Horizon {
    fn first(self) -> Date {
        self.from.max(self.today)
    }
}

impl Outlook {
    /// Looks ahead from what is available now. Days after the year 9999 are left out.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a sum leaves the exact range.
    pub fn of(available: Total, plan: &Plan, horizon: Horizon) -> Result<Self, TotalOverflow> {
        let first = horizon.first();
        let overdue = plan.before(horizon.today)?;
        let earlier = plan.between(horizon.today, first)?;
        let start = available.checked_add(overdue.net()?)?.checked_add(earlier.net()?)?;
        let mut days = Vec::with_capacity(usize::from(horizon.days));
        let mut coming = plan.from(first).peekable();
        let mut atp = start;
        let asked = usize::from(horizon.days.min(ATP_DAYS_MAX));
        for day in (first.days()..=LAST_DAY).take(asked) {
            let expected = coming.next_if(|(next, _)| *next == day);
            let expected = expected.map_or(Expected::ZERO, |(_, expected)| expected);
            if !expected.is_zero() {
                atp = atp.checked_add(expected.net()?)?;
            }
            days.push(AtpDay { expected, atp, promisable: atp });
        }
        let mut least = atp;
        for (_, later) in coming {
            atp = atp.checked_add(later.net()?)?;
            least = least.min(atp);
        }
        for day in days.iter_mut().rev() {
            least = least.min(day.atp);
            day.promisable = least;
        }
        Ok(Self { from: first, overdue, earlier, days })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TODAY: i32 = 20_513;

    fn date(offset: i32) -> Date {
        Date::from_days(TODAY + offset).unwrap()
    }

    fn total(text: &str) -> Total {
        Total::parse(text).unwrap()
    }

    /// `DAY +SUPPLY`, `DAY ~IN_TRANSIT` or `DAY -DEMAND`, apart by commas; days count from today.
    fn plan(text: &str) -> Plan {
        let mut plan = Plan::default();
        for word in text.split(", ").filter(|word| !word.is_empty()) {
            let (day, amount) = word.split_once(' ').unwrap();
            let (sign, number) = amount.split_at(1);
            let expected = match sign {
                "+" => Expected { inbound: total(number), ..Expected::ZERO },
                "~" => Expected { in_transit: total(number), ..Expected::ZERO },
                _ => Expected { demand: total(number), ..Expected::ZERO },
            };
            plan.add(date(day.parse().unwrap()), expected).unwrap();
        }
        plan
    }

    /// `overdue SUPPLY/DEMAND, earlier SUPPLY/DEMAND: SUPPLY/DEMAND ATP PROMISABLE; …`
    fn show(outlook: &Outlook) -> String {
        let amounts = |expected: Expected| format!("{}/{}", expected.supply().unwrap(), expected.demand);
        let days = outlook.days.iter();
        let days = days.map(|day| format!("{} {} {}", amounts(day.expected), day.atp, day.promisable));
        let (overdue, earlier) = (amounts(outlook.overdue), amounts(outlook.earlier));
        format!("overdue {overdue}, earlier {earlier}: {}", days.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn what_can_be_promised_by_day() {
        for (available, expected, (from, days), outlook) in [
            // Nothing is expected.
            ("5", "", (0, 2), "overdue 0/0, earlier 0/0: 0/0 5 5; 0/0 5 5"),
            // Supply counts from its day on.
            ("5", "1 +3, 2 ~4", (0, 3), "overdue 0/0, earlier 0/0: 0/0 5 5; 3/0 8 8; 4/0 12 12"),
            // Demand keeps what is there from being promised before it.
            ("5", "2 -4", (0, 3), "overdue 0/0, earlier 0/0: 0/0 5 1; 0/0 5 1; 0/4 1 1"),
            // Supply in time frees it again; too late it does not.
            ("5", "1 +3, 2 -4", (0, 3), "overdue 0/0, earlier 0/0: 0/0 5 4; 3/0 8 4; 0/4 4 4"),
            ("5", "1 -4, 2 +3", (0, 3), "overdue 0/0, earlier 0/0: 0/0 5 1; 0/4 1 1; 3/0 4 4"),
            // A day has both.
            ("1", "0 +2, 0 -4", (0, 1), "overdue 0/0, earlier 0/0: 2/4 -1 -1"),
            // What is missing later is missing now.
            ("5", "1 -7", (0, 2), "overdue 0/0, earlier 0/0: 0/0 5 -2; 0/7 -2 -2"),
            // What is overdue counts from the first day on, and is told apart.
            ("5", "-9 +2, -1 -4, 0 +1", (0, 2), "overdue 2/4, earlier 0/0: 1/0 4 4; 0/0 4 4"),
            // A later first day has all that is expected before it.
            ("5", "-1 +2, 0 -1, 2 -3, 3 +4", (3, 2), "overdue 2/0, earlier 0/4: 4/0 7 7; 0/0 7 7"),
            // A first day that is past means today.
            ("5", "-1 +2, 0 -1", (-3, 2), "overdue 2/0, earlier 0/0: 0/1 6 6; 0/0 6 6"),
            // What is expected after the last day counts, too: promising it away would break that.
            ("5", "9 -4, 11 -2, 12 +9", (0, 2), "overdue 0/0, earlier 0/0: 0/0 5 -1; 0/0 5 -1"),
            ("-2", "", (0, 1), "overdue 0/0, earlier 0/0: 0/0 -2 -2"),
            ("0.5", "0 +0.25", (0, 1), "overdue 0/0, earlier 0/0: 0.25/0 0.75 0.75"),
        ] {
            let horizon = Horizon { today: date(0), from: date(from), days };
            let found = Outlook::of(total(available), &plan(expected), horizon).unwrap();
            assert_eq!(show(&found), outlook, "{available} with {expected}");
        }
    }

    #[test]
    fn the_calendar_ends() {
        let last = Date::parse("9999-12-31").unwrap();
        let horizon = Horizon { today: date(0), from: last, days: 9 };
        assert_eq!(Outlook::of(Total::ZERO, &Plan::default(), horizon).unwrap().days.len(), 1);
        let horizon = Horizon { today: date(0), from: date(0), days: u16::MAX };
        let days = Outlook::of(Total::ZERO, &Plan::default(), horizon).unwrap().days.len();
        assert_eq!(days, usize::from(ATP_DAYS_MAX));
    }

    /// Single expectations: day from today, direction, quantity.
    fn expectations() -> impl Strategy<Value = Vec<(i32, bool, u32)>> {
        prop::collection::vec((-20..220_i32, any::<bool>(), 1..50_u32), 0..60)
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_naive_sum(
            available in -20..100_i64, all in expectations(), from in -5..40_i32, days in 1..=180_u16,
        ) {
            let mut sums = Plan::default();
            for (day, is_supply, quantity) in &all {
                let sign = if *is_supply { '+' } else { '-' };
                let one = plan(&format!("{day} {sign}{quantity}"));
                let (day, expected) = one.from(date(-30)).next().unwrap();
                sums.add(Date::from_days(day).unwrap(), expected).unwrap();
            }
            let horizon = Horizon { today: date(0), from: date(from), days };
            let found = Outlook::of(total(&available.to_string()), &sums, horizon).unwrap();
            let first = from.max(0);
            prop_assert_eq!(found.from, date(first));
            prop_assert_eq!(found.days.len(), usize::from(days));
            let until = |day: i32| -> i64 {
                let each = all.iter().filter(|(on, _, _)| *on <= day);
                available + each.map(|(_, is_supply, n)| i64::from(*n) * if *is_supply { 1 } else { -1 }).sum::<i64>()
            };
            for (number, day) in (0..).zip(&found.days) {
                let at = first + number;
                prop_assert_eq!(day.atp.to_text(), until(at).to_string());
                let least = (at..=250).map(until).min().unwrap();
                prop_assert_eq!(day.promisable.to_text(), least.to_string());
            }
        }
    }
}
