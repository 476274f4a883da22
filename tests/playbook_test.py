#!/usr/bin/env python3
"""playbook_test.py PROGRAM go|vet|shell|mermaid|lint: other programs read what the runbooks of the reference inventory, and of
one with hostile texts, hold: gofmt the Go snippets, the Go compiler those that need Go's own library alone, whose tests
it runs, a shell the commands, which it must take word for word, and Mermaid the diagrams; and the program itself finds
nothing in the manifests, as the step on them asks. Passed over (77) where the
other program is not installed; Mermaid is, by `npm ci` in tests/mermaid.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
INVENTORIES = ["data/services.yaml", "tests/golden/inputs/runbook.yaml"]
RULES = "tests/golden/inputs/rules.yaml"
# Names that become one name in Go, or one that the code around them has: an interface with a method twice, two fields of
# one name, a second func Run, a second type Neighbour, a file that is there or that Go takes for a test.
HARD = """services:
  - name: hard
    kind: core
    depends_on: [{service: a-1, external: true}, {service: a1, external: true}]
    payloads: ["List<Long>"]
    transactions:
      - {name: run, mode: saga, steps: [{service: a-1, action: step, compensation: step, idempotent: true},
                                        {service: a1, action: params, compensation: log, idempotent: true}]}
      - {name: Run, mode: tcc, steps: [{service: a-1, action: branch, compensation: branch, reserves: x, idempotent: true}]}
      - {name: finish, mode: tcc, steps: [{service: a-1, action: run, compensation: finish, reserves: x, idempotent: true}]}
  - {name: neighbour, depends_on: [{service: neighbours, external: true}]}
  - {name: neighbours, depends_on: [{service: neighbour}]}
  - name: saga
    depends_on: []
    transactions:
      - {name: one, mode: saga, steps: [{service: saga, action: act, compensation: undo, idempotent: true}]}
  - name: load-test
    depends_on: []
    transactions:
      - {name: one, mode: saga, steps: [{service: load-test, action: act, compensation: undo, idempotent: true}]}
      - {name: two, mode: tcc, steps: [{service: load-test, action: act, compensation: undo, idempotent: true}]}
  - name: carrier
    depends_on: []
    transactions:
      - name: order
        mode: saga
        steps:
          - {service: carrier, action: act, compensation: undo, carries: [order_id], needs: [order_id, xid], idempotent: true}
          - {service: stock, action: act, compensation: undo, carries: ['item "no" 1'], needs: ['item "no" 1'], idempotent: true}
"""
# What `validate` takes, the runner of the snippet takes.
CARRIER_TEST = """package saga

import (
	"context"
	"testing"
)

type nobody struct{}

func (nobody) Act(context.Context, string, Params) error                            { return nil }
func (nobody) Undo(context.Context, string, Params) error                           { return nil }
func (nobody) Record(_ context.Context, _, _, _ string, _ Params) error { return nil }

func TestOrderRuns(t *testing.T) {
	if err := Run(context.Background(), nobody{}, "order-1", Params{}, OrderSteps(nobody{}, nobody{})); err != nil {
		t.Fatal(err)
	}
}
"""


def printed(program, inventory, *more):
    run = subprocess.run([program, "playbook", inventory, "--all", "--playbooks", RULES, "-q", *more], cwd=ROOT, check=True,
                         capture_output=True, text=True)
    return run.stdout


def steps(program):
    for inventory in INVENTORIES:
        for service in json.loads(printed(program, inventory, "-f", "json"))["services"]:
            for step in service["steps"]:
                yield f"{service['name']}: {step['step']}", step


def check_go(program):
    gofmt = shutil.which("gofmt")
    if gofmt is None:
        return None
    sources = {}
    for where, step in steps(program):
        for snippet in step["snippets"]:
            if snippet["language"] == "go":
                sources.setdefault(snippet["text"], where)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (text, where) in enumerate(sources.items()):
            path = pathlib.Path(folder, f"s{number}.go")
            names[path.name] = where
            path.write_text(text)
        run = subprocess.run([gofmt, "-e", "-l", folder], capture_output=True, text=True)
        for line in run.stderr.splitlines():
            found = re.match(r".*/(s\d+\.go)(.*)", line)
            wrong.append(f"{names[found[1]]} {found[2]}" if found else line)
        if run.returncode and not wrong:
            wrong.append(run.stderr)
        # What is parsed but laid out otherwise is no fault of syntax, but would not pass a review either.
        wrong += [f"{names[pathlib.Path(line).name]}: not in the layout of gofmt" for line in run.stdout.splitlines()]
    return wrong, f"{len(sources)} Go snippets"


def is_of_library_alone(text):
    block = re.search(r"^import (?:\((.*?)^\)|(\S+)$)", text, re.M | re.S)
    paths = re.findall(r'"(.*?)"', block[0]) if block else []
    return not any("." in path.split("/")[0] for path in paths)


def packages(program):
    """Files by folder: of each service those snippets that Go's own library is enough for, no two folders alike."""
    found, always = {}, set()
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as hard:
        hard.write(HARD)
        hard.flush()
        for inventory in INVENTORIES + [hard.name]:
            for service in json.loads(printed(program, inventory, "-f", "json"))["services"]:
                if inventory == hard.name:
                    always.add(service["name"])
                for snippet in (one for step in service["steps"] for one in step["snippets"]):
                    if snippet["language"] != "go" or not is_of_library_alone(snippet["text"]):
                        continue
                    folder, name = snippet["file"].rsplit("/", 1)
                    files = found.setdefault((service["name"], folder), {})
                    assert not name.endswith("_test.go") or '"testing"' in snippet["text"], f"{name} would be a test"
                    assert name not in files, f"{service['name']}: {snippet['file']} is there twice"
                    files[name] = snippet["text"]
    found["carrier", "internal/saga"]["carrier_test.go"] = CARRIER_TEST
    # What differs by the service's name alone is compiled for a few; transactions and neighbours differ in more.
    kept, number = {}, {}
    for (service, folder), files in found.items():
        number[folder] = number.get(folder, 0) + 1
        if service in always or number[folder] <= (40 if folder.endswith(("saga", "tcc", "biz")) else 3):
            kept[service, folder] = files
    return kept


