// SPDX-License-Identifier: MIT
import Screenshots
import SupersetConfiguration
import TaskRuntime

/// The browser of a process, warm from one job to the next.
final class KeptBrowser {
  private let context: TaskContext
  private var options: BrowserOptions
  private var browser: Browser

  init(_ options: BrowserOptions, _ context: TaskContext) {
    self.context = context
    self.options = options
    browser = Self.start(options, context)
  }

  /// Another one where its settings have changed meanwhile.
  func browser(_ options: BrowserOptions) -> Browser {
    if options != self.options {
      self.options = options
      browser.close()
      browser = Self.start(options, context)
    }
    return browser
  }

  private static func start(_ options: BrowserOptions, _ context: TaskContext) -> Browser {
    var settings = BrowserSettings()
    settings.program = options.program ?? settings.program
    settings.isSandboxed = options.isSandboxed
    settings.user = options.user ?? settings.user
    settings.limits.locate = .seconds(options.locateWait)
    settings.limits.load = .seconds(options.loadWait)
    let cancellation = context.cancellation
    return Browser(settings, isCancelled: { cancellation.isRequested }, warn: context.log)
  }
}
