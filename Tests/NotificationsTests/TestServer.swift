// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls

/// A server of server/, in a process of its own that ends with the last reference.
final class TestServer {
  let directory: TemporaryDirectory
  let port: Int
  private let input: OpenFile
  private let child: ChildProcess

  init(_ script: String, _ arguments: [String] = [], python: String = "/usr/bin/python3") throws {
    directory = try TemporaryDirectory("server")
    let (given, told) = (try PipeEnds(), try PipeEnds())
    var plan = ChildPlan(
      python, ["-B", "\(#filePath.parentPath)/server/\(script)", directory.path] + arguments,
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
  func kept(_ name: String) throws -> [JSONValue] {
    guard try SystemFiles().exists("\(directory.path)/\(name)") else { return [] }
    return try directory.read(name).split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
  }

  enum ServerError: Error { case noPort(String) }
}

/// Python with packages from PyPI; nil, said aloud, where these cannot be had.
enum TestPython {
  static func path() -> String? {
    let place = "\(RunningProgram.path.parentPath)/notifications"
    let install = """
      exec 9>\(place).lock; flock 9; [ -e \(place)/ready ] || { python3 -m venv \(place) && \
      timeout 200 \(place)/bin/pip install -q --retries 1 --disable-pip-version-check \
      aiosmtpd==1.4.6 nh3==0.3.8 && touch \(place)/ready; }
      """
    guard Shell(directory: "/tmp", patience: 300).run(install) != nil else {
      print("SKIPPED: aiosmtpd and nh3 could not be had from PyPI")
      return nil
    }
    return "\(place)/bin/python"
  }
}
