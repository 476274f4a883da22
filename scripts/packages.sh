# shellcheck shell=bash disable=SC2034
# Which Debian packages a purpose needs, and how to get those that are missing. Sourced by the commands beside it.

build_packages=(g++ cmake ninja-build pkg-config libcli11-dev nlohmann-json3-dev libyaml-cpp-dev libfmt-dev libspdlog-dev
  libsimdjson-dev libutf8proc-dev libcsv-dev libpugixml-dev libical-dev libxlsxwriter-dev
  zlib1g-dev duktape-dev libboost-math-dev libprotozero-dev libkainjow-mustache-dev)
test_packages=(catch2 libvalijson-dev python3 git)
# For the page of the report and pictures; Node from elsewhere brings its own npm, which Debian's would not go with.
command -v npm >/dev/null || test_packages+=(nodejs npm)
# What only some tests want: without it they are skipped by name.
extra_packages=(mandoc zsh fish libreoffice-calc-nogui python3-icalendar tj3 graphviz golang-go chromium gettext)
sanitizer_packages=(clang libclang-rt-14-dev)
ci_packages=(clang-format-14 shellcheck)

# Installs the named packages that are missing. Never asks; without root it names what to install and fails.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      echo "These packages are missing: ${missing[*]}" >&2
      echo "Install them as root: apt-get install ${missing[*]}" >&2
      return 3
    fi
  fi
  echo "Installing ${missing[*]}" >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Configures once and builds, quietly; what went wrong is shown.
build() { # PRESET [TARGET...]
  local preset=$1 log
  shift
  log=$(mktemp)
  local targets=()
  [ $# -gt 0 ] && targets=(--target "$@")
  if ! { { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } && cmake --build --preset "$preset" "${targets[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
