"""The built site in a real browser: every page at both widths, answers, sources, charts, figures, sharing."""

import re

import pytest

from trade_lib.claims import c01_russia_growth as russia

WIDTHS = {"desktop": 1280, "phone": 390}
KINDS = ("index.html", "notebooks/03-russia-growth.html", "notebooks/index.html", "claims/C01.html", "claims/C16.html",
         "claims/index.html", "data/official_figures.html", "data/flows_monthly.html", "data/index.html", "check.html",
         "explorer.html", "glossary.html", "about.html", "reference/index.html", "article-marked.html")


def pages(site):
    """Every page of the site as its path below it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)


# What a reader would miss: an answer below the first screen or beside it, text that is cut, a source's link that is off
# the screen or that no key reaches.
MISSED = """() => { const width = document.documentElement.clientWidth, off = [];
    const answer = document.querySelector('section.answer');
    const box = answer && answer.getBoundingClientRect();
    if (!box || box.left < 0 || box.right > width || box.top > 844) off.push('the answer');
    for (const e of document.querySelectorAll('section.answer *, .cell_output pre'))
        if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') off.push(e.textContent);
    for (const a of document.querySelectorAll('.source a, table.cards a')) {
        const box = a.getBoundingClientRect();
        if (!box.width || box.left < 0 || box.right > width || a.tabIndex < 0 || !a.href) off.push(a.href); }
    return off; }"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_on_every_page_all_is_within_the_screen_and_the_answer_in_sight(browser, address, site, width, too_wide, axe):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.route(re.compile(r"\.(woff2|png)$"), lambda route: route.abort())
    faults = {}
    for path in pages(site):
        page.goto(address + path, wait_until="load")
        seen = page.evaluate(too_wide)[:3]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            seen.append("the page scrolls sideways")
        if re.match(r"(notebooks|claims)/.*\d", path):
            seen += page.evaluate(MISSED)
            seen += axe(page, contrast=False) if width == WIDTHS["desktop"] else []  # contrast is measured below
        if re.match(r"claims/.*\d", path) and not page.locator(".source a").count():
            seen.append("no source")
        if seen:
            faults[path] = seen
    page.close()
    assert faults == {}


def test_a_source_leads_to_its_marked_row_in_one_step(visit):
    page = visit("claims/C01.html", 390)
    page.locator(".source .links a", has_text="See the rows").first.click()
    page.wait_for_load_state()
    anchor = page.url.partition("#")[2]
    row = page.locator(f"section.row[id='{anchor}']")
    assert row.is_visible() and row.evaluate("e => e.matches(':target')")
    assert page.locator("a[download]", has_text="Download the table").count() == 1


def test_no_page_is_heavy(visit, address, site):
    heavy = {}
    for path in KINDS:
        page = visit("about.html")  # in a context of its own, so that nothing is in its cache
        sizes = []
        page.on("response", lambda answer, sizes=sizes: sizes.append(int(answer.headers.get("content-length", 0))))
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        if sum(sizes) > (3e6 if page.locator("figure").count() else 1.5e6):
            heavy[path] = sum(sizes)
    assert heavy == {}
    assert sum(f.stat().st_size for f in site.rglob("*") if f.is_file()) < 30e6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_holds_nothing_against_any_kind_of_page(visit, address, axe, scheme):
    page = visit("index.html", 390, scheme=scheme)
    held = {path: axe(page) for path in KINDS if page.goto(address + path)}
    assert {path: faults for path, faults in held.items() if faults} == {}


def test_each_way_of_the_chooser_gives_the_packages_number(visit):
    page = visit("index.html")
    shown = page.evaluate("JSON.parse(document.getElementById('ways').textContent).map(way => way.value)")
    assert shown == russia.growth_readings()["value"].round(1).tolist()
    value = page.locator(".chooser .value")
    assert value.inner_text().startswith(f"{russia.STATED} %")
    readings = russia.growth_readings().set_index("reading")["value"]
    page.locator(".chooser label", has_text="Russia's").click()
    assert value.inner_text() == f"{readings['customs of Russia']:.1f} %"
    page.locator(".chooser label", has_text="China's").click()
    page.locator(".chooser label", has_text="per year").click()
    assert value.inner_text() == f"{readings['a year, since 2019']:.1f} %"


def test_the_chooser_reacts_to_the_keyboard_and_names_the_nearest_way(visit):
    page = visit("index.html", 390)
    page.locator("#chooser input[name=money]").first.focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator("#chooser input[name=money]:checked").get_attribute("value")
    assert chosen != "USD" and page.locator(".chooser .value").inner_text() != f"{russia.STATED} %"
    page.locator(".chooser label", has_text="per year").click()
    assert "nearest" in page.locator(".chooser .way").inner_text()


