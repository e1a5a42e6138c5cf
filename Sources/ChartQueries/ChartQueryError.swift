// SPDX-License-Identifier: MIT
import PythonTexts
import SQLDatabases
import SQLTemplates
import SupersetMetadata

/// Why a query context cannot be answered; the descriptions are Superset's own sentences.
package enum ChartQueryError: Error, Hashable, CustomStringConvertible {
  /// Members of the request are missing or have the wrong type.
  case incorrect(FieldFault)
  case noAccess(dataset: Int)
  /// A guest asks for other columns or metrics than those of the chart that he was shown.
  case changedByGuest
  /// There is no such saved chart, or the user may not know of it.
  case noChart
  /// Nobody has saved the question that a chart asks.
  case noSavedContext
  case columnsMissing([String])
  case metricMissing(String)
  case unknownOrder(String)
  case timeColumnMissing(String)
  case noTimeColumn
  case duplicateLabels([String])
  /// Series columns that the query does not select.
  case unknownSeries([String])
  case emptyQuery
  /// There is nothing to make a table of.
  case emptyResult
  /// The user may look at data, but not take them away as a file.
  case noExport
  case emptyFilterList
  case noComparisonValue
  case invalidOperator(String)
  case unknownAggregate(String)
  case noGrain(String, SQLDialect)
  case subquery
  /// A template cannot be rendered.
  case template(TemplatePlace, TemplateError)
  /// A template where templates are switched off.
  case templatesOff(String)
  /// The query of a virtual dataset is none that can be asked.
  case virtualDataset(String)
  case disallowedFunctions([String])
  case clause(reason: String)
  case timeRange(reason: String)
  /// A result cannot be worked up as the query asks.
  case postProcessing(reason: String)
  /// A form names no dataset that is there.
  case noDataset
  /// What the form of a legacy chart asks cannot be drawn.
  case chart(reason: String)
  /// A request over which it breaks off, with Python's own words.
  case breaksOff(reason: String)
  /// Superset can do this, we cannot yet; never ignored, for the answer would be another one.
  case unsupported(String)
  /// The answer cannot be put down.
  case output(reason: String)
  case metadata(MetadataError)
  case database(SQLError)

  package var description: String {
    switch self {
    case .incorrect(let fault): "Request is incorrect: \(fault)"
    case .noAccess(let id):
      "This endpoint requires the datasource \(id), database or `all_datasource_access` permission"
    case .changedByGuest: "Guest user cannot modify chart payload"
    case .noChart: "Not found"
    case .noSavedContext: "Chart has no query context saved. Please save the chart again."
    case .columnsMissing(let names): "Error: Columns missing in dataset: \(PythonText.list(names))"
    case .metricMissing(let name): "Error: Metric '\(name)' does not exist"
    case .unknownOrder(let name): "Error: Unknown column used in orderby: \(name)"
    case .timeColumnMissing(let name):
      "Error: Time column \"\(name)\" does not exist in dataset"
    case .noTimeColumn:
      "Error: Datetime column not provided as part table configuration"
        + " and is required by this type of chart"
    case .duplicateLabels(let names):
      "Duplicate column/metric labels: \(Self.listed(names))."
        + " Please make sure all columns and metrics have a unique label."
    case .unknownSeries(let names):
      "The following entries in `series_columns` are missing in `columns`: \(Self.listed(names)). "
    case .emptyQuery: "Error: Empty query?"
    case .emptyResult: "Empty query result"
    case .noExport: "Forbidden"
    case .emptyFilterList: "Error: Filter value list cannot be empty"
    case .noComparisonValue:
      "Error: Must specify a value for filters with comparison operators"
    case .invalidOperator(let name): "Error: Invalid filter operation type: \(name)"
    case .unknownAggregate(let name): "Error: Unknown aggregate: \(name)"
    case .noGrain(let grain, let dialect):
      "Error: No grain spec for \(grain) for database \(dialect.rawValue)"
    case .subquery: "Error: Custom SQL fields cannot contain sub-queries."
    case .disallowedFunctions(let names):
      "Error: SQL statement contains disallowed function(s): {\(PythonText.list(names).dropFirst().dropLast())}"
    case .template(let place, let error):
      "Error: \(place.rawValue): \(error.isJinjaError ? error.message : "\(error)")"
    case .templatesOff(let sql):
      "templates in SQL are switched off (enable_template_processing): \(sql)"
    case .virtualDataset(let fault): "Error: Virtual dataset query \(fault)"
    case .clause(let reason): reason
    case .timeRange(let reason), .postProcessing(let reason): "Error: \(reason)"
    case .noDataset: "The dataset associated with this chart no longer exists"
    case .chart(let reason), .breaksOff(let reason): reason
    case .unsupported(let what): "not supported yet: \(what)"
    case .output(let reason): reason
    case .metadata(let error): "\(error)"
    case .database(let error): "Error: \(error)"
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  /// What is wrong with the query itself; nil for what is wrong with anything else.
  var sentence: String? {
    switch self {
    case .database, .metadata, .output, .unsupported, .noAccess, .changedByGuest, .noChart,
      .noExport:
      nil
    default:
      description.hasPrefix("Error: ")
        ? String(description.dropFirst("Error: ".count)) : description
    }
  }

  /// Whether another form would be answered now.
  var isOfTheForm: Bool {
    switch self {
    case .database(.statement): true
    default: sentence != nil
    }
  }
}
