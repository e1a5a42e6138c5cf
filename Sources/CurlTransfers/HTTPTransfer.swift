// SPDX-License-Identifier: MIT

/// What has come in of an answer.
final class HTTPTransfer {
  private(set) var headers = HTTPHeaders()
  private(set) var body: [UInt8] = []
  /// Why no more of it is taken.
  private(set) var objection: HTTPError?
  private(set) var wasCancelled = false
  /// Bytes of headers, and of what follows a body in pieces: that libcurl does not count.
  static let headerLimit = 256 << 10
  let refusesInternalAddresses: Bool
  private let limit: Int
  private var headerSize = 0
  private let isCancelled: () -> Bool

  init(_ limits: HTTPLimits, isCancelled: @escaping () -> Bool) {
    limit = limits.bodySize
    refusesInternalAddresses = !limits.allowsInternalAddresses
    self.isCancelled = isCancelled
  }

  /// - Returns: false where it is too much.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= limit else {
      objection = .tooLarge(limit: limit)
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  /// - Parameter bytes: a header, or the line before them, with its end.
  /// - Returns: false where they are too much.
  func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerSize += bytes.count
    guard headerSize <= Self.headerLimit else {
      objection = .headersTooLarge(limit: Self.headerLimit)
      return false
    }
    note(String(decoding: bytes, as: UTF8.self))
    return true
  }

  private func note(_ line: String) {
    // What came before is of an answer that only said "go on".
    if line.hasPrefix("HTTP/") { headers = HTTPHeaders() }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].trimmed
    headers.append(String(line[..<colon]), String(value))
  }

  /// Asked of the address that a connection leads to, before anything is asked of it: a name may lead elsewhere each time.
  func mayTalk(to peer: String) -> Bool {
    guard InternalAddress.contains(peer) else { return true }
    objection = .internalAddress
    return false
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
