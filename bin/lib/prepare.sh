# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by the scripts in bin/: finds a Swift toolchain and installs what Debian has to give.

# What the build links and what the tests start, by Debian 12's names.
packages="binutils ca-certificates chromium-headless-shell e2fsprogs fonts-dejavu-core fonts-wqy-microhei gcc git jq libc6-dev libcurl4-openssl-dev libinotifytools0-dev libpng-dev libpq-dev libsqlite3-dev
  libssl-dev libstb-dev libstdc++-12-dev zlib1g-dev logrotate make mandoc mount openssl pkg-config postgresql procps python3 python3-prometheus-client python3-venv shellcheck spin sqlite3
  strace systemd tzdata util-linux xfsprogs xz-utils"

# Every script of the project; the benchmarks' ones among them, which no test runs.
scripts="bin/try bin/test bin/lib/prepare.sh bin/lib/soak bin/lib/fuzz bin/lib/gallery bin/lib/golden bin/lib/superset .ci/run bench/all bench/backlog bench/celery bench/charts bench/fairness bench/idle bench/latency bench/mails
  bench/peers bench/prune bench/resident bench/rows bench/schedules bench/screenshots bench/setup.sh bench/throughput bench/thumbnails bench/warmup"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

# Puts a Swift of version 6.1 or newer first in PATH.
find_swift() {
  for swift_place in "" /opt/swift/usr/bin "$HOME/.local/share/swiftly/bin" /usr/local/swift/usr/bin; do
    swift_command="${swift_place:+$swift_place/}swift"
    swift_version=$("$swift_command" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    case "$swift_version" in
      "" | [0-5].* | 6.0) continue ;;
    esac
    [ -z "$swift_place" ] || PATH="$swift_place:$PATH"
    return 0
  done
  die "Swift 6.1 or newer is needed and was not found; https://www.swift.org/install/linux tells how to get it"
}

# shellcheck disable=SC2086 # A list of words.
check_scripts() { shellcheck -x $scripts; }

missing_packages() {
  for package in $packages; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) || state=
    [ "$state" = "install ok installed" ] || printf '%s ' "$package"
  done
}

# Installs what is missing, as root or with sudo; says what is missing where it may not.
install_packages() {
  command -v dpkg-query >/dev/null || die "this needs Debian's packages: $packages"
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  say "installing: $missing"
  if [ "$(id -u)" = 0 ]; then
    root=
  elif sudo -n true 2>/dev/null; then
    root=sudo
  else
    die "missing packages; as root: apt-get install $missing"
  fi
  # shellcheck disable=SC2086 # Both are lists of words.
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 && return 0
  $root apt-get update -qq || die "apt-get update failed"
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null \
    || die "unable to install: $missing"
}

# The programs that a release build makes, as Package.swift has them.
built_programs() {
  swift package describe --type json 2>/dev/null | jq -r '.products[] | select(.type | has("executable")) | .name'
}

# Builds the release programs and puts them, stripped, beside the scripts; a second time it is quick.
build_release() {
  # What the linker says of name look-ups in static programs concerns calls that none of ours makes.
  build_status=$( (
    swift build -c release --static-swift-stdlib 2>&1
    echo "status $?"
  ) | grep --line-buffered -v -e 'in statically linked applications' -e "use of .mktemp' is dangerous" \
    | while IFS= read -r line; do
      case "$line" in
        "status "*) echo "${line#status }" ;;
        *) say "$line" ;;
      esac
    done)
  [ "$build_status" = 0 ] || die "the build failed"
  release=$(swift build -c release --static-swift-stdlib --show-bin-path)
  for name in $(built_programs); do
    # shellcheck disable=SC3013 # Debian's sh knows -nt.
    [ "bin/$name" -nt "$release/$name" ] && continue
    strip -o "bin/.$name.new" "$release/$name" && mv "bin/.$name.new" "bin/$name"
  done
}
