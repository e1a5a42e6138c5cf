// SPDX-License-Identifier: MIT

/// A file that goes along with a message.
struct Attachment: Hashable {
  enum Kind: String {
    case csv = "text/csv"
    case pdf = "application/pdf"
    case picture = "image/png"

    var ending: String {
      switch self {
      case .csv: "csv"
      case .pdf: "pdf"
      case .picture: "png"
      }
    }
  }

  let kind: Kind
  let name: String
  let bytes: [UInt8]
}

extension Notification {
  /// CSV, then PDF, then pictures; none with an error.
  var attachments: [Attachment] {
    guard errorText == nil else { return [] }
    var list: [Attachment] = []
    if let csv { list.append(attachment(.csv, csv)) }
    if let pdf { list.append(attachment(.pdf, pdf)) }
    for (number, picture) in pictures.enumerated() {
      list.append(attachment(.picture, picture, number: number))
    }
    return list
  }

  private func attachment(_ kind: Attachment.Kind, _ bytes: [UInt8], number: Int = 0) -> Attachment
  {
    let suffix = number == 0 ? "" : " \(number + 1)"
    return Attachment(kind: kind, name: "\(fileName)\(suffix).\(kind.ending)", bytes: bytes)
  }

  /// The name, as far as it can be one of a file: without slashes, and not too long for any system.
  private var fileName: String {
    let plain = String(
      name.singleLine.map { "/\\".contains($0) ? "_" : $0 }.drop { $0 == "." || $0 == " " })
    var short = plain
    while short.utf8.count > 200 { short.removeLast() }
    return short.isEmpty ? "report" : short
  }
}
