// SPDX-License-Identifier: MIT

/// A form with files in it; RFC 7578.
struct MultipartForm {
  /// Made of a digest: what is sent would have to know it to hold it.
  let boundary: String
  private var bytes: [UInt8] = []

  init(boundary: String, size: Int) {
    self.boundary = boundary
    bytes.reserveCapacity(size)
  }

  mutating func append(_ name: String, _ value: String) {
    begin("form-data; name=\"\(name)\"", type: nil)
    bytes += value.utf8
    bytes += [0x0D, 0x0A]
  }

  mutating func append(_ name: String, _ file: Attachment) {
    begin("form-data; name=\"\(name)\"; filename=\"\(file.name)\"", type: file.kind.rawValue)
    bytes += file.bytes
    bytes += [0x0D, 0x0A]
  }

  private mutating func begin(_ disposition: String, type: String?) {
    bytes += "--\(boundary)\r\nContent-Disposition: \(disposition)\r\n".utf8
    if let type { bytes += "Content-Type: \(type)\r\n".utf8 }
    bytes += [0x0D, 0x0A]
  }

  consuming func finished() -> [UInt8] {
    bytes += "--\(boundary)--\r\n".utf8
    return bytes
  }
}
