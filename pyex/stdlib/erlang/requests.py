"""Requests whose answer is waited for later, one by one or many: what `:gen_server`, `:gen_statem` and `:gen_event` share.

The id of a request is the reference of its monitor. A collection of requests is a map of such ids to the labels that they were given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import gen
from pyex.otp.looping import CALL
from pyex.runtime.aliases import DEMONITOR
from pyex.runtime.clock import monotonic_ns
from pyex.runtime.system import DOWN, INFINITY, TIMEOUT
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.functions import Export
from pyex.terms.lists import Cons, from_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Reference

REPLY: Final = atom("reply")
NO_REPLY: Final = atom("no_reply")
NO_REQUEST: Final = atom("no_request")
ABSOLUTE: Final = atom("abs")


def begin(server_ref: Any, label: Any, request: Any) -> Reference:
    """Send a request, and return at once; the reference is what its answer is waited for with."""
    if not (type(server_ref) is Pid or is_atom(server_ref) or _is_name(server_ref)):
        raise erlang_error("function_clause", "gen", "do_for_proc", (server_ref, Export(atom("gen"), "send_request", 3)))
    pid = gen.whereis(server_ref)
    if type(pid) is not Pid:
        reference = Reference()
        runtime.send(runtime.self_pid(), (DOWN, reference, atom("process"), server_ref, gen.why_absent(server_ref)))
        return reference
    reference = runtime.monitor(pid, alias=DEMONITOR)
    if pid.process is not None:
        gen.deliver(pid.process, (label, (runtime.self_pid(), Cons(gen.ALIAS, reference)), request))
    return reference


def _is_name(server_ref: Any) -> bool:
    if type(server_ref) is not tuple or not server_ref or not is_atom(server_ref[0]):
        return False
    if len(server_ref) == 3:
        return server_ref[0] is gen.VIA and is_atom(server_ref[1])
    return len(server_ref) == 2 and (server_ref[0] is gen.GLOBAL or is_atom(server_ref[1]))


def _bare(answer: Any) -> Any:
    return answer


def _asked_of(message: Any) -> Any:
    """Return the request that a message answers, or whose server's end it tells; None for every other message."""
    if type(message) is not tuple or not message:
        return None
    tag = message[0]
    if len(message) == 2 and type(tag) is Cons and tag.head is gen.ALIAS and type(tag.tail) is Reference:
        return tag.tail
    if len(message) == 5 and tag is DOWN and type(message[1]) is Reference:
        return message[1]
    return None


