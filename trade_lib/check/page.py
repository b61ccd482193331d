"""The parts of the HTML page that `trade-lib check --html` writes."""

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checked: {title}</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }}
article {{ border-left: .4rem solid #7d8ca3; padding: .1rem 1rem; margin: 1.6rem 0; }}
.supported {{ border-color: #1b7f4b; }} .supported-with-caveats {{ border-color: #7fb069; }}
.mixed {{ border-color: #e0a030; }} .contradicted {{ border-color: #c0392b; }}
.scroll {{ overflow-x: auto; }} table {{ border-collapse: collapse; }}
td, th {{ text-align: left; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #8884; }}
td:first-child {{ text-align: right; font-variant-numeric: tabular-nums; }}
</style>
</head>
<body><main>
<h1>Checked: {title}</h1>
<p>Published {date}. {url}</p>
"""
SECTION = """<article class="{slug}" id="{id}">
<h2>{id}: {verdict}</h2>
<p><q>{text}</q></p>
<p>{why}</p>
<p>As known now: <strong>{now}</strong>. Missing: {missing}.</p>
<details><summary>What was recomputed</summary><div class="scroll">
<table><tr><th>value</th><th>unit</th><th>publisher</th><th>side</th><th>vintage</th></tr>{rows}</table></div></details>
</article>"""