def check_vet(program):
    go = shutil.which("go")
    if go is None:
        return None
    own = dict(os.environ, GOCACHE=str(pathlib.Path.cwd() / "go-cache"), GOFLAGS="-mod=mod", GOPROXY="off")
    found = packages(program)
    with tempfile.TemporaryDirectory() as root:
        pathlib.Path(root, "go.mod").write_text("module check\n\ngo 1.19\n")
        for (service, folder), files in found.items():
            place = pathlib.Path(root, service, folder)
            place.mkdir(parents=True)
            for name, text in files.items():
                (place / name).write_text(text)
        run = subprocess.run([go, "test", "./..."], cwd=root, env=own, capture_output=True, text=True)
        wrong = [line for line in (run.stdout + run.stderr).splitlines() if not re.match(r"ok|\?  ", line)]
    return wrong if run.returncode else [], f"{len(found)} Go packages"


def taken(commands):
    """The words of these commands, as one shell takes them."""
    script = "".join(f"printf '%s\\0' {command['shell']}\n" for command in commands)
    return subprocess.run(["sh"], input=script.encode(), capture_output=True).stdout


def words_of(command):
    return b"".join(word.encode() + b"\0" for word in command["run"])


def is_shell(blocks):
    """Whether a shell can read each of these blocks; it runs none."""
    script = "".join("eval " + shlex.quote(f"unused() {{ :\n{block}\n}}") + "\n" for block in blocks)
    return subprocess.run(["sh"], input=script.encode(), capture_output=True).returncode == 0


def check_shell(program):
    wrong = []
    commands = [(where, command) for where, step in steps(program) for command in step["commands"]]
    if taken([command for _, command in commands]) != b"".join(words_of(command) for _, command in commands):
        # One that ends its quotes elsewhere takes those behind it along: each by itself tells which.
        wrong += [f"{where}: {command['shell']}\n  is taken as {taken([command])}" for where, command in commands
                  if taken([command]) != words_of(command)] or ["a command changes what those behind it mean"]
    blocks = [block for inventory in INVENTORIES
              for _, block in re.findall(r"^(`{3,})sh\n(.*?)^\1$", printed(program, inventory), re.M | re.S)]
    if not is_shell(blocks):
        wrong += [block for block in blocks if not is_shell([block])] or ["a block changes what those behind it mean"]
    return wrong, f"{len(commands)} commands and {len(blocks)} blocks"


def check_mermaid(program):
    modules = ROOT / "tests/mermaid/node_modules"
    if shutil.which("node") is None or not modules.is_dir():
        return None
    texts = sorted({diagram["text"] for _, step in steps(program) for diagram in step["diagrams"]})
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        run = subprocess.run(["node", "check.mjs", file.name], cwd=ROOT / "tests/mermaid", capture_output=True, text=True)
    return [run.stdout + run.stderr] if run.returncode else [], f"{len(texts)} diagrams"


def check_lint(program):
    wrong, manifests = [], {}
    for where, step in steps(program):
        name = where.split(":")[0]
        for snippet in step["snippets"]:
            if snippet["file"] and snippet["file"].startswith(f"deploy/{name}/"):
                manifests.setdefault(name, {})[snippet["file"]] = snippet["text"]
    for name, files in manifests.items():
        with tempfile.TemporaryDirectory() as root:
            for file, text in files.items():
                pathlib.Path(root, file).parent.mkdir(parents=True, exist_ok=True)
                pathlib.Path(root, file).write_text(text)
            run = subprocess.run([program, "lint", f"deploy/{name}"], cwd=root, capture_output=True, text=True)
        if run.returncode:
            wrong.append(f"{name}: {run.stdout}{run.stderr}")
    return wrong, f"manifests of {len(manifests)} services"


def main():
    result = {"go": check_go, "vet": check_vet, "shell": check_shell, "mermaid": check_mermaid,
              "lint": check_lint}[sys.argv[2]](sys.argv[1])
    if result is None:
        print("not installed here")
        return 77
    wrong, checked = result
    print("\n".join(wrong[:20]) or f"{checked} are fine")
    return 1 if wrong or checked.startswith("0 ") else 0


if __name__ == "__main__":
    sys.exit(main())
