use std::borrow::Cow;

use super::build::write_uri;
use super::escape::{Place, position_as_written, unescaped};
use super::key::{are_qualifiers, would_qualify};
use super::stem::Stem;
use super::uri::{self, Piece};
use crate::elements::check_size;
use crate::error::{Error, Reason, Rule};
use crate::{Ai, Element, Elements, Rules};

/// A GS1 Digital Link, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalLink<'a> {
    uri: &'a str,
    stem: &'a str,
    elements: Elements<'a>,
    path_length: usize,
}

/// How GTINs may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gtins {
    Full,
    ZeroSuppressed,
}

impl<'a> DigitalLink<'a> {
    /// Reads a URI: the last key in its path, what qualifies it, and the AIs of its query. What is not of GS1 in it (the path
    /// before the key, other names in the query, the fragment) is passed over.
    ///
    /// # Errors
    /// [`Error`] names the AI, where there is one, and the byte where it goes wrong.
    pub fn parse(uri: &'a str, rules: &Rules) -> Result<Self, Error> {
        Reader { rules, gtins: Gtins::Full, elements: Elements::new() }.read(uri)
    }

    /// Reads a URI in which GTINs of 8, 12 or 13 digits may stand as such, as older editions of the standard allowed. They are
    /// filled up with zeros.
    ///
    /// # Errors
    /// As [`DigitalLink::parse`].
    pub fn parse_zero_suppressed(uri: &'a str, rules: &Rules) -> Result<Self, Error> {
        Reader { rules, gtins: Gtins::ZeroSuppressed, elements: Elements::new() }.read(uri)
    }

    /// The URI as it was given.
    pub const fn uri(&self) -> &'a str {
        self.uri
    }

    /// What stands before the key.
    pub const fn stem(&self) -> &'a str {
        self.stem
    }

    /// All elements: those of the path, then those of the query.
    pub const fn elements(&self) -> &Elements<'a> {
        &self.elements
    }

    /// The key and what qualifies it.
    pub fn path(&self) -> impl Iterator<Item = &Element<'a>> + Clone {
        self.elements.iter().take(self.path_length)
    }

    /// What the query says.
    pub fn attributes(&self) -> impl Iterator<Item = &Element<'a>> + Clone {
        self.elements.iter().skip(self.path_length)
    }

    /// The same elements behind GS1's own stem, without anything that is not of GS1, attributes of predefined length first: links
    /// that say the same in the same order of attributes become equal.
    pub fn to_canonical(&self) -> String {
        write_uri(Stem::CANONICAL, self.path(), self.attributes())
    }
}

struct Reader<'a, 'r> {
    rules: &'r Rules,
    gtins: Gtins,
    elements: Elements<'a>,
}

impl<'a> Reader<'a, '_> {
    fn read(mut self, text: &'a str) -> Result<DigitalLink<'a>, Error> {
        check_size(text)?;
        let uri = uri::split(text)?;
        let begins = find_key(uri.path.text).ok_or_else(|| Error::at(uri.path.at, Reason::NoKeyInPath))?;
        let key_at = uri.path.at.saturating_add(begins);
        let path = Piece { text: uri.path.text.get(begins..).unwrap_or_default(), at: key_at };
        self.read_path(path)?;
        let path_length = self.elements.len();
        self.read_query(uri.query)?;
        check_arrangement(&self.elements, path_length)?;
        let elements = self.elements.associated(self.rules)?;
        Ok(DigitalLink { uri: text, stem: text.get(..key_at).unwrap_or_default(), elements, path_length })
    }

    /// `/AI/value`, once or more.
    fn read_path(&mut self, path: Piece<'a>) -> Result<(), Error> {
        let (_, mut rest) = path.split('/');
        while !rest.text.is_empty() {
            let (ai, behind) = rest.split('/');
            let (value, after) = behind.split('/');
            let known = Ai::parse(ai.text).ok_or_else(|| Error::at(ai.at, Reason::UnknownAi))?;
            self.add(known, value, Place::Path)?;
            rest = after;
        }
        Ok(())
    }

    /// `AI=value`, parted by `&`. A name that is no number is somebody else's; a number must be an AI.
    fn read_query(&mut self, query: Piece<'a>) -> Result<(), Error> {
        let mut rest = query;
        while !rest.text.is_empty() {
            let (parameter, after) = rest.split('&');
            rest = after;
            let (name, value) = parameter.split('=');
            if !parameter.text.contains('=') || !name.text.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let ai = Ai::parse(name.text).ok_or_else(|| Error::at(name.at, Reason::UnknownAi))?;
            self.add(ai, value, Place::Query)?;
        }
        Ok(())
    }

    fn add(&mut self, ai: Ai, written: Piece<'a>, place: Place) -> Result<(), Error> {
        let wrong = |at: usize, reason| Error::of_ai(written.at.saturating_add(at), ai, reason);
        let value = unescaped(written.text, place).map_err(|at| wrong(at, Rule::NotCset82.into()))?;
        let value =
            if self.gtins == Gtins::ZeroSuppressed && ai.as_str() == "01" { filled_up(value) } else { value };
        let filled = value.len().saturating_sub(written.text.len());
        let element = Element::check(ai, value, written.at, self.rules).map_err(|flaw| {
            wrong(position_as_written(written.text, flaw.at.saturating_sub(filled)), flaw.reason)
        })?;
        self.elements.push(element)
    }
}

/// Where the last pair begins whose AI is a key: pairs are looked at from the end of the path.
fn find_key(path: &str) -> Option<usize> {
    let mut rest = path;
    loop {
        let (pair, _value) = rest.rsplit_once('/')?;
        let (before, ai) = pair.rsplit_once('/')?;
        if Ai::parse(ai)?.is_key() {
            return Some(before.len());
        }
        rest = before;
    }
}

/// A GTIN of 8, 12 or 13 digits, with zeros before it.
fn filled_up(value: Cow<'_, str>) -> Cow<'_, str> {
    match value.len() {
        8 | 12 | 13 => Cow::Owned(format!("{value:0>14}")),
        _ => value,
    }
}

/// Every AI stands once, the path's in their order, and the query has only what may and need not stand in the path.
fn check_arrangement(elements: &Elements<'_>, path_length: usize) -> Result<(), Error> {
    let ais: Vec<Ai> = elements.iter().map(Element::ai).collect();
    let (path, query) = ais.split_at_checked(path_length).unwrap_or((&ais, &[]));
    let (key, qualifiers) = path.split_first().ok_or(Error::at(0, Reason::NoKeyInPath))?;
    let wrong = |number: usize, reason| {
        let element = elements.iter().nth(number);
        element.map_or_else(
            || Error::at(0, reason),
            |element| Error::of_ai(element.position(), element.ai(), reason),
        )
    };
    if !are_qualifiers(*key, qualifiers) {
        return Err(wrong(path_length.saturating_sub(1), Reason::BadQualifierOrder));
    }
    for (number, ai) in ais.iter().enumerate() {
        if ais.get(..number).is_some_and(|before| before.contains(ai)) {
            return Err(wrong(number, Reason::DuplicateAi));
        }
    }
    for (number, ai) in query.iter().enumerate() {
        let number = path_length.saturating_add(number);
        if would_qualify(*key, qualifiers, *ai) {
            return Err(wrong(number, Reason::QualifierInQuery));
        }
        if !ai.is_attribute() {
            return Err(wrong(number, Reason::NotAnAttribute));
        }
    }
    Ok(())
}
