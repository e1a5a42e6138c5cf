// SPDX-License-Identifier: MIT
import Screenshots
import TaskRuntime

/// HTML on standard input or an address, its picture on standard output.
@main
enum Screenshot {
  static func main() {
    let console = Console(name: "screenshot")
    do {
      let options = try ScreenshotOptions(CommandLine.arguments.dropFirst())
      guard !options.wantsHelp else { return console.print(Array(help.utf8)) }
      let cancellation = Cancellation()
      let browser = Browser(
        options.settings, isCancelled: { cancellation.isRequested }, warn: { console.log($0) })
      // Also where there is no picture: the browser is gone before this program.
      defer { browser.close() }
      let run = ScreenshotRun(options, console, browser)
      if let directory = options.directory {
        try run.photographFiles(into: directory)
      } else {
        try run.photograph()
      }
    } catch {
      console.exit(because: error)
    }
  }

  private static let help = """
    Usage: screenshot [--size WxH] [--thumb WxH | --within WxH] [--full | --selector CSS]
                      [--density N] [--pdf] [--wait RULE] [--timeout SECONDS] [--unready]
                      [--cookie-file FILE] [--allow ORIGIN] [--scripts] [--dark]
                      [URL | --into DIR FILE ...]

    Photographs a page in a headless Chromium: HTML on standard input, or what a URL has.
    Prints a PNG. With --into it takes HTML files, one after the other in one browser.

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
      --into DIR          write a picture of each FILE there, under the file's name
      --profiles DIR      where the browser keeps its files meanwhile; otherwise /tmp
      --browser FILE      otherwise /usr/lib/chromium/chromium-headless-shell

    """
}
