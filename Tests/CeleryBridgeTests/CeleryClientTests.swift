// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// An unmodified Celery client whose worker this spool is.
///
/// Needs PyPI; where that is out of reach it says so and proves nothing.
@Suite(.serialized) struct CeleryClientTests {
  private static let tasks = [
    "tests.add": #"jq -c '(.args // []) + [.x, .y | values] | add'"#,
    "tests.echo": "tee $SPOOL_FILES/job; sleep $(jq .sleep+0 $SPOOL_FILES/job)",
    "tests.sum": "jq -c '.args[0] | add'",
    "tests.note": #"jq -c '.args[0]' | tee -a $SPOOL/tmp/notes"#,
    "tests.fail": """
    if jq -e '.args[0] == "plain"' > /dev/null; then echo "it is plain" >&2; exit 65; fi
    echo '{"errors":[{"message":"no such thing","exc_type":"ValueError"}]}'; exit 65
    """,
    "tests.slow": """
    until [ -e $SPOOL/celery/progress ]; do sleep 0.1; done
    echo '{"done": 1, "total": 2}' > progress
    until [ -e $SPOOL/celery/end ]; do sleep 0.1; done
    echo 7
    """,
    "tests.flaky": """
    if [ ! -e $SPOOL/celery/quiet ]; then
      echo '{"errors":[{"message":"it is busy","exc_type":"OSError","exc_message":[16,"busy"]}]}'
      echo busy >&2
      exit 75
    fi
    echo $SPOOL_ATTEMPT
    """,
  ]

  /// The one that Superset 4.1 uses, and the newest.
  private static let versions = ["5.4.0", ""]

  private struct Bench {
    let spool: TestSpool
    let python: String
    let programs: [ChildProcess]
  }

  private func environment(_ version: String) -> String? {
    let name = "celery-\(version.isEmpty ? "newest" : version)"
    let place = "\(RunningProgram.path.parentPath)/\(name)"
    let needs = version.isEmpty ? "celery" : "celery==\(version)"
    let shell = Shell(directory: "/tmp", patience: 300)
    let install = """
      [ -e \(place)/ready ] || { python3 -m venv \(place) && timeout 200 \(place)/bin/pip install -q \
      --retries 1 --disable-pip-version-check \(needs) && touch \(place)/ready; }
      """
    guard shell.run(install) != nil else {
      print("SKIPPED: Celery \(version) could not be had from PyPI")
      return nil
    }
    return "\(place)/bin/python"
  }

  private func bench(_ version: String, _ settings: String = "") throws -> Bench? {
    guard let python = environment(version) else { return nil }
    let spool = try TestSpool(
      Self.tasks,
      configuration: """
        [celery]
        messages = "celery/messages"
        results = "celery/results"
        \(settings)

        [queues."tests.flaky"]
        retry_pause = 1
        """)
    spool.run("mkdir -p celery/messages celery/results celery/control")
    try spool.start()
    let bridge = try spool.start(program: "spool-celery")
    return Bench(spool: spool, python: python, programs: [bridge])
  }

