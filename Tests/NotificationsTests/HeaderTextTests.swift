// SPDX-License-Identifier: MIT
import Testing

@testable import Notifications

struct HeaderTextTests {
  @Test func `ASCII is folded at its blanks, and stays as it is`() {
    let words = (0..<30).map { "word\($0)" }.joined(separator: " ")
    let header = HeaderText.unstructured("Subject", words)
    let lines = header.split(separator: "\r\n")
    #expect(lines.count > 2 && lines.allSatisfy { $0.utf8.count <= 77 })
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") && !$0.hasPrefix("  ") })
    #expect(header.replacing("\r\n", with: "") == "Subject: \(words)")
  }

  @Test func `encoded words have whole characters, 75 letters at most, and lines of their own`() {
    let header = HeaderText.unstructured("Subject", String(repeating: "ж😀", count: 100))
    for line in header.split(separator: "\r\n") {
      #expect(line.utf8.count <= 76)
      let words = line.matches(of: #/=\?utf-8\?B\?[A-Za-z0-9+\/]+=*\?=/#)
      #expect(words.count == 1 && words.allSatisfy { $0.0.utf8.count <= 75 })
    }
  }

  @Test(arguments: [
    ("a.csv", ["filename=\"a.csv\""]), ("a \"b\"\\", ["filename=\"a \\\"b\\\"\\\\\""]),
    ("é.csv", ["filename*=utf-8''%C3%A9.csv"]),
  ])
  func `a file's name is quoted, or escaped where it is not of ASCII`(
    _ name: String, _ expected: [String]
  ) {
    #expect(HeaderParameter.pieces("filename", name) == expected)
  }

  @Test func `a long name is cut into numbered pieces`() {
    let pieces = HeaderParameter.pieces("filename", String(repeating: "é", count: 50))
    #expect(pieces.count > 3 && pieces[0].hasPrefix("filename*0*=utf-8''%C3%A9"))
    #expect(pieces[1].hasPrefix("filename*1*=%C3"))
    #expect(pieces.allSatisfy { $0.utf8.count <= 90 })
  }

  @Test func `quoted-printable keeps blanks at the ends of lines, and long lines short`() {
    var output: [UInt8] = []
    QuotedPrintable.append(
      Array("a \nb\t\n=ü\n.\nFrom x\n\(String(repeating: "x", count: 200))".utf8), to: &output)
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.prefix(5) == ["a=20", "b=09", "=3D=C3=BC", ".", "From x"])
    #expect(lines.dropFirst(5).allSatisfy { $0.utf8.count <= 76 })
    #expect(lines.dropFirst(5).dropLast().allSatisfy { $0.hasSuffix("=") })
  }

  @Test(arguments: [
    ("<p>a</p><p>b</p>", "a\n\nb"), ("a<br>b", "a\nb"), ("one\ntwo", "one\ntwo"),
    ("<b>one\ntwo</b>", "one two"), ("<a href='https://x.org/'>here</a>", "here <https://x.org/>"),
    ("<a href='https://x.org'>https://x.org</a>", "https://x.org"),
    ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ("<script>x</script>", ""), ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
    ("x < y", "x < y"),
  ])
  func `HTML becomes text that can be read`(_ html: String, _ expected: String) {
    #expect(HTMLText.plain(html) == expected)
  }
}
