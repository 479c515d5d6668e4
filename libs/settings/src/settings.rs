use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{SettingsError, environment, merge, show};

/// Reads and shows configuration.
#[derive(Debug)]
pub struct Settings;

impl Settings {
    /// Reads the configuration `T`: its defaults, overlaid by `file`, by the environment variables that begin with
    /// `env_prefix` (`ENTREPOT_STOCK__DATABASE__URL` sets `stock.database.url`), and by `overrides` (flags; a JSON
    /// object, nulls are skipped).
    ///
    /// A key `x_file` sets `x` to the trimmed content of the file it names: the way to hand over a secret.
    ///
    /// # Errors
    /// [`SettingsError`], naming the key in full and where it was set.
    pub fn load<T>(
        file: Option<&Path>,
        env_prefix: &str,
        overrides: serde_json::Value,
    ) -> Result<T, SettingsError>
    where
        T: Serialize + DeserializeOwned + Default,
    {
        let variables = environment::of_process();
        merge::load(file, &environment::Environment { prefix: env_prefix, variables: &variables }, overrides)
    }

    /// The configuration as TOML, with every secret replaced by `***`.
    #[must_use]
    pub fn show<T: Serialize>(settings: &T) -> String {
        show::show(settings)
    }
}
