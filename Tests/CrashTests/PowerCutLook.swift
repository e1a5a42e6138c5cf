// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol

/// The jobs a, b and c of a ``CrashSpool``, as they are seen at one moment: where they stand, and what is in them.
struct PowerCutLook {
  static let ids = ["a", "b", "c"]

  /// By id, such as `active/a.json`; two of them after some crashes.
  let places: [String: [String]]
  /// By place, and by `a.error`, `a.files`, `a.deep` and `a.reason` for what stands beside a job.
  let contents: [String: [UInt8]]

  init(_ crash: CrashSpool) throws {
    var places: [String: [String]] = [:]
    var contents: [String: [UInt8]] = [:]
    for id in Self.ids {
      let found = try crash.places(of: id)
      places[id] = found
      for place in found {
        contents[place] = try crash.sound.files.contents(of: Self.path(of: place, in: crash))
      }
      for (name, place) in Self.companions(of: id) {
        let path = Self.path(of: place, in: crash)
        guard try crash.sound.files.exists(path) else { continue }
        contents["\(id).\(name)"] = try crash.sound.files.contents(of: path)
      }
    }
    self.places = places
    self.contents = contents
  }

  private static func companions(of id: String) -> [String: String] {
    [
      "error": "errors/\(id).error", "reason": "corrupt/\(id).json.reason",
      "files": "results/\(id).files/data.json", "deep": "results/\(id).files/deep/data.json",
    ]
  }

  private static func path(of place: String, in crash: CrashSpool) -> String {
    let (state, name) = place.splitAtFirstSlash
    let folder = state == "active" ? "\(crash.worker)" : "\(crash.queue)"
    return "\(crash.root)/\(state)/\(folder)/\(name)"
  }

  func stands(_ id: String, in state: JobState) -> Bool {
    places[id]?.contains { $0.hasPrefix("\(state.rawValue)/") } == true
  }

  func isJSON(_ name: String) -> Bool {
    contents[name].map { (try? JSONValue(parsing: $0)) != nil } ?? false
  }

  /// What is wrong with a job that has to be there: in one place, or in both of a pair, and whole.
  func complaints(about id: String, orInBoth pair: [JobState] = []) -> [String] {
    let found = places[id] ?? []
    let states = found.map { $0.splitAtFirstSlash.0 }
    guard found.count == 1 || (!pair.isEmpty && states == pair.map(\.rawValue)) else {
      return ["\(id) stands in \(found)"]
    }
    return found.filter { contents[$0] != Self.expected(at: $0) }
      .map { "\($0) holds \(contents[$0]?.count ?? 0) bytes, not its own" }
  }

  private static func expected(at place: String) -> [UInt8] {
    place.hasPrefix("results/") ? CrashSpool.output : CrashSpool.content
  }
}

extension String {
  fileprivate var splitAtFirstSlash: (String, String) {
    let parts = split(separator: "/", maxSplits: 1).map(String.init)
    return (parts[0], parts[1])
  }
}
