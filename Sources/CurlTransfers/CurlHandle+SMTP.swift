// SPDX-License-Identifier: MIT
import CCurl

extension CurlHandle {
  func perform(
    _ envelope: SMTPEnvelope, size: Int, over server: SMTPServer, at url: String,
    _ conversation: SMTPConversation
  ) -> CURLcode {
    reset()
    set(server)
    set(CURLOPT_URL, url)
    set(CURLOPT_MAIL_FROM, envelope.sender)
    set(spool_curl_option_refusals, 1)
    set(CURLOPT_UPLOAD, 1)
    spool_curl_set_size(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(size))
    return withList(CURLOPT_MAIL_RCPT, envelope.recipients) {
      withExtendedLifetime(conversation) {
        attach(conversation)
        return curl_easy_perform(curl)
      }
    }
  }

  private func set(_ server: SMTPServer) {
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // Mail goes to its server, whatever proxy the environment has for the web.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_CONNECTTIMEOUT, server.connectTimeout)
    set(CURLOPT_TIMEOUT, server.timeout)
    // libcurl's own is two minutes, in which not every server has looked for viruses.
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, server.timeout)
    if server.security == .startTLS { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
    set(CURLOPT_SSL_VERIFYPEER, server.checksCertificate ? 1 : 0)
    set(CURLOPT_SSL_VERIFYHOST, server.checksCertificate ? 2 : 0)
    if let certificates = server.certificates { set(CURLOPT_CAINFO, certificates) }
    guard let login = server.login else { return }
    set(CURLOPT_USERNAME, login.user)
    set(CURLOPT_PASSWORD, login.password)
  }

  private func attach(_ conversation: SMTPConversation) {
    let pointer = Unmanaged.passUnretained(conversation).toOpaque()
    set(CURLOPT_READDATA, pointer)
    spool_curl_set_receiver(curl, CURLOPT_READFUNCTION) { bytes, size, count, conversation in
      let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
      return CurlHandle.conversation(conversation).read(into: buffer)
    }
    set(CURLOPT_DEBUGDATA, pointer)
    set(CURLOPT_VERBOSE, 1)
    spool_curl_set_listener(curl) { _, kind, bytes, size, conversation in
      let isOurs = kind == CURLINFO_HEADER_OUT
      guard isOurs || kind == CURLINFO_HEADER_IN else { return 0 }
      let bytes = UnsafeRawBufferPointer(start: bytes, count: size)
      let line = String(decoding: bytes, as: UTF8.self)
      let conversation = CurlHandle.conversation(conversation)
      if isOurs { conversation.hasSaid(line) } else { conversation.hasHeard(line) }
      return 0
    }
    set(CURLOPT_XFERINFODATA, pointer)
    set(CURLOPT_NOPROGRESS, 0)
    spool_curl_set_progress(curl) { conversation, _, _, _, _ in
      CurlHandle.conversation(conversation).mayGoOn() ? 0 : 1
    }
  }

  private static func conversation(_ pointer: UnsafeMutableRawPointer?) -> SMTPConversation {
    guard let pointer else { preconditionFailure("libcurl has lost what it was given") }
    return Unmanaged<SMTPConversation>.fromOpaque(pointer).takeUnretainedValue()
  }
}
