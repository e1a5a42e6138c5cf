// SPDX-License-Identifier: MIT
import Screenshots

/// What `screenshot` is called with.
struct ScreenshotOptions {
  private(set) var shot = Shot()
  private(set) var settings = BrowserSettings()
  private(set) var address: String?
  /// Where the pictures of several files go.
  private(set) var directory: String?
  private(set) var files: [String] = []
  private(set) var cookieFile: String?
  private(set) var readiness: ReadinessRule?
  private(set) var origins: Set<WebOrigin> = []
  private(set) var reach = WebPage.Reach.origins
  private(set) var allowsScripts = false
  private(set) var isDark = false
  private(set) var wantsHelp = false

  init(_ arguments: some Sequence<String>) throws(ScreenshotFailure) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let inlined = argument.hasPrefix("--") && parts.count > 1 ? String(parts[1]) : nil
      func value() throws(ScreenshotFailure) -> String {
        guard let value = inlined ?? rest.popFirst() else {
          throw .usage("option \(parts[0]) needs a value")
        }
        return value
      }
      let name = String(parts[0])
      guard try !takeFlag(argument), try !takeShape(name, value), try !takePage(name, value) else {
        continue
      }
      guard !argument.hasPrefix("-") else {
        throw .usage("unknown option \(argument); see --help")
      }
      files.append(argument)
    }
    try sortOperands()
  }

  private mutating func sortOperands() throws(ScreenshotFailure) {
    if directory == nil {
      guard files.count <= 1 else { throw .usage("several files need --into") }
      address = files.popLast()
    }
    guard cookieFile == nil || address != nil else {
      throw .usage("cookies are of use for an address alone")
    }
  }

  private typealias Value = () throws(ScreenshotFailure) -> String

  private mutating func takeFlag(_ name: String) throws(ScreenshotFailure) -> Bool {
    switch name {
    case "--full": shot.area = .page
    case "--pdf": shot.format = .pdf
    case "--scripts": allowsScripts = true
    case "--dark": isDark = true
    case "--unready": shot.acceptsUnready = true
    case "--no-sandbox": settings.isSandboxed = false
    case "--any-certificate": settings.checksCertificates = false
    case "--help", "-h": wantsHelp = true
    default: return false
    }
    return true
  }

  /// The picture's.
  private mutating func takeShape(
    _ name: String, _ value: Value
  ) throws(ScreenshotFailure) -> Bool {
    switch name {
    case "--size": shot.window = try Self.size(try value())
    case "--thumb": shot.size = .filling(try Self.size(try value()))
    case "--within": shot.size = .within(try Self.size(try value()))
    case "--selector": shot.area = .element(try value())
    case "--density":
      let text = try value()
      guard let density = Double(text) else { throw .usage("'\(text)' is no density") }
      shot.density = density
    default: return false
    }
    return true
  }

  /// The page's, and the browser's.
  private mutating func takePage(
    _ name: String, _ value: Value
  ) throws(ScreenshotFailure) -> Bool {
    switch name {
    case "--cookie-file": cookieFile = try value()
    case "--wait": readiness = try Self.rule(try value())
    case "--allow": try allow(try value())
    case "--timeout":
      let text = try value()
      guard let seconds = Int(text), (1...3_600).contains(seconds) else {
        throw .usage("'\(text)' is no number of seconds")
      }
      settings.limits.load = .seconds(seconds)
      settings.limits.navigation = .seconds(seconds)
    case "--browser": settings.program = try value()
    case "--into": directory = try value()
    case "--user": settings.user = try value()
    case "--profiles": settings.directory = try value()
    default: return false
    }
    return true
  }

  private mutating func allow(_ text: String) throws(ScreenshotFailure) {
    guard text != "any" else { return reach = .anywhere }
    guard let origin = WebOrigin(of: text) else {
      throw .usage("--allow needs an address like https://tiles.example, or any")
    }
    origins.insert(origin)
  }

  private static func size(_ text: String) throws(ScreenshotFailure) -> PixelSize {
    guard let size = PixelSize(text) else {
      throw .usage("'\(text)' is no size like 800x600, of at most \(PixelSize.limit) pixels")
    }
    return size
  }

  private static func rule(_ name: String) throws(ScreenshotFailure) -> ReadinessRule {
    switch name {
    case "own": return .own
    case "load": return .loaded
    case "idle": return .idle
    case "chart": return .supersetChart
    case "dashboard": return .supersetDashboard
    default:
      guard let selector = name.firstMatch(of: #/^selector:(.+)$/#)?.1 else {
        throw .usage("'\(name)' is none of own, load, idle, chart, dashboard, selector:CSS")
      }
      var rule = ReadinessRule.loaded
      rule.visible = [String(selector)]
      rule.located = [String(selector)]
      return rule
    }
  }
}
