"""China's customs in yuan: what its quarterly reviews and monthly conferences printed, with the world and partners."""

import pandas as pd
from common import BUILDERS, field, publish

AREAS = [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in ("reporter", "partner")]


def build_customs_reviews(source):
    table = pd.read_csv(BUILDERS / "customs_reviews.csv").assign(source="GACC_REVIEWS", reporter="CHN")
    schema = {"fields": [
        field("source", "string", "source id", required=True),
        field("reporter", "string", "area that books the flow", required=True),
        field("partner", "string", "the other area", required=True),
        field("flow", "string", "as China books it; balance: exports less imports", required=True,
              enum=["export", "import", "total", "balance"]),
        field("period_start", "yearmonth", "first month covered", required=True),
        field("period_end", "yearmonth", "last month covered", required=True),
        field("value", "number", "as printed; empty where only growth was", "units of the currency in column unit"),
        field("step", "number", "one unit of the last digit printed", "units of the currency in column unit"),
        field("unit", "string", "currency of value and growth", required=True, enum=["CNY", "USD"]),
        field("yoy_pct", "number", "growth on a year earlier as printed", "per cent", minimum=-100, maximum=1000),
        field("published", "date", "day of the release or page", required=True),
        field("url", "string", "page", required=True, pattern="https?://.+"),
    ], "primaryKey": ["partner", "flow", "period_start", "period_end", "unit", "published"], "foreignKeys": AREAS}
    sources = [{"source_id": "GACC_REVIEWS", "publisher": "General Administration of Customs of China",
                "title": "Reviews of foreign trade in yuan", "obtained_via": "read from the pages named in each row",
                "vintage": "each row's own day", "units": "yuan, US dollars, per cent", "licence": "facts",
                "notes": "First releases, as the page named printed them; most give two or three digits."}]
    return publish("customs_reviews", table, schema, title="China's foreign trade in yuan, as customs reviewed it",
                   description="Quarters, half years and months of 2014 to 2025 where no other table has yuan.",
                   sources=sources, vintage="2015 to 2025", notes=[
                       "From 2014-01 to 2017-11 the tables hold no month of China with the world; these points do.",
                       "Growth in yuan, not in dollars."])


BUILDS = {"customs_reviews": build_customs_reviews}
