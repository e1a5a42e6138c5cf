// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime
import Thumbnails

/// What Superset's tasks for thumbnails do: find the picture's key, and make it where there is none.
package struct ThumbnailTask {
  private let job: ThumbnailJob
  private let context: TaskContext
  private let superset: SupersetSession

  package init(_ job: ThumbnailJob, _ context: TaskContext) throws(ThumbnailError) {
    self.job = job
    self.context = context
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
  }

  package func output() throws(ThumbnailError) -> TaskOutput {
    let lookup = try ThumbnailLookup(job, in: superset, context.environment)
    let (subject, key) = (lookup.subject, lookup.key)
    var members: JSONObject = [
      "status": "done", "cache_key": .string(key.text), "digest": .string(subject.digest),
      "executor": .string(subject.viewer.username),
    ]
    if let known = lookup.known { return known.output(members) }
    guard let directory = context.environment[.files] else { throw .noPlace }
    let settings = superset.settings.thumbnails
    do {
      let picture = try ThumbnailMaker(job, subject, superset, context).picture()
      return try output(of: picture, in: directory, settings.cacheTimeout, key, &members)
    } catch {
      throw .kept(error, key: key.text, timeout: settings.errorTimeout)
    }
  }

  private func output(
    of picture: [UInt8], in directory: String, _ timeout: Int, _ key: CacheKey,
    _ members: inout JSONObject
  ) throws(ThumbnailError) -> TaskOutput {
    // Of its own for each key: jobs in a pipe have one directory.
    let name = CacheKey.escaped(key.text) + ".png"
    let path = "\(directory)/\(name)"
    do { try SystemFiles().publish(picture, as: path) } catch {
      // Half a picture helps nobody, least of all a full disk; the error says more than another one would.
      try? SystemFiles().unlinkIfPresent(path.asidePath)
      throw .system(error)
    }
    members["image"] = .string(name)
    members["bytes"] = .integer(picture.count)
    members["cache"] = [
      [
        "key": .string(key.text), "file": .string(name), "timeout": .integer(timeout),
        "content_type": "image/png",
      ]
    ]
    return TaskOutput(members)
  }
}
