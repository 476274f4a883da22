#!/usr/bin/env bash
# same_bytes.sh PROGRAM_A PROGRAM_B: both programs print the same bytes for the same input, with 1 and 2 threads, under
# LANG=C and LANG=zh_CN.UTF-8.
set -euo pipefail
cd "$(dirname "$0")/.."
a=$1 b=$2 checked=0
commands=("score data/services.yaml" "score data/examples/train-ticket.yaml" "score data/services.yaml --summary"
  "matrix data/services.yaml" "explain data/services.yaml -s trade-settlement -s coupon-calculation"
  "validate data/services.yaml" "policy" "sensitivity data/services.yaml --draws 20000"
  "diff data/examples/train-ticket.yaml data/services.yaml"
  "schedule data/services.yaml --budget 300 --risk --draws 100 --what-if capacity.squads=11")
for command in "${commands[@]}"; do
  formats=(text json jsonl csv markdown)
  [ "${command%% *}" != diff ] || formats+=(junit sarif)
  [ "${command%% *}" != schedule ] || formats+=(ics mermaid tjp msproject)
  for format in "${formats[@]}"; do
    threads=""
    [ "$command" = policy ] || threads="--threads"
    # shellcheck disable=SC2086  # words of a command
    expected=$(LANG=C "$a" $command --format $format ${threads:+--threads 1} | sha256sum)
    # shellcheck disable=SC2086
    for found in "$(LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8 "$b" $command --format $format ${threads:+--threads 2} | sha256sum)" \
      "$(LC_ALL=C "$b" $command --format $format | sha256sum)"; do
      if [ "$found" != "$expected" ]; then
        echo "differs: migplan $command --format $format" >&2
        exit 1
      fi
      checked=$((checked + 1))
    done
  done
done
echo "$checked outputs are the same"
