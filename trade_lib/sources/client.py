"""The one HTTP client: polite to the publisher, bounded in size and time, and plain about what went wrong."""

import hashlib
import os
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
import tenacity

from trade_lib.errors import TradeDataError

LIMIT = 40_000_000  # bytes of one answer, unpacked
TIMEOUT = (10, 60)  # seconds to connect, seconds between two pieces of the body
DEADLINE = 600  # seconds for one answer in all
ATTEMPTS = 4
WAITS = tenacity.wait_exponential(multiplier=1, min=1, max=30)
LONGEST_WAIT = 120  # seconds a publisher may ask us to wait; a longer wait is the user's decision
REDIRECTS = 5
BUSY = {408, 425, 429, 500, 502, 503, 504}
MEANING = {401: "the key is not accepted", 403: "refused by the publisher's network or for want of a key: "
           "try another network, or set the key", 404: "there is no such page", 412: "the publisher wants a browser"}
sleep = time.sleep
_asked = {}  # host: when it was last asked


@dataclass(frozen=True)
class Request:
    """One address to ask, and what may come back.

    `key` names where a secret goes: ("header" or "query", its name there, the environment variable that holds it).
    The address never contains the secret.
    """

    address: str
    kinds: tuple
    headers: dict = field(default_factory=dict)
    key: tuple = ()
    pause: float = 1.0
    label: str = ""  # what an index called this page, where one led here
    continues: bool = False  # the next page of the answer that led here


@dataclass(frozen=True)
class Answer:
    """What a publisher sent: its bytes as they were unpacked (pages one after the other), and when seen (UTC)."""

    address: str
    content: bytes
    media: str
    seen: datetime
    label: str = ""

    @property
    def sha256(self):
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    def text(self):
        """The bytes as text: UTF-8 with or without its mark, else the encodings of Chinese and Western pages."""
        for encoding in ("utf-8-sig", "gb18030", "latin-1"):
            try:
                return self.content.decode(encoding)
            except UnicodeDecodeError:
                continue


def joined(answer, page):
    """An answer with a further page behind it."""
    return replace(answer, content=answer.content + b"\n" + page.content)


class Busy(Exception):
    """A fault that may pass: `after` is the number of seconds the publisher asked for, if it did."""

    def __init__(self, message, after=None):
        super().__init__(message)
        self.after = after


def base(name, usual):
    """The address a publisher is reached at: TRADE_LIB_<NAME>_URL where it is set (a mirror, a test), else the usual.

    Examples
    --------
    >>> base("nobody", "https://example.org/")
    'https://example.org'
    """
    return os.environ.get(f"TRADE_LIB_{name.upper()}_URL", usual).rstrip("/")


def get(request):
    """Ask one address; faults that may pass are tried again, up to ATTEMPTS times.
    """
    def wait(state):
        asked = state.outcome.exception().after
        return WAITS(state) if asked is None else asked

    tries = tenacity.Retrying(stop=tenacity.stop_after_attempt(ATTEMPTS), wait=wait, reraise=True,
                              retry=tenacity.retry_if_exception_type(Busy), sleep=lambda seconds: sleep(seconds))
    try:
        return tries(_ask, request)
    except Busy as error:
        raise TradeDataError(f"{error}, asked {ATTEMPTS} times", file=request.address,
                             expected="an answer; try again later") from None


def _ask(request):
    """One attempt, redirects within the host followed."""
    address, headers, secret = _with_key(request)
    headers = {"User-Agent": "Mozilla/5.0 (compatible; trade-lib)", **headers}
    start = time.monotonic()
    for _ in range(REDIRECTS):
        _be_slow(address, request.pause)
        try:
            with requests.get(address, headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False) as reply:
                if reply.is_redirect:
                    address = _next_address(address, reply.headers["Location"], request.address)
                    continue
                _check_status(reply, request.address, secret)
                content = _body(reply, request.address, start)
                media = reply.headers.get("Content-Type", "").split(";")[0].strip().lower()
        except requests.Timeout:
            raise Busy(f"no answer within {TIMEOUT[1]} seconds") from None
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            raise Busy(f"the connection failed or broke off ({_kind(error)})") from None
        except requests.RequestException as error:
            raise TradeDataError(f"the answer cannot be read ({_kind(error)})", file=request.address) from None
        if secret:
            content = content.replace(secret.encode(), b"KEY")
        return Answer(request.address, content, media, datetime.now(UTC).replace(microsecond=0), request.label)
    raise TradeDataError("redirected in a circle", file=request.address)


