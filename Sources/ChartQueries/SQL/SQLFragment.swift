// SPDX-License-Identifier: MIT

/// SQL that a chart brings along, looked at closely enough to see what it must not hold.
struct SQLFragment {
  private(set) var words: Set<String> = []
  /// Below zero as soon as a parenthesis closes that was never opened.
  private(set) var lowestDepth = 0
  private(set) var depth = 0
  private(set) var hasSeparator = false
  private(set) var hasOpenComment = false
  /// Left open, a quote would swallow what follows the fragment: the row filters, for instance.
  private(set) var hasOpenQuote = false
  private(set) var endsInLineComment = false
  private var word = ""

  init(_ sql: String) {
    var rest = Array(sql.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      endsInLineComment = false
      switch scalar {
      case "'", "\"", "`": if !skip(&rest, past: [scalar]) { hasOpenQuote = true }
      // SQLite also quotes names in brackets: parentheses in them are none.
      case "[": if !skip(&rest, past: ["]"]) { hasOpenQuote = true }
      case "-" where rest.first == "-": endsInLineComment = !skip(&rest, past: ["\n"])
      case "/" where rest.first == "*": hasOpenComment = !skip(&rest, past: ["*", "/"])
      default: note(scalar)
      }
    }
    note(" ")
  }

  private mutating func note(_ scalar: Unicode.Scalar) {
    if scalar.properties.isAlphabetic || scalar == "_" || scalar.properties.numericType != nil {
      word.unicodeScalars.append(scalar)
      return
    }
    if !word.isEmpty { words.insert(word.lowercased()) }
    word = ""
    switch scalar {
    case "(": depth += 1
    case ")": depth -= 1
    case ";": hasSeparator = true
    default: break
    }
    lowestDepth = min(lowestDepth, depth)
  }

  /// False when the end came first.
  private mutating func skip(
    _ rest: inout ArraySlice<Unicode.Scalar>, past end: [Unicode.Scalar]
  ) -> Bool {
    note(" ")
    while !rest.isEmpty {
      if rest.starts(with: end) {
        rest.removeFirst(end.count)
        return true
      }
      rest.removeFirst()
    }
    return false
  }

  /// A custom expression: no sub-query, and nothing that would leave its place in the statement.
  static func checkedExpression(_ sql: String) throws(ChartQueryError) -> String {
    try refuseTemplate(sql)
    let fragment = SQLFragment(sql)
    let isBalanced = fragment.depth == 0 && fragment.lowestDepth == 0
    let isOpen = fragment.hasOpenComment || fragment.hasOpenQuote
    guard isBalanced, !isOpen, !fragment.hasSeparator, fragment.words.isDisjoint(with: ["select"])
    else {
      throw .subquery
    }
    return fragment.endsInLineComment ? sql + "\n" : sql
  }

  /// A WHERE or HAVING clause, as Superset's `sanitize_clause` leaves it.
  static func checkedClause(_ sql: String?) throws(ChartQueryError) -> String? {
    guard let sql else { return nil }
    try refuseTemplate(sql)
    let fragment = SQLFragment(sql)
    if fragment.hasSeparator { throw .clause(reason: "Clause contains multiple statements") }
    if fragment.hasOpenComment { throw .clause(reason: "Unclosed multiline comment") }
    if fragment.hasOpenQuote { throw .clause(reason: "Unclosed quote in filter clause") }
    if fragment.lowestDepth < 0 {
      throw .clause(reason: "Closing unclosed parenthesis in filter clause")
    }
    if fragment.depth > 0 { throw .clause(reason: "Unclosed parenthesis in filter clause") }
    guard fragment.words.isDisjoint(with: ["select"]) else { throw .subquery }
    return fragment.endsInLineComment ? sql + "\n" : sql
  }

  /// Left in, a template would be wrong SQL at best, and a row filter that filters nothing at worst.
  static func refuseTemplate(_ sql: String) throws(ChartQueryError) {
    if sql.contains("{{") || sql.contains("{%") { throw .unsupported("Jinja in SQL: \(sql)") }
  }
}
