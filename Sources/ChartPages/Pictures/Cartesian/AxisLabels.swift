// SPDX-License-Identifier: MIT
import Glibc

/// Which labels of an axis are written, and how, so that none covers another one and none is cut off.
struct AxisLabels {
  enum Lie: Hashable {
    case flat
    /// Written upwards to the right, by so many degrees.
    case turned(Double)
  }

  static let fit = TextFit(size: 12)
  private static let lineHeight = 14.0

  let ticks: [PositionAxis.Tick]
  let lie: Lie
  /// How far they reach beyond the axis.
  let depth: Double

  /// Below an axis of this width, on a chart of this height.
  init(_ axis: PositionAxis, _ ticks: [PositionAxis.Tick], below box: Box, rotation: Double) {
    let ticks = ticks.map { $0.cleaned }
    guard case .labels = axis.positions else {
      self.ticks = Self.spaced(ticks, length: box.width)
      (lie, depth) = (.flat, 22)
      return
    }
    let band = box.width / Double(max(1, ticks.count))
    let widest = ticks.map { Self.fit.width(of: $0.label) }.max() ?? 0
    if rotation == 0, band >= 75 || Self.fitFlat(ticks, band) {
      self.ticks = band >= 75 ? ticks.map { $0.fitted(into: band - 6) } : ticks
      (lie, depth) = (.flat, 22)
      return
    }
    let angle = rotation == 0 ? 45 : abs(rotation)
    let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
    let room = min(box.height * 0.35, 130)
    let longest = min(room / max(0.3, sine), box.width * 0.3 / max(0.3, cosine))
    let step = max(1, Int((Self.lineHeight / max(0.3, sine) / max(0.01, band)).rounded(.up)))
    self.ticks = ticks.enumerated().filter { $0.offset % step == 0 }.map {
      $0.element.fitted(into: longest)
    }
    lie = .turned(angle)
    depth = min(widest, longest) * sine + 20
  }

  /// Left of an axis of this height.
  init(_ axis: PositionAxis, _ ticks: [PositionAxis.Tick], beside box: Box) {
    let step = max(
      1,
      Int((Self.lineHeight * Double(ticks.count) / max(1, box.height)).rounded(.up)))
    let shown = ticks.enumerated().filter { $0.offset % step == 0 }.map {
      $0.element.cleaned.fitted(into: box.width * 0.35)
    }
    self.ticks = shown
    lie = .flat
    depth = (shown.map { Self.fit.width(of: $0.label) }.max() ?? 0) + 10
  }

  /// By how much turned labels need more room at the left of the axis than there is.
  func overhang(_ area: Box) -> Double {
    guard case .turned(let angle) = lie else { return 0 }
    let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
    return ticks.map { tick in
      // Turned letters also reach to the left by their height.
      let reach = Self.fit.width(of: tick.label) * cosine + Self.lineHeight * sine
      return reach - tick.share * area.width - area.left
    }.max() ?? 0
  }

  /// Whether no label touches its neighbours.
  private static func fitFlat(_ ticks: [PositionAxis.Tick], _ band: Double) -> Bool {
    let widths = ticks.map { fit.width(of: $0.label) }
    return zip(widths, widths.dropFirst()).allSatisfy { ($0 + $1) / 2 + 5 <= band }
  }

  /// Labels at their marks, of two that would touch the first one; what begins a greater unit goes before.
  private static func spaced(_ ticks: [PositionAxis.Tick], length: Double) -> [PositionAxis.Tick] {
    var kept: [PositionAxis.Tick] = []
    for tick in ticks.filter(\.isMajor) + ticks.filter({ !$0.isMajor }) {
      let half = fit.width(of: tick.label) / 2 + 5
      let isFree = kept.allSatisfy { other in
        let room = half + fit.width(of: other.label) / 2 + 5
        return abs(other.share - tick.share) * length >= room
      }
      if isFree { kept.append(tick) }
    }
    return kept.sorted { $0.share < $1.share }
  }
}

extension PositionAxis.Tick {
  fileprivate var cleaned: PositionAxis.Tick {
    .init(share: share, label: PlainText.cleaned(label, limit: 200), isMajor: isMajor)
  }

  fileprivate func fitted(into width: Double) -> PositionAxis.Tick {
    .init(share: share, label: AxisLabels.fit.fitted(label, into: width), isMajor: isMajor)
  }
}
