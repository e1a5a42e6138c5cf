// SPDX-License-Identifier: MIT
import SQLDatabases

/// SQL that a chart brings along, looked at closely enough to see what it must not hold.
struct SQLFragment {
  private(set) var words: Set<String> = []
  private(set) var firstWord: String?
  /// Below zero as soon as a parenthesis closes that was never opened.
  private(set) var lowestDepth = 0
  private(set) var depth = 0
  private(set) var hasSeparator = false
  private(set) var hasOpenComment = false
  /// Left open, a quote would swallow what follows the fragment: the row filters, for instance.
  private(set) var hasOpenQuote = false
  /// A comment that no line's end has closed; Superset puts a line's end behind it.
  private(set) var endsInComment = false
  /// Names before parentheses, in lower case.
  private(set) var calls: Set<String> = []
  /// A list that is a table: SQLite's `IN table`.
  private(set) var hasTableAsList = false
  /// Words outside of parentheses and of CASE.
  private var outerWords: Set<String> = []
  private var openCases = 0
  private var isAfterIn = false
  private var word = ""
  /// The name that may be called next.
  private var name = ""
  private let dialect: SQLDialect

  /// What begins a name or a text in SQLite.
  private static let quotes: Set<Unicode.Scalar> = ["'", "\"", "`", "["]

  init(_ sql: String, in dialect: SQLDialect) {
    self.dialect = dialect
    var rest = Array(sql.unicodeScalars)[...]
    var before: [Unicode.Scalar] = []
    while let scalar = rest.popFirst() {
      endsInComment = false
      if dialect == .sqlite, Self.quotes.contains(scalar) { noteQuote() }
      switch scalar {
      case "'" where dialect == .postgresql && word.lowercased() == "e":
        if !skipEscaped(&rest) { hasOpenQuote = true }
      // What a name with escapes says, only the database knows.
      case "\"" where dialect == .postgresql && before == ["u", "&"]: hasOpenQuote = true
      case "\"" where dialect == .postgresql:
        let quoted = String(String.UnicodeScalarView(rest.prefix { $0 != "\"" }))
        if !skip(&rest, past: ["\""]) { hasOpenQuote = true }
        name = quoted.lowercased()
      case "'", "\"": if !skip(&rest, past: [scalar]) { hasOpenQuote = true }
      case "`" where dialect == .sqlite: if !skip(&rest, past: ["`"]) { hasOpenQuote = true }
      // SQLite also quotes names in brackets: parentheses in them are none.
      case "[" where dialect == .sqlite: if !skip(&rest, past: ["]"]) { hasOpenQuote = true }
      case "$" where dialect == .postgresql && word.isEmpty:
        if !skipDollarQuote(&rest) { hasOpenQuote = true }
      case "-" where rest.first == "-": endsInComment = !skipLine(&rest)
      case "/" where rest.first == "*":
        hasOpenComment = !skipComment(&rest)
        endsInComment = true
      default: note(scalar)
      }
      before = (before + [scalar == "U" ? "u" : scalar]).suffix(2)
    }
    note(" ")
  }

  private mutating func note(_ scalar: Unicode.Scalar) {
    let isInside = scalar == "$" && !word.isEmpty
    if scalar.properties.isAlphabetic || scalar == "_" || isDigit(scalar) || isInside {
      noteListAsTable()
      word.unicodeScalars.append(scalar)
      return
    }
    if !word.isEmpty { noteWord() }
    word = ""
    switch scalar {
    case "(":
      isAfterIn = false
      depth += 1
      if !name.isEmpty { calls.insert(name) }
    case ")": depth -= 1
    case ";": hasSeparator = true
    default: break
    }
    if !scalar.properties.isWhitespace { name = "" }
    lowestDepth = min(lowestDepth, depth)
  }

  private mutating func noteWord() {
    name = word.lowercased()
    words.insert(name)
    if firstWord == nil { firstWord = name }
    if name == "case" { openCases += 1 }
    if depth <= 0, openCases == 0 { outerWords.insert(name) }
    if name == "end", openCases > 0 { openCases -= 1 }
    isAfterIn = name == "in"
  }

  private mutating func noteQuote() {
    note(" ")
    noteListAsTable()
  }

  private mutating func noteListAsTable() {
    if isAfterIn, dialect == .sqlite { hasTableAsList = true }
    isAfterIn = false
  }

