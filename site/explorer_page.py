"""The explorer's main view for the browser alone: a series, its forecast of November 2021 and what came."""

import html
import json

from trade_lib.data.areas import name, owner
from trade_lib.data.tables import load, series

BEFORE, LEAST = 48, 6  # months shown before the forecast; outcomes that a series needs
WORDS = {"export": "exports to", "import": "imports from"}


def views():
    """Every series with a stored forecast: history, limits and outcomes in bn, a dictionary each."""
    shown = []
    table = load("forecast_november_2021")
    for (source, reporter, partner, flow), fan in table.groupby(["source", "reporter", "partner", "flow"], sort=False):
        if fan["actual"].notna().sum() < LEAST:
            continue
        known = series(reporter, partner, flow, source=source)
        unit = known.attrs["unit"]
        months = fan["month"].astype(str).tolist()
        past = (known.loc[:fan["month"].iloc[0] - 1].tail(BEFORE) / 1e9).round(3)
        bands = {k: (fan[k] / 1e9).round(3).tolist() for k in ("median", "lo80", "hi80", "lo95", "hi95")}
        came = [None if value != value else round(value / 1e9, 3) for value in fan["actual"]]
        inside = sum(low <= value <= high for low, high, value in zip(bands["lo80"], bands["hi80"], came, strict=True)
                     if value is not None)
        shown.append({"reporter": reporter, "name": f"{owner(reporter)} {WORDS[flow]} {name(partner)}", "unit": unit,
                      "past": dict(zip(past.index.astype(str), past.tolist(), strict=True)), "months": months,
                      "came": came, **bands,
                      "told": f"{inside} of {sum(v is not None for v in came)} months that came lay within the 80 % "
                              "limits", "source": source})
    return shown


def explorer_page():
    """The page as Markdown, with the figures that it draws written into it."""
    shown = views()
    options = "".join(f'<option value="{n}">{html.escape(view["name"])}</option>' for n, view in enumerate(shown))
    data = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"""# Explore a country's trade

<form class="explorer" id="explorer"><label>Whose trade <select name="series">{options}</select></label>
<label>Months ahead <input name="ahead" type="range" min="1" max="24" value="13"><output>13</output></label></form>

<figure class="drawn"><figcaption id="told" aria-live="polite"></figcaption>
<svg id="fan" role="img" aria-labelledby="told" viewBox="0 0 700 360"></svg></figure>

<details><summary>The numbers</summary><div class="wide"><table id="numbers">
<caption>Forecast and outcome by month, bn.</caption><thead><tr><th scope="col">month</th><th scope="col">median</th>
<th scope="col">80 % limits</th>
<th scope="col">what came</th></tr></thead>
<tbody><tr><td></td></tr></tbody></table></div></details>

The forecasts were made by the package's one engine with the months known to November 2021, and are stored in the table
[forecast_november_2021](data/forecast_november_2021.md). Any other series, month or horizon: `make explorer` opens the
[whole explorer](notebooks/22-explorer.ipynb) on your machine.

<script type="application/json" id="views">{data}</script>
"""
