"""Value chains: WIOD 2013 tables and bilateral value added, WIOD 2016, indicators of the ADB."""

import numpy as np
import pandas as pd
from common import field, publish, source_rows

WIOD_YEARS = (1995, 2001, 2006, 2008, 2011)
MILLION = "mn US$ at current prices"
CODES = {"ROM": "ROU", "ROW": "OTHER"}  # Romania's old code; the rest of the world as one region
WIOD_NOTE = ("41 regions and 35 industries; cells are cut to whole millions in the source, so rows fall short of "
             "output by less than 0.1 % in all. The only ASEAN member is Indonesia; no African country. Published "
             "2013.")
ADB_NOTE = ("Indicators that a researcher at the bank computed from its multi-regional tables, edition of mid-2023. By "
            "country and sector, not bilateral.")


def _codes(column):
    return column.replace(CODES)


def _area(name, text):
    return field(name, "string", text, required=True)


def _year():
    return field("year", "year", "year", required=True)


def _keys(*names):
    return [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in names]


def _numbers(names, unit, **rules):
    return [field(name, "number", text, unit, **rules) for name, text in names.items()]


def build_industries(source):
    frame = pd.read_csv(source / "valuechain" / "wiod2013" / "industries.csv").rename(columns={"code": "sector"})
    adb = pd.read_csv(source / "valuechain" / "adb_sectors.csv")
    frame["short"], frame["group5"] = adb["c_name_short"], adb["c5_name"]
    frame["group15_code"], frame["group5_code"] = adb["c15_ind"], adb["c5_ind"]
    return publish(
        "chain_industries", frame.assign(number=range(1, 36)),
        {"fields": [field("sector", "string", "code", required=True, unique=True),
                    field("number", "integer", "place, as in the ADB tables", required=True, minimum=1, maximum=35),
                    field("name", "string", "industry", required=True),
                    field("short", "string", "short name", required=True),
                    field("group10", "string", "one of 10 groups", required=True),
                    field("group15_code", "integer", "number of the ADB's 15 sectors", required=True),
                    field("group5_code", "integer", "number of the ADB's 5 sectors", required=True),
                    field("group5", "string", "one of the ADB's 5 sectors", required=True)], "primaryKey": ["sector"]},
        title="The 35 industries of WIOD 2013 and of the ADB tables, and their groups",
        description="Industry codes, names and groups; WIOD 2013 and the ADB's tables share one list.",
        sources=source_rows(source, {"WIOD2013_FULL": "The ten groups are a choice of the compilation.",
                                     "ADB62_TOTALS": "Short names and the bank's 5 and 15 sectors."}),
        vintage="classification", notes=["The ten groups are for the aggregated table only."])


def wiod_sales(source, year):
    """The full table of a year, 1995-2011, as rows of sales: seller, industry and buying country."""
    folder = source / "valuechain" / "wiod2013"
    countries = _codes(pd.read_csv(folder / "countries.csv")["iso3"]).tolist()
    sectors = [f"c{k}" for k in range(1, 36)]
    with np.load(folder / f"wiot_{year}.npz") as stored:
        inter = stored["Z"].reshape(1435 * 41, 35)
        final = stored["Y"].reshape(1435 * 41, 5).sum(axis=1)
        output = stored["X"]
    index = pd.MultiIndex.from_product([countries, sectors, countries], names=["country", "sector", "destination"])
    frame = pd.DataFrame(inter, index=index, columns=sectors).assign(final=final).reset_index()
    home = frame["country"] == frame["destination"]
    frame["output"] = np.where(home, np.repeat(output, 41).astype(float), np.nan)
    return frame


