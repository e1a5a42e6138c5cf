// SPDX-License-Identifier: MIT
import SystemCalls

/// Why there is no picture.
package enum ScreenshotError: Error, Hashable {
  // What was asked for
  case badAddress(reason: String)
  case badPage(reason: String)
  /// The whole picture would be larger than the limit for pixels.
  case tooLarge(PixelSize)

  // The browser
  case notInstalled(program: String)
  case cannotStart(reason: String)
  /// The kernel, or the container around us, lets nobody make user namespaces.
  case noSandbox(reason: String)
  case browserEnded(reason: String)
  /// It does not answer any more.
  case hung(call: String)
  case tooMuchMemory(bytes: Int)
  /// It answers with an error of its own.
  case refused(call: String, reason: String)
  case system(SystemError)
  case cancelled

  // The page
  case unreachable(url: String, reason: String)
  case status(Int, url: String)
  case login(url: String)
  case outside(url: String)
  case navigatedAway(url: String)
  case restless(url: String)
  case download(url: String)
  case closedItself
  case rendererCrashed
  /// What was still loading; `isOurs` where it is a page of our own, which will not get better.
  case notReady([String], after: Duration, isOurs: Bool)
  /// What the page says in the place of what was to be photographed.
  case complaint(String)
}

extension ScreenshotError {
  /// Whether another attempt may do better.
  package var isTemporary: Bool {
    switch self {
    case .browserEnded, .hung, .tooMuchMemory, .refused, .system, .unreachable, .rendererCrashed,
      .cannotStart, .cancelled:
      true
    case .status(let status, _): status >= 500 || status == 429
    case .notReady(_, _, let isOurs): !isOurs
    case .badAddress, .badPage, .tooLarge, .notInstalled, .noSandbox, .login, .outside,
      .navigatedAway, .restless, .download, .closedItself, .complaint:
      false
    }
  }

  /// Whether the browser itself is to be given up; the next picture begins with a new one.
  var spoilsBrowser: Bool {
    switch self {
    case .browserEnded, .hung, .tooMuchMemory, .refused, .system, .cannotStart, .noSandbox,
      .cancelled, .notInstalled:
      true
    case .badAddress, .badPage, .tooLarge, .unreachable, .status, .login, .outside,
      .navigatedAway, .restless, .download, .closedItself, .rendererCrashed, .notReady,
      .complaint:
      false
    }
  }
}

extension ScreenshotError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badAddress(let reason): "unable to photograph the address: \(reason)"
    case .badPage(let reason): "unable to photograph the page: \(reason)"
    case .tooLarge(let size): "unable to photograph the page: \(size) pixels are too many"
    case .notInstalled(let program):
      "unable to start \(program): Debian's package chromium-headless-shell has it"
    case .cannotStart(let reason): "unable to start the browser: \(reason)"
    case .noSandbox(let reason):
      "unable to start the browser in its sandbox, screenshot(1) tells what to do: \(reason)"
    case .browserEnded(let reason): "the browser has ended: \(reason)"
    case .hung(let call): "the browser does not answer to \(call)"
    case .tooMuchMemory(let bytes): "the page takes more than \(bytes >> 20) MB"
    case .refused(let call, let reason): "the browser refuses \(call): \(reason)"
    case .system(let error): "\(error)"
    case .cancelled: "broken off"
    case .unreachable(let url, let reason): "unable to load \(url): \(reason)"
    case .status(let status, let url): "unable to load \(url): its server answers \(status)"
    case .login(let url): "redirected to login: \(url)"
    case .outside(let url): "the page leads to \(url), which is not allowed"
    case .navigatedAway(let url): "the page leads away to \(url)"
    case .restless(let url): "the page leads on and on, at last to \(url)"
    case .download(let url): "\(url) is a download, not a page"
    case .closedItself: "the page closes itself"
    case .rendererCrashed: "the page crashed, as one does that takes too much memory"
    case .complaint(let text): "the page says: \(text)"
    case .notReady(let missing, let time, _):
      "the page is not ready after \(time): \(Self.listed(missing))"
    }
  }

  /// The first of many say enough.
  private static func listed(_ items: [String]) -> String {
    let rest = items.count - 10
    return items.prefix(10).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
