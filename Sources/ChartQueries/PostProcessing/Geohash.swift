// SPDX-License-Identifier: MIT

/// Places on earth as short texts: bits of longitude and latitude in turn, five to a letter, each half the rest.
enum Geohash {
  private static let letters = Array("0123456789bcdefghjkmnpqrstuvwxyz")

  /// The middle of what a text stands for; nil where it is none.
  static func place(_ text: String) -> (latitude: Double, longitude: Double)? {
    var spans = (longitude: (-180.0, 180.0), latitude: (-90.0, 90.0))
    var isLongitude = true
    for letter in text.lowercased() {
      guard let value = letters.firstIndex(of: letter) else { return nil }
      for bit in stride(from: 4, through: 0, by: -1) {
        let isHigh = value & (1 << bit) != 0
        if isLongitude {
          spans.longitude = half(of: spans.longitude, isHigh)
        } else {
          spans.latitude = half(of: spans.latitude, isHigh)
        }
        isLongitude.toggle()
      }
    }
    return (middle(of: spans.latitude), middle(of: spans.longitude))
  }

  /// Twelve letters.
  ///
  /// - Parameters:
  ///   - latitude: at least -90, and less than 90.
  ///   - longitude: any; the earth is round.
  static func text(latitude: Double, longitude: Double) -> String {
    let turned = longitude.truncatingRemainder(dividingBy: 360)
    let longitude = turned >= 180 ? turned - 360 : turned < -180 ? turned + 360 : turned
    var spans = (longitude: (-180.0, 180.0), latitude: (-90.0, 90.0))
    var text = ""
    var (value, isLongitude) = (0, true)
    for bit in 0..<60 {
      let span = isLongitude ? spans.longitude : spans.latitude
      let isHigh = (isLongitude ? longitude : latitude) >= middle(of: span)
      if isLongitude {
        spans.longitude = half(of: span, isHigh)
      } else {
        spans.latitude = half(of: span, isHigh)
      }
      isLongitude.toggle()
      value = value << 1 | (isHigh ? 1 : 0)
      guard bit % 5 == 4 else { continue }
      text.append(letters[value])
      value = 0
    }
    return text
  }

  private static func middle(of span: (Double, Double)) -> Double { (span.0 + span.1) / 2 }

  private static func half(of span: (Double, Double), _ isHigh: Bool) -> (Double, Double) {
    isHigh ? (middle(of: span), span.1) : (span.0, middle(of: span))
  }
}
