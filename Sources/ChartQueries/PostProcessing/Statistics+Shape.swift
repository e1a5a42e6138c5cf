// SPDX-License-Identifier: MIT

/// How a sample leans and how heavy its tails are, without bias, as pandas computes it; nil where it has too few numbers.
extension Statistics {
  static func skewness(_ numbers: [Double]) -> Double? {
    let count = Double(numbers.count)
    guard count >= 3 else { return nil }
    if numbers.allSatisfy({ $0 == numbers[0] }) { return 0 }
    guard let moments = moments(numbers) else { return nil }
    return (count * (count - 1)).squareRoot() / (count - 2) * moments.third
      / (moments.second * moments.second.squareRoot())
  }

  static func kurtosis(_ numbers: [Double]) -> Double? {
    let count = Double(numbers.count)
    guard count >= 4 else { return nil }
    if numbers.allSatisfy({ $0 == numbers[0] }) { return -3 }
    guard let moments = moments(numbers) else { return nil }
    let tails = (count * count - 1) * moments.fourth / (moments.second * moments.second)
    return (tails - 3 * (count - 1) * (count - 1)) / ((count - 2) * (count - 3))
  }

  /// Central moments; nil where there is no spread.
  private static func moments(
    _ numbers: [Double]
  ) -> (second: Double, third: Double, fourth: Double)? {
    guard let mean = mean(numbers) else { return nil }
    let count = Double(numbers.count)
    let distances = numbers.map { $0 - mean }
    let second = sum(distances.map { $0 * $0 }) / count
    guard second > 1e-14 else { return nil }
    let third = sum(distances.map { $0 * $0 * $0 }) / count
    let fourth = sum(distances.map { $0 * $0 * $0 * $0 }) / count
    return (second, third, fourth)
  }
}