  private func run(_ scenarios: String, in bench: Bench) throws -> [String: JSONValue] {
    let script = #filePath.parentPath + "/client/client.py"
    let output = bench.spool.run(
      "cd celery; \(bench.python) '\(script)' $PWD \(scenarios) 2> ../tmp/complaints")
    if output == nil { print(bench.spool.read("tmp/complaints") ?? "", bench.spool.messages) }
    var seen: [String: JSONValue] = [:]
    for line in try #require(output).split(separator: "\n") {
      for (name, value) in try JSONValue(parsing: line.utf8).objectValue ?? [:] {
        seen[name] = value
      }
    }
    return seen
  }

  @Test(arguments: versions)
  func `results come back as from a worker of Celery's`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("delay keywords priority ignored", in: bench)
    #expect(seen["delay"] == ["value": 5, "state": "SUCCESS", "successful": true])
    #expect(seen["keywords"] == [42, ["text": "Zoë ☃", "number": 1.5]])
    #expect(seen["priority"] == 3)
    #expect(seen["ignored"] == "nothing")
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test(arguments: versions)
  func `options that Celery does not know become arguments, where settings name them`(
    _ version: String
  ) throws {
    guard let bench = try bench(version) else { return }
    #expect(
      try run("options", in: bench)["options"] == [
        ["retention_period_days": 30], ["retention_period_days": 7],
      ])
    guard let other = try self.bench(version, #"options = ["other_option"]"#) else { return }
    #expect(
      try run("options", in: other)["options"] == [
        ["other_option": 1], ["retention_period_days": 7, "other_option": 1],
      ])
  }

  @Test(arguments: versions)
  func `times mean what they mean in Celery`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("countdown expires", in: bench)
    #expect(seen["countdown"] == true)
    #expect(seen["expires"]?.arrayValue?.first == "REVOKED")
  }

  @Test(arguments: versions)
  func `what is revoked ends, whether it waits or runs`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    #expect(
      try run("revoke", in: bench)["revoke"] == [
        ["REVOKED", "revoked"], ["REVOKED", "terminated"],
      ])
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
  }

  @Test(arguments: versions)
  func `failures are raised where the result is asked for`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("failure", in: bench)
    #expect(
      seen["failure"] == [
        ["ValueError", "no such thing", "FAILURE", true],
        ["TaskError", "it is plain", "FAILURE", true],
      ])
  }

  @Test(arguments: versions)
  func `what follows a task follows it`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run(
      "chains immutable groups chords chord_in_chain chord_failure chain_failure links unknown",
      in: bench)
    #expect(seen["chains"]?.arrayValue?.prefix(3) == [113, 13, 3])
    #expect(seen["immutable"] == 10)
    #expect(seen["groups"] == 198)
    #expect(seen["chords"] == 90)
    #expect(seen["chord_in_chain"] == 1034)
    #expect(seen["chord_failure"] == ["ChordError", true])
    #expect(seen["chain_failure"] == ["ValueError", "no such thing"])
    #expect(seen["unknown"] == ["NotRegistered", "'tests.nowhere'"])
    #expect(
      bench.spool.waits {
        Set((bench.spool.read("tmp/notes") ?? "").split(separator: "\n")) == ["3", "\"failed\""]
      })
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test(arguments: versions)
  func `one task for each item of a list, one after another`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("maps map_failure map_revoked", in: bench)
    #expect(
      seen["maps"] == [
        [3, 3], [3, 7], [[0, 2, 4], [6, 8, 10], [12, 14, 16], [18]], [], 10, [[3, 7], [11]],
        [[3, 7], [11]],
      ])
    #expect(seen["map_failure"] == ["ValueError", "no such thing", "FAILURE"])
    #expect(seen["map_revoked"] == ["REVOKED", "revoked"])
    #expect(
      bench.spool.waits { (bench.spool.read("tmp/notes") ?? "").contains("\"mapped\"") })
    // The item after the one that failed was not tried.
    #expect(
      bench.spool.names(in: "errors/tests.fail").sorted() == [
        "mapped.call1.error", "mapped.call1.json",
      ])
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
  }

  /// With Celery's own backend of files it waits for ever; with those that count, as Redis, it goes on.
  @Test(arguments: versions)
  func `a chord goes on after parts whose results nobody wants`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    #expect(try run("chord_ignoring", in: bench)["chord_ignoring"] == 10)
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test(arguments: versions)
  func `a client sees what runs, how far it is, and that it is tried again`(
    _ version: String
  ) throws {
    guard let bench = try bench(version, "track_started = true") else { return }
    let seen = try run("states retry counted", in: bench)
    #expect(
      seen["states"] == [
        ["STARTED", ["hostname", "pid"]], ["PROGRESS", ["done": 1, "total": 2]], ["SUCCESS", 7],
      ])
    #expect(seen["retry"]?.arrayValue?.prefix(4) == ["RETRY", "OSError", [16, "busy"], true])
    #expect(seen["retry"]?.arrayValue?.last?.integerValue.map { $0 > 1 } == true)
    #expect(seen["counted"] == 3)
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test(arguments: versions)
  func `what waits can be purged, what runs goes on`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("purge", in: bench)["purge"]?.arrayValue ?? []
    #expect(seen.first == true)
    #expect(seen.count == 3 && seen[1] == ["sleep": 3])
    #expect(seen.last == .array(Array(repeating: "PENDING", count: 6)))
    #expect(bench.spool.waits { bench.spool.names(in: "deferred/tests.add").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
    #expect(try run("delay", in: bench)["delay"]?["value"] == 5)
  }

  @Test(arguments: versions)
  func `who asks what is going on is answered as by a worker of Celery's`(
    _ version: String
  ) throws {
    guard let bench = try bench(version) else { return }
    let seen = try run("inspect", in: bench)["inspect"]
    #expect(
      seen?["active"] == [true, "tests.echo", [], ["sleep": 600], true, true, 7, true])
    #expect(seen?["scheduled"] == [true, [1, 2], .null])
    #expect(seen?["reserved"] == [])
    #expect(seen?["registered"] == true)
    #expect(seen?["queues"] == ["celery"])
    #expect(seen?["places"] == ["active", "scheduled", 2])
    #expect(seen?["elsewhere"] == .null)
    #expect(seen?["unknown"] == ["error"])
    #expect(seen?["revoke"] == ["ok"])
    #expect(seen?["revoked"] == true)
    #expect(seen?["state"] == "REVOKED")
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
  }

  /// Superset's own images ask so whether a worker is well.
  @Test(arguments: versions)
  func `celery inspect ping finds it under the machine's name`(_ version: String) throws {
    guard let bench = try bench(version) else { return }
    bench.spool.run(
      """
      cat > celery/celeryconfig.py << EOF
      broker_url = 'filesystem://'
      broker_transport_options = {'data_folder_in': '$PWD/celery/messages',
        'data_folder_out': '$PWD/celery/messages', 'control_folder': '$PWD/celery/control'}
      EOF
      """)
    let celery = "cd celery; \(bench.python.parentPath)/celery"
    let ping = "inspect --timeout 5 ping -d celery@"
    let answer = bench.spool.run("\(celery) \(ping)\(RunningProgram.hostName)")
    #expect(answer?.contains("pong") == true)
    #expect(bench.spool.run("\(celery) \(ping)elsewhere || echo $?")?.contains("69") == true)
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
  }

  @Test func `old results go when a client's beat says so`() throws {
    guard let bench = try bench("", #"result_expires = "1h""#) else { return }
    bench.spool.run(
      """
      cd celery/results; echo '{}' > other; echo '{}' > celery-task-meta-old
      echo '{}' > celery-taskset-meta-old; touch -d '-2 hours' *
      """)
    _ = try run("cleanup", in: bench)
    #expect(bench.spool.waits { bench.spool.names(in: "celery/results").count == 2 })
    #expect(bench.spool.names(in: "celery/results").contains("other"))
    #expect(bench.spool.waits { bench.spool.names(in: "celery/messages").isEmpty })
  }

  @Test func `many messages arrive once each`() throws {
    guard let bench = try bench("") else { return }
    #expect(try run("many", in: bench)["many"] == .integer((0..<200).map { 2 * $0 }.reduce(0, +)))
  }
}
