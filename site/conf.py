"""Sphinx configuration of the web site; site/build.py assembles the pages."""

import html
import json
import os
from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert

# What is said of each page where it is shared: title, description, picture. An address of the site, once it has one,
# makes the picture's address whole.
TOLD = json.loads((Path(__file__).parent / "told.json").read_text(encoding="utf-8"))
ADDRESS = os.environ.get("SITE_ADDRESS", "")

project = "Trade claims, answered with data"
author = "The trade_lib maintainers"
copyright = "the trade_lib maintainers, BSD-3-Clause"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
nb_execution_mode = "off"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_merge_streams = True
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header", "docutils"]  # docstrings are held to their style elsewhere
autodoc_member_order = "bysource"
napoleon_google_docstring = False
html_theme = "pydata_sphinx_theme"
html_title = "Trade claims"
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
html_extra_path = ["_extra"]
exclude_patterns = ["_extra"]
html_css_files = ["page.css", "site.css"]
html_js_files = [(name, {"defer": "defer"}) for name in ("page.js", "theme.js", "chooser.js", "explorer.js")]
html_search_scorer = str(Path(__file__).parent / "_static" / "scorer.js")
html_use_index = False
html_domain_indices = False
html_sidebars = {page: [] for page in ("index", "check", "explorer", "glossary", "about", "data/*")}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "show_prev_next": True,
    "navigation_with_keys": True,
    "secondary_sidebar_items": {"notebooks/*": ["page-toc"], "reference/*": ["page-toc"], "glossary": []},
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 8,
}


def _math(self, node, display="inline"):
    """Formulas as MathML, which browsers draw themselves: no script, no font from another host."""
    formula = convert(node.astext(), display=display)
    self.body.append(f'<div class="formula" tabindex="0">{formula}</div>' if display == "block" else formula)
    raise nodes.SkipNode


def _share(app, pagename, templatename, context, doctree):
    """Title, description and picture of a page, for search engines and for those who share it."""
    title, text, picture = TOLD.get(pagename, (context.get("title", project), project, TOLD["index"][2]))
    text = " ".join(text.split())
    about = {"og:title": title, "og:description": text[:300], "og:type": "article", "og:site_name": html_title,
             "og:image": f"{ADDRESS}/{picture}" if ADDRESS else app.builder.get_relative_uri(pagename, "index")
             .rpartition("/")[0] + ("/" if "/" in pagename else "") + picture if picture else ""}
    tags = "".join(f'<meta property="{k}" content="{html.escape(html.unescape(v))}">' for k, v in about.items() if v)
    context["metatags"] = (context.get("metatags", "") + tags
                           + f'<meta name="description" content="{html.escape(text[:300])}">'
                           + '<meta name="twitter:card" content="summary_large_image">')


def setup(app):
    """Draw formulas as MathML; say on every page what it is."""
    app.connect("html-page-context", _share)
    app.add_node(nodes.math, override=True, html=(lambda self, node: _math(self, node), None))
    app.add_node(nodes.math_block, override=True, html=(lambda self, node: _math(self, node, "block"), None))
