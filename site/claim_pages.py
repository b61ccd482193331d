"""A page for each claim: the answer, its evidence with sources, the ways of counting and the rule."""

import html

from data_pages import card, row_address

from trade_lib.app import page
from trade_lib.claims import as_record
from trade_lib.claims.core import interval, number
from trade_lib.claims.ways import by_choice
from trade_lib.plots.style import NAMES


def table(head, rows, caption, kind="cards"):
    """An HTML table; of kind ``cards`` a card a row on a phone, each cell under its column's name."""
    body = "".join("<tr>" + "".join(f'<td data-label="{html.escape(name)}">{cell}</td>' if n else
                                    f'<th scope="row">{cell}</th>' for n, (name, cell) in
                                    enumerate(zip(head, cells, strict=True))) + "</tr>\n" for cells in rows)
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    return (f'<div class="wide"><table class="{kind}"><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
            f"<tbody>\n{body}</tbody></table></div>")


def claim_page(verdict, figure):
    """One claim as Markdown; ``figure`` is the answer figure of its notebook as HTML."""
    claim = verdict.claim
    record = as_record(verdict)
    notebook = f"[Follow the argument in the notebook](../notebooks/{claim.notebook}.ipynb)" if claim.notebook else ""
    parts = [f"# {claim.id}: {claim.claim}", page.answer_box([record]), figure, notebook]
    if verdict.evidence:
        parts += ["## The evidence", evidence_table(verdict.evidence, f"What {claim.id} rests on.")]
    if verdict.ways is not None and len(verdict.ways):
        parts += ["## Ways of counting", ways_bars(verdict.ways), ways_table(verdict.ways)]
    if verdict.beside:
        parts += ["## Beside it", "Other quantities, which answer other questions and count towards nothing.",
                  evidence_table(verdict.beside, "Other quantities.")]
    parts += ["## The rule", claim.rule, rule_sides(claim), rule_history(claim)]
    return "\n\n".join(filter(None, parts + sources(verdict))) + "\n"


def evidence_table(evidence, caption):
    """Each number with its interval, vintage and a link to the rows that it comes from."""
    rows = [(html.escape(e.name), f"{number(e.value, e.unit)} {e.unit}", interval(e.low, e.high, e.unit), e.vintage,
             " ".join(f'<a href="{row_address(s, "../data/")}">{s}</a>' for s in e.sources)) for e in evidence]
    return table(("evidence", "value", "interval", "vintage", "rows"), rows, caption)


def ways_bars(ways):
    """In how many ways the claim holds under each choice: a bar a choice, readable at any width."""
    lines, last = [], None
    counted = by_choice(ways)
    for one in counted[counted.groupby("choice")["ways"].transform("max") > 1].itertuples():
        head = "" if one.choice == last else f"<dt>{html.escape(str(one.choice).replace('_', ' '))}</dt>"
        last, level = one.choice, html.escape(str(NAMES.get(one.level, one.level)))
        lines.append(f'{head}<dd><span>{level}</span><meter min="0" max="{one.ways}" value="{one.held}" '
                     f'aria-label="{level}"></meter>'
                     f"<b>{one.held} of {one.ways}</b></dd>")
    return f'<dl class="bars">{"".join(lines)}</dl>'


def ways_table(ways):
    """Every way of counting as a folded table, the lowest value first."""
    shown = ways.sort_values("value", kind="stable")
    names = [c for c in shown if c not in ("value", "holds", "sources", "ids")]
    rows = [[*(html.escape(str(one[c])) for c in names), number(one["value"]),
             "holds" if one["holds"] else "does not hold"] for one in shown.to_dict("records")]
    return (f"<details><summary>All {len(rows)} ways, from the lowest value to the highest</summary>"
            f'{table([*(c.replace("_", " ") for c in names), "value", "claim"], rows, "Ways of counting.")}</details>')


def rule_sides(claim):
    """What each verdict would have needed."""
    sides = "".join(f"<li>{page.pill(verdict)} {html.escape(text)}</li>" for verdict, text in claim.sides.items())
    return f'<ul class="sides">{sides}</ul>'


def rule_history(claim):
    """When the rule was set and what changed since."""
    when = "before" if claim.fixed_before else "after"
    steps = "".join(f"<li>{step['date']}: {html.escape(step['change'])} {html.escape(step['reason'])}</li>"
                    for step in claim.history)
    return f"The rule in use was written {when} its numbers were read.\n\n<ul>{steps}</ul>"


def sources(verdict):
    """A card for each source of a verdict."""
    names = dict.fromkeys(s for e in (*verdict.evidence, *verdict.beside) for s in e.sources)
    cards = "".join(card(name, "../data/") for name in names)
    return ["## Sources", f'<div class="sources">{cards}</div>'] if cards else []
