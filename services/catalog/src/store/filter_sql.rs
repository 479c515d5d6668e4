//! Filters as SQL. Both databases compare text byte by byte here, which is what [`Filter::matches`] does.

use database::Backend;
use rpc::filter::{Filter, Operator, Term, Test};
use sea_orm::sea_query::{Expr, Func, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ExprTrait};

use super::table::Table;

pub(super) fn condition<R: Table>(filter: &Filter, backend: Backend) -> Condition {
    filter.terms().iter().fold(Condition::all(), |all, term| all.add(compare::<R>(term, backend)))
}

fn compare<R: Table>(term: &Term, backend: Backend) -> Condition {
    // A field without a column cannot be in the filter: it was read against the table's own fields.
    let Some(column) = R::column(term.field) else { return Condition::all() };
    match &term.test {
        Test::Text(operator, value) => Condition::all().add(compare_text(column, *operator, value)),
        Test::Contains(part) => Condition::all().add(position(column, part, backend).gt(0)),
        // The first comparison is implied by the second; an index can use it.
        Test::StartsWith(part) => {
            Condition::all().add(column.gte(part.as_str())).add(starts_with(column, part))
        }
        Test::EndsWith(part) => Condition::all().add(ends_with(column, part, backend)),
        // No field of the catalog is a number.
        Test::Decimal(..) => Condition::all().add(Expr::value(false)),
    }
}

fn compare_text(column: impl ColumnTrait, operator: Operator, value: &str) -> SimpleExpr {
    match operator {
        Operator::Equal => column.eq(value),
        Operator::NotEqual => column.ne(value),
        Operator::Less => column.lt(value),
        Operator::LessOrEqual => column.lte(value),
        Operator::Greater => column.gt(value),
        Operator::GreaterOrEqual => column.gte(value),
    }
}

/// Where `part` begins, from 1; 0 when it is not there.
fn position(column: impl ColumnTrait, part: &str, backend: Backend) -> SimpleExpr {
    let name = match backend {
        Backend::Sqlite => "instr",
        Backend::Postgres => "strpos",
    };
    Func::cust(name).arg(column.into_expr()).arg(part).into()
}

fn starts_with(column: impl ColumnTrait, part: &str) -> SimpleExpr {
    let start = Func::cust("substr").arg(column.into_expr()).arg(1).arg(characters(part));
    SimpleExpr::from(start).eq(part)
}

fn ends_with(column: impl ColumnTrait, part: &str, backend: Backend) -> SimpleExpr {
    let end = match backend {
        Backend::Sqlite => {
            Func::cust("substr").arg(column.into_expr()).arg(characters(part).saturating_neg())
        }
        Backend::Postgres => Func::cust("right").arg(column.into_expr()).arg(characters(part)),
    };
    SimpleExpr::from(end).eq(part)
}

fn characters(part: &str) -> i32 {
    i32::try_from(part.chars().count()).unwrap_or(i32::MAX)
}
