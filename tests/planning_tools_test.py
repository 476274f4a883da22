#!/usr/bin/python3
"""planning_tools_test.py PROGRAM ics|tjp|dot: whether others read what we write. `ics` by the icalendar package of Python,
`tjp` by TaskJuggler, which must find a schedule, `dot` by Graphviz. Ends with 77 where the other side is not installed. Debian's packages
belong to the Python that Debian installs, whatever else comes first on the path."""

import csv
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

SOURCE = pathlib.Path(__file__).resolve().parent
INVENTORY, POLICY = SOURCE / "golden/inputs/views.yaml", SOURCE / "golden/inputs/views-policy.yaml"


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def written(program, file, *options):
    command = [program, "schedule", str(INVENTORY), "--policy", str(POLICY), "-o", str(file), *options]
    subprocess.run(command, check=True)


def phases(program, folder):
    """(service, phase) to (first day, last day), from the CSV of the same plan."""
    file = folder / "phases.csv"
    written(program, file, "--table", "phases")
    with file.open(encoding="utf-8", newline="") as rows:
        return {(row["service"], row["phase"]): (row["start"], row["finish"]) for row in csv.DictReader(rows)}


def ics(program, folder):
    try:
        import icalendar
    except ImportError:
        print("skipped: icalendar is not installed")
        sys.exit(77)
    file = folder / "plan.ics"
    written(program, file, "--table", "phases")
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    check("problems", [part.errors for part in calendar.walk() if part.errors], [])
    found = {}
    for event in calendar.walk("VEVENT"):
        last = event.decoded("DTEND") - datetime.timedelta(days=1)
        found[str(event["UID"])] = (event.decoded("DTSTART").isoformat(), last.isoformat())
        if event["UID"] == "cart.cutover@migplan":
            check("description", str(event["DESCRIPTION"]), "购物车\nTier S, route direct, team trade")
    check("end", found.pop("end@migplan"), ("2024-03-29", "2024-03-29"))
    check("freeze", found.pop("freeze.2024-02-05.2024-02-16.cutover@migplan"), ("2024-02-05", "2024-02-16"))
    expected = {f"{service}.{phase}@migplan": days for (service, phase), days in phases(program, folder).items()}
    check("phases", found, expected)


def dot(program, folder):
    graphviz = shutil.which("dot")
    if graphviz is None:
        print("skipped: Graphviz is not installed")
        sys.exit(77)
    inventory = folder / "views.yaml"
    hostile = '\\N "]; x [label="&lt; 购物车'
    text = INVENTORY.read_text(encoding="utf-8").replace("display_name: 购物车", f"display_name: '{hostile}'")
    inventory.write_text(text, encoding="utf-8")
    file = folder / "plan.dot"
    subprocess.run([program, "schedule", str(inventory), "--policy", str(POLICY), "-o", str(file)], check=True)
    drawn = subprocess.run([graphviz, "-Tsvg", str(file)], check=True, capture_output=True)
    check("complaints", drawn.stderr.decode(), "")
    svg = "{http://www.w3.org/2000/svg}"
    groups = list(xml.fromstring(drawn.stdout).iter(svg + "g"))
    texts = {kind: [[text.text for text in group.iter(svg + "text")] for group in groups if group.get("class") == kind]
             for kind in ("cluster", "node", "edge")}
    check("waves", texts["cluster"], [["2024-Q1: 3 cutovers"]])
    check("services", sorted(texts["node"]), [["cart", hostile], ["mail"], ["stock"]])
    check("calls", len(texts["edge"]), 1)


def tjp(program, folder):
    tj3 = shutil.which("tj3")
    if tj3 is None:
        print("skipped: TaskJuggler is not installed")
        sys.exit(77)
    written(program, folder / "plan.tjp")
    run = subprocess.run([tj3, "--silent", "--no-color", "plan.tjp"], cwd=folder, capture_output=True, text=True)
    check("what TaskJuggler says", (run.returncode, run.stderr), (0, ""))
    with (folder / "migplan-dates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    theirs = {row[0]: row[1:] for row in rows[::2]}  # each task has a row for each scenario
    ours = {row[0]: other[1:] for row, other in zip(rows[::2], rows[1::2])}
    for (service, phase), (start, finish) in phases(program, folder).items():
        behind = datetime.date.fromisoformat(finish) + datetime.timedelta(days=1)
        name = f"{service}.{phase.replace('-', '_')}"
        check(f"our {name}", ours[name], [start, behind.isoformat()])
        if phase == "cutover" and "2024-02-05" <= theirs[name][0] <= "2024-02-16":
            sys.exit(f"{name}: inside the freeze")


def main():
    with tempfile.TemporaryDirectory() as name:
        {"ics": ics, "tjp": tjp, "dot": dot}[sys.argv[2]](sys.argv[1], pathlib.Path(name))
    print("read as it was meant")


if __name__ == "__main__":
    main()