  /// For PostgreSQL a line also ends where a carriage return stands.
  private mutating func skipLine(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    note(" ")
    while let scalar = rest.popFirst() {
      if scalar == "\n" || (scalar == "\r" && dialect == .postgresql) { return true }
    }
    return false
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

  /// PostgreSQL's `E'…'`, in which a backslash may stand before the quote.
  ///
  /// On a new line the text may go on by the same rules; with a comment between we do not follow it.
  private mutating func skipEscaped(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    note(" ")
    while let scalar = rest.popFirst() {
      if scalar == "\\" { _ = rest.popFirst() }
      guard scalar == "'" else { continue }
      let next = rest.drop { $0.properties.isWhitespace }
      if next.starts(with: ["-", "-"]) { return false }
      guard next.first == "'" else { return true }
      rest = next.dropFirst()
    }
    return false
  }

  /// PostgreSQL's `$tag$…$tag$`; a `$` before anything else, as in `$1`, quotes nothing.
  private mutating func skipDollarQuote(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    let tag = rest.prefix { $0 == "_" || $0.properties.isAlphabetic || isDigit($0) }
    guard rest.dropFirst(tag.count).first == "$", tag.first.map({ !isDigit($0) }) ?? true else {
      return true
    }
    rest.removeFirst(tag.count + 1)
    return skip(&rest, past: ["$"] + tag + ["$"])
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }

  /// PostgreSQL's comments hold others; in SQLite the first end ends all.
  private mutating func skipComment(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    // The star that begins a comment does not end it, too: `/*/` is still open.
    rest.removeFirst()
    guard dialect == .postgresql else { return skip(&rest, past: ["*", "/"]) }
    note(" ")
    var depth = 1
    while depth > 0, !rest.isEmpty {
      if rest.starts(with: ["/", "*"]) {
        depth += 1
        rest.removeFirst(2)
      } else if rest.starts(with: ["*", "/"]) {
        depth -= 1
        rest.removeFirst(2)
      } else {
        rest.removeFirst()
      }
    }
    return depth == 0
  }

  /// A custom expression: no sub-query, and nothing that would leave its place in the statement.
  static func checkedExpression(
    _ sql: String, in dialect: SQLDialect
  ) throws(ChartQueryError) -> String {
    let fragment = SQLFragment(sql, in: dialect)
    let isBalanced = fragment.depth == 0 && fragment.lowestDepth == 0
    let isOpen = fragment.hasOpenComment || fragment.hasOpenQuote
    guard isBalanced, !isOpen, !fragment.hasSeparator, !fragment.hasSubquery else {
      throw .subquery
    }
    return fragment.endsInComment ? sql + "\n" : sql
  }

  /// A WHERE or HAVING clause, as Superset's `sanitize_clause` leaves it.
  static func checkedClause(
    _ sql: String?, in dialect: SQLDialect
  ) throws(ChartQueryError) -> String? {
    guard let sql else { return nil }
    let fragment = SQLFragment(sql, in: dialect)
    if fragment.hasSeparator { throw .clause(reason: "Clause contains multiple statements") }
    if fragment.hasOpenComment { throw .clause(reason: "Unclosed multiline comment") }
    if fragment.hasOpenQuote { throw .clause(reason: "Unclosed quote in filter clause") }
    if fragment.lowestDepth < 0 {
      throw .clause(reason: "Closing unclosed parenthesis in filter clause")
    }
    if fragment.depth > 0 { throw .clause(reason: "Unclosed parenthesis in filter clause") }
    return fragment.endsInComment ? sql + "\n" : sql
  }

  /// Refuses what Superset's DISALLOWED_SQL_FUNCTIONS names, and what else runs a text as SQL: no row filter reaches into it.
  static func refuseFunctions(_ sql: String, in dialect: SQLDialect) throws(ChartQueryError) {
    guard dialect == .postgresql else { return }
    let found = SQLFragment(sql, in: dialect).calls.intersection(disallowed)
    guard found.isEmpty else { throw .disallowedFunctions(found.sorted()) }
  }

  private static let disallowed = """
    cursor_to_xml database_to_xml database_to_xml_and_xmlschema inet_client_addr inet_server_addr \
    query_to_xml query_to_xml_and_xmlschema schema_to_xml schema_to_xml_and_xmlschema \
    table_to_xml table_to_xml_and_xmlschema version
    """.wordSet

  static func refuseSubquery(_ sql: String, in dialect: SQLDialect) throws(ChartQueryError) {
    guard !SQLFragment(sql, in: dialect).hasSubquery else { throw .subquery }
  }

  /// PostgreSQL's `TABLE name` is one, too, a function that runs a text, and what SQLite has after IN.
  private var hasSubquery: Bool {
    guard dialect == .postgresql else { return words.contains("select") || hasTableAsList }
    return !words.isDisjoint(with: ["select", "table"]) || !calls.isDisjoint(with: Self.asking)
  }

  /// Run a text as SQL, or tell what others run; a dataset's own query may have them, SQL of a chart not.
  private static let asking = """
    connectby crosstab crosstab2 crosstab3 crosstab4 dblink dblink_exec dblink_open \
    dblink_send_query pg_stat_get_activity pg_stat_get_backend_activity pg_stat_statements \
    query_to_xmlschema ts_rewrite ts_stat xpath_table
    """.wordSet

  /// Whether the statement itself says how many rows it gives, or is none that gives rows.
  var hasOwnLimit: Bool {
    !["select", "with", "values"].contains(firstWord ?? "")
      || !outerWords.isDisjoint(with: ["limit", "fetch", "for", "offset"])
  }

  /// Whether it would take its neighbours in: an OR does, and what begins another clause.
  var isLoose: Bool { openCases > 0 || !outerWords.isDisjoint(with: Self.loosening) }

  private static let loosening = """
    or group having window order limit offset fetch for union intersect except
    """.wordSet
}
