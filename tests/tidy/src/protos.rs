/// An RPC in a `.proto` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rpc {
    /// Its service, for example `StockService`.
    pub service: String,
    /// Its name, for example `PostDocument`.
    pub name: String,
}

/// The RPCs of a `.proto` file that is formatted as `buf lint` wants it: a declaration begins its line.
#[must_use]
pub fn rpcs(proto: &str) -> Vec<Rpc> {
    let mut found = Vec::new();
    let mut service = String::new();
    for line in proto.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("service ") {
            service = first_word(rest);
        } else if let Some(rest) = line.strip_prefix("rpc ") {
            found.push(Rpc { service: service.clone(), name: first_word(rest) });
        }
    }
    found
}

fn first_word(text: &str) -> String {
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpcs_belong_to_the_service_above_them() {
        let proto = "// rpc Not(A)\nservice S {\n  // One.\n  rpc GetOne(A) returns (B);\n}\nservice T {\n  rpc GetTwo(A) returns (stream B);\n}";
        let names: Vec<_> =
            rpcs(proto).into_iter().map(|rpc| format!("{}.{}", rpc.service, rpc.name)).collect();
        assert_eq!(names, ["S.GetOne", "T.GetTwo"]);
    }
}
