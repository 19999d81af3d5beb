"""`decode_packet`: the first packet of bytes that came over a wire: lines, lengths and bodies, heads of HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import refused
from pyex.terms.lists import EMPTY, charlist, is_proper, to_pylist

_MORE: Final = atom("more")
_UNDEFINED: Final = atom("undefined")
_OK: Final = atom("ok")


class _Unfinished(Exception):
    """The packet is longer than what has come; `size` is how long it will be, where that is known."""

    def __init__(self, size: int | None = None) -> None:
        super().__init__()
        self.size = size


class _Invalid(Exception):
    """These bytes begin no packet of that kind."""


def _framed(data: bytes, header: int, size_of: Callable[[bytes], int], limit: int) -> int:
    if len(data) < header:
        raise _Unfinished
    size = header + size_of(data)
    if limit and size - header > limit:
        raise _Invalid
    if len(data) < size:
        raise _Unfinished(size)
    return size


def _counted(width: int) -> Callable[[bytes, int], tuple[bytes, int]]:
    def cut(data: bytes, limit: int) -> tuple[bytes, int]:
        end = _framed(data, width, lambda head: int.from_bytes(head[:width], "big"), limit)
        return data[width:end], end

    return cut


def _whole(header: int, size_of: Callable[[bytes], int]) -> Callable[[bytes, int], tuple[bytes, int]]:
    def cut(data: bytes, limit: int) -> tuple[bytes, int]:
        end = _framed(data, header, size_of, limit)
        return data[:end], end

    return cut


def _cdr(head: bytes) -> int:
    if head[:4] != b"GIOP":
        raise _Invalid
    return int.from_bytes(head[8:12], "little" if head[6] & 1 else "big")


def _fcgi(data: bytes, limit: int) -> tuple[bytes, int]:
    """A record of FastCGI, without the bytes that fill it up."""
    if data and data[0] != 1:
        raise _Invalid
    end = _framed(data, 8, lambda head: int.from_bytes(head[4:6], "big") + head[6], limit)
    return data[: end - data[6]], end


def _tls(data: bytes) -> tuple[Any, int]:
    """A record of TLS: its kind, its version, what it holds."""
    end = _framed(data, 5, lambda head: int.from_bytes(head[3:5], "big"), 0)
    return (atom("ssl_tls"), EMPTY, data[0], (data[1], data[2]), binary(data[5:end])), end


def _tpkt(head: bytes) -> int:
    size = int.from_bytes(head[2:4], "big")
    if head[0] != 3 or size < 4:
        raise _Invalid
    return size - 4


def _asn1(data: bytes, limit: int) -> tuple[bytes, int]:
    place = 1
    if len(data) < 2:
        raise _Unfinished
    if data[0] & 0x1F == 0x1F:
        while place < len(data) and data[place] & 0x80:
            place += 1
        place += 1
        if place >= len(data):
            raise _Unfinished
    size, place = data[place], place + 1
    if size & 0x80:
        width = size & 0x7F
        if len(data) < place + width:
            raise _Unfinished
        size, place = int.from_bytes(data[place : place + width], "big"), place + width
    end = _framed(data, place, lambda _: size, limit)
    return data[:end], end


_KINDS: Final[dict[Any, Callable[[bytes, int], tuple[bytes, int]]]] = {
    1: _counted(1),
    2: _counted(2),
    4: _counted(4),
    atom("asn1"): _asn1,
    atom("sunrm"): _whole(4, lambda head: int.from_bytes(head[:4], "big") & 0x7FFFFFFF),
    atom("cdr"): _whole(12, _cdr),
    atom("fcgi"): _fcgi,
    atom("tpkt"): _whole(4, _tpkt),
}
_HTTP: Final = {atom("http"): False, atom("http_bin"): True}
_HEADERS: Final = {atom("httph"): False, atom("httph_bin"): True}
_RAW: Final = (0, atom("raw"))


def _settings(options: Any) -> dict[str, int] | None:
    known = {"packet_size", "line_length", "line_delimiter"}
    if not is_proper(options):
        return None
    found: dict[str, int] = {}
    for option in to_pylist(options):
        fits = type(option) is tuple and len(option) == 2 and type(option[0]) is Atom and option[0].name in known
        if not fits or type(option[1]) is not int or option[1] < 0:
            return None
        found[option[0].name] = option[1]
    return found


def _text(data: bytes, as_binary: bool) -> Any:
    return binary(data) if as_binary else charlist(data.decode("latin-1"))


def _line_end(data: bytes, limit: int) -> int:
    place = data.find(b"\n")
    if place < 0:
        if limit and len(data) >= limit:
            raise _Invalid
        raise _Unfinished
    return place + 1


_METHODS: Final = frozenset(("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"))
_REQUEST: Final = re.compile(rb"([^ \t]+)[ \t]+(.*?)(?:[ \t]+HTTP/(\d+)\.(\d+))?[ \t]*", re.DOTALL)
_RESPONSE: Final = re.compile(rb"HTTP/(\d+)\.(\d+)[ \t]+(\d+)(?:[ \t]+(.*?))?[ \t]*", re.DOTALL)
_ABSOLUTE: Final = re.compile(rb"(https?)://([^:/]*)(?::(\d+))?(/.*)?", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(rb"([^:/]+):([^/].*)", re.DOTALL)


def _target(given: bytes, as_binary: bool) -> Any:
    if given == b"*":
        return atom("*")
    if given.startswith(b"/"):
        return atom("abs_path"), _text(given, as_binary)
    absolute = _ABSOLUTE.fullmatch(given)
    if absolute:
        scheme, host, port, path = absolute.groups()
        number = int(port) if port else _UNDEFINED
        where = _text(host, as_binary), number, _text(path or b"/", as_binary)
        return atom("absoluteURI"), atom(scheme.decode().lower()), *where
    named = _SCHEME.fullmatch(given)
    if named:
        return atom("scheme"), _text(named[1], as_binary), _text(named[2], as_binary)
    return _text(given, as_binary)


def _http(data: bytes, limit: int, as_binary: bool) -> tuple[Any, int]:
    end = _line_end(data, limit)
    line = data[:end].rstrip(b"\r\n")
    answered = _RESPONSE.fullmatch(line)
    if answered:
        major, minor, status, phrase = answered.groups()
        version = int(major), int(minor)
        return (atom("http_response"), version, int(status), _text(phrase or b"", as_binary)), end
    asked = _REQUEST.fullmatch(line)
    if asked and asked[2]:
        method = asked[1].decode("latin-1")
        name = atom(method) if method in _METHODS else _text(asked[1], as_binary)
        version = (int(asked[3]), int(asked[4])) if asked[3] else (0, 9)
        return (atom("http_request"), name, _target(asked[2], as_binary), version), end
    return (atom("http_error"), _text(data[:end], as_binary)), end


_FIELDS: Final = (
    "Cache-Control Connection Date Pragma Transfer-Encoding Upgrade Via Accept Accept-Charset Accept-Encoding "
    "Accept-Language Authorization From Host If-Modified-Since If-Match If-None-Match If-Range If-Unmodified-Since "
    "Max-Forwards Proxy-Authorization Range Referer User-Agent Age Location Proxy-Authenticate Public Retry-After Server "
    "Vary Warning Www-Authenticate Allow Content-Base Content-Encoding Content-Language Content-Length Content-Location "
    "Content-Md5 Content-Range Content-Type Etag Expires Last-Modified Accept-Ranges Set-Cookie Set-Cookie2 "
    "X-Forwarded-For Cookie Keep-Alive Proxy-Connection"
).split()
_NUMBERS: Final = {name: number for number, name in enumerate(_FIELDS, 1)}
_LONGEST_FIELD: Final = 20


def _field_name(given: bytes) -> str:
    text = given.decode("latin-1")
    if len(text) > _LONGEST_FIELD:
        return text
    return "-".join(part[:1].upper() + part[1:].lower() for part in text.split("-"))


def _header_end(data: bytes, limit: int) -> int:
    """Return where a header ends: a line that begins with a space goes on with the one before."""
    end = _line_end(data, limit)
    if data[:end] in (b"\r\n", b"\n"):
        return end
    while True:
        if end == len(data):
            raise _Unfinished
        if data[end] not in b" \t":
            return end
        end += _line_end(data[end:], limit)


def _header(data: bytes, limit: int, as_binary: bool) -> tuple[Any, int]:
    end = _header_end(data, limit)
    line = data[:end].rstrip(b"\r\n")
    if not line:
        return atom("http_eoh"), end
    name, colon, value = line.partition(b":")
    if not colon or not name.strip():
        return (atom("http_error"), _text(data[:end], as_binary)), end
    name = name.rstrip(b" \t")
    spelled = _field_name(name)
    number = _NUMBERS.get(spelled, 0)
    field = atom(spelled) if number else _text(spelled.encode("latin-1"), as_binary)
    kept = _text(name, as_binary)
    return (atom("http_header"), number, field, kept, _text(value.strip(b" \t"), as_binary)), end


def _line(data: bytes, settings: dict[str, int]) -> tuple[Any, int]:
    most = settings.get("line_length", 0)
    place = data.find(bytes((settings.get("line_delimiter", 10),)))
    end = place + 1
    if most and (place < 0 or end > most) and len(data) >= most:
        end = most
    elif place < 0:
        raise _Unfinished
    return binary(data[:end]), end


def _packet(kind: Any, data: bytes, settings: dict[str, int]) -> tuple[Any, int]:
    limit = settings.get("packet_size", 0)
    if kind in _RAW:
        if not data:
            raise _Unfinished
        return binary(data), len(data)
    if kind is atom("line"):
        return _line(data, settings)
    if kind is atom("ssl_tls"):
        return _tls(data)
    if kind in _HTTP:
        return _http(data, limit, _HTTP[kind])
    if kind in _HEADERS:
        return _header(data, limit, _HEADERS[kind])
    body, end = _KINDS[kind](data, limit)
    return binary(body), end


_KNOWN: Final = frozenset((*_KINDS, *_HTTP, *_HEADERS, *_RAW, atom("line"), atom("ssl_tls")))


def decode_packet(kind: Any, data: Any, options: Any) -> Any:
    """The first packet of bytes: `{:ok, packet, rest}`, `{:more, size}` when it is cut off, or `{:error, :invalid}`."""
    settings = _settings(options)
    known = type(kind) in (int, Atom) and kind in _KNOWN
    if not known or not is_binary(data) or settings is None:
        wrong_options = None if settings is not None else "invalid option in list" if is_proper(options) else "not a list"
        faults = (
            None if known else "invalid packet type",
            None if is_binary(data) else "not a binary",
            wrong_options or (None if known else "invalid option in list"),
        )
        raise refused("erlang", "decode_packet", (kind, data, options), *faults)
    content = to_bytes(data)
    try:
        packet, end = _packet(kind, content, settings)
    except _Unfinished as unfinished:
        return _MORE, _UNDEFINED if unfinished.size is None else unfinished.size
    except _Invalid:
        return atom("error"), atom("invalid")
    return _OK, packet, binary(content[end:])


BIFS: Final = (decode_packet,)
