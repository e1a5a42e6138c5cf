// SPDX-License-Identifier: MIT

/// A number that is not negative as decimal digits, 0.d1d2d3... times ten to the power of `point`.
///
/// JavaScript rounds what a double exactly is, and halves upwards; the C library rounds halves to even.
struct DecimalDigits {
  private(set) var digits: [UInt8]
  private(set) var point: Int

  /// All digits of the double; nothing for zero.
  init(exactly number: Double) {
    guard number.isFinite, number != 0 else {
      digits = []
      point = 0
      return
    }
    let shift = number.significand.ulpShift
    let whole = UInt64(number.significand * Double(sign: .plus, exponent: shift, significand: 1))
    let power = Int(number.exponent) - shift
    var limbs = Limbs(whole)
    limbs.multiply(by: power < 0 ? 5 : 2, times: abs(power))
    let text = limbs.digits
    point = text.count + min(power, 0)
    digits = text
  }

  /// The fewest digits that read back as the same double.
  init(shortest number: Double) {
    let text = number.description.utf8
    let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
    let exponent = Int(String(decoding: text.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    let all = Array(mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - 48 })
    let leading = all.prefix { $0 == 0 }.count
    digits = Array(all.dropFirst(leading))
    while digits.last == 0 { digits.removeLast() }
    point = digits.isEmpty ? 0 : whole.count + exponent - leading
  }

  /// The power of ten of the first digit.
  var exponent: Int { digits.isEmpty ? 0 : point - 1 }

  /// Exactly so many digits, halves rounded upwards.
  func rounded(toSignificant count: Int) -> DecimalDigits {
    guard !digits.isEmpty else { return zeros(count) }
    var cut = cut(to: count)
    if cut.digits.count > count { cut.digits.removeLast() }
    return cut
  }

  /// So many digits after the point.
  func rounded(toDecimals count: Int) -> DecimalDigits {
    guard !digits.isEmpty, point + count >= 0 else { return DecimalDigits([], point: -count) }
    return cut(to: point + count)
  }

  private init(_ digits: [UInt8], point: Int) {
    self.digits = digits
    self.point = point
  }

  private func zeros(_ count: Int) -> DecimalDigits {
    DecimalDigits([UInt8](repeating: 0, count: count), point: 1)
  }

  private func cut(to count: Int) -> DecimalDigits {
    var kept = Array(digits.prefix(count))
    kept += [UInt8](repeating: 0, count: count - kept.count)
    guard digits.count > count, digits[count] >= 5 else {
      return DecimalDigits(kept, point: point)
    }
    var place = count - 1
    while place >= 0, kept[place] == 9 {
      kept[place] = 0
      place -= 1
    }
    guard place < 0 else {
      kept[place] += 1
      return DecimalDigits(kept, point: point)
    }
    // 9.99 becomes 10.0: one digit more before the point.
    return DecimalDigits([1] + kept, point: point + 1)
  }

  /// The digits as text, of which so many stand after the point.
  func fixed(decimals: Int) -> String {
    let text = String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
    guard point > 0 else {
      guard decimals > 0 else { return "0" }
      let padded = String(repeating: "0", count: min(decimals, -point)) + text
      return "0." + padded.prefix(decimals)
    }
    let whole = text.prefix(point)
    guard decimals > 0 else { return String(whole) }
    return whole + "." + text.dropFirst(point)
  }

  var text: String { String(decoding: digits.map { $0 + 48 }, as: UTF8.self) }
}

extension Double {
  /// By how many bits a significand has to be shifted to be whole.
  fileprivate var ulpShift: Int {
    self == 1 ? 0 : 52 - significandBitPattern.trailingZeroBitCount
  }
}

/// A natural number of any size, in pieces of nine decimal digits, the lowest first.
private struct Limbs {
  private static let base: UInt64 = 1_000_000_000
  private var pieces: [UInt64] = []

  init(_ number: UInt64) {
    var rest = number
    while rest > 0 {
      pieces.append(rest % Self.base)
      rest /= Self.base
    }
  }

  mutating func multiply(by factor: UInt64, times: Int) {
    // Ten fives stay below the base.
    let step = 10
    let power = (0..<step).reduce(UInt64(1)) { product, _ in product * factor }
    for _ in 0..<(times / step) { multiply(by: power) }
    for _ in 0..<(times % step) { multiply(by: factor) }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in pieces.indices {
      let product = pieces[index] * factor + carry
      pieces[index] = product % Self.base
      carry = product / Self.base
    }
    if carry > 0 { pieces.append(carry) }
  }

  var digits: [UInt8] {
    var output: [UInt8] = []
    for piece in pieces.reversed() {
      let text = Array(String(piece).utf8.map { $0 - 48 })
      if !output.isEmpty { output += [UInt8](repeating: 0, count: 9 - text.count) }
      output += text
    }
    return output
  }
}
