// SPDX-License-Identifier: MIT
import Glibc

/// The axis of values: even, or by powers of ten.
enum ValueScale {
  case even(NiceScale)
  /// From one power of ten to another.
  case powers(low: Int, high: Int)

  /// What is not above zero has no place between powers of ten.
  init(of values: some Sequence<Double>, isLogarithmic: Bool, isZeroed: Bool, splits: Int = 5) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      (low, high) = (min(low, value), max(high, value))
    }
    guard low <= high else {
      self = .even(NiceScale(0, 1, splits: splits))
      return
    }
    if isLogarithmic {
      let bottom = Int(floor(log10(low)))
      self = .powers(low: bottom, high: max(bottom + 1, Int(ceil(log10(high)))))
    } else {
      self = .even(NiceScale(low, high, splits: splits, isZeroed: isZeroed))
    }
  }

  mutating func bound(low: Double?, high: Double?) {
    guard case .even(var scale) = self else { return }
    scale.bound(low: low, high: high)
    self = .even(scale)
  }

  /// The same number of steps as another axis, so that both share their lines; where both begin at zero.
  func aligned(with other: ValueScale?) -> ValueScale {
    guard case .even(var own) = self, case .even(let other)? = other, other.low == 0, own.low == 0
    else { return self }
    own.widen(to: Int((other.high / other.step).rounded()))
    return .even(own)
  }

  var ticks: [Double] {
    switch self {
    case .even(let scale): return scale.ticks
    case .powers(let low, let high):
      let step = max(1, (high - low + 9) / 10)
      return stride(from: low, through: high, by: step).map { pow(10, Double($0)) }
    }
  }

  /// 0 at the bottom, 1 at the top, and nothing beyond it; nil for what has no place.
  func share(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch self {
    case .even(let scale): return max(0, min(1, scale.share(value)))
    case .powers(let low, let high):
      guard value > 0 else { return nil }
      return max(0, min(1, (log10(value) - Double(low)) / Double(high - low)))
    }
  }

  /// Where bars begin.
  var base: Double {
    switch self {
    case .even(let scale): max(0, min(1, scale.share(0)))
    case .powers: 0
    }
  }
}
