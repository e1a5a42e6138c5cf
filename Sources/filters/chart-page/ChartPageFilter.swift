// SPDX-License-Identifier: MIT
import ChartPages
import JSONValues
import TaskContract
import TaskRuntime

/// The data of a chart or a dashboard on standard input, an HTML page that shows them on standard output.
@main
enum ChartPageFilter {
  static func main() {
    let console = Console(name: "chart-page")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["form", "size", "theme", "title", "viz"],
        flags: ["help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let request = try PageRequest(options)
      console.print(request.page(of: try PageReader.value(try console.readInput())))
    } catch {
      console.exit(because: error)
    }
  }

  private static let help = """
    Usage: chart-page [--viz TYPE] [--form FILE] [--title TEXT] [--size WxH] [--theme NAME] < DATA

    Draws what chart-data --response or explore-json has printed: one HTML page with SVG and
    without scripts. Rows alone will do, one a line or as an array; so will an object with
    form_data and response, or one with position_json and charts, which is a dashboard.

      --form FILE     the chart's form_data, query context or job; otherwise what DATA holds of it
      --size WxH      pixels, 800x600 by default; a dashboard is as high as it has to be
      --theme NAME    light (default) or dark
      --title TEXT    stands above the chart
      --viz TYPE      Superset's name of the chart's type: pie, echarts_area, pivot_table_v2 ...

    """
}
