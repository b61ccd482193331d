"""The built site in a real browser: pages, links, tables, charts, figures, on a desktop and on a phone."""

import functools
import http.server
import importlib.util
import os
import re
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
WIDTHS = {"desktop": 1280, "phone": 390}
PAGES = ("index.html", "notebooks/03-russia-growth.html", "claims/C02.html", "claims/index.html", "catalogue.html",
         "reference/index.html", "notebooks/index.html", "check.html", "cite.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "html"
    done = subprocess.run([sys.executable, ROOT / "site" / "build.py", "--out", out], capture_output=True, text=True,
                          cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="module")
def address(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
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

    def go(path, width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900})
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


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_screen_and_loads_its_images(visit, path, width):
    page = visit(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].every(i => i.loading === 'lazy' || (i.complete && i.naturalWidth))")
    assert page.evaluate("[...document.querySelectorAll('.cell_output img')].every(i => i.alt.length > 10)")


def test_home_lists_every_claim_with_its_verdicts(visit):
    page = visit("index.html")
    rows = page.locator("table.sortable tbody tr")
    assert rows.count() == 18
    assert page.locator("table.sortable .pill").count() == 36


def test_a_table_sorts_both_ways_by_keyboard(visit):
    page = visit("index.html")
    ids = "[...document.querySelectorAll('table.sortable tbody tr')].map(r => r.cells[0].textContent.trim())"
    first = page.evaluate(ids)
    button = page.locator("table.sortable th button").first
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate(ids) == sorted(first, reverse=True) != first
    assert page.locator("table.sortable th").first.get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("page, chart", [("C02", "chart-C02"), ("C04", "chart-C04-ways")])
def test_the_interactive_chart_reacts(visit, page, chart):
    page = visit(f"claims/{page}.html")
    drawn = f"document.querySelectorAll('#{chart} .scatterlayer .trace').length"
    page.wait_for_function(f"{drawn} > 0")
    before = page.evaluate(drawn)
    page.locator(f"#{chart} .legendtoggle").first.click()
    page.wait_for_function(f"{drawn} < {before}")


def test_a_figure_zooms_and_escape_closes_it(visit):
    page = visit("notebooks/03-russia-growth.html")
    image = page.locator(".cell_output img").first
    image.focus()
    page.keyboard.press("Enter")
    page.locator("dialog.zoom[open] img").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('dialog.zoom').open")


def test_code_is_folded_and_unfolds(visit):
    page = visit("notebooks/03-russia-growth.html")
    code = page.locator("details.hide .cell_input, details .highlight").first
    assert not code.is_visible()
    page.locator("details.hide summary, .cell details summary").first.click()
    assert code.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_light_and_dark(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + "index.html")
    page.wait_for_load_state("networkidle")
    pairs = page.evaluate("""() => [...document.querySelectorAll('main p, main td a, .pill')].map(e => {
        let b = e, back = 'rgba(0, 0, 0, 0)';
        while (b && /, 0\\)$|transparent/.test(back)) {
            back = getComputedStyle(b).backgroundColor;
            b = b.parentElement;
        }
        return [e.className || e.tagName, getComputedStyle(e).color, back]; })""")
    context.close()
    assert pairs
    for name, ink, back in pairs:
        assert _contrast(ink, back) >= 4.5, (scheme, name, ink, back)


def test_every_link_within_the_site_leads_somewhere(site):
    broken = []
    for page in (p for p in site.rglob("*.html") if "_static" not in p.parts):
        text = page.read_text(encoding="utf-8", errors="ignore")
        for target in re.findall(r'(?:href|src)="([^"#?]+)[^"]*"', text):
            if re.match(r"[a-z]+:|//", target):
                continue
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(site)} -> {target}")
    assert broken == []


def test_every_figure_says_what_it_shows(site):
    bare = []
    for page in sorted((site / "notebooks").glob("*.html")):
        alts = re.findall(r'<img alt="([^"]*)" src="../_images/', page.read_text(encoding="utf-8"))
        bare += [(page.name, alt) for alt in alts if len(alt) < 25 or "_images" in alt]
        assert alts or page.stem == "index"
    assert bare == []


def test_the_page_on_checking_shows_an_article_as_it_comes_out(site):
    text = (site / "check.html").read_text(encoding="utf-8")
    assert text.count('data-label="id"') == 11 and "pill-no" in text and "<!-- example" not in text


def test_numbers_lead_to_their_sources_on_the_same_page(site):
    text = (site / "claims" / "C01.html").read_text(encoding="utf-8")
    targets = set(re.findall(r'href="#(source-[^"]+)"', text))
    assert targets and targets <= set(re.findall(r'id="(source-[^"]+)"', text))
    assert "globaltimes.cn" in text


def _contrast(one, two):
    """Contrast ratio of two CSS colours (WCAG 2.2)."""
    def light(colour):
        channels = [float(c) / 255 for c in re.findall(r"[\d.]+", colour)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)
