// SPDX-License-Identifier: MIT
import Testing

@testable import ChartPages

/// Marks of axes.
struct ScaleTests {
  /// As Superset's own pictures have them.
  @Test(arguments: [
    (1_760_000.0, 300_000.0, 7), (16_200_000, 3_000_000, 7), (287_000, 50_000, 7), (1, 0.2, 6),
    (0.0003, 0.00005, 7), (0.7, 0.1, 8),
  ])
  func `marks are round numbers`(_ high: Double, _ step: Double, _ count: Int) {
    let ticks = NiceScale(0, high).ticks
    #expect(ticks.count == count)
    for (index, tick) in ticks.enumerated() {
      #expect(ValueFormat(nil).text(tick) == ValueFormat(nil).text(Double(index) * step))
    }
  }

  @Test(arguments: [
    (0.0, 0.0), (5, 5), (-5, -5), (1e300, 1e300), (-1e308, 1e308), (.nan, 1), (1, .infinity),
    (2.3e-308, 2.4e-308), (1e15, 1e15 + 1), (-0.1, 0.1), (3, 2),
  ])
  func `any bounds give some marks`(_ low: Double, _ high: Double) {
    for isZeroed in [true, false] {
      let scale = NiceScale(low, high, isZeroed: isZeroed)
      #expect(scale.ticks.count >= 2 && scale.ticks.count < 50)
      #expect(scale.ticks.allSatisfy { $0.isFinite })
      #expect(scale.low < scale.high)
    }
  }

  @Test func `years are counted as ECharts counts them`() {
    let ticks = TimeTicks(
      from: CivilTime.milliseconds(1965, 1, 1), to: CivilTime.milliseconds(2008, 1, 1), about: 6)
    let labels = ticks.ticks.map(\.label)
    #expect(labels == ["1965", "1972", "1979", "1986", "1993", "2000", "2007"])
  }

  @Test(arguments: [
    (1, ["2024", "04:00", "08:00", "12:00", "16:00", "20:00", "Jan 2"]),
    (3, ["2024", "12:00", "Jan 2", "12:00", "Jan 3", "12:00", "Jan 4"]),
    (60, ["2024", "15", "Feb", "15", "Mar"]), (365, ["2024", "Mar", "May", "Jul", "Sep", "Nov"]),
  ])
  func `marks of times are beginnings`(_ days: Int, _ labels: [String]) {
    let start = CivilTime.milliseconds(2024, 1, 1)
    let ticks = TimeTicks(from: start, to: start + Double(days) * CivilTime.day, about: 6)
    #expect(ticks.ticks.map(\.label) == labels)
  }

  @Test(arguments: [0.0, 1, 999, 1e6, 1e9, 1e12, 1e15])
  func `any span has few marks`(_ span: Double) {
    for start in [0.0, -1e13, 1.7e12, 8.6e15] {
      let ticks = TimeTicks(from: start, to: start + span, about: 6).ticks
      #expect(ticks.count <= 60)
      #expect(ticks.map(\.milliseconds) == ticks.map(\.milliseconds).sorted())
    }
  }

  @Test func `powers of ten are the marks of a logarithmic axis`() {
    let scale = ValueScale(of: [1, 900, -5, 0], isLogarithmic: true, isZeroed: true)
    #expect(scale.ticks == [1, 10, 100, 1000])
    #expect(scale.share(0) == nil)
    #expect(scale.share(10) == 1.0 / 3)
    let none = ValueScale(of: [-1, 0], isLogarithmic: true, isZeroed: true)
    #expect(none.ticks.count >= 2)
  }
}