def _wiod(year):
    def build(source):
        frame = wiod_sales(source, year)
        sectors = [f"c{k}" for k in range(1, 36)]
        keep = frame[[*sectors, "final"]].ne(0).any(axis=1) | frame["output"].notna()
        text = ("sales of a country's industry (row) to the industries c1 to c35 of a destination and to its final "
                "use, the five categories added up; output of the seller in its row at home")
        return publish(
            f"wiod2013_{year}", frame[keep],
            {"fields": [_area("country", "seller"), field("sector", "string", "seller's industry", required=True),
                        _area("destination", "buyer"),
                        *[field(s, "integer", f"to industry {s}", MILLION, required=True, minimum=0) for s in sectors],
                        field("final", "integer", "to final use; negative where stocks fall", MILLION, required=True),
                        field("output", "number", "gross output, in the row at home", MILLION, minimum=0)],
             "primaryKey": ["country", "sector", "destination"], "foreignKeys": _keys("country", "destination")},
            title=f"World input-output table {year} (WIOD 2013), 41 regions by 35 industries",
            description=f"Inter-country input-output table: {text}.",
            sources=source_rows(source, {"WIOD2013_FULL": WIOD_NOTE}), vintage="release of November 2013",
            form="parquet", excluded=[{"rows": int((~keep).sum()), "what": "pairs without any sale",
                                       "why": "absent stands for zero; the loader fills them"}],
            notes=["Value added is output less intermediate purchases: net taxes and transport margins are in it.",
                   "OTHER is the rest of the world as one region.",
                   f"Shipped in full for {', '.join(map(str, WIOD_YEARS))}; yearly results are in wiod2013_bilateral."])
    return build


def build_bilateral(source):
    frame = pd.read_parquet(source / "valuechain" / "wiod2013_bilateral_value_added_1995_2011.parquet")
    frame = frame.rename(columns={
        "exports_intermediate": "intermediate", "exports_final": "final",
        "dom_content_in_exports_to_dest": "domestic_content",
        "va_origin_in_final_demand_of_dest": "value_added_absorbed",
        "va_origin_in_gross_exports_of_dest": "value_added_in_exports_of"})
    frame["origin"], frame["destination"] = _codes(frame["origin"]), _codes(frame["destination"])
    parts = {"intermediate": "exports for intermediate use", "final": "exports for final use",
             "domestic_content": "value added of the origin in its exports to the destination (empty at home)",
             "value_added_absorbed": "value added of the origin in the destination's final demand",
             "value_added_in_exports_of": "value added of the origin in all gross exports of the destination"}
    return publish(
        "wiod2013_bilateral", frame,
        {"fields": [_year(), _area("origin", "where value is added"), _area("destination", "partner"),
                    *_numbers(parts, MILLION)], "primaryKey": ["year", "origin", "destination"],
         "foreignKeys": _keys("origin", "destination")},
        title="Gross and value-added trade between 41 regions, 1995-2011 (WIOD 2013)",
        description="Yearly bilateral trade and value added, computed at the full detail of 35 industries.",
        sources=source_rows(source, {"WIOD2013_BILATERAL": WIOD_NOTE}), vintage="release of November 2013",
        form="parquet",
        notes=["For the years shipped in full, trade_lib.valuechain.bilateral gives these columns from the tables."])


def build_wiod2016(source):
    frame = pd.read_csv(source / "valuechain" / "wiod2016_icio_exports_dva_by_final_destination_2002_2014.csv")
    frame = frame.rename(columns={"gross_exports_musd": "exports", "domestic_value_added_musd": "domestic_value_added"})
    frame["exporter"], frame["final_destination"] = _codes(frame["exporter"]), _codes(frame["final_destination"])
    parts = {"exports": "gross exports finally absorbed there",
             "domestic_value_added": "domestic value added finally absorbed there"}
    return publish(
        "wiod2016_by_absorption", frame,
        {"fields": [_year(), _area("exporter", "exporter"), _area("final_destination", "country of final absorption"),
                    *_numbers(parts, MILLION, required=True, minimum=0)],
         "primaryKey": ["year", "exporter", "final_destination"],
         "foreignKeys": _keys("exporter", "final_destination")},
        title="Gross exports and domestic value added by country of final absorption, 2002-2014 (WIOD 2016)",
        description="44 regions; 2002, 2005, 2008, 2011 and 2014; Borin and Mancini's method.",
        sources=source_rows(source, {"WIOD2016_ICIO_DVA": "By country of final absorption, although the file names the "
                                     "column importer; the diagonal is what comes home."}),
        vintage="release of November 2016", form="parquet",
        notes=["Not customs exports to the partner: the partner is where the goods end up."])


