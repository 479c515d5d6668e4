use gs1::FNC1;

use crate::drawing::MATRIX_MODULE;
use crate::gs1_128::{self, Step};
use crate::{Area, Drawing, Shape};

impl Drawing {
    /// As ZPL II for a printer of 203 dpi, in UTF-8: the printer makes the symbols from their messages.
    pub fn to_zpl(&self) -> String {
        let mut zpl = format!("^XA\n^CI28\n^PW{}\n^LL{}\n", self.width, self.height);
        for shape in &self.shapes {
            zpl.push_str(&field(shape));
        }
        zpl.push_str("^XZ\n");
        zpl
    }
}

fn field(shape: &Shape) -> String {
    match shape {
        Shape::Text { area: Area { x, y, height, .. }, text } => {
            let width = height.checked_div(2).unwrap_or(1);
            format!("^FO{x},{y}^A0N,{height},{width}^FH_^FD{}^FS\n", hexed(text))
        }
        Shape::Bars { area: Area { x, y, height, .. }, message, module, .. } => {
            format!("^FO{x},{y}^BY{module}^BCN,{height},N,N,N,N^FD{}^FS\n", code_128(message))
        }
        Shape::Matrix { area: Area { x, y, .. }, message, .. } => {
            format!("^FO{x},{y}^BXN,{MATRIX_MODULE},200,,,6,_,1^FD{}^FS\n", datamatrix(message))
        }
    }
}

/// Text where `_` is followed by two hexadecimal digits: what begins a command stands like that.
fn hexed(text: &str) -> String {
    text.replace('_', "_5F").replace('^', "_5E").replace('~', "_7E")
}

/// The message of a DataMatrix: `_1` is FNC1, `__` an underscore.
fn datamatrix(message: &str) -> String {
    format!("_1{}", message.replace('_', "__").replace(FNC1, "_1"))
}

/// The message of a Code 128 with its code sets: `>;` and `>:` begin with C and B, `>5` and `>6` change to C and B, `>8` is FNC1, `>0`
/// the greater-than sign.
fn code_128(message: &str) -> String {
    let written = |(position, step)| match (position, step) {
        (0, Step::SetC) => ">;",
        (0, Step::SetB) => ">:",
        (_, Step::SetC) => ">5",
        (_, Step::SetB) => ">6",
        (_, Step::Fnc1) => ">8",
        (_, Step::Text(">")) => ">0",
        (_, Step::Text(text)) => text,
    };
    gs1_128::steps(message).into_iter().enumerate().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_sets_are_written_as_printers_take_them() {
        for (message, written) in [
            ("0109520123456788", ">;>80109520123456788"),
            ("10LOT-7", ">:>810LOT-7"),
            ("10A123456B", ">:>810A>5123456>6B"),
            ("10A12345B", ">:>810A1>52345>6B"),
            ("37012#10A>B", ">;>83701>62>810A>0B"),
            ("3712#1012", ">;>83712>81012"),
        ] {
            assert_eq!(code_128(&message.replace('#', "\u{1d}")), written, "{message}");
        }
    }

    #[test]
    fn what_begins_a_command_is_written_in_another_way() {
        assert_eq!(hexed("A^B~C_D"), "A_5EB_7EC_5FD");
        assert_eq!(datamatrix("10A_B\u{1d}21C"), "_110A__B_121C");
    }
}
