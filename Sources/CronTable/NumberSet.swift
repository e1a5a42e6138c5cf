// SPDX-License-Identifier: MIT

/// Numbers from 0 to 63, in one word.
struct NumberSet: Hashable, Sendable {
  private(set) var bits: UInt64

  init(_ numbers: some Sequence<Int> = []) {
    bits = numbers.reduce(0) { $0 | 1 << UInt64($1) }
  }

  var isEmpty: Bool { bits == 0 }
  var first: Int? { first(from: 0) }
  var last: Int? { last(to: 63) }

  func contains(_ number: Int) -> Bool { bits & (1 << UInt64(number)) != 0 }

  mutating func insert(_ number: Int) { bits |= 1 << UInt64(number) }

  mutating func formUnion(_ other: NumberSet) { bits |= other.bits }

  func isSuperset(of other: NumberSet) -> Bool { bits & other.bits == other.bits }

  /// The smallest that is not below this.
  func first(from number: Int) -> Int? {
    let rest = number > 63 ? 0 : bits & (UInt64.max << UInt64(max(0, number)))
    return rest == 0 ? nil : rest.trailingZeroBitCount
  }

  /// The largest that is not above this.
  func last(to number: Int) -> Int? {
    guard number >= 0 else { return nil }
    let rest = bits & (UInt64.max >> UInt64(63 - min(63, number)))
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }
}
