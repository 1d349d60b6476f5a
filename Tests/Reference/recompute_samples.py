"""Computes the figures of pipelines/chronische-pijn anew, straight from the delivered files, and compares them with a run.

    python3 Tests/Reference/recompute_samples.py SAMPLES RESULTS_CSV PIPELINES

A second implementation, written from the texts of the indicators: it reads neither the core dataset nor anything else that
Spiegel made, and needs only Python. It holds for deliveries without faults (`spiegel samples` without options). Every
figure of the nation, the regions and the care providers is compared; it prints each that differs, then how many it
compared of each indicator, and ends with status 1 if any differs.
"""

import csv
import datetime
import glob
import math
import os
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from fractions import Fraction

YEARS = [2015, 2016, 2017, 2018]


def day(text):
    if not text:
        return None
    a, b, c = text.split("-")
    return datetime.date(int(a), int(b), int(c)) if len(a) == 4 else datetime.date(int(c), int(b), int(a))


def rows(path, delimiter, encoding="utf-8-sig"):
    with open(path, newline="", encoding=encoding) as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def euros(text):
    return int(text.replace(".", "").replace(",", ""))  # cents: the samples have two decimals


def table(path):
    lines = [line for line in open(path, encoding="utf-8") if not line.startswith("#")]
    return csv.DictReader(lines, delimiter=";")


class Deliveries:
    def __init__(self, folder, pipelines):
        pain = os.path.join(pipelines, "chronische-pijn")
        standard = {
            name: {row["local"]: row["standard"] for row in table(os.path.join(pain, "codes", name + ".csv"))}
            for name in ["zorgsoort", "activiteit"]
        }
        self.regions = {}
        for layout, path in [
            ("proeftuin", os.path.join(pain, "regions", "proeftuin.csv")),
            ("zorgkantoor", os.path.join(pipelines, "regions", "zorgkantoor-2019.csv")),
        ]:
            self.regions[layout] = {row["postcode4"]: row["unit"] for row in table(path)}
        self.rest = {"proeftuin": "overig", "zorgkantoor": "onbekend"}
        self.insurers = {row["insurer"]: row["unit"] for row in table(os.path.join(pain, "regions", "zorgverzekeraar.csv"))}

        self.sex, self.born, self.died, self.insured = {}, {}, {}, defaultdict(list)
        for row in rows(os.path.join(folder, "verzekerden.csv"), ";"):
            person = row["BSN"]
            self.sex[person] = {"M": "male", "V": "female"}.get(row["Geslacht"], "other")
            self.born[person] = day(row["Geboortedatum"]).year
            if row["Overlijdensdatum"]:
                self.died[person] = day(row["Overlijdensdatum"])
            self.insured[person].append(
                (
                    day(row["Ingangsdatum"]), day(row["Einddatum"]) or datetime.date(9999, 12, 31),
                    (row["Postcode"][:4], row["UZOVI"]),
                )
            )
        for periods in self.insured.values():
            periods.sort()

        self.claims = []  # of insurers
        self.hospital_diagnoses = set()
        for path in sorted(glob.glob(os.path.join(folder, "verzekeraar-declaraties-*.csv"))):
            for row in rows(path, ";", "cp1252"):
                self.claims.append(
                    {
                        "person": row["BSN"],
                        "provider": row["AGB"],
                        "care": standard["zorgsoort"][row["Zorgsoort"]],
                        "activity": standard["activiteit"][row["Activiteit"]],
                        "diagnosis": row["Diagnosecode"],
                        "start": day(row["Begindatum"]),
                        "end": day(row["Einddatum"]),
                        "cents": euros(row["Bedrag"]),
                    }
                )
        for path in glob.glob(os.path.join(folder, "ziekenhuis-declaraties-*.csv")):
            for row in rows(path, ","):
                self.hospital_diagnoses.add((row["bsn"], row["diagnosis"]))
        self.read_answers(folder)

    def read_answers(self, folder):
        """Answers per care path: (person, path, index date) → moment → instrument → item → answer."""
        self.paths = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
        self.provider = {}  # the one in charge of a care path
        self.filled = {}  # (care path, moment) → day
        columns = {"NRS": "nrs-pijn", "PDI": "pdi", "EQ5D": "eq-5d-5l-nl", "VAS": "eq-vas"}
        for row in rows(os.path.join(folder, "prom-pijn.csv"), ";"):
            path = (row["BSN"], "pijn", day(row["Indexdatum"]))
            self.provider[path] = row["AGB"]
            self.paths[path]
            for name, answer in row.items():
                parts = name.split("_")
                if parts[0] not in ("T0", "T1") or parts[1] == "datum" or answer in ("", "NULL"):
                    continue
                item = parts[2] if len(parts) > 2 else "1"
                self.paths[path][parts[0]][columns[parts[1]]][item] = float(answer)
        codes = {"NRS": "nrs-pijn", "PDI": "pdi", "EQ5D5L": "eq-5d-5l-nl", "EQVAS": "eq-vas"}
        for response in ET.parse(os.path.join(folder, "prom-pijn.xml")).getroot().iter("respons"):
            path = (response.find("patient").get("bsn"), "pijn", day(response.find("traject").get("indexdatum")))
            self.provider[path] = response.find("zorgaanbieder").get("agb")
            moment = response.find("meetmoment").text
            for form in response.iter("vragenlijst"):
                for answer in form.iter("antwoord"):
                    if answer.get("waarde") not in (None, ""):
                        self.paths[path][moment][codes[form.get("code")]][answer.get("vraag")] = float(answer.get("waarde"))
        for row in rows(os.path.join(folder, "prem-pijn.csv"), ","):
            path = (row["bsn"], "pijn-ervaring", day(row["datum"]))
            self.provider[path] = row["agb"]
            for item in ["q1", "q2", "q3", "q4", "q5", "cijfer", "aanbevelen"]:
                if row[item] not in ("", "n.v.t."):
                    self.paths[path]["P0"]["prem-pijn"][item] = float(row[item])

    def place(self, person, on):
        """Postcode and insurer: of the insured period that covers a day, else of the last one before it, else of the first."""
        best = (None, None)
        for start, end, place in self.insured[person]:
            if start <= on:
                best = place
                if on <= end:
                    return best
            elif best == (None, None):
                best = place
        return best

    def units(self, place):
        postcode, insurer = place
        yield ("nation", "NL")
        for layout, units in self.regions.items():
            yield (layout, units.get(postcode, self.rest[layout]))
        yield ("zorgverzekeraar", self.insurers.get(insurer, "onbekend"))


