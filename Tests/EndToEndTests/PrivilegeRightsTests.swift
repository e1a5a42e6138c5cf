// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// What it takes to run queues as other users, and what is told of unsafe modes.
@Suite(.enabled(if: Person.isRoot, "SKIPPED: only root can run queues as other users"))
struct PrivilegeRightsTests {
  @Test func `who is not root is told that it cannot run a queue as another user`() throws {
    let spool = try Self.spool()
    let program = RunningProgram.path.parentPath + "/spoold"
    spool.run("chown -R 61001 . && chmod 600 spool.toml")
    let told = Person.first.run("\(program) --bin $BIN $PWD 2>&1; [ $? = 78 ]", in: spool)
    #expect(told?.contains("'queues.second.user' is not the user that spoold runs as") == true)
    // The user itself is no other one.
    spool.run("sed -i '/second/,/drop/d; /drop_group/d' spool.toml")
    let ran = Person.first.run(
      """
      \(program) --bin $BIN $PWD > /dev/null 2>&1 & echo '{}' > incoming/first/a.json
      until [ -e results/first/a.json ]; do sleep 0.05; done; kill $!; wait
      """, in: spool)
    #expect(ran != nil && spool.read("results/first/a.json") == "{}\n")
  }

  @Test(arguments: [
    (
      "user = \"nobody-of-this-name\"",
      "'queues.first.user' is not a user of /etc/passwd or a number"
    ),
    ("group = 5", "'queues.first.group' is not of use without a user"),
    ("user = true", "'queues.first.user' is not a name or a number of a user"),
    ("drop_group = \"no-such-group\"", "'queues.first.drop_group' is not a group of /etc/group"),
  ])
  func `a wrong account is refused at the start and at a reload`(_ line: String, _ reason: String)
    throws
  {
    let spool = try TestSpool(["first": "exec cat"], configuration: "[queues.first]\n\(line)\n")
    try spool.start()
    #expect(spool.dispatcherEnd() == .exited(78))
    #expect(spool.messages.contains(reason), "\(spool.messages)")
    try spool.put("", at: "spool.toml")
    try spool.start()
    #expect(spool.waits(for: "deferred/first"))
    try spool.put("[queues.first]\n\(line)\n", at: "spool.toml")
    spool.dispatcher?.send(.hangUp)
    #expect(spool.waits { spool.messages.contains("the settings before stay") })
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/first/a.json"))
  }

  @Test func `who has a part of root's rights can do it, and hands none of them on`() throws {
    let task =
      "echo \"[$(id -u), \\\"$(grep -h 'Cap[EA]' /proc/self/status | tr -d '\\n\\t')\\\"]\""
    let spool = try Self.spool(
      "echo x > $SPOOL_FILES/x; echo '{\"cache\":[{\"key\":\"k\",\"file\":\"x\"}]}'", task)
    spool.run("chown -R 61050 .; chmod 640 spool.toml")
    func becoming(_ capabilities: [String]) -> [String] {
      let list = capabilities.map { "+\($0)" }.joined(separator: ",")
      return [
        "setpriv", "--reuid=61050", "--regid=61050", "--clear-groups",
        "--bounding-set=-all,\(list)",
        "--inh-caps=-all,\(list)", "--ambient-caps=-all,\(list)",
      ]
    }
    try spool.start(
      under: becoming(
        ["setuid", "setgid", "chown", "dac_override", "fowner", "kill", "lease", "fsetid"]))
    #expect(spool.waits { spool.run("stat -c '%u %a' incoming/first") == "61001 3730" })
    #expect(Person.alice.run("umask 077; echo '{}' > incoming/first/a.json", in: spool) != nil)
    for queue in ["second", "plain"] { try spool.put("{}", at: "incoming/\(queue)/a.json") }
    for (queue, user) in [("second", 61_002), ("plain", 61_050)] {
      #expect(spool.waits(for: "results/\(queue)/a.json"), "\(spool.messages)")
      let none = String(repeating: "0", count: 16)
      #expect(
        spool.read("results/\(queue)/a.json") == "[\(user), \"CapEff:\(none)CapAmb:\(none)\"]\n")
    }
    #expect(spool.waits(for: "results/first/a.json"))
    let cache = (["timeout", "3"] + becoming(["dac_read_search", "fowner"])).joined(separator: " ")
    spool.run("\(cache) \(RunningProgram.path.parentPath)/spool-cache $PWD; true")
    #expect(spool.run("find cache -name k -path 'cache/??/*' -printf '%u'") == "61001")
    #expect(spool.end() == .exited(0))
    #expect(spool.run("stat -c %u log/jobs.jsonl") == "61050")
  }

  @Test func `spool check tells of unsafe modes`() throws {
    let spool = try Self.spool()
    try spool.start()
    #expect(spool.waits { spool.run("stat -c '%a' incoming/first") == "3730" })
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/first/a.json"))
    #expect(Person.check(spool)?.contains("spool.toml") != true)
    spool.run(
      "mkdir .celery; chmod 644 spool.toml; chmod 755 .celery active/first@1 results/second log; chmod 777 incoming/plain errors; chmod 2730 incoming/first"
    )
    let told = Person.check(spool) ?? ""
    for line in [
      "spool.toml: holds a password and can be read by everybody",
      "active/first@1: is another user's and open to more users",
      "results/second: can be looked into by the users of all queues",
      "log: can be looked into", ".celery: can be looked into",
      "incoming/plain: can be written by everybody",
      "errors: can be written by everybody", "incoming/first: has no sticky bit",
    ] { #expect(told.contains(line), "\(line) in \(told)") }
  }

  /// Two queues of two users, and one of the spool's own.
  private static func spool(_ first: String = "exec cat", _ others: String = "exec cat") throws
    -> TestSpool
  {
    try TestSpool(
      ["first": first, "second": others, "plain": others],
      configuration: PrivilegeTests.configuration)
  }
}
