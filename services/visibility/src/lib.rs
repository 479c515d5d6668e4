//! The visibility service: what is available where, over the whole network.
