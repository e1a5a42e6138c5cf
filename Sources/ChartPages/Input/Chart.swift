// SPDX-License-Identifier: MIT
import JSONValues

/// A chart's choices and data, read for drawing.
struct Chart {
  let title: String
  let viz: String
  let form: JSONValue
  /// One for each query that gave rows.
  let tables: [DataTable]
  /// What explore_json gave to a chart that has a form of its own for its data.
  let legacy: JSONValue?
  /// What an answer brings along for layers of annotations, by the layers' names.
  let annotations: JSONValue
  let names: DatasourceNames
  let theme: Theme
  let scheme: String?
  let labelColours: JSONValue
  private let memory: ColourMemory

  init(_ source: ChartSource, theme: Theme, memory: ColourMemory) throws(ChartFault) {
    self.memory = memory
    try Self.refuseErrors(of: source.document)
    let document = source.document
    title = source.title
    self.theme = theme
    names = source.names
    form = Self.merged(source.form, document["form_data"])
    viz = form["viz_type"]?.stringValue ?? "table"
    scheme = source.colourScheme ?? form["color_scheme"]?.stringValue
    let labels = source.labelColours
    annotations = (document["result"].list.first ?? document)["annotation_data"] ?? .null
    labelColours = labels.objectValue == nil ? form["label_colors"] ?? .null : labels
    if let results = document["result"]?.arrayValue {
      if results.contains(where: { $0["data"]?.stringValue != nil }) {
        throw .unfit("The rows of this answer are not JSON.")
      }
      tables = results.compactMap(DataTable.init)
      legacy = nil
    } else {
      let data = document.arrayValue == nil ? document["data"] : document
      // Of a legacy chart's data only some are rows.
      let rows = [data?["records"], data].compactMap(DataTable.init).first(where: \.isFlat)
      tables = rows.map { [$0] } ?? []
      legacy = data
    }
  }

  /// The document's own form, with what is known besides.
  private static func merged(_ form: JSONValue, _ own: JSONValue?) -> JSONValue {
    guard var members = own?.objectValue else { return form }
    members.merge(form.objectValue ?? [:]) { _, new in new }
    return .object(members)
  }

  private static func refuseErrors(of document: JSONValue) throws(ChartFault) {
    let results = document["result"]?.arrayValue ?? []
    for part in [document] + results {
      if let text = part["error"]?.stringValue, !text.isEmpty { throw .failed(text) }
      if let errors = part["errors"]?.arrayValue, !errors.isEmpty {
        throw .failed(errors.compactMap { $0["message"]?.stringValue }.joined(separator: " "))
      }
    }
    if document["result"] == nil, document["data"] == nil,
      let text = document["message"]?.stringValue
    {
      throw .failed(text)
    }
    guard document.arrayValue != nil || document["result"] != nil || document["data"] != nil else {
      throw .failed("There is no data in this answer.")
    }
  }

  var colours: ColourScale { ColourScale(scheme: scheme, labels: labelColours, memory: memory) }

  /// The rows of the first query.
  func table() throws(ChartFault) -> DataTable {
    guard let table = tables.first, !table.rows.isEmpty else {
      if tables.isEmpty, let legacy, !legacy.isBlank {
        throw .unfit("The data of this chart have another form.")
      }
      throw .empty
    }
    return table
  }

  /// The form's metrics that are columns of the data; where it names none, all columns of numbers.
  func metrics(of table: DataTable) -> [String] {
    let named = FormLabels.unique(
      ["metrics", "metric", "percent_metrics", "secondary_metric"].flatMap {
        FormLabels.metrics(form[$0])
      })
    let present = named.filter { table[$0] != nil }
    return present.isEmpty ? table.numbers : present
  }

  /// The form's dimensions that are columns of the data; where it names none, all columns of texts.
  func dimensions(of table: DataTable) -> [String] {
    let named = FormLabels.unique(
      ["groupby", "columns", "series"].flatMap { FormLabels.columns(form[$0]) })
    let present = named.filter { table[$0] != nil }
    return present.isEmpty ? table.labels : present
  }

  /// How the numbers of a column are written.
  func format(_ column: String?, _ choice: String? = nil) -> NumberText {
    let chosen = choice.flatMap { $0.isEmpty || $0 == "SMART_NUMBER" ? nil : $0 }
    let own = column.flatMap { names.format(of: $0) }
    let currency =
      CurrencyFormat(form["currency_format"]) ?? column.flatMap { names.currency(of: $0) }
    return NumberText(chosen ?? own ?? choice, currency)
  }

  /// A series' name: that of a metric, or of several metrics each with the dimensions behind it.
  func title(ofSeries name: String) -> String {
    let title = names.title(of: name)
    guard title == name else { return title }
    let metrics = ["metrics", "metrics_b"].flatMap { FormLabels.metrics(form[$0]) }
    guard let metric = metrics.first(where: { name.hasPrefix($0 + ", ") }) else { return name }
    return names.title(of: metric) + name.dropFirst(metric.count)
  }

  func text(_ name: String) -> String? {
    guard let text = form[name]?.stringValue, !text.isEmpty else { return nil }
    return text
  }

  /// A number of the form, also one that is written as text, within limits.
  func number(_ name: String, _ limits: ClosedRange<Double>, else usual: Double) -> Double {
    guard let number = form[name]?.plotted else { return usual }
    return max(limits.lowerBound, min(limits.upperBound, number))
  }
}

extension JSONValue {
  fileprivate var isBlank: Bool { isNull || arrayValue?.isEmpty ?? objectValue?.isEmpty ?? false }
}
