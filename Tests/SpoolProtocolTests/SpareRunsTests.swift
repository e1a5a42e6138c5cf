// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

/// What a worker does with the directories of ended runs.
struct SpareRunsTests {
  private let directory: TemporaryDirectory
  private let spool: Spool
  private let worker: WorkerName
  private let memory: WorkerMemory

  init() throws {
    directory = try TemporaryDirectory("spares")
    spool = Spool(root: directory.path)
    let queue = try #require(QueueName("noop"))
    memory = WorkerMemory(spool.files)
    worker = WorkerName(queue: queue, number: 1)
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    try spool.files.makeDirectories(spool.layout.directory(of: .results, queue))
  }

  /// Runs a job to its end; returns the inode of its run's directory.
  @discardableResult
  private func run(_ id: String, _ task: (Run) throws -> Void = { _ in }) throws -> UInt64 {
    let job = try #require(JobName(fileName: "\(id).json"))
    try directory.write("{}", to: "active/\(worker)/\(job)")
    let run = try spool.begin(job, of: worker, from: memory.spares)
    #expect(try run.log.status().size == 0)
    let inode = try #require(try spool.files.status(of: run.directory)).inode
    try spool.files.write(Array("null".utf8), to: run.output)
    try task(run)
    try spool.finish([job], of: worker, remembering: memory)
    #expect(try !spool.files.exists(run.directory))
    return inode
  }

  @Test func `the directory of a run that left nothing serves the next one`() throws {
    let first = try run("a")
    #expect(try run("b") == first)
    #expect(try spool.files.names(in: spool.layout.folder(of: worker)) == [".run2"])
  }

  @Test func `spares are swept like the runs of a dead worker`() throws {
    try run("a")
    try spool.sweep(worker)
    #expect(try spool.files.names(in: spool.layout.folder(of: worker)) == [])
    // And a worker that misses one makes a new one.
    try run("b")
  }

  @Test(arguments: [
    "log", "file", "result file", "hidden file", "linked log", "log made a FIFO", "mode",
    "files gone",
  ])
  func `a run in which a task left or changed something is not used again`(_ trace: String) throws {
    try run("a") { run in
      let log = "\(run.directory)/stderr"
      switch trace {
      case "log": try run.log.write(Array("done\n".utf8))
      case "file": try directory.write("x", to: "active/\(worker)/a/core")
      case "result file": try directory.write("x", to: "active/\(worker)/a/files/data.json")
      case "hidden file": try directory.write("x", to: "active/\(worker)/a/.cache")
      case "linked log": try spool.files.link(log, to: "\(directory.path)/kept")
      case "log made a FIFO":
        try spool.files.unlink(log)
        #expect(mkfifo(log, 0o600) == 0)
      case "mode": #expect(chmod(run.filesDirectory, 0o500) == 0)
      default: try spool.files.removeDirectory(run.filesDirectory)
      }
    }
    #expect(try spool.files.names(in: spool.layout.folder(of: worker)) == [])
    try run("b")
  }
}
