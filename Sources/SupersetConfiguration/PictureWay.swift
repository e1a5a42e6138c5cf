// SPDX-License-Identifier: MIT

/// Where pictures come from.
package enum PictureWay: String, Hashable, Sendable, CaseIterable {
  /// Superset's own pages are photographed.
  case web
  /// Data become pages of ours.
  case native
}

extension SupersetSettings {
  package var thumbnailWay: PictureWay { thumbnails.way ?? usualWay }
  package var reportWay: PictureWay { reports.way ?? usualWay }

  /// From Superset's pages where a web server is known.
  private var usualWay: PictureWay { web.baseURL == nil ? .native : .web }
}
