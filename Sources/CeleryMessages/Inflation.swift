// SPDX-License-Identifier: MIT
import CZlib

/// zlib's data made whole again, and never more of it than is allowed.
enum Inflation {
  private static let chunk = 65_536

  /// What kombu calls gzip is zlib's own format; that of gzip(1) is taken as well. What follows the end is ignored, as
  /// kombu ignores it.
  static func inflate(_ bytes: [UInt8], limit: Int) throws(CeleryMessageError) -> [UInt8] {
    var stream = z_stream()
    // 32 more than the window: either header.
    guard
      inflateInit2_(
        &stream, MAX_WBITS + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .notCompressed }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    let isWhole = input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      var status = Z_OK
      while status == Z_OK, output.count <= limit {
        output += [UInt8](unsafeUninitializedCapacity: chunk) { piece, used in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(chunk)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          used = chunk - Int(stream.avail_out)
        }
      }
      return status == Z_STREAM_END
    }
    guard output.count <= limit else { throw .tooLarge(limit: limit) }
    guard isWhole else { throw .notCompressed }
    return output
  }
}
