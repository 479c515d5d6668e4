use std::fmt::Write;

use crate::{Area, Drawing, Shape};

/// Dots a millimetre: 203 dpi.
const DOTS_A_MM: u32 = 8;

impl Drawing {
    /// As an SVG image of its real size: symbols as paths, text as text.
    pub fn to_svg(&self) -> String {
        let (width, height) = (self.width, self.height);
        let mm = |dots: u32| dots.checked_div(DOTS_A_MM).unwrap_or(0);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {width} {height}\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n",
            mm(width),
            mm(height),
        );
        for shape in &self.shapes {
            svg.push_str(&element(shape));
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Text { area, text } => {
            let Area { x, y, height, .. } = *area;
            // The base line stands below the middle of the line; a letter of most fonts is 0.6 of their size wide.
            let (base, size) = (y.saturating_add(height.saturating_mul(4) / 5), height.saturating_mul(5) / 6);
            let text = escaped(text);
            format!(
                "<text x=\"{x}\" y=\"{base}\" font-family=\"monospace\" font-size=\"{size}\">{text}</text>\n"
            )
        }
        Shape::Bars { .. } | Shape::Matrix { .. } => {
            let mut path = String::new();
            for Area { x, y, width, height } in shape.dark_areas() {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
            }
            format!("<path shape-rendering=\"crispEdges\" d=\"{path}\"/>\n")
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
