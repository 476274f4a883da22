#!/usr/bin/env bash
# same_bytes.sh PROGRAM_A PROGRAM_B: both programs print the same bytes for the same input, with 1 and 2 threads, under
# LANG=C and LANG=zh_CN.UTF-8.
set -euo pipefail
cd "$(dirname "$0")/.."
a=$1 b=$2 checked=0 examples=data/examples
commands=("score data/services.yaml" "score data/examples/train-ticket.yaml" "score data/services.yaml --summary"
  "matrix data/services.yaml" "explain data/services.yaml -s trade-settlement -s coupon-calculation"
  "validate data/services.yaml" "policy" "sensitivity data/services.yaml --draws 20000"
  "diff data/examples/train-ticket.yaml data/services.yaml"
  "schedule data/services.yaml --budget 300 --risk --draws 100 --what-if capacity.squads=11"
  "playbook data/services.yaml --all" "gate $examples/gate" "reconcile $examples/reconcile/old.jsonl $examples/reconcile/new.jsonl"
  "canary $examples/canary/reconciliation.json --old $examples/canary/old.prom --new $examples/canary/new.prom
    --old-latencies $examples/canary/p99-old.json --new-latencies $examples/canary/p99-new.json --latency-unit s --share 5
    --route-sample $examples/canary/access.jsonl"
  "sunset $examples/sunset/report-export.csv -s report-export --as-of 2024-07-09"
  "slo $examples/slo/coupon-sloth.yaml $examples/slo/risk-openslo.yaml --counts $examples/slo/counts.yaml -q"
  "outcome $examples/outcome/before.yaml $examples/outcome/after.yaml" "lint $examples/lint --as-of 2024-07-09"
  "typemap --file $examples/typemap/payloads.yaml --inventory data/services.yaml")
pictures=no  # a build without Node draws none
case "$("$a" matrix --help)" in *svg*) pictures=yes ;; esac
# printed VARIABLE=VALUE... PROGRAM WORD...: the hash of what it prints; 1 is an answer, too.
printed() { { env "$@" || [ $? -eq 1 ]; } | sha256sum; }
for command in "${commands[@]}"; do
  formats=(text json jsonl csv markdown xlsx)
  case "${command%% *}" in diff | gate | reconcile | canary | sunset | slo | outcome | lint) formats+=(junit sarif) ;; esac
  [ "${command%% *}" != schedule ] || formats+=(ics mermaid tjp msproject dot)
  [[ "${command%% *}" != @(schedule|matrix) || $pictures != yes ]] || formats+=(svg)
  for format in "${formats[@]}"; do
    threads=""
    case "$command" in policy | typemap*) ;; *) threads="--threads" ;; esac
    # shellcheck disable=SC2086  # words of a command
    expected=$(printed LANG=C "$a" $command --format $format ${threads:+--threads 1})
    # shellcheck disable=SC2086
    for found in "$(printed LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8 "$b" $command --format $format ${threads:+--threads 2})" \
      "$(printed LC_ALL=C "$b" $command --format $format)"; do
      if [ "$found" != "$expected" ]; then
        echo "differs: migplan $command --format $format" >&2
        exit 1
      fi
      checked=$((checked + 1))
    done
  done
done
echo "$checked outputs are the same"
