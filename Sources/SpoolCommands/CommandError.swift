// SPDX-License-Identifier: MIT
import CacheLayer
import CronTable
import SampleData
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

/// What a person's command can fail with; each has its exit status.
package enum CommandError: Error, CustomStringConvertible {
  case spool(SpoolError)
  case system(SystemError)
  case cache(CacheError)
  case sampleData(SampleDataError)
  case noSuchJob(String)
  /// The job was in the spool and no longer is: cancelled, or removed with its result.
  case gone(JobID)
  /// No job of a group is in the spool.
  case noSuchGroup(JobID)
  /// A step that is not run, since a job before it in its chain has failed.
  case stopped(JobID, by: JobPlace, message: String)
  case ambiguous(JobID, queues: [QueueName])
  case timedOut(JobID, Duration)
  case notFinished(JobID, JobState)
  /// What was dropped under this id was no job.
  case corrupt(JobID, reason: String)
  case badJob(source: String, reason: String)
  case otherQueue(envelope: QueueName, wanted: QueueName)
  case wrongState(verb: String, JobPlace)
  case settings(SettingsError)
  /// `$TZ`, or what /etc/localtime holds.
  case timeZone(CronError)
  case badKey(String)
  case badChannel(String)
  case badAge(String, of: String)
  case childDied(String)
  /// No folder for Celery's messages is set.
  case noCelery
  /// `spool shape` cannot count the jobs of this state.
  case noShape(of: String, known: [JobState])

  package var description: String {
    switch self {
    case .spool(let error): error.description
    case .system(let error): error.description
    case .cache(let error): error.description
    case .sampleData(let error): error.description
    case .noCelery: "unable to tell Celery anything: celery.messages is not set in spool.toml"
    case .noSuchJob(let id): "unable to find job \(id): it is in no state of any queue"
    case .gone(let id): "unable to wait for \(id): it has been removed"
    case .noSuchGroup(let name):
      "unable to find a job of \(name): none is in any state of any queue"
    case .stopped(let id, let place, let message):
      "unable to run \(id): \(place.id) has failed before it: \(message)"
    case .ambiguous(let id, let queues):
      "unable to tell which \(id): it is in \(queues.map(\.text).joined(separator: ", ")); use --queue"
    case .timedOut(let id, let limit): "unable to wait longer for \(id): \(limit) are over"
    case .notFinished(let id, let state):
      "unable to show the result of \(id): it is \(state.rawValue)"
    case .corrupt(let id, let reason): "unable to run \(id): \(reason)"
    case .badJob(let source, let reason): "unable to submit \(source): \(reason)"
    case .otherQueue(let envelope, let wanted):
      "unable to submit to \(wanted): the envelope's task is \(envelope)"
    case .wrongState(let verb, let place): "unable to \(verb) \(place.id): it is in \(place.path)"
    case .settings(let error): error.description
    case .timeZone(let error): error.description
    case .badKey(let key): "unable to use '\(key)' as a cache key: it is empty or too long"
    case .badChannel(let name): "unable to use '\(name)' as a channel: it is empty or too long"
    case .badAge(let text, let kind):
      "unable to prune \(kind): '\(text)' is no age as 90, \"12h\", \"7d\" or \"never\""
    case .childDied(let name): "unable to go on: \(name) has ended"
    case .noShape(let name, let known):
      "unable to count '\(name)': it is none of \(known.map(\.rawValue).joined(separator: ", "))"
    }
  }

  package var verdict: Verdict {
    switch self {
    case .spool(.system(let error)), .system(let error), .cache(.system(let error)):
      error.errno.isShortage ? .tryLater : .systemError
    case .spool(.notASpool), .spool(.noSuchQueue): .noInput
    case .spool, .badKey, .badChannel, .ambiguous, .noShape, .badAge: .usage
    case .cache, .noSuchJob, .noSuchGroup, .gone, .notFinished: .noInput
    case .corrupt, .badJob, .otherQueue: .badInput
    case .wrongState, .stopped: .unavailable
    case .settings, .timeZone, .noCelery: .badConfiguration
    case .sampleData: .cannotCreate
    case .timedOut: .tryLater
    case .childDied: .unavailable
    }
  }
}
