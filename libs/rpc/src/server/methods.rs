//! Every method this server can have, from the descriptors: metric labels stay bounded, and a layer knows a stream from a unary call
//! before the call has begun.

use std::collections::HashMap;
use std::sync::LazyLock;

use prost::Message;
use prost_types::{FileDescriptorProto, FileDescriptorSet};

use super::measure::Durations;

/// A method, by its path.
#[derive(Debug)]
pub(super) struct Method {
    /// `package.Service/Method`: the value of the `rpc.method` label.
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) purpose: Purpose,
    pub(super) durations: Durations,
}

impl Method {
    fn new(name: String, shape: Shape, purpose: Purpose) -> Self {
        Self { name, shape, purpose, durations: Durations::default() }
    }
}

/// How many messages go either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One in, one out: has a deadline always.
    Unary,
    /// Several in or out: has a deadline when its caller sends one.
    Stream,
}

/// Whether an overloaded server still takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The work itself.
    Work,
    /// Health and reflection: what a probe asks must be answered under load too.
    Operation,
}

/// The method at a path such as `/entrepot.stock.v1.StockService/PostDocument`.
pub(super) fn at(path: &str) -> &'static Method {
    METHODS.get(path).unwrap_or(&UNKNOWN)
}

static METHODS: LazyLock<HashMap<String, Method>> = LazyLock::new(|| {
    let sets = [
        proto::DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
    ];
    let files =
        sets.into_iter().filter_map(|set| FileDescriptorSet::decode(set).ok()).flat_map(|set| set.file);
    files.flat_map(|file| methods(&file)).collect()
});

static UNKNOWN: LazyLock<Method> =
    LazyLock::new(|| Method::new("_OTHER".into(), Shape::Unary, Purpose::Work));

fn methods(file: &FileDescriptorProto) -> Vec<(String, Method)> {
    let purpose = if file.package().starts_with("grpc.") { Purpose::Operation } else { Purpose::Work };
    let of_service = |service: &prost_types::ServiceDescriptorProto| {
        let methods = service.method.iter().map(|method| {
            let streams = method.client_streaming() || method.server_streaming();
            let shape = if streams { Shape::Stream } else { Shape::Unary };
            let name = format!("{}.{}/{}", file.package(), service.name(), method.name());
            (format!("/{name}"), Method::new(name, shape, purpose))
        });
        methods.collect::<Vec<_>>()
    };
    file.service.iter().flat_map(of_service).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_known_by_their_path() {
        for (path, name, shape, purpose) in [
            (
                "/entrepot.stock.v1.StockService/PostDocument",
                "entrepot.stock.v1.StockService/PostDocument",
                Shape::Unary,
                Purpose::Work,
            ),
            (
                "/entrepot.stock.v1.StockService/PostDocuments",
                "entrepot.stock.v1.StockService/PostDocuments",
                Shape::Stream,
                Purpose::Work,
            ),
            ("/grpc.health.v1.Health/Check", "grpc.health.v1.Health/Check", Shape::Unary, Purpose::Operation),
            (
                "/grpc.health.v1.Health/Watch",
                "grpc.health.v1.Health/Watch",
                Shape::Stream,
                Purpose::Operation,
            ),
            ("/no.Such/Method", "_OTHER", Shape::Unary, Purpose::Work),
        ] {
            let method = at(path);
            assert_eq!((method.name.as_str(), method.shape, method.purpose), (name, shape, purpose));
        }
    }
}
