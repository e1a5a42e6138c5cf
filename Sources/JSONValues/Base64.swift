// SPDX-License-Identifier: MIT

/// Bytes as they stand in JSON, by RFC 4648: megabytes of them, without texts in between.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each byte; 0xFF where it has none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  /// Nil for anything but whole groups with their padding.
  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
    let size = text.count / 4 * 3
    var isSound = true
    var bytes = [UInt8](unsafeUninitializedCapacity: size) { output, count in
      text.withUnsafeBufferPointer { input in
        values.withUnsafeBufferPointer { values in
          isSound = decode(input, values, padding: padding, into: output)
        }
      }
      count = size
    }
    guard isSound else { return nil }
    bytes.removeLast(padding)
    return bytes
  }

  private static func decode(
    _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>, padding: Int,
    into output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    var wrong: UInt8 = 0
    var target = 0
    for start in stride(from: 0, to: input.count, by: 4) {
      var bits: UInt32 = 0
      for index in start..<start + 4 {
        let isPadding = index >= input.count - padding
        let value = isPadding ? 0 : values[Int(input[index])]
        wrong |= value & 0xC0
        bits = bits << 6 | UInt32(value & 63)
      }
      output[target] = UInt8(truncatingIfNeeded: bits >> 16)
      output[target + 1] = UInt8(truncatingIfNeeded: bits >> 8)
      output[target + 2] = UInt8(truncatingIfNeeded: bits)
      target += 3
    }
    return wrong == 0
  }

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    append(bytes[...], to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The same behind what is there already: lines of a longer text.
  package static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
      let count = min(3, bytes.endIndex - start)
      var bits = UInt32(bytes[start]) << 16
      if count > 1 { bits |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { bits |= UInt32(bytes[start + 2]) }
      for index in 0..<4 {
        let value = alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)]
        text.append(index <= count ? value : UInt8(ascii: "="))
      }
    }
  }
}
