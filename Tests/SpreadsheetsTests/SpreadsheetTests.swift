// SPDX-License-Identifier: MIT
import Foundation
import Testing

@testable import Spreadsheets

/// Read back by Python's zipfile and XML parser, which know nothing of how these were written.
struct SpreadsheetTests {
  private static let reader = """
    import io, json, sys, zipfile
    import xml.etree.ElementTree as ET
    main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
    assert archive.testzip() is None
    for name in archive.namelist():
        if name.endswith(('.xml', '.rels')): ET.fromstring(archive.read(name))
    if 'xl/worksheets/sheet1.xml' not in archive.namelist():
        print({name: archive.read(name).decode() for name in archive.namelist()})
        raise SystemExit
    for cell in ET.fromstring(archive.read('xl/worksheets/sheet1.xml')).iter(main + 'c'):
        text = ''.join(part.text or '' for part in cell.iter() if part.tag in (main + 't', main + 'v'))
        print(cell.get('r'), cell.get('t', 'n'), cell.get('s', '0'), json.dumps(text))
    """

  private func readBack(_ bytes: [UInt8]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.reader]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // Small enough for the pipe to hold.
    input.fileHandleForWriting.write(Data(bytes))
    input.fileHandleForWriting.closeFile()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return text.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [("a", 32_767), ("\u{1F600}", 16_383)])
  func `a text that no cell can hold is cut between two characters`(
    _ letter: String, _ count: Int
  ) throws {
    var sheet = Spreadsheet()
    sheet.append([.text(String(repeating: letter, count: 40_000))])
    let cell = try #require(try readBack(sheet.finished()).first)
    let text = try JSONDecoder().decode(
      String.self, from: Data(cell.split(separator: " ").last.map(String.init)?.utf8 ?? "".utf8))
    #expect(text == String(repeating: letter, count: count))
  }

  @Test func `a text that looks like an escaped character is none`() {
    #expect(Spreadsheet.escaped("_x0041_ _x41_ \u{7}") == "_x005F_x0041_ _x41_ _x0007_")
  }

  @Test func `cells keep their kinds and places`() throws {
    var sheet = Spreadsheet()
    sheet.append([.empty, .text("name"), .text("day")], headings: 3)
    sheet.append(
      [.integer(7), .text("=1+1"), .time(days: 44_562.5), .real(0.1), .boolean(true), .real(.nan)],
      headings: 1)
    #expect(
      try readBack(sheet.finished()) == [
        #"B1 inlineStr 1 "name""#, #"C1 inlineStr 1 "day""#, #"A2 n 1 "7""#,
        #"B2 inlineStr 0 "=1+1""#, #"C2 n 2 "44562.5""#, #"D2 n 0 "0.1""#, #"E2 b 0 "1""#,
      ])
  }

  @Test func `texts that XML cannot hold are written as spreadsheets write them`() throws {
    var sheet = Spreadsheet()
    sheet.append([.text("a<b> & \"c\"  \u{7}\u{1F355}")])
    #expect(
      try readBack(sheet.finished()) == [
        ##"A1 inlineStr 0 "a<b> & \"c\"  _x0007_\ud83c\udf55""##
      ])
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
  func `columns are named by letters`(_ column: Int, _ name: String) {
    #expect(Spreadsheet.name(ofColumn: column) == name)
  }

  @Test func `an archive holds its files`() throws {
    var archive = ZipArchive()
    archive.add("query_1.csv", Array("a,b\n1,2\n".utf8))
    archive.add("query_2.csv", [])
    #expect(
      try readBack(archive.finished()) == [
        #"{'query_1.csv': 'a,b\n1,2\n', 'query_2.csv': ''}"#
      ])
  }
}
