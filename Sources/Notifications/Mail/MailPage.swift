// SPDX-License-Identifier: MIT

/// What a mail says as HTML, laid out as Superset's own.
struct MailPage {
  static let advice = "Please look at the chart or dashboard itself; it may say more."

  private static let style = """
    table, th, td { border-collapse: collapse; border-color: rgb(200, 212, 227); \
    color: rgb(42, 63, 95); padding: 4px 8px; }
    .image { margin-bottom: 18px; min-width: 1000px; }
    """

  private(set) var text: String

  /// - Parameter pictures: the ids of the parts that hold them.
  init(_ notification: Notification, callToAction: String, pictures: [String]) {
    let url = notification.url.map(Self.link) ?? ""
    let link =
      url.isEmpty
      ? "" : "<b><a href=\"\(HTMLText.escaped(url))\">\(HTMLText.escaped(callToAction))</a></b>"
    text = "<html>\n<head>\n<style type=\"text/css\">\n\(Self.style)\n</style>\n</head>\n<body>\n"
    if let error = notification.errorText {
      let lines = HTMLText.escaped(error).replacing("\n", with: "<br>\n")
      text += "<p>There is no report this time, because of an error:</p>\n<p>\(lines)</p>\n"
      text += "<p>\(Self.advice)</p>\n<p>\(link)</p>\n"
    } else {
      text += "<div>\(HTMLSanitizer.message.cleaned(notification.description))</div>\n<br>\n"
      text += "\(link)<p></p>\n"
      if let table = notification.table { HTMLTable.append(table, to: &text) }
      for id in pictures {
        text += "<div class=\"image\">\n<img width=\"1000\" src=\"cid:\(id)\">\n</div>\n"
      }
    }
    text += "</body>\n</html>\n"
  }

  /// Nothing but an address of the web leads anywhere from a mail.
  private static func link(_ url: String) -> String {
    let url = url.singleLine
    return ["http://", "https://"].contains { url.lowercased().hasPrefix($0) } ? url : ""
  }
}