def build_adb_totals(source):
    frame = pd.read_csv(source / "valuechain" / "adb62_country_totals_2000_2022.csv")
    vax = pd.read_parquet(source / "valuechain" / "adb62_exports_vax_rca_2000_2022.parquet")
    vax = vax[vax["agg"] == 35].groupby(["year", "iso3"])["vaxes_si"].sum().rename("value_added_exports").round(1)
    frame = frame.merge(vax.reset_index(), how="left", on=["year", "iso3"]).rename(columns={"iso3": "country"})
    frame["country"] = _codes(frame["country"])
    parts = {"gross_output": "gross output", "value_added": "value added", "gross_exports": "gross exports",
             "exports_intermediate": "exports for intermediate use", "exports_final": "exports for final use"}
    return publish(
        "adb_totals", frame,
        {"fields": [_year(), _area("country", "economy"), *_numbers(parts, MILLION, required=True, minimum=0),
                    field("intermediate_share", "number", "intermediate in gross exports", "share", required=True,
                          minimum=0, maximum=1),
                    field("value_added_exports", "number", "domestic value added absorbed abroad; 20 economies only",
                          MILLION, minimum=0)],
         "primaryKey": ["year", "country"], "foreignKeys": _keys("country")},
        title="Output, value added and exports of 62 economies, 2000 and 2007-2022 (ADB)",
        description="Totals of the bank's tables of 62 economies, and value-added exports of 20 of them.",
        sources=source_rows(source, {"ADB62_TOTALS": ADB_NOTE + " Exports are derived, since the file's own columns "
                                     "hold domestic sales.", "ADB62_VAX": ADB_NOTE}), vintage="mid-2023",
        notes=["2001 to 2006 do not exist in this edition.", "OTHER is the rest of the world as one region."])


def build_adb_sectors(source):
    frame = pd.read_parquet(source / "valuechain" / "adb62_exports_vax_rca_2000_2022.parquet")
    frame = frame.rename(columns={"iso3": "country", "agg": "detail", "exports_si": "exports",
                                  "vaxes_si": "value_added_exports", "vaxos_si": "value_added_exports_by_origin"})
    frame["country"] = _codes(frame["country"])
    frame = frame.round({"exports": 2, "value_added_exports": 2, "value_added_exports_by_origin": 2})
    parts = {"exports": "gross exports", "value_added_exports": "value added exported through the sector's exports",
             "value_added_exports_by_origin": "value added of the sector exported, through whatever sector"}
    return publish(
        "adb_sectors", frame,
        {"fields": [_year(), _area("country", "economy"),
                    field("detail", "integer", "number of sectors", required=True, enum=[5, 15, 35]),
                    field("sector", "integer", "number of the sector (chain_industries)", required=True, minimum=1,
                          maximum=35), *_numbers(parts, MILLION, required=True, minimum=0),
                    field("rca", "number", "revealed comparative advantage in gross exports", "index", minimum=0)],
         "primaryKey": ["year", "country", "detail", "sector"], "foreignKeys": _keys("country")},
        title="Exports and value added in them by sector, 20 economies, 2000 and 2007-2022 (ADB)",
        description="Gross exports, value-added exports by exporting and by originating sector, comparative advantage.",
        sources=source_rows(source, {"ADB62_VAX": ADB_NOTE}), vintage="mid-2023", form="parquet",
        notes=["2001 to 2006 do not exist in this edition.", "OTHER is the rest of the world as one region."])


def build_participation(source):
    frame = pd.read_csv(source / "valuechain" / "adb72_gvc_participation_2017_2022.csv")
    names = {"iso3": "country", "agg": "detail", "Exports": "exports", "va": "value_added", "GVC_trade_f": "forward",
             "GVC_trade_b": "backward", "GVC_prod": "in_production", "GVCP_trade_f": "forward_share",
             "GVCP_trade_b": "backward_share", "GVCP_trade": "trade_share", "GVCP_prod": "production_share"}
    frame = frame.rename(columns=names)
    frame["country"] = _codes(frame["country"])
    frame = frame.round({n: 2 for n in ("exports", "value_added", "forward", "backward", "in_production")})
    levels = {"exports": "gross exports", "value_added": "value added", "forward": "forward value-chain trade",
              "backward": "backward value-chain trade", "in_production": "value added in value-chain production"}
    shares = {"forward_share": "forward in exports", "backward_share": "backward in exports",
              "trade_share": "both in exports", "production_share": "value-chain production in value added"}
    return publish(
        "adb_participation", frame,
        {"fields": [_year(), _area("country", "economy"),
                    field("detail", "integer", "number of sectors; 0: the whole economy", required=True,
                          enum=[0, 5, 15, 35]),
                    field("sector", "integer", "number of the sector; 0: all", required=True, minimum=0, maximum=35),
                    *_numbers(levels, MILLION, required=True, minimum=0),
                    *_numbers(shares, "share", minimum=0, maximum=1)],
         "primaryKey": ["year", "country", "detail", "sector"], "foreignKeys": _keys("country")},
        title="Participation in value chains, 72 economies, 2017-2022 (ADB)",
        description="Trade-based and production-based participation; whole economies for all, sectors for 21.",
        sources=source_rows(source, {"ADB72_GVCP": ADB_NOTE + " Nine ASEAN members (no Myanmar); of Africa, Egypt."}),
        vintage="mid-2023", form="parquet",
        notes=["A share is empty where the sector exports or makes nothing.",
               "2020 to 2022 are of the tables of June 2023; earlier years may come from an older edition."])


