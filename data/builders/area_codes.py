"""How publishers write areas: their codes and names, each with the code of the table `areas`."""

import pandas as pd
from common import BUILDERS, field, publish

SYSTEMS = ["iso2", "m49", "census", "geonom", "label", "alias", "news", "old"]


def build_area_codes(source):
    listed = pd.read_csv(BUILDERS / "area_systems.csv", dtype=str, keep_default_na=False)
    labels = pd.read_csv(BUILDERS / "area_labels.csv", dtype=str, keep_default_na=False)
    frame = pd.concat([listed, labels.set_axis(["code", "area"], axis=1).assign(system="label")], ignore_index=True)
    schema = {
        "fields": [
            field("system", "string", "whose code: iso2 (also Eurostat's), m49 (UN Comtrade), census (US Census "
                  "Bureau), geonom (HMRC), label (publishers' spellings), alias (everyday names), news (adjectives "
                  "and other words of the news: Russian, Sino, Beijing), old (codes no longer used, or one "
                  "publisher's own)", required=True, enum=SYSTEMS),
            field("code", "string", "the code or name", required=True),
            field("area", "string", "code of the table areas", required=True),
        ],
        "primaryKey": ["system", "code"],
        "foreignKeys": [{"fields": "area", "reference": {"resource": "areas", "fields": "code"}}],
    }
    lists = {"source_id": "CODE_LISTS", "publisher": "ISO 3166, United Nations M49, US Census Bureau Schedule C, "
             "Eurostat Geonomenclature, and the publishers of the other tables", "title": "Codes and names of areas",
             "obtained_via": "entered by hand; codes of the Census Bureau from its table by partner, Chinese names "
             "from the Unicode CLDR",
             "vintage": "2026", "units": "-", "licence": "facts",
             "notes": "Geonomenclature: the larger countries only."}
    return publish("area_codes", frame, schema, title="Areas as publishers write them", sources=[lists],
                   description="From a publisher's code or spelling to the code used here.", vintage="2026",
                   notes=["Comtrade's numbers depart from M49 for the United States (842), France (251), Switzerland "
                          "(757), Norway (579), India (699) and Taiwan (490); both are listed where both occur.",
                          "Places without an ISO code (Ceuta, Melilla, the Canary Islands) are not listed: figures "
                          "for them are left out of what is fetched, and named."])


BUILDS = {"area_codes": build_area_codes}
