// SPDX-License-Identifier: MIT
import JSONValues

/// The arguments of a task, as a job file holds them.
package enum JobReader {
  package static func job(_ bytes: some Sequence<UInt8>) throws(TaskStartError) -> JSONValue {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch {
      throw .malformedJob(reason: "\(error)")
    }
    guard value.objectValue != nil else { throw .malformedJob(reason: "it is another JSON value") }
    return value
  }

  /// Gives positional arguments (member `args`) their names; an argument given by name stays.
  package static func bound(
    _ job: JSONValue, to parameters: [String]
  ) throws(TaskStartError) -> JSONValue {
    guard var members = job.objectValue, let arguments = members["args"]?.arrayValue else {
      return job
    }
    guard arguments.count <= parameters.count else {
      throw .tooManyArguments(arguments.count - parameters.count)
    }
    members.removeValue(forKey: "args")
    for (name, argument) in zip(parameters, arguments) where members[name] == nil {
      members[name] = argument
    }
    return .object(members)
  }
}
