// SPDX-License-Identifier: MIT

/// The axis along which values stand: of times, of numbers, or of names.
struct PositionAxis {
  struct Tick {
    let share: Double
    let label: String
    var isMajor = false
  }

  let positions: CartesianData.Positions
  /// Names and bars have a band of their own, points of times begin at the edge.
  let isBanded: Bool
  private let low: Double
  private let high: Double
  private let numbers: NiceScale?

  init(_ positions: CartesianData.Positions, isBanded: Bool) {
    self.positions = positions
    switch positions {
    case .labels:
      (low, high, numbers, self.isBanded) = (0, 1, nil, true)
    case .times(let places):
      let (first, last) = (places.min() ?? 0, places.max() ?? 1)
      // A bar reaches half a band beyond its place.
      let room = isBanded ? Self.gap(places) / 2 : 0
      (low, high, numbers, self.isBanded) = (first - room, last + room, nil, isBanded)
    case .values(let places):
      let scale = NiceScale(places.min() ?? 0, places.max() ?? 1, splits: 8, isZeroed: false)
      (low, high, numbers, self.isBanded) = (scale.low, scale.high, scale, isBanded)
    }
  }

  /// The smallest distance between two neighbours.
  private static func gap(_ places: [Double]) -> Double {
    let sorted = places.sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 0 }
    return gaps.min() ?? 86_400_000
  }

  func share(_ index: Int) -> Double {
    switch positions {
    case .labels(let labels): (Double(index) + 0.5) / Double(max(1, labels.count))
    case .times(let places), .values(let places): share(at: places[index])
    }
  }

  func share(at place: Double) -> Double {
    guard high > low else { return 0.5 }
    return (place - low) / (high - low)
  }

  /// The part of the axis that belongs to one position.
  var band: Double {
    switch positions {
    case .labels(let labels): 1 / Double(max(1, labels.count))
    case .times(let places), .values(let places):
      high > low ? min(1, Self.gap(places) / (high - low)) : 0.5
    }
  }

  func ticks(length: Double, time: TimeFormat?, number: NumberText) -> [Tick] {
    switch positions {
    case .labels(let labels):
      return labels.enumerated().map { Tick(share: share($0.offset), label: $0.element) }
    case .values:
      return (numbers?.ticks ?? []).map { Tick(share: share(at: $0), label: number.text($0)) }
    case .times(let places):
      guard high > low else {
        return places.prefix(1).map {
          Tick(share: 0.5, label: (time ?? .detailed).text($0))
        }
      }
      // ECharts wants six marks; narrow charts have room for fewer.
      let count = max(2, min(6, Int(length / 55)))
      return TimeTicks(from: low, to: high, about: count, format: time).ticks.map {
        Tick(share: share(at: $0.milliseconds), label: $0.label, isMajor: $0.isMajor)
      }
    }
  }
}
