//! Shell: configuration from file, environment and flags; unknown keys are refused.
//!
//! Later wins: the defaults of the type, the TOML file, the environment, the flags. Every value remembers where it came
//! from, so that an error can name the key *and* the place to mend it.

mod environment;
mod error;
mod layer;
mod merge;
mod redact;
mod secret;
mod settings;
mod show;
#[cfg(test)]
mod tests;

pub use error::{Origin, SettingsError};
pub use settings::Settings;
