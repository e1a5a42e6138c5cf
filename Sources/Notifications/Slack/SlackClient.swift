// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues

/// Calls methods of Slack's web API.
final class SlackClient {
  private let settings: SlackSettings
  private let token: String
  private let http: HTTPClient

  init(_ settings: SlackSettings, isCancelled: @escaping () -> Bool) throws(NotificationError) {
    guard let token = settings.token, !token.isEmpty else {
      throw .missingSetting("slack_api_token", reason: "without it nothing can be sent to Slack")
    }
    guard HTTPHeaders([("Authorization", token)]).areSound else {
      throw .badSetting("slack_api_token", reason: "it is not one line")
    }
    self.settings = settings
    self.token = token
    var limits = HTTPLimits()
    limits.timeout = settings.timeout
    limits.proxy = settings.proxy
    http = HTTPClient(limits, isCancelled: isCancelled)
  }

  /// - Returns: the answer, which says that it is a good one.
  func call(
    _ method: String, _ arguments: KeyValuePairs<String, String>
  ) throws(NotificationError) -> JSONValue {
    let headers = HTTPHeaders([
      ("Authorization", "Bearer \(token)"),
      ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
    ])
    let form = arguments.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
    var request = HTTPRequest(.post, settings.url + method, headers, body: Array(form.utf8))
    request.isOnce = SlackFailure.isVisible(method)
    let answer = try answer(to: request, method)
    guard let document = try? JSONValue(parsing: answer.body), document.objectValue != nil else {
      throw failure(method, .nonsense)
    }
    guard document["ok"] == true else {
      let word = document["error"]?.stringValue.map { answer.told($0).singleLine } ?? ""
      guard !word.isEmpty else { throw failure(method, .nonsense) }
      throw failure(
        method, .word(String(word.prefix(100)), detail: detail(document, answer)),
        answer.retryAfter)
    }
    return document
  }

  /// Puts bytes where Slack has said that it waits for them; nobody needs a token there.
  func upload(_ file: Attachment, to url: String) throws(NotificationError) {
    let headers = HTTPHeaders([("Content-Type", "application/octet-stream")])
    _ = try answer(to: HTTPRequest(.post, url, headers, body: file.bytes), "upload")
  }

  private func answer(
    to request: HTTPRequest, _ method: String
  ) throws(NotificationError) -> HTTPAnswer {
    let answer: HTTPAnswer
    do throws(HTTPError) { answer = try http.answer(to: request) } catch {
      throw failure(method, .http(error))
    }
    guard answer.status == 200 else {
      throw failure(method, .status(answer.status), answer.retryAfter)
    }
    return answer
  }

  private func failure(
    _ method: String, _ cause: SlackFailure.Cause, _ retryAfter: Int? = nil
  ) -> NotificationError {
    .slack(SlackFailure(method: method, cause: cause, retryAfter: retryAfter))
  }

  /// What a token may not do it could be allowed.
  private func detail(_ document: JSONValue, _ answer: HTTPAnswer) -> String {
    let needed = document["needed"]?.stringValue ?? ""
    return needed.isEmpty ? "" : answer.told("needed: \(needed)").singleLine
  }

  private static func escaped(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
      if isPlain || "-._~".unicodeScalars.contains(scalar) {
        output.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return output
  }
}
