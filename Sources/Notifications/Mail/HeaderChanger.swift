// SPDX-License-Identifier: MIT
import JSONValues

/// Gives mails the headers that somebody has thought of for all of them: EMAIL_HEADER_MUTATOR.
struct HeaderChanger {
  private let settings: MailSettings
  private let isCancelled: () -> Bool

  init(_ settings: MailSettings, isCancelled: @escaping () -> Bool) {
    self.settings = settings
    self.isCancelled = isCancelled
  }

  func changed(
    _ headers: MailHeaders, _ source: NotificationSource
  ) throws(NotificationError) -> MailHeaders {
    var headers = headers
    for (name, template) in settings.headers.sorted(by: { $0.key < $1.key }) {
      guard let value = source.filled(template) else {
        let names = source.document.keys.joined(separator: ", ")
        throw .badHeader(name, reason: "what stands in braces is none of \(names)")
      }
      try headers.set(name, value)
    }
    guard let program = settings.headerProgram else { return headers }
    return try Self.applied(try answer(of: program, headers, source), to: headers, program)
  }

  private func answer(
    of program: String, _ headers: MailHeaders, _ source: NotificationSource
  ) throws(NotificationError) -> JSONObject {
    let fields = headers.fields.map { ($0.name, JSONValue.string($0.value)) }
    let request: JSONValue = [
      "headers": .object(JSONObject(fields, uniquingKeysWith: { $1 })),
      "header_data": .object(source.document),
    ]
    let run = try HelperProgram(
      program, named: "email_header_mutator", settings, isCancelled: isCancelled
    ).run([], input: request.bytes + [0x0A])
    switch run.end {
    case .exited(0): break
    case .exited(let status):
      throw .headerProgram(program, reason: "it ended with status \(status): \(run.complaint)")
    case .signalled(let signal):
      throw .headerProgram(program, reason: "it was ended by signal \(signal)")
    case .hung: throw .headerProgram(program, reason: "it has not ended")
    case .cancelled: throw .sendmail(program, .cancelled)
    }
    guard let document = try? JSONValue(parsing: run.output),
      let answer = (document["headers"] ?? document).objectValue
    else { throw .headerProgram(program, reason: "it prints no JSON object of headers") }
    return answer
  }

  /// What is not in the answer is no header any more.
  private static func applied(
    _ answer: JSONObject, to headers: MailHeaders, _ program: String
  ) throws(NotificationError) -> MailHeaders {
    var headers = headers
    let kept = Set(answer.keys.map { $0.lowercased() })
    for field in headers.fields where !kept.contains(field.name.lowercased()) {
      try headers.set(field.name, nil)
    }
    for (name, value) in answer {
      guard value.isNull || value.stringValue != nil else {
        throw .headerProgram(program, reason: "its value of '\(name.singleLine)' is no text")
      }
      try headers.set(name, value.stringValue)
    }
    return headers
  }
}
