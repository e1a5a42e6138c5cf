// SPDX-License-Identifier: MIT

/// The positions of several queries in one order: of times by time, of names as they come.
struct MixedPositions {
  let positions: CartesianData.Positions
  /// By query: where each of its positions stands among all.
  private let places: [[Int]]

  init(_ parts: [CartesianData.Positions]) {
    let numbers = parts.map(Self.numbers)
    if numbers.allSatisfy({ $0 != nil }) {
      let all = Set(numbers.flatMap { $0 ?? [] }).sorted()
      let index = Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
      places = numbers.map { ($0 ?? []).map { index[$0] ?? 0 } }
      if case .values? = parts.first { positions = .values(all) } else { positions = .times(all) }
      return
    }
    let labels = parts.map(Self.labels)
    let all = FormLabels.unique(labels.flatMap(\.self))
    let index = Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
    places = labels.map { $0.map { index[$0] ?? 0 } }
    positions = .labels(all)
  }

  private static func numbers(_ positions: CartesianData.Positions) -> [Double]? {
    switch positions {
    case .times(let places), .values(let places): places
    case .labels: nil
    }
  }

  private static func labels(_ positions: CartesianData.Positions) -> [String] {
    switch positions {
    case .labels(let labels): labels
    case .times(let places): places.map { TimeFormat.detailed.text($0) }
    case .values(let places): places.map { ScriptNumber.text($0) }
    }
  }

  /// The series of one query with a gap wherever only another one has a value.
  func spread(_ series: [CartesianData.Series], of query: Int) -> [CartesianData.Series] {
    series.map { series in
      var values = [Double?](repeating: nil, count: positions.count)
      for (place, value) in zip(places[query], series.values) { values[place] = value }
      return CartesianData.Series(name: series.name, values: values)
    }
  }
}
