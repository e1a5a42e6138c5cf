// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// What the programs tell a service manager; the manager is a socket of the test's own.
@Suite struct ServiceTests {
  /// Writes down each datagram, a line each.
  private static let manager = """
    import socket, sys
    here = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    name = sys.argv[1]
    here.bind('\\0' + name[1:] if name[0] == '@' else name)
    out = open(sys.argv[2] + '/tmp/told', 'a')
    print('listening', file=out, flush=True)
    while True: print(here.recv(4096).decode().replace('\\n', ' '), file=out, flush=True)
    """

  private func listen(_ spool: TestSpool, at name: String) throws {
    try spool.put(Self.manager, at: "tmp/manager.py")
    spool.run("python3 tmp/manager.py '\(name)' $PWD > /dev/null 2>&1 &")
    try #require(spool.waits { told(spool) == ["listening"] })
  }

  private func told(_ spool: TestSpool) -> [String] {
    spool.read("tmp/told")?.split(separator: "\n").map(String.init) ?? []
  }

  /// What matters of it, in order: no status, no sign of life.
  private func turns(_ spool: TestSpool) -> [String] {
    told(spool).dropFirst().filter { !$0.hasPrefix("STATUS=") && $0 != "WATCHDOG=1" }
  }

  @Test(arguments: ["notify", "@"])
  func `spoold tells that it is ready, reads its settings again, lives and stops`(
    _ kind: String
  ) throws {
    let spool = try TestSpool(["echo": "env > $SPOOL/tmp/environment; exec cat"])
    let socket = kind == "@" ? "@\(spool.root)" : "\(spool.root)/tmp/notify"
    try listen(spool, at: socket)
    try spool.start(limits: "export NOTIFY_SOCKET='\(socket)' WATCHDOG_USEC=100000;")
    #expect(spool.waits { turns(spool) == ["READY=1"] })
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.waits { told(spool).count { $0 == "WATCHDOG=1" } >= 3 })
    #expect(
      spool.waits { told(spool).contains { $0.hasPrefix("STATUS=") && $0.hasSuffix(" workers") } })
    // A task is no part of the service's conversation.
    let environment = try #require(spool.read("tmp/environment"))
    #expect(!environment.contains("NOTIFY") && !environment.contains("WATCHDOG"))
    for text in ["[defaults]\nworkers = 3\n", "nonsense"] {
      let before = turns(spool).count
      try spool.put(text, at: "spool.toml")
      spool.dispatcher?.send(.hangUp)
      #expect(spool.waits { turns(spool).count == before + 2 })
      let last = turns(spool).suffix(2)
      #expect(last.first?.wholeMatch(of: #/RELOADING=1 MONOTONIC_USEC=[1-9][0-9]*/#) != nil)
      #expect(last.last == "READY=1")
    }
    #expect(spool.end() == .exited(0))
    #expect(spool.waits { turns(spool).last == "STOPPING=1" })
    #expect(turns(spool).count == 6)
  }

  @Test(arguments: [
    "", "export NOTIFY_SOCKET=/nonexistent WATCHDOG_USEC=1000;",
    "export NOTIFY_SOCKET= WATCHDOG_USEC=x;", "export NOTIFY_SOCKET=$(printf %0200d 0);",
  ])
  func `without a manager that listens everything works`(_ preparation: String) throws {
    let spool = try TestSpool()
    try spool.start(limits: preparation)
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.end() == .exited(0))
    #expect(spool.messages.split(separator: "\n").count == 1)
  }

  @Test func `signs of life that are meant for another process are not given`() throws {
    let spool = try TestSpool()
    try listen(spool, at: "\(spool.root)/tmp/notify")
    try spool.start(
      limits: "export NOTIFY_SOCKET='\(spool.root)/tmp/notify' WATCHDOG_USEC=1000 WATCHDOG_PID=1;")
    #expect(spool.waits { turns(spool) == ["READY=1"] })
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(!told(spool).contains("WATCHDOG=1"))
  }

  @Test func `spool-cache is ready when what was there has been announced`() throws {
    let spool = try TestSpool()
    let metadata = #"{"channel_id": "c", "job_id": "1", "user_id": 1}"#
    spool.run("mkdir -p results/echo")
    try spool.put(#"{"job_metadata": \#(metadata)}"#, at: "results/echo/a.json")
    try listen(spool, at: "\(spool.root)/tmp/notify")
    let program = RunningProgram.path.parentPath + "/spool-cache"
    spool.run(
      "NOTIFY_SOCKET=$PWD/tmp/notify WATCHDOG_USEC=100000 \(program) $PWD > /dev/null 2>&1 & echo $! > tmp/pid"
    )
    #expect(spool.waits { turns(spool) == ["READY=1"] })
    #expect(spool.exists("events/c.jsonl"))
    #expect(spool.waits { told(spool).count { $0 == "WATCHDOG=1" } >= 3 })
    spool.run("kill $(cat tmp/pid)")
    #expect(spool.waits { turns(spool) == ["READY=1", "STOPPING=1"] })
  }

  @Test func `spool-cron tells that it is ready, reads its crontab again and stops`() throws {
    let spool = try TestSpool()
    try spool.put("0 0 1 1 * echo\n", at: "crontab")
    try listen(spool, at: "\(spool.root)/tmp/notify")
    let program = RunningProgram.path.parentPath + "/spool-cron"
    spool.run(
      "NOTIFY_SOCKET=$PWD/tmp/notify WATCHDOG_USEC=100000 \(program) $PWD > /dev/null 2>&1 & echo $! > tmp/pid"
    )
    #expect(spool.waits { turns(spool) == ["READY=1"] })
    spool.run("kill -HUP $(cat tmp/pid)")
    #expect(spool.waits { turns(spool).count == 3 })
    #expect(
      turns(spool)[1].hasPrefix("RELOADING=1 MONOTONIC_USEC=") && turns(spool)[2] == "READY=1")
    #expect(spool.waits { told(spool).count { $0 == "WATCHDOG=1" } >= 3 })
    spool.run("kill $(cat tmp/pid)")
    #expect(spool.waits { turns(spool).last == "STOPPING=1" })
  }
}
