// SPDX-License-Identifier: MIT

/// How the browser is started, and how long and how much it may.
package struct BrowserSettings: Hashable, Sendable {
  /// Debian's /usr/bin/chromium-headless-shell is a shell script around it, whose end would not be the browser's.
  package static let usualProgram = "/usr/lib/chromium/chromium-headless-shell"

  package var program = Self.usualProgram
  /// Where the profiles are made; each is gone with its browser.
  package var directory = "/tmp"
  /// Whether what pages run is kept from the machine by the kernel: user namespaces and seccomp.
  package var isSandboxed = true
  /// Whom the browser becomes where this process is root: Chromium has no sandbox as root.
  package var user = "nobody"
  /// Whether a server has to show a certificate that the machine trusts.
  package var checksCertificates = true
  package var limits = BrowserLimits()

  package init() {}
}

/// Times and amounts, each of which ends in an error or a new browser.
package struct BrowserLimits: Hashable, Sendable {
  /// Until a new browser answers; a machine under load takes ten seconds.
  package var start: Duration = .seconds(60)
  /// For an answer that needs no page: a browser that is slower hangs.
  package var answer: Duration = .seconds(30)
  /// Until the first bytes of a page are there.
  package var navigation: Duration = .seconds(60)
  /// SCREENSHOT_LOCATE_WAIT: until a page that has loaded has what its rule wants to find.
  package var locate: Duration = .seconds(10)
  /// SCREENSHOT_LOAD_WAIT: until it is ready.
  package var load: Duration = .seconds(60)
  /// SCREENSHOT_SELENIUM_ANIMATION_WAIT, at most: until two pictures are equal.
  package var stillness: Duration = .seconds(5)
  /// For a page that should answer at once: what is asked only tells more.
  package var lastLook: Duration = .seconds(10)
  /// For drawing one tile, or printing.
  package var capture: Duration = .seconds(60)

  /// Pages after which the browser is exchanged for a new one.
  package var pages = 200
  /// Bytes that the browser may have kept after a page; it is exchanged then.
  package var keptMemory = 1 << 30
  /// Bytes at which it is killed in the middle of a page; a page of Superset's takes 200 MB.
  package var memory = 2 << 30
  /// Pixels of the page below each other; a taller one is cut off, with a warning.
  package var height = 40_000
  /// Pixels of one picture, three bytes each here, and eight in the browser while a tile is drawn.
  package var pixels = 100_000_000
  /// Bytes of HTML that are taken.
  package var html = 32 << 20

  package init() {}
}
