use std::collections::BTreeSet;

/// A link in a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its line, from 1.
    pub line: usize,
    /// Where it points to, as written.
    pub target: String,
}

/// The inline links of a Markdown text, outside code.
#[must_use]
pub fn links(markdown: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for (line, text) in prose(markdown) {
        let mut rest = text.as_str();
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, tail)) = after.split_once(')') else { break };
            found.push(Link { line, target: target.to_owned() });
            rest = tail;
        }
    }
    found
}

/// The anchors that a Markdown text's headings make, as GitHub makes them.
#[must_use]
pub fn anchors(markdown: &str) -> BTreeSet<String> {
    let headings = prose(markdown).into_iter().filter(|(_, text)| text.starts_with('#'));
    headings.map(|(_, text)| slug(text.trim_start_matches('#').trim())).collect()
}

fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The lines outside fenced code, numbered from 1, without what stands between backticks.
fn prose(markdown: &str) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(markdown.lines()) {
        if text.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((number, text.split('`').step_by(2).collect()));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_outside_code() {
        let found = links("a [b](c.md) and [d](e.md#f)\n```\n[no](x)\n```\n`[no](y)` [z](z)");
        let found: Vec<_> = found.into_iter().map(|link| (link.line, link.target)).collect();
        assert_eq!(found, [(1, "c.md".to_owned()), (1, "e.md#f".to_owned()), (5, "z".to_owned())]);
    }

    #[test]
    fn headings_make_anchors() {
        let anchors = anchors("# The walk: of one, movement\n## A_b-c");
        assert_eq!(anchors.into_iter().collect::<Vec<_>>(), ["a_b-c", "the-walk-of-one-movement"]);
    }
}
