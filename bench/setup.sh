# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by the benchmarks: programs (release, static), task executables, file systems, a spool on one of them, its end.

project=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=bin/lib/prepare.sh
. "$project/bin/lib/prepare.sh"
programs=${PROGRAMS:-$project/.build/release}
base=$(mktemp -d "${BENCH_DIR:-$project/.build}/bench.XXXXXX")
work=$base/work
bin=$work/bin
dispatcher=
others=
# The file system that the spool stands on; place_on changes it.
place=$work
spool=$place/spool
# Sizes of the image in which the disk is made anew, where one is needed.
disk_size=8G
disk_inodes=600000

finish() {
  stop_spool
  for pid in $others; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  for directory in "$base/unsynced" "$base/memory" "$work"; do
    ! mountpoint -q "$directory" || umount "$directory" || umount -l "$directory"
  done
  rm -rf "$base"
}
trap finish EXIT
trap 'exit 130' INT TERM

# True for an ext4 without a journal, as images for virtual machines often are.
lacks_journal() {
  [ "$(findmnt -no FSTYPE -T "$base")" = ext4 ] || return 1
  for journal in /proc/fs/jbd2/"$(basename "$(findmnt -no SOURCE -T "$base")")"-*; do
    [ ! -e "$journal" ] || return 1
  done
}

# Without a journal ext4 looks, at each new file, through all that were deleted in the last minutes (docs/DECISIONS.md):
# the benchmark would measure that alone. So it runs in an image of its own on the same disk, with a journal. Its inodes
# are laid out at once: the kernel would do it later, while something is measured.
make_disk() {
  mkdir "$work"
  if [ "$(id -u)" = 0 ] && lacks_journal; then
    truncate -s "$disk_size" "$base/disk" &&
      mkfs.ext4 -q -F -N "$disk_inodes" -E lazy_itable_init=0,lazy_journal_init=0 "$base/disk" &&
      mount -o loop "$base/disk" "$work" ||
      echo "no image with a journal could be mounted: the numbers are those of an ext4 without one" >&2
  fi
  case $(stat -f -c %T "$work") in
    tmpfs | ramfs) echo "$work is in memory: a benchmark of durable jobs needs a disk" >&2; exit 78 ;;
  esac
}

build() {
  make_disk
  if [ -z "${PROGRAMS:-}" ]; then
    find_swift
    for product in spoold spool-worker spool-watch spool-cache; do
      (cd "$project" && swift build -c release --static-swift-stdlib --product $product >&2) || exit 70
    done
  fi
  mkdir "$bin"
  for name in noop started resident-noop; do gcc -O2 -static -o "$bin/$name" "$project/bench/$name.c"; done
  for name in drop delay await floor; do gcc -O2 -o "$work/$name" "$project/bench/$name.c"; done
}

# The peers that are written in Python, in an environment that stays.
make_python() {
  environment=$project/.build/peers
  python=$environment/bin/python
  if [ ! -e "$environment/ready" ]; then
    python3 -m venv "$environment" || die 'unable to make a Python environment'
    "$python" -m pip -q install 'celery[redis]' huey rq || die 'unable to install the peers from PyPI'
    touch "$environment/ready"
  fi
  export PYTHONPATH="$project/bench/peers.d" PYTHONDONTWRITEBYTECODE=1
}

# place_on disk|unsynced|memory - where the next spool and floor stand.
#
# To measure without syncs the programs are not changed: they stand on a file system that carries none out. That is an
# overlay on the same disk, mounted "volatile", or a tmpfs; both sides of a comparison stand on the same one.
place_on() {
  case $1 in
    disk) place=$work ;;
    unsynced)
      place=$base/unsynced
      if ! mountpoint -q "$place"; then
        mkdir -p "$place" "$work/upper" "$work/aside" "$work/lower"
        mount -t overlay -o "volatile,lowerdir=$work/lower,upperdir=$work/upper,workdir=$work/aside" overlay "$place" 2>/dev/null || return 1
      fi ;;
    memory)
      place=$base/memory
      if ! mountpoint -q "$place"; then
        mkdir -p "$place"
        mount -t tmpfs -o size=4G tmpfs "$place" 2>/dev/null || return 1
      fi ;;
  esac
  spool=$place/spool
}

