// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetConfiguration
import SupersetMetadata
import SystemCalls
import TaskContract
import TaskRuntime

/// What can keep a task from Superset's settings and metadata, and what then becomes of its job.
package enum SupersetTaskError: TaskFailure, Hashable {
  case configuration(ConfigurationError)
  case metadata(MetadataError)
  case executor(ExecutorError)

  package var verdict: Verdict {
    switch self {
    case .configuration, .executor(.invalid): .badConfiguration
    case .metadata(let error), .executor(.metadata(let error)): error.verdict
    case .executor(.notFound): .noUser
    }
  }

  package var description: String {
    switch self {
    case .configuration(let error): "\(error)"
    case .metadata(let error): "\(error)"
    case .executor(let error): "\(error)"
    }
  }
}

extension MetadataError {
  /// Of a task that the metadata have failed.
  package var verdict: Verdict {
    switch self {
    case .database(.unsupported): .badConfiguration
    case .database(let error): error.verdict
    case .noUser, .noUserNamed, .inactiveUser: .noUser
    case .malformedGuest: .badInput
    case .expiredGuest: .noPermission
    case .noDataset, .noChart, .noDatabase, .noObject: .noInput
    }
  }
}

extension SQLError {
  package var verdict: Verdict {
    switch self {
    case .locked, .unavailable: .tryLater
    case .denied, .notWritable: .badConfiguration
    case .helper(let error): error.errno.isShortage ? .tryLater : .badConfiguration
    case .missing: .unavailable
    case .malformed, .failed: .ioError
    case .unsupported, .refused, .statement, .interrupted: .badInput
    }
  }
}
