"""Every fault of a network is survived: tried again where it may pass, named where it may not, nothing half taken."""

import hashlib
import re
import threading

import pytest
import requests

from tests.sources.conftest import Reply
from trade_lib.errors import TradeDataError
from trade_lib.sources import client
from trade_lib.sources.client import Request, get

KEY = ("header", "Secret-Key", "TRADE_LIB_TEST_KEY")
GOOD = Reply("a,b\n1,2\n")


def request(player, path="/x", **more):
    return Request(player.address + path, ("text/csv",), **more)


def test_an_answer_is_its_bytes_its_kind_and_its_fingerprint(player):
    player.replies = {"/x": Reply("a,b\n", media="text/csv; charset=utf-8", packed=True)}
    answer = get(request(player))
    assert (answer.content, answer.media, answer.address) == (b"a,b\n", "text/csv", player.address + "/x")
    assert answer.sha256 == hashlib.sha256(b"a,b\n").hexdigest()
    assert "trade-lib" in player.told[0]["User-Agent"]


@pytest.mark.parametrize("fault, waits", [
    (Reply("Rate limit is exceeded. Try again in 2 seconds.", 429, headers={"Retry-After": "7"}), [7.0]),
    (Reply("Rate limit is exceeded. Try again in 2 seconds.", 429), [2.0]),
    (Reply("", 503), [1.0]),
    (Reply("a,b\n1,2\n" * 1000, cut=100), [1.0]),
    (Reply("a,b\n1,2\n", cut=0), [1.0]),
], ids=["429 with Retry-After", "429 in words", "503", "cut in the middle", "nothing of the body"])
def test_a_fault_that_passes_is_tried_again(player, fault, waits):
    player.replies = {"/x": [fault, GOOD]}
    assert get(request(player)).content == b"a,b\n1,2\n"
    assert player.waits == waits


@pytest.mark.parametrize("fault, message", [
    (Reply("", 503), "busy .status 503., asked 4 times"),
    (Reply("", 429, headers={"Retry-After": "3600"}), "asks to wait 3600 seconds"),
    (Reply("a,b\n" * 1000, cut=10), "broke off.*asked 4 times"),
    (Reply("", 204), "answered with nothing"),
    (Reply("bad key", 401), "key is not accepted.*'bad key'"),
    (Reply("<html>denied", 403), "try another network"),
    (Reply("", 404), "no such page"),
    (Reply("", 302, headers={"Location": "http://localhost:1/y"}), "redirected to another host.*'localhost:1'"),
    (Reply("", 302, headers={"Location": "/x"}), "in a circle"),
    (Reply(b"\x1f\x8bnot gzip", headers={"Content-Encoding": "gzip"}), "cannot be read"),
])
def test_a_fault_that_stays_is_named(player, fault, message):
    player.replies = {"/x": fault}
    with pytest.raises(TradeDataError, match=message):
        get(request(player))


def test_a_slow_publisher_is_given_up(player, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr(client, "ATTEMPTS", 2)
    player.replies = {"/x": Reply("late", hang=0.5)}
    with pytest.raises(TradeDataError, match="no answer within 0.2 seconds, asked 2 times"):
        get(request(player))


def test_an_endless_answer_is_given_up(player, monkeypatch):
    monkeypatch.setattr(client, "DEADLINE", -1)
    player.replies = {"/x": GOOD}
    with pytest.raises(TradeDataError, match="took longer"):
        get(request(player))


def test_nobody_there(monkeypatch):
    monkeypatch.setattr(client, "ATTEMPTS", 1)
    with pytest.raises(TradeDataError, match="connection failed.*asked 1 times"):
        get(Request("http://127.0.0.1:9/x", ("text/csv",)))


@pytest.mark.parametrize("packed", [True, False], ids=["gzip bomb", "50 MB body"])
def test_an_answer_too_large_is_refused_before_it_fills_the_memory(player, packed):
    import tracemalloc

    player.replies = {"/x": Reply(b"0" * 50_000_000, packed=packed)}
    tracemalloc.start()
    with pytest.raises(TradeDataError, match="larger than 40 MB"):
        get(request(player))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 210_000_000  # the player's own body among them


@pytest.mark.parametrize("size, passes", [(40_000_000, True), (40_000_001, False)])
def test_the_limit_of_size(player, size, passes):
    player.replies = {"/x": Reply(b"0" * size)}
    if passes:
        assert len(get(request(player)).content) == size
    else:
        with pytest.raises(TradeDataError, match="larger"):
            get(request(player))


def test_a_redirect_within_the_host_is_followed(player):
    player.replies = {"/x": Reply("", 301, headers={"Location": "/y"}), "/y": GOOD}
    assert get(request(player)).address == player.address + "/x"
    assert player.asked == ["/x", "/y"]


@pytest.mark.parametrize("place", ["header", "query"])
def test_a_key_is_sent_and_never_told(player, monkeypatch, place):
    monkeypatch.setenv(KEY[2], "s3cret/key")
    with_key = request(player, key=(place, *KEY[1:]))
    player.replies = {"/x": Reply("your key is s3cret/key", 400)}
    with pytest.raises(TradeDataError) as caught:
        get(with_key)
    assert "s3cret" not in str(caught.value) and "KEY" in str(caught.value)
    assert player.told[0].get("Secret-Key") == "s3cret/key" if place == "header" else "s3cret%2Fkey" in player.asked[0]
    player.replies = {"/x": Reply("echo s3cret/key")}
    answer = get(with_key)
    assert b"s3cret" not in answer.content and "s3cret" not in answer.address
    assert caught.value.__cause__ is None


def test_without_its_variable_a_key_is_not_sent(player, monkeypatch):
    monkeypatch.delenv(KEY[2], raising=False)
    player.replies = {"/x": GOOD}
    get(request(player, key=("query", *KEY[1:])))
    assert player.asked == ["/x"]


def test_a_publisher_is_given_time_between_two_questions(monkeypatch):
    slept = []
    monkeypatch.setattr(client, "sleep", slept.append)
    monkeypatch.setattr(client, "_asked", {})
    for _ in range(2):
        client._be_slow("https://example.org/x", 5.0)
    client._be_slow("https://example.com/x", 5.0)
    client._be_slow("http://127.0.0.1/x", 5.0)
    assert len(slept) == 1 and 4.9 < slept[0] <= 5.0


def test_the_server_of_the_tests_is_on_this_machine(player):
    """Guards against tests that pass because nothing was asked."""
    player.replies = {"/x": GOOD}
    assert requests.get(player.address + "/x", timeout=5).text == "a,b\n1,2\n" and player.asked == ["/x"]
    assert threading.active_count() > 1


def test_no_test_reaches_another_machine():
    with pytest.raises(AssertionError, match="asks another machine: 192.0.2.1"):
        get(Request("http://192.0.2.1/x", ("text/csv",)))


def test_nothing_but_the_client_asks_the_network(root):
    """A command asks only the hosts that its publisher names; everything else in the package cannot ask at all."""
    libraries = r"requests|urllib3|urllib\.request|http\.client|httpx|aiohttp|socket"
    asking = re.compile(rf"^\s*(?:import|from) ({libraries})\b", re.M)
    found = {path.relative_to(root / "trade_lib").as_posix() for path in (root / "trade_lib").rglob("*.py")
             if asking.search(path.read_text(encoding="utf-8"))}
    assert found == {"sources/client.py"}
