// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

struct TemplateTests {
  /// The empty spool that stands in the project and is installed.
  private static let project =
    #filePath.parentPath.parentPath.parentPath + "/spool"

  @Test func `the project's spool is what init makes`() throws {
    let directory = try TemporaryDirectory("template")
    try Spool(root: directory.path).initialize(queues: [])
    let made = try Self.files(below: directory.path)
    #expect(made.count > 10)
    #expect(try Self.files(below: Self.project) == made)
  }

  private static func files(below directory: String) throws -> [String: String] {
    let system = SystemFiles()
    var found: [String: String] = [:]
    for name in try system.names(in: directory) {
      let path = "\(directory)/\(name)"
      if try system.status(of: path)?.kind == .directory {
        for (inner, text) in try files(below: path) { found["\(name)/\(inner)"] = text }
      } else {
        found[name] = String(decoding: try system.contents(of: path), as: UTF8.self)
      }
    }
    return found
  }
}
