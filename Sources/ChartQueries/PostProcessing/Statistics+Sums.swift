// SPDX-License-Identifier: MIT

/// Sums whose last digits are those of pandas, which does not add everything up in the same way.
extension Statistics {
  /// As it adds up groups: what each step rounds away is carried to the next.
  static func compensatedSum(_ numbers: some Sequence<Double>) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for number in numbers {
      let corrected = number - lost
      let next = sum + corrected
      lost = next - sum - corrected
      if !lost.isFinite { lost = 0 }
      sum = next
    }
    return sum
  }

  /// As numpy adds up a whole column: eight sums side by side, halves of what is longer than 128.
  static func pairwiseSum(_ numbers: ArraySlice<Double>) -> Double {
    guard numbers.count >= 8 else { return numbers.reduce(0, +) }
    guard numbers.count <= 128 else {
      let half = numbers.count / 2 / 8 * 8
      return pairwiseSum(numbers.prefix(half)) + pairwiseSum(numbers.dropFirst(half))
    }
    let start = numbers.startIndex
    var sums = Array(numbers.prefix(8))
    let full = numbers.count / 8 * 8
    for offset in stride(from: 8, to: full, by: 8) {
      for place in 0..<8 { sums[place] += numbers[start + offset + place] }
    }
    let sum =
      ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return numbers.dropFirst(full).reduce(sum, +)
  }
}
