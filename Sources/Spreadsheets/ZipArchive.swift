// SPDX-License-Identifier: MIT
import CZlib

/// A zip archive in memory: files one after the other, then their directory.
package struct ZipArchive {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// - Parameter name: in ASCII, its directories divided by slashes.
  package mutating func add(_ name: String, _ content: [UInt8]) {
    let packed = Self.deflated(content)
    let sum = content.withUnsafeBytes { bytes in
      UInt32(crc32(0, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count)))
    }
    var facts: [UInt8] = []
    // Version 2.0, no flags, deflated, at midnight of 1980-01-01, so that equal content makes an equal file.
    facts.append(littleEndian: UInt16(20), UInt16(0), UInt16(8), UInt16(0), UInt16(0x21))
    facts.append(littleEndian: sum, UInt32(packed.count), UInt32(content.count))
    facts.append(littleEndian: UInt16(name.utf8.count), UInt16(0))
    directory.append(littleEndian: UInt32(0x0201_4B50))
    directory.append(littleEndian: UInt16(20))
    directory += facts
    directory.append(littleEndian: UInt16(0), UInt16(0), UInt16(0))
    directory.append(littleEndian: UInt32(0), UInt32(bytes.count))
    directory += name.utf8
    bytes.append(littleEndian: UInt32(0x0403_4B50))
    bytes += facts
    bytes += name.utf8
    bytes += packed
    count += 1
  }

  package func finished() -> [UInt8] {
    var end: [UInt8] = []
    end.append(littleEndian: UInt32(0x0605_4B50))
    end.append(littleEndian: UInt16(0), UInt16(0), UInt16(count), UInt16(count))
    end.append(littleEndian: UInt32(directory.count), UInt32(bytes.count))
    end.append(littleEndian: UInt16(0))
    return bytes + directory + end
  }

  /// Without zlib's own header and checksum, as zip wants it.
  private static func deflated(_ content: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    // Level 6 is zlib's own choice; a negative window leaves the header out.
    deflateInit2_(
      &stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    let limit = Int(deflateBound(&stream, UInt(content.count)))
    var content = content
    return content.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: limit) { output, used in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(limit)
        // With room for the worst case one call does it all.
        deflate(&stream, Z_FINISH)
        used = limit - Int(stream.avail_out)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian numbers: Number...) {
    for number in numbers {
      Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
  }
}
