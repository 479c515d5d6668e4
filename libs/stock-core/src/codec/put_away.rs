//! Rules about where goods are put.

use vocabulary::{LocationCode, Sku};
use work_core::{HazardClass, StoredAs, Stores, ZoneClass};

use super::CodecError;
use super::decode::{fields, given, quantity, text};
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::Rule;

pub(super) fn write_stored_as(writer: &mut Writer, sku: &Sku, how: &StoredAs) {
    writer.message(145, |writer| {
        writer.text(1, sku.as_str());
        writer.text(2, how.fixed.as_ref().map_or("", LocationCode::as_str));
        writer.text(3, how.class.map_or("", ZoneClass::as_str));
        writer.text(4, how.hazard.map_or("", HazardClass::as_str));
    });
}

pub(super) fn read_stored_as(rule: Reader<'_>) -> Result<Rule, CodecError> {
    let [sku, fixed, class, hazard] = fields(rule)?;
    let hazard = match text(hazard)? {
        "" => None,
        name => Some(HazardClass::parse(name).ok_or(CodecError::Missing("hazard"))?),
    };
    let how = StoredAs { fixed: given(fixed, LocationCode::parse)?, class: zone_class(class)?, hazard };
    Ok(Rule::StoredAs { sku: Sku::parse(text(sku)?)?, how })
}

pub(super) fn write_stores(writer: &mut Writer, location: &LocationCode, what: &Stores) {
    writer.message(146, |writer| {
        writer.text(1, location.as_str());
        writer.text(2, what.class.map_or("", ZoneClass::as_str));
        if let Some(units_max) = &what.units_max {
            writer.decimal(3, units_max);
        }
    });
}

pub(super) fn read_stores(rule: Reader<'_>) -> Result<Rule, CodecError> {
    let [location, class, units_max] = fields(rule)?;
    let units_max = units_max.map(|field| quantity(Some(field))).transpose()?;
    let what = Stores { class: zone_class(class)?, units_max };
    Ok(Rule::Stores { location: LocationCode::parse(text(location)?)?, what })
}

fn zone_class(field: Option<Field<'_>>) -> Result<Option<ZoneClass>, CodecError> {
    match text(field)? {
        "" => Ok(None),
        name => ZoneClass::parse(name).map(Some).ok_or(CodecError::Missing("class")),
    }
}
