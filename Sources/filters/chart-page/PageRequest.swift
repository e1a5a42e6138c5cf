// SPDX-License-Identifier: MIT
import ChartPages
import JSONValues
import SystemCalls
import TaskRuntime

/// How the page is wanted.
struct PageRequest {
  private let style: PageStyle
  private let form: JSONValue?
  private let title: String?
  private let viz: String?

  init(_ options: TaskOptions) throws(PageRequestError) {
    let (width, height) = try Self.size(options["size"] ?? "800x600")
    let name = options["theme"] ?? "light"
    guard let theme = Theme(named: name) else { throw .unknownTheme(name) }
    style = PageStyle(width: width, height: height, theme: theme)
    form = try options["form"].map(Self.form)
    (title, viz) = (options["title"], options["viz"])
  }

  func page(of value: JSONValue) -> [UInt8] {
    switch PageInput(value, viz: viz, title: title, form: form) {
    case .chart(let source): ChartPage(source, style).bytes
    case .dashboard(let source): DashboardPage(source, style).bytes
    }
  }

  private static func size(_ text: String) throws(PageRequestError) -> (Int, Int) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1],
      PageStyle.sizes.contains(width), PageStyle.sizes.contains(height)
    else { throw .badSize(text) }
    return (width, height)
  }

  private static func form(_ path: String) throws(PageRequestError) -> JSONValue {
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path) } catch {
      throw .unreadableForm(reason: "\(error)")
    }
    do { return try JSONValue(parsing: bytes) } catch {
      throw .badForm(path, reason: "\(error)")
    }
  }
}
