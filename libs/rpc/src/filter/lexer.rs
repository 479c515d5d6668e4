use std::iter::Peekable;
use std::str::CharIndices;

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A field name, a number, a bare value or AND.
    Word(String),
    /// A quoted value.
    Quoted(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=` or `:`.
    Operator(&'static str),
}

/// A token and the position of its first character, from 1.
pub(super) type Placed = (usize, Token);

/// What could not be read, and at which character, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) position: usize,
    pub(super) problem: &'static str,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Unreadable> {
    let position =
        |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count()).saturating_add(1);
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(byte, char)) = chars.peek() {
        let token = match char {
            c if c.is_whitespace() => {
                chars.next();
                continue;
            }
            '"' => quoted(&mut chars),
            '=' | '!' | '<' | '>' | ':' => operator(&mut chars),
            c if is_word(c) => Ok(Token::Word(word(&mut chars))),
            _ => Err("this character must stand in quotes"),
        };
        let at = position(byte);
        tokens.push((at, token.map_err(|problem| Unreadable { position: at, problem })?));
    }
    Ok(tokens)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '*')
}

fn word(chars: &mut Peekable<CharIndices<'_>>) -> String {
    std::iter::from_fn(|| chars.next_if(|(_, c)| is_word(*c))).map(|(_, c)| c).collect()
}

fn quoted(chars: &mut Peekable<CharIndices<'_>>) -> Result<Token, &'static str> {
    chars.next();
    let mut text = String::new();
    while let Some((_, char)) = chars.next() {
        match char {
            '"' => return Ok(Token::Quoted(text)),
            '\\' => match chars.next() {
                Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                Some(_) | None => {
                    return Err("in quotes, a backslash must be followed by a quote or a backslash");
                }
            },
            other => text.push(other),
        }
    }
    Err("this quote is never closed")
}

fn operator(chars: &mut Peekable<CharIndices<'_>>) -> Result<Token, &'static str> {
    let first = chars.next().map(|(_, c)| c);
    let with_equals = chars.next_if(|(_, c)| *c == '=').is_some();
    match (first, with_equals) {
        (Some('!'), true) => Ok(Token::Operator("!=")),
        (Some('<'), true) => Ok(Token::Operator("<=")),
        (Some('>'), true) => Ok(Token::Operator(">=")),
        (Some('<'), false) => Ok(Token::Operator("<")),
        (Some('>'), false) => Ok(Token::Operator(">")),
        (Some('='), false) => Ok(Token::Operator("=")),
        (Some(':'), false) => Ok(Token::Operator(":")),
        _ => Err("not an operator: use =, !=, <, <=, >, >= or :"),
    }
}
