//! Images as a scanner sees them.

use gs1::FNC1;
use labels::Area;
use rxing::{BarcodeFormat, DecodeHints, RXingResult, RXingResultMetadataType, RXingResultMetadataValue};

/// Grey values, a byte a pixel.
pub(crate) struct Image {
    width: usize,
    pixels: Vec<u8>,
}

impl Image {
    pub(crate) fn of_png(file: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight));
        Self { width: info.width as usize, pixels }
    }

    /// The paths of an SVG as this crate writes them: `Mx yhWvHh-Wz`, again and again.
    pub(crate) fn of_svg(svg: &str, (width, height): (u32, u32)) -> Self {
        let mut image = Self { width: width as usize, pixels: vec![255; (width * height) as usize] };
        let paths = svg.split(" d=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for part in paths.flat_map(|path| path.split_terminator('z')) {
            let numbers: Vec<usize> =
                part.split(['M', ' ', 'h', 'v']).filter_map(|number| number.parse().ok()).collect();
            let [x, y, wide, high] = numbers[..] else { panic!("{part}") };
            for row in y..y + high {
                image.pixels[row * image.width + x..row * image.width + x + wide].fill(0);
            }
        }
        image
    }

    /// What a scanner sends for a part of the image, with some of what is around it: the symbology identifier and the message.
    pub(crate) fn read(&self, area: Area, format: BarcodeFormat) -> String {
        const AROUND: usize = 20;
        let [x, y, wide, high] = [area.x, area.y, area.width, area.height].map(|dots| dots as usize);
        let (left, right) = (x - AROUND, (x + wide + AROUND).min(self.width));
        let around = if format == BarcodeFormat::DATA_MATRIX { AROUND } else { 0 };
        let rows = self.pixels.chunks(self.width).skip(y - around).take(high + 2 * around);
        let pixels: Vec<u8> = rows.flat_map(|row| &row[left..right]).copied().collect();
        let pixels_of = |count: usize| u32::try_from(count).unwrap();
        let (width, height) = (pixels_of(right - left), pixels_of(pixels.len() / (right - left)));
        let mut hints = DecodeHints { AssumeGs1: Some(true), ..DecodeHints::default() };
        let read =
            rxing::helpers::detect_in_luma_slice_with_hints(&pixels, width, height, Some(format), &mut hints);
        sent(&read.unwrap())
    }
}

fn sent(read: &RXingResult) -> String {
    if *read.getBarcodeFormat() == BarcodeFormat::CODE_128 {
        return sent_of_code_128(read.getRawBytes());
    }
    let identifier = read.getRXingResultMetadata().get(&RXingResultMetadataType::SYMBOLOGY_IDENTIFIER);
    let Some(RXingResultMetadataValue::SymbologyIdentifier(identifier)) = identifier else {
        panic!("{read:?} has no symbology identifier")
    };
    format!("{identifier}{}", read.getText())
}

/// What the symbol characters of Code 128 say (ISO/IEC 15417, table 1). The reader has checked the check character, but also obeys
/// it: where it is FNC1 or FNC2, the text is wrong.
fn sent_of_code_128(characters: &[u8]) -> String {
    let [start, 102, data @ .., _check, 106] = characters else { panic!("{characters:?} is not of GS1") };
    let mut in_c = *start == 105;
    let mut sent = "]C1".to_owned();
    for value in data {
        match value {
            102 => sent.push(FNC1),
            0..=99 if in_c => sent.push_str(&format!("{value:02}")),
            0..=95 => sent.push(char::from(b' ' + value)),
            99 | 100 => in_c = !in_c,
            _ => panic!("{value} in {characters:?}"),
        }
    }
    sent
}