VALUE_SET = {
    "MO": [0, 35, 57, 166, 203],
    "ZZ": [0, 38, 61, 168, 168],
    "DA": [0, 39, 87, 192, 192],
    "PK": [0, 66, 92, 360, 415],
    "AD": [0, 70, 145, 356, 421],
}  # Versteegh et al. 2016, in thousandths


def score(instrument, items):
    if instrument in ("nrs-pijn", "eq-vas"):
        return Fraction(int(items["1"])) if "1" in items else None
    if instrument == "pdi":
        if len(items) < 4:
            return None
        return sum(Fraction(int(v)) for v in items.values()) * 7 / len(items)
    if instrument == "eq-5d-5l-nl":
        if len(items) < 5:
            return None
        if all(v == 1 for v in items.values()):
            return Fraction(1)
        return Fraction(1000 - 47 - sum(VALUE_SET[d][int(v) - 1] for d, v in items.items()), 1000)
    asked = [items[q] for q in ["q1", "q2", "q3", "q4", "q5"] if q in items]
    return sum(Fraction(int(v)) for v in asked) / len(asked) if len(asked) >= 3 else None


class Figures:
    """Expected columns per (indicator, layout, unit, year, stratum)."""

    def __init__(self):
        self.of = {}

    def put(self, indicator, unit, year, stratum="", **columns):
        self.of[(indicator, *unit, str(year), stratum)] = columns


BACK = ("0305.12", "0308.24", "0327.02", "0330.06", "0389.01", "L02", "L03", "L83", "L84", "L86")
FIRST_LINE = {"general-practice", "paramedical", "district-nursing", "maternity", "dental"}
SECOND_LINE = {"medical-specialist", "mental-health", "geriatric-rehabilitation"}
Z = 1.959963984540054


def wilson(hits, n):
    """Wilson 1927, 95%."""
    middle, root = 2 * hits + Z * Z, Z * math.sqrt(Z * Z + 4 * hits * (1 - hits / n))
    return {"lower95": (middle - root) / (2 * (n + Z * Z)), "upper95": (middle + root) / (2 * (n + Z * Z))}


def share(hits, n):
    return {"numerator": hits, "denominator": n, "value": Fraction(hits, n), **wilson(hits, n)}


def quantile(values, p):
    """Definition 7 of Hyndman & Fan 1996."""
    values, position = sorted(values), (len(values) - 1) * p
    below = math.floor(position)
    return values[below] + (position - below) * (values[min(below + 1, len(values) - 1)] - values[below])


