use prost::Message;
use uuid::Uuid;

/// The namespace of request ids that are made from content.
const NAMESPACE: Uuid = Uuid::from_u128(0x2d1f_6a6c_5e0b_4b8e_9c57_3f7c_8d0a_41e6);

/// The id the caller gave, or a new one. Whether a given one is a UUID is for the server to say.
pub(crate) fn request_id_or_new(given: Option<&str>) -> String {
    given.map_or_else(|| Uuid::now_v7().to_string(), ToOwned::to_owned)
}

/// A request id made from the content of a message (with its request id empty): the same content gives the same id, so that running
/// the same file again repeats requests instead of making new ones.
pub(crate) fn request_id_of(method: &str, message: &impl Message) -> String {
    let mut content = method.as_bytes().to_vec();
    content.push(0);
    content.extend(message.encode_to_vec());
    Uuid::new_v5(&NAMESPACE, &content).to_string()
}

#[cfg(test)]
mod tests {
    use proto::catalog::v1::GetItemRequest;

    use super::*;

    #[test]
    fn the_same_content_has_the_same_id() {
        let message = |sku: &str| GetItemRequest { sku: sku.to_owned() };
        assert_eq!(request_id_of("a", &message("A")), request_id_of("a", &message("A")));
        assert_ne!(request_id_of("a", &message("A")), request_id_of("a", &message("B")));
        assert_ne!(request_id_of("a", &message("A")), request_id_of("b", &message("A")));
    }
}
