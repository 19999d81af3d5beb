"""Requests whose answer is waited for later: what `:gen_server`, `:gen_statem` and `:gen_event` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import gen
from pyex.otp.looping import CALL
from pyex.runtime import clock
from pyex.runtime.aliases import DEMONITOR
from pyex.runtime.system import DOWN, INFINITY, NOPROC, PROCESS, TIMEOUT
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import Cons, from_pylist
from pyex.terms.maps import Map
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Reference

ABSOLUTE: Final = atom("abs")
NO_REQUEST: Final = atom("no_request")
REPLY: Final = atom("reply")
NO_REPLY: Final = atom("no_reply")


def send_request(server_ref: Any, request: Any) -> Any:
    """Send a request, and return at once; the reference is what its answer is waited for with."""
    local = type(server_ref) is Pid or is_atom(server_ref) or (type(server_ref) is tuple and is_here(server_ref))
    target = server_ref if local else gen.whereis(server_ref)
    if target is None:
        reference = Reference()
        runtime.send(runtime.self_pid(), (DOWN, reference, PROCESS, server_ref, NOPROC))
        return reference
    reference = runtime.monitor(target, alias=DEMONITOR)
    process = gen.find(server_ref)
    if process is not None:
        gen.deliver(process, (CALL, (runtime.self_pid(), Cons(gen.ALIAS, reference)), request))
    return reference


def is_here(server_ref: tuple[Any, ...]) -> bool:
    """Tell whether a tuple names a process of this node, `{name, node}`."""
    return len(server_ref) == 2 and is_atom(server_ref[0]) and server_ref[1] is this_node.name


def _answer(message: Any, reference: Reference) -> Any:
    """Return what a message says of a request: `{:reply, value}`, `{:error, …}`, or `:no_reply` when it is another's."""
    if type(message) is not tuple or not message:
        return NO_REPLY
    tag = message[0]
    if len(message) == 2 and type(tag) is Cons and tag.head is gen.ALIAS and tag.tail == reference:
        runtime.demonitor(reference, flush=True)
        return REPLY, message[1]
    if len(message) == 5 and tag is DOWN and message[1] == reference:
        server = message[3]
        return gen.ERROR, (message[4], server[0] if type(server) is tuple and is_here(server) else server)
    return NO_REPLY


