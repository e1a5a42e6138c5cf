// SPDX-License-Identifier: MIT

/// Which picture a viz type has; what is not named here is drawn as a table.
enum PictureKind {
  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    switch chart.viz {
    case "table", "table_v2", "ag-grid-table": try TablePicture.drawn(chart, in: box)
    case "big_number", "big_number_total": try BigNumberPicture.drawn(chart, in: box)
    case "pie": try PiePicture.drawn(chart, in: box)
    case "pivot_table_v2", "pivot_table": try pivot(chart, in: box)
    case "treemap_v2", "treemap": try TreemapPicture.drawn(chart, in: box)
    case "box_plot": try BoxPlotPicture.drawn(chart, in: box)
    case "heatmap", "heatmap_v2": try HeatmapPicture.drawn(chart, in: box)
    case "histogram", "histogram_v2": try HistogramPicture.drawn(chart, in: box)
    case "rose": try RosePicture.drawn(chart, in: box)
    case "partition": try PartitionPicture.drawn(chart, in: box)
    case "sunburst_v2", "sunburst": try SunburstPicture.drawn(chart, in: box)
    case "funnel": try FunnelPicture.drawn(chart, in: box)
    case "gauge_chart": try GaugePicture.drawn(chart, in: box)
    default: try cartesian(chart, in: box)
    }
  }

  private static func cartesian(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    switch chart.viz {
    case "echarts_timeseries": try CartesianPicture.drawn(chart, in: box, series(chart))
    case "echarts_timeseries_line", "line", "compare":
      try CartesianPicture.drawn(chart, in: box, .line)
    case "echarts_timeseries_bar", "bar", "dist_bar":
      try CartesianPicture.drawn(chart, in: box, .bar)
    case "echarts_timeseries_smooth": try CartesianPicture.drawn(chart, in: box, .smooth)
    case "echarts_timeseries_step": try CartesianPicture.drawn(chart, in: box, step(chart))
    case "echarts_timeseries_scatter": try CartesianPicture.drawn(chart, in: box, .scatter)
    case "echarts_area", "area":
      try CartesianPicture.drawn(chart, in: box, series(chart), isArea: true)
    case "mixed_timeseries": try MixedPicture.drawn(chart, in: box)
    default: try FallbackPicture.drawn(chart, in: box)
    }
  }

  /// The legacy one comes as HTML, of which nothing is taken.
  private static func pivot(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    chart.tables.isEmpty
      ? try FallbackPicture.drawn(chart, in: box) : try PivotPicture.drawn(chart, in: box)
  }

  private static func series(_ chart: Chart) -> CartesianStyle.Kind {
    kind(named: chart.text("seriesType") ?? chart.text("line_interpolation"))
  }

  static func kind(named name: String?) -> CartesianStyle.Kind {
    switch name {
    case "bar": .bar
    case "scatter": .scatter
    case "smooth", "basis", "cardinal", "monotone": .smooth
    case "start", "step-before": .step(.start)
    case "middle": .step(.middle)
    case "end", "step-after": .step(.end)
    default: .line
    }
  }

  private static func step(_ chart: Chart) -> CartesianStyle.Kind {
    if case .step(let step) = series(chart) { .step(step) } else { .step(.start) }
  }
}
