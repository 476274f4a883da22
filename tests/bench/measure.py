#!/usr/bin/env python3
"""Runs whole processes in turn and judges the ratio of their median times.

  measure.py header
  measure.py pair   --case NAME --limit RATIO [--runs N] [--memory-limit MB] -- OURS... -- OTHER...
  measure.py growth --case NAME --sizes SMALL,LARGE [--runs N] -- SMALL_COMMAND... -- LARGE_COMMAND...
  measure.py step   --case NAME --units N --limit NANOSECONDS [--runs N] -- MUCH_COMMAND... -- LITTLE_COMMAND...
  measure.py same   --case NAME [--values] -- OURS... -- PEER...

Each prints a row of a Markdown table; `step` divides the difference of two times by the units of work between them,
`same` compares the first ten rows of two JSON answers, or, with --values, every number that the peer's answer has.
--memory-ratio bounds our peak by a share of the other's. Exit code 1 of a command that is measured means "no", as
migplan says it, and is no failure where --may-say-no is given.
Exit code: 0 within the limit, 1 over it or a command failed, 2 wrong usage.
"""

import argparse
import json
import math
import os
import shlex
import statistics
import sys
import tempfile
import threading
import time

# Only stops what would otherwise never end, such as a quadratic walk over a million nodes.
KILL_AFTER_SECONDS = 900
GROWTH_TOLERANCE = 1.15


class CommandFailed(Exception):
    pass


def run_once(command, answer=os.devnull, good=(0,)):
    """Wall seconds and peak resident bytes of one run.

    The kernel carries the peak of this Python (about 10 MB) over into the child, so a smaller peak cannot be seen.
    """
    with tempfile.TemporaryFile() as problems:
        actions = [
            (os.POSIX_SPAWN_OPEN, 1, answer, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, problems.fileno(), 2),
        ]
        start = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        watchdog = threading.Timer(KILL_AFTER_SECONDS, os.kill, (pid, 9))
        watchdog.start()
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - start
        watchdog.cancel()
        if os.waitstatus_to_exitcode(status) not in good:
            problems.seek(0)
            text = problems.read(2000).decode(errors="replace")
            raise CommandFailed(f"{shlex.join(command)}: {outcome(status)}\n{text}")
    return seconds, usage.ru_maxrss * 1024


def outcome(status):
    code = os.waitstatus_to_exitcode(status)
    return f"exit {code}" if code >= 0 else f"killed by signal {-code}"


def alternate(first, second, runs, good=(0,)):
    """Medians of both commands: ((seconds, bytes), (seconds, bytes)). Taking turns shares out a noisy machine."""
    measured = ([], [])
    for _ in range(runs):
        measured[0].append(run_once(first, good=good))
        measured[1].append(run_once(second, good=good))
    return tuple(tuple(statistics.median(column) for column in zip(*rows)) for rows in measured)


def header():
    print("| case | ours, s | floor, peer or smaller, s | ratio | limit | peak MB | |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")


def print_row(case, ours, other, ratio, limit, peak, is_ok):
    print(f"| {case} | {ours:.4g} | {other:.4g} | {ratio:.3g} | {limit:.4g} | {peak} | {'ok' if is_ok else 'over'} |")


def good_codes(options):
    return (0, 1) if options.may_say_no else (0,)


def pair(options, ours_command, other_command):
    ours, other = alternate(ours_command, other_command, options.runs, good_codes(options))
    ratio = ours[0] / other[0]
    megabytes = ours[1] / 1e6
    is_ok = ratio <= options.limit
    peak = f"{megabytes:.0f}"
    if options.memory_limit is not None:
        is_ok = is_ok and megabytes <= options.memory_limit
        peak += f" of {options.memory_limit:.0f}"
    if options.memory_ratio is not None:
        is_ok = is_ok and ours[1] <= options.memory_ratio * other[1]
        peak += f", the other's {other[1] / 1e6:.0f}"
    print_row(options.case, ours[0], other[0], ratio, options.limit, peak, is_ok)
    return is_ok


def growth(options, small_command, large_command):
    small_size, large_size = (int(size) for size in options.sizes.split(","))
    small, large = alternate(small_command, large_command, options.runs)
    ratio = large[0] / small[0]
    expected = large_size * math.log(large_size) / (small_size * math.log(small_size))
    limit = GROWTH_TOLERANCE * expected
    print_row(options.case, large[0], small[0], ratio, limit, f"{large[1] / 1e6:.0f}", ratio <= limit)
    return ratio <= limit


def step(options, much_command, little_command):
    much, little = alternate(much_command, little_command, options.runs)
    nanoseconds = (much[0] - little[0]) / options.units * 1e9
    print(f"| {options.case} | {much[0]:.4g} | {little[0]:.4g} | {nanoseconds:.3g} ns | {options.limit:.4g} ns "
          f"| {much[1] / 1e6:.0f} | {'ok' if nanoseconds <= options.limit else 'over'} |")
    return nanoseconds <= options.limit


def answer_of(command):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer.json")
        run_once(command, path)
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)["services"][:10]
    return [(row["name"], row["tier"], round(float(row["score"]), 2)) for row in rows]


def values_of(command, good):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer.json")
        run_once(command, path, good)
        with open(path, encoding="utf-8") as file:
            answer = json.load(file)
    values = {key: value for key, value in answer.items() if isinstance(value, (int, float))}
    return values | {row["field"]: row["different"] for row in answer["fields"]}


def same(options, ours_command, peer_command):
    if options.values:
        peer = values_of(peer_command, (0,))
        ours = {key: value for key, value in values_of(ours_command, good_codes(options)).items() if key in peer}
    else:
        ours, peer = answer_of(ours_command), answer_of(peer_command)
    if ours != peer:
        print(f"{options.case} differ\n  ours {ours}\n  peer {peer}", file=sys.stderr)
    print(f"| {options.case} | | | | | | {'same' if ours == peer else 'differ'} |")
    return ours == peer


def parsed(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("what", choices=["header", "pair", "growth", "step", "same"])
    parser.add_argument("--case", default="")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=math.nan)
    parser.add_argument("--memory-limit", type=float)
    parser.add_argument("--memory-ratio", type=float)
    parser.add_argument("--may-say-no", action="store_true")
    parser.add_argument("--values", action="store_true")
    parser.add_argument("--sizes")
    parser.add_argument("--units", type=float, default=math.nan)
    return parser.parse_args(arguments)


def split_at_dashes(arguments):
    parts = [[]]
    for argument in arguments:
        if argument == "--":
            parts.append([])
        else:
            parts[-1].append(argument)
    return parts


def main():
    options_part, *commands = split_at_dashes(sys.argv[1:])
    options = parsed(options_part)
    if options.what == "header":
        header()
        return 0
    if len(commands) != 2 or not all(commands):
        print(__doc__, file=sys.stderr)
        return 2
    judge = {"pair": pair, "growth": growth, "step": step, "same": same}[options.what]
    try:
        return 0 if judge(options, *commands) else 1
    except (CommandFailed, OSError, ValueError, KeyError) as problem:
        print(f"| {options.case} | | | | | | failed |")
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
