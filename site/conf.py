"""Sphinx configuration of the web site; site/build.py assembles the pages."""

from docutils import nodes
from latex2mathml.converter import convert

project = "Trade claims, answered with data"
author = "The trade_lib maintainers"
copyright = "the trade_lib maintainers, BSD-3-Clause"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
nb_execution_mode = "off"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_merge_streams = True
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header"]
autodoc_member_order = "bysource"
napoleon_google_docstring = False
html_theme = "pydata_sphinx_theme"
html_title = "Trade claims"
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_sidebars = {page: [] for page in ("index", "check", "catalogue", "cite", "reuse")}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "show_prev_next": True,
    "navigation_with_keys": True,
    "secondary_sidebar_items": {"**": ["page-toc"], "catalogue": [], "index": []},
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 7,
}


def _math(self, node, display="inline"):
    """Formulas as MathML, which browsers draw themselves: no script, no font from another host."""
    self.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def setup(app):
    """Draw inline and block formulas as MathML."""
    app.add_node(nodes.math, override=True, html=(lambda self, node: _math(self, node), None))
    app.add_node(nodes.math_block, override=True, html=(lambda self, node: _math(self, node, "block"), None))
