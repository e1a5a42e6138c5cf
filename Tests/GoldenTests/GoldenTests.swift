// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetMetadata
import Testing

/// Every recorded request, answered by us, against what a real Superset answered.
struct GoldenTests {
  @Test func `every recorded request gets Superset's own answer`() throws {
    let recording = try Recording.shared.get()
    #expect(recording.cases.count == 289)
    var passed = 0
    for golden in recording.cases {
      let differences = try GoldenComparison(golden, recording).differences()
      let reason = recording.later[golden.name]
      if reason == nil {
        #expect(differences == [], "\(golden.name)")
        passed += 1
      } else {
        #expect(differences != [], "\(golden.name) passes now: take it off the list")
      }
    }
    print("\(passed) of \(recording.cases.count) recorded cases pass")
  }

  @Test func `every further recorded request gets Superset's own answer`() throws {
    let recording = try Recording.shared.get()
    #expect(!recording.furtherCases.isEmpty)
    for golden in recording.furtherCases {
      #expect(try GoldenComparison(golden, recording).differences() == [], "\(golden.name)")
    }
  }

  @Test func `the list of what is missing names only recorded cases`() throws {
    let recording = try Recording.shared.get()
    let names = Set(recording.cases.map(\.name))
    for (name, reason) in recording.later {
      #expect(names.contains(name))
      #expect(!reason.isEmpty, "\(name) needs a reason")
    }
  }
}
