"""Unpacks a body, whatever it was packed with, and stops where it would fill the memory."""

import zlib
from collections.abc import Iterator
from typing import Final

import brotli  # type: ignore[import-untyped]

ENCODINGS: Final = "gzip, deflate, br"  # what we ask for
_STEP: Final = 64 * 1024
_MOST_LAYERS: Final = 2


class PackedWronglyError(Exception):
    """A body is not packed as its headers say."""


def unpack(body: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    """A body without its packing (RFC 9110, Content-Encoding), at most `most` bytes of it, and whether it goes on.

    A body that was broken off gives what it has and goes on. Raises PackedWronglyError for what cannot be unpacked.
    """
    layers = [layer for told in encoding.lower().split(",") if (layer := told.strip()) not in ("", "identity")]
    if len(layers) > _MOST_LAYERS:
        raise PackedWronglyError(f"packed {len(layers)} times over")
    goes_on = False
    for layer in reversed(layers):
        unpacked, broken_off = _unpack(body, layer, most)
        body, goes_on = unpacked, goes_on or broken_off
    return body[:most], goes_on or len(body) > most


def _unpack(body: bytes, layer: str, most: int) -> tuple[bytes, bool]:
    if layer not in ("gzip", "x-gzip", "deflate", "br"):
        raise PackedWronglyError(f"packed in a way of its own: {layer[:20]}")
    parts: list[bytes] = []
    size = 0
    try:
        for part in _unbrotli(body) if layer == "br" else _inflate(body, layer):
            parts.append(part)
            size += len(part)
            if size > most:
                return b"".join(parts), True
    except _BrokenOff:
        return b"".join(parts), True
    except (zlib.error, brotli.error) as error:
        raise PackedWronglyError(f"not packed as {layer}") from error
    return b"".join(parts), False


class _BrokenOff(Exception):
    """The packed body ends before it is complete."""


def _inflate(body: bytes, layer: str) -> Iterator[bytes]:
    """Unpack gzip, of several members too, and deflate, with the zlib header of RFC 9110 or, as many send it, without."""
    raw = layer == "deflate" and not _has_zlib_header(body)
    while body:
        stream = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
        while not stream.eof:
            part = stream.decompress(body, _STEP)  # when the body is used up, zlib may still hold what it has unpacked
            body = stream.unconsumed_tail
            if not (part or body or stream.eof):
                raise _BrokenOff
            yield part
        body = stream.unused_data if stream.unused_data.startswith(b"\x1f\x8b") else b""


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2]) % 31 == 0


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    part = stream.process(body, output_buffer_limit=_STEP)
    while part or not stream.can_accept_more_data():
        yield part
        if stream.is_finished():
            return
        part = stream.process(b"", output_buffer_limit=_STEP)
    if body and not stream.is_finished():
        raise _BrokenOff
