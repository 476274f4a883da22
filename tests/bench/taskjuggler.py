#!/usr/bin/env python3
"""taskjuggler.py BUILD_DIR [--instances N] [--services N,N,…] [--budget N]: our shortest plans beside TaskJuggler's.

Each instance is a generated inventory; `schedule -f tjp` writes its planning problem for tj3, `schedule --objective
makespan` plans it on one thread. What is compared is the day on which everything is over, and the processor time of the
whole processes. The other's days come from its own report. Prints a row of a Markdown table an instance.
Exit code: 0 ours is never longer, shorter on the mean and 20 times as fast, else 1; 2 something to run is missing.
"""

import argparse
import csv
import datetime
import json
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

LEAST_SPEEDUP = 20
# Beyond the last day that any instance needs: both sides only have to be done early.
POLICY = "schema: migplan/policy/v1\nschedule: {end: 2028-12-31}\n"


def timed(command, folder):
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {run.returncode}\n{run.stderr[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def their_last_day(folder):
    """The last day on which TaskJuggler's own scenario has a task."""
    with (folder / "migplan-dates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    end = max(datetime.datetime.fromisoformat(row[2]) for row in rows[::2])  # a task has a row for each scenario
    return (end - datetime.timedelta(minutes=1)).date()  # midnight belongs to the day before


def our_plan(folder):
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    last = max(phase["finish"] for service in plan["services"] for phase in service["phases"])
    return plan, datetime.date.fromisoformat(last)


def compare(build, folder, services, seed, budget):
    with (folder / "services.jsonl").open("wb") as file:
        subprocess.run([build / "bench_generate", "--services", str(services), "--format", "jsonl", "--shape", "wide",
                        "--seed", str(seed)], stdout=file, check=True)
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    schedule = [build / "migplan", "schedule", "services.jsonl", "--policy", "policy.yaml", "--threads", "1", "--quiet",
                "--objective", "makespan", "--budget", str(budget)]
    ours = timed([*schedule, "-o", "plan.json"], folder)
    timed([*schedule, "-o", "plan.tjp"], folder)
    problem = (folder / "plan.tjp").read_text(encoding="utf-8")
    (folder / "plan.tjp").write_text(problem.replace('timeformat "%Y-%m-%d"', 'timeformat "%Y-%m-%d %H:%M"'), "utf-8")
    theirs = timed(["tj3", "--silent", "--no-color", "plan.tjp"], folder)
    check = subprocess.run([*schedule[:5], "--quiet", "--verify", "plan.json"], cwd=folder, capture_output=True)
    if check.returncode != 0:
        sys.exit(f"{services} services, seed {seed}: the plan breaks a rule\n{check.stdout.decode()[:2000]}")
    plan, last = our_plan(folder)
    start = last - datetime.timedelta(days=plan["makespan_days"] - 1)
    return plan["makespan_days"], (their_last_day(folder) - start).days + 1, ours, theirs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--services", default="40,80,137,200")
    parser.add_argument("--instances", type=int, default=5)
    parser.add_argument("--budget", type=int, default=2000)
    options = parser.parse_args()
    build = options.build.resolve() / "bin"
    for program in (shutil.which("tj3"), build / "migplan", build / "bench_generate"):
        if program is None or not pathlib.Path(program).exists():
            print(f"{program or 'tj3'} is missing", file=sys.stderr)
            return 2
    print("| services | seed | ours, days | tj3, days | ours, s | tj3, s | times |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    rows = []
    for services in map(int, options.services.split(",")):
        for seed in range(1, options.instances + 1):
            with tempfile.TemporaryDirectory() as name:
                rows.append(compare(build, pathlib.Path(name), services, seed, options.budget))
            days, other_days, ours, theirs = rows[-1]
            print(f"| {services} | {seed} | {days} | {other_days} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.0f} |",
                  flush=True)
    never_longer = all(row[0] <= row[1] for row in rows)
    mean, other_mean = statistics.mean(row[0] for row in rows), statistics.mean(row[1] for row in rows)
    speedup = min(row[3] / row[2] for row in rows)
    print(f"\nmean {mean:.1f} against {other_mean:.1f} days, {'never' if never_longer else 'sometimes'} longer, "
          f"at least {speedup:.0f} times as fast")
    return 0 if never_longer and mean < other_mean and speedup >= LEAST_SPEEDUP else 1


if __name__ == "__main__":
    sys.exit(main())
