// SPDX-License-Identifier: MIT
import PythonTexts

/// The digest in a thumbnail's address: another one once the picture may look different, or is somebody else's.
package enum ThumbnailDigest {
  /// In whose name the picture is made.
  package struct Viewer: Hashable, Sendable {
    package let username: String
    /// Whether that is whoever asked for it: then each has a picture of his own.
    package let isCurrentUser: Bool

    package init(username: String, isCurrentUser: Bool) {
      self.username = username
      self.isCurrentUser = isCurrentUser
    }
  }

  /// What a dashboard looks like, as its row in the metadata says; nil for what is NULL there.
  package struct Dashboard: Hashable, Sendable {
    package let id: Int
    /// The names of its charts, in the order in which the database lists them.
    package let charts: [String]
    package let position: String?
    package let css: String?
    package let metadata: String?

    package init(
      id: Int, charts: [String], position: String?, css: String?, metadata: String?
    ) {
      self.id = id
      self.charts = charts
      self.position = position
      self.css = css
      self.metadata = metadata
    }
  }

  /// - Parameter form: the chart's `params`.
  package static func chart(form: String?, for viewer: Viewer) -> String {
    digest("\(form ?? "").\(viewer.username)", viewer)
  }

  package static func dashboard(_ dashboard: Dashboard, for viewer: Viewer) -> String {
    // A chart without a name is shown, and counted, so.
    let charts = PythonText.list(dashboard.charts.map { $0.isEmpty ? "<empty>" : $0 })
    let parts = [
      "\(dashboard.id)", charts, dashboard.position ?? "None", dashboard.css ?? "None",
      dashboard.metadata ?? "None",
    ]
    return digest(parts.joined(separator: "\n"), viewer)
  }

  private static func digest(_ text: String, _ viewer: Viewer) -> String {
    MD5.hexadecimal(viewer.isCurrentUser ? "\(text)\n\(viewer.username)" : text)
  }
}
