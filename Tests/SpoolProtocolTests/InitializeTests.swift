// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

struct InitializeTests {
  private let files = SystemFiles()

  /// Every file below a directory with its content.
  private func contents(of directory: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try files.names(in: directory) {
      let path = "\(directory)/\(name)"
      if try files.status(of: path)?.kind == .directory {
        for (inner, text) in try contents(of: path) { found["\(name)/\(inner)"] = text }
      } else {
        found[name] = String(decoding: try files.contents(of: path), as: UTF8.self)
      }
    }
    return found
  }

  @Test func `the empty spool that is installed is what spool init makes`() throws {
    let directory = try TemporaryDirectory("init")
    try Spool(root: "\(directory.path)/spool").initialize(queues: [])
    let project = #filePath.parentPath.parentPath.parentPath
    #expect(try contents(of: "\(directory.path)/spool") == contents(of: "\(project)/spool"))
  }

  @Test func `a second time changes nothing`() throws {
    let directory = try TemporaryDirectory("init")
    let spool = Spool(root: directory.path)
    let queue = try #require(QueueName("noop"))
    try spool.initialize(queues: [queue])
    try directory.write("mine", to: "spool.toml")
    try spool.initialize(queues: [queue], metadataURL: "sqlite:///other.db")
    #expect(try directory.read("spool.toml") == "mine")
    #expect(try spool.queues() == [queue])
  }
}
