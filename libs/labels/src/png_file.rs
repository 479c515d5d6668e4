use font8x8::legacy::{BASIC_LEGACY, LATIN_LEGACY};
use png::{BitDepth, ColorType, Encoder};

use crate::{Area, Drawing, LabelFault, Shape};

/// Glyphs are drawn in a raster of eight by eight.
const GLYPH: u32 = 8;

/// Black dots on white.
struct Canvas {
    width: u32,
    height: u32,
    dark: Vec<bool>,
}

impl Drawing {
    /// As a PNG image, one pixel a dot, black and white.
    ///
    /// # Errors
    /// [`LabelFault::Symbol`] when the image cannot be written.
    pub fn to_png(&self) -> Result<Vec<u8>, LabelFault> {
        let mut canvas = Canvas::white(self.width, self.height);
        for shape in &self.shapes {
            canvas.draw(shape);
        }
        canvas.written().map_err(|error| LabelFault::Symbol(error.to_string()))
    }
}

impl Canvas {
    fn white(width: u32, height: u32) -> Self {
        let dots = usize::try_from(u64::from(width).saturating_mul(height.into())).unwrap_or(0);
        Self { width, height, dark: vec![false; dots] }
    }

    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Text { area, text } => self.text(*area, text),
            Shape::Bars { .. } | Shape::Matrix { .. } => shape.dark_areas().for_each(|area| self.fill(area)),
        }
    }

    fn text(&mut self, area: Area, text: &str) {
        let (wide, high) =
            (area.height.checked_div(16).unwrap_or(1), area.height.checked_div(GLYPH).unwrap_or(1));
        let mut x = area.x;
        for c in text.chars() {
            for (row, bits) in (0..GLYPH).zip(glyph(c)) {
                for column in (0..GLYPH).filter(|column| bits.checked_shr(*column).unwrap_or(0) & 1 == 1) {
                    let x = x.saturating_add(column.saturating_mul(wide));
                    let y = area.y.saturating_add(row.saturating_mul(high));
                    self.fill(Area { x, y, width: wide, height: high });
                }
            }
            x = x.saturating_add(wide.saturating_mul(GLYPH));
        }
    }

    /// Blackens an area, as far as it is on the canvas.
    fn fill(&mut self, area: Area) {
        let right = area.x.saturating_add(area.width).min(self.width);
        for y in area.y..area.y.saturating_add(area.height).min(self.height) {
            let row = y.saturating_mul(self.width);
            let range = usize::try_from(row.saturating_add(area.x.min(right))).unwrap_or(usize::MAX)
                ..usize::try_from(row.saturating_add(right)).unwrap_or(usize::MAX);
            if let Some(dots) = self.dark.get_mut(range) {
                dots.fill(true);
            }
        }
    }

    /// Eight dots a byte, the first one highest; 0 is black.
    fn written(&self) -> Result<Vec<u8>, png::EncodingError> {
        let width = usize::try_from(self.width).unwrap_or(1).max(1);
        let packed = |row: &[bool]| row.chunks(8).map(byte).collect::<Vec<u8>>();
        let bytes: Vec<u8> = self.dark.chunks(width).flat_map(packed).collect();
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bytes)?;
        writer.finish()?;
        Ok(file)
    }
}

fn byte(dots: &[bool]) -> u8 {
    let bit =
        |(position, dark): (u32, &bool)| if *dark { 0x80_u8.checked_shr(position).unwrap_or(0) } else { 0 };
    !(0..).zip(dots).map(bit).fold(0, |bits, bit| bits | bit)
}

/// ASCII and Latin-1; a question mark for everything else.
fn glyph(c: char) -> [u8; 8] {
    let code = usize::try_from(u32::from(c)).unwrap_or(0);
    let latin = || code.checked_sub(0xa0).and_then(|at| LATIN_LEGACY.get(at));
    let unknown = usize::from(b'?');
    let found = BASIC_LEGACY.get(code).or_else(latin).or_else(|| BASIC_LEGACY.get(unknown));
    found.copied().unwrap_or_default()
}
