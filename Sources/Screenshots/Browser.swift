// SPDX-License-Identifier: MIT
import JSONValues

/// Takes pictures of pages with a browser that stays warm between them.
///
/// Not `Sendable`: one page at a time. The browser is started for the first picture, and a new one after a crash, a hang, a
/// number of pages or too much memory; ``close()`` or the last reference ends it with all its processes.
///
/// - Important: always from the same thread: the kernel ends the browser when that thread ends.
package final class Browser {
  private let settings: BrowserSettings
  private let isCancelled: () -> Bool
  private let warn: (String) -> Void
  private var process: BrowserProcess?
  private var pages = 0
  private var hasWarned = false

  /// - Parameter isCancelled: asked several times a second while something is waited for.
  /// - Parameter warn: told what a person should know of the browser itself.
  package init(
    _ settings: BrowserSettings = BrowserSettings(), isCancelled: @escaping () -> Bool = { false },
    warn: @escaping (String) -> Void = { _ in }
  ) {
    self.settings = settings
    self.isCancelled = isCancelled
    self.warn = warn
  }

  package func picture(of page: WebPage, as shot: Shot) throws(ScreenshotError) -> Picture {
    let plan = try VisitPlan(page, shot, settings)
    let (process, context) = try warmUp()
    pages += 1
    let visit = PageVisit(plan, process, context: context, isCancelled)
    do {
      let picture = try visit.take()
      finish(visit, process)
      return picture
    } catch {
      let reason = explained(error, process)
      if reason.spoilsBrowser || !process.isAlive { close() } else { finish(visit, process) }
      throw reason
    }
  }

  /// Ends the browser; the next picture begins with a new one.
  package func close() {
    process?.end()
    process = nil
    pages = 0
  }

  /// The main process of the browser that runs; nil without one.
  package var processID: Int32? { process?.pid }

  /// Bytes that the browser's processes have for themselves now.
  package var memory: Int { process?.memory ?? 0 }

  /// A browser that answers, and a place of its own in it, without cookies, for one page.
  private func warmUp() throws(ScreenshotError) -> (BrowserProcess, String) {
    if let process {
      // That a browser died or hangs since nobody used it costs no job anything.
      do { return (process, try makeContext(process)) } catch {
        close()
        if error == .cancelled { throw error }
      }
    }
    if !settings.isSandboxed, !hasWarned {
      hasWarned = true
      warn("the browser runs without its sandbox: pages can do what its user can")
    }
    let process = try BrowserProcess(settings, isCancelled: isCancelled)
    self.process = process
    do {
      // Of the browser as a whole: frames, workers and their like are asked about as well.
      _ = try process.client.call(
        "Fetch.enable", ["patterns": [["urlPattern": "*"]]], within: settings.limits.answer)
      return (process, try makeContext(process))
    } catch {
      close()
      throw error
    }
  }

  private func makeContext(_ process: BrowserProcess) throws(ScreenshotError) -> String {
    process.client.listener = nil
    process.client.objection = { [isCancelled] in isCancelled() ? .cancelled : nil }
    let result = try process.client.call(
      "Target.createBrowserContext", ["disposeOnDetach": true], within: settings.limits.answer)
    guard let id = (try? JSONValue(parsing: result))?["browserContextId"]?.stringValue else {
      throw .refused(call: "Target.createBrowserContext", reason: "it tells no id")
    }
    return id
  }

  /// Takes the page away; a browser that cannot do that, or has grown, goes with it.
  private func finish(_ visit: PageVisit, _ process: BrowserProcess) {
    let isSound = visit.leave()
    let limits = settings.limits
    if !isSound || pages >= limits.pages || process.memory > limits.keptMemory { close() }
  }

  /// The browser may have said why it ended.
  private func explained(_ error: ScreenshotError, _ process: BrowserProcess) -> ScreenshotError {
    guard case .browserEnded = error else { return error }
    let said = process.lastWords
    return said.isEmpty ? error : .browserEnded(reason: said)
  }

  deinit { close() }
}