def stays_of(claims):
    """Stays of a person from claim lines: those of one hospital that overlap or touch are one."""
    stays = []
    for line in sorted((c for c in claims if c["activity"] == "admission"), key=lambda c: (c["provider"], c["start"], c["end"])):
        last = stays[-1] if stays else None
        if last and last["provider"] == line["provider"] and (line["start"] - last["to"]).days <= 1:
            last["to"] = max(last["to"], line["end"])
        else:
            stays.append({"provider": line["provider"], "from": line["start"], "to": line["end"], "care": line["care"]})
    emergencies = {c["start"] for c in claims if c["activity"] == "emergency-visit"}
    for stay in stays:
        stay["unplanned"] = any((stay["from"] - e).days in (0, 1) for e in emergencies)
    return sorted(stays, key=lambda s: (s["from"], s["to"]))


def episodes_of(stays):
    """Stays that overlap, or follow on the same or the next day: transfers."""
    episodes = []
    for stay in stays:
        if episodes and (stay["from"] - episodes[-1]["to"]).days <= 1:
            episode = episodes[-1]
            if stay["to"] >= episode["to"]:
                episode["to"], episode["discharged by"] = stay["to"], stay["provider"]
        else:
            episodes.append({"from": stay["from"], "to": stay["to"], "unplanned": stay["unplanned"], "discharged by": stay["provider"]})
    return episodes


def compute(data):
    figures = Figures()
    back = {c["person"] for c in data.claims if c["diagnosis"].startswith(BACK)}
    back |= {person for person, diagnosis in data.hospital_diagnoses if diagnosis.startswith(BACK)}
    kinds = {c["care"] for c in data.claims if c["person"] in back}
    in_charge = defaultdict(set)
    for path, provider in data.provider.items():
        in_charge[path[0]].add(provider)

    def units_of(person, place):
        yield from data.units(place)
        for provider in in_charge[person]:
            yield ("provider", provider)

    # Insured days per unit, year and person.
    days = defaultdict(lambda: defaultdict(int))
    for person, periods in data.insured.items():
        for year in YEARS:
            covered = datetime.date(year, 1, 1)
            for start, end, place in periods:
                first, last = max(start, covered), min(end, datetime.date(year, 12, 31))
                if first > last:
                    continue
                covered = last + datetime.timedelta(days=1)
                for unit in units_of(person, place):
                    days[(unit, year)][person] += (last - first).days + 1

    cents = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))  # (unit, year) → care → person
    events = defaultdict(lambda: defaultdict(set))  # (unit, year) → activity → events
    distinct = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    by_person = defaultdict(list)
    for claim in data.claims:
        person, year = claim["person"], claim["start"].year
        by_person[person].append(claim)
        for unit in units_of(person, data.place(person, claim["start"])):
            place = (unit, year)
            cents[place][claim["care"]][person] += claim["cents"]
            if person in back:
                events[place][claim["activity"]].add((person, claim["provider"], claim["start"]))
                if claim["care"] in ("general-practice", "paramedical", "medical-specialist", "mental-health"):
                    distinct[place]["provider"][person].add(claim["provider"])
                if claim["care"] == "medical-specialist" and len(claim["diagnosis"]) >= 4:
                    distinct[place]["specialty"][person].add(claim["diagnosis"][:4])

    def length(year):
        return 366 if year % 4 == 0 else 365

    def age(person, year):
        return year - data.born[person]

    for (unit, year), of_person in days.items():
        cost = cents[(unit, year)]
        for indicator, chosen in [
            ("kosten-alle-verzekerden", lambda p: True),
            ("kosten-rug-en-nekpijn", lambda p: p in back),
        ]:
            def cost_figure(stratum, keep, cares):
                who = {p for p in of_person if chosen(p) and keep(p)}
                years = Fraction(sum(of_person[p] for p in who), length(year))
                total = sum(c for care in cares for p, c in cost.get(care, {}).items() if chosen(p) and keep(p))
                if years:
                    figures.put(
                        indicator, unit, year, stratum, numerator=Fraction(total, 100), denominator=years,
                        value=Fraction(total, 100) / years)

            every = list(cost)
            cost_figure("", lambda p: True, every)
            if indicator == "kosten-alle-verzekerden":
                for line, of_line in [
                    ("first", FIRST_LINE), ("second", SECOND_LINE), ("neither", set(every) - FIRST_LINE - SECOND_LINE)
                ]:
                    cost_figure("care_line=" + line, lambda p: True, [c for c in every if c in of_line])
            else:
                for care in kinds:
                    cost_figure("care_type=" + care, lambda p: True, [care])
                for name, low, high in [("0-39", 0, 39), ("40-64", 40, 64), ("65+", 65, 999)]:
                    cost_figure("age=" + name, lambda p: low <= age(p, year) <= high, every)
                for sex in ["male", "female"]:
                    cost_figure("sex=" + sex, lambda p: data.sex[p] == sex, every)
        patients = {p: d for p, d in of_person.items() if p in back}
        years = Fraction(sum(patients.values()), length(year))
        if years:
            for indicator, activity in [
                ("opnamen", "admission"), ("seh-bezoeken", "emergency-visit"), ("consulten-op-afstand", "remote-consult")
            ]:
                n = len(events[(unit, year)][activity])
                figures.put(indicator, unit, year, persons=len(patients), numerator=n, denominator=years, value=n * 1000 / years)

    for (unit, year), cost in list(cents.items()):
        everything = sum(c for care in cost.values() for p, c in care.items() if p in back)
        if everything:
            first = sum(c for name, care in cost.items() if name in FIRST_LINE for p, c in care.items() if p in back)
            figures.put("aandeel-eerste-lijn", unit, year, value=Fraction(first, everything))
        for indicator, kind in [("aantal-zorgaanbieders", "provider"), ("aantal-specialismen", "specialty")]:
            sets = distinct[(unit, year)][kind]
            if sets:
                figures.put(
                    indicator, unit, year, persons=len(sets),
                    value=Fraction(sum(len(s) for s in sets.values()), len(sets)))
        remote = len(events[(unit, year)]["remote-consult"])
        whole = remote + len(events[(unit, year)]["consult"])
        if whole:
            figures.put("aandeel-consulten-op-afstand", unit, year, numerator=remote, denominator=whole, value=Fraction(remote, whole))

    truncated(figures, days, cents, back, length)
    stays(data, figures, days, by_person, back, units_of, length)
    scores(data, figures, by_person)
    return figures


