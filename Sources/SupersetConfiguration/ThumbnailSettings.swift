// SPDX-License-Identifier: MIT

/// In whose name pictures are made, from what, and how long they are kept.
package struct ThumbnailSettings: Hashable, Sendable {
  /// Nil: from Superset's pages where a web server is known.
  package var way: PictureWay?
  /// THUMBNAIL_EXECUTE_AS, as they are written.
  package var executors = ["current_user", "selenium"]
  /// Seconds that a picture is kept: a week.
  package var cacheTimeout = 604_800
  /// THUMBNAIL_ERROR_CACHE_TTL, seconds in which a picture that failed is not tried again: a day.
  package var errorTimeout = 86_400
  package var browser = BrowserOptions()
}

/// The browser that takes the pictures.
package struct BrowserOptions: Hashable, Sendable {
  /// Nil: where Debian's package has it.
  package var program: String?
  /// Where a container or the kernel allows none it has to be told so.
  package var isSandboxed = true
  /// Whom the browser becomes where the task is root.
  package var user: String?
  /// SCREENSHOT_LOCATE_WAIT and SCREENSHOT_LOAD_WAIT, in seconds.
  package var locateWait = 10
  package var loadWait = 60
}
