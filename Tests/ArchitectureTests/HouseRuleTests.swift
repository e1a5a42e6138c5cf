// SPDX-License-Identifier: MIT
import Testing

/// What the compiler and swift-format do not see.
struct HouseRuleTests {
  /// A file is read in one sitting.
  private static let lineLimit = 300
  /// Program folders hold a main and what it parses; the rest is a library's.
  private static let programFileLimit = 5
  private static let states = "incoming|active|deferred|hold|results|errors|corrupt"

  @Test func `no file is longer than one sitting`() throws {
    for source in try Project.sources(below: "Sources") + Project.sources(below: "Tests") {
      let count = source.lines.count
      #expect(count <= Self.lineLimit, "\(source) has \(count) lines")
    }
  }

  @Test func `a program's folder is small`() throws {
    for room in try Manifest.read().rooms where room.isProgram {
      #expect(try Project.names(in: room.directory).count <= Self.programFileLimit, "\(room)")
    }
  }

  @Test func `each file says its licence`() throws {
    for source in try Project.sources(below: "Sources") + Project.sources(below: "Tests") {
      let first = source.lines.first
      #expect(first == "// SPDX-License-Identifier: MIT", "\(source)")
    }
  }

  @Test func `nothing is public, since nobody outside imports us`() throws {
    for source in try Project.sources(below: "Sources") {
      let found = source.first(#/\b(?:public|open) (?:func|var|let|struct|class|enum|init)\b/#)
      #expect(found == nil, "\(source)")
    }
  }

  @Test func `a type that other rooms see says what it is`() throws {
    let declaration = #/^package (?:final |indirect )*(?:struct|class|enum|protocol|actor) /#
    for source in try Project.sources(below: "Sources") {
      for (before, line) in zip([""] + source.lines, source.lines)
      where line.contains(declaration) {
        #expect(before.hasPrefix("///") || before.hasPrefix("@"), "\(source): \(line)")
      }
    }
  }

  @Test func `errno is read by SystemCalls alone`() throws {
    for source in try Project.sources(below: "Sources")
    where !source.path.hasPrefix("Sources/SystemCalls/") {
      // Ours is a type and a member; the C library's stands alone or is compared.
      let found = source.first(#/rawValue: errno\b|\berrno [=!]= E[A-Z]|(?m)^\s*errno = /#)
      #expect(found == nil, "\(source)")
    }
  }

  /// Tests see the tree as people do, with its paths spelled out.
  @Test func `only SpoolProtocol spells a path below the spool`() throws {
    let spelled = try Regex(#""[^"\n]*(?:\)/(?:\#(Self.states))\b|\b(?:\#(Self.states))/\\\()"#)
    for source in try Project.sources(below: "Sources")
    where !source.path.hasPrefix("Sources/SpoolProtocol/")
      && !source.path.hasPrefix("Sources/SpoolTesting/")
    {
      #expect(source.first(spelled) == nil, "\(source)")
    }
  }

  @Test func `there is no global state`() throws {
    for source in try Project.sources(below: "Sources") {
      let found = source.first(
        #/static var \w+(?:: [^={\n]+)? = |\.shared\b|nonisolated\(unsafe\)|FileManager/#)
      #expect(found == nil, "\(source)")
    }
  }

  @Test func `a task has an example that can be dropped`() throws {
    for name in try Project.names(in: "Sources/tasks") {
      #expect(try Project.exists("examples/\(name).json"), "\(name)")
    }
  }

  @Test func `a program has a manual page`() throws {
    let pages = try Project.names(in: "man").map { $0.prefix { $0 != "." } }
    for room in try Manifest.read().rooms
    where room.isProgram && room.directory == "Sources/\(room.name)" {
      #expect(pages.contains(Substring(room.name)), "\(room)")
    }
  }
}
