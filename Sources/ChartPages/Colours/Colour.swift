// SPDX-License-Identifier: MIT

/// Red, green and blue, 0 to 255; the only form in which a colour gets into a page.
struct Colour: Hashable, Sendable {
  let red: Double
  let green: Double
  let blue: Double

  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  init(_ code: UInt32) {
    red = Double(code >> 16 & 0xFF)
    green = Double(code >> 8 & 0xFF)
    blue = Double(code & 0xFF)
  }

  /// `#rgb`, `#rrggbb`, `rgb(r, g, b)` or a usual name; nil for anything else that style sheets may know.
  init?(_ text: String) {
    let text = text.lowercased().filter { $0 != " " }
    if let code = Self.names[text] {
      self.init(code)
    } else if text.hasPrefix("#") {
      self.init(hexadecimal: text.dropFirst())
    } else if text.hasPrefix("rgb") {
      self.init(parts: text)
    } else {
      return nil
    }
  }

  private init?(hexadecimal digits: Substring) {
    guard digits.utf8.count == digits.count, let code = UInt32(digits, radix: 16) else {
      return nil
    }
    switch digits.count {
    case 3:
      let parts = [code >> 8, code >> 4 & 0xF, code & 0xF].map { $0 * 17 }
      self.init(parts[0] << 16 | parts[1] << 8 | parts[2])
    case 6: self.init(code)
    case 8: self.init(code >> 8)
    default: return nil
    }
  }

  private init?(parts text: String) {
    let inner = text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
    let parts = inner.split(separator: ",").compactMap { Double($0) }
    guard parts.count >= 3, parts.prefix(3).allSatisfy({ (0...255).contains($0) }) else {
      return nil
    }
    self.init(red: parts[0], green: parts[1], blue: parts[2])
  }

  var css: String {
    let code = [red, green, blue].map { part -> String in
      let digits = String(Int(max(0, min(255, part.rounded()))), radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    return "#" + code.joined()
  }

  func mixed(with other: Colour, _ share: Double) -> Colour {
    let share = share.isFinite ? max(0, min(1, share)) : 0
    return Colour(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share)
  }

  /// Black or white, whichever can be read on this colour.
  var ink: String {
    (red * 299 + green * 587 + blue * 114) / 1000 > 145 ? "#222222" : "#ffffff"
  }

  private static let names: [String: UInt32] = [
    "black": 0x000000, "white": 0xFFFFFF, "red": 0xFF0000, "green": 0x008000, "blue": 0x0000FF,
    "yellow": 0xFFFF00, "orange": 0xFFA500, "purple": 0x800080, "grey": 0x808080,
    "gray": 0x808080, "pink": 0xFFC0CB, "brown": 0xA52A2A, "cyan": 0x00FFFF, "magenta": 0xFF00FF,
  ]
}
