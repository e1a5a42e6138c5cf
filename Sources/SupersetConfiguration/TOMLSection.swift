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
