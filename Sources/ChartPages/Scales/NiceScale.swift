// SPDX-License-Identifier: MIT
import Glibc

/// Values between two round numbers, as the axes of ECharts have them.
struct NiceScale {
  /// More marks than this are never wanted, whatever the numbers are.
  private static let mostTicks = 40

  private(set) var low: Double
  private(set) var high: Double
  private(set) var step: Double

  /// - Parameter isZeroed: whether the axis also shows zero.
  init(_ low: Double, _ high: Double, splits: Int = 5, isZeroed: Bool = true) {
    var (low, high) = Self.tamed(low, high)
    if isZeroed { (low, high) = (min(low, 0), max(high, 0)) }
    if low == high {
      // A single value is in the middle, zero at the bottom.
      let room = low == 0 ? 1 : abs(low)
      high += room
      if low != 0 { low -= room }
    }
    step = Self.round((high - low) / Double(max(1, splits)))
    self.low = (low / step).rounded(.down) * step
    self.high = (high / step).rounded(.up) * step
  }

  /// Bounds that somebody has set stay as they are.
  mutating func bound(low: Double?, high: Double?) {
    let (newLow, newHigh) = (low ?? self.low, high ?? self.high)
    guard newLow.isFinite, newHigh.isFinite, newLow < newHigh, newHigh - newLow < 1e300 else {
      return
    }
    (self.low, self.high) = (newLow, newHigh)
  }

  /// From zero on, so many steps.
  mutating func widen(to count: Int) {
    guard low == 0, (1...Self.mostTicks).contains(count) else { return }
    while step * Double(count) < high * (1 - 1e-9), step < 1e300 {
      // From 1, 2, 3 or 5 to what comes after it.
      step = Self.round(step * 1.6)
    }
    high = step * Double(count)
  }

  private static func tamed(_ low: Double, _ high: Double) -> (Double, Double) {
    guard low.isFinite, high.isFinite, low <= high else { return (0, 1) }
    return (max(low, -1e300), min(high, 1e300))
  }

  /// 1, 2, 3, 5 or 10 times a power of ten, whichever is nearest.
  static func round(_ step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    let power = pow(10, floor(log10(step)))
    guard power > 0 else { return step }
    let fraction = step / power
    let nice: Double =
      fraction < 1.5 ? 1 : fraction < 2.5 ? 2 : fraction < 4 ? 3 : fraction < 7 ? 5 : 10
    return nice * power
  }

  /// The marks, each as near to its decimal number as can be.
  var ticks: [Double] {
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard first.isFinite, last.isFinite, last - first <= Double(Self.mostTicks) else {
      return [low, high]
    }
    let power = pow(10, floor(log10(step)) - 1)
    return stride(from: first, through: last, by: 1).map { index in
      let value = index * step
      guard power > 1e-15, power < 1e15 else { return value }
      return power < 1
        ? (value * (1 / power).rounded()).rounded() / (1 / power).rounded()
        : (value / power).rounded() * power
    }
  }

  /// 0 at the bottom, 1 at the top.
  func share(_ value: Double) -> Double { (value - low) / (high - low) }
}
