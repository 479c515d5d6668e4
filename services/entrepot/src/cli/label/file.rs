use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gs1::Ai;
use labels::{Label, LabelFault};
use rpc::Reason;

use crate::cli::Context;
use crate::output::Failure;

/// Where a label goes, and as what.
#[derive(Debug, Args)]
pub(crate) struct To {
    /// zpl for a printer of 203 dpi, svg or png.
    #[arg(long, value_enum, default_value_t = Format::Zpl, hide_possible_values = true)]
    format: Format,
    /// The file; stdout when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Zpl,
    Svg,
    Png,
}

/// Draws a label and writes it.
pub(super) fn write(label: &Label, to: &To, context: &Context) -> Result<(), Failure> {
    let drawing = label.drawing().map_err(|fault| refused(&fault))?;
    let bytes = match to.format {
        Format::Zpl => drawing.to_zpl().into_bytes(),
        Format::Svg => drawing.to_svg().into_bytes(),
        Format::Png => drawing.to_png().map_err(|fault| refused(&fault))?,
    };
    match &to.out {
        None => context.output().raw(&bytes),
        Some(path) => std::fs::write(path, bytes).map_err(|e| Failure::file(path, &e)),
    }
}

/// What cannot stand on a label.
pub(super) fn refused(fault: &LabelFault) -> Failure {
    match fault {
        LabelFault::Symbol(_) => Failure::fault(fault.to_string()),
        LabelFault::LotWithoutGtin | LabelFault::ContentIncomplete => {
            Failure::new(Reason::BadField, fault.to_string())
        }
        LabelFault::Value(error) => {
            let failure = Failure::new(Reason::BadField, fault.to_string())
                .with("position", error.position())
                .with("problem", error.reason().name());
            match error.ai() {
                Some(ai) => failure.with("ai", ai).at(given_as(ai)),
                None => failure,
            }
        }
    }
}

/// The argument that an element is made of, where it is not checked before.
fn given_as(ai: Ai) -> &'static str {
    match ai.as_str() {
        "10" => "--lot",
        "37" => "--count",
        "91" => "sku",
        _ => "",
    }
}