def _next(name: str, wanted: Callable[[Any], Any], timeout: Any, args: tuple[Any, ...]) -> Any:
    """Wait for the message of which `wanted` makes something else than `:no_reply`; returns that, or TIMEOUT when time is over."""
    if type(timeout) is tuple and len(timeout) == 2 and timeout[0] is ABSOLUTE and type(timeout[1]) is int:
        timeout = max(0, timeout[1] - clock.monotonic_ns() // 10**6)
    if timeout is not INFINITY and not (type(timeout) is int and timeout >= 0):
        raise erlang_error("badarg", "gen", name, args)
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(timeout)
        if message is TIMEOUT:
            return TIMEOUT
        answer = wanted(message)
        if answer is not NO_REPLY:
            cursor.accept()
            return answer


def _waiting(name: str, gives_up: bool) -> Callable[..., Any]:
    def wait_all(collection: Any, timeout: Any, delete: Any) -> Any:
        args = collection, timeout, delete
        requests = _requests(name, collection, args)
        if type(delete) is not bool:
            raise erlang_error("badarg", "gen", name, args)
        if not requests:
            return NO_REQUEST
        answer = _next(name, lambda message: _answer_of_one(message, requests, delete), timeout, args)
        if answer is not TIMEOUT:
            return answer
        for request in requests if gives_up else ():
            runtime.demonitor(request, flush=True)
        return gen.TIMEOUT

    def wait(req_id: Any, timeout: Any = INFINITY, delete: Any = None) -> Any:
        if delete is not None:
            return wait_all(req_id, timeout, delete)
        if type(req_id) is not Reference:
            raise erlang_error("badarg", "gen", name, (req_id, timeout))
        answer = _next(name, lambda message: _answer(message, req_id), timeout, (req_id, timeout))
        if answer is not TIMEOUT:
            return answer
        if gives_up:
            runtime.demonitor(req_id, flush=True)
        return gen.TIMEOUT

    wait.__doc__ = (
        "Wait for the answer to a request: `{:reply, value}`, `{:error, reason}` or `:timeout`; of a collection, with whether to delete, "
        f"`{{answer, label, collection}}` or `:no_request` (`{name}`)."
    )
    return wait


def check_response(msg: Any, req_id: Any, delete: Any = None) -> Any:
    """Return the answer that a message brings to a request, `:no_reply` when it is something else; of a collection as above."""
    if delete is None:
        return _answer(msg, req_id)
    requests = _requests("check_response", req_id, (msg, req_id, delete))
    return _answer_of_one(msg, requests, delete) if requests else NO_REQUEST


# ---- collections: maps from requests to the labels that they were given


def _requests(name: str, collection: Any, args: tuple[Any, ...]) -> Map:
    if type(collection) is not Map:
        raise erlang_error("badarg", "gen", name, args)
    return collection


def _answer_of_one(message: Any, requests: Map, delete: bool) -> Any:
    """Return what a message says of one of several requests: `{answer, label, those that are left}`, or `:no_reply`."""
    for request in requests:
        answer = _answer(message, request)
        if answer is not NO_REPLY:
            return answer, requests[request], requests.delete(request) if delete else requests
    return NO_REPLY


def reqids_new() -> Any:
    """Return a collection of no requests."""
    return Map()


def reqids_size(req_id_collection: Any) -> int:
    """Return how many requests a collection holds."""
    return len(_requests("reqids_size", req_id_collection, (req_id_collection,)))


def reqids_add(req_id: Any, label: Any, req_id_collection: Any) -> Any:
    """Return a collection with one request more, and its label."""
    args = req_id, label, req_id_collection
    requests = _requests("reqids_add", req_id_collection, args)
    if type(req_id) is not Reference or req_id in requests:
        raise erlang_error("badarg", "gen", "reqids_add", args)
    return requests.put(req_id, label)


def reqids_to_list(req_id_collection: Any) -> Any:
    """Return a collection as a list of `{request, label}`."""
    return from_pylist(list(_requests("reqids_to_list", req_id_collection, (req_id_collection,)).items()))


def adding(send: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that sends a request, and adds it under a label to a collection."""

    def send_and_add(*args: Any) -> Any:
        *given, label, collection = args
        return reqids_add(send(*given), label, collection)

    send_and_add.__doc__ = "Send a request, and return a collection with it under a label."
    return send_and_add


def _bare(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that waits for answers of which one that is an error counts as one: `{:reply, {:error, …}}` is `{:error, …}`."""

    def bare(*args: Any) -> Any:
        answer = ask(*args)
        of_one = type(answer) is tuple and len(answer) == 3
        response = answer[0] if of_one else answer
        if type(response) is tuple and response[0] is REPLY and type(response[1]) is tuple and response[1][:1] == (gen.ERROR,):
            response = response[1]
        return (response, *answer[1:]) if of_one else response

    bare.__doc__ = ask.__doc__
    return bare


def offer(module: NativeModule, send: Callable[..., Any] = send_request, arity: int = 2, *, bare_errors: bool = False) -> None:
    """Give a module the functions for requests, which a function of some arguments sends."""
    receive, wait, check = _waiting("receive_response", gives_up=True), _waiting("wait_response", gives_up=False), check_response
    if bare_errors:
        receive, wait, check = _bare(receive), _bare(wait), _bare(check)
    module.function("send_request", arity=arity)(send)
    module.function("send_request", arity=arity + 2)(adding(send))
    module.function("receive_response", arity=(1, 2, 3))(receive)
    module.function("wait_response", arity=(1, 2, 3))(wait)
    module.function("check_response", arity=(2, 3))(check)
    for function in (reqids_new, reqids_size, reqids_add, reqids_to_list):
        module.function(function)
