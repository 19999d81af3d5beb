"""Requests whose answer is waited for later: what `:gen_server` and `:gen_statem` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import gen
from pyex.otp.looping import CALL
from pyex.runtime.aliases import DEMONITOR
from pyex.runtime.system import DOWN, TIMEOUT
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import Cons
from pyex.terms.pids import Pid, Reference

REPLY: Final = atom("reply")
NO_REPLY: Final = atom("no_reply")


def send_request(server_ref: Any, request: Any) -> Any:
    """Send a request, and return at once; the reference is what its answer is waited for with."""
    target = gen.whereis(server_ref) if type(server_ref) is tuple else server_ref
    reference = runtime.monitor(target if type(target) is Pid or is_atom(target) else server_ref, alias=DEMONITOR)
    process = gen.find(server_ref)
    if process is not None:
        gen.deliver(process, (CALL, (runtime.self_pid(), Cons(gen.ALIAS, reference)), request))
    return reference


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
        return gen.ERROR, (message[4], server[0] if type(server) is tuple else server)
    return NO_REPLY


def _waiting(name: str, gives_up: bool) -> Callable[[Any, Any], Any]:
    def wait(req_id: Any, timeout: Any) -> Any:
        if type(req_id) is not Reference:
            raise erlang_error("badarg", "gen", name, (req_id, timeout))
        cursor = runtime.begin_receive()
        while True:
            message = cursor.next(timeout)
            if message is TIMEOUT:
                if gives_up:
                    runtime.demonitor(req_id, flush=True)
                return gen.TIMEOUT
            answer = _answer(message, req_id)
            if answer is not NO_REPLY:
                cursor.accept()
                return answer

    wait.__doc__ = f"Wait for the answer to a request: `{{:reply, value}}`, `{{:error, reason}}` or `:timeout` (`{name}`)."
    return wait


def check_response(msg: Any, req_id: Any) -> Any:
    """Return the answer that a message brings to a request, `:no_reply` when it is something else."""
    return _answer(msg, req_id)


def offer(module: NativeModule) -> None:
    """Give a module the functions for requests."""
    receive, wait = _waiting("receive_response", gives_up=True), _waiting("wait_response", gives_up=False)
    module.function("send_request", arity=2)(send_request)
    module.function("receive_response", arity=2)(receive)
    module.function("wait_response", arity=2)(wait)
    module.function("check_response", arity=2)(check_response)
