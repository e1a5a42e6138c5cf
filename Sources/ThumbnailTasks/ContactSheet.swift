// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// One page with many pictures, which are in the page itself, so that it can be sent to somebody.
package struct ContactSheet {
  package struct Frame {
    package enum Content {
      /// The path of a PNG.
      case picture(String)
      /// Why there is none.
      case text(String)
    }

    private let title: String
    private let content: Content

    package init(title: String, content: Content) {
      self.title = title
      self.content = content
    }

    /// A picture that has gone meanwhile is told like any other that is missing.
    fileprivate var html: String {
      let title = ContactSheet.escaped(title)
      let body: String
      switch content {
      case .text(let reason): body = "<p dir=auto>\(ContactSheet.escaped(reason))</p>"
      case .picture(let path):
        do throws(SystemError) {
          let text = Base64.encode(try SystemFiles().contents(of: path))
          body = "<img alt=\"\" src=\"data:image/png;base64,\(text)\">"
        } catch { body = "<p dir=auto>\(ContactSheet.escaped("\(error)"))</p>" }
      }
      return "<figure>\(body)<figcaption dir=auto>\(title)</figcaption></figure>\n"
    }
  }

  private let frames: [Frame]

  package init(_ frames: [Frame]) { self.frames = frames }

  /// Picture by picture, so that hundreds need no more memory than one.
  ///
  /// - Important: replaces what stands under the name.
  package func write(to path: String) throws(SystemError) {
    let files = SystemFiles()
    let aside = path.asidePath
    try files.clear(aside)
    let file = try files.open(aside, .create)
    do {
      try files.write(Array(Self.head.utf8), to: file)
      for frame in frames { try files.write(Array(frame.html.utf8), to: file) }
      // Commit point: the whole page has the name.
      try files.replace(path, with: aside)
    } catch {
      // The error that is thrown says more.
      try? files.unlinkIfPresent(aside)
      throw error
    }
  }

  private static let head = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width">
    <title>Thumbnails</title>
    <style>
    :root { color-scheme: light dark; font: 14px sans-serif }
    body { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 16px; margin: 16px }
    figure { margin: 0; border: 1px solid #8884; border-radius: 4px; overflow: hidden; display: flex; flex-direction: column }
    img { width: 100%; display: block }
    p { flex: 1; min-height: 120px; margin: 0; padding: 16px; background: #e0435514; overflow-wrap: anywhere }
    figcaption { margin-top: auto; padding: 8px 12px; border-top: 1px solid #8884; overflow-wrap: anywhere }
    </style>

    """

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
