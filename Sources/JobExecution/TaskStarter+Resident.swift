// SPDX-License-Identifier: MIT
import JSONValues
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

extension TaskStarter {
  /// How a resident task is started: as another one, but with pipes, and with what is the same for all its jobs.
  func residentPlan(
    _ executable: ExecutableFile, _ place: ResidentPlace, input: OpenFile, output: OpenFile
  ) -> ChildPlan {
    let variables = lastingVariables + [(.files, place.filesDirectory)]
    var plan = ChildPlan(
      executable.path, ["--\(ResidentProtocol.option)"],
      environment: environment + variables.map(Self.setting))
    plan.directory = place.directory
    plan.descriptors = [input, output, place.log, place.lock]
    plan.diesWithParent = true
    plan.ownGroup = true
    plan.limits = ResourceLimits(of: settings)
    // Of each job, not of all together.
    plan.limits.cpuSeconds = nil
    return plan
  }
}

extension JobOrder {
  /// The line that asks a resident task for it.
  func request(deadline: Timestamp) -> [UInt8] {
    let members: JSONObject = [
      ResidentProtocol.Request.id.rawValue: .string(name.id.text),
      ResidentProtocol.Request.attempt.rawValue: .integer(name.attempt),
      ResidentProtocol.Request.deadline.rawValue: .integer(Int(deadline.seconds)),
    ]
    var line = JSONValue.object(members).bytes
    line.removeLast()
    line += Array(",\"\(ResidentProtocol.Request.job.rawValue)\":".utf8)
    // A newline stands between the members of a valid job, never within a text.
    line += input.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    return line + Array("}\n".utf8)
  }
}

extension QueueSettings {
  /// Where the attempts of the queue's jobs leave what they print.
  var runForm: RunForm { isResident ? .answer : .directory }
}