def test_home_names_the_article_and_lists_every_claim(visit):
    page = visit("index.html")
    text = page.inner_text("main")
    assert "China Business News Network" in text and "29 December 2021" in text
    assert page.locator("ol.scorecard > li").count() == 18


def test_the_explorer_draws_another_series(visit):
    page = visit("explorer.html", 390)
    before = page.inner_html("#fan")
    page.locator("#explorer select").select_option(index=3)
    assert page.inner_html("#fan") != before and page.locator("#numbers tbody tr").count() > 1
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#fan text')).fontSize)") >= 11


@pytest.mark.parametrize("path, what", [("notebooks/03-russia-growth.html", "figure.plot img"),
                                        ("explorer.html", "#fan")])
def test_a_swipe_on_a_chart_scrolls_the_page(visit, path, what):
    page = visit(path, 390, touch=True)
    chart = page.locator(what).first
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box, before = chart.bounding_box(), page.evaluate("scrollY")
    x, y = box["x"] + box["width"] / 2, min(max(box["y"] + box["height"] / 2, 350), 850)
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 30 * step}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"scrollY > {before} + 100", timeout=5000)


def test_a_figure_enlarges_on_a_phone_and_escape_closes_it(visit):
    page = visit("notebooks/03-russia-growth.html", 390)
    shown = page.locator("figure.plot img").first.bounding_box()["width"]
    page.locator("button.enlarge").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog.zoom[open] img").bounding_box()["width"] >= 2.5 * shown
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('dialog.zoom').open")


def test_a_table_sorts_both_ways_and_blanks_stand_last(visit):
    page = visit("claims/C01.html")
    table = page.locator("table", has=page.locator("caption", has_text="rests on"))
    column = "t => [...t.tBodies[0].rows].map(r => r.cells[2].textContent.trim())"
    button = table.locator("th button", has_text="interval")
    for _ in range(2):
        button.focus()
        page.keyboard.press("Enter")
        values = table.evaluate(column)
        assert "" in values and values[-1] == "" and values[0] != ""


def test_code_is_folded_and_unfolds(visit):
    page = visit("notebooks/03-russia-growth.html")
    code = page.locator("details.hide .cell_input, details .highlight").first
    assert not code.is_visible()
    page.locator("details.hide summary, .cell details summary").first.click()
    assert code.is_visible()


def test_every_link_within_the_site_leads_somewhere(site):
    broken = []
    for page in (p for p in site.rglob("*.html") if "_static" not in p.parts):
        text = page.read_text(encoding="utf-8", errors="ignore")
        for target in re.findall(r'(?:href|src)="([^"#?]+)[^"]*"', text):
            if not re.match(r"[a-z]+:|//", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(site)} -> {target}")
    assert broken == []


def test_every_figure_says_what_it_finds_and_can_be_taken_away(site):
    for page in sorted((site / "notebooks").glob("[0-9]*.html")):
        text = page.read_text(encoding="utf-8")
        figures = re.findall(r'<figure class="plot">.*?</figure>', text, re.DOTALL)
        assert figures, page.name
        for one in figures:
            assert len(re.search(r'alt="([^"]*)"', one)[1]) > 10 and "Picture (png)" in one and "Cite" in one


def test_every_page_can_be_shared_with_words_and_claims_with_a_picture(site):
    for name in pages(site):
        if name in ("search.html", "genindex.html"):
            continue
        text = (site / name).read_text(encoding="utf-8")
        assert re.search(r'<meta name="description" content="[^"]{20,}"', text), name
        assert 'property="og:title"' in text and 'name="twitter:card"' in text, name
    picture = re.search(r'property="og:image" content="([^"]+)"', (site / "claims/C02.html").read_text())[1]
    assert (site / "claims" / picture).is_file()


def test_notebooks_and_claims_lead_to_each_other_and_can_be_downloaded(site):
    notebook = (site / "notebooks/03-russia-growth.html").read_text(encoding="utf-8")
    assert "../claims/C01.html" in notebook and (site / "notebooks/03-russia-growth.ipynb").is_file()
    assert "../notebooks/03-russia-growth.html" in (site / "claims/C01.html").read_text(encoding="utf-8")


def test_the_page_on_checking_shows_an_article_as_it_comes_out(site):
    text = (site / "check.html").read_text(encoding="utf-8")
    assert text.count("pill ") > 10 and "pill-no" in text and "<!-- example" not in text
