// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

/// Web pages for browsers, from a process of its own that ends with the last reference.
final class PageServer {
  let directory: TemporaryDirectory
  private let input: OpenFile
  private let child: ChildProcess
  private let ports: [String]

  init() throws {
    directory = try TemporaryDirectory("pages")
    let script = "\(#filePath.parentPath)/server/page_server.py"
    let (given, told) = (try PipeEnds(), try PipeEnds())
    var plan = ChildPlan(
      "/usr/bin/python3", ["-B", script, "\(directory.path)/requests"],
      environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"])
    plan.descriptors = [given.reading, told.writing, try OpenFile.standardError()]
    child = try ChildProcess.start(plan)
    input = given.writing
    let line = String(decoding: try told.reading.readSome(100), as: UTF8.self)
    ports = line.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    guard ports.count == 2 else { throw ServerError.noPorts(line) }
  }

  deinit {
    child.send(.kill)
    while child.reap() == nil {
      _ = DescriptorPoll.ready([.init(child.pidfd.descriptor)], within: .seconds(1))
    }
  }

  var origin: String { "http://127.0.0.1:\(ports[0])" }
  /// Another origin with the same pages.
  var otherOrigin: String { "http://127.0.0.1:\(ports[1])" }

  /// Port, path and cookies of every request so far.
  var requests: [String] {
    ((try? directory.read("requests")) ?? "").split(separator: "\n").map(String.init)
  }

  func wasAsked(for path: String) -> Bool { requests.contains { $0.contains(" \(path)") } }

  enum ServerError: Error { case noPorts(String) }
}
