// SPDX-License-Identifier: MIT
import JSONValues

/// The arguments of a task, as a job file holds them.
package enum JobReader {
  /// The jobs of a filter's input: the whole of it, or each line, where the first one is a job, or any one and not the whole.
  package static func jobs(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
      .filter { line in line.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 } }
    guard lines.count > 1 else { return [bytes[...]] }
    if (try? job(lines[0])) != nil { return lines }
    // A broken line at the beginning does not break the others; a job written over several lines stays one.
    let areJobs =
      (try? JSONValue(parsing: bytes)) == nil && lines.contains { (try? job($0)) != nil }
    return areJobs ? lines : [bytes[...]]
  }

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
