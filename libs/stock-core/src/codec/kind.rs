use proto::events::v1 as wire;

use super::CodecError;
use crate::MovementKind;

pub(super) const fn to_wire(kind: MovementKind) -> u32 {
    let number = match kind {
        MovementKind::Receipt => wire::MovementKind::Receipt,
        MovementKind::Issue => wire::MovementKind::Issue,
        MovementKind::Move => wire::MovementKind::Move,
        MovementKind::Adjustment => wire::MovementKind::Adjustment,
        MovementKind::Return => wire::MovementKind::Return,
        MovementKind::Fulfilment => wire::MovementKind::Fulfilment,
        MovementKind::StatusChange => wire::MovementKind::StatusChange,
        MovementKind::OwnerChange => wire::MovementKind::OwnerChange,
        MovementKind::Consumption => wire::MovementKind::Consumption,
        MovementKind::Production => wire::MovementKind::Production,
        MovementKind::Reversal => wire::MovementKind::Reversal,
        MovementKind::Repack => wire::MovementKind::Repack,
        MovementKind::Usage => wire::MovementKind::Usage,
    };
    (number as i32).cast_unsigned()
}

pub(super) fn from_wire(number: u64) -> Result<MovementKind, CodecError> {
    let known = i32::try_from(number).ok().and_then(|number| wire::MovementKind::try_from(number).ok());
    match known.unwrap_or_default() {
        wire::MovementKind::Receipt => Ok(MovementKind::Receipt),
        wire::MovementKind::Issue => Ok(MovementKind::Issue),
        wire::MovementKind::Move => Ok(MovementKind::Move),
        wire::MovementKind::Adjustment => Ok(MovementKind::Adjustment),
        wire::MovementKind::Return => Ok(MovementKind::Return),
        wire::MovementKind::Fulfilment => Ok(MovementKind::Fulfilment),
        wire::MovementKind::StatusChange => Ok(MovementKind::StatusChange),
        wire::MovementKind::OwnerChange => Ok(MovementKind::OwnerChange),
        wire::MovementKind::Consumption => Ok(MovementKind::Consumption),
        wire::MovementKind::Production => Ok(MovementKind::Production),
        wire::MovementKind::Reversal => Ok(MovementKind::Reversal),
        wire::MovementKind::Repack => Ok(MovementKind::Repack),
        wire::MovementKind::Usage => Ok(MovementKind::Usage),
        wire::MovementKind::Unspecified => Err(CodecError::Missing("movement kind")),
    }
}
