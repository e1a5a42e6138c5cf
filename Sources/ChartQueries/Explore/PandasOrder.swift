// SPDX-License-Identifier: MIT

/// The order in which pandas' `sort_values` leaves numbers: of equal ones, that of numpy's quicksort, which is none of its
/// own but always the same.
enum PandasOrder {
  static func order(of numbers: [Double], ascending: Bool) -> [Int] {
    guard !ascending else { return Array(NumpyQuicksort(numbers).order) }
    // Sorted from behind and turned around, so that a stable sort would stay one.
    let last = numbers.count - 1
    return NumpyQuicksort(numbers.reversed()).order.reversed().map { last - $0 }
  }
}

/// numpy's argsort: median of three, and insertion for what is short.
private struct NumpyQuicksort {
  /// Longer parts are divided.
  private static let longest = 16

  private let numbers: [Double]
  private(set) var order: [Int]

  init(_ numbers: [Double]) {
    self.numbers = numbers
    order = Array(numbers.indices)
    if numbers.count > 1 { sort(0, numbers.count - 1) }
  }

  private mutating func sort(_ first: Int, _ last: Int) {
    var (low, high) = (first, last)
    while high - low > Self.longest {
      let middle = divide(low, high)
      if middle - low < high - middle {
        sort(low, middle - 1)
        low = middle + 1
      } else {
        sort(middle + 1, high)
        high = middle - 1
      }
    }
    insert(low, high)
  }

  private func isLess(_ left: Int, _ right: Int) -> Bool {
    numbers[order[left]] < numbers[order[right]]
  }

  private mutating func divide(_ low: Int, _ high: Int) -> Int {
    let middle = low + (high - low) / 2
    if isLess(middle, low) { order.swapAt(middle, low) }
    if isLess(high, middle) { order.swapAt(high, middle) }
    if isLess(middle, low) { order.swapAt(middle, low) }
    let pivot = numbers[order[middle]]
    var (left, right) = (low, high - 1)
    order.swapAt(middle, right)
    while true {
      repeat { left += 1 } while numbers[order[left]] < pivot
      repeat { right -= 1 } while pivot < numbers[order[right]]
      if left >= right { break }
      order.swapAt(left, right)
    }
    order.swapAt(left, high - 1)
    return left
  }

  private mutating func insert(_ low: Int, _ high: Int) {
    guard low < high else { return }
    for place in low + 1...high {
      let moved = order[place]
      var free = place
      while free > low, numbers[moved] < numbers[order[free - 1]] {
        order[free] = order[free - 1]
        free -= 1
      }
      order[free] = moved
    }
  }
}