# make_spool QUEUE - a new, empty spool
make_spool() {
  rm -rf "$spool"
  for directory in active deferred hold results errors corrupt cache events log tmp; do
    mkdir -p "$spool/$directory"
  done
  mkdir -p "$spool/incoming/$1"
}

# Writes the queue's settings, a line each.
set_queue() {
  queue=$1
  shift
  echo "[queues.\"$queue\"]" >>"$spool/spool.toml"
  for line in "$@"; do echo "$line" >>"$spool/spool.toml"; done
}

# True when these programs know resident tasks: a file with an unknown key is refused with EX_CONFIG.
knows_resident() {
  make_spool resident-noop
  set_queue resident-noop 'resident = true'
  "$work/drop" "$spool/incoming/resident-noop" 1 1
  start_spool
  for _ in $(seq 50); do
    [ ! -e "$spool/results/resident-noop/1.json" ] || break
    [ -d "/proc/$dispatcher" ] || break
    sleep 0.2
  done
  stop_spool
  [ -e "$spool/results/resident-noop/1.json" ]
}

start_spool() {
  "$programs/spoold" --bin "$bin" "$spool" 2>>"$work/messages" &
  dispatcher=$!
}

stop_spool() {
  [ -z "$dispatcher" ] && return
  kill "$dispatcher" 2>/dev/null
  wait "$dispatcher"
  dispatcher=
}

seconds() { date +%s.%N; }

# wait_for_results QUEUE COUNT - until so many names stand in results/
wait_for_results() {
  "$work/await" "$spool" "$1" "$2" "$dispatcher" || {
    tail -n 3 "$work/messages" >&2
    exit 70
  }
}

# waiting QUEUE JOBS [SETTING...] - jobs per second; all of them lie there before the dispatcher starts.
waiting() {
  queue=$1 jobs=$2
  shift 2
  make_spool "$queue"
  set_queue "$queue" "$@"
  "$work/drop" "$spool/incoming/$queue" 1 "$jobs"
  sync -f "$spool"
  began=$(seconds)
  start_spool
  wait_for_results "$queue" "$jobs"
  rate "$began" "$jobs"
  stop_spool
}

# arriving QUEUE JOBS [SETTING...] - they are dropped while it runs; the dropping is part of the time.
arriving() {
  queue=$1 jobs=$2
  shift 2
  make_spool "$queue"
  set_queue "$queue" "$@"
  start_spool
  began=$(seconds)
  "$work/drop" "$spool/incoming/$queue" 1 "$jobs"
  wait_for_results "$queue" "$jobs"
  rate "$began" "$jobs"
  stop_spool
}

# rate BEGAN JOBS - jobs per second from then until now
rate() { seconds | awk -v began="$1" -v jobs="$2" '{ printf "%.0f\n", jobs / ($1 - began) }'; }

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
percentile() { sort -n | awk -v p="$1" '{ v[NR] = $1 } END { print v[int((NR - 1) * p / 100) + 1] }'; }

# column N - the median of a column of the rounds
column() { awk -v n="$1" '{ print $n }' "$work/rounds" | median; }

# ratio N M - the median of column N through column M, round by round: both sides of a ratio are neighbours in time
ratio() { awk -v n="$1" -v m="$2" '{ print $n / $m }' "$work/rounds" | median | xargs printf '%.2f'; }

where() {
  echo "on $(findmnt -no FSTYPE -T "$place") of $(findmnt -no SOURCE -T "$work"), $(nproc) processors, Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
}

# aim WHAT OURS OTHER RATIO LIMIT - a line for the table at the end of bench/all; LIMIT is like ">=0.65" or "<=1.3".
aim() {
  met=$(awk -v ratio="$4" -v aim="$5" 'BEGIN {
    limit = substr(aim, 3)
    print (aim ~ /^>=/ ? ratio >= limit + 0 : ratio <= limit + 0) ? "met" : "not met"
  }')
  printf '%s|%s|%s|%s|%s|%s\n' "$1" "$2" "$3" "$4" "$5" "$met" >>"${BENCH_TABLE:-$base/table}"
  echo "$1: $2 against $3, ratio $4, aim $5: $met"
}
