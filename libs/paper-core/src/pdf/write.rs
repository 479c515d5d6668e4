//! Pages as a file: PDF 1.7 (ISO 32000-1).

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

use super::font::{Fonts, Weight};
use super::length::Length;
use super::sheet::{Area, Ink, Mark, Page};
use crate::{Paper, PaperFault};

/// Between fast and small: what fits a page is small in any case.
const COMPRESSION: u8 = 6;
const SYSTEM: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Objects that every file has; what differs comes behind them.
const CATALOG: i32 = 1;
const PAGE_TREE: i32 = 2;
const INFO: i32 = 3;
const REGULAR: i32 = 4;
const BOLD: i32 = 9;
const FIRST_PAGE: i32 = 14;

/// The file.
pub(super) fn pdf(paper: &Paper, fonts: &Fonts, pages: &[Page]) -> Result<Vec<u8>, PaperFault> {
    let mut glyphs = Weight::ALL.map(Glyphs::new);
    let mut pdf = Pdf::new();
    let mut kids = Vec::with_capacity(pages.len());
    let mut next = FIRST_PAGE;
    let mut id = || {
        let id = Ref::new(next);
        next = next.saturating_add(1);
        id
    };
    for page in pages {
        let (at, content) = (id(), id());
        kids.push(at);
        let drawn = miniz_oxide::deflate::compress_to_vec_zlib(&drawn(page, fonts, &mut glyphs), COMPRESSION);
        pdf.stream(content, &drawn).filter(Filter::FlateDecode);
        let mut entry = pdf.page(at);
        entry.parent(Ref::new(PAGE_TREE)).contents(content).media_box(Rect::new(
            0.0,
            0.0,
            points(page.width),
            points(page.height),
        ));
        let mut resources = entry.resources();
        let mut named = resources.fonts();
        for glyphs in &glyphs {
            named.pair(glyphs.name(), glyphs.id(0));
        }
    }
    pdf.pages(Ref::new(PAGE_TREE)).count(i32::try_from(pages.len()).unwrap_or(i32::MAX)).kids(kids);
    for glyphs in &glyphs {
        glyphs.embed(&mut pdf, fonts.face(glyphs.weight))?;
    }
    about(&mut pdf, paper);
    Ok(pdf.finish())
}

/// What the file says of itself. The time is that of issue.
fn about(pdf: &mut Pdf, paper: &Paper) {
    let head = &paper.head;
    let title = format!("{} {}", paper.kind.title().in_language(head.language), head.number);
    let mut catalog = pdf.catalog(Ref::new(CATALOG));
    catalog.pages(Ref::new(PAGE_TREE)).lang(TextStr(head.language.code()));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    let mut info = pdf.document_info(Ref::new(INFO));
    info.title(TextStr(&title)).author(TextStr(&head.issuer.name)).creator(TextStr("Entrepot"));
    if let Some(at) = date(&head.issued.at) {
        info.creation_date(at);
    }
}

/// Reads a time as RFC 3339 writes it.
fn date(at: &str) -> Option<pdf_writer::Date> {
    let part = |range: std::ops::Range<usize>| at.get(range);
    let date = pdf_writer::Date::new(part(0..4)?.parse().ok()?)
        .month(part(5..7)?.parse().ok()?)
        .day(part(8..10)?.parse().ok()?)
        .hour(part(11..13)?.parse().ok()?)
        .minute(part(14..16)?.parse().ok()?)
        .second(part(17..19)?.parse().ok()?);
    let Some(sign) = part(19..20).filter(|sign| ["+", "-"].contains(sign)) else {
        return Some(date.utc_offset_hour(0));
    };
    let (hours, minutes): (i8, u8) = (part(20..22)?.parse().ok()?, part(23..25)?.parse().ok()?);
    let hours = if sign == "-" { hours.checked_neg()? } else { hours };
    Some(date.utc_offset_hour(hours).utc_offset_minute(minutes))
}

/// The operators of a page. Its user space counts hundredths of points, so that every number is whole.
fn drawn(page: &Page, fonts: &Fonts, glyphs: &mut [Glyphs; 2]) -> Vec<u8> {
    const HUNDREDTH: f32 = 0.01;
    let mut content = Content::new();
    content.transform([HUNDREDTH, 0.0, 0.0, HUNDREDTH, 0.0, 0.0]);
    for mark in &page.marks {
        match mark {
            Mark::Text { x, y, style, text } => {
                let [regular, bold] = &mut *glyphs;
                let glyphs = if style.weight == Weight::Bold { bold } else { regular };
                let codes = glyphs.encode(fonts, text);
                fill(&mut content, style.ink);
                content.begin_text().set_font(glyphs.name(), float(style.size));
                content.next_line(float(*x), float(page.height - *y)).show(Str(&codes)).end_text();
            }
            Mark::Areas { ink, areas } => {
                fill(&mut content, *ink);
                for Area { x, y, width, height } in areas {
                    let bottom = page.height - *y - *height;
                    content.rect(float(*x), float(bottom), float(*width), float(*height));
                }
                content.fill_nonzero();
            }
        }
    }
    content.finish().into_vec()
}

