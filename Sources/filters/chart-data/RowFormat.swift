// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks

/// The forms in which rows are printed; several queries come one after the other.
enum RowFormat: String {
  case json, jsonl, csv

  init(_ name: String?) throws(ChartTaskError) {
    guard let format = RowFormat(rawValue: name ?? "json") else {
      throw .unsupported("the format '\(name ?? "")'")
    }
    self = format
  }

  var layout: RowLayout {
    switch self {
    case .json: .array
    case .jsonl: .lines
    case .csv: .plainCSV
    }
  }
}
