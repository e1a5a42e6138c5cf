// SPDX-License-Identifier: MIT

/// What a mail says to whoever reads no HTML.
struct MailText {
  /// Rows; who wants more looks at the HTML, or into Superset.
  private static let rowLimit = 200

  let text: String

  init(_ notification: Notification, callToAction: String) {
    let link = notification.url.map { "\(callToAction.singleLine): \($0.singleLine)" }
    if let error = notification.errorText {
      text = Self.joined([
        "There is no report this time, because of an error:", error, MailPage.advice, link,
      ])
    } else {
      let table = notification.table.map { table in
        TextTable(table).text(rows: Self.rowLimit)
      }
      text = Self.joined([HTMLText.plain(notification.description), link, table])
    }
  }

  private static func joined(_ paragraphs: [String?]) -> String {
    let paragraphs = paragraphs.compactMap { $0 }.filter { !$0.isEmpty }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }
}