def build_lengths(source):
    frame = pd.read_csv(source / "valuechain" / "adb72_production_lengths_2017_2022.csv")
    names = {"iso3": "country", "agg": "detail", "PLv": "forward_length", "PLy": "backward_length",
             "PLv_D": "domestic_length", "PLv_RT": "traditional_trade_length", "PLv_GVC": "chain_length_forward",
             "PLy_GVC": "chain_length_backward", "CBv_GVC": "border_crossings_forward",
             "CBy_GVC": "border_crossings_backward", "GVC_POS": "position"}
    frame = frame.rename(columns=names)
    frame["country"] = _codes(frame["country"])
    parts = {"forward_length": "average length, forward", "backward_length": "average length, backward",
             "domestic_length": "of purely domestic production, forward",
             "traditional_trade_length": "of production for final exports, forward",
             "chain_length_forward": "of value-chain production, forward",
             "chain_length_backward": "of value-chain production, backward",
             "border_crossings_forward": "borders crossed, forward",
             "border_crossings_backward": "borders crossed, backward"}
    return publish(
        "adb_lengths", frame,
        {"fields": [_year(), _area("country", "economy"),
                    field("detail", "integer", "number of sectors; 0: the whole economy", required=True, minimum=0,
                          maximum=5),
                    field("sector", "integer", "number of the sector; 0: all", required=True, minimum=0, maximum=5),
                    *_numbers(parts, "stages", required=True, minimum=0),
                    field("position", "number", "forward over backward chain length; higher is upstream", "ratio",
                          required=True, minimum=0)],
         "primaryKey": ["year", "country", "detail", "sector"], "foreignKeys": _keys("country")},
        title="Lengths of production and position in value chains, 21 economies, 2017-2022 (ADB)",
        description="Average number of stages by the method of Wang, Wei, Yu and Zhu (2017).",
        sources=source_rows(source, {"ADB72_LENGTHS": ADB_NOTE}), vintage="mid-2023",
        notes=["Parts of the lengths that nothing here uses are not carried over."])


def build_concentration(source):
    frame = pd.read_csv(source / "valuechain" / "adb_regional_concentration.csv")
    frame = frame.rename(columns={"rta": "region", "table": "edition", "rci": "concentration"})
    parts = {"within": "trade within the region", "exports": "exports of its members", "imports": "imports of them",
             "world": "world trade"}
    return publish(
        "adb_concentration", frame.round({n: 2 for n in parts}),
        {"fields": [_year(), field("region", "string", "trade bloc", required=True),
                    field("method", "string", "gross exports, or from producer to final user", required=True),
                    field("edition", "string", "62 or 72 economies", required=True),
                    *_numbers(parts, MILLION, required=True, minimum=0),
                    *_numbers({"share_within": "of the members' trade within the region",
                               "share_world": "of world trade with the region"}, "share", required=True, minimum=0,
                              maximum=1),
                    field("concentration", "number", "share within over share of the world", "ratio", required=True,
                          minimum=0)], "primaryKey": ["year", "region", "method", "edition"]},
        title="Concentration of trade within regions, 2000-2022 (ADB)",
        description="ASEAN, the Eurasian union, the EU, NAFTA and SAFTA: trade within against trade with the world.",
        sources=source_rows(source, {"ADB_RCI": ADB_NOTE + " Blocs only, no row for China."}), vintage="mid-2023",
        notes=["The method from producer to final user counts value added from where it is made to where it ends up."])


BUILDS = {"chain_industries": build_industries, **{f"wiod2013_{year}": _wiod(year) for year in WIOD_YEARS},
          "wiod2013_bilateral": build_bilateral, "wiod2016_by_absorption": build_wiod2016,
          "adb_totals": build_adb_totals, "adb_sectors": build_adb_sectors, "adb_participation": build_participation,
          "adb_lengths": build_lengths, "adb_concentration": build_concentration}
