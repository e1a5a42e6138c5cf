// SPDX-License-Identifier: MIT
import JSONValues

/// What the browser tells of a page while it is there, and what is answered at once.
extension PageVisit {
  func hear(_ event: DevToolsEvent) {
    switch event.name {
    case "Fetch.requestPaused": answerRequest(event.parameters)
    case "Target.targetCrashed":
      if event.parameters["targetId"]?.stringValue == target { fail(.rendererCrashed) }
    case "Browser.downloadWillBegin": hearDownload(event.parameters)
    default: if event.session == session { hearOfPage(event) }
    }
  }

  private func hearOfPage(_ event: DevToolsEvent) {
    switch event.name {
    case "Network.requestWillBeSent", "Network.loadingFinished", "Network.loadingFailed",
      "Network.responseReceived":
      hearOfNetwork(event)
    case "Page.loadEventFired": isLoaded = true
    case "Page.frameStartedNavigating":
      if event.parameters["frameId"]?.stringValue == target,
        event.parameters["navigationType"]?.stringValue?.hasPrefix("same") != true
      {
        isLoaded = false
      }
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

  /// Of one that a script begins there is nothing left; one that takes the page's place leaves no page.
  private func hearDownload(_ parameters: JSONValue) {
    guard !isLoaded, parameters["frameId"]?.stringValue == target else { return }
    fail(.download(url: WebOrigin.shown(parameters["url"]?.stringValue ?? "")))
  }

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
    case .refuse: refuse(id)
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
        "requestId": id, "responseCode": 200, "body": .string(Base64Bytes.encode(bytes)),
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
      // A stream of events has no end.
      guard parameters["type"]?.stringValue != "EventSource" else { return }
      underWay[id] = parameters["request"]?["url"]?.stringValue ?? ""
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
