"""All publishers by name, and the way of an answer: asked, followed, parsed, checked, entered."""

from collections import deque
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from trade_lib.data import files
from trade_lib.data.grids import KINDS
from trade_lib.data.own_flows import read_own_flows
from trade_lib.errors import TradeDataError
from trade_lib.sources import arrival, census, client, comext, comtrade, fred, gacc, hmrc, imf, names, store, worldbank
from trade_lib.sources.publisher import CSV, recode, rows

PUBLISHERS = {module.PUBLISHER.name: module.PUBLISHER
              for module in (imf, gacc, comext, comtrade, census, hmrc, worldbank, fred)}
MEDIA = {".html": "text/html", ".htm": "text/html", ".json": "application/json", ".csv": "text/csv"}


class Outcome(NamedTuple):
    """What became of one answer: `new`, `same`, `index` or `refused`, with its figures counted and said."""

    address: str
    status: str
    source: str
    figures: int
    words: list


def publisher(name):
    """A publisher by its name.
    """
    if name not in PUBLISHERS:
        raise TradeDataError("unknown source", value=name, expected=f"one of {', '.join(PUBLISHERS)}")
    return PUBLISHERS[name]


def addresses(name, query):
    """The requests that a question begins with.
    """
    asked = publisher(name)
    names.check_areas((*query.reporters, *query.partners))
    for field in asked.needs:
        if not getattr(query, field):
            raise TradeDataError(f"{asked.title} has to be asked for {field}", expected=f"--{field.rstrip('s')} CODE")
    if query.last < query.first:
        raise TradeDataError("window ends before it starts", value=f"{query.first}..{query.last}")
    return asked.requests(query)


def fetch(name, query, folder, progress=lambda outcome, left: None):
    """Ask a publisher and enter what it answers.

    A fault of one answer refuses that answer; the others go on. The faults are in the outcomes.

    Returns
    -------
    list of Outcome
    """
    asked, queue, outcomes = publisher(name), deque(addresses(name, query)), []
    done = set()
    while queue:
        request = queue.popleft()
        if request.address in done:
            continue
        done.add(request.address)
        try:
            answer, further, fault = _ask(asked, request, query)
            outcomes.append(enter(asked, answer, query, folder))
            queue.extend(further)
            if fault and outcomes[-1].status == "index":
                outcomes[-1] = Outcome(request.address, "refused", "", 0, [str(fault)])
        except TradeDataError as error:
            outcomes.append(Outcome(request.address, "refused", "", 0, [str(error)]))
        progress(outcomes[-1], len(queue))
    return outcomes


def _ask(asked, request, query):
    """An answer with all its pages, the addresses it leads to, and the fault that kept them from being read."""
    answer = page = client.get(request)
    while True:
        try:
            arrival.check_media(page, request.kinds)
            further = asked.follow(page, query)
        except TradeDataError as fault:
            return answer, [], fault
        if not (further and further[0].continues):
            return answer, further, None
        page = client.get(further[0])
        answer = client.joined(answer, page)


def enter(asked, answer, query, folder):
    """Parse, check and store one answer; one that fails is kept apart with the reason, and nothing of it enters.
    """
    try:
        arrival.check_media(answer, asked.kinds)
        parsed = asked.parse(answer, query)
        if parsed is None:
            return Outcome(answer.address, "index", "", 0, [])
        source, figures, words = parsed
        seen = f"{answer.seen:%Y-%m-%d}"  # a publisher east of us may be a day ahead
        figures["published"] = recode(figures["published"], lambda day: min(day, seen))
        same = {name: list(figures[name].unique()) for name in ("item", "reporter", "window")}
        held = store.read(folder, source=[source], **same)
        arrival.check(figures, held, answer.address)
        arrival.growth_matches(figures, held, answer.address)
    except TradeDataError as error:
        store.refuse(folder, answer, error)
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        fault = TradeDataError(f"the answer cannot be read ({type(error).__name__})", file=answer.address,
                               expected="the publisher's usual form")
        store.refuse(folder, answer, fault)
        raise fault from error
    new = store.add(folder, source, figures, answer)
    return Outcome(answer.address, "new" if new else "same", source, len(figures), words)


def from_file(name, path, query, folder):
    """Enter an answer that a user saved to a file, or a table as the publisher's pages offer it, as if fetched now."""
    asked, path = publisher(name), files.readable(path, largest=client.LIMIT)
    media = MEDIA.get(path.suffix.lower(), asked.kinds[0])
    answer = client.Answer(f"file:{path.name}", path.read_bytes(), media if media in asked.kinds else asked.kinds[0],
                           datetime.now(UTC).replace(microsecond=0), path.stem)
    own_form = CSV[0] in asked.kinds and (b"OBS_VALUE" in answer.content[:2000] or not asked.source)
    if path.suffix.lower() in KINDS and not own_form:
        return enter(replace(asked, parse=lambda *_: _saved_table(asked, path, query)), answer, query, folder)
    return enter(asked, answer, query, folder)


def _saved_table(asked, path, query):
    """The flows of a table in any usual layout; what it does not say comes from the question."""
    if not asked.source:
        raise TradeDataError("not a form that can be read", file=path.name, expected=f"an answer of {asked.title}")
    given = {"reporter": query.reporters or asked.reporter, "partner": query.partners}
    flows, words = read_own_flows(path, products=True, flow=query.flow or None, **{
        role: codes[0] if len(codes) == 1 else None for role, codes in given.items()})
    source = f"{asked.source}_{flows['unit'].iloc[0]}" if asked.by_currency else asked.source
    return source, rows(flows.drop(columns="source").assign(window=names.windows(flows["period"]))), words
