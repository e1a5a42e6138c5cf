// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SystemCalls
import Testing

/// What spool.toml may say and what spool.toml(5) says.
struct SettingsPageTests {
  private static let project = #filePath.parentPath.parentPath.parentPath

  private func text(_ path: String) throws -> String {
    String(decoding: try SystemFiles().contents(of: "\(Self.project)/\(path)"), as: UTF8.self)
  }

  /// The keys that the programs accept: the lists of `refuseKeys(besides:)`, what the tasks ask for, and what is pruned.
  private func accepted() throws -> Set<String> {
    var keys = Set(PruneSettings.ages.map(\.name))
    for room in ["SpoolConfiguration", "SupersetConfiguration"] {
      for name in try SystemFiles().names(in: "\(Self.project)/Sources/\(room)") {
        let code = try text("Sources/\(room)/\(name)")
        for list in code.matches(of: #/besides: \[([^\]]*)\]/#) {
          keys.formUnion(list.1.matches(of: #/"([a-z_]+)"/#).map { String($0.1) })
        }
        keys.formUnion(
          code.matches(of: #/section\.[a-zA-Z]+\("([a-z_]+)"[,)]/#).map { String($0.1) })
      }
    }
    return keys
  }

  /// The words of `.It Li`, and the tables that the page names.
  private func described() throws -> Set<String> {
    let page = try text("man/spool.toml.5")
    let items = page.matches(of: #/(?m)^\.It Li (.*)$/#).flatMap { match in
      match.1.split(separator: " ").map(String.init).filter { $0 != "," }
    }
    return Set(items + page.matches(of: #/\[([a-z]+)/#).map { String($0.1) })
  }

  @Test func `every setting is described, and no other`() throws {
    let accepted = try accepted()
    #expect(accepted.count > 20)
    let difference = try described().symmetricDifference(accepted).sorted()
    #expect(difference == [], "\(difference)")
  }

  @Test func `the example is accepted`() throws {
    let page = try text("man/spool.toml.5")
    let match = try #require(page.firstMatch(of: #/(?s)\.Bd -literal -offset indent\n(.*?)\.Ed/#))
    let settings = try SpoolSettings(toml: String(match.1), path: "/spool.toml")
    #expect(settings["cache_chart_thumbnail"].isResident)
    #expect(settings["cache_chart_thumbnail"].user == "spool-browser")
    #expect(settings["load_chart_data_into_cache"].weight == 2)
  }
}
