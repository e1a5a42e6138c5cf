// SPDX-License-Identifier: MIT

/// A place as people write it: `41.5 -81.0`, `23°26′22″N 23°27′30″E, 100m`; read as geopy reads it.
struct GeodeticPoint: Hashable {
  private(set) var latitude = 0.0
  private(set) var longitude = 0.0
  /// Kilometres.
  private(set) var altitude = 0.0

  /// Bytes of a text. One with seconds to the last digit and an altitude has 80; to look through a much longer one for a
  /// place takes hours.
  private static let longest = 512

  init() {}

  /// Nil for what names no place. What stands before a place is passed over, as geopy does.
  init?(_ text: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    let scalars = Array(text.replacing("''", with: "\"").unicodeScalars)
    var found: GeodeticPoint?
    for start in 0...scalars.count where found == nil {
      Self.angle(scalars, at: start, "N", "S") { latitude, place in
        Self.separator(scalars, at: place) { place in
          Self.angle(scalars, at: place, "E", "W") { longitude, place in
            Self.ending(scalars, at: place) { altitude in
              found = GeodeticPoint()
              found?.latitude = latitude
              found?.longitude = longitude
              found?.altitude = altitude
            }
          }
        }
      }
    }
    guard let found, found.latitude.magnitude <= 90 else { return nil }
    self = found
    longitude = Self.normalized(found.longitude)
  }

  private static func normalized(_ longitude: Double) -> Double {
    let rest = longitude.truncatingRemainder(dividingBy: 360)
    return rest > 180 ? rest - 360 : rest < -180 ? rest + 360 : rest
  }

  private typealias Text = [Unicode.Scalar]
  /// Whether what follows fits, from a place on.
  private typealias Rest = (Int) -> Bool

  private static func has(_ text: Text, _ place: Int, _ wanted: (Unicode.Scalar) -> Bool) -> Bool {
    place < text.count && wanted(text[place])
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func afterBlanks(_ text: Text, _ place: Int) -> Int {
    var place = place
    while has(text, place, { $0 == " " }) { place += 1 }
    return place
  }

  /// Digits with or without a fraction, the longest first.
  private static func number(
    _ text: Text, at start: Int, _ rest: (Double, Int) -> Bool
  ) -> Bool {
    let isDigit: (Unicode.Scalar) -> Bool = { ("0"..."9").contains($0) }
    func end(from place: Int) -> Int {
      var place = place
      while has(text, place, isDigit) { place += 1 }
      return place
    }
    func value(to place: Int) -> Double {
      Double(String(String.UnicodeScalarView(text[start..<place]))) ?? 0
    }
    for whole in stride(from: end(from: start), to: start, by: -1) {
      if has(text, whole, { $0 == "." }) {
        for place in stride(from: end(from: whole + 1), to: whole + 1, by: -1)
        where rest(value(to: place), place) { return true }
      }
      if rest(value(to: whole), whole) { return true }
    }
    return false
  }

  private static func sign(_ text: Text, at place: Int, _ rest: (Double, Int) -> Bool) -> Bool {
    if has(text, place, { $0 == "+" || $0 == "-" }) {
      return rest(text[place] == "-" ? -1 : 1, place + 1)
    }
    return rest(1, place)
  }

  /// Degrees, minutes and seconds, with a direction in front or behind.
  @discardableResult
  private static func angle(
    _ text: Text, at start: Int, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar,
    _ rest: (Double, Int) -> Bool
  ) -> Bool {
    let isDirection: (Unicode.Scalar) -> Bool = { $0 == positive || $0 == negative }
    let front = has(text, start, isDirection) ? text[start] : nil
    let place = afterBlanks(text, front == nil ? start : start + 1)
    return sign(text, at: place) { sign, place in
      number(text, at: place) { degrees, place in
        parts(text, at: place) { more, place in
          let angle = sign * (degrees + more)
          func turned(_ direction: Unicode.Scalar?) -> Double {
            direction == negative ? -angle : angle
          }
          if has(text, place, isDirection), rest(turned(front ?? text[place]), place + 1) {
            return true
          }
          return rest(turned(front), place)
        }
      }
    }
  }

  /// Minutes and seconds behind the sign of degrees, as a part of a degree.
  private static func parts(
    _ text: Text, at start: Int, _ rest: (Double, Int) -> Bool
  ) -> Bool {
    let isSign = has(text, start) { $0 == "\u{B0}" || $0 == "D" || $0 == "*" || isSpace($0) }
    guard isSign else { return rest(0, start) }
    let place = afterBlanks(text, start + 1)
    let isDone = part(text, at: place, "\u{2032}'m") { minutes, place in
      part(text, at: place, "\u{2033}\"s") { seconds, place in
        rest((minutes ?? 0) / 60 + (seconds ?? 0) / 3_600, place)
      }
    }
    return isDone || rest(0, start)
  }

  /// A number with one of these signs behind it, or nothing.
  private static func part(
    _ text: Text, at start: Int, _ signs: String, _ rest: (Double?, Int) -> Bool
  ) -> Bool {
    let isFound = number(text, at: start) { value, place in
      guard has(text, place, signs.unicodeScalars.contains) else { return false }
      return rest(value, afterBlanks(text, place + 1))
    }
    return isFound || rest(nil, start)
  }

  /// Blanks with a comma, a semicolon or a slash among them, or a blank alone.
  private static func separator(_ text: Text, at start: Int, _ rest: Rest) -> Bool {
    var place = start
    while has(text, place, isSpace) { place += 1 }
    if has(text, place, { $0 == "," || $0 == ";" || $0 == "/" }) {
      place += 1
      while has(text, place, isSpace) { place += 1 }
      return rest(place)
    }
    return place > start && rest(place)
  }

  private typealias Unit = (name: String, kilometres: @Sendable (Double) -> Double)

  private static let units: [Unit] = [
    ("km", { $0 }), ("m", { $0 / 1_000 }), ("mi", { $0 * 1.609344 }),
    ("ft", { $0 / 5_280 * 1.609344 }), ("nm", { $0 / (1 / 1.852) }), ("nmi", { $0 / (1 / 1.852) }),
  ]

  /// An altitude or none, and then nothing but blanks.
  private static func ending(_ text: Text, at start: Int, _ found: (Double) -> Void) -> Bool {
    func isEnd(_ place: Int) -> Bool { text[min(place, text.count)...].allSatisfy(isSpace) }
    let hasAltitude = separator(text, at: start) { place in
      sign(text, at: place) { sign, place in
        number(text, at: place) { distance, place in
          let place = afterBlanks(text, place)
          for unit in units where text[place...].starts(with: unit.name.unicodeScalars) {
            guard isEnd(place + unit.name.unicodeScalars.count) else { continue }
            found(unit.kilometres(sign * distance))
            return true
          }
          return false
        }
      }
    }
    if hasAltitude { return true }
    guard isEnd(start) else { return false }
    found(0)
    return true
  }
}
