"""`:inet`: addresses and names of hosts, what needs no open socket."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import List, charlist, to_pylist

module = NativeModule(":inet", doc="Addresses and names of hosts.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
EINVAL: Final = atom("einval")
_BITS: Final = {4: 8, 8: 16}


def _name(given: Any) -> str | None:
    if type(given) is Atom:
        return given.name
    if not isinstance(given, List):
        return None
    return "".join(map(chr, to_pylist(given)))


def _tuple(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Any:
    data, size = address.packed, 1 if address.version == 4 else 2
    return tuple(int.from_bytes(data[i : i + size], "big") for i in range(0, len(data), size))


def _parsed(address: Any, *, short: bool, versions: tuple[int, ...]) -> Any:
    text = _name(address) if isinstance(address, List) else None
    if text is None:
        return ERROR, EINVAL
    found: Any = None
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        if short and 4 in versions:
            try:
                found = ipaddress.IPv4Address(socket.inet_aton(text))
            except OSError:
                found = None
    if found is not None and versions == (6,) and found.version == 4:
        found = ipaddress.IPv6Address(f"::ffff:{found}")
    return (ERROR, EINVAL) if found is None or found.version not in versions else (OK, _tuple(found))


@module.function
def parse_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address as a charlist, or `{:error, :einval}`.

    iex> :inet.parse_address(~c"127.0.0.1")
    {:ok, {127, 0, 0, 1}}
    """
    return _parsed(address, short=True, versions=(4, 6))


@module.function
def parse_strict_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address that is written in full.

    iex> :inet.parse_strict_address(~c"127.1")
    {:error, :einval}
    """
    return _parsed(address, short=False, versions=(4, 6))


@module.function
def parse_ipv4_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address of version 4.

    iex> :inet.parse_ipv4_address(~c"10.0.0.1")
    {:ok, {10, 0, 0, 1}}
    """
    return _parsed(address, short=True, versions=(4,))


@module.function
def parse_ipv4strict_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address of version 4 that is written in full.

    iex> :inet.parse_ipv4strict_address(~c"10.1")
    {:error, :einval}
    """
    return _parsed(address, short=False, versions=(4,))


@module.function
def parse_ipv6_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address of version 6.

    iex> :inet.parse_ipv6_address(~c"::1")
    {:ok, {0, 0, 0, 0, 0, 0, 0, 1}}
    """
    return _parsed(address, short=True, versions=(6,))


@module.function
def parse_ipv6strict_address(address: Any) -> Any:
    """Return `{:ok, tuple}` of an address that is one of version 6.

    iex> {:ok, address} = :inet.parse_ipv6strict_address(~c"::2")
    iex> elem(address, 7)
    2
    """
    text = _name(address) or ""
    return _parsed(address, short=False, versions=(6,)) if ":" in text else (ERROR, EINVAL)


def _is_address(term: Any) -> bool:
    return (
        type(term) is tuple
        and len(term) in _BITS
        and all(type(part) is int and 0 <= part < 1 << _BITS[len(term)] for part in term)
    )


@module.function
def is_ip_address(address: Any) -> Any:
    """Tell whether a term is an address.

    iex> :inet.is_ip_address({127, 0, 0, 1})
    true
    """
    return _is_address(address)


@module.function
def is_ipv4_address(address: Any) -> Any:
    """Tell whether a term is an address of version 4.

    iex> :inet.is_ipv4_address({127, 0, 0, 256})
    false
    """
    return _is_address(address) and len(address) == 4


@module.function
def is_ipv6_address(address: Any) -> Any:
    """Tell whether a term is an address of version 6.

    iex> :inet.is_ipv6_address({127, 0, 0, 1})
    false
    """
    return _is_address(address) and len(address) == 8


@module.function
def ntoa(address: Any) -> Any:
    """Return an address as a charlist, or `{:error, :einval}`.

    iex> :inet.ntoa({127, 0, 0, 1})
    ~c"127.0.0.1"
    """
    if not _is_address(address):
        return ERROR, EINVAL
    data = b"".join(part.to_bytes(_BITS[len(address)] // 8, "big") for part in address)
    return charlist(str(ipaddress.ip_address(data)))


@module.function
def ipv4_mapped_ipv6_address(address: Any) -> Any:
    """Return an address of version 4 as one of version 6, or back.

    iex> :inet.ipv4_mapped_ipv6_address({127, 0, 0, 1})
    {0, 0, 0, 0, 0, 65535, 32512, 1}
    """
    if len(address) == 4:
        a, b, c, d = address
        return 0, 0, 0, 0, 0, 65535, a << 8 | b, c << 8 | d
    high, low = address[6:]
    return high >> 8, high & 255, low >> 8, low & 255


@module.function
def gethostname() -> Any:
    """Return `{:ok, name}` of this host.

    iex> {:ok, name} = :inet.gethostname()
    iex> is_list(name)
    true
    """
    return OK, charlist(socket.gethostname().partition(".")[0])


@module.function
def getaddr(host: Any, family: Any) -> Any:
    """Return `{:ok, address}` of a host, of the family `:inet` or `:inet6`.

    iex> :inet.getaddr(~c"127.0.0.1", :inet)
    {:ok, {127, 0, 0, 1}}
    """
    if _is_address(host):
        return OK, host
    version = socket.AF_INET6 if family is atom("inet6") else socket.AF_INET
    try:
        found = socket.getaddrinfo(_name(host), None, version)
    except OSError:
        return ERROR, atom("nxdomain")
    return OK, _tuple(ipaddress.ip_address(str(found[0][4][0])))
