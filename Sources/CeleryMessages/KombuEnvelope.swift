// SPDX-License-Identifier: MIT
import JSONValues

/// A message as every transport of kombu's without a broker carries it: a body that is packed, and what is said about it.
struct KombuEnvelope {
  let headers: JSONObject
  let properties: JSONObject
  /// The body unpacked; values that only kombu's JSON has are plain already.
  let body: JSONValue

  static let jsonType = "application/json"
  static let gzipType = "application/x-gzip"

  /// - Throws: `incomplete` where more bytes could make it a message; nothing of the body is looked at before.
  init(parsing bytes: [UInt8], inflatingUpTo limit: Int) throws(CeleryMessageError) {
    let members = try Document.object(bytes, as: "a message's object")
    let reader = MemberReader(members)
    headers = try KombuTypes.plain(try reader.object("headers") ?? [:])
    properties = try KombuTypes.plain(try reader.object("properties") ?? [:])
    // kombu's own name for what nobody named.
    let type = try reader.text("content-type") ?? "application/data"
    guard type == Self.jsonType else { throw .contentType(type) }
    let encoding = try reader.text("content-encoding") ?? "utf-8"
    guard Self.encodings.contains(encoding.lowercased()) else { throw .contentEncoding(encoding) }
    guard let text = members["body"]?.stringValue else {
      throw .badMember("body", expected: "a text")
    }
    let packed = try Self.decoded(text, as: try MemberReader(properties).text("body_encoding"))
    let compression = try MemberReader(headers).text("compression")
    let unpacked = try Self.inflated(packed, as: compression, limit: limit)
    let value: JSONValue
    do {
      value = try JSONValue(parsing: unpacked)
    } catch {
      throw .bodyNotJSON(error)
    }
    body = try KombuTypes.plain(value)
  }

  /// JSON's own, whatever its bytes are called.
  private static let encodings: Set = [
    "utf-8", "utf8", "us-ascii", "ascii", "binary", "ascii-8bit",
  ]

  private static func decoded(
    _ text: String, as encoding: String?
  ) throws(CeleryMessageError) -> [UInt8] {
    switch encoding {
    case nil: return Array(text.utf8)
    case "base64":
      // Python breaks long ones into lines.
      let digits = text.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
      guard let bytes = Base64.decode(digits[...]) else { throw .notBase64 }
      return bytes
    case .some(let name): throw .bodyEncoding(name)
    }
  }

  private static func inflated(
    _ bytes: [UInt8], as compression: String?, limit: Int
  ) throws(CeleryMessageError) -> [UInt8] {
    guard let compression else { return bytes }
    guard [gzipType, "application/gzip", "application/zlib", "gzip", "zlib"].contains(compression)
    else { throw .compression(compression) }
    return try Inflation.inflate(bytes, limit: limit)
  }
}
