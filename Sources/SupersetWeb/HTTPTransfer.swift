// SPDX-License-Identifier: MIT

/// What has come in of an answer.
final class HTTPTransfer {
  private(set) var headers = HTTPHeaders()
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  private(set) var wasCancelled = false
  private let limit: Int
  private let isCancelled: () -> Bool

  init(limit: Int, isCancelled: @escaping () -> Bool) {
    self.limit = limit
    self.isCancelled = isCancelled
  }

  /// - Returns: false where it is too much.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= limit else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  /// - Parameter line: a header, or the line before them, with its end.
  func appendHeader(_ line: String) {
    // What came before is of an answer that only said "go on".
    if line.hasPrefix("HTTP/") { headers = HTTPHeaders() }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].trimmed
    headers.append(String(line[..<colon]), String(value))
  }

  /// Asked now and then while nothing else happens.
  func mayGoOn() -> Bool {
    if !wasCancelled { wasCancelled = isCancelled() }
    return !wasCancelled
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
