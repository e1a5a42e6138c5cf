// SPDX-License-Identifier: MIT

/// Numbers that are the same for the same seed (SplitMix64), and what is chosen by them.
struct RandomChoices: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True so many times of a hundred.
  mutating func isTrue(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  mutating func some<Element>(of elements: [Element], _ counts: ClosedRange<Int>) -> [Element] {
    Array(elements.shuffled(using: &self).prefix(Int.random(in: counts, using: &self)))
  }
}
