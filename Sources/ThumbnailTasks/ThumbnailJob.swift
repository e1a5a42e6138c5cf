// SPDX-License-Identifier: MIT
import JSONValues
import Thumbnails

/// What a job asks a picture of.
package struct ThumbnailJob: Hashable {
  package let kind: ThumbnailKind
  /// Of the chart or the dashboard.
  package let id: Int
  /// The name of whoever asked for it; nil for the clock.
  package let currentUser: String?
  /// Made anew also where there is one already.
  package let isForced: Bool
  package let windowSize: ThumbnailSize
  package let thumbnailSize: ThumbnailSize
  /// Under which it is kept, where its client has a key of his own.
  package let cacheKey: String?
  /// Of somebody who looks at an embedded dashboard.
  package let guestToken: JSONValue
  /// The page; nil for the dashboard's own.
  package let address: DashboardAddress?

  /// - Throws: ``ThumbnailError/malformed(reason:)``
  package init(_ job: JSONValue, of kind: ThumbnailKind) throws(ThumbnailError) {
    self.kind = kind
    guard let id = job["\(kind)_id"]?.integerValue else {
      throw .malformed(reason: "\(kind)_id is no number")
    }
    self.id = id
    currentUser = try Self.text(job["current_user"] == nil ? "username" : "current_user", job)
    isForced = job["force"]?.boolValue ?? false
    windowSize = try Self.size("window_size", job) ?? kind.windowSize
    thumbnailSize = try Self.size("thumb_size", job) ?? kind.thumbnailSize
    cacheKey = try Self.text("cache_key", job)
    guestToken = job["guest_token"] ?? .null
    address = try Self.address(job)
  }

  /// Nil for null and for an empty text, which to Python is as good as none.
  private static func text(_ name: String, _ job: JSONValue) throws(ThumbnailError) -> String? {
    guard let value = job[name], !value.isNull else { return nil }
    guard let text = value.stringValue else { throw .malformed(reason: "\(name) is no text") }
    return text.isEmpty ? nil : text
  }

  private static func address(_ job: JSONValue) throws(ThumbnailError) -> DashboardAddress? {
    guard let text = try text("dashboard_url", job) else { return nil }
    // It is not shown: a permalink's key is a secret.
    guard let address = DashboardAddress(text) else {
      throw .malformed(reason: "dashboard_url is the page of no dashboard")
    }
    return address
  }

  /// `[800, 600]`; nil also for one with a zero, for which Superset takes its own.
  private static func size(
    _ name: String, _ job: JSONValue
  ) throws(ThumbnailError) -> ThumbnailSize? {
    guard let value = job[name], !value.isNull else { return nil }
    let numbers = value.arrayValue?.map(\.integerValue) ?? []
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1] else {
      throw .malformed(reason: "\(name) is no [width, height]")
    }
    guard width != 0, height != 0 else { return nil }
    let size = ThumbnailSize(width: width, height: height)
    guard ThumbnailSize.sizes.contains(width), ThumbnailSize.sizes.contains(height) else {
      throw .malformed(reason: "\(name) is \(size), and not of \(ThumbnailSize.sizesText) pixels")
    }
    return size
  }
}

extension ThumbnailSize {
  /// Pixels, each way; smaller nothing can be drawn, larger no browser makes a picture.
  fileprivate static let sizes = 50...8000
  fileprivate static let sizesText = "50 to 8000"
}
