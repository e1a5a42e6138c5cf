// SPDX-License-Identifier: MIT
import JSONValues
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// A job that is about to be begun, and what it is to be run with.
struct JobOrder {
  let name: JobName
  let job: Job
  /// Its file's content.
  let bytes: [UInt8]
  /// Locked.
  let file: OpenFile
  /// The file as it stood there.
  let status: FileStatus
  let executable: ExecutableFile
  let limits: TimeLimits

  /// What the task reads: a bare job as it is, an envelope's arguments written out.
  var input: [UInt8] { job.isBare ? bytes : JSONValue.object(job.input).bytes }
}
