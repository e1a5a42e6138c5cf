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
    var members: [(ResidentProtocol.Request, JSONValue)] = [
      (.id, .string(name.id.text)), (.attempt, .integer(name.attempt)),
      (.deadline, .integer(Int(deadline.seconds))),
    ]
    if let eta = job.eta { members.append((.eta, .string(eta.iso8601))) }
    var line: [UInt8] = [UInt8(ascii: "{")]
    for (member, value) in members {
      JSONWriter.append(member.rawValue, value, to: &line)
      line.append(UInt8(ascii: ","))
    }
    JSONWriter.append(ResidentProtocol.Request.job.rawValue, to: &line)
    line.append(UInt8(ascii: ":"))
    // A newline stands between the members of a valid job, never within a text.
    line += input.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    return line + Array("}\n".utf8)
  }
}

extension QueueSettings {
  /// Where the attempts of the queue's jobs leave what they print.
  var runForm: RunForm { isResident ? .answer : .directory }
}
