// SPDX-License-Identifier: MIT
import Screenshots
import SystemCalls
import TaskRuntime

/// One run of the filter: pages from where they are, pictures to where they go.
struct ScreenshotRun {
  private let options: ScreenshotOptions
  private let console: Console
  private let browser: Browser

  init(_ options: ScreenshotOptions, _ console: Console, _ browser: Browser) {
    self.options = options
    self.console = console
    self.browser = browser
  }

  /// The one page, on standard output.
  func photograph() throws {
    if let address = options.address {
      console.print(try picture(of: page(at: address)))
    } else {
      console.print(try picture(of: page(try console.readInput())))
    }
  }

  /// One picture for each file; one that fails keeps no other from being taken.
  ///
  /// - Throws: the first failure, at the end.
  func photographFiles(into directory: String) throws {
    var failure: ScreenshotFailure?
    for file in options.files {
      do throws(ScreenshotFailure) {
        try photograph(file, into: directory)
      } catch {
        if case .screenshot(.cancelled) = error { throw error }
        console.log("\(file): \(error)")
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func photograph(
    _ file: String, into directory: String
  ) throws(ScreenshotFailure) {
    let files = SystemFiles()
    let html: [UInt8]
    do { html = try files.contents(of: file) } catch { throw .input(error) }
    let picture = try picture(of: page(html), named: file)
    let name = file.split(separator: "/").last ?? ""
    let base = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let target = "\(directory)/\(base).\(options.shot.format == .pdf ? "pdf" : "png")"
    do { try files.publish(picture, as: target) } catch { throw .output(error) }
  }

  private func picture(
    of page: WebPage, named name: String? = nil
  ) throws(ScreenshotFailure) -> [UInt8] {
    do {
      let picture = try browser.picture(of: page, as: options.shot)
      for warning in picture.warnings { console.log((name.map { "\($0): " } ?? "") + warning) }
      return picture.bytes
    } catch { throw .screenshot(error) }
  }

  private func page(_ html: [UInt8]) -> WebPage {
    var page = WebPage(.html(html), readiness: options.readiness ?? .loaded)
    page.allowsScripts = options.allowsScripts
    page.isDark = options.isDark
    return page
  }

  private func page(at address: String) throws(ScreenshotFailure) -> WebPage {
    var page = WebPage(.address(address), readiness: options.readiness ?? .idle)
    page.origins = options.origins
    page.reach = options.reach
    page.isDark = options.isDark
    if let file = options.cookieFile { page.cookies = try cookies(file) }
    return page
  }

  /// `name=value` in each line, or the header that fetch_csrf_token prints, `name=value; name=value`.
  private func cookies(_ path: String) throws(ScreenshotFailure) -> [WebCookie] {
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path, limit: 1 << 20) } catch {
      throw .input(error)
    }
    var cookies: [WebCookie] = []
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      for item in line.split(separator: ";") {
        let text = item.drop { $0 == " " }
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
          throw .malformedCookies(line: index + 1)
        }
        cookies.append(
          WebCookie(name: String(text[..<sign]), value: String(text[text.index(after: sign)...])))
      }
    }
    return cookies
  }
}
