use super::measure::Measurand::{
    Area, GrossArea, GrossHeight, GrossLength, GrossVolume, GrossWeight, GrossWidth, Height, Length,
    NetVolume, NetWeight, WeightPerArea, Width,
};
use super::relation::{ITEM, ITEM_OR_CONTENT, UNIT_OR_ITEM};
use super::row::{Row, measure, six};

/// Trade and logistic measures: 310n to 369n. The last digit says how many decimals the value has.
pub(super) const ROWS: &[Row] = &[
    measure(six!("310"), "NET WEIGHT (kg)", ITEM_OR_CONTENT).excludes(&["310n"]).measures(NetWeight, "kg"),
    measure(six!("311"), "LENGTH (m)", ITEM_OR_CONTENT).excludes(&["311n"]).measures(Length, "m"),
    measure(six!("312"), "WIDTH (m)", ITEM_OR_CONTENT).excludes(&["312n"]).measures(Width, "m"),
    measure(six!("313"), "HEIGHT (m)", ITEM_OR_CONTENT).excludes(&["313n"]).measures(Height, "m"),
    measure(six!("314"), "AREA (m²)", ITEM_OR_CONTENT).excludes(&["314n"]).measures(Area, "m2"),
    measure(six!("315"), "NET VOLUME (l)", ITEM_OR_CONTENT).excludes(&["315n"]).measures(NetVolume, "l"),
    measure(six!("316"), "NET VOLUME (m³)", ITEM_OR_CONTENT).excludes(&["316n"]).measures(NetVolume, "m3"),
    measure(six!("320"), "NET WEIGHT (lb)", ITEM_OR_CONTENT).excludes(&["320n"]).measures(NetWeight, "lb"),
    measure(six!("321"), "LENGTH (in)", ITEM_OR_CONTENT).excludes(&["321n"]).measures(Length, "in"),
    measure(six!("322"), "LENGTH (ft)", ITEM_OR_CONTENT).excludes(&["322n"]).measures(Length, "ft"),
    measure(six!("323"), "LENGTH (yd)", ITEM_OR_CONTENT).excludes(&["323n"]).measures(Length, "yd"),
    measure(six!("324"), "WIDTH (in)", ITEM_OR_CONTENT).excludes(&["324n"]).measures(Width, "in"),
    measure(six!("325"), "WIDTH (ft)", ITEM_OR_CONTENT).excludes(&["325n"]).measures(Width, "ft"),
    measure(six!("326"), "WIDTH (yd)", ITEM_OR_CONTENT).excludes(&["326n"]).measures(Width, "yd"),
    measure(six!("327"), "HEIGHT (in)", ITEM_OR_CONTENT).excludes(&["327n"]).measures(Height, "in"),
    measure(six!("328"), "HEIGHT (ft)", ITEM_OR_CONTENT).excludes(&["328n"]).measures(Height, "ft"),
    measure(six!("329"), "HEIGHT (yd)", ITEM_OR_CONTENT).excludes(&["329n"]).measures(Height, "yd"),
    measure(six!("330"), "GROSS WEIGHT (kg)", UNIT_OR_ITEM).excludes(&["330n"]).measures(GrossWeight, "kg"),
    measure(six!("331"), "LENGTH (m), log", UNIT_OR_ITEM).excludes(&["331n"]).measures(GrossLength, "m"),
    measure(six!("332"), "WIDTH (m), log", UNIT_OR_ITEM).excludes(&["332n"]).measures(GrossWidth, "m"),
    measure(six!("333"), "HEIGHT (m), log", UNIT_OR_ITEM).excludes(&["333n"]).measures(GrossHeight, "m"),
    measure(six!("334"), "AREA (m²), log", UNIT_OR_ITEM).excludes(&["334n"]).measures(GrossArea, "m2"),
    measure(six!("335"), "VOLUME (l), log", UNIT_OR_ITEM).excludes(&["335n"]).measures(GrossVolume, "l"),
    measure(six!("336"), "VOLUME (m³), log", UNIT_OR_ITEM).excludes(&["336n"]).measures(GrossVolume, "m3"),
    measure(six!("337"), "KG PER m²", ITEM).excludes(&["337n"]).measures(WeightPerArea, "kg/m2"),
    measure(six!("340"), "GROSS WEIGHT (lb)", UNIT_OR_ITEM).excludes(&["340n"]).measures(GrossWeight, "lb"),
    measure(six!("341"), "LENGTH (in), log", UNIT_OR_ITEM).excludes(&["341n"]).measures(GrossLength, "in"),
    measure(six!("342"), "LENGTH (ft), log", UNIT_OR_ITEM).excludes(&["342n"]).measures(GrossLength, "ft"),
    measure(six!("343"), "LENGTH (yd), log", UNIT_OR_ITEM).excludes(&["343n"]).measures(GrossLength, "yd"),
    measure(six!("344"), "WIDTH (in), log", UNIT_OR_ITEM).excludes(&["344n"]).measures(GrossWidth, "in"),
    measure(six!("345"), "WIDTH (ft), log", UNIT_OR_ITEM).excludes(&["345n"]).measures(GrossWidth, "ft"),
    measure(six!("346"), "WIDTH (yd), log", UNIT_OR_ITEM).excludes(&["346n"]).measures(GrossWidth, "yd"),
    measure(six!("347"), "HEIGHT (in), log", UNIT_OR_ITEM).excludes(&["347n"]).measures(GrossHeight, "in"),
    measure(six!("348"), "HEIGHT (ft), log", UNIT_OR_ITEM).excludes(&["348n"]).measures(GrossHeight, "ft"),
    measure(six!("349"), "HEIGHT (yd), log", UNIT_OR_ITEM).excludes(&["349n"]).measures(GrossHeight, "yd"),
    measure(six!("350"), "AREA (in²)", ITEM_OR_CONTENT).excludes(&["350n"]).measures(Area, "in2"),
    measure(six!("351"), "AREA (ft²)", ITEM_OR_CONTENT).excludes(&["351n"]).measures(Area, "ft2"),
    measure(six!("352"), "AREA (yd²)", ITEM_OR_CONTENT).excludes(&["352n"]).measures(Area, "yd2"),
    measure(six!("353"), "AREA (in²), log", UNIT_OR_ITEM).excludes(&["353n"]).measures(GrossArea, "in2"),
    measure(six!("354"), "AREA (ft²), log", UNIT_OR_ITEM).excludes(&["354n"]).measures(GrossArea, "ft2"),
    measure(six!("355"), "AREA (yd²), log", UNIT_OR_ITEM).excludes(&["355n"]).measures(GrossArea, "yd2"),
    measure(six!("356"), "NET WEIGHT (tr oz)", ITEM_OR_CONTENT)
        .excludes(&["356n"])
        .measures(NetWeight, "ozt"),
    measure(six!("357"), "NET VOLUME (oz)", ITEM_OR_CONTENT).excludes(&["357n"]).measures(NetVolume, "oz"),
    measure(six!("360"), "NET VOLUME (qt (US))", ITEM_OR_CONTENT)
        .excludes(&["360n"])
        .measures(NetVolume, "qt"),
    measure(six!("361"), "NET VOLUME (gal.)", ITEM_OR_CONTENT).excludes(&["361n"]).measures(NetVolume, "gal"),
    measure(six!("362"), "VOLUME (qt (US)), log", UNIT_OR_ITEM)
        .excludes(&["362n"])
        .measures(GrossVolume, "qt"),
    measure(six!("363"), "VOLUME (gal (US)), log", UNIT_OR_ITEM)
        .excludes(&["363n"])
        .measures(GrossVolume, "gal"),
    measure(six!("364"), "NET VOLUME (in³)", ITEM_OR_CONTENT).excludes(&["364n"]).measures(NetVolume, "in3"),
    measure(six!("365"), "NET VOLUME (ft³)", ITEM_OR_CONTENT).excludes(&["365n"]).measures(NetVolume, "ft3"),
    measure(six!("366"), "NET VOLUME (yd³)", ITEM_OR_CONTENT).excludes(&["366n"]).measures(NetVolume, "yd3"),
    measure(six!("367"), "VOLUME (in³), log", UNIT_OR_ITEM).excludes(&["367n"]).measures(GrossVolume, "in3"),
    measure(six!("368"), "VOLUME (ft³), log", UNIT_OR_ITEM).excludes(&["368n"]).measures(GrossVolume, "ft3"),
    measure(six!("369"), "VOLUME (yd³), log", UNIT_OR_ITEM).excludes(&["369n"]).measures(GrossVolume, "yd3"),
];
