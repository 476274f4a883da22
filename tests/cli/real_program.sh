#!/usr/bin/env bash
# What only the built program can show: real_program.sh MIGPLAN SOURCE_DIR CASE. Exit code 77: skipped.
set -u
migplan=$(realpath "$1") source=$(realpath "$2") case=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
shop=$source/tests/golden/inputs/shop.yaml

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
equal() { [ "$1" = "$2" ] || fail "found \"$1\", expected \"$2\""; }
needs() { command -v "$1" >/dev/null || { echo "skipped: $1 is not installed"; exit 77; }; }
many_services() {
  awk -v count="$1" 'BEGIN { for (i = 0; i < count; ++i)
    printf "{\"name\":\"s%d\",\"domain\":\"d\",\"debt\":{\"sonar_debt_days\":%d,\"high_risk_vulnerabilities\":1},\"depends_on\":[]}\n", i, i % 90 }'
}

same_bytes_in_any_language() {
  local command locale
  for command in "score $shop" "score $shop -f json" "explain -s mail $shop" "matrix $shop" "policy -f csv" "validate none.yaml" "--help"; do
    for locale in C POSIX zh_CN.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
      env -u LC_ALL -u LANGUAGE LANG=$locale LC_NUMERIC=$locale TZ=Asia/Shanghai "$migplan" $command >"$locale.out" 2>"$locale.err"
      echo $? >>"$locale.out"
      cmp C.out "$locale.out" && cmp C.err "$locale.err" || fail "$command under $locale"
    done
  done
}

closed_pipe_is_quiet() {
  many_services 20000 >s.jsonl
  "$migplan" score s.jsonl -f csv 2>err | head -n 1 >/dev/null
  equal "${PIPESTATUS[0]}" 0
  equal "$(cat err)" ""
}

closed_pipe_by_name_is_quiet() {
  many_services 20000 >s.jsonl
  "$migplan" score s.jsonl -f csv -o /dev/stdout 2>err | head -n 1 >/dev/null
  equal "${PIPESTATUS[0]}: $(cat err)" "0: "
}

standard_output_by_name_is_appended_to() {
  { echo before; "$migplan" score "$shop" --columns name -f csv --top 1 -o /dev/stdout; echo after; } >out
  equal "$(tr -d '\r' <out | paste -sd ' ')" "before name checkout after"
}

full_device() {
  [ -c /dev/full ] || exit 77
  "$migplan" score "$shop" >/dev/full 2>err
  equal "$?" 3
  grep -q "No space left" err || fail "no reason given: $(cat err)"
}

file_size_limit_leaves_nothing() {
  many_services 2000 >s.jsonl
  echo old >out.csv
  (ulimit -f 8 && exec "$migplan" score s.jsonl -o out.csv) 2>err
  equal "$?: $(ls)" "3: $(printf 'err\nout.csv\ns.jsonl')"
  equal "$(cat out.csv)" old
}

# The library that writes workbooks does not see that its temporary files are cut short.
no_room_leaves_no_workbook() {
  many_services 2000 >s.jsonl
  echo old >out.xlsx
  (ulimit -f 64 && TMPDIR=$PWD exec "$migplan" score s.jsonl -o out.xlsx) 2>err
  equal "$?: $(ls)" "3: $(printf 'err\nout.xlsx\ns.jsonl')"
  equal "$(cat out.xlsx)" old
  grep -q "no room left for the rows of the workbook (.*TMPDIR" err || fail "no reason given: $(cat err)"
  TMPDIR=$PWD "$migplan" score s.jsonl -o out.xlsx
  equal "$?: $(ls)" "0: $(printf 'err\nout.xlsx\ns.jsonl')"
}

# Stops the program while its temporary file is there, sends it a signal, and lets it go on.
signal_while_writing() {
  local signal=$1 expected=$2 count pid code try
  for count in 200000 400000 800000; do
    many_services $count >s.jsonl
    for try in 1 2 3; do
      echo old >out.csv
      "$migplan" score s.jsonl -f csv -o out.csv --quiet &
      pid=$!
      while kill -0 $pid 2>/dev/null && ! compgen -G 'out.csv.*' >/dev/null; do :; done
      kill -STOP $pid 2>/dev/null
      if compgen -G 'out.csv.*' >/dev/null; then
        kill "-$signal" $pid
        kill -CONT $pid
        wait $pid
        code=$?
        compgen -G 'out.csv.*' && fail "a temporary file is left"
        equal "$code" "$expected"
        equal "$(cat out.csv)" old
        return
      fi
      kill -CONT $pid 2>/dev/null
      wait $pid
    done
  done
  echo "skipped: writing was never caught"
  exit 77
}
interrupt_leaves_nothing() { signal_while_writing INT 130; }
hangup_leaves_nothing() { signal_while_writing HUP 129; }

manual_page() {
  needs mandoc
  "$migplan" --man >migplan.1 || fail "--man"
  # A page without a date is wanted: the same source gives the same bytes. Style remarks are about the length of lines.
  mandoc -T lint -W warning migplan.1 | grep -v 'missing date' && fail "mandoc warns"
  mandoc -T utf8 migplan.1 | col -b >page || fail "mandoc -T utf8"
  local command
  for command in $("$migplan" completion fish | sed -n 's/.*use_subcommand -a \([a-z]*\) .*/\1/p'); do
    grep -q "migplan $command" page || fail "the page does not name $command"
  done
  for heading in NAME SYNOPSIS COMMANDS "EXIT STATUS" ENVIRONMENT FILES; do
    grep -q "^$heading" page || fail "no section $heading"
  done
}

bash_completion() {
  "$migplan" completion bash >script || fail "completion bash"
  bash -n script || fail "bash -n"
  # shellcheck disable=SC1091
  . ./script
  complete_words() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=(); _migplan; (IFS='|' && echo "${COMPREPLY[*]}"); }
  equal "$(complete_words migplan sco)" score
  equal "$(complete_words migplan score --form)" --format
  equal "$(complete_words migplan score --format js)" "json|jsonl"
  equal "$(complete_words migplan score -f m)" markdown
  equal "$(complete_words migplan completion z)" zsh
  touch 'shop floor.yaml'
  equal "$(complete_words migplan score shop)" "shop floor.yaml"
}

zsh_completion() {
  needs zsh
  "$migplan" completion zsh >_migplan && zsh -n _migplan || fail "zsh -n"
}

fish_completion() {
  needs fish
  "$migplan" completion fish >script && fish --no-execute script || fail "fish --no-execute"
}

case $case in
  same_bytes_* | closed_pipe_* | standard_output_* | full_device | file_size_* | no_room_* | interrupt_* | hangup_* | manual_page | *_completion) $case ;;
  *) fail "no such case: $case" ;;
esac
