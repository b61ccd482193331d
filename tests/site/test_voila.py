"""The explorer under Voila in a real browser: another partner, another picture."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def voila():
    if CHROMIUM is None or importlib.util.find_spec("playwright") is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium and playwright must be there in CI: .ci/run installs them")
        pytest.skip("no Chromium on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", "notebooks/22-explorer.ipynb", "--no-browser", f"--port={port}"]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}static/none", timeout=2)
            except urllib.error.HTTPError:  # it answers: not found is an answer
                break
            except OSError:
                assert server.poll() is None, "voila ended by itself"
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def test_another_partner_changes_the_picture(voila):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(voila, timeout=180_000)
        page.wait_for_selector("img.widget-image", timeout=180_000)
        picture = page.locator("img.widget-image").first
        before = picture.get_attribute("src")
        partner = page.locator(".widget-dropdown", has_text="Partner").locator("select")
        partner.select_option(label="Germany")
        page.wait_for_function("old => document.querySelector('img.widget-image').src !== old", arg=before,
                               timeout=60_000)
        assert picture.evaluate("image => image.complete && image.naturalWidth > 500")
        assert "Traceback" not in page.inner_text("body")
        browser.close()
