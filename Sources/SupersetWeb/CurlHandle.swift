// SPDX-License-Identifier: MIT
import CCurl

/// One easy handle of libcurl, with the connection that it keeps.
final class CurlHandle {
  private let curl: UnsafeMutableRawPointer
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

  func perform(_ request: HTTPRequest, _ limits: HTTPLimits, _ transfer: HTTPTransfer) -> CURLcode {
    // Everything but the connection is forgotten.
    curl_easy_reset(curl)
    message.pointee = 0
    set(CURLOPT_ERRORBUFFER, message)
    set(CURLOPT_NOSIGNAL, 1)
    set(limits)
    let lines = request.headers.fields.map { "\($0.name): \($0.value)" }
    // Without it libcurl waits for a leave to send a body.
    let list = (lines + ["Expect:"]).reduce(nil) { curl_slist_append($0, $1) }
    defer { curl_slist_free_all(list) }
    set(CURLOPT_HTTPHEADER, list)
    return withExtendedLifetime(transfer) {
      receive(into: transfer)
      return request.url.withCString { url in
        request.method.rawValue.withCString { method in
          request.body.withUnsafeBytes { body in
            set(CURLOPT_URL, url)
            if request.method != .get {
              set(CURLOPT_POST, 1)
              spool_curl_set_size(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
              set(CURLOPT_POSTFIELDS, body.baseAddress ?? UnsafeRawPointer(method))
            }
            set(CURLOPT_CUSTOMREQUEST, method)
            return curl_easy_perform(curl)
          }
        }
      }
    }
  }

  private func set(_ limits: HTTPLimits) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_CONNECTTIMEOUT, limits.connectTimeout)
    set(CURLOPT_TIMEOUT, limits.timeout)
    if let certificates = limits.certificates { set(CURLOPT_CAINFO, certificates) }
  }

  private func receive(into transfer: HTTPTransfer) {
    let pointer = Unmanaged.passUnretained(transfer).toOpaque()
    set(CURLOPT_WRITEDATA, pointer)
    spool_curl_set_receiver(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, transfer in
      let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return CurlHandle.transfer(transfer).append(bytes) ? bytes.count : 0
    }
    set(CURLOPT_HEADERDATA, pointer)
    spool_curl_set_receiver(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, transfer in
      let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return CurlHandle.transfer(transfer).appendHeader(bytes) ? bytes.count : 0
    }
    set(CURLOPT_XFERINFODATA, pointer)
    set(CURLOPT_NOPROGRESS, 0)
    spool_curl_set_progress(curl) { transfer, _, _, _, _ in
      CurlHandle.transfer(transfer).mayGoOn() ? 0 : 1
    }
  }

  private static func transfer(_ pointer: UnsafeMutableRawPointer?) -> HTTPTransfer {
    guard let pointer else { preconditionFailure("libcurl has lost what it was given") }
    return Unmanaged<HTTPTransfer>.fromOpaque(pointer).takeUnretainedValue()
  }

  private func set(_ option: CURLoption, _ value: Int) {
    spool_curl_set_number(curl, option, value)
  }

  private func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
    spool_curl_set_pointer(curl, option, value)
  }

  /// libcurl copies what a string option is given, but for those of the body.
  private func set(_ option: CURLoption, _ value: String) {
    value.withCString { text in set(option, text) }
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
