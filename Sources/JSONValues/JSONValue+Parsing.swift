// SPDX-License-Identifier: MIT

extension JSONValue {
  /// The one JSON value that these bytes are (RFC 8259), blanks around it allowed.
  ///
  /// - Throws: ``JSONError``; of kind `incomplete` when the bytes are the beginning of a JSON value.
  package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    let bytes = Array(bytes)
    var parser = JSONParser(bytes)
    self = try parser.parseDocument()
  }

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }

  /// As ``init(parsing:)``, but keeps of an object no other members than those that the skim asks for.
  ///
  /// It accepts and refuses the same bytes, but for an object that has more to keep than the skim allows; and what it
  /// does not keep costs no memory, whatever it is.
  package init(skimming bytes: [UInt8], for skim: JSONSkim) throws(JSONError) {
    var parser = JSONParser(bytes, skim)
    self = try parser.parseDocument()
  }

  /// The members of the one object that these bytes are, the text of each value as it stands there; of two with the
  /// same name the last one.
  package static func members(of bytes: [UInt8]) throws(JSONError) -> [String: ArraySlice<UInt8>] {
    var parser = JSONParser(bytes)
    return try parser.parseDocumentMembers()
  }
}
