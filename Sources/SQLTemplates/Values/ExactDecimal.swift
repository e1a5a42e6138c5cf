// SPDX-License-Identifier: MIT

/// Decimal digits of a float, rounded from its exact value, ties to even; what C's printf does.
struct ExactDecimal {
  /// Digits in base 2^32, the lowest first.
  private var limbs: [UInt32]

  /// A float as a whole number of units of 10^-places.
  ///
  /// - Parameter places: digits behind the point that are kept; negative ones are dropped before it.
  static func digits(of number: Double, places: Int) -> String {
    let magnitude = number.magnitude
    var value = ExactDecimal(limbs: [])
    value.add(magnitude.significandInteger)
    for _ in 0..<max(0, places) { value.multiply(by: 10) }
    let shift = magnitude.unitExponent
    var divisor = ExactDecimal(limbs: [1])
    for _ in 0..<max(0, -places) { divisor.multiply(by: 10) }
    if shift >= 0 { value.shiftLeft(shift) } else { divisor.shiftLeft(-shift) }
    return value.quotient(roundedBy: divisor).decimal
  }

  private mutating func add(_ number: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: number), UInt32(number >> 32)]
    trim()
  }

  private mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      carry += UInt64(limbs[index]) * UInt64(factor)
      limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  private mutating func shiftLeft(_ bits: Int) {
    guard bits > 0, !limbs.isEmpty else { return }
    let small = UInt32(bits % 32)
    multiply(by: 1 << small)
    limbs.insert(contentsOf: repeatElement(0, count: bits / 32), at: 0)
  }

  private mutating func shiftRight() {
    var carry: UInt32 = 0
    for index in limbs.indices.reversed() {
      let next = limbs[index] & 1
      limbs[index] = limbs[index] >> 1 | carry << 31
      carry = next
    }
    trim()
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }

  private static func isLess(_ left: ExactDecimal, _ right: ExactDecimal) -> Bool {
    guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
    for (one, other) in zip(left.limbs.reversed(), right.limbs.reversed()) where one != other {
      return one < other
    }
    return false
  }

  private mutating func subtract(_ other: ExactDecimal) {
    var borrow: Int64 = 0
    for index in limbs.indices {
      var digit = Int64(limbs[index]) - borrow
      if index < other.limbs.count { digit -= Int64(other.limbs[index]) }
      borrow = digit < 0 ? 1 : 0
      limbs[index] = UInt32(truncatingIfNeeded: digit)
    }
    trim()
  }

  private var bitCount: Int {
    limbs.last.map { limbs.count * 32 - $0.leadingZeroBitCount } ?? 0
  }

  /// Bit by bit: numbers are short, at most some two thousand bits.
  private func quotient(roundedBy divisor: ExactDecimal) -> ExactDecimal {
    var rest = self
    var result = ExactDecimal(limbs: [])
    let steps = max(0, bitCount - divisor.bitCount)
    var scaled = divisor
    scaled.shiftLeft(steps)
    for _ in 0...steps {
      result.shiftLeft(1)
      if !Self.isLess(rest, scaled) {
        rest.subtract(scaled)
        result.increment()
      }
      scaled.shiftRight()
    }
    rest.shiftLeft(1)
    let isOdd = (result.limbs.first ?? 0) & 1 == 1
    let isTie = rest.limbs == divisor.limbs
    if isTie ? isOdd : Self.isLess(divisor, rest) { result.increment() }
    return result
  }

  private mutating func increment() {
    for index in limbs.indices {
      limbs[index] &+= 1
      if limbs[index] != 0 { return }
    }
    limbs.append(1)
  }

  private var decimal: String {
    var rest = self
    var groups: [String] = []
    while !rest.limbs.isEmpty {
      var remainder: UInt64 = 0
      for index in rest.limbs.indices.reversed() {
        remainder = remainder << 32 | UInt64(rest.limbs[index])
        rest.limbs[index] = UInt32(remainder / 1_000_000_000)
        remainder %= 1_000_000_000
      }
      rest.trim()
      groups.append(String(remainder))
    }
    guard let first = groups.popLast() else { return "0" }
    return groups.reversed().reduce(first) { text, group in
      text + String(repeating: "0", count: 9 - group.count) + group
    }
  }
}

extension Double {
  /// With ``unitExponent``: the number is significandInteger * 2^unitExponent.
  fileprivate var significandInteger: UInt64 {
    isNormal ? significandBitPattern | 1 << 52 : significandBitPattern
  }

  fileprivate var unitExponent: Int { Int(max(exponentBitPattern, 1)) - 1075 }

  /// Rounded to digits behind the point, or before it, as Python's `round` does.
  func rounded(toPlaces places: Int) -> Double {
    // Beyond these no digit is left, or none is dropped.
    guard isFinite, places < 324 else { return self }
    guard places > -309 else { return self * 0 }
    let digits = ExactDecimal.digits(of: self, places: places)
    let value = Double("\(digits)e\(-places)") ?? self
    return sign == .minus ? -value : value
  }
}
