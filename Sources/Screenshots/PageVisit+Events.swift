// SPDX-License-Identifier: MIT
import JSONValues

/// What the browser tells of a page while it is there, and what is answered at once.
extension PageVisit {
  func hear(_ event: DevToolsEvent) {
    switch event.name {
    case "Fetch.requestPaused": answerRequest(event.parameters)
    case "Target.targetCrashed":
      if event.parameters["targetId"]?.stringValue == target { fail(.rendererCrashed) }
    default: if event.session == session { hearOfPage(event) }
    }
  }

  private func hearOfPage(_ event: DevToolsEvent) {
    switch event.name {
    case "Network.requestWillBeSent", "Network.loadingFinished", "Network.loadingFailed",
      "Network.responseReceived":
      hearOfNetwork(event)
    case "Page.frameNavigated":
      // Another page, and with it no world of ours any more.
      if event.parameters["frame"]?["id"]?.stringValue == target { world = nil }
    case "Network.webSocketCreated":
      // It goes by what holds up requests: nobody gets a picture of a page that talks to strangers.
      let url = event.parameters["url"]?.stringValue ?? ""
      if let error = gate.objection(toSocket: url) { fail(error) }
    case "Page.javascriptDialogOpening":
      // "No" to whatever it asks, staying on the page included.
      client.send("Page.handleJavaScriptDialog", ["accept": false], session: session)
    case "Inspector.targetCrashed": fail(.rendererCrashed)
    case "Inspector.detached": fail(.closedItself)
    default: break
    }
  }

  /// The first failure is the cause of those that follow.
  private func fail(_ error: ScreenshotError) { failure = failure ?? error }

  // MARK: requests

  private func answerRequest(_ parameters: JSONValue) {
    guard let id = parameters["requestId"], let url = parameters["request"]?["url"]?.stringValue
    else { return }
    let isPage =
      parameters["resourceType"]?.stringValue == "Document"
      && parameters["frameId"]?.stringValue == target
    switch gate.decide(RequestGate.Request(url: url, isPage: isPage)) {
    case .serve: serve(id)
    case .pass: client.send("Fetch.continueRequest", ["requestId": id])
    case .refuse:
      strangers.insert(WebOrigin(of: url)?.description ?? WebOrigin.shown(url))
      refuse(id)
    case .fail(let error):
      fail(error)
      refuse(id)
    }
  }

  private func refuse(_ id: JSONValue) {
    client.send("Fetch.failRequest", ["requestId": id, "errorReason": "BlockedByClient"])
  }

  private func serve(_ id: JSONValue) {
    guard case .html(let bytes) = plan.page.content else { return refuse(id) }
    client.send(
      "Fetch.fulfillRequest",
      [
        "requestId": id, "responseCode": 200, "body": .string(Base64.encode(bytes)),
        "responseHeaders": [
          ["name": "Content-Type", "value": "text/html; charset=utf-8"],
          ["name": "Content-Security-Policy", "value": .string(policy)],
        ],
      ])
  }

  /// A text that came to stand in the page as HTML runs nothing, asks for nothing and sends nothing.
  private var policy: String {
    let scripts = plan.page.allowsScripts ? "'unsafe-inline' 'unsafe-eval' blob: data:" : "'none'"
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
      + "script-src \(scripts); base-uri 'none'; form-action 'none'; webrtc 'block'"
  }

  // MARK: network

  private func hearOfNetwork(_ event: DevToolsEvent) {
    let parameters = event.parameters
    guard let id = parameters["requestId"]?.stringValue else { return }
    switch event.name {
    case "Network.requestWillBeSent":
      let url = parameters["request"]?["url"]?.stringValue ?? ""
      // A stream of events has no end, and what lies in the page itself need not tell of one.
      guard parameters["type"]?.stringValue != "EventSource", !url.hasPrefix("blob:"),
        !url.hasPrefix("data:")
      else { return }
      underWay[id] = url
      quietSince = Deadline(in: .zero)
    case "Network.responseReceived":
      hearAnswer(parameters)
    default:
      guard underWay.removeValue(forKey: id) != nil else { return }
      quietSince = Deadline(in: .zero)
    }
  }

  private func hearAnswer(_ parameters: JSONValue) {
    guard parameters["type"]?.stringValue == "Document",
      parameters["frameId"]?.stringValue == target,
      let status = parameters["response"]?["status"]?.integerValue, status >= 400
    else { return }
    let url = parameters["response"]?["url"]?.stringValue ?? plan.url
    fail(.status(status, url: WebOrigin.shown(url)))
  }
}
