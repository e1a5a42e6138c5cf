// SPDX-License-Identifier: MIT
import CCurl

extension CurlHandle {
  func perform(_ request: HTTPRequest, _ limits: HTTPLimits, _ transfer: HTTPTransfer) -> CURLcode {
    reset()
    set(limits)
    if request.isOnce { set(CURLOPT_FRESH_CONNECT, 1) }
    let lines = request.headers.fields.map { "\($0.name): \($0.value)" }
    // Without it libcurl waits for a leave to send a body.
    return withList(CURLOPT_HTTPHEADER, lines + ["Expect:"]) {
      withExtendedLifetime(transfer) {
        receive(into: transfer)
        return send(request)
      }
    }
  }

  private func send(_ request: HTTPRequest) -> CURLcode {
    request.url.withCString { url in
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

  private func set(_ limits: HTTPLimits) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_CONNECTTIMEOUT, limits.connectTimeout)
    set(CURLOPT_TIMEOUT, limits.timeout)
    if let certificates = limits.certificates { set(CURLOPT_CAINFO, certificates) }
    if let proxy = limits.proxy { set(CURLOPT_PROXY, proxy) }
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
    guard transfer.refusesInternalAddresses else { return }
    // A proxy would be the peer, and reach whom it likes.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_PREREQDATA, pointer)
    spool_curl_set_gate(curl) { transfer, peer, _, _, _ in
      let peer = peer.map { String(cString: $0) } ?? ""
      return CurlHandle.transfer(transfer).mayTalk(to: peer)
        ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
  }

  private static func transfer(_ pointer: UnsafeMutableRawPointer?) -> HTTPTransfer {
    guard let pointer else { preconditionFailure("libcurl has lost what it was given") }
    return Unmanaged<HTTPTransfer>.fromOpaque(pointer).takeUnretainedValue()
  }
}