fn fill(content: &mut Content, ink: Ink) {
    let [red, green, blue] = ink.percent().map(share);
    content.set_fill_rgb(red, green, blue);
}

/// A share that is given in percent.
#[expect(
    clippy::float_arithmetic,
    reason = "the file has its colours as fractions; nothing is computed with them"
)]
fn share(percent: u8) -> f32 {
    f32::from(percent) / 100.0
}

#[expect(
    clippy::float_arithmetic,
    reason = "the file has the sizes of its pages in points; nothing is computed with them"
)]
fn points(length: Length) -> f32 {
    float(length) / 100.0
}

/// A length of a paper is less than 2^24 hundredths of points, so that it is exact.
fn float(length: Length) -> f32 {
    length.0 as f32
}

/// The glyphs of a font that a file shows, and what they mean.
struct Glyphs {
    weight: Weight,
    remapper: GlyphRemapper,
    meaning: BTreeMap<u16, char>,
}

impl Glyphs {
    fn new(weight: Weight) -> Self {
        Self { weight, remapper: GlyphRemapper::new(), meaning: BTreeMap::new() }
    }

    /// Its name in the content.
    const fn name(&self) -> Name<'static> {
        match self.weight {
            Weight::Regular => Name(b"R"),
            Weight::Bold => Name(b"B"),
        }
    }

    /// Its name outside, with the tag of a subset.
    const fn base_font(&self) -> Name<'static> {
        match self.weight {
            Weight::Regular => Name(b"PAPERS+Roboto-Regular"),
            Weight::Bold => Name(b"PAPERS+Roboto-Bold"),
        }
    }

    /// One of its five objects.
    fn id(&self, part: i32) -> Ref {
        let first = match self.weight {
            Weight::Regular => REGULAR,
            Weight::Bold => BOLD,
        };
        Ref::new(first.saturating_add(part))
    }

    /// Text as glyph numbers of two bytes.
    fn encode(&mut self, fonts: &Fonts, text: &str) -> Vec<u8> {
        let mut codes = Vec::new();
        for c in text.chars() {
            let glyph = self.remapper.remap(fonts.glyph(self.weight, c).0);
            if glyph != 0 {
                self.meaning.entry(glyph).or_insert(c);
            }
            codes.extend(glyph.to_be_bytes());
        }
        codes
    }

    /// Writes the font with these glyphs alone.
    fn embed(&self, pdf: &mut Pdf, face: &Face<'_>) -> Result<(), PaperFault> {
        let subset = subsetter::subset(self.weight.file(), 0, &self.remapper);
        let subset = subset.map_err(|e| PaperFault::Font(e.to_string()))?;
        let [font, cid, descriptor, file, unicode] = [0, 1, 2, 3, 4].map(|part| self.id(part));
        pdf.type0_font(font)
            .base_font(self.base_font())
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);
        let mut entry = pdf.cid_font(cid);
        entry.subtype(CidFontType::Type2).base_font(self.base_font()).system_info(SYSTEM);
        entry.font_descriptor(descriptor).default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let em = i32::from(face.units_per_em());
        let per_mille = |units: i32| thousandths(units, em);
        let advance = |glyph| face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        let widths = self.remapper.remapped_gids().map(|glyph| per_mille(i32::from(advance(glyph))));
        entry.widths().consecutive(0, widths);
        entry.finish();
        let bounds = face.global_bounding_box();
        let [left, bottom, right, top] =
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|edge| per_mille(i32::from(edge)));
        pdf.font_descriptor(descriptor)
            .name(self.base_font())
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(per_mille(i32::from(face.ascender())))
            .descent(per_mille(i32::from(face.descender())))
            .cap_height(per_mille(i32::from(face.capital_height().unwrap_or(0))))
            .stem_v(80.0)
            .font_file2(file);
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&subset, COMPRESSION);
        let length = i32::try_from(subset.len()).unwrap_or(i32::MAX);
        pdf.stream(file, &packed).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
        let mut cmap = UnicodeCmap::new(Name(b"Papers"), SYSTEM);
        for (glyph, c) in &self.meaning {
            cmap.pair(*glyph, *c);
        }
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&cmap.finish().into_vec(), COMPRESSION);
        pdf.cmap(unicode, &packed).filter(Filter::FlateDecode);
        Ok(())
    }
}

/// Thousandths of an em, rounded down.
fn thousandths(units: i32, em: i32) -> f32 {
    let thousandths = units.saturating_mul(1000).checked_div(em).unwrap_or(0);
    thousandths as f32
}
