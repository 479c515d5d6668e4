use super::blank::blank;

/// A Rust file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path from the repository's root.
    pub path: String,
    /// Whether all of it is test code: below a `tests` folder, or a file of tests beside the code.
    pub is_test: bool,
    lines: Vec<Line>,
}

/// A line of a Rust file.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its code: without comments, and without what stands in strings.
    pub code: String,
    /// Whether it is test code.
    pub is_test: bool,
}

impl Source {
    /// Reads a file.
    #[must_use]
    pub fn read(path: &str, text: &str) -> Self {
        let is_test = is_test_file(path);
        let mut in_test_module = false;
        let mut lines = Vec::new();
        let mut pending = false;
        for (number, code) in (1..).zip(blank(text).lines()) {
            if pending && code.starts_with("mod ") && code.trim_end().ends_with('{') {
                in_test_module = true;
            }
            pending = code.trim_end() == "#[cfg(test)]" || (pending && code.trim_start().starts_with("#["));
            lines.push(Line { number, code: code.to_owned(), is_test: is_test || in_test_module || pending });
            in_test_module &= code.trim_end() != "}";
        }
        Self { path: path.to_owned(), is_test, lines }
    }

    /// Every line.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// The lines of production code.
    pub fn production(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.is_test)
    }

    /// The lines of test code.
    pub fn tests(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_test)
    }
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.contains("/tests/") || name == "tests.rs" || name.ends_with("_tests.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_modules_are_told_from_production_code() {
        let source = Source::read(
            "libs/a/src/b.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n",
        );
        let production: Vec<_> = source.production().map(|line| line.number).collect();
        assert_eq!(production, [1, 6]);
        assert!(Source::read("libs/a/tests/it/main.rs", "").is_test);
        assert!(Source::read("libs/a/src/item_tests.rs", "").is_test);
        assert!(!Source::read("tests/tidy/src/lib.rs", "").is_test);
    }
}
