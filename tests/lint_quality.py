#!/usr/bin/env python3
"""How often lint is right: precision and recall of each rule.

  lint_quality.py MIGPLAN [--fixtures FOLDER]

Of the labelled files in tests/lint_corpus: a line of a file says "finds RULE" where a finding is expected; each entry of a
rule's folder is a case by itself. Of FOLDER/k8s, where it is given or MIGPLAN_FIXTURES names it: what GROUND_TRUTH.tsv and
the names of upstream's files say; it does not say which containers are sidecars, so that SOURCES.md's notes are taken over
here. Prints a Markdown table for each and what was wrong.
Exit code: 0 every label of the corpus is met, 1 not, 2 wrong usage.
"""

import collections
import csv
import json
import os
import pathlib
import re
import subprocess
import sys

RULES = ["lint-password", "lint-processes", "lint-exec", "lint-values", "lint-logs", "lint-budget", "lint-tls",
         "lint-client-certificates"]
MARK = re.compile(r"finds (lint-[a-z-]+)( in the next line)?")
CORPUS = pathlib.Path(__file__).resolve().parent / "lint_corpus"


def checks_of(program, paths):
    run = subprocess.run([program, "lint", *map(str, paths), "-f", "json", "--passed", "--quiet", "--fail-on", "none",
                          "--inconclusive", "pass"], capture_output=True, text=True, check=False)
    if not run.stdout:
        return []
    return json.loads(run.stdout).get("checks", [])


def found_at(check):
    file, line, _ = check["source"].rsplit(":", 2)
    return file, int(line), check["check"]


def expected_in(path):
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for rule, is_next in MARK.findall(line):
                yield str(file), number + (1 if is_next else 0), rule


class Score:
    def __init__(self):
        self.cases = collections.Counter()
        self.right, self.wrong, self.missed = collections.Counter(), collections.Counter(), collections.Counter()
        self.told = []

    def judge(self, expected, found, concerned):
        for rule in RULES:
            want = {item for item in expected if item[-1] == rule}
            have = {item for item in found if item[-1] == rule}
            self.right[rule] += len(want & have)
            self.wrong[rule] += len(have - want)
            self.missed[rule] += len(want - have)
            self.cases[rule] += concerned[rule]
            self.told += [f"found, not expected: {item}" for item in sorted(have - want)]
            self.told += [f"expected, not found: {item}" for item in sorted(want - have)]

    def print(self, title):
        print(f"{title}\n\n| rule | judged | found | right | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for rule in RULES:
            right, found = self.right[rule], self.right[rule] + self.wrong[rule]
            wanted = right + self.missed[rule]
            share = lambda part, whole: f"{part / whole:.3f}" if whole else "-"  # noqa: E731
            print(f"| `{rule}` | {self.cases[rule]} | {found} | {right} | {share(right, found)} | {share(right, wanted)} |")
        print()
        for line in self.told:
            print(f"- {line}")

    @property
    def is_perfect(self):
        return not self.told


def of_corpus(program):
    score = Score()
    for folder in sorted(CORPUS.iterdir()):
        for case in sorted(folder.iterdir()):
            checks = checks_of(program, [case])
            found = {found_at(check) for check in checks if check["verdict"] == "fail"}
            rule = "lint-" + folder.name
            # A case is about the rule of its folder; the others may say what they will, unless a label names them.
            asked = {rule} | ({"lint-client-certificates"} if rule == "lint-tls" else set())
            expected = {(f, n, r) for f, n, r in expected_in(case)}
            asked |= {r for _, _, r in expected}
            concerned = collections.Counter(check["check"] for check in checks if check["check"] in asked)
            score.judge(expected, {item for item in found if item[-1] in asked}, concerned)
    return score


# Containers beside the main one that are sidecars, by the notes of the files' sources.
SIDECARS_ONLY = {("misc/istio-prometheus-addon.yaml", "Deployment/prometheus")}


def truth_of(folder):
    """What is expected and what is judged at all, as (file, object, rule)."""
    expected, judged = set(), set()
    rules = {"literal-password-env": "lint-password", "configmap-password": "lint-password",
             "ingress-no-tls": "lint-tls", "multi-container": "lint-processes"}
    with open(folder / "GROUND_TRUTH.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            key = (row["file"], row["object"])
            if row["check"] in rules and key not in SIDECARS_ONLY:
                expected.add((*key, rules[row["check"]]))
            if row["check"] == "ingress-tls":
                judged.add((*key, "lint-tls"))
    for path in sorted(folder.rglob("*.y*ml")):
        name = str(path.relative_to(folder))
        for group, rule in [("polaris/rolePodExecAttach/", "lint-exec"), ("polaris/sensitive", "lint-password")]:
            if name.startswith(group):
                kind, called = re.search(r"^kind: (\w+).*?^\s+name: (\S+)", path.read_text(), re.M | re.S).groups()
                (expected if "/failure" in name else judged).add((name, f"{kind}/{called}", rule))
    return expected, judged | expected


# Upstream says of these files whether each workload is protected; of the others no workload has a budget at all.
PROTECTED = {"kube-score/deployment-poddisruptionbudget-v1-matches.yaml",
             "kube-score/deployment-poddisruptionbudget-v1beta1-expression-matches.yaml",
             "misc/cockroachdb-statefulset.yaml"}
WITHOUT_TRUTH = ("polaris/missingPodDisruptionBudget/", "polaris/pdbDisruptionsIsZero/", "kube-linter/pdb-")


def of_fixtures(program, folder):
    score = Score()
    expected, judged = truth_of(folder)
    for path in sorted(folder.rglob("*.y*ml")):
        name = str(path.relative_to(folder))
        checks = checks_of(program, [path])
        found, concerned = set(), collections.Counter()
        wanted = {item for item in expected if item[0] == name}
        for check in checks:
            kind, called = check["object"].split(" ", 1)
            item = (name, f"{kind}/{called.rsplit('/', 1)[-1]}", check["check"])
            if check["check"] in ("lint-logs", "lint-values", "lint-client-certificates"):
                continue
            if check["check"] == "lint-budget":
                if name.startswith(WITHOUT_TRUTH):
                    continue
                if name not in PROTECTED:
                    wanted.add(item)
            if check["check"] == "lint-exec" and item not in judged:
                continue
            concerned[check["check"]] += 1
            if check["verdict"] == "fail":
                found.add(item)
        score.judge(wanted, found, concerned)
    return score


def main(arguments):
    if not arguments or (len(arguments) > 1 and (len(arguments) != 3 or arguments[1] != "--fixtures")):
        print(__doc__, file=sys.stderr)
        return 2
    corpus = of_corpus(arguments[0])
    corpus.print("Labelled corpus of the repository")
    fixtures = arguments[2] if len(arguments) == 3 else os.environ.get("MIGPLAN_FIXTURES", "")
    folder = pathlib.Path(fixtures) / "k8s"
    if fixtures and folder.is_dir():
        print()
        of_fixtures(arguments[0], folder).print("Files of other projects")
    return 0 if corpus.is_perfect else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
