// SPDX-License-Identifier: MIT

/// A part of a mail, or several; RFC 2045 and 2046. Lines end with CR LF.
indirect enum MIMEPart {
  /// How bytes become lines of ASCII.
  enum Encoding: String {
    case quotedPrintable = "quoted-printable"
    case base64
  }

  case leaf(headers: [String], Encoding, [UInt8])
  /// - boundary: stands in no leaf: with `=_` in it, it is neither Base64 nor quoted-printable.
  case several(type: String, boundary: String, preamble: String, [MIMEPart])

  /// Text in the shorter of both encodings; the other one is for eyes, too, as long as most of it is ASCII.
  static func text(_ subtype: String, _ text: String) -> MIMEPart {
    let bytes = Array(text.utf8)
    let strange = bytes.count { $0 >= 0x80 || $0 == UInt8(ascii: "=") }
    let encoding: Encoding = strange > bytes.count / 6 ? .base64 : .quotedPrintable
    return .leaf(headers: ["Content-Type: text/\(subtype); charset=utf-8"], encoding, bytes)
  }

  func append(to output: inout [UInt8]) {
    switch self {
    case .leaf(let headers, let encoding, let bytes):
      let lines = headers + ["Content-Transfer-Encoding: \(encoding.rawValue)", ""]
      for line in lines { Self.append(line, to: &output) }
      switch encoding {
      case .quotedPrintable: QuotedPrintable.append(bytes, to: &output)
      case .base64: Base64Lines.append(bytes, to: &output)
      }
    case .several(let type, let boundary, let preamble, let parts):
      let header = "Content-Type: multipart/\(type);\r\n boundary=\"\(boundary)\""
      for line in [header, ""] + (preamble.isEmpty ? [] : [preamble]) {
        Self.append(line, to: &output)
      }
      for part in parts {
        Self.append("--\(boundary)", to: &output)
        part.append(to: &output)
      }
      Self.append("--\(boundary)--", to: &output)
    }
  }

  /// About how many bytes it becomes, so that no memory is taken twice.
  var size: Int {
    switch self {
    case .leaf(_, .base64, let bytes): bytes.count / 54 * 76 + 600
    case .leaf(_, .quotedPrintable, let bytes): bytes.count + bytes.count / 4 + 600
    case .several(_, _, _, let parts): parts.reduce(600) { $0 + $1.size }
    }
  }

  private static func append(_ line: String, to output: inout [UInt8]) {
    output += line.utf8
    output += [0x0D, 0x0A]
  }
}
