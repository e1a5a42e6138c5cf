// SPDX-License-Identifier: MIT

/// Rows or columns beside each other whose labels begin in the same way.
struct PivotTotalGroup {
  /// How many parts of the labels are the same.
  let level: Int
  let range: Range<Int>

  /// All in one group, then those with the same first part, and so on, down to the last level but
  /// one.
  static func all(of labels: [[Cell]]) -> [PivotTotalGroup] {
    let levels = labels.first?.count ?? 0
    return (0..<levels).flatMap { level in
      var groups: [PivotTotalGroup] = []
      var start = 0
      for end in 1...labels.count
      where end == labels.count || labels[end].prefix(level) != labels[start].prefix(level) {
        groups.append(PivotTotalGroup(level: level, range: start..<end))
        start = end
      }
      return groups
    }
  }

  /// What the total of the group is called.
  ///
  /// - Parameters:
  ///   - name: of what adds up all.
  ///   - padding: what stands in each level behind a name.
  func label(of labels: [[Cell]], _ name: Cell, _ padding: [Cell]) -> [Cell] {
    labels[range.lowerBound].prefix(level) + [level == 0 ? name : .text("Subtotal")]
      + padding.dropFirst(level + 1)
  }

  /// The narrowest group's total stands next to what it adds up, that of all at the end.
  static func inserting<Element>(
    _ totals: [(group: PivotTotalGroup, element: Element)], behind elements: [Element]
  ) -> [Element] {
    var ends: [Int: [Element]] = [:]
    for (group, element) in totals.reversed() {
      ends[group.range.upperBound, default: []].append(element)
    }
    return elements.enumerated().flatMap { place, element in
      [element] + (ends[place + 1] ?? [])
    }
  }
}
