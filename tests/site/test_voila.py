"""The explorer under Voila in a real browser: another partner, another picture."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def voila(browser):
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


@pytest.fixture(scope="module")
def page(voila, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(voila, timeout=180_000)
    page.wait_for_selector(".trade-explorer img", timeout=180_000)
    yield page
    page.close()


def choose(page, menu, label):
    """Choose from a menu and wait for another picture."""
    before = page.locator(".trade-explorer img").get_attribute("src")
    page.locator(".widget-dropdown", has_text=menu).locator("select").select_option(label=label)
    page.wait_for_function("old => document.querySelector('.trade-explorer img').src !== old", arg=before,
                           timeout=60_000)


def test_the_menus_come_first_and_stay_in_sight(page):
    menus, picture = page.locator(".trade-explorer .menus"), page.locator(".trade-explorer img")
    assert menus.bounding_box()["y"] < 320 < picture.bounding_box()["y"] and picture.count() == 1
    picture.hover()
    page.mouse.wheel(0, 700)
    page.wait_for_function("document.querySelector('.trade-explorer img').getBoundingClientRect().top < 0")
    assert 0 <= menus.bounding_box()["y"] < 50
    page.mouse.wheel(0, -2000)


def test_another_partner_changes_the_picture(page):
    choose(page, "Partner", "Germany")
    picture = page.locator(".trade-explorer img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 500")
    assert "Germany" in picture.get_attribute("alt") and "Traceback" not in page.inner_text("body")


def test_the_text_of_an_article_comes_back_marked(page):
    page.locator("textarea").fill("Exports to Russia rose 46.9 percent in 2023.")
    page.get_by_role("button", name="Check its figures").click()
    page.wait_for_function("document.querySelector('.trade-explorer .fault').innerText.includes('day')")
    page.locator("input[type=date]").fill("2024-01-12")
    page.locator("input[type=date]").press("Tab")
    page.get_by_role("button", name="Check its figures").click()
    page.frame_locator(".trade-explorer iframe").locator("button[popovertarget]").first.wait_for(timeout=60_000)


def test_axe_holds_nothing_against_the_explorer(page, axe):
    of_voila = {"region"}  # the page around the notebook, which has no landmarks
    assert [held for held in axe(page) if held[0] not in of_voila] == []
