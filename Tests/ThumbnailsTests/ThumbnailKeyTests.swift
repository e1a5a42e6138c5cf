// SPDX-License-Identifier: MIT
import JSONValues
import Testing
import Thumbnails

/// The digests and keys are those of a real Superset 4.1.
@Suite struct ThumbnailKeyTests {
  private let selenium = ThumbnailDigest.Viewer(username: "admin", isCurrentUser: false)
  private let person = ThumbnailDigest.Viewer(username: "1", isCurrentUser: true)

  private func dashboard(
    charts: [String] = ["My Chart"], css: String? = "background-color: lightblue;"
  ) -> ThumbnailDigest.Dashboard {
    ThumbnailDigest.Dashboard(
      id: 1, charts: charts, position: #"{"a": "b"}"#, css: css, metadata: #"{"c": "d"}"#)
  }

  @Test func `a chart's digest is made of its form and of who sees it`() {
    #expect(
      ThumbnailDigest.chart(form: "{'a': 'b'}", for: selenium)
        == "47d852b5c4df211c115905617bb722c1")
    #expect(
      ThumbnailDigest.chart(form: "{'a': 'b'}", for: person) == "4f8109d3761e766e650af514bb358f10")
  }

  @Test func `a dashboard's digest is made of its row and its charts' names`() {
    #expect(
      ThumbnailDigest.dashboard(dashboard(), for: selenium)
        == "71452fee8ffbd8d340193d611bcd4559")
    #expect(
      ThumbnailDigest.dashboard(dashboard(), for: person) == "209dc060ac19271b8708731e3b8280f5")
  }

  /// Made with Python's hashlib of the text that Superset's f-string would be.
  @Test func `names are written as Python writes a list, and NULL as None`() {
    #expect(
      ThumbnailDigest.dashboard(
        dashboard(charts: ["It's", "a\"b'c", "Продажи", "tab\tand\u{A0}space", ""], css: nil),
        for: selenium) == "07cf60ae332aaecc7fbd2d8f5293de39")
  }

  @Test func `keys are made of the digest and the sizes`() {
    let chart = ThumbnailKey(.chart, digest: "47d852b5c4df211c115905617bb722c1")
    #expect(chart.text == "e213808be887dc064b61eab445ca9397")
    let dashboard = ThumbnailKey(.dashboard, digest: "71452fee8ffbd8d340193d611bcd4559")
    #expect(dashboard.text == "fa9aebcdf3694b493be4020817245d59")
    let other = ThumbnailKey(
      .chart, digest: chart.digest, thumbnailSize: PixelSize(width: 400, height: 300))
    #expect(other.text != chart.text)
  }
}
