// SPDX-License-Identifier: MIT

/// A way to drop a job, and what becomes of it: the rows of the table of all that write into directories.
struct Producer {
  enum End: String {
    /// It runs once, with its whole content.
    case runs
    /// It is no job, and is kept as it was left.
    case isKept
    /// It runs where the command succeeded, and is kept where it failed.
    case runsOrFails
  }

  let name: String
  let end: End
  /// Bash in the root of the spool: `$id`, its content in `$text` and `$J`, its name to be made `$F`, another file system `$O`.
  let command: String

  private init(_ name: String, _ end: End, _ command: String) {
    self.name = name
    self.end = end
    self.command = command
  }

  /// What a producer that was broken off has written.
  static let half = #"{"id":"#

  static let all = [
    Producer("cp", .runs, "cp $J $F"),
    Producer("cp-p", .runs, "cp -p $J $F"),
    Producer("cp-reflink", .runs, "cp --reflink=auto $J $F"),
    Producer("cp-sparse", .runs, "cp --sparse=always $J $F"),
    Producer("mv", .runs, "cp $J tmp/$id && mv tmp/$id $F"),
    Producer("mv-other", .runs, "cp $J $O/$id && mv $O/$id $F"),
    Producer("ln", .runs, "cp $J tmp/$id && ln tmp/$id $F"),
    Producer("ln-rm", .runs, "cp $J tmp/$id && ln tmp/$id $F && rm tmp/$id"),
    // It changes the mode by name after it has closed the file: the job may run while install(1) says that it failed.
    Producer("install", .runs, "install -m 640 $J $F"),
    Producer("echo", .runs, #"echo "$text" > $F"#),
    Producer("echo-append", .runs, #"printf '%s' '{"id":' > $F; echo "\"$id\"}" >> $F"#),
    // Its file under way has a name of its own, with no dot and no ending.
    Producer("sed", .runsOrFails, #"echo '{"id":"?"' > $F; sed -i "s/?\"/$id\"}/" $F"#),
    Producer("touch", .runs, #"touch $F; echo "$text" > $F"#),
    Producer("touch-only", .isKept, "touch $F"),
    Producer("truncate", .isKept, "truncate -s 40 $F"),
    Producer("dd", .runs, "dd if=$J of=$F bs=5 status=none"),
    Producer("tee", .runs, "tee $F < $J > tmp/tee"),
    Producer("hidden", .runs, "cp $J ${F%/*}/.$id && mv ${F%/*}/.$id $F"),
    Producer("part", .runs, "cp $J $F.part && mv $F.part $F"),
    Producer(
      "killed", .isKept,
      #"{ printf '%s' '{"id":'; sleep 0.1; } | cp /dev/stdin $F & until [ -s $F ]; do :; done; kill -9 $!; wait $!; true"#
    ),
    // The shell goes on to its next job while a child of it still writes this one.
    Producer(
      "inherited", .runs,
      #"exec 9> $F; printf '{"id":' >&9; { sleep 0.02; printf '"%s"}' $id >&9; } & exec 9>&-"#),
  ]

  /// Those that are programs of their own; they make their jobs' names from their own.
  static let programs = ["tmpfile", "mmap"]
}
