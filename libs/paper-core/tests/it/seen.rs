//! A PDF as it is seen: rasterised by another program than the one that wrote it, and its text read back.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, Rect};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Pixels a point: 216 dpi, of which a scanner sees more.
pub(crate) const SCALE: u8 = 3;

/// Its pages as pictures.
pub(crate) fn pictures(file: &[u8]) -> Vec<Pixmap> {
    let pdf = Pdf::new(file.to_vec()).unwrap();
    let cache = RenderCache::new();
    let pixels = PixmapSettings { x_scale: SCALE.into(), y_scale: SCALE.into(), bg_color: WHITE };
    let settings = InterpreterSettings::default();
    let picture = |page| render(page, &cache, &settings, &RenderSettings::default(), &pixels);
    pdf.pages().iter().map(picture).collect()
}

/// A picture as grey values.
pub(crate) fn grey(picture: &Pixmap) -> (Vec<u8>, u32, u32) {
    let pixels = picture.data_as_u8_slice().chunks_exact(4).map(|pixel| pixel[1]).collect();
    (pixels, picture.width().into(), picture.height().into())
}

/// The texts of each page, in the order in which they were drawn: what a search finds.
pub(crate) fn texts(file: &[u8]) -> Vec<Vec<String>> {
    let pdf = Pdf::new(file.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let whole = Rect::new(0.0, 0.0, 2000.0, 2000.0);
        let mut context =
            Context::new(Affine::IDENTITY, whole, &cache, page.xref(), InterpreterSettings::default());
        let mut reader = Reader::default();
        interpret_page(page, &mut context, &mut reader);
        pages.push(reader.texts);
    }
    pages
}

#[derive(Default)]
struct Reader {
    texts: Vec<String>,
}

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        let letter = |unicode| match unicode {
            Some(hayro::hayro_interpret::hayro_cmap::BfString::Char(c)) => String::from(c),
            Some(hayro::hayro_interpret::hayro_cmap::BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        self.texts.push(run.glyphs().iter().map(|glyph| letter(glyph.as_unicode())).collect());
    }
}
