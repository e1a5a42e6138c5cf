// SPDX-License-Identifier: MIT
import Testing

@testable import SpoolProtocol

struct WorkerFolderTests {
  @Test func `a job whose run stands beside it was begun, whatever its attempt`() {
    let folder = WorkerFolder(names: [
      "41.json", "42.json", "42", "43.try2.json", "43", ".lock", ".run7", "44",
    ])
    #expect(Set(folder.jobs.map(\.fileName)) == ["41.json", "42.json", "43.try2.json"])
    #expect(Set(folder.begun.map(\.fileName)) == ["42.json", "43.try2.json"])
  }
}
