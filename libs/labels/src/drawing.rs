use crate::content::Size;
use crate::gs1_datamatrix::{self, Matrix};
use crate::symbol::{Linear, linear};
use crate::{Label, LabelFault};

/// Dots that stay white around everything.
const MARGIN: u32 = 24;
/// Height of text lines in dots: the title, the lines for people, and what stands under a bar code.
const TITLE: u32 = 48;
const LINE: u32 = 32;
const SMALL: u32 = 16;
/// Modules that stay white at either end of a bar code (ISO/IEC 15417: 10).
const QUIET: u32 = 10;
/// Dots a module of a DataMatrix: 0.75 mm.
pub(crate) const MATRIX_MODULE: u32 = 6;
/// A bar is at least this wide: 0.25 mm.
const MODULE_MIN: u32 = 2;
/// Bars are at most this high: 33 mm, where GS1 asks for 31.75 mm on logistic units (General Specifications, symbol specification table 5).
const BARS_HIGH: u32 = 264;

/// A label in dots, 8 a millimetre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub width: u32,
    pub height: u32,
    pub shapes: Vec<Shape>,
}

/// A place on a label, in dots from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// Something on a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Text of characters that are half as wide as they are high.
    Text { area: Area, text: String },
    /// GS1-128: the message, its modules, and how many dots wide one is.
    Bars { area: Area, message: String, bars: Vec<bool>, module: u32 },
    /// GS1 DataMatrix: the message, and its rows of modules.
    Matrix { area: Area, message: String, rows: Matrix },
}

impl Label {
    /// Lays it out.
    ///
    /// # Errors
    /// [`LabelFault::Symbol`] when a symbol cannot be made.
    pub fn drawing(&self) -> Result<Drawing, LabelFault> {
        let Size { width, height, bars_top, module_max, module_joined } = self.size;
        let message = self.elements.to_message();
        let rows = gs1_datamatrix::matrix(&message)?;
        let side = dots(rows.len()).saturating_mul(MATRIX_MODULE);
        let left = width.saturating_sub(MARGIN).saturating_sub(side);
        let area = Area { x: left, y: MARGIN, width: side, height: side };
        let mut shapes = vec![Shape::Matrix { area, message, rows }];
        shapes.extend(self.texts(left.saturating_sub(MARGIN)));

        let room = width.saturating_sub(MARGIN.saturating_mul(2));
        let symbols = linear(&self.elements, modules(room, module_joined), modules(room, MODULE_MIN))?;
        let top = MARGIN.saturating_add(side).saturating_add(MARGIN).max(bars_top);
        let band = height.saturating_sub(top).checked_div(dots(symbols.len()).max(1)).unwrap_or(0);
        for (number, symbol) in (0_u32..).zip(symbols) {
            let y = top.saturating_add(band.saturating_mul(number));
            shapes.extend(bar_code(symbol, y, band, (room, module_max)));
        }
        Ok(Drawing { width, height, shapes })
    }

    /// The title and the lines, cut at the width that is left for them.
    fn texts(&self, right: u32) -> Vec<Shape> {
        let mut y = MARGIN;
        let mut texts = Vec::new();
        let heights = std::iter::once(TITLE).chain(std::iter::repeat(LINE));
        for (line, high) in std::iter::once(&self.title).chain(&self.lines).zip(heights) {
            let width = right.saturating_sub(MARGIN);
            let area = Area { x: MARGIN, y, width, height: high };
            texts.push(text(area, line));
            y = y.saturating_add(high).saturating_add(SMALL);
        }
        texts
    }
}

/// Bars as wide as fit, and their bracketed form below.
fn bar_code(symbol: Linear, y: u32, band: u32, (room, module_max): (u32, u32)) -> [Shape; 2] {
    let modules = dots(symbol.bars.len()).saturating_add(QUIET.saturating_mul(2));
    let module = room.checked_div(modules).unwrap_or(MODULE_MIN).clamp(MODULE_MIN, module_max);
    let x = MARGIN.saturating_add(QUIET.saturating_mul(module));
    let width = dots(symbol.bars.len()).saturating_mul(module);
    let height = band.saturating_sub(SMALL.saturating_mul(3)).min(BARS_HIGH);
    let under = y.saturating_add(height).saturating_add(SMALL.checked_div(2).unwrap_or(0));
    let caption = Area { x: MARGIN, y: under, width: room, height: caption_height(&symbol.bracketed, room) };
    let area = Area { x, y, width, height };
    [
        Shape::Bars { area, message: symbol.message, bars: symbol.bars, module },
        text(caption, &symbol.bracketed),
    ]
}

/// As high as a line where that fits the width, else half of it.
fn caption_height(text: &str, room: u32) -> u32 {
    let width = dots(text.chars().count()).saturating_mul(LINE).checked_div(2).unwrap_or(u32::MAX);
    if width <= room { LINE } else { SMALL }
}

fn text(area: Area, text: &str) -> Shape {
    let each = area.height.checked_div(2).unwrap_or(1).max(1);
    let fits = usize::try_from(area.width.checked_div(each).unwrap_or(0)).unwrap_or(0);
    Shape::Text { area, text: text.chars().filter(|c| !c.is_control()).take(fits).collect() }
}

/// How many modules of a width have room, with white ones at either end.
fn modules(room: u32, module: u32) -> usize {
    let all = room.checked_div(module).unwrap_or(0);
    usize::try_from(all.saturating_sub(QUIET.saturating_mul(2))).unwrap_or(0)
}

/// A number of modules or symbols, which is small.
fn dots(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Shape {
    /// The dark areas of a symbol: runs of dark modules. None for text.
    pub(crate) fn dark_areas(&self) -> Box<dyn Iterator<Item = Area> + '_> {
        match self {
            Self::Text { .. } => Box::new(std::iter::empty()),
            Self::Bars { area, bars, module, .. } => Box::new(runs(bars, *area, *module)),
            Self::Matrix { area, rows, .. } => Box::new((0_u32..).zip(rows).flat_map(|(row, modules)| {
                let y = area.y.saturating_add(row.saturating_mul(MATRIX_MODULE));
                runs(modules, Area { y, height: MATRIX_MODULE, ..*area }, MATRIX_MODULE)
            })),
        }
    }
}

/// Dark modules that stand side by side, as one area each.
fn runs(modules: &[bool], area: Area, module: u32) -> impl Iterator<Item = Area> {
    let mut at = 0_u32;
    modules.chunk_by(|a, b| a == b).filter_map(move |run| {
        let (begins, length) = (at, dots(run.len()));
        at = at.saturating_add(length);
        let x = area.x.saturating_add(begins.saturating_mul(module));
        run.first().is_some_and(|dark| *dark).then_some(Area {
            x,
            width: length.saturating_mul(module),
            ..area
        })
    })
}
