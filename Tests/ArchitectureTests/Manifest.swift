// SPDX-License-Identifier: MIT

/// Package.swift as the table that it is: rooms in their order, each with its arrows.
struct Manifest {
  struct Room: CustomStringConvertible {
    let name: String
    /// Where its sources lie, relative to the project.
    let directory: String
    /// The modules that it may import, ours and others'.
    let arrows: [String]
    let isProgram: Bool

    var description: String { name }
  }

  let rooms: [Room]

  static func read() throws -> Manifest {
    // Test targets stand last and may import what they like.
    let text = try Project.text(of: "Package.swift")
    let table = text[(text.firstRange(of: "\n  targets: [")?.upperBound ?? text.startIndex)...]
    let calls =
      #/(library|program|target|executableTarget|systemLibrary)\(\s*(?:name: )?"([^"]+)"(?:, in: "([^"]+)")?(?:,\s*\[([^\]]*)\])?/#
    return Manifest(
      rooms: table.matches(of: calls).map { match in
        let (_, kind, name, folder, arrows) = match.output
        let directory = folder.map { "Sources/\($0)/\(name)" } ?? "Sources/\(name)"
        return Room(
          name: String(name), directory: directory, arrows: modules(arrows ?? ""),
          isProgram: kind == "program" || kind == "executableTarget")
      })
  }

  /// `"SystemCalls", toml, collections("HeapModule")`: names in quotes, and constants for products of other packages.
  private static func modules(_ list: Substring) -> [String] {
    let products = [
      "toml": "TOMLKit", "argumentParser": "ArgumentParser",
      "orderedCollections": "OrderedCollections",
    ]
    return list.split(separator: ",").map { item in
      let item = String(item.filter { !$0.isWhitespace })
      if let quoted = item.firstMatch(of: #/"([^"]+)"/#) { return String(quoted.1) }
      return products[item] ?? item
    }.filter { !$0.isEmpty }
  }

  subscript(name: String) -> Room? { rooms.first { $0.name == name } }

  /// Every room of ours that can be reached from this one.
  func reach(of name: String) -> Set<String> {
    var reached: Set<String> = []
    var next = [name]
    while let room = next.popLast() {
      for arrow in self[room]?.arrows ?? [] where reached.insert(arrow).inserted {
        next.append(arrow)
      }
    }
    return reached
  }
}