class Requests:
    """The functions for requests of one module, `module`; `read` makes of a reply what a caller gets."""

    def __init__(self, module: NativeModule, read: Callable[[Any], Any] = _bare) -> None:
        self.module = module
        self.read = read

    def bad_argument(self, name: str, *args: Any) -> ElixirError:
        """Return the error of a function that was given what it cannot work with."""
        return erlang_error("badarg", self.module.name, name, args)

    def answer(self, message: Any) -> Any:
        """Return `{:reply, value}` or `{:error, {reason, server}}` of a message that `_asked_of` knows; its request is over."""
        if len(message) == 5:
            return gen.ERROR, (message[4], message[3])
        runtime.demonitor(message[0].tail, flush=True)
        return self.read((REPLY, message[1]))

    def first(self, name: str, args: tuple[Any, ...], timeout: Any, is_awaited: Callable[[Any], bool]) -> Any:
        """Wait for the first message that answers an awaited request; returns it, or TIMEOUT."""
        limit = self._limit(name, args, timeout)
        cursor = runtime.begin_receive()
        while (message := cursor.next(limit)) is not TIMEOUT:
            asked = _asked_of(message)
            if asked is not None and is_awaited(asked):
                cursor.accept()
                return message
        return TIMEOUT

    def _limit(self, name: str, args: tuple[Any, ...], timeout: Any) -> Any:
        if timeout is INFINITY or (type(timeout) is int and timeout >= 0):
            return timeout
        if type(timeout) is tuple and len(timeout) == 2 and timeout[0] is ABSOLUTE and type(timeout[1]) is int:
            return max(0, timeout[1] - monotonic_ns() // 10**6)
        raise self.bad_argument(name, *args)

    # ---- one request

    def wait_response(self, req_id: Any, timeout: Any = INFINITY) -> Any:
        """Wait for the answer to a request: `{:reply, value}`, `{:error, reason}`, or `:timeout`, after which one may wait again."""
        message = self.first("wait_response", (req_id, timeout), timeout, lambda asked: asked == req_id)
        return gen.TIMEOUT if message is TIMEOUT else self.answer(message)

    def receive_response(self, req_id: Any, timeout: Any = INFINITY) -> Any:
        """Wait for the answer to a request: `{:reply, value}`, `{:error, reason}`, or `:timeout`, after which it is given up."""
        if type(req_id) is not Reference:
            raise self.bad_argument("receive_response", req_id, timeout)
        message = self.first("receive_response", (req_id, timeout), timeout, lambda asked: asked == req_id)
        if message is TIMEOUT:
            runtime.demonitor(req_id, flush=True)
            return gen.TIMEOUT
        return self.answer(message)

    def check_response(self, msg: Any, req_id: Any) -> Any:
        """Return the answer that a message brings to a request, `:no_reply` when it is something else."""
        if type(req_id) is not Reference:
            raise self.bad_argument("check_response", msg, req_id)
        return self.answer(msg) if _asked_of(msg) == req_id else NO_REPLY

    # ---- many

    def wait_for_one(self, collection: Any, timeout: Any, delete: Any) -> Any:
        """Wait for the first answer to one of many requests: `{answer, label, collection}`, `:no_request`, or `:timeout`."""
        self._check_collection("wait_response", collection, timeout, delete)
        if not len(collection):
            return NO_REQUEST
        message = self.first("wait_response", (collection, timeout, delete), timeout, lambda asked: asked in collection)
        return gen.TIMEOUT if message is TIMEOUT else self._labelled(message, collection, delete)

    def receive_one(self, collection: Any, timeout: Any, delete: Any) -> Any:
        """Wait for the first answer to one of many requests; when there is none in time, all of them are given up."""
        self._check_collection("receive_response", collection, timeout, delete)
        if not len(collection):
            return NO_REQUEST
        message = self.first("receive_response", (collection, timeout, delete), timeout, lambda asked: asked in collection)
        if message is not TIMEOUT:
            return self._labelled(message, collection, delete)
        for req_id in collection:
            runtime.demonitor(req_id, flush=True)
        return gen.TIMEOUT

    def check_one(self, msg: Any, collection: Any, delete: Any) -> Any:
        """Return the answer that a message brings to one of many requests: `{answer, label, collection}`, `:no_request`, `:no_reply`."""
        self._check_collection("check_response", msg, collection, delete, at=1)
        if not len(collection):
            return NO_REQUEST
        asked = _asked_of(msg)
        return self._labelled(msg, collection, delete) if asked is not None and asked in collection else NO_REPLY

    def _check_collection(self, name: str, *args: Any, at: int = 0) -> None:
        if type(args[at]) is not Map or type(args[2]) is not bool:
            raise erlang_error("function_clause", "gen", name, args)

    def _labelled(self, message: Any, collection: Any, delete: bool) -> Any:
        asked = _asked_of(message)
        return self.answer(message), collection[asked], collection.delete(asked) if delete else collection

    # ---- collections

    def reqids_new(self) -> Any:
        """Return a collection without requests."""
        return Map()

    def reqids_size(self, collection: Any) -> Any:
        """Return how many requests are in a collection."""
        if type(collection) is not Map:
            raise self.bad_argument("reqids_size", collection)
        return len(collection)

    def reqids_add(self, req_id: Any, label: Any, collection: Any) -> Any:
        """Put a request with a label into a collection; it must not be there yet."""
        if type(req_id) is not Reference or type(collection) is not Map or req_id in collection:
            raise self.bad_argument("reqids_add", req_id, label, collection)
        return collection.put(req_id, label)

    def reqids_to_list(self, collection: Any) -> Any:
        """Return the requests of a collection as pairs of an id and a label."""
        if type(collection) is not Map:
            raise self.bad_argument("reqids_to_list", collection)
        return from_pylist(collection.pairs())

    def offer(self, waits_for_ever: bool = False) -> None:
        """Give the module the functions to wait with, and those for collections; some modules wait without a limit too."""
        waiting: tuple[int, ...] = (1, 2) if waits_for_ever else (2,)
        for name, arities, function in (
            ("wait_response", waiting, self.wait_response), ("wait_response", (3,), self.wait_for_one),
            ("receive_response", waiting, self.receive_response), ("receive_response", (3,), self.receive_one),
            ("check_response", (2,), self.check_response), ("check_response", (3,), self.check_one),
            ("reqids_new", (0,), self.reqids_new), ("reqids_size", (1,), self.reqids_size),
            ("reqids_add", (3,), self.reqids_add), ("reqids_to_list", (1,), self.reqids_to_list),
        ):  # fmt: skip
            self.module.function(name, arity=arities)(function)


def _send_request(server_ref: Any, request: Any) -> Any:
    """Send a request, and return at once; the reference is what its answer is waited for with."""
    return begin(server_ref, CALL, request)


def _send_collected(server_ref: Any, request: Any, label: Any, collection: Any) -> Any:
    """Send a request, and return the collection with it under a label."""
    if type(collection) is not Map:
        raise erlang_error("function_clause", "gen", "send_request", (server_ref, CALL, request, label, collection))
    return collection.put(begin(server_ref, CALL, request), label)


def offer(module: NativeModule, waits_for_ever: bool = False) -> None:
    """Give a module of servers the functions for requests."""
    module.function("send_request", arity=2)(_send_request)
    module.function("send_request", arity=4)(_send_collected)
    Requests(module).offer(waits_for_ever)
