// SPDX-License-Identifier: MIT
import Screenshots
import SystemCalls
import TaskRuntime

/// HTML on standard input or an address, its picture on standard output.
@main
enum Screenshot {
  static func main() {
    let console = Console(name: "screenshot")
    do {
      let options = try ScreenshotOptions(CommandLine.arguments.dropFirst())
      guard !options.wantsHelp else { return console.print(Array(help.utf8)) }
      let page = try page(options, console)
      let cancellation = Cancellation()
      let browser = Browser(
        options.settings, isCancelled: { cancellation.isRequested }, warn: { console.log($0) })
      // Also where there is no picture: the browser is gone before this program.
      defer { browser.close() }
      let picture = try picture(of: page, options, browser)
      for warning in picture.warnings { console.log(warning) }
      console.print(picture.bytes)
    } catch {
      console.exit(because: error)
    }
  }

  private static func picture(
    of page: WebPage, _ options: ScreenshotOptions, _ browser: Browser
  ) throws(ScreenshotFailure) -> Picture {
    do { return try browser.picture(of: page, as: options.shot) } catch {
      throw .screenshot(error)
    }
  }

  private static func page(_ options: ScreenshotOptions, _ console: Console) throws -> WebPage {
    guard let address = options.address else {
      let html = try console.readInput()
      var page = WebPage(.html(html), readiness: options.readiness ?? .loaded)
      page.allowsScripts = options.allowsScripts
      page.isDark = options.isDark
      return page
    }
    var page = WebPage(.address(address), readiness: options.readiness ?? .idle)
    page.origins = options.origins
    page.reach = options.reach
    page.isDark = options.isDark
    if let file = options.cookieFile { page.cookies = try cookies(file) }
    return page
  }

  /// `name=value` in each line, or the header that fetch_csrf_token prints, `name=value; name=value`.
  private static func cookies(_ path: String) throws(ScreenshotFailure) -> [WebCookie] {
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path, limit: 1 << 20) } catch {
      throw .cookies(error)
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

  private static let help = """
    Usage: screenshot [--size WxH] [--thumb WxH | --within WxH] [--full | --selector CSS]
                      [--density N] [--pdf] [--wait RULE] [--timeout SECONDS] [--unready]
                      [--cookie-file FILE] [--allow ORIGIN] [--scripts] [--dark] [URL]

    Photographs a page in a headless Chromium: HTML on standard input, or what a URL has.
    Prints a PNG.

      --size WxH          the window; otherwise 800x600
      --thumb WxH         exactly this size: scaled down, cut off below or continued below
      --within WxH        as large as this box lets it be
      --full              the whole page from top to bottom
      --selector CSS      the first element that this finds, the whole of it
      --density N         pixels of the picture for each of the page's; otherwise 1
      --pdf               a PDF, pages of A4 where the page says nothing else
      --wait RULE         when it is ready: load (HTML's default), idle (a URL's), own, chart,
                          dashboard, selector:CSS
      --timeout SECONDS   for that; otherwise 60
      --unready           print the picture of a page that is not ready, with a warning
      --cookie-file FILE  cookies to send, name=value each
      --allow ORIGIN      whom the page may ask besides the URL's own server; any: whomever
      --scripts           let scripts of HTML on standard input run
      --dark              ask the page to be dark
      --any-certificate   do not check the server's certificate
      --no-sandbox        where the kernel or a container allows no sandbox
      --user NAME         whom the browser becomes where this is root; otherwise nobody
      --profiles DIR      where the browser keeps its files meanwhile; otherwise /tmp
      --browser FILE      otherwise /usr/lib/chromium/chromium-headless-shell

    """
}
