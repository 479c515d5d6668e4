//! Test support: the real servers, one schema, topic prefix and key space a test.
