// SPDX-License-Identifier: MIT

/// Where the lowest layer of a stream begins, so that thick layers stay level and thin ones sway around them.
enum StreamBaseline {
  /// After Byron and Wattenberg; as in Superset the lowest layer, and the one right below, count for no other one.
  static func values(_ series: [CartesianData.Series], _ count: Int) -> [Double] {
    var place = 0.0
    return (0..<count).map { index in
      let change = change(series, at: index)
      // Where there is nothing there is no slope either; Superset's streams end there.
      if change.isFinite { place -= change }
      return place
    }
  }

  /// By how much the middles of all layers rise from the position before, the thick ones most.
  private static func change(_ series: [CartesianData.Series], at index: Int) -> Double {
    var (weighted, sum, below) = (0.0, 0.0, 0.0)
    for (layer, values) in series.map(\.values).enumerated() {
      if layer > 2 { below += rise(series[layer - 2].values, index) }
      let value = values[index] ?? 0
      weighted += (rise(values, index) / 2 + below) * value
      sum += value
    }
    return weighted / sum
  }

  private static func rise(_ values: [Double?], _ index: Int) -> Double {
    (values[index] ?? 0) - (index > 0 ? values[index - 1] ?? 0 : 0)
  }
}
