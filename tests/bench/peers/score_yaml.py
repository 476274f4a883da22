#!/usr/bin/env python3
"""Scores an inventory with PyYAML: the script that a team would write first.

Topology must be stated; the chain of callers is not derived from depends_on here.
"""

import json
import math
import sys

import yaml


def normalised_log(value, full):
    return 100 * min(1, math.log1p(value) / math.log1p(full))


def normalised(value, full):
    return 100 * min(1, value / full)


def score(service):
    impact = service["impact"]
    debt = service["debt"]
    topology = service["topology"]
    gap = max(0, impact.get("sla_target", 99.95) - impact["sla_30d"])
    points = (
        4 * normalised_log(impact["peak_orders_per_second"] * gap, 2000)
        + 3 * normalised(debt["sonar_debt_days"] + debt["high_risk_vulnerabilities"], 200)
        + 3 * normalised(topology["upstream_chain_length"] + topology["downstream_strong_dependencies"], 16)
    ) / 10
    # Half up; the small term lifts the halves that binary fractions put just below themselves.
    return math.floor(points * 100 + 0.5 + 1e-6) / 100


def tier(points):
    return "S" if points >= 85 else "A" if points >= 65 else "B"


def scored(path):
    with open(path, encoding="utf-8") as file:
        services = yaml.safe_load(file)["services"]
    rows = []
    for service in services:
        points = score(service)
        rows.append({"name": service["name"], "tier": tier(points), "score": points})
    rows.sort(key=lambda row: (-row["score"], row["name"]))
    return rows


def main():
    as_json = "--json" in sys.argv[2:]
    rows = scored(sys.argv[1])
    tiers = {name: sum(row["tier"] == name for row in rows) for name in "SAB"}
    if as_json:
        print(json.dumps({"services": rows[:10], "tiers": tiers}))
        return
    for row in rows[:10]:
        print(f"{row['name']:<40} {row['tier']} {row['score']:6.2f}")
    print("  ".join(f"{name}: {count}" for name, count in tiers.items()))


if __name__ == "__main__":
    main()
