// SPDX-License-Identifier: MIT
import CCurl

/// One easy handle of libcurl, with the connection that it keeps.
final class CurlHandle {
  let curl: UnsafeMutableRawPointer
  /// Where libcurl writes what went wrong, more exactly than by a number.
  private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init() {
    // Called again, it only counts.
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard let curl = curl_easy_init() else { fatalError("libcurl has no memory for a handle") }
    self.curl = curl
  }

  deinit {
    curl_easy_cleanup(curl)
    message.deallocate()
  }

  /// Forgets everything but the connection.
  func reset() {
    curl_easy_reset(curl)
    message.pointee = 0
    set(CURLOPT_ERRORBUFFER, message)
    set(CURLOPT_NOSIGNAL, 1)
  }

  func set(_ option: CURLoption, _ value: Int) { spool_curl_set_number(curl, option, value) }

  func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
    spool_curl_set_pointer(curl, option, value)
  }

  /// libcurl copies what a string option is given, but for those of the body.
  func set(_ option: CURLoption, _ value: String) {
    value.withCString { text in set(option, text) }
  }

  /// The lines live until the body returns: libcurl copies none of a list.
  func withList<Result>(
    _ option: CURLoption, _ lines: [String], _ body: () -> Result
  ) -> Result {
    let list = lines.reduce(nil) { curl_slist_append($0, $1) }
    defer { curl_slist_free_all(list) }
    set(option, list)
    return body()
  }
}

// MARK: what came of it

extension CurlHandle {
  func number(_ info: CURLINFO) -> Int {
    var value = 0
    spool_curl_get_number(curl, info, &value)
    return value
  }

  private func size(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    spool_curl_get_size(curl, info, &value)
    return Int(value)
  }

  /// Seconds; libcurl has read the header, also where it is a date.
  var retryAfter: Int? {
    let seconds = size(CURLINFO_RETRY_AFTER)
    return seconds > 0 ? seconds : nil
  }

  var hasConnected: Bool { size(CURLINFO_PRETRANSFER_TIME_T) > 0 }

  func reason(_ code: CURLcode) -> String {
    let detail = String(cString: message)
    return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
  }
}

extension CURLcode {
  /// Whether it is TLS that has failed, or a certificate.
  var concernsTLS: Bool {
    [
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED,
    ].contains(self)
  }
}
