// SPDX-License-Identifier: MIT

/// How wide the columns of a table are.
struct ColumnWidths {
  /// Below this nothing can be read; columns that would be narrower are left out.
  private static let narrowest = 56.0

  let widths: [Double]
  /// Columns that have no place.
  let hidden: Int

  /// - Parameter isFilled: whether columns grow till they fill the room.
  init(natural: [Double], into room: Double, isFilled: Bool) {
    var shown = natural
    let fitting = max(1, Int(room / Self.narrowest))
    if shown.count > fitting, shown.reduce(0, +) > room {
      // Narrow ones may fit in greater number.
      shown = Array(shown.prefix(max(fitting, Self.count(of: natural, in: room))))
    }
    hidden = natural.count - shown.count
    let sum = shown.reduce(0, +)
    if sum <= room {
      let factor = isFilled && sum > 0 ? room / sum : 1
      widths = shown.map { $0 * factor }
    } else {
      let limit = Self.limit(shown, room)
      widths = shown.map { min($0, limit) }
    }
  }

  private static func count(of natural: [Double], in room: Double) -> Int {
    var used = 0.0
    return natural.prefix {
      used += $0
      return used <= room
    }.count
  }

  /// The width to which the widest columns are cut so that all fit.
  private static func limit(_ widths: [Double], _ room: Double) -> Double {
    var rest = room
    let sorted = widths.sorted()
    for (index, width) in sorted.enumerated() {
      let share = rest / Double(sorted.count - index)
      if width > share { return share }
      rest -= width
    }
    return room
  }
}
