// SPDX-License-Identifier: MIT
import SpoolTesting
import SupersetMetadata
import Testing
import Thumbnails

/// Digests and keys of the thumbnails that a real Superset made of the recorded charts.
@Suite struct ThumbnailKeysTests {
  private static let viewer = ThumbnailDigest.Viewer(username: "admin", isCurrentUser: true)

  private static func stores() throws -> [MetadataStore] {
    let file = MetadataStore(try Recording.shared.get().open("metadata"))
    guard PostgresServer.isInstalled else { return [file] }
    return [file, MetadataStore(try PostgresRecording.shared.get().open("metadata"))]
  }

  @Test(
    arguments: [
      (1, "153f6148188b2d0902a2472f54b62e3d", "a3cb90ccee8c04dadfe6ddaa6e2232d0"),
      (3, "008eeb5f4f6926bc9938fc78fdce6004", "613a86498e75f0a894f528d8b5daa286"),
      (4, "193e87a73299d62e5968a8d22de06c50", "09d0a75155a86b8029310aff310c2ff7"),
    ])
  func `charts have Superset's digests and keys`(
    _ id: Int, _ digest: String, _ key: String
  ) throws {
    for store in try Self.stores() {
      let found = ThumbnailDigest.chart(form: try store.chart(id: id).form, for: Self.viewer)
      #expect(found == digest)
      #expect(ThumbnailKey(.chart, digest: found).text == key)
    }
  }

  @Test func `dashboards have Superset's digests and keys`() throws {
    for store in try Self.stores() {
      let look = try #require(try store.look(ofDashboard: 1))
      let digest = ThumbnailDigest.dashboard(
        ThumbnailDigest.Dashboard(
          id: 1, charts: look.charts, position: look.position, css: look.css,
          metadata: look.metadata), for: Self.viewer)
      #expect(digest == "8873a6a66e75586ac21f6efe568fed8a")
      #expect(
        ThumbnailKey(.dashboard, digest: digest).text == "4cd9228220cf224339801652ee0dd2f8")
    }
  }
}
