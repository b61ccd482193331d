"""Outlines of countries, for maps: maps/countries-110m.json and maps/countries-50m.json of the source folder.

Both are files of the npm package world-atlas 2.0.2 (Natural Earth 4.1.0, which is in the public domain). Countries come
from the small scale; those too small for it (Singapore, Hong Kong, islands) from the medium one. iso_numeric.csv, the
codes of ISO 3166-1, says which country a shape is.
"""

import json

import numpy as np
import pandas as pd
from common import BUILDERS, area_codes, data_folder, field, publish

from trade_lib.errors import TradeDataError

FIELDS = [
    field("ring", "integer", "number of the outline; a country may have several", required=True, minimum=0),
    field("point", "integer", "number of the point along it", required=True, minimum=0),
    field("code", "string", "country; empty: an area without a code of its own"),
    field("lon", "number", "longitude, east positive", "degrees", required=True, minimum=-180, maximum=180),
    field("lat", "number", "latitude, north positive", "degrees", required=True, minimum=-90, maximum=90),
]
SOURCE = {
    "source_id": "NATURAL_EARTH", "publisher": "Natural Earth", "title": "Admin 0 country boundaries, 1:110m and 1:50m",
    "obtained_via": "npm package world-atlas 2.0.2: countries-110m.json, countries-50m.json", "vintage": "4.1.0",
    "units": "degrees", "licence": "public domain (the package: ISC)", "path": "https://www.naturalearthdata.com",
    "notes": "Outer outlines only, rounded to a hundredth of a degree.",
}
LEFT_OUT = ("010",)  # Antarctica


def outlines(topology):
    """Outer rings of a topology by the numeric code of their country: (code, points as lon, lat)."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for outer, *_ in polygons:  # an arc begins where the one before it ended; ~i is arc i backwards
            parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in outer]
            yield shape.get("id"), np.concatenate([parts[0][:1], *[part[1:] for part in parts]])


def build_country_outlines(source):
    """Rings of all countries, a row a point."""
    files = [source / "maps" / f"countries-{scale}.json" for scale in ("110m", "50m")]
    for path in files:
        if not path.is_file():
            raise TradeDataError("file not found", file=f"maps/{path.name}", expected="as in npm's world-atlas 2.0.2")
    small, medium = (list(outlines(json.loads(path.read_text()))) for path in files)
    shown = {number for number, _ in small}
    numbers = pd.read_csv(BUILDERS / "iso_numeric.csv", dtype=str).set_index("numeric")["code"]
    codes = numbers[numbers.isin(area_codes(data_folder()))].to_dict()
    rings = [*small, *[(number, ring) for number, ring in medium if number and number not in shown]]
    kept = [(number, ring) for number, ring in rings
            if number not in LEFT_OUT and (number in shown or number in codes)]
    frame = pd.concat([pd.DataFrame(ring.round(2), columns=["lon", "lat"]).assign(ring=k, code=codes.get(number))
                       for k, (number, ring) in enumerate(kept)], ignore_index=True)
    frame["point"] = frame.groupby("ring").cumcount()
    gone = sorted({number for number, _ in rings} - {number for number, _ in kept})
    return publish("country_outlines", frame, {"fields": FIELDS, "primaryKey": ["ring", "point"], "foreignKeys": [
        {"fields": "code", "reference": {"resource": "areas", "fields": "code"}}]},
        title="Outlines of countries", description="One row a point of an outline, for maps.", sources=[SOURCE],
        vintage="Natural Earth 4.1.0 (2018)", form="parquet", notes=[
            "Borders are as Natural Earth draws them, by who governs; a map made from them takes no side.",
            "For maps of the world only: no distance or area should be measured on them."],
        excluded=[{"rows": sum(len(ring) for number, ring in rings if number in gone), "what":
                   "outlines of Antarctica and of small territories that no table here names",
                   "why": "nothing to show there"}])


BUILDS = {"country_outlines": build_country_outlines}
