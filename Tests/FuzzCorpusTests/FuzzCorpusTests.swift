// SPDX-License-Identifier: MIT
import FuzzChecks
import SystemCalls
import Testing

/// What the fuzzers begin with, and what they have found, holds for good; `make fuzz` looks for more.
@Suite struct FuzzCorpusTests {
  private static let corpus = #filePath.parentPath.parentPath.parentPath + "/fuzz/corpus"

  private func complaints(_ name: String, _ check: ([UInt8]) -> String?) throws -> [String] {
    let directory = "\(Self.corpus)/\(name)"
    let names = try SystemFiles().names(in: directory).sorted()
    #expect(names.count >= 10)
    return try names.compactMap { name in
      try check(SystemFiles().contents(of: "\(directory)/\(name)")).map { "\(name): \($0)" }
    }
  }

  @Test func `jobs of the corpus are read the same by everybody`() throws {
    #expect(try complaints("job", JobCheck.complaint) == [])
  }

  @Test func `settings of the corpus are refused with a reason, or can be reckoned with`() throws {
    #expect(try complaints("settings", SettingsCheck.complaint) == [])
  }
}