def _with_key(request):
    """Address, headers and secret of a request; without its environment variable a key is simply not sent."""
    secret = os.environ.get(request.key[2], "").strip() if request.key else ""
    if not secret:
        return request.address, request.headers, ""
    place, name, _ = request.key
    if place == "header":
        return request.address, {**request.headers, name: secret}, secret
    joint = "&" if "?" in request.address else "?"
    return f"{request.address}{joint}{name}={requests.utils.quote(secret, safe='')}", request.headers, secret


def _be_slow(address, pause):
    """Keep a pause between two requests to one host; one on this machine needs none."""
    parts = urlsplit(address)
    if parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        left = _asked.get(parts.netloc, -pause) + pause - time.monotonic()
        if left > 0:
            sleep(left)
        _asked[parts.netloc] = time.monotonic()


def _next_address(address, location, named):
    """Where a redirect leads, if that is the same host and no less secure."""
    target = urljoin(address, location)
    old, new = urlsplit(address), urlsplit(target)
    usual = new.scheme == "https" and old.port is None and new.port is None
    if new.hostname != old.hostname or not (usual or (new.scheme, new.port) == (old.scheme, old.port)):
        raise TradeDataError("redirected to another host, which is not followed", file=named, value=new.netloc,
                             expected=f"an answer of {old.netloc}")
    return target


def _check_status(reply, address, secret):
    """Raise for everything but a plain answer."""
    status = reply.status_code
    if status == 204:
        raise TradeDataError("answered with nothing (204): unknown codes, or no figures for this question",
                             file=address)
    if status == 200:
        return
    said = b"".join(piece for piece, _ in zip(reply.iter_content(300), range(1), strict=False))
    said = " ".join(said.decode("utf-8", "replace").split())
    said = "" if said.startswith("<") else said.replace(secret, "KEY") if secret else said
    after = _retry_after(reply.headers.get("Retry-After"), said)
    if status in BUSY and (after is None or after <= LONGEST_WAIT):
        raise Busy(f"the publisher is busy (status {status})", after)
    if status in BUSY:
        raise TradeDataError(f"the publisher asks to wait {after:.0f} seconds (status {status})", file=address,
                             expected="the same command after that time")
    raise TradeDataError(f"{MEANING.get(status, 'refused')} (status {status})", file=address, value=said or None)


def _retry_after(header, said):
    """Seconds to wait, from the header (seconds or a date) or from words such as "Try again in 2 seconds"."""
    words = said.lower().partition("try again in ")[2].split(" ")
    if header is None:
        header = words[0] if words[0].isdigit() else None
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _body(reply, address, start):
    """The unpacked bytes of an answer, read in pieces, never more than LIMIT of them."""
    pieces, size = [], 0
    for piece in reply.iter_content(1 << 16):
        size += len(piece)
        if size > LIMIT:
            raise TradeDataError(f"the answer is larger than {LIMIT // 1_000_000} MB unpacked", file=address,
                                 expected="a smaller question: fewer partners or a later --from")
        if time.monotonic() - start > DEADLINE:
            raise Busy(f"the answer took longer than {DEADLINE} seconds")
        pieces.append(piece)
    return b"".join(pieces)


def _kind(error):
    """What failed, without the address (which may hold a key)."""
    cause = error.args[0] if error.args else error
    return type(getattr(cause, "reason", None) or cause).__name__
