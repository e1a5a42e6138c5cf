// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

extension TestServer {
  /// A server of server/.
  convenience init(
    _ name: String, _ arguments: [String] = [], python: String = "/usr/bin/python3"
  ) throws {
    try self.init(script: "\(#filePath.parentPath)/server/\(name)", arguments, python: python)
  }
}
