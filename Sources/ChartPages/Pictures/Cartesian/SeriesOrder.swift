// SPDX-License-Identifier: MIT

/// By what series are ordered.
enum SeriesOrder {
  static func key(_ series: CartesianData.Series, _ kind: String) -> Double {
    let values = series.values.compactMap(\.self)
    switch kind {
    case "min": return values.min() ?? 0
    case "max": return values.max() ?? 0
    case "avg": return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    default: return values.reduce(0, +)
    }
  }
}
