// SPDX-License-Identifier: MIT
import CZlib
import JSONValues

/// The cookie of somebody who is logged in, made with Superset's SECRET_KEY as its web server makes it.
///
/// It is of no use where sessions lie on the server's side (SESSION_SERVER_SIDE): then only a login gives one.
package struct SessionCookie: Hashable, Sendable {
  package let value: String

  /// SHA-512 of `None|None`: the address and the browser of whoever logs in, where there is neither. Superset holds it
  /// against those of each request, but only asks for a fresh login where one is wanted.
  private static let identifier =
    "892f7fec2c15835660cba1324da22125e167e65bbe5de394d486a744c2c07be0"
    + "14719895f627ec258b1ab0de00d8e2b5bc9bb4e29a7e3c78329d9d2051ec0e84"

  /// - Parameter time: of the login, in seconds since 1970.
  package init(userID: Int, secretKey: String, at time: Int) {
    let session: JSONValue = [
      "_fresh": true, "_id": .string(Self.identifier), "_user_id": .string("\(userID)"),
    ]
    value = TimedSignature(secretKey: secretKey, salt: TimedSignature.sessionSalt)
      .signed(Self.payload(session.bytes), at: time)
  }

  /// Compressed, and then with a dot in front, where that is shorter.
  private static func payload(_ json: [UInt8]) -> String {
    var size = compressBound(UInt(json.count))
    var compressed = [UInt8](repeating: 0, count: Int(size))
    guard compress(&compressed, &size, json, UInt(json.count)) == Z_OK, size < json.count - 1 else {
      return Base64URL.text(json)
    }
    return "." + Base64URL.text(compressed.prefix(Int(size)))
  }
}
