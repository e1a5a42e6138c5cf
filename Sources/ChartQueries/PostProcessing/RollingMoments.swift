// SPDX-License-Identifier: MIT

/// Sum, mean and variance of a window that moves over numbers, digit by digit as pandas has them: each step takes some
/// numbers out and puts others in, and what it rounds away is carried on.
struct RollingMoments {
  private(set) var count = 0
  private var sum = 0.0
  private var lostAdding = 0.0
  private var lostRemoving = 0.0
  private var negatives = 0
  private var spread = Spread()
  private var previous = 0.0
  /// So many of the last numbers are equal: then nothing needs to be computed.
  private var equals = 0

  mutating func add(_ number: Double) {
    count += 1
    sum = Self.adding(number, to: sum, &lostAdding)
    if number < 0 { negatives += 1 }
    equals = equals > 0 && number == previous ? equals + 1 : 1
    previous = number
    spread.add(number, count)
  }

  mutating func remove(_ number: Double) {
    count -= 1
    sum = Self.adding(-number, to: sum, &lostRemoving)
    if number < 0 { negatives -= 1 }
    spread.remove(number, count)
  }

  var total: Double { count > 0 && equals >= count ? previous * Double(count) : sum }

  var mean: Double? {
    guard count > 0 else { return nil }
    guard equals < count else { return previous }
    let mean = sum / Double(count)
    let isRounding = negatives == 0 && mean < 0 || negatives == count && mean > 0
    return isRounding ? 0 : mean
  }

  /// Of a sample.
  var variance: Double? {
    guard count > 1 else { return nil }
    return equals >= count ? 0 : max(0, spread.squares / Double(count - 1))
  }

  private static func adding(_ number: Double, to sum: Double, _ lost: inout Double) -> Double {
    let corrected = number - lost
    let next = sum + corrected
    lost = next - sum - corrected
    return next
  }

  /// Welford's sum of squared distances from the mean.
  private struct Spread {
    private var mean = 0.0
    private(set) var squares = 0.0
    private var lostAdding = 0.0
    private var lostRemoving = 0.0

    mutating func add(_ number: Double, _ count: Int) {
      let before = mean - lostAdding
      mean += distance(of: number, &lostAdding) / Double(count)
      squares += (number - before) * (number - mean)
    }

    mutating func remove(_ number: Double, _ count: Int) {
      guard count > 0 else {
        (mean, squares) = (0, 0)
        return
      }
      let before = mean - lostRemoving
      mean -= distance(of: number, &lostRemoving) / Double(count)
      squares -= (number - before) * (number - mean)
    }

    private func distance(of number: Double, _ lost: inout Double) -> Double {
      let corrected = number - lost
      let distance = corrected - mean
      lost = distance + mean - corrected
      return distance
    }
  }
}
