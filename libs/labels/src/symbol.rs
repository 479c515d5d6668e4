use gs1::{Element, Elements, FNC1};

use crate::LabelFault;
use crate::gs1_128::{self, Bars};

/// A bar code of a label: the elements in it, and its modules.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) message: String,
    pub(crate) bracketed: String,
    pub(crate) bars: Bars,
}

/// Spreads elements over GS1-128 symbols, in their order: several in one of at most `joined_max` modules, or one of at most `alone_max`.
/// An element that is longer is left out.
pub(crate) fn linear(
    elements: &Elements<'_>,
    joined_max: usize,
    alone_max: usize,
) -> Result<Vec<Linear>, LabelFault> {
    let mut done: Vec<Linear> = Vec::new();
    let mut open: Vec<&Element<'_>> = Vec::new();
    for element in elements.iter() {
        let together: Vec<_> = open.iter().copied().chain([element]).collect();
        if let Some(symbol) = fitting(&together, joined_max)? {
            if !open.is_empty() {
                done.pop();
            }
            done.push(symbol);
            open = together;
        } else if let Some(symbol) = fitting(&[element], alone_max)? {
            done.push(symbol);
            open = vec![element];
        } else {
            open.clear();
        }
    }
    Ok(done)
}

/// The most characters of GS1-128 (GS1 General Specifications 5.4.2).
const CHARACTERS_MAX: usize = 48;

fn fitting(elements: &[&Element<'_>], modules_max: usize) -> Result<Option<Linear>, LabelFault> {
    let mut message = String::new();
    for (position, element) in elements.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| elements.get(before));
        if before.is_some_and(|before| !before.ai().is_predefined_length()) {
            message.push(FNC1);
        }
        message.push_str(element.ai().as_str());
        message.push_str(element.value());
    }
    if message.len() > CHARACTERS_MAX {
        return Ok(None);
    }
    let bars = gs1_128::bars(&message)?;
    let bracketed = elements.iter().map(ToString::to_string).collect();
    Ok((bars.len() <= modules_max).then_some(Linear { message, bracketed, bars }))
}
