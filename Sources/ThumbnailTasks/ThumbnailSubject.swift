// SPDX-License-Identifier: MIT
import JSONValues
import PageTasks
import SupersetMetadata
import SupersetTasks
import Thumbnails

/// What is on the picture, and who looks at it.
struct ThumbnailSubject {
  let thing: PageSubject
  let viewer: User
  let digest: String

  init(of job: ThumbnailJob, in superset: SupersetSession) throws(ThumbnailError) {
    thing = try Self.thing(of: job, superset.metadata)
    let executor = try Self.executor(of: job, job.currentUser, superset)
    viewer = try Self.guest(of: job, superset) ?? executor.user
    // Superset makes the digest as the executor: who that is, is asked once more.
    let name = try Self.executor(of: job, executor.user.username, superset)
    digest = Self.digest(
      of: thing,
      for: ThumbnailDigest.Viewer(
        username: name.user.username, isCurrentUser: name.rule == .currentUser))
  }

  private static func thing(
    of job: ThumbnailJob, _ metadata: MetadataStore
  ) throws(ThumbnailError) -> PageSubject {
    do throws(MetadataError) {
      switch job.kind {
      case .chart: return .chart(try metadata.chart(id: job.id))
      case .dashboard:
        if let look = try metadata.look(ofDashboard: job.id) { return .dashboard(look) }
      }
    } catch { throw .superset(.metadata(error)) }
    throw .noDashboard(id: job.id)
  }

  private static func executor(
    of job: ThumbnailJob, _ currentUser: String?, _ superset: SupersetSession
  ) throws(ThumbnailError) -> Executor {
    let kind: OwnedKind = job.kind == .chart ? .chart : .dashboard
    do {
      return try superset.executor(
        superset.settings.thumbnails.executors, for: kind, id: job.id, currentUser: currentUser)
    } catch { throw .superset(error) }
  }

  private static func guest(
    of job: ThumbnailJob, _ superset: SupersetSession
  ) throws(ThumbnailError) -> User? {
    guard !job.guestToken.isNull else { return nil }
    do {
      return try superset.metadata.guest(
        with: try GuestPass(token: job.guestToken), role: superset.settings.guestRoleName)
    } catch { throw .superset(.metadata(error)) }
  }

  private static func digest(of thing: PageSubject, for viewer: ThumbnailDigest.Viewer) -> String {
    switch thing {
    case .chart(let chart): return ThumbnailDigest.chart(form: chart.form, for: viewer)
    case .dashboard(let look):
      let dashboard = ThumbnailDigest.Dashboard(
        id: look.id, charts: look.charts, position: look.position, css: look.css,
        metadata: look.metadata)
      return ThumbnailDigest.dashboard(dashboard, for: viewer)
    }
  }
}
