// SPDX-License-Identifier: MIT
import Glibc
import TaskContract

/// The variables of this process.
enum ProcessEnvironment {
  static var task: TaskEnvironment {
    var values: [String: String] = [:]
    for variable in TaskVariable.allCases {
      values[variable.rawValue] = value(of: variable.rawValue)
    }
    return TaskEnvironment(values)
  }

  static var variables: [String] {
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      variables.append(String(cString: entry))
      next += 1
    }
    return variables
  }

  /// Nil where the variable is not set, or empty.
  static func value(of name: String) -> String? {
    getenv(name).flatMap { $0.pointee == 0 ? nil : String(cString: $0) }
  }
}
