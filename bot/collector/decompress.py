"""Undoes Content-Encoding piece by piece, never producing more than asked for. Knows gzip, deflate, br and zstd."""

import sys
import zlib
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
else:
    from backports.zstd import ZstdDecompressor, ZstdError

GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class DecompressionError(Exception):
    """The body is not what its Content-Encoding says, or longer than allowed once unpacked."""


class Decoder(Protocol):
    """Takes pieces of a body and gives pieces of what was packed in them."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Return at most `room` + 1 bytes; one more than `room` means that the limit is broken."""

    def finish(self) -> None:
        """Raise DecompressionError when the body ended early."""


class _Identity:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[: room + 1]

    def finish(self) -> None:
        return


class _Zlib:
    def __init__(self, *, deflate: bool) -> None:
        self._deflate = deflate
        self._inflate: zlib._Decompress | None = None if deflate else zlib.decompressobj(zlib.MAX_WBITS | 16)

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inflate is None:
            # "deflate" means a zlib stream, but some servers send raw deflate; the first byte tells.
            wrapped = bool(data) and data[0] & 0x0F == zlib.DEFLATED
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        try:
            out = self._inflate.decompress(data, room + 1)
            # A gzip body may be several members, one after the other.
            while len(out) <= room and self._inflate.eof and self._inflate.unused_data.startswith(GZIP_MAGIC):
                data, self._inflate = self._inflate.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16)
                out += self._inflate.decompress(data, room + 1 - len(out))
        except zlib.error as error:
            raise DecompressionError(f"broken {'deflate' if self._deflate else 'gzip'} data") from error
        return out

    def finish(self) -> None:
        if self._inflate is not None and not self._inflate.eof:
            raise DecompressionError("the compressed body ended early")


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        try:
            out += self._decoder.process(data, output_buffer_limit=room + 1)
            while not self._decoder.can_accept_more_data() and len(out) <= room:
                out += self._decoder.process(b"", output_buffer_limit=room + 1 - len(out))
        except brotli.error as error:
            raise DecompressionError("broken br data") from error
        return bytes(out)

    def finish(self) -> None:
        if not self._decoder.is_finished():
            raise DecompressionError("the compressed body ended early")


class _Zstd:
    def __init__(self) -> None:
        self._decoder = ZstdDecompressor()
        self._rest = b""

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        data = self._rest + data
        while data and len(out) <= room:
            # A body may be several frames, one after the other; what follows them and is none is ignored.
            if self._decoder.eof and data.startswith(_ZSTD_MAGIC):
                self._decoder = ZstdDecompressor()
            if self._decoder.eof:
                break
            try:
                out += self._decoder.decompress(data, room + 1 - len(out))
            except ZstdError as error:
                raise DecompressionError("broken zstd data") from error
            data = self._decoder.unused_data if self._decoder.eof else b""
        self._rest = data if self._decoder.eof else b""
        return bytes(out)

    def finish(self) -> None:
        if not self._decoder.eof:
            raise DecompressionError("the compressed body ended early")


def decoder_for(content_encoding: str) -> Decoder:
    """Return a decoder for a Content-Encoding header. Raises DecompressionError for one that was not asked for."""
    name = content_encoding.strip().lower()
    if name in {"", "identity", "none"}:
        return _Identity()
    if name in {"gzip", "x-gzip"}:
        return _Zlib(deflate=False)
    if name == "deflate":
        return _Zlib(deflate=True)
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise DecompressionError(f"unknown Content-Encoding {name[:40]!r}")
