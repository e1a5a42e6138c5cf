// SPDX-License-Identifier: MIT
import SystemCalls
import TOMLKit

/// A table whose members are fetched by type, a wrong type being an error instead of a default.
struct TOMLSection {
  let table: TOMLTable
  let path: String

  func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw .wrongType(path: path, key: key) }
    return text
  }

  func number(_ key: String) throws(ConfigurationError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw .wrongType(path: path, key: key) }
    return number
  }

  /// Above zero.
  func positiveNumber(_ key: String) throws(ConfigurationError) -> Int? {
    guard let number = try number(key) else { return nil }
    guard number > 0 else { throw malformed(key, "\(number) is not above 0") }
    return number
  }

  /// One of a few words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) throws(ConfigurationError) -> Choice? {
    guard let text = try text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw malformed(key, "'\(text)' is none of \(words)")
    }
    return choice
  }

  func list(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let items = value.array else { throw .wrongType(path: path, key: key) }
    var texts: [String] = []
    for item in items {
      guard let text = item.string else { throw .wrongType(path: path, key: key) }
      texts.append(text)
    }
    return texts
  }

  func malformed(_ key: String, _ reason: String) -> ConfigurationError {
    .malformed(path: path, reason: "superset.\(key): \(reason)")
  }

  /// A path of this file begins where the file lies.
  func absolute(_ name: String) -> String {
    name.hasPrefix("/") ? name : "\(path.parentPath)/\(name)"
  }

  /// A table below this one, an empty one where there is none.
  func section(_ key: String) throws(ConfigurationError) -> TOMLSection {
    guard let value = table[key] else { return TOMLSection(table: TOMLTable(), path: path) }
    guard let members = value.table else { throw .wrongType(path: path, key: key) }
    return TOMLSection(table: members, path: path)
  }

  /// `[1600, 2000]`: pixels.
  func size(_ key: String) throws(ConfigurationError) -> [Int]? {
    guard let value = table[key] else { return nil }
    let sides = value.array.map { Array($0).map(\.int) } ?? []
    guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0
    else { throw malformed(key, "it is no [width, height]") }
    return [width, height]
  }

  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else { throw .wrongType(path: path, key: key) }
    return flag
  }

  func texts(_ key: String) throws(ConfigurationError) -> [String: String] {
    guard let value = table[key] else { return [:] }
    guard let members = value.table else { throw .wrongType(path: path, key: key) }
    var texts: [String: String] = [:]
    let section = TOMLSection(table: members, path: path)
    for name in members.keys { texts[name] = try section.text(name) }
    return texts
  }
}
