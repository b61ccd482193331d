"""The built site, a server for it and a browser, for every test of what a reader sees."""

import functools
import http.server
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def serve(folder):
    """A server of one folder on a port of its own, that says nothing."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as built; SITE names one that is built already."""
    if os.environ.get("SITE"):
        return Path(os.environ["SITE"])
    out = tmp_path_factory.mktemp("site") / "html"
    done = subprocess.run([sys.executable, ROOT / "site" / "build.py", "--out", out], capture_output=True, text=True,
                          cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="session")
def address(site):
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None or importlib.util.find_spec("playwright") is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium and playwright must be there in CI: .ci/run installs them")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """Open a page; afterwards no error stands in the console, no request left this host, and nothing was missing."""
    opened = []

    def go(path, width=1280, touch=False, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=touch, color_scheme=scheme)
        page = context.new_page()
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:"))
                else faults.append(f"request to another host: {request.url}"))
        page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400
                else None)
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        opened.append((context, faults))
        return page

    yield go
    for context, faults in opened:
        context.close()
        assert faults == []


@pytest.fixture(scope="session")
def axe():
    """What axe-core holds against a page: rule, count, first place. A tool of the tests only: .ci/run fetches it."""
    path = Path(os.environ.get("AXE", ROOT / "build" / "axe" / "axe.min.js"))
    if not path.is_file():
        pytest.skip("axe-core is not on this machine; AXE names its file")
    script = path.read_text(encoding="utf-8")

    def violations(page, contrast=True):
        page.evaluate(script)
        options = f"{{resultTypes: ['violations'], rules: {{'color-contrast': {{enabled: {str(contrast).lower()}}}}}}}"
        held = page.evaluate(f"axe.run(document, {options})")["violations"]
        return [(one["id"], len(one["nodes"]), one["nodes"][0]["target"], one["nodes"][0]["html"][:160])
                for one in held]

    return violations


# Elements that reach beyond the screen, other than within a box that scrolls by itself and can be reached by keyboard.
TOO_WIDE = """() => [...document.querySelectorAll('main *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (!box.width || box.right <= document.documentElement.clientWidth + 1) return false;
    for (let up = e.parentElement; up; up = up.parentElement) {
        const flow = getComputedStyle(up).overflowX;
        if ((flow === 'auto' || flow === 'scroll') && up.tabIndex === 0) return false;
        if (flow === 'hidden' && up.tagName !== 'BODY') return false;
    }
    return true;
}).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="session")
def too_wide():
    return TOO_WIDE
