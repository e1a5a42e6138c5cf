// SPDX-License-Identifier: MIT
import SupersetTasks
import TaskContract
import TaskRuntime
import Thumbnails

/// Under which key a job's picture belongs, and what the cache has there already.
package struct ThumbnailLookup {
  let subject: ThumbnailSubject
  package let key: CacheKey
  /// Nil also where the job wants it made anew.
  package let known: KnownThumbnail?

  package init(
    _ job: ThumbnailJob, in superset: SupersetSession, _ environment: TaskEnvironment
  ) throws(ThumbnailError) {
    subject = try ThumbnailSubject(of: job, in: superset)
    let text =
      job.cacheKey
      ?? ThumbnailKey(
        job.kind, digest: subject.digest, windowSize: job.windowSize,
        thumbnailSize: job.thumbnailSize
      ).text
    guard let key = CacheKey(text) else { throw .malformed(reason: "cache_key is no key") }
    self.key = key
    known = job.isForced ? nil : KnownThumbnail(key, environment)
  }
}
