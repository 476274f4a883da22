#!/usr/bin/env python3
"""spreadsheet_test.py PROGRAM [csv|xlsx]: what a spreadsheet makes of our CSV, or of our workbooks. LibreOffice reads them
without a window and writes them as flat XML, in which each cell tells its type, and as CSV, which comes back in. Ends with 77
where LibreOffice is not installed."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
UTF_8 = "--infilter=CSV:44,34,76,1"  # comma, quote, UTF-8, from line 1

INVENTORY = """
services:
  - {name: cart, display_name: 购物车服务, domain: =1+2, team: "+49 30", owner: "@SUM(A1)", stack: ["-2+3"],
     impact: {peak_orders_per_second: 1234.5, sla_30d: 99.7}, debt: {sonar_debt_days: 12, high_risk_vulnerabilities: 3},
     topology: {upstream_chain_length: 1, downstream_strong_dependencies: 2}}
"""
COLUMNS = "name,display_name,domain,team,owner,stack,score,peak_orders_per_second,sla_30d,sla_target"


def cells(path, sheet=None):
    """Rows of (type, value or text, formula) of all sheets, or of one."""
    rows = []
    root = xml.parse(path).getroot()
    if sheet is not None:
        root = next(table for table in root.iter(TABLE + "table") if table.get(TABLE + "name") == sheet)
    for row in root.iter(TABLE + "table-row"):
        cells = []
        for cell in row.findall(TABLE + "table-cell"):
            text = "".join("".join(part.itertext()) for part in cell.findall(TEXT + "p"))
            kind = cell.get(OFFICE + "value-type")
            value = float(cell.get(OFFICE + "value")) if kind == "float" else text
            times = int(cell.get(TABLE + "number-columns-repeated", "1"))
            cells += [(kind, value, cell.get(TABLE + "formula"))] * min(times, 50)
        rows.append(cells)
    return rows


def convert(soffice, folder, file, target, *options):
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", *options, "--convert-to", target,
               "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=dict(os.environ, HOME=str(folder)))


def opened(soffice, folder, csv, *options):
    convert(soffice, folder, csv, "fods", *options)
    return cells(csv.with_suffix(".fods"))


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def run(*arguments):
    return subprocess.run([sys.argv[1], *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def check_csv(soffice, folder, inventory):
    for file, more, options in (("plain.csv", [], [UTF_8]), ("bom.csv", ["--bom"], [UTF_8])):
        csv = folder / file
        run("score", inventory, "--columns", COLUMNS, "-o", csv, *more)
        head, row = opened(soffice, folder, csv, *options)[:2]
        check("heads", [cell[1] for cell in head][:10], COLUMNS.split(","))
        check("formulas", [cell[2] for cell in row if cell[2] is not None], [])
        check("texts", [cell[:2] for cell in row[:6]],
              [("string", text) for text in ("cart", "购物车服务", "'=1+2", "'+49 30", "'@SUM(A1)", "'-2+3")])
        check("numbers", [cell[:2] for cell in row[6:9]], [("float", 38.06), ("float", 1234.5), ("float", 99.7)])
        check("a missing value", row[9][:2] if len(row) > 9 else (None, ""), (None, ""))


def check_cells(soffice, folder, inventory):
    """A workbook of one table: what CSV has to mark is here what it is."""
    book = folder / "scores.xlsx"
    run("score", inventory, "--columns", COLUMNS, "-o", book)
    convert(soffice, folder, book, "fods")
    head, row = cells(folder / "scores.fods", "services")[:2]
    check("heads of the sheet", [cell[1] for cell in head][:10], COLUMNS.split(","))
    check("formulas", [cell for cell in cells(folder / "scores.fods") if any(one[2] is not None for one in cell)], [])
    check("texts of the sheet", [cell[:2] for cell in row[:6]],
          [("string", text) for text in ("cart", "购物车服务", "=1+2", "+49 30", "@SUM(A1)", "-2+3")])
    check("numbers of the sheet", [cell[:2] for cell in row[6:9]], [("float", 38.06), ("float", 1234.5), ("float", 99.7)])
    check("a missing value of the sheet", row[9][:2] if len(row) > 9 else (None, ""), (None, ""))
    first = book.read_bytes()
    time.sleep(2.1)  # an archive counts in steps of two seconds
    run("score", inventory, "--columns", COLUMNS, "-o", book)
    check("the same bytes at another time", book.read_bytes() == first, True)


# Comma, quote, UTF-8, from line 1; as shown; every sheet into a file of its own.
EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def check_way_back(soffice, folder, inventory):
    """The sheets of a report, saved as CSV, are read where CSV of ours is."""
    book = folder / "plan.xlsx"
    run("report", inventory, "-o", book)
    convert(soffice, folder, book, EACH_SHEET)
    sheets = {path.stem.removeprefix("plan-"): path for path in folder.glob("plan-*.csv")}
    for name in ("services", "scores", "quadrant", "waves", "resources", "phases", "facts", "calendar", "about"):
        check(f"sheet {name}", name in sheets, True)
    days = [line.split(",")[3] for line in sheets["calendar"].read_text(encoding="utf-8").splitlines()]
    check("the calendar's first day", days[0], "2024-01-15")
    run("schedule", inventory, "--verify", sheets["phases"])
    for name in ("phases", "schedule"):
        run("report", inventory, "--schedule", sheets[name], "-o", folder / f"{name}.json")
    before = inventory.read_text(encoding="utf-8")
    run("import", "csv", sheets["scores"], "--into", inventory)
    check("an import of what was not edited", inventory.read_text(encoding="utf-8"), before)
    edited = sheets["scores"].read_text(encoding="utf-8").replace("99.7", "99.8")
    sheets["scores"].write_text(edited, encoding="utf-8")
    run("import", "csv", sheets["scores"], "--into", inventory, "--on-conflict", "replace")
    check("an import of an edited cell", inventory.read_text(encoding="utf-8"), before.replace("99.7", "99.8"))


def main():
    soffice = shutil.which("soffice")
    if soffice is None:
        print("skipped: LibreOffice is not installed")
        sys.exit(77)
    checks = {"csv": [check_csv], "xlsx": [check_cells, check_way_back]}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        inventory = folder / "services.yaml"
        inventory.write_text(INVENTORY, encoding="utf-8")
        for one in checks[sys.argv[2] if len(sys.argv) > 2 else "csv"]:
            one(soffice, folder, inventory)
        print("cells are read as they were meant")


if __name__ == "__main__":
    main()
