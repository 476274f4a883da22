#!/usr/bin/env python3
"""spreadsheet_test.py PROGRAM: what a spreadsheet makes of our CSV. LibreOffice reads it without a window and writes it as
flat XML, in which each cell tells its type. Ends with 77 where LibreOffice is not installed."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
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


def cells(path):
    """Rows of (type, value or text, formula) of the first sheet."""
    rows = []
    for row in xml.parse(path).getroot().iter(TABLE + "table-row"):
        cells = []
        for cell in row.findall(TABLE + "table-cell"):
            text = "".join("".join(part.itertext()) for part in cell.findall(TEXT + "p"))
            kind = cell.get(OFFICE + "value-type")
            value = float(cell.get(OFFICE + "value")) if kind == "float" else text
            times = int(cell.get(TABLE + "number-columns-repeated", "1"))
            cells += [(kind, value, cell.get(TABLE + "formula"))] * min(times, 50)
        rows.append(cells)
    return rows


def opened(soffice, folder, csv, *options):
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", *options, "--convert-to", "fods",
               "--outdir", str(folder), str(csv)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=dict(os.environ, HOME=str(folder)))
    return cells(csv.with_suffix(".fods"))


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def main():
    soffice = shutil.which("soffice")
    if soffice is None:
        print("skipped: LibreOffice is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        inventory = folder / "services.yaml"
        inventory.write_text(INVENTORY, encoding="utf-8")
        for file, more, options in (("plain.csv", [], [UTF_8]), ("bom.csv", ["--bom"], [UTF_8])):
            csv = folder / file
            subprocess.run([sys.argv[1], "score", str(inventory), "--columns", COLUMNS, "-o", str(csv), *more], check=True)
            head, row = opened(soffice, folder, csv, *options)[:2]
            check("heads", [cell[1] for cell in head][:10], COLUMNS.split(","))
            check("formulas", [cell[2] for cell in row if cell[2] is not None], [])
            check("texts", [cell[:2] for cell in row[:6]],
                  [("string", text) for text in ("cart", "购物车服务", "'=1+2", "'+49 30", "'@SUM(A1)", "'-2+3")])
            check("numbers", [cell[:2] for cell in row[6:9]], [("float", 38.06), ("float", 1234.5), ("float", 99.7)])
            check("a missing value", row[9][:2] if len(row) > 9 else (None, ""), (None, ""))
        print("cells are read as they were meant")


if __name__ == "__main__":
    main()
