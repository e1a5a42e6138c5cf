// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// One or two numbers for each country of the world.
struct WorldMapChart: LegacyChart {
  static let name = "world_map"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    query.members["groupby"] = [try form.required("entity")]
    if form.saysAnything("sort_by_metric"), let first = query.metrics.first {
      query.order(by: first, ascending: false)
    }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    var names = [
      try ExploreForm.label(ofColumn: try form.required("entity")),
      try ExploreForm.label(ofMetric: try form.required("metric")),
    ]
    if let second = form["secondary_metric"], second.saysAnything {
      names.append(try ExploreForm.label(ofMetric: second))
    }
    let table = try result.table.legacyColumns(names, as: ["country", "m1", "m2"])
    let codes = try Self.codes(form)
    let rows = (table.legacyRecords.arrayValue ?? []).map { row -> JSONValue in
      var members = row.objectValue ?? [:]
      let country = row["country"]?.stringValue.flatMap { name in
        codes.flatMap { Countries.country(name, by: $0) }
      }
      members["country"] = .string(country?.code ?? "XXX")
      if let country {
        members["latitude"] = country.latitude
        members["longitude"] = country.longitude
        members["name"] = .string(country.name)
      }
      return .object(members)
    }
    return LegacyData(.array(rows))
  }

  /// How the form names countries; nil where it does not say.
  private static func codes(_ form: ExploreForm) throws(ChartQueryError) -> Countries.Code? {
    guard form.has("country_fieldtype") else { return nil }
    let name = form.text("country_fieldtype") ?? ""
    guard let code = Countries.Code(rawValue: name) else {
      throw .breaksOff(reason: PythonText.quoted(name))
    }
    return code
  }
}
