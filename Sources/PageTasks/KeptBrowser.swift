// SPDX-License-Identifier: MIT
import Screenshots
import SupersetConfiguration
import TaskRuntime

/// The browser of a process, warm from one job to the next.
package final class KeptBrowser {
  // Not the context: its memory keeps this object, and neither would ever go.
  private let cancellation: Cancellation
  private let log: @Sendable (String) -> Void
  private var options: BrowserOptions
  private var browser: Browser

  /// Photographs a page with it; what a person should know of the picture goes into the log.
  package static func picture(
    of page: WebPage, as shot: Shot, _ options: BrowserOptions, _ context: TaskContext
  ) throws(PageError) -> [UInt8] {
    let kept = context.memory.kept { KeptBrowser(options, context) }
    do {
      let picture = try kept.browser(options).picture(of: page, as: shot)
      for warning in picture.warnings { context.log(warning) }
      return picture.bytes
    } catch { throw .screenshot(error) }
  }

  private init(_ options: BrowserOptions, _ context: TaskContext) {
    cancellation = context.cancellation
    log = context.log
    self.options = options
    browser = Self.start(options, context.cancellation, context.log)
  }

  /// Another one where its settings have changed meanwhile.
  private func browser(_ options: BrowserOptions) -> Browser {
    if options != self.options {
      self.options = options
      browser.close()
      browser = Self.start(options, cancellation, log)
    }
    return browser
  }

  private static func start(
    _ options: BrowserOptions, _ cancellation: Cancellation,
    _ log: @escaping @Sendable (String) -> Void
  ) -> Browser {
    var settings = BrowserSettings()
    settings.program = options.program ?? settings.program
    settings.isSandboxed = options.isSandboxed
    settings.user = options.user ?? settings.user
    settings.limits.locate = .seconds(options.locateWait)
    settings.limits.load = .seconds(options.loadWait)
    return Browser(settings, isCancelled: { cancellation.isRequested }, warn: log)
  }
}