def truncated(figures, days, cents, back, length):
    """Cost per month, of nobody more than the 99th percentile of the nation's cost per insured year, in whole euros."""
    def per_year(place, person):
        total = sum(care.get(person, 0) for care in cents[place].values())
        return total, days[place][person]

    for year in YEARS:
        nation = (("nation", "NL"), year)
        def whole_euros(place, person):
            total, insured = per_year(place, person)
            return math.floor(total * length(year) / (100 * insured) + 0.5)

        cap = quantile([whole_euros(nation, p) for p in days[nation] if p in back], 0.99)
        for place in [p for p in days if p[1] == year]:
            who = [p for p in days[place] if p in back]
            if not who:
                continue
            above = [p for p in who if whole_euros(place, p) > cap]
            money = sum(per_year(place, p)[0] / 100 for p in who if p not in above)
            money += sum(cap * days[place][p] / length(year) for p in above)
            months = sum(days[place][p] for p in who) * 12 / length(year)
            figures.put(
                "kosten-afgekapt", *place, persons=len(who), truncated=len(above), truncated_at=cap, numerator=money,
                denominator=months, value=money / months)


def stays(data, figures, days, by_person, back, units_of, length):
    nights = defaultdict(int)
    discharges = defaultdict(list)
    for person in back:
        of_person = stays_of(by_person[person])
        for stay in of_person:
            for unit in units_of(person, data.place(person, stay["from"])):
                nights[(unit, stay["from"].year)] += (stay["to"] - stay["from"]).days
        acute = episodes_of([s for s in of_person if s["care"] == "medical-specialist"])
        for number, episode in enumerate(acute):
            left = episode["to"]
            if left.year not in YEARS or left + datetime.timedelta(days=30) > datetime.date(2018, 12, 31):
                continue
            if person in data.died and data.died[person] <= left:
                continue
            following = acute[number + 1] if number + 1 < len(acute) else None
            again = bool(following and following["unplanned"] and (following["from"] - left).days <= 30)
            for unit in [*data.units(data.place(person, left)), ("provider", episode["discharged by"])]:
                discharges[(unit, left.year)].append(again)
    for place, of_person in days.items():
        years = Fraction(sum(d for p, d in of_person.items() if p in back), length(place[1]))
        if years:
            figures.put("verpleegdagen", *place, numerator=nights[place], denominator=years, value=nights[place] * 1000 / years)
    for place, readmitted in discharges.items():
        figures.put("heropnamen", *place, **share(sum(readmitted), len(readmitted)))


