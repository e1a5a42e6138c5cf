// SPDX-License-Identifier: MIT

/// SplitMix64: the same numbers everywhere and for ever, which no system generator promises.
struct SampleRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// At least 0, below 1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func number(below limit: Int) -> Int { Int(fraction() * Double(limit)) }

  mutating func isRare(_ share: Double) -> Bool { fraction() < share }

  mutating func choice<Element>(_ elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  /// Sixteen bytes, as Superset's `uuid` columns hold them in SQLite.
  mutating func uuid() -> [UInt8] {
    (0..<2).flatMap { _ in
      let half = next()
      return (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64($0 * 8)) }
    }
  }
}
