#!/usr/bin/env python3
"""docs_commands.py PROGRAM_FOLDER: runs the commands that README and docs show and compares what they print.

In a ```console block a line "$ command" is run and the lines behind it are its whole standard output; a line "…" stands
for any further lines. In a ```sh block every line that begins with "migplan " must end with exit code 0 or 1. A block
whose head names a file (```yaml services.yaml) is written to it. Each page runs in a folder of its own in which data/,
tests/ and scripts/ are this project's, so that pages may write files. With MIGPLAN_APPROVE=1 the
printed lines replace those that differ and have no "…"; the change is reviewed.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def blocks(page):
    """(language, first line number, lines) of each fenced block."""
    language, lines, start = None, [], 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if language is None:
                language, lines, start = line[3:].strip(), [], number + 1
            else:
                yield language, start, lines
                language = None
        elif language is not None:
            lines.append(line)


def commands(lines, start):
    """(line number, command, expected lines) of a console block."""
    found = []
    for offset, line in enumerate(lines):
        if line.startswith("$ "):
            found.append((start + offset, line[2:], []))
        elif found:
            found[-1][2].append(line)
    return found


def matches(expected, printed):
    if "…" in expected:
        cut = expected.index("…")
        tail = expected[cut + 1:]
        return printed[:cut] == expected[:cut] and (not tail or printed[-len(tail):] == tail)
    return printed == expected


def is_for_this_build(command, environment):
    """Pages and pictures are made only by a program that was built with Node."""
    if ".html" not in command and ".svg" not in command:
        return True
    help_text = run("migplan report --help", ".", environment).stdout
    return "html" in help_text


def run(command, folder, environment):
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True,
                          encoding="utf-8", check=False, timeout=120)


def check_page(page, environment):
    """Number of commands run, and the complaints."""
    count, wrong, replaced = 0, [], []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "tests", "scripts"):
            os.symlink(ROOT / name, pathlib.Path(folder) / name)
        for head, start, lines in blocks(page):
            language, _, name = head.partition(" ")
            if name:
                pathlib.Path(folder, name).write_text("\n".join(lines) + "\n", encoding="utf-8")
            elif language == "console":
                for number, command, expected in commands(lines, start):
                    result = run(command, folder, environment)
                    count += 1
                    printed = result.stdout.splitlines()
                    if matches(expected, printed):
                        continue
                    if "MIGPLAN_APPROVE" in environment and "…" not in expected:
                        replaced.append((number, len(expected), printed))
                    else:
                        wrong.append(f"{page.name}:{number}: $ {command}\n--- expected\n" + "\n".join(expected) +
                                     f"\n--- printed (exit {result.returncode})\n{result.stdout}{result.stderr}")
            elif language == "sh":
                for offset, command in enumerate(lines):
                    if not command.startswith("migplan ") or not is_for_this_build(command, environment):
                        continue
                    result = run(command, folder, environment)
                    count += 1
                    if result.returncode not in (0, 1):
                        wrong.append(f"{page.name}:{start + offset}: {command}\nexit {result.returncode}: {result.stderr}")
    rewrite(page, replaced)
    return count, wrong


def rewrite(page, replaced):
    """Puts what was printed behind the commands at these line numbers."""
    if not replaced:
        return
    lines = page.read_text(encoding="utf-8").splitlines()
    for number, length, printed in reversed(replaced):
        lines[number:number + length] = printed
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    environment = dict(os.environ, PATH=os.path.abspath(sys.argv[1]) + os.pathsep + os.environ["PATH"], LANG="C.UTF-8")
    pages = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        results = list(side_by_side.map(lambda page: check_page(page, environment), pages))
    total = sum(count for count, _ in results)
    complaints = [complaint for _, wrong in results for complaint in wrong]
    print("\n\n".join(complaints))
    print(f"{total} commands, {len(complaints)} wrong")
    return 1 if complaints or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
