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
  private static let fileName = "thumbnail.png"

  private let job: ThumbnailJob
  private let context: TaskContext
  private let superset: SupersetSession

  package init(_ job: ThumbnailJob, _ context: TaskContext) throws(ThumbnailError) {
    self.job = job
    self.context = context
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
  }

  package func output() throws(ThumbnailError) -> TaskOutput {
    let subject = try ThumbnailSubject(of: job, in: superset)
    let text =
      job.cacheKey
      ?? ThumbnailKey(
        job.kind, digest: subject.digest, windowSize: job.windowSize,
        thumbnailSize: job.thumbnailSize
      ).text
    guard let key = CacheKey(text) else { throw .malformed(reason: "cache_key is no key") }
    var members: JSONObject = [
      "status": "done", "cache_key": .string(key.text), "digest": .string(subject.digest),
      "executor": .string(subject.viewer.username),
    ]
    if !job.isForced, let known = KnownThumbnail(key, context) { return known.output(members) }
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
    do {
      try SystemFiles().publish(picture, as: "\(directory)/\(Self.fileName)")
    } catch { throw .system(error) }
    members["image"] = .string(Self.fileName)
    members["bytes"] = .integer(picture.count)
    members["cache"] = [
      [
        "key": .string(key.text), "file": .string(Self.fileName), "timeout": .integer(timeout),
        "content_type": "image/png",
      ]
    ]
    return TaskOutput(members)
  }
}
