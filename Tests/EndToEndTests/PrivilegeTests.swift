// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// Queues whose tasks run as users of their own, and producers who know nothing of each other.
@Suite(.enabled(if: Person.isRoot, "SKIPPED: only root can run queues as other users"))
struct PrivilegeTests {
  static let configuration = """
    [defaults]
    workers = 1
    retry_pause = "1s"
    [queues.first]
    user = 61001
    drop_group = \(Person.dropGroup)
    [queues.second]
    user = "61002"
    drop_group = "\(Person.dropGroup)"
    [superset]
    metadata_url = "postgresql://superset:canary@localhost/superset"

    """

  /// Two queues of two users, and one of the spool's own.
  private func spool(_ first: String = "exec cat", _ others: String = "exec cat") throws
    -> TestSpool
  {
    try TestSpool(
      ["first": first, "second": others, "plain": others], configuration: Self.configuration)
  }

  /// Prints as JSON what can be listed or read of these paths.
  private static func looking(_ paths: [String]) -> String {
    """
    found=
    for path in \(paths.joined(separator: " ")); do
      if cat "$SPOOL/$path" > look 2> /dev/null || ls -A "$SPOOL/$path/" > look 2> /dev/null; then
        found="$found${found:+, }\\"$path\\""
      fi
    done
    echo "[$found]"
    """
  }

  @Test func `a task runs as the queue's user, who can gain no rights`() throws {
    let spool = try spool(
      """
      echo "[$(id -u), $(id -g), \\"$(id -G)\\", \\"$HOME\\", $(stat -c '%u, %a' ..), \
      $(sed -n 's/NoNewPrivs:[[:space:]]*//p; s/CapEff:[[:space:]]*0*\\([1-9a-f]*\\)/, \\"\\1\\"/p' \
      /proc/self/status | sort -r | tr -d '\\n')]"
      """)
    try spool.start()
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/first/a.json"))
    let told = spool.read("results/first/a.json") ?? ""
    #expect(told.hasPrefix(#"[61001, 61001, "61001", "/", 61001, 700, 1"#), "\(told)")
    #expect(told.contains(#""""#), "\(told)")
    #expect(spool.run("stat -c '%u %a' results/first/a.json | cut -d' ' -f1") == "61001")
  }

  @Test func `a task can read no other queue, no settings, no log and no cache`() throws {
    let states = ["incoming", "deferred", "hold", "results", "errors", "corrupt"]
    var paths = ["spool.toml", "crontab", "log", "log/jobs.jsonl", "cache", "cache/key", "events"]
    paths += ["events/channel.jsonl", "hold", "corrupt", "tmp", ".lock"]
    for queue in ["second", "plain"] {
      paths += states.flatMap { ["\($0)/\(queue)", "\($0)/\(queue)/a.json"] }
      paths += ["active/\(queue)@1", "active/\(queue)@1/run.json", "active/\(queue)@1/run/stdin"]
    }
    let script = Self.looking(paths)
    let spool = try spool(
      script, "cp /dev/stdin stdin; until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done")
    for queue in ["second", "plain"] {
      for state in states {
        spool.run("mkdir -p \(state)/\(queue)")
        if state != "incoming" { try spool.put("{}", at: "\(state)/\(queue)/a.json") }
      }
      spool.run("touch -d '+1 day' deferred/\(queue)/a.json")
    }
    for name in ["crontab", "cache/key", "events/channel.jsonl", "log/jobs.jsonl"] {
      try spool.put("x\n", at: name)
    }
    spool.run("echo '{}' > tmp/x")
    try spool.start()
    for queue in ["second", "plain"] {
      try spool.put("{}", at: "incoming/\(queue)/run.json")
      #expect(spool.waits(for: "active/\(queue)@1/run/stdin"))
      try spool.put("{}", at: "incoming/\(queue)/a.json")
    }
    let all = spool.run("SPOOL=$PWD; cd /tmp; \(script); rm -f look")
    #expect(all == "[\(paths.map { "\"\($0)\"" }.joined(separator: ", "))]")
    try spool.put("{}", at: "incoming/first/look.json")
    #expect(spool.waits(for: "results/first/look.json"))
    #expect(spool.read("results/first/look.json") == "[]\n")
    spool.run("touch tmp/go")
  }

  @Test func `a task finds no password in what its worker was given`() throws {
    let spool = try spool(
      "grep -aq canary /proc/$PPID/fd/3 /proc/$PPID/environ && echo true || echo false")
    try spool.start()
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/first/a.json"))
    #expect(spool.read("results/first/a.json") == "false\n")
  }

