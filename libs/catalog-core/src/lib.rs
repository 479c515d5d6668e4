//! Pure: the rules of master data, coding rules and exact units.
