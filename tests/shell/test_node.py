"""A node with a name: `pyex --sname foo`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pyex.terms.node import this_node
from tests.conftest import Iex


@pytest.fixture
def named() -> Iterator[None]:
    this_node.start("shop@here", cookie="biscuit")
    yield
    this_node.stop()


@pytest.mark.usefixtures("named")
def test_a_named_node_is_alive(iex: Iex) -> None:
    shown = iex("{node(), Node.self(), Node.alive?(), Node.list(), Node.list(:this), Node.get_cookie()}")
    assert shown == "{:shop@here, :shop@here, true, [], [:shop@here], :biscuit}"


@pytest.mark.usefixtures("named")
def test_a_named_node_reaches_only_itself(iex: Iex) -> None:
    shown = iex("{Node.ping(node()), Node.ping(:a@b), Node.connect(node()), Node.connect(:a@b), Node.disconnect(:a@b)}")
    assert shown == "{:pong, :pang, true, false, false}"


@pytest.mark.usefixtures("named")
def test_the_prompt_of_a_named_node_tells_its_name() -> None:
    from pyex.shell.configuration import Configuration
    from pyex.shell.session import Session

    session = Session(Configuration())
    assert session.server.prompt == "iex(shop@here)1> "
    session.enter("[1,")
    assert session.server.prompt == "...(shop@here)1> "
    session.close()


def test_a_server_of_another_node_cannot_be_reached(iex: Iex) -> None:
    assert "** (EXIT) no connection to a@b" in iex("GenServer.call({:x, :a@b}, :hello)")


def test_a_node_without_a_name_is_not_alive(iex: Iex) -> None:
    assert iex("{node(), Node.alive?(), Node.ping(node()), Node.connect(:a@b)}") == "{:nonode@nohost, false, :pang, :ignored}"
