"""A publisher on this machine: a local HTTP server that plays made answers, faults included."""

import gzip
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from trade_lib.sources import client
from trade_lib.sources.publisher import Query


@dataclass
class Reply:
    """One answer; `cut` sends only that many bytes of the body promised, `hang` waits that long before."""

    body: bytes | str = b""
    status: int = 200
    media: str = "text/csv"
    headers: dict = field(default_factory=dict)
    packed: bool = False
    cut: int | None = None
    hang: float = 0.0

    def content(self):
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(body) if self.packed else body


class Player(ThreadingHTTPServer):
    """Plays `replies`: {start of the path: one Reply or a list, played in turn, the last for ever}; notes `asked`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies, self.asked, self.told = {}, [], []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's replies, the longest matching start of the path first."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.asked.append(self.path)
        server.told.append(dict(self.headers))
        start = max((key for key in server.replies if self.path.startswith(key)), key=len, default=None)
        replies = server.replies.get(start, Reply("no such page", 404))
        reply = (replies.pop(0) if len(replies) > 1 else replies[0]) if isinstance(replies, list) else replies
        time.sleep(reply.hang)
        body = reply.content()
        try:
            self.send_response(reply.status)
            if reply.media:
                self.send_header("Content-Type", reply.media)
            if reply.packed:
                self.send_header("Content-Encoding", "gzip")
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if reply.cut is None else body[:reply.cut])
        except (BrokenPipeError, ConnectionResetError):
            pass
        if reply.cut is not None:
            self.close_connection = True

    def log_message(self, *args):
        """Nothing is printed."""


@pytest.fixture
def player(monkeypatch):
    """A running Player that every publisher's address leads to; waits are noted in `player.waits`, not waited."""
    server = Player()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    for name in ("imf", "gacc", "comext", "comtrade", "census", "hmrc", "worldbank", "fred"):
        monkeypatch.setenv(f"TRADE_LIB_{name.upper()}_URL", server.address)
    server.waits = []
    monkeypatch.setattr(client, "sleep", server.waits.append)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def query():
    """A question about one year, as most tests ask it."""
    return Query(reporters=("CHN",), partners=("RUS",), start="2026-01", end="2026-06")
