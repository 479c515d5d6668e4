//! Shell: configuration from file, environment and flags; unknown keys are refused.
