// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues

extension SupersetSite {
  /// Has Superset keep a state of a dashboard; who asks twice for the same state gets the same.
  ///
  /// - Parameters:
  ///   - state: `{"dataMask": {...}, "activeTabs": [...], "anchor": "...", "urlParams": [...]}`
  ///   - headers: with a CSRF token.
  /// - Returns: the path of the page, below the address of Superset.
  package func permalink(
    ofDashboard id: Int, in state: JSONValue, _ headers: HTTPHeaders
  ) throws(WebFailure) -> String {
    let url = address.url("/api/v1/dashboard/\(id)/permalink")
    var headers = headers
    if address.isSecure { headers["Referer"] = url }
    let answer = try self.answer(to: HTTPRequest(.post, url, headers, body: state.bytes))
    guard answer.status == 201 || answer.status == 200 else { throw refusal(answer, .status) }
    let key = (try? JSONValue(parsing: answer.body))?["key"]?.stringValue ?? ""
    let isKey =
      !key.isEmpty
      && key.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
    guard isKey else { throw WebFailure(.status, "the answer of \(url) holds no key") }
    return "/superset/dashboard/p/\(key)/"
  }
}
