// SPDX-License-Identifier: MIT
import JSONValues

/// Text as lines of at most 76 characters of ASCII; RFC 2045.
enum QuotedPrintable {
  private static let lineLength = 76
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// - Parameter bytes: lines ended by LF; each becomes one or more, ended by CR LF.
  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    var length = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A {
        end(&output, &length)
        continue
      }
      let isLast = index + 1 == bytes.count || bytes[index + 1] == 0x0A
      let isBlank = byte == 0x20 || byte == 0x09
      let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !isLast
      let size = isPlain ? 1 : 3
      // One place stays free for the sign that the line goes on.
      if length + size > lineLength - 1 {
        output.append(UInt8(ascii: "="))
        end(&output, &length)
      }
      if isPlain {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
      length += size
    }
    if length > 0 { end(&output, &length) }
  }

  private static func end(_ output: inout [UInt8], _ length: inout Int) {
    output += [0x0D, 0x0A]
    length = 0
  }
}

/// Bytes as lines of 76 characters.
enum Base64Lines {
  /// Bytes of a line.
  private static let pieceSize = 57

  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      Base64.append(bytes[start..<min(start + pieceSize, bytes.count)], to: &output)
      output.append(0x0D)
      output.append(0x0A)
    }
  }
}
