//! The letters: how wide they are, and where lines break.

use ttf_parser::{Face, GlyphId};

use super::length::{Length, hundredths};
use super::sheet::Style;
use crate::PaperFault;

static REGULAR: &[u8] = include_bytes!("../../fonts/Roboto-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/Roboto-Bold.ttf");

/// Which of the two fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(super) const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    pub(super) const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }
}

/// Both fonts, read.
#[derive(Debug)]
pub(super) struct Fonts {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, PaperFault> {
        let face =
            |weight: Weight| Face::parse(weight.file(), 0).map_err(|e| PaperFault::Font(e.to_string()));
        Ok(Self { regular: face(Weight::Regular)?, bold: face(Weight::Bold)? })
    }

    pub(super) const fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The glyph of a character; the box of what is missing where the font does not have it.
    pub(super) fn glyph(&self, weight: Weight, c: char) -> GlyphId {
        let c = if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c };
        self.face(weight).glyph_index(c).unwrap_or_default()
    }

    /// How wide text is.
    pub(super) fn width(&self, text: &str, style: Style) -> Length {
        let face = self.face(style.weight);
        let advance = |c| i32::from(face.glyph_hor_advance(self.glyph(style.weight, c)).unwrap_or(0));
        let units: Length =
            text.chars().map(advance).fold(hundredths(0), |sum, units| sum + hundredths(units));
        // Of a short text at any size of a paper the product has room: 2,000 units a letter, 100 letters, 2,000 hundredths of points.
        scaled(units, style.size, i32::from(face.units_per_em()))
    }

    /// Lines of at most `room`. Breaks are at blanks; a word that is longer is broken anywhere.
    pub(super) fn lines(&self, text: &str, style: Style, room: Length) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            let together = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&together, style) <= room {
                line = together;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = self.pieces(word, style, room);
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A word in pieces that fit, each at least one letter.
    fn pieces(&self, word: &str, style: Style, room: Length) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut width = hundredths(0);
        for c in word.chars() {
            let wide = self.width(c.encode_utf8(&mut [0; 4]), style);
            if let Some(piece) = pieces.last_mut().filter(|piece| piece.is_empty() || width + wide <= room) {
                piece.push(c);
                width += wide;
            } else {
                pieces.push(c.to_string());
                width = wide;
            }
        }
        pieces
    }
}

/// `units * size / em`, without a detour over what is too large.
fn scaled(units: Length, size: Length, em: i32) -> Length {
    let product = i64::from(units.0).saturating_mul(i64::from(size.0));
    let scaled = product.checked_div(i64::from(em)).unwrap_or(0);
    hundredths(i32::try_from(scaled).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::length::pt;
    use super::super::sheet::Ink;
    use super::*;
    use crate::{Language, Word};

    fn style() -> Style {
        Style::new(Weight::Regular, pt(10), Ink::Black)
    }

    #[test]
    fn the_fonts_have_every_letter_of_every_word() {
        let fonts = Fonts::load().unwrap();
        let words =
            Word::ALL.iter().flat_map(|word| Language::ALL.map(|language| word.in_language(language)));
        for text in words.chain(["äöüßÄÖÜẞéèêëàâçîïôûùœŒñÑ¿¡áíóú€£½²³·–—„“”‚‘’…«»№Ωλжя"])
        {
            for (weight, c) in
                Weight::ALL.into_iter().flat_map(|weight| text.chars().map(move |c| (weight, c)))
            {
                assert!(fonts.glyph(weight, c) != GlyphId(0), "{c:?} of {text:?} in {weight:?}");
            }
        }
    }

    #[test]
    fn digits_are_of_one_width() {
        let fonts = Fonts::load().unwrap();
        let widths: Vec<_> = ('0'..='9').map(|c| fonts.width(&c.to_string(), style())).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        let fonts = Fonts::load().unwrap();
        let room = fonts.width("ab abcd", style());
        assert_eq!(fonts.lines("ab abcd ab", style(), room), ["ab abcd", "ab"]);
        assert_eq!(fonts.lines("", style(), room), Vec::<String>::new());
        let pieces = fonts.lines("x abcdabcdabcdabcd", style(), room);
        assert_eq!(pieces.concat(), "xabcdabcdabcdabcd");
        assert!(pieces.iter().all(|piece| fonts.width(piece, style()) <= room), "{pieces:?}");
        assert_eq!(fonts.lines("abc", style(), hundredths(0)), ["a", "b", "c"], "always a letter");
    }
}