  @Test func `producers can neither list nor read nor remove nor exchange each other's drops`()
    throws
  {
    let spool = try spool()
    try spool.start()
    #expect(spool.waits { spool.run("stat -c '%u %g %a' incoming/first") == "61001 61100 3730" })
    try spool.put("", at: "incoming/first/.paused")
    for umask in ["022", "077"] {
      let name = "incoming/first/alice-\(umask).json"
      #expect(
        Person.alice.run("umask \(umask); echo '{\"by\":\"alice\"}' > \(name)", in: spool) != nil)
      for attack in [
        "ls incoming/first", "cat \(name)", "rm -f \(name)", "mv \(name) tmp/stolen",
        "echo > \(name)",
        "ln \(name) incoming/first/twin.json", "echo x > own && mv -f own \(name)",
        "mv incoming/first incoming/second/x", "chmod 777 incoming/first", "ls results/first",
        "ls active/first@1", "cat spool.toml",
      ] {
        #expect(Person.bob.run(attack, in: spool) == nil, "\(attack)")
      }
      #expect(spool.read(name) == "{\"by\":\"alice\"}\n")
    }
    // Of the queue's own tasks, another queue's can no more.
    #expect(Person.second.run("ls incoming/first", in: spool) == nil)
    spool.run("rm incoming/first/.paused")
    for umask in ["022", "077"] {
      #expect(spool.waits(for: "results/first/alice-\(umask).json"))
      #expect(spool.read("results/first/alice-\(umask).json")?.contains("alice") == true)
    }
  }

  @Test func `a producer cannot pause the queue, nor keep it from being paused`() throws {
    let spool = try spool()
    try spool.start()
    #expect(spool.waits { spool.run("stat -c '%a' incoming/first") == "3730" })
    #expect(Person.alice.run("touch incoming/first/.paused", in: spool) != nil)
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/first/a.json"))
    #expect(Person.alice.run("mkdir incoming/first/..paused.new", in: spool) != nil)
    spool.run("rm $BIN/first")
    try spool.put("{}", at: "incoming/first/b.json")
    #expect(spool.waits { spool.read("incoming/first/.paused")?.contains("no executable") == true })
    try spool.put("{}", at: "incoming/second/c.json")
    #expect(spool.waits(for: "results/second/c.json"))
  }

  @Test func `what a producer keeps to itself runs, whichever way it is dropped`() throws {
    let spool = try spool()
    try spool.start()
    #expect(spool.waits { spool.run("stat -c '%a' incoming/first") == "3730" })
    let made = Person.bob.run(
      """
      umask 077; mkdir /tmp/bob-$$ && cd /tmp/bob-$$ && echo '{}' > job
      cp job \(spool.root)/incoming/first/cp.json && ln job \(spool.root)/incoming/first/ln.json &&
      cp job job2 && mv job2 \(spool.root)/incoming/first/mv.json && cd / && rm -r /tmp/bob-$$
      """, in: spool)
    #expect(made != nil)
    for name in ["cp", "ln", "mv"] { #expect(spool.waits(for: "results/first/\(name).json")) }
    #expect(spool.run("stat -c %u results/first/cp.json") == "61001")
  }

  @Test func `spool submit works for who may only drop, and says what it cannot look at`() throws {
    let spool = try spool()
    let program = RunningProgram.path.parentPath + "/spool"
    try spool.start()
    #expect(spool.waits { spool.run("stat -c '%a' incoming/first") == "3730" })
    let id = Person.alice.run("echo '{}' | \(program) submit first", in: spool)
    #expect(id != nil)
    #expect(spool.waits(for: "results/first/\(id ?? "").json"))
    let told = Person.alice.run("echo '{}' | \(program) submit first --id mine 2>&1", in: spool)
    #expect(
      told
        == "spool: unable to look whether mine is taken: where it is, the job becomes mine-2\nmine")
    #expect(spool.waits(for: "results/first/mine.json"))
    #expect(
      Person.alice.run("echo '{}' | \(program) submit first --id mine 2> /dev/null", in: spool)
        == "mine")
    #expect(spool.waits(for: "results/first/mine-2.json"))
  }

  // MARK: every way of a job

  @Test func `success, files, failure, another try, poison and cancelling are a user's as well`()
    throws
  {
    let spool = try spool(
      """
      case $SPOOL_JOB_ID in
        done) echo 1 > $SPOOL_FILES/data; echo 1;;
        failed) echo no >&2; exit 65;;
        again) [ $SPOOL_ATTEMPT = 2 ] && echo 2 || exit 75;;
        poison) kill -9 $$;;
        long) sleep 60;;
      esac
      """)
    try spool.start()
    for id in ["done", "failed", "again", "poison"] {
      try spool.put("{}", at: "incoming/first/\(id).json")
    }
    try spool.put(
      #"{"task":"first","eta":"2999-01-01","kwargs":{}}"#, at: "incoming/first/later.json")
    for name in [
      "results/first/done.json", "results/first/done.files/data", "errors/first/failed.error",
      "results/first/again.json", "errors/first/poison.json", "deferred/first/later.json",
    ] { #expect(spool.waits(for: name), "\(name)") }
    try spool.put("{}", at: "incoming/first/long.json")
    #expect(spool.waits(for: "active/first@1/long/stdout"))
    spool.run("rm active/first@1/long.json")
    #expect(spool.waits { spool.names(in: "active/first@1").isEmpty })
    // A retry by a person goes the same way.
    spool.run("mv errors/first/failed.json incoming/first/")
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.matches(of: #/"id":"failed"/#).count == 2 })
    let owners = spool.run("stat -c %u {results,errors,deferred}/first/*.json | sort -u")
    #expect(owners == "61001")
    let verdicts =
      spool.run("jq -r '[.queue, .id, .verdict] | join(\" \")' log/jobs.jsonl | sort -u") ?? ""
    for line in [
      "first done ok", "first failed bad input", "first poison poison", "first long cancelled",
    ] {
      #expect(verdicts.contains(line), "\(verdicts)")
    }
    #expect(spool.run("stat -c '%u' log/jobs.jsonl") == "0")
    #expect(spool.end() == .exited(0))
    #expect(Person.check(spool) == nil)
  }

  @Test
  func `at the end jobs go back to a queue with a user of its own, and a new start runs them`()
    throws
  {
    let spool = try spool(
      "until [ -e /tmp/go-$(basename $(dirname $SPOOL)) ]; do sleep 0.02; done; echo 1")
    let go = "/tmp/go-\(spool.root.parentPath.lastPathPart)"
    defer { unlink(go) }
    try spool.start()
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "active/first@1/a/stdout"))
    spool.dispatcher?.send(.terminate)
    #expect(spool.waits { spool.messages.contains("stopping") })
    #expect(spool.end(with: .interrupt) == .exited(0))
    #expect(spool.names(in: "incoming/first") == ["a.json"])
    spool.run("touch \(go)")
    try spool.start()
    #expect(spool.waits(for: "results/first/a.json"))
  }

  @Test func `a queue that gets another user, or none, goes on with what it has`() throws {
    let spool = try spool(
      "id -u; if [ $SPOOL_JOB_ID = long ]; then until [ -e go ]; do sleep 0.02; done; fi; [ $SPOOL_JOB_ID$SPOOL_ATTEMPT != later1 ] || exit 75"
    )
    try spool.start()
    try spool.put("{}", at: "incoming/first/later.json")
    #expect(spool.waits(for: "deferred/first/later.try2.json"))
    try spool.put("{}", at: "incoming/first/long.json")
    #expect(spool.waits(for: "active/first@1/long/stdout"))
    for (number, user) in ["user = 61002\n", ""].enumerated() {
      let text = "[defaults]\nworkers = 1\nretry_pause = \"1s\"\n[queues.first]\n\(user)"
      try spool.put(text, at: "spool.toml")
      spool.dispatcher?.send(.hangUp)
      #expect(spool.waits { spool.messages.matches(of: #/again:/#).count == number + 1 })
      if number == 0 {
        try spool.put("{}", at: "incoming/first/waits.json")
        spool.run("touch active/first@1/long/go")
        #expect(spool.waits(for: "results/first/long.json"))
        #expect(spool.read("results/first/long.json") == "61001\n")
        #expect(spool.waits(for: "results/first/waits.json"))
        #expect(spool.waits(for: "results/first/later.json"))
        #expect(spool.read("results/first/waits.json") == "61002\n")
        #expect(spool.read("results/first/later.json") == "61002\n")
      }
    }
    try spool.put("{}", at: "incoming/first/last.json")
    #expect(spool.waits(for: "results/first/last.json"))
    #expect(spool.read("results/first/last.json") == "0\n")
    #expect(spool.end() == .exited(0))
  }

  @Test func `a dispatcher that was killed finds the workers of its queues' users again`() throws {
    let spool = try spool("until [ -e go ]; do sleep 0.02; done; echo 1")
    try spool.start()
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "active/first@1/a/stdout"))
    spool.killDispatcher()
    try spool.start()
    #expect(spool.waits { spool.messages.contains("took over first@1") })
    spool.run("touch active/first@1/a/go")
    #expect(spool.waits(for: "results/first/a.json"))
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.contains(#""id":"a""#) == true })
    #expect(spool.run("jq -r .attempt log/jobs.jsonl") == "1")
  }
}
