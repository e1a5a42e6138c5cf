// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// A server that tests talk to, in a process of its own that ends with the last reference.
package final class TestServer {
  /// Where it keeps what it is given.
  package let directory: TemporaryDirectory
  package let port: Int
  private let input: OpenFile
  private let child: ChildProcess

  /// - Parameter script: of Python: prints its port, and ends with its standard input.
  package init(
    script: String, _ arguments: [String] = [], python: String = "/usr/bin/python3"
  ) throws {
    directory = try TemporaryDirectory("server")
    let (given, told) = (try PipeEnds(), try PipeEnds())
    var plan = ChildPlan(
      python, ["-B", script, directory.path] + arguments,
      environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"])
    plan.descriptors = [given.reading, told.writing, try OpenFile.standardError()]
    child = try ChildProcess.start(plan)
    input = given.writing
    let line = String(decoding: try told.reading.readSome(100), as: UTF8.self)
    guard let port = Int(line.filter(\.isNumber)) else { throw ServerError.noPort(line) }
    self.port = port
  }

  deinit {
    child.send(.kill)
    while child.reap() == nil {
      _ = DescriptorPoll.ready([.init(child.pidfd.descriptor)], within: .seconds(1))
    }
  }

  /// What it has kept, line by line.
  package func kept(_ name: String) throws -> [JSONValue] {
    guard try SystemFiles().exists("\(directory.path)/\(name)") else { return [] }
    return try directory.read(name).split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
  }

  enum ServerError: Error { case noPort(String) }
}
