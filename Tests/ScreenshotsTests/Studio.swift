// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

@testable import Screenshots

/// A browser for one test, whose profiles lie in a directory of their own.
final class Studio {
  /// What the browser was said to lack.
  final class Warnings { var all: [String] = [] }
  /// What happens while something is waited for; true breaks it off.
  final class Interlude { var happens: () -> Bool = { false } }

  let directory: TemporaryDirectory
  let browser: Browser
  let warnings = Warnings()
  private let interlude = Interlude()

  /// Where no sandbox is to be had, as in most containers, pictures are taken without.
  static let hasSandbox = Result { () throws(ScreenshotError) -> Bool in
    do throws(ScreenshotError) {
      _ = try BrowserProcess(BrowserSettings(), isCancelled: { false })
      return true
    } catch {
      guard case .noSandbox = error else { throw error }
      return false
    }
  }

  init(_ change: (inout BrowserSettings) -> Void = { _ in }) throws {
    directory = try TemporaryDirectory("studio")
    // The browser's own user has to get to its profile.
    try SystemFiles().open(directory.path, .read).setPermissions(0o755)
    var settings = BrowserSettings()
    settings.directory = directory.path
    settings.isSandboxed = try Self.hasSandbox.get()
    // Machines under load are slow; no test waits so long where all is well.
    settings.limits.start = .seconds(240)
    settings.limits.answer = .seconds(120)
    settings.limits.capture = .seconds(240)
    settings.limits.locate = .seconds(60)
    settings.limits.load = .seconds(120)
    settings.limits.lastLook = .seconds(60)
    change(&settings)
    browser = Browser(
      settings, isCancelled: { [interlude] in interlude.happens() },
      warn: { [warnings] in warnings.all.append($0) })
  }

  func picture(_ page: WebPage, _ shot: Shot = Shot()) throws(ScreenshotError) -> Pixels {
    try Pixels(png: browser.picture(of: page, as: shot).bytes)
  }

  func picture(
    _ html: String, _ change: (inout Shot) -> Void = { _ in }
  ) throws(ScreenshotError) -> Pixels {
    var shot = Shot()
    change(&shot)
    return try picture(WebPage(.html(Array(html.utf8)), readiness: .loaded), shot)
  }

  /// Why there is no picture; nil where there is one.
  func failure(
    _ page: WebPage, _ change: (inout Shot) -> Void = { _ in }
  ) -> ScreenshotError? {
    var shot = Shot()
    change(&shot)
    do {
      _ = try browser.picture(of: page, as: shot)
      return nil
    } catch { return error }
  }

  /// Does something, once, as soon as the condition holds while the browser is waited for.
  func once(_ condition: @escaping () -> Bool, _ body: @escaping (Browser) -> Void) {
    var isDone = false
    interlude.happens = { [unowned browser] in
      guard !isDone, condition() else { return false }
      isDone = true
      body(browser)
      return false
    }
  }

  /// Whoever waits does not wait any more once the condition holds.
  func breakOff(_ condition: @escaping () -> Bool) { interlude.happens = condition }

  /// Names in the directory of the profiles.
  var profiles: [String] { (try? SystemFiles().names(in: directory.path)) ?? [] }
}

extension WebPage {
  init(at url: String, _ readiness: ReadinessRule = .loaded) {
    self.init(.address(url), readiness: readiness)
  }

  init(_ html: String, _ readiness: ReadinessRule = .loaded) {
    self.init(.html(Array(html.utf8)), readiness: readiness)
  }
}

extension Pixels {
  /// The colour at a place, as `#rrggbb`.
  func colour(_ x: Int, _ y: Int) -> String {
    let start = (y * width + x) * Self.channels
    return "#"
      + bytes[start..<start + Self.channels].map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }.joined()
  }

  var size: String { "\(width)x\(height)" }
}

/// Waits until something is so; a machine under load may take its time.
func waits(_ seconds: Int = 60, until condition: () -> Bool) -> Bool {
  let end = SystemClock.monotonic() + Duration.seconds(seconds).nanoseconds
  while SystemClock.monotonic() < end {
    if condition() { return true }
    _ = DescriptorPoll.ready([], within: .milliseconds(20))
  }
  return condition()
}
