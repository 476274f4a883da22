#!/usr/bin/env python3
"""go_types_test.py PROGRAM: gofmt reads the Go types that typemap prints, and where the Go compiler is at hand, too, it
compiles them, finds the sizes that typemap tells, and agrees on what is a key of a map. Passed over (77) without gofmt.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

LEAVES = """boolean[] byte[] char[] int[] long[][] Boolean Byte Short Character Integer Long Float Double Void String
StringBuilder Object Number Throwable Class<?> Runnable AutoCloseable BitSet OptionalInt OptionalLong OptionalDouble UUID
Date Calendar TimeZone Locale Currency Properties Pattern AtomicBoolean AtomicInteger AtomicLong LongAdder IntStream
DoubleStream Instant LocalDateTime ZonedDateTime LocalDate LocalTime Duration Period Year YearMonth MonthDay Month
DayOfWeek ZoneOffset ZoneId BigDecimal BigInteger ByteBuffer Path Serializable Closeable InputStream OutputStream URI
InetAddress java.sql.Timestamp com.shop.Order Outer.Inner type $ List Map BlockingQueue Supplier Enum<Order>""".split()
WRAPPERS = """List<{0}> Set<{0}> TreeSet<{0}> Map<{0},{1}> Map.Entry<{0},{1}> Optional<{0}> Iterator<{0}> Stream<{0}>
BlockingQueue<{0}> Future<{0}> AtomicReference<{0}> Function<{0},{1}> BiFunction<{0},{1},{2}> BinaryOperator<{0}>
Consumer<{0}> Supplier<{0}> Callable<{0}> Comparator<{0}> Page<{0}> List<?_extends_{0}> List<@Nullable_{0}>
Consumer<?_super_{0}> {0}[]""".split()
# Classes that typemap does not know.
DECLARED = """type Order struct{ id int64 }
type OuterInner struct{ id int64 }
type type_ int32
type X struct{}
type Page[T any] struct{ id int64 }
"""


def java_types():
    chance = random.Random(1)
    types = list(LEAVES)
    for wrapper in WRAPPERS * 40:
        parts = [chance.choice(types) for _ in range(3)]
        # What may stand in a type argument has one annotation in front of it at most.
        types.append(wrapper.replace("_", " ").format(*parts))
    return [java for java in types if len(java) < 300]


def mapped(program):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(java_types()))
        file.flush()
        printed = subprocess.run([program, "typemap", "--file", file.name, "-f", "json"], check=True, capture_output=True)
    return json.loads(printed.stdout)["types"]


def source_of(types):
    imports = sorted({path for one in types for path in one["imports"]})
    lines = ["package check", "", "import (", '\t"unsafe"']
    lines += [f'\t"{path}"' for path in imports] + [")", "", DECLARED]
    number = 0
    for one in types:
        for level in one["levels"]:
            lines.append(f"var x{number} {level['go']} // {level['java']}")
            if level["bytes"] is not None:
                lines.append(f"var _ [{level['bytes']}]byte = [unsafe.Sizeof(x{number})]byte{{}}")
            number += 1
    return "\n".join(lines) + "\n", number


def compile_all(go, source):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "decimal").mkdir()
        (root / "decimal/go.mod").write_text("module github.com/shopspring/decimal\n\ngo 1.19\n")
        (root / "decimal/decimal.go").write_text(
            'package decimal\n\nimport "math/big"\n\ntype Decimal struct {\n\tvalue *big.Int\n\texp int32\n}\n')
        (root / "go.mod").write_text(
            "module check\n\ngo 1.19\n\nrequire github.com/shopspring/decimal v0.0.0\n\n"
            "replace github.com/shopspring/decimal => ./decimal\n")
        (root / "check.go").write_text(source)
        own = dict(os.environ, GOCACHE=str(root / "cache"), GOPATH=str(root / "path"), GOFLAGS="-mod=mod", GOPROXY="off")
        built = subprocess.run([go, "build", "./..."], cwd=root, env=own, capture_output=True, text=True)
        # The cache is read-only in parts, which would keep the folder.
        subprocess.run([go, "clean", "-modcache"], cwd=root, env=own, capture_output=True)
        return built.stderr if built.returncode else ""


def main():
    gofmt, go = shutil.which("gofmt"), shutil.which("go")
    if gofmt is None:
        print("gofmt is not here")
        return 77
    types = mapped(sys.argv[1])
    source, number = source_of(types)
    read = subprocess.run([gofmt, "-e"], input=source, capture_output=True, text=True)
    if read.returncode != 0:
        print(read.stderr)
        return 1
    wrong = compile_all(go, source) if go else ""
    print(wrong or f"{number} Go types of {len(types)} Java types are {'compiled' if go else 'read'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
