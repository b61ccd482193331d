"""When sources usually release a month: the table behind the calendar of releases."""

import pandas as pd
from common import BUILDERS, field, publish


def build_release_lags(source):
    frame = pd.read_csv(BUILDERS / "release_lags.csv", dtype=str, keep_default_na=False)
    schema = {
        "fields": [
            field("source", "string", "source id of fetched figures", required=True, unique=True),
            field("command", "string", "what `trade-lib fetch` calls the publisher", required=True),
            field("first_day", "integer", "days after the month's end when it comes at the earliest", required=True,
                  minimum=0),
            field("last_day", "integer", "days after the month's end when it usually has come", required=True,
                  minimum=0),
            field("skips", "string", "numbers of months that are not released on their own"),
            field("note", "string", "remark"),
        ],
        "primaryKey": ["source"],
    }
    known = {"source_id": "RELEASE_LAGS", "publisher": "the publishers named", "title": "Usual days of release",
             "obtained_via": "entered by hand from the publishers' calendars", "vintage": "2026", "units": "days",
             "licence": "facts", "notes": "Usual days; a holiday may move one."}
    frame[["first_day", "last_day"]] = frame[["first_day", "last_day"]].astype(int)
    return publish("release_lags", frame.replace({"": None}), schema, title="When a month is usually released",
                   description="Days after the end of a month between which each source releases it.",
                   sources=[known], vintage="2026", notes=["Whole days after the last day of the month."])


BUILDS = {"release_lags": build_release_lags}
