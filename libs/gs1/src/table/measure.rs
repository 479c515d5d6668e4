/// What a measure measures. The gross ones are those of a logistic unit, its packaging included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measurand {
    Area,
    GrossArea,
    GrossHeight,
    GrossLength,
    GrossVolume,
    GrossWeight,
    GrossWidth,
    Height,
    Length,
    NetVolume,
    NetWeight,
    WeightPerArea,
    Width,
}

impl Measurand {
    /// As programs name it, for example `net_weight`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::GrossArea => "gross_area",
            Self::GrossHeight => "gross_height",
            Self::GrossLength => "gross_length",
            Self::GrossVolume => "gross_volume",
            Self::GrossWeight => "gross_weight",
            Self::GrossWidth => "gross_width",
            Self::Height => "height",
            Self::Length => "length",
            Self::NetVolume => "net_volume",
            Self::NetWeight => "net_weight",
            Self::WeightPerArea => "weight_per_area",
            Self::Width => "width",
        }
    }
}

/// What an AI measures, and in which unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    pub measurand: Measurand,
    /// For example `kg`, `lb`, `m2`, `ozt` (troy ounces), `qt` and `gal` (United States).
    pub unit: &'static str,
}