def scores(data, figures, claims):
    changes = defaultdict(list)
    levels = defaultdict(list)
    answers = defaultdict(list)
    followers = defaultdict(list)
    value = defaultdict(list)
    for path, moments in data.paths.items():
        person, name, index = path
        if index.year not in YEARS:
            continue
        units = list(data.units(data.place(person, index))) + [("provider", data.provider[path])]
        for unit in units:
            place = (unit, index.year)
            if name == "pijn-ervaring":
                items = moments["P0"]["prem-pijn"]
                level = score("prem-pijn", items)
                if level is not None:
                    levels[place].append(level)
                for item in ("cijfer", "aanbevelen"):
                    if item in items:
                        answers[(place, item)].append(items[item])
                continue
            for instrument in ("nrs-pijn", "pdi", "eq-5d-5l-nl", "eq-vas"):
                pair = [score(instrument, moments[m][instrument]) for m in ("T0", "T1")]
                if None not in pair:
                    changes[(place, instrument)].append(pair[1] - pair[0])
                if instrument == "nrs-pijn":
                    followers[place].append([p is not None for p in pair])
                    if None not in pair:
                        until = index + datetime.timedelta(days=365)
                        spent = sum(c["cents"] for c in claims[person] if index <= c["start"] < until)
                        value[place].append((pair[0] - pair[1], spent))
    for (place, instrument), values in changes.items():
        indicator = {
            "nrs-pijn": "pijn-verandering", "pdi": "beperkingen-verandering", "eq-5d-5l-nl": "kwaliteit-van-leven-verandering",
            "eq-vas": "ervaren-gezondheid-verandering",
        }[instrument]
        figures.put(indicator, *place, persons=len(values), value=sum(values) / len(values))
        if instrument == "nrs-pijn":
            for indicator, hits in [
                ("pijn-verbeterd", sum(v <= -2 for v in values)), ("pijn-verslechterd", sum(v >= 2 for v in values))
            ]:
                figures.put(indicator, *place, **share(hits, len(values)))
    for place, values in levels.items():
        figures.put("ervaring-met-zorg", *place, persons=len(values), value=sum(values) / len(values))
    for (place, item), values in answers.items():
        n = len(values)
        if item == "cijfer":
            for indicator, hits in [
                ("cijfer-acht-of-hoger", sum(v >= 8 for v in values)), ("cijfer-vijf-of-lager", sum(v <= 5 for v in values))
            ]:
                figures.put(indicator, *place, **share(hits, n))
        else:
            score_ = Fraction(100 * (sum(v >= 9 for v in values) - sum(v <= 6 for v in values)), n)
            figures.put("zou-aanbevelen", *place, persons=n, value=score_)
    for place, pairs in followers.items():
        first = [p for p in pairs if p[0]]
        if first:
            figures.put("respons-vervolgmeting", *place, **share(sum(p[1] for p in first), len(first)))
        figures.put("metingen-compleet", *place, **share(sum(p[0] and p[1] for p in pairs), len(pairs)))
    for place, pairs in value.items():
        spent = sum(c for _, c in pairs)
        if spent:
            figures.put(
                "winst-naast-kosten", *place, persons=len(pairs), value=sum(g for g, _ in pairs) * 100_000 / spent)


def main(samples, results, pipelines):
    data = Deliveries(samples, pipelines)
    expected = compute(data).of
    compared, wrong = defaultdict(int), 0
    seen = set()
    for row in csv.DictReader(open(results, encoding="utf-8")):
        key = tuple(row[name] for name in ("indicator", "layout", "unit", "period", "stratum"))
        if key not in expected:
            if row["value"] and row["indicator"] in {k[0] for k in expected}:
                wrong += 1
                print("not expected:", *key)
            continue
        seen.add(key)
        compared[row["indicator"]] += 1
        for column, value in expected[key].items():
            if not row[column]:
                wrong += 1
                print(*key, column, "is absent:", row["reason"], "expected", float(value))
            elif not math.isclose(float(row[column]), float(value), rel_tol=1e-9, abs_tol=1e-9):
                wrong += 1
                print(*key, column, row[column], "expected", float(value))
    for key in sorted(set(expected) - seen):
        print("no row:", *key)
        wrong += 1
    for indicator, count in sorted(compared.items()):
        print(f"{indicator}: {count}")
    print(f"{len(seen)} figures compared, {wrong} differ")
    return 1 if wrong or not seen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
