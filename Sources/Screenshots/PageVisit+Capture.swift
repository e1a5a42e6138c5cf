// SPDX-License-Identifier: MIT
import JSONValues

/// From a page that is ready to the bytes of its picture.
extension PageVisit {
  /// Left, top, and the size of what is photographed, in the page's pixels.
  struct Frame: Equatable {
    var left = 0
    var top = 0
    var width: Int
    var height: Int

    var bottom: Int { top + height }
  }

  func photograph() throws(ScreenshotError) -> Picture {
    let alarms = try alarms()
    warnings += alarms.map { "the page says: \($0)" }
    let bytes: [UInt8]
    switch plan.shot.format {
    case .pdf: bytes = try print()
    case .png: bytes = try draw(try frame(insteadOfWhich: alarms.first))
    }
    warnings += strangers.sorted().prefix(10).map { "the page has no parts from \($0)" }
    return Picture(bytes: bytes, warnings: warnings)
  }

  private func alarms() throws(ScreenshotError) -> [String] {
    let selectors = plan.page.readiness.alarming
    guard !selectors.isEmpty else { return [] }
    let list = JSONValue.array(selectors.map(JSONValue.string))
    guard case .value(let texts) = try run(PageScript.alarms, [list], before: soon) else {
      return []
    }
    return (texts.arrayValue ?? []).compactMap(\.stringValue)
  }

  private var soon: Deadline { Deadline(in: limits.lastLook) }

  // MARK: what is photographed

  /// Makes the window as high as what is photographed, so that parts that wait to be seen are drawn as well.
  ///
  /// - Returns: whether it had to be made higher.
  func stretch() throws(ScreenshotError) -> Bool {
    guard plan.shot.area != .window, stretches < Self.stretchLimit, let frame = try measured(),
      frame.bottom > windowHeight
    else { return false }
    stretches += 1
    windowHeight = frame.bottom
    let size = PixelSize(width: plan.shot.window.width, height: windowHeight)
    _ = try client.answer(to: beginWindow(size), before: Deadline(in: limits.answer))
    return true
  }

  /// A page that is as high as its window and a little more would grow for ever.
  private static let stretchLimit = 4

  /// - Parameter alarm: what the page says; an element that is not there is not there because of it.
  private func frame(insteadOfWhich alarm: String?) throws(ScreenshotError) -> Frame {
    let window = plan.shot.window
    switch plan.shot.area {
    case .window: return Frame(width: window.width, height: window.height)
    case .page:
      guard let frame = try measured() else { throw .hung(call: "the page") }
      return frame
    case .element(let selector):
      guard let frame = try measured() else {
        if let alarm { throw .complaint(alarm) }
        throw .notReady(["no \(selector)"], after: limits.load, isOurs: plan.isOurs)
      }
      return frame
    }
  }

  /// Nil where there is no such element, or the page does not tell.
  private func measured() throws(ScreenshotError) -> Frame? {
    var selector = JSONValue.null
    if case .element(let text) = plan.shot.area { selector = .string(text) }
    guard case .value(let value) = try run(PageScript.measure, [selector], before: soon) else {
      return nil
    }
    let edges = (value.arrayValue ?? []).compactMap(\.integerValue)
    guard edges.count == 4 else { return nil }
    let (left, top) = (max(0, edges[0]), max(0, edges[1]))
    return limited(
      Frame(
        left: left, top: top, width: max(1, min(edges[2], PixelSize.limit) - left),
        height: max(1, edges[3] - top)))
  }

  private func limited(_ frame: Frame) -> Frame {
    guard frame.bottom > limits.height else { return frame }
    var frame = frame
    frame.height = max(1, limits.height - frame.top)
    let warning = "the page is cut off at \(limits.height) pixels"
    if !warnings.contains(warning) { warnings.append(warning) }
    return frame
  }

  // MARK: pictures

  /// Device pixels of one tile: a texture has at most 16,384, and a tile of this size takes 20 MB.
  private static let tileHeight = 4_096

  private func draw(_ whole: Frame) throws(ScreenshotError) -> [UInt8] {
    let frame = kept(of: whole)
    let density = plan.shot.density
    let size = PixelSize(
      width: Int(Double(frame.width) * density), height: Int(Double(frame.height) * density))
    guard size.width * size.height <= limits.pixels else { throw .tooLarge(size) }
    // Whole pixels on both sides, so that tiles meet.
    let step = max(1, Int(Double(Self.tileHeight) / density))
    let isWhole = frame.height <= step && plan.shot.size == .natural
    let first = try still(tile(frame, 0, step), isFinal: isWhole)
    guard !isWhole else { return first }
    var image = try Pixels(png: first)
    for top in stride(from: step, to: frame.height, by: step) {
      try image.append(Pixels(png: try capture(tile(frame, top, step), isFinal: false)))
    }
    return try image.resized(plan.shot.size).png()
  }

  /// Without what would be cut off below: of a long dashboard that is nearly everything.
  private func kept(of frame: Frame) -> Frame {
    guard case .filling(let box) = plan.shot.size else { return frame }
    var frame = frame
    frame.height = min(frame.height, (frame.width * box.height) / box.width + 2)
    return frame
  }

  private func tile(_ frame: Frame, _ top: Int, _ step: Int) -> Frame {
    Frame(
      left: frame.left, top: frame.top + top, width: frame.width,
      height: min(step, frame.height - top))
  }

  /// A picture that the next one is equal to, where the page may move.
  private func still(_ frame: Frame, isFinal: Bool) throws(ScreenshotError) -> [UInt8] {
    var last = try capture(frame, isFinal: isFinal)
    guard plan.page.readiness.isStill else { return last }
    let deadline = Deadline(in: limits.stillness)
    while !deadline.hasPassed {
      let next = try capture(frame, isFinal: isFinal)
      if next == last { break }
      last = next
    }
    return last
  }

  /// - Parameter isFinal: whether these bytes are the result; others need not be small.
  private func capture(_ frame: Frame, isFinal: Bool) throws(ScreenshotError) -> [UInt8] {
    let clip: JSONValue = [
      "x": .integer(frame.left), "y": .integer(frame.top), "width": .integer(frame.width),
      "height": .integer(frame.height), "scale": 1,
    ]
    return try data(
      "Page.captureScreenshot",
      ["format": "png", "clip": clip, "optimizeForSpeed": .bool(!isFinal)])
  }

  private func print() throws(ScreenshotError) -> [UInt8] {
    // A4 in inches.
    try data(
      "Page.printToPDF",
      [
        "printBackground": true, "preferCSSPageSize": true, "paperWidth": 8.27,
        "paperHeight": 11.69,
      ])
  }

  private func data(
    _ method: String, _ parameters: JSONValue
  ) throws(ScreenshotError) -> [UInt8] {
    let result = try client.call(method, parameters, session: session, within: limits.capture)
    // The text between its quotes: nothing in it is ever escaped.
    guard let text = (try? JSONValue.members(of: result))?["data"], text.count > 2,
      let bytes = Base64.decode(text.dropFirst().dropLast())
    else { throw .refused(call: method, reason: "it tells no data") }
    return bytes
  }
}
