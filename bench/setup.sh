# SPDX-License-Identifier: MIT
# Sourced by the benchmarks: programs (release, static), task executables, a spool on a real disk, its end.

project=$(cd "$(dirname "$0")/.." && pwd)
programs=${PROGRAMS:-$project/.build/release}
base=$(mktemp -d "${BENCH_DIR:-$project/.build}/bench.XXXXXX")
work=$base/work
spool=$work/spool
bin=$work/bin
dispatcher=

finish() {
  stop_spool
  ! mountpoint -q "$work" || umount "$work"
  rm -rf "$base"
}
trap finish EXIT

# True for an ext4 without a journal, as images for virtual machines often are.
lacks_journal() {
  [ "$(findmnt -no FSTYPE -T "$base")" = ext4 ] || return 1
  for journal in /proc/fs/jbd2/"$(basename "$(findmnt -no SOURCE -T "$base")")"-*; do
    [ ! -e "$journal" ] || return 1
  done
}

# Without a journal ext4 looks, at each new file, through all that were deleted in the last minutes (docs/DECISIONS.md):
# the benchmark would measure that alone. So it runs in an image of its own on the same disk, with a journal.
make_disk() {
  mkdir "$work"
  if [ "$(id -u)" = 0 ] && lacks_journal; then
    truncate -s 8G "$base/disk" && mkfs.ext4 -q -F "$base/disk" && mount -o loop "$base/disk" "$work" ||
      echo "no image with a journal could be mounted: the numbers are those of an ext4 without one" >&2
  fi
}

build() {
  make_disk
  if [ -z "${PROGRAMS:-}" ]; then
    for product in spoold spool-worker spool-watch; do
      (cd "$project" && swift build -c release --static-swift-stdlib --product $product >&2) || exit 70
    done
  fi
  mkdir "$bin"
  for name in noop started; do gcc -O2 -static -o "$bin/$name" "$project/bench/$name.c"; done
  for name in drop delay await; do gcc -O2 -o "$work/$name" "$project/bench/$name.c"; done
  case $(stat -f -c %T "$work") in
    tmpfs | ramfs) echo "$work is in memory: a benchmark of durable jobs needs a disk" >&2; exit 78 ;;
  esac
}

# make_spool QUEUE - a new, empty spool
make_spool() {
  rm -rf "$spool"
  for directory in active deferred hold results errors corrupt cache events log tmp; do
    mkdir -p "$spool/$directory"
  done
  mkdir -p "$spool/incoming/$1"
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
wait_for_results() { "$work/await" "$spool/results/$1" "$2" "$dispatcher" || exit 70; }

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
percentile() { sort -n | awk -v p="$1" '{ v[NR] = $1 } END { print v[int((NR - 1) * p / 100) + 1] }'; }

where() {
  echo "on $(findmnt -no FSTYPE -T "$work") of $(findmnt -no SOURCE -T "$work"), $(nproc) processors, Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
}
