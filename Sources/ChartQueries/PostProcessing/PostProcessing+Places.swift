// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Operations on places on earth.
extension PostProcessing {
  static func decodeGeohash(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let cells = try column("geohash", of: table, options)
    var places: [(latitude: Double, longitude: Double)] = []
    for cell in cells {
      guard case .text(let text) = cell else {
        throw .breaksOff(reason: "a geohash is no text: \(cell.text)")
      }
      guard let place = Geohash.place(text) else {
        throw .postProcessing(reason: "Invalid geohash string")
      }
      places.append(place)
    }
    return try table.with([
      (options.text("latitude"), places.map { .real($0.latitude) }),
      (options.text("longitude"), places.map { .real($0.longitude) }),
    ])
  }

  /// Superset leaves the coordinates there a second time, unless the result is called `geohash`.
  static func encodeGeohash(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let latitudes = try column("latitude", of: table, options)
    let longitudes = try column("longitude", of: table, options)
    var texts: [Cell] = []
    for (latitude, longitude) in zip(latitudes, longitudes) {
      guard let latitude = latitude.number, let longitude = longitude.number else {
        throw latitude.isNull || longitude.isNull
          ? .postProcessing(reason: "Invalid longitude/latitude")
          : .breaksOff(reason: "a coordinate is no number")
      }
      guard (-90..<90).contains(latitude) else { throw .breaksOff(reason: "invalid latitude.") }
      texts.append(.text(Geohash.text(latitude: latitude, longitude: longitude)))
    }
    let name = options.text("geohash")
    let coordinates: [(String?, [Cell])] = [("latitude", latitudes), ("longitude", longitudes)]
    return try table.with((name == "geohash" ? [] : coordinates) + [(name, texts)])
  }

  static func parseGeodetic(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    var points: [GeodeticPoint] = []
    for cell in try column("geodetic", of: table, options) {
      guard !cell.isNull else {
        points.append(GeodeticPoint())
        continue
      }
      guard case .text(let text) = cell, let point = GeodeticPoint(text) else {
        throw .postProcessing(reason: "Invalid geodetic string")
      }
      points.append(point)
    }
    // Under its own name where no other is wished.
    let altitude = options.text("altitude").flatMap { $0.isEmpty ? nil : $0 }
    return try table.with([
      (options.text("latitude"), points.map { .real($0.latitude) }),
      (options.text("longitude"), points.map { .real($0.longitude) }),
      (altitude ?? "altitude", points.map { .real($0.altitude) }),
    ])
  }

  private static func column(
    _ option: String, of table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> [Cell] {
    guard let name = options.text(option), let cells = table.cells(of: name) else {
      throw .breaksOff(reason: PythonText.printed(options[option] ?? .null))
    }
    return cells
  }
}

extension DataTable {
  /// With further columns; one without a name is an error.
  fileprivate func with(_ added: [(name: String?, cells: [Cell])]) throws(ChartQueryError)
    -> DataTable
  {
    var table = self
    for (name, cells) in added {
      guard let name else { throw .breaksOff(reason: "missing 1 required positional argument") }
      let isText = cells.contains { if case .text = $0 { true } else { false } }
      table.columns.append(Column(label: [.text(name)], cells: cells, holdsNumbers: !isText))
    }
    return table
  }
}
