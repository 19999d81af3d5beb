"""URI: addresses, their parts and their letters."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.stdlib.elixir.enumerable import Lazy, elements
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.functions import is_function, shown_as
from pyex.terms.inspect import inspect
from pyex.terms.lists import List
from pyex.terms.maps import EMPTY_MAP, Map, struct

module = NativeModule("URI", doc="Addresses of the web and others: their parts, their queries and their letters.")
FIELDS: Final = ("scheme", "authority", "userinfo", "host", "port", "path", "query", "fragment")
module.struct(dict.fromkeys(FIELDS))

MODULE: Final = alias("URI")
OK: Final = atom("ok")
ERROR: Final = atom("error")
FORM: Final = atom("www_form")

_ports: dict[str, int] = {
    "ftp": 21,
    "sftp": 22,
    "tftp": 69,
    "http": 80,
    "ws": 80,
    "ldap": 389,
    "https": 443,
    "wss": 443,
}
_RESERVED: Final = frozenset(b":/?#[]@!$&'()*+,;=")
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PARTS: Final = re.compile(
    r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_AUTHORITY: Final = re.compile(r"(?:(.*)@)?(\[[a-zA-Z0-9:.]*\]|[^:]*)(?::(\d*))?", re.DOTALL)


def _make(**fields: Any) -> Map:
    return struct(MODULE, {**dict.fromkeys(FIELDS), **fields})


def _is_uri(value: Any) -> bool:
    return type(value) is Map and value.struct is MODULE


def _text(value: Any, function: str, *args: Any) -> str:
    if not is_binary(value):
        raise function_clause(MODULE, function, args or (value,))
    return value if type(value) is str else to_bytes(value).decode("latin-1")


@module.function
def default_port(scheme: Any) -> Any:
    """Return the usual port of a scheme, or nil.

        iex> URI.default_port("https")
        443
    """
    return _ports.get(_text(scheme, "default_port"))


@module.function("default_port", arity=2)
def put_default_port(scheme: Any, port: Any) -> Any:
    """Make a port the usual one of a scheme.

        iex> URI.default_port("gopher", 70)
        :ok
    """
    if type(port) is not int or port < 0:
        raise function_clause(MODULE, "default_port", (scheme, port))
    _ports[_text(scheme, "default_port", scheme, port)] = port
    return OK


# Letters


@module.function("char_reserved?")
def char_reserved(character: Any) -> Any:
    """Tell whether a character stands between the parts of an address.

        iex> URI.char_reserved?(?/)
        true
    """
    return character in _RESERVED


@module.function("char_unreserved?")
def char_unreserved(character: Any) -> Any:
    """Tell whether a character has no meaning of its own in an address.

        iex> URI.char_unreserved?(?~)
        true
    """
    return character in _UNRESERVED


@module.function("char_unescaped?")
def char_unescaped(character: Any) -> Any:
    """Tell whether a character may stand in an address as it is.

        iex> URI.char_unescaped?(?\\s)
        false
    """
    return character in _RESERVED or character in _UNRESERVED


shown_as(char_unescaped, "1.13329028/1 in URI.char_unescaped?")


@module.function
def encode(string: Any, predicate: Any = char_unescaped) -> Any:
    """Escape the bytes for which `predicate` is not true.

        iex> URI.encode("a b/c")
        "a%20b/c"
    """
    if not is_binary(string) or not is_function(predicate, 1):
        raise function_clause(MODULE, "encode", (string, predicate))
    return binary(
        b"".join(bytes([byte]) if predicate(byte) else b"%%%02X" % byte for byte in to_bytes(string))
    )


@module.function
def encode_www_form(string: Any) -> Any:
    """Escape a text as forms do: a space is a plus.

        iex> URI.encode_www_form("a b/c")
        "a+b%2Fc"
    """
    if not is_binary(string):
        raise function_clause(MODULE, "encode_www_form", (string,))
    return encode(string, lambda byte: byte == 32 or byte in _UNRESERVED).replace(" ", "+")


_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


@module.function
def decode(uri: Any) -> Any:
    """Replace the escapes of a text by their bytes.

        iex> URI.decode("a%20b")
        "a b"
    """
    if not is_binary(uri):
        raise function_clause(MODULE, "decode", (uri,))
    return binary(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), to_bytes(uri)))


@module.function
def decode_www_form(string: Any) -> Any:
    """Replace the escapes of a form's text; a plus is a space.

        iex> URI.decode_www_form("a+b%2Fc")
        "a b/c"
    """
    if not is_binary(string):
        raise function_clause(MODULE, "decode_www_form", (string,))
    return decode(binary(to_bytes(string).replace(b"+", b" ")))


# Queries


@module.function
def encode_query(enumerable: Any, encoding: Any = FORM) -> Any:
    """Return the query of `{key, value}` pairs.

        iex> URI.encode_query(a: 1, b: "x y")
        "a=1&b=x+y"
    """
    return "&".join(_encoded_pair(pair, encoding) for pair in elements(enumerable))


def _encoded_pair(pair: Any, encoding: Any) -> str:
    if type(pair) is not tuple or len(pair) != 2 or atom_name(encoding) not in ("www_form", "rfc3986"):
        raise function_clause(MODULE, "encode_kv_pair", (pair, encoding))
    form = encoding is FORM
    return f"{_encoded(pair[0], 'keys', form)}={_encoded(pair[1], 'values', form)}"


def _encoded(value: Any, what: str, form: bool) -> str:
    if isinstance(value, List):
        raise argument_error(f"encode_query/2 {what} cannot be lists, got: {inspect(value)}")
    text = call("String.Chars", "to_string", value)
    return str(encode_www_form(text) if form else encode(text, char_unreserved))


@module.function
def decode_query(query: Any, map: Any = EMPTY_MAP, encoding: Any = FORM) -> Any:
    """Put the pairs of a query into a map.

        iex> URI.decode_query("a=1&b=x+y")
        %{"a" => "1", "b" => "x y"}
    """
    if not is_binary(query) or type(map) is not Map or atom_name(encoding) not in ("www_form", "rfc3986"):
        raise function_clause(MODULE, "decode_query", (query, map, encoding))
    for key, value in _pairs(query, encoding):
        map = map.put(key, value)
    return map


@module.function
def query_decoder(query: Any, encoding: Any = FORM) -> Any:
    """Return a stream of the pairs of a query.

        iex> Enum.to_list(URI.query_decoder("a=1&a=2"))
        [{"a", "1"}, {"a", "2"}]
    """
    if not is_binary(query):
        raise function_clause(MODULE, "query_decoder", (query, encoding))
    return Lazy(lambda: iter(_pairs(query, encoding)), "unfold")


def _pairs(query: Any, encoding: Any) -> list[tuple[Any, Any]]:
    read = decode_www_form if encoding is FORM else decode
    texts = to_bytes(query).split(b"&")
    if not texts[-1]:
        texts.pop()
    parts = [text.partition(b"=") for text in texts]
    return [(read(binary(key)), read(binary(value))) for key, _, value in parts]


# Parts


@module.function
def parse(uri: Any) -> Any:
    """Return the parts of an address, whatever it looks like.

        iex> URI.parse("https://example.com/a?b").path
        "/a"
    """
    if _is_uri(uri):
        return uri
    scheme, authority, path, query, fragment = _parts(_text(uri, "parse"))
    found: dict[str, Any] = {"authority": authority}
    if authority is not None:
        found |= _authority(authority)
    if found.get("port") is None and scheme is not None:
        found["port"] = _ports.get(scheme)
    return _make(scheme=scheme, path=path or None, query=query, fragment=fragment, **found)


def _parts(text: str) -> tuple[str | None, ...]:
    found = _PARTS.fullmatch(text)
    scheme, authority, path, query, fragment = found.groups() if found else (None, None, text, None, None)
    return scheme.lower() if scheme else None, authority, path, query, fragment


def _authority(text: str) -> dict[str, Any]:
    found = _AUTHORITY.match(text)
    assert found is not None  # every part may be empty
    userinfo, host, port = found.groups()
    if host.startswith("["):
        host = host[1:-1]
    return {"userinfo": userinfo, "host": host, "port": int(port) if port else None}


_ALLOWED: Final = re.compile(r"(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=%])*")


@module.function
def new(uri: Any) -> Any:
    """Return `{:ok, uri}` of a valid address, or `{:error, the part at fault}`.

        iex> URI.new("a b")
        {:error, " "}
    """
    if _is_uri(uri):
        return OK, uri
    text = _text(uri, "new")
    wrong = _wrong(text)
    if wrong is not None:
        # What follows a scheme is read as a whole: it is its colon that stands there in vain.
        return ERROR, ":" if _parts(text)[0] is not None else wrong
    parsed = parse(text).put(atom("authority"), None)
    host = parsed[atom("host")]
    if "//" in text and host is not None and parsed[atom("port")] is None:
        parsed = parsed.put(atom("port"), None)
    return OK, parsed


def _wrong(text: str) -> str | None:
    """Return the first letter at which a text ceases to be an address, or None."""
    scheme, authority, path, query, fragment = _parts(text)
    head, colon, _ = (path or "").partition("/")[0].partition(":")
    if scheme is None and authority is None and colon and _stranger(head) is None:
        return ":"
    if authority is not None:
        host = authority.rpartition("@")[2]
        bracketed = re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::[0-9]*)?", host)
        if not bracketed:
            if "[" in host or not re.fullmatch(r"[^:]*(?::[0-9]*)?", host):
                return ":"
            strange = _stranger(host)
            if strange is not None:
                return strange
    for part in (path, query, fragment):
        strange = None if part is None else _stranger(part)
        if strange is not None:
            return strange
    return None


def _stranger(part: str) -> str | None:
    found = _ALLOWED.match(part)
    end = found.end() if found else 0
    return None if end == len(part) else part[end]


@module.function("new!")
def new_bang(uri: Any) -> Any:
    """Return the parts of a valid address; raises URI.Error.

        iex> URI.new!("http://example.com").port
        80
    """
    found = new(uri)
    if found[0] is ERROR:
        raise elixir_error("URI.Error", action=atom("parse"), reason=atom("invalid_uri"), part=found[1])
    return found[1]


@module.function
def to_string(uri: Any) -> Any:
    """Return the text of an address.

        iex> URI.to_string(%URI{scheme: "http", host: "example.com", port: 8080})
        "http://example.com:8080"
    """
    if not _is_uri(uri):
        raise function_clause(alias("String.Chars.URI"), "to_string", (uri,))
    part = {name: uri.get(atom(name)) for name in FIELDS}
    host, path = part["host"], part["path"]
    if host is not None and path and not path.startswith("/"):
        raise argument_error(
            f":path in URI must be empty or an absolute path if URL has a :host, got: {inspect(uri)}"
        )
    text = f"{part['scheme']}:" if part["scheme"] is not None else ""
    authority = _authority_text(part)
    if authority is not None:
        text += f"//{authority}"
    text += path or ""
    text += f"?{part['query']}" if part["query"] is not None else ""
    return text + (f"#{part['fragment']}" if part["fragment"] is not None else "")


def _authority_text(part: dict[str, Any]) -> Any:
    host = part["host"]
    if host is None:
        return part["authority"]
    text = f"{part['userinfo']}@" if part["userinfo"] is not None else ""
    text += f"[{host}]" if ":" in host else host
    port = part["port"]
    return text if port is None or (part["scheme"] and _ports.get(part["scheme"]) == port) else f"{text}:{port}"


@module.function
def merge(uri: Any, rel: Any) -> Any:
    """Return the address that a relative one means, seen from another.

        iex> to_string(URI.merge("http://example.com/a/b", "../c"))
        "http://example.com/c"
    """
    base, target = parse(uri), parse(rel)
    if base[_SCHEME] is None or base[_HOST] is None:
        raise argument_error("you must merge onto an absolute URI")
    if target[_SCHEME] is not None:
        return target.put(_PATH, _without_dots(target[_PATH]))
    if target[_HOST] is not None:
        return target.put(_SCHEME, base[_SCHEME]).put(_PATH, _without_dots(target[_PATH]))
    if target[_PATH] is None:
        query = base[_QUERY] if target[_QUERY] is None else target[_QUERY]
        return base.put(_QUERY, query).put(_FRAGMENT, target[_FRAGMENT])
    path = _without_dots(_joined(base[_PATH], target[_PATH]))
    return base.put(_PATH, path).put(_QUERY, target[_QUERY]).put(_FRAGMENT, target[_FRAGMENT])


_SCHEME, _HOST, _PORT, _PATH, _QUERY, _FRAGMENT = map(atom, "scheme host port path query fragment".split())


def _joined(base: str | None, path: str) -> str:
    if path.startswith("/"):
        return path
    return f"{(base or '/').rpartition('/')[0]}/{path}"


def _without_dots(path: str | None) -> str | None:
    """Resolve the steps `.` and `..` of a path."""
    if path is None:
        return None
    steps = path.split("/")
    kept: list[str] = []
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        if step in (".", ".."):
            if step == ".." and len(kept) > 1:
                kept.pop()
            if last:
                kept.append("")
        else:
            kept.append(step)
    return "/".join(kept)


@module.function
def append_query(uri: Any, query: Any) -> Any:
    """Add to the query of an address.

        iex> to_string(URI.append_query(URI.parse("http://x.org/?a=1"), "b=2"))
        "http://x.org/?a=1&b=2"
    """
    if not _is_uri(uri) or not is_binary(query):
        raise function_clause(MODULE, "append_query", (uri, query))
    old = uri[_QUERY]
    if not old:
        return uri.put(_QUERY, query)
    return uri.put(_QUERY, old + query if old.endswith("&") else f"{old}&{query}")


@module.function
def append_path(uri: Any, path: Any) -> Any:
    """Add to the path of an address.

        iex> to_string(URI.append_path(URI.parse("http://x.org/a/"), "/b"))
        "http://x.org/a/b"
    """
    if not _is_uri(uri) or not is_binary(path):
        raise function_clause(MODULE, "append_path", (uri, path))
    if path.startswith("//"):
        raise argument_error(f'path cannot start with "//", got: {inspect(path)}')
    if not path.startswith("/"):
        raise argument_error(f'path must start with "/", got: {inspect(path)}')
    return uri.put(_PATH, (uri[_PATH] or "").removesuffix("/") + path)
