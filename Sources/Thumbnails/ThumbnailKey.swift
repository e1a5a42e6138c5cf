// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Under which key Superset's web server looks for a thumbnail.
package struct ThumbnailKey: Hashable, Sendable {
  package let kind: ThumbnailKind
  package let digest: String
  package let windowSize: PixelSize
  package let thumbnailSize: PixelSize
  /// `dataMask`, `activeTabs`, `anchor` and `urlParams` of a screenshot that somebody has ordered; null for others.
  package let dashboardState: JSONValue

  package init(
    _ kind: ThumbnailKind, digest: String, windowSize: PixelSize? = nil,
    thumbnailSize: PixelSize? = nil, dashboardState: JSONValue = .null
  ) {
    self.kind = kind
    self.digest = digest
    self.windowSize = windowSize ?? kind.windowSize
    self.thumbnailSize = thumbnailSize ?? kind.thumbnailSize
    self.dashboardState = dashboardState
  }

  /// 32 hexadecimal digits.
  package var text: String {
    var document: JSONObject = [
      "thumbnail_type": .string(kind.rawValue), "digest": .string(digest), "type": "thumb",
      "window_size": windowSize.json, "thumb_size": thumbnailSize.json,
    ]
    if kind == .dashboard { document["dashboard_state"] = dashboardState }
    return MD5.hexadecimal(PythonText.json(.object(document)))
  }
}

extension PixelSize {
  fileprivate var json: JSONValue { [.integer(width), .integer(height)] }
}
