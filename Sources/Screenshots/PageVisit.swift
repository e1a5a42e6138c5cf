// SPDX-License-Identifier: MIT
import JSONValues

/// One page in a browser, from its address to its picture.
final class PageVisit {
  let plan: VisitPlan
  let client: DevToolsClient
  private let process: BrowserProcess
  private let isCancelled: () -> Bool
  private let context: String
  /// What the page's own calls and events bear.
  private(set) var session = ""
  private(set) var target = ""

  // What events tell
  var gate: RequestGate
  var failure: ScreenshotError?
  /// Requests under way, with their addresses.
  var underWay: [String: String] = [:]
  /// Since when that has not changed.
  var quietSince = Deadline(in: .zero)
  var warnings: [String] = []
  /// Whom parts were wanted from that may not be asked.
  var strangers: Set<String> = []
  /// The world of our own in the page that is there.
  var world: JSONValue?

  /// How high the window is now.
  var windowHeight: Int
  var stretches = 0
  /// Between two looks at the browser's memory, each of which goes through /proc.
  private static let lookPause: Duration = .milliseconds(500)
  private var nextLook = Deadline(in: PageVisit.lookPause)

  var limits: BrowserLimits { plan.limits }

  init(
    _ plan: VisitPlan, _ process: BrowserProcess, context: String,
    _ isCancelled: @escaping () -> Bool
  ) {
    self.plan = plan
    self.process = process
    self.context = context
    self.isCancelled = isCancelled
    client = process.client
    gate = plan.gate
    windowHeight = plan.shot.window.height
  }

  func take() throws(ScreenshotError) -> Picture {
    client.listener = { [unowned self] in hear($0) }
    client.objection = { [unowned self] in objection() }
    try open()
    try navigate()
    try awaitReadiness()
    return try photograph()
  }

  /// Why there is no use in waiting on.
  private func objection() -> ScreenshotError? {
    if let failure { return failure }
    if isCancelled() { return .cancelled }
    guard nextLook.hasPassed else { return nil }
    nextLook = Deadline(in: Self.lookPause)
    return process.memory > limits.memory ? .tooMuchMemory(bytes: limits.memory) : nil
  }

  /// A page in its context, with everything switched on and off before it has an address.
  private func open() throws(ScreenshotError) {
    let place: JSONValue = .string(context)
    client.send(
      "Browser.setDownloadBehavior",
      ["behavior": "deny", "browserContextId": place])
    if !plan.page.cookies.isEmpty { try setCookies() }
    target = try text(
      "targetId", of: "Target.createTarget", ["url": "about:blank", "browserContextId": place])
    session = try text(
      "sessionId", of: "Target.attachToTarget", ["targetId": .string(target), "flatten": true])
    let calls = [
      begin("Page.enable"),
      // Nobody asks for what was loaded: it need not be kept.
      begin("Network.enable", ["maxTotalBufferSize": 0, "maxResourceBufferSize": 0]),
      begin("Network.setBypassServiceWorker", ["bypass": true]),
      begin("Emulation.setEmulatedMedia", ["features": media]),
      begin(
        "Security.setIgnoreCertificateErrors", ["ignore": .bool(!plan.settings.checksCertificates)]),
      beginWindow(plan.shot.window),
    ]
    let deadline = Deadline(in: limits.answer)
    for call in calls { _ = try client.answer(to: call, before: deadline) }
  }

  private var media: JSONValue {
    [
      ["name": "prefers-reduced-motion", "value": "reduce"],
      ["name": "prefers-color-scheme", "value": plan.page.isDark ? "dark" : "light"],
    ]
  }

  private func setCookies() throws(ScreenshotError) {
    let isSecure = plan.url.lowercased().hasPrefix("https:")
    let cookies = plan.page.cookies.map { cookie -> JSONValue in
      [
        "name": .string(cookie.name), "value": .string(cookie.value), "url": .string(plan.url),
        "path": "/", "httpOnly": true, "sameSite": "Lax", "secure": .bool(isSecure),
      ]
    }
    do {
      _ = try client.call(
        "Storage.setCookies",
        ["cookies": .array(cookies), "browserContextId": .string(context)], within: limits.answer)
    } catch {
      guard case .refused = error else { throw error }
      // Its own words may hold the value.
      throw .badPage(reason: "the browser does not take its cookies")
    }
  }

  func begin(_ method: String, _ parameters: JSONValue = [:]) -> Int {
    client.begin(method, parameters, session: session)
  }

  func beginWindow(_ size: PixelSize) -> Int {
    begin(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(size.width), "height": .integer(size.height),
        "deviceScaleFactor": .double(plan.shot.density), "mobile": false,
      ])
  }

  private func text(
    _ member: String, of method: String, _ parameters: JSONValue
  ) throws(ScreenshotError) -> String {
    let result = try client.call(method, parameters, within: limits.answer)
    guard let text = (try? JSONValue(parsing: result))?[member]?.stringValue else {
      throw .refused(call: method, reason: "it tells no \(member)")
    }
    return text
  }

  private func navigate() throws(ScreenshotError) {
    let call = begin("Page.navigate", ["url": .string(plan.url)])
    switch try client.result(of: call, before: Deadline(in: limits.navigation)) {
    case nil:
      throw .unreachable(
        url: WebOrigin.shown(plan.url), reason: "no answer within \(limits.navigation)")
    case .failure(let refusal): throw .refused(call: "Page.navigate", reason: refusal.reason)
    case .success(let bytes):
      let answer = try? JSONValue(parsing: bytes)
      // What events told says more.
      if let failure { throw failure }
      if answer?["isDownload"] == true { throw .download(url: WebOrigin.shown(plan.url)) }
      if let reason = answer?["errorText"]?.stringValue {
        throw .unreachable(url: WebOrigin.shown(plan.url), reason: reason)
      }
    }
  }

  /// Takes the page and all of its context away.
  ///
  /// - Returns: whether the browser did it.
  func leave() -> Bool {
    client.listener = nil
    client.objection = nil
    let call = client.begin(
      "Target.disposeBrowserContext", ["browserContextId": .string(context)])
    guard case .success? = try? client.result(of: call, before: Deadline(in: limits.answer)) else {
      return false
    }
    return true
  }
}
