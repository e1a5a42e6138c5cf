// SPDX-License-Identifier: MIT
import JSONValues

/// Waiting for what the page shows, never for time to pass.
extension PageVisit {
  /// Loaded, found, stretched to what is photographed, ready, at rest: in this order, and again where one undoes another.
  ///
  /// - Throws: ``ScreenshotError/notReady(_:after:isOurs:)``, unless the shot is taken all the same.
  func awaitReadiness() throws(ScreenshotError) {
    let deadline = Deadline(in: limits.load)
    let rule = plan.page.readiness
    while !deadline.hasPassed {
      if rule.hasBeginning {
        // The shorter limit is for what comes after the page itself.
        guard try progress(of: [:], before: deadline) == .ready else { continue }
        switch try progress(of: rule.beginning, before: earlier(deadline, limits.locate)) {
        // A page that leads on to another one begins anew.
        case .otherPage: continue
        case .late(let missing): return try giveUp(missing, after: limits.locate)
        case .ready: break
        }
      }
      // Before the rest is waited for: parts may wait themselves until they can be seen.
      _ = try stretch()
      guard try progress(of: rule.document, before: deadline) == .ready,
        try settle(before: deadline)
      else { continue }
      // What has come since may have made the page longer.
      if try !stretch() { return }
    }
    try giveUp(try missingNow(), after: limits.load)
  }

  private enum Progress: Equatable {
    case ready
    case late([String])
    case otherPage
  }

  private func earlier(_ deadline: Deadline, _ time: Duration) -> Deadline {
    deadline.rest < time ? deadline : Deadline(in: time)
  }

  private func progress(
    of rule: JSONValue, before deadline: Deadline
  ) throws(ScreenshotError) -> Progress {
    switch try run(PageScript.missing, [rule, true], before: deadline) {
    case .value: return .ready
    case .otherPage: return .otherPage
    case .late: return .late(try missing(rule))
    }
  }

  /// Fonts, images, frames and a network that is quiet, with all of it still true at the end.
  private func settle(before deadline: Deadline) throws(ScreenshotError) -> Bool {
    let quiet = plan.page.readiness.quiet
    guard try client.wait(before: deadline, until: { isQuiet(quiet) }) else { return false }
    guard case .value = try run(PageScript.settle, [], before: deadline) else { return false }
    guard isQuiet(.zero) else { return false }
    return try missing(plan.page.readiness.document).isEmpty
  }

  private func isQuiet(_ time: Duration) -> Bool {
    underWay.isEmpty && quietSince.age >= time
  }

  /// Everything that keeps the page from being ready at this moment.
  private func missingNow() throws(ScreenshotError) -> [String] {
    var list = try missing(plan.page.readiness.document)
    list += underWay.values.map(WebOrigin.shown).sorted()
    // What it waits for says more.
    if list.count > 1 { list.removeAll { $0 == "the page itself" } }
    if case .value(let value) = try run(
      PageScript.unsettled, [], before: Deadline(in: limits.lastLook))
    {
      let texts = (value.arrayValue ?? []).compactMap(\.stringValue)
      list += texts.filter { text in !list.contains { text.hasSuffix($0) } }
    }
    return list.isEmpty ? ["it does not come to rest"] : list
  }

  private func missing(_ rule: JSONValue) throws(ScreenshotError) -> [String] {
    switch try run(PageScript.missing, [rule, false], before: Deadline(in: limits.lastLook)) {
    case .value(let value): (value.arrayValue ?? []).compactMap(\.stringValue)
    case .late: ["an answer from the page"]
    case .otherPage: ["another page"]
    }
  }

  private func giveUp(_ missing: [String], after time: Duration) throws(ScreenshotError) {
    let error = ScreenshotError.notReady(missing, after: time, isOurs: plan.isOurs)
    guard plan.shot.acceptsUnready else { throw error }
    warnings.append("\(error)")
  }

  // MARK: scripts

  enum Answer {
    case value(JSONValue)
    /// The page that was asked is not there any more.
    case otherPage
    case late
  }

  /// Calls a function in a world of our own.
  func run(
    _ function: String, _ arguments: [JSONValue], before deadline: Deadline
  ) throws(ScreenshotError) -> Answer {
    guard let world = try world(before: deadline) else { return .late }
    guard case .value(let context) = world else { return .otherPage }
    let call = begin(
      "Runtime.callFunctionOn",
      [
        "functionDeclaration": .string(function), "executionContextId": context,
        "arguments": .array(arguments.map { ["value": $0] }), "awaitPromise": true,
        "returnByValue": true,
      ])
    switch try client.result(of: call, before: deadline) {
    case nil: return .late
    case .failure(let refusal):
      self.world = nil
      if refusal.tellsOfAnotherPage { return .otherPage }
      throw .refused(call: "Runtime.callFunctionOn", reason: refusal.reason)
    case .success(let bytes):
      let answer = (try? JSONValue(parsing: bytes)) ?? .null
      if let exception = answer["exceptionDetails"] {
        let reason = exception["exception"]?["description"] ?? exception["text"] ?? .null
        throw .badPage(reason: reason.stringValue?.prefix(300).description ?? "a script failed")
      }
      return .value(answer["result"]?["value"] ?? .null)
    }
  }

  /// The same world for the same page, whoever asks.
  private func world(before deadline: Deadline) throws(ScreenshotError) -> Answer? {
    if let world { return .value(world) }
    let call = begin(
      "Page.createIsolatedWorld",
      ["frameId": .string(target), "worldName": .string(PageScript.world)])
    switch try client.result(of: call, before: deadline) {
    case nil: return nil
    case .failure: return .otherPage
    case .success(let bytes):
      let id = (try? JSONValue(parsing: bytes))?["executionContextId"] ?? .null
      world = id
      return .value(id)
    }
  }
}
