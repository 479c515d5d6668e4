use std::marker::PhantomData;

use prost::Message;
use prost::bytes::Buf;
use tonic::Status;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};

/// Messages on the wire, as `tonic_prost::ProstCodec` reads and writes them. That one reads every byte through the buffer of the
/// connection, which looks at itself each time, and lets the buffer of an answer grow from little: with messages of many small fields
/// that is a good part of what a call costs.
#[derive(Debug)]
pub struct WireCodec<T, U>(PhantomData<(T, U)>);

/// Writes messages.
#[derive(Debug)]
pub struct WireEncoder<T>(PhantomData<T>);

/// Reads messages.
#[derive(Debug)]
pub struct WireDecoder<U>(PhantomData<U>);

impl<T, U> Default for WireCodec<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for WireCodec<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = WireEncoder<T>;
    type Decoder = WireDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        WireEncoder(PhantomData)
    }

    fn decoder(&mut self) -> Self::Decoder {
        WireDecoder(PhantomData)
    }
}

impl<T: Message> Encoder for WireEncoder<T> {
    type Item = T;
    type Error = Status;

    fn encode(&mut self, item: T, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.reserve(item.encoded_len());
        item.encode(buffer).map_err(|error| Status::internal(error.to_string()))
    }
}

impl<U: Message + Default> Decoder for WireDecoder<U> {
    type Item = U;
    type Error = Status;

    /// The message is taken out of the connection's buffer as it is, without a copy, and then read.
    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        let message = buffer.copy_to_bytes(buffer.remaining());
        // As tonic says it: see https://github.com/grpc/grpc/blob/master/doc/statuscodes.md
        U::decode(message).map(Some).map_err(|error| Status::internal(error.to_string()))
    }
}
