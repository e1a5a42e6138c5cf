// SPDX-License-Identifier: MIT

/// How wide the columns of a table are.
struct ColumnWidths {
  /// How wide a column would be, and below what it says nothing any more.
  struct Wish: Hashable {
    let natural: Double
    let least: Double
  }

  let widths: [Double]
  /// Columns that have no place.
  let hidden: Int

  /// - Parameter isFilled: whether columns grow till they fill the room.
  init(_ wishes: [Wish], into room: Double, isFilled: Bool) {
    let shown = Array(wishes.prefix(max(1, Self.fitting(wishes, room))))
    hidden = wishes.count - shown.count
    let sum = shown.reduce(0) { $0 + $1.natural }
    if sum <= room {
      let factor = isFilled && sum > 0 ? room / sum : 1
      widths = shown.map { $0.natural * factor }
    } else {
      let cut = Self.cut(shown, room)
      widths = shown.map { min($0.natural, max($0.least, cut)) }
    }
  }

  private static func fitting(_ wishes: [Wish], _ room: Double) -> Int {
    var used = 0.0
    return wishes.prefix {
      used += $0.least
      return used <= room
    }.count
  }

  /// The width to which the widest columns are cut so that all fit.
  private static func cut(_ wishes: [Wish], _ room: Double) -> Double {
    var (low, high) = (0.0, room)
    // Each step halves what is still unknown: after so many it is less than a pixel.
    for _ in 0..<16 {
      let middle = (low + high) / 2
      let sum = wishes.reduce(0) { $0 + min($1.natural, max($1.least, middle)) }
      if sum > room { high = middle } else { low = middle }
    }
    return low
  }
}
