use std::iter::Peekable;
use std::str::Chars;

/// The code of a Rust file: comments and the contents of strings and characters become spaces; lines stay where they are.
pub(super) fn blank(text: &str) -> String {
    let mut blanker =
        Blanker { rest: text.chars().peekable(), code: String::with_capacity(text.len()), last: ' ' };
    blanker.run();
    blanker.code
}

struct Blanker<'a> {
    rest: Peekable<Chars<'a>>,
    code: String,
    last: char,
}

impl Blanker<'_> {
    fn run(&mut self) {
        while let Some(c) = self.rest.next() {
            let starts_word = !(self.last.is_alphanumeric() || self.last == '_');
            match (c, self.rest.peek()) {
                ('/', Some('/')) => self.skip_line(),
                ('/', Some('*')) => self.skip_comment(),
                ('"', _) => self.skip_string(),
                ('r', Some('"' | '#')) if starts_word || self.last == 'b' => self.skip_raw_string(),
                ('\'', _) => self.skip_character(),
                (c, _) => self.keep(c),
            }
        }
    }

    fn keep(&mut self, c: char) {
        self.code.push(c);
        self.last = c;
    }

    fn hide(&mut self, c: char) {
        self.code.push(if c == '\n' { '\n' } else { ' ' });
        self.last = ' ';
    }

    fn skip_line(&mut self) {
        self.hide('/');
        while let Some(c) = self.rest.next_if(|c| *c != '\n') {
            self.hide(c);
        }
    }

    fn skip_comment(&mut self) {
        let mut depth = 1_u32;
        let mut before = ' ';
        self.hide('/');
        self.rest.next();
        self.hide('*');
        while depth > 0 {
            let Some(c) = self.rest.next() else { return };
            match (before, c) {
                ('*', '/') => depth = depth.saturating_sub(1),
                ('/', '*') => depth = depth.saturating_add(1),
                (_, _) => {}
            }
            before = if matches!((before, c), ('*', '/') | ('/', '*')) { ' ' } else { c };
            self.hide(c);
        }
    }

    fn skip_string(&mut self) {
        self.keep('"');
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => {
                    self.hide(c);
                    self.rest.next().into_iter().for_each(|escaped| self.hide(escaped));
                }
                '"' => return self.keep(c),
                c => self.hide(c),
            }
        }
    }

    /// After `r`: hashes, a quote, and everything up to a quote with as many hashes. A raw identifier has no quote.
    fn skip_raw_string(&mut self) {
        self.keep('r');
        let mut hashes = 0_usize;
        while self.rest.next_if_eq(&'#').is_some() {
            hashes = hashes.saturating_add(1);
            self.keep('#');
        }
        if self.rest.next_if_eq(&'"').is_none() {
            return;
        }
        self.keep('"');
        let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        let mut tail = String::new();
        while !tail.ends_with(&end) {
            let Some(c) = self.rest.next() else { return };
            tail.push(c);
            self.hide(c);
        }
    }

    /// A character (`'x'`, `'\n'`) or a lifetime (`'a`), which has no second quote after one letter.
    fn skip_character(&mut self) {
        self.keep('\'');
        match self.rest.next() {
            Some('\\') => {
                self.hide('\\');
                self.rest.next().into_iter().for_each(|escaped| self.hide(escaped));
                while let Some(c) = self.rest.next_if(|c| *c != '\'') {
                    self.hide(c);
                }
                self.close_character();
            }
            Some(c) if self.rest.peek() == Some(&'\'') => {
                self.hide(c);
                self.close_character();
            }
            Some(c) => self.keep(c),
            None => {}
        }
    }

    fn close_character(&mut self) {
        if self.rest.next_if_eq(&'\'').is_some() {
            self.keep('\'');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left() {
        for (text, code) in [
            ("a // sleep(\nb", "a..........\nb"),
            ("a /* x /* y */ z\n */ b", "a...............\n....b"),
            (r#"f("sle\"ep(", 1)"#, r#"f("........",.1)"#),
            (r##"f(r#"a"b"#)"##, r##"f(r#".....)"##),
            ("m('\"') 'a x", "m('.').'a.x"),
            (r"m('\'', '\u{7}')", "m('..',.'.....')"),
            ("r#type for r", "r#type.for.r"),
        ] {
            assert_eq!(blank(text).replace(' ', "."), code, "{text}");
        }
    }
}
