// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime

/// What can keep a task from a chart's data, and what then becomes of its job.
package enum ChartTaskError: TaskFailure, Hashable {
  case configuration(ConfigurationError)
  /// The metadata database; an error of the data is one of the query.
  case metadata(MetadataError)
  case query(ChartQueryError)
  case data(SQLError)
  /// The form of a legacy chart, with what its event tells.
  case explore(ChartQueryError, errors: [JSONValue])
  case system(SystemError)
  case malformed(reason: String)
  case unsupported(String)
  /// SIGTERM: the soft limit has come, or the job was removed.
  case timedOut

  package var verdict: Verdict {
    switch self {
    case .configuration: .badConfiguration
    case .explore(let error, _): Self.query(error).verdict
    case .metadata(let error): error.verdict
    case .query(.metadata(let error)): error.verdict
    case .query(.noAccess), .query(.changedByGuest), .query(.noExport): .noPermission
    case .query(.noChart), .query(.noDataset): .noInput
    case .query(.database(let error)), .data(let error): error.verdict
    case .query(.output): .ioError
    case .query, .malformed, .unsupported: .badInput
    case .system: .ioError
    // Not tried again: a query too slow for its limit is as slow the next time, and loads the database for nothing.
    case .timedOut: .badInput
    }
  }

  package var description: String {
    switch self {
    case .configuration(let error): "\(error)"
    // Superset's own words name nothing; whoever reads an .error has no request at hand.
    case .metadata(.noDataset(let id)), .query(.metadata(.noDataset(let id))):
      "Not found: dataset \(id)"
    case .metadata(let error): "\(error)"
    case .query(let error): "\(error)"
    case .explore(let error, _): Self.query(error).description
    case .data(let error): "Error: \(error)"
    case .system(let error): "\(error)"
    case .malformed(let reason): "Request is incorrect: \(reason)"
    case .unsupported(let what): "not supported yet: \(what)"
    case .timedOut: "A timeout occurred while loading chart data"
    }
  }

  package var errors: [JSONValue] {
    if case .explore(_, let errors) = self { errors } else { [["message": .string(description)]] }
  }
}

extension ChartTaskError {
  /// An interrupted statement is told as what interrupted it.
  package init(_ error: ChartQueryError) {
    switch error {
    case .database(.interrupted), .metadata(.database(.interrupted)): self = .timedOut
    default: self = .query(error)
    }
  }

  package init(ofExplore error: ChartQueryError) {
    let known = ChartTaskError(error)
    if case .query(let error) = known {
      self = .explore(error, errors: ExploreAnswer(failure: error).errors)
    } else {
      self = known
    }
  }

  init(_ error: SupersetTaskError) {
    switch error {
    case .configuration(let error): self = .configuration(error)
    case .metadata(let error): self.init(error)
    case .executor(let error): self = .malformed(reason: "\(error)")
    }
  }

  init(_ error: MetadataError) {
    self = error == .database(.interrupted) ? .timedOut : .metadata(error)
  }
}
