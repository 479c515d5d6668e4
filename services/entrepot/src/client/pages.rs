use crate::output::Failure;

/// A page of a list: its rows, and the token of the next page.
pub(crate) type Page<T> = (Vec<T>, String);

const PAGE_SIZE_MAX: usize = 1000;

/// Fetches page after page until there is none left or `limit` rows are there. `fetch` gets the page size and the page token.
pub(crate) async fn pages<T>(
    limit: Option<usize>,
    fetch: impl AsyncFn(i32, String) -> Result<Page<T>, Failure>,
) -> Result<Vec<T>, Failure> {
    let limit = limit.unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    let mut token = String::new();
    loop {
        let wanted = limit.saturating_sub(rows.len()).min(PAGE_SIZE_MAX);
        if wanted == 0 {
            return Ok(rows);
        }
        let (page, next) = fetch(i32::try_from(wanted).unwrap_or(i32::MAX), token).await?;
        rows.extend(page);
        if next.is_empty() {
            rows.truncate(limit);
            return Ok(rows);
        }
        token = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn of_numbers(total: usize, limit: Option<usize>) -> Vec<usize> {
        let rows = pages(limit, async |size, token| {
            let start: usize = token.parse().unwrap_or(0);
            let end = total.min(start + usize::try_from(size).unwrap());
            let next = if end < total { end.to_string() } else { String::new() };
            Ok(((start..end).collect(), next))
        });
        rows.await.unwrap()
    }

    #[tokio::test]
    async fn all_pages_or_up_to_the_limit() {
        for (total, limit, expected) in
            [(2500, None, 2500), (2500, Some(1500), 1500), (3, Some(10), 3), (0, None, 0), (5, Some(0), 0)]
        {
            assert_eq!(of_numbers(total, limit).await, (0..expected).collect::<Vec<_>>());
        }
    }
}
