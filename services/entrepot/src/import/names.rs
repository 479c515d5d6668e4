use std::collections::HashMap;

/// Numbers for texts, in the order they are first seen, from 0.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Box<str>, u32>,
    list: Vec<Box<str>>,
}

impl Names {
    /// The number of `text`.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        self.list.push(text.into());
        number
    }

    /// The texts, by number.
    pub(super) fn into_list(self) -> Vec<Box<str>> {
        self.list
    }
}
