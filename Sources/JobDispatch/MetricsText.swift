// SPDX-License-Identifier: MIT

/// Builds a text in the exposition format of Prometheus, version 0.0.4: families of samples, each with HELP and TYPE.
struct MetricsText {
  enum Kind: String { case counter, gauge, histogram }

  /// Every name begins so.
  static let prefix = "superset_spool_"

  private(set) var text = ""
  private var family = ""

  /// Begins a family; its samples follow. The help is one line.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    family = Self.prefix + name
    text += "# HELP \(family) \(help)\n# TYPE \(family) \(kind.rawValue)\n"
  }

  /// - Parameter suffix: what a part of a histogram is called.
  mutating func sample(
    _ labels: [(name: String, value: String)], _ value: Double, suffix: String = ""
  ) {
    let inner = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    let shown = Int(exactly: value).map(String.init) ?? "\(value)"
    text += "\(family)\(suffix)\(labels.isEmpty ? "" : "{\(inner)}") \(shown)\n"
  }

  mutating func sample(_ labels: [(name: String, value: String)], _ count: Int) {
    sample(labels, Double(count))
  }

  mutating func histogram(_ labels: [(name: String, value: String)], _ histogram: SecondsHistogram)
  {
    var sum = 0
    for (limit, count) in zip(SecondsHistogram.limits, histogram.counts) {
      sum += count
      sample(labels + [("le", "\(limit)")], Double(sum), suffix: "_bucket")
    }
    sample(labels + [("le", "+Inf")], Double(histogram.total), suffix: "_bucket")
    sample(labels, histogram.seconds, suffix: "_sum")
    sample(labels, Double(histogram.total), suffix: "_count")
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(character)
      }
    }.joined()
  }
}

/// How long attempts took, from a spawned no-op to the default time limit.
struct SecondsHistogram: Hashable {
  static let limits: [Double] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600,
  ]

  /// Not cumulated; what is above the last limit is in the total alone.
  private(set) var counts = Array(repeating: 0, count: limits.count)
  private(set) var total = 0
  private(set) var seconds = 0.0

  mutating func note(_ value: Double) {
    if let column = Self.limits.firstIndex(where: { value <= $0 }) { counts[column] += 1 }
    total += 1
    seconds += value
  }
}
