// SPDX-License-Identifier: MIT
import JSONValues

/// Whole files of Celery's: JSON, of which the first byte tells the form.
enum Document {
  static func object(
    _ bytes: [UInt8], as name: String
  ) throws(CeleryMessageError) -> JSONObject {
    guard let members = try value(of: bytes, beginningWith: "{", as: name).objectValue else {
      throw .notThe(name)
    }
    return members
  }

  /// - Parameter bracket: where another one stands, no further bytes can help.
  static func value(
    of bytes: [UInt8], beginningWith bracket: Unicode.Scalar, as name: String
  ) throws(CeleryMessageError) -> JSONValue {
    let first = bytes.first { !" \t\r\n".utf8.contains($0) }
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      guard error.kind == .incomplete else { throw .notJSON(error) }
      guard first == nil || first == UInt8(ascii: bracket) else { throw .notThe(name) }
      throw .incomplete
    }
    guard first == UInt8(ascii: bracket) else { throw .notThe(name) }
    return value
  }
}
