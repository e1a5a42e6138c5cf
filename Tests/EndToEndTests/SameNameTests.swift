// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// A second job is dropped under the name of one that has not ended.
@Suite struct SameNameTests {
  /// Answers with what it was given; `first` waits for tmp/go and leaves a process behind that holds the job's lock.
  private static let task = """
    read -r job
    if [[ $job == *first* && $SPOOL_ATTEMPT = 1 ]]; then
      setsid sleep 1000 &
      touch $SPOOL/tmp/left
      until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done
    fi
    echo "$job"
    """

  @Test func `a dead worker's job keeps its id while what it left behind still has to die`() throws
  {
    let spool = try TestSpool(["task": Self.task])
    try spool.start()
    try spool.put(#"{"job":"first"}"#, at: "incoming/task/41.json")
    #expect(spool.waits(for: "tmp/left"))
    // A second worker, free when the first one dies.
    try spool.put("{}", at: "incoming/task/other.json")
    #expect(spool.waits(for: "results/task/other.json"))
    let worker = try #require(
      spool.processes(running: "spool-worker").first { pid in
        spool.run("tr '\\0' ' ' < /proc/\(pid)/cmdline")?.contains("task@1") == true
      })
    // spoold sees both at once: the death, and a drop of the same name.
    let dispatcher = try #require(spool.dispatcher?.pid)
    spool.run("kill -STOP \(dispatcher)")
    try spool.put(#"{"job":"second"}"#, at: "incoming/task/41.json")
    spool.run("kill -9 \(worker); kill -CONT \(dispatcher)")
    #expect(spool.waitsUntilEmpty())
    #expect(spool.read("results/task/41.json")?.contains("first") == true)
    #expect(spool.read("results/task/41-2.json")?.contains("second") == true)
  }

  @Test func `a job that is dropped under the name of a running one that was removed runs`() throws
  {
    let spool = try TestSpool(
      ["task": "read -r job; [[ $job == *first* ]] && exec sleep 1000; echo \"$job\""],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put(#"{"job":"first"}"#, at: "incoming/task/41.json")
    #expect(spool.waits(for: "active/task@1/41/stdout"))
    // Another worker's byte lets spoold see that there is room, before the worker sees that its job is gone.
    spool.run("rm active/task@1/41.json")
    try spool.put(#"{"job":"second"}"#, at: "incoming/task/41.json")
    spool.run("printf ! > .trigger")
    #expect(spool.waits(for: "results/task/41.json"))
    #expect(spool.read("results/task/41.json")?.contains("second") == true)
  }
}
