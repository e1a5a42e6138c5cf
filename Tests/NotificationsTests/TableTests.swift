// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import Testing

@testable import Notifications

struct TableTests {
  private struct Recorded {
    let table: NotificationTable
    let html: String
  }

  private func recorded() throws -> [Recorded] {
    let path = "\(#filePath.parentPath)/recorded/tables.json"
    let document = try JSONValue(parsing: try SystemFiles().contents(of: path))
    func texts(_ value: JSONValue?) -> [[String?]] {
      value?.arrayValue?.map { $0.arrayValue?.map(\.stringValue) ?? [] } ?? []
    }
    return document.arrayValue?.map { item in
      let names = ["columns", "index"].map { texts(item[$0]).map { $0.compactMap { $0 } } }
      return Recorded(
        table: NotificationTable(levels: names[0], index: names[1], rows: texts(item["rows"])),
        html: item["html"]?.stringValue ?? "")
    } ?? []
  }

  @Test func `tables are those of pandas, as Superset lets them through`() throws {
    let recorded = try recorded()
    #expect(recorded.count == 5)
    for item in recorded {
      var html = ""
      HTMLTable.append(item.table, to: &html)
      // A quotation mark means nothing in a cell; pandas leaves it there as it is.
      #expect(html.replacing("&quot;", with: "\"") == item.html)
    }
  }

  @Test func `what is missing is empty, and what has no column is left out`() {
    let table = NotificationTable(
      levels: [["a", "x"], ["b"]], index: [["p"]], rows: [["1"], ["1", "2", "3"], []])
    #expect(table.columns == [["a", "x"], ["b", ""]])
    #expect(table.index == [["p"], ["1"], ["2"]])
    #expect(table.rows == [["1", nil], ["1", "2"], [nil, nil]])
    let empty = NotificationTable(columns: [], rows: [])
    #expect(TextTable(empty).text(rows: 5) == "|     |\n|:----|")
    var html = ""
    HTMLTable.append(empty, to: &html)
    #expect(html.contains("<tbody>\n</tbody>"))
  }

  @Test func `in text a cell is one line, and numbers stand at the right`() {
    let table = NotificationTable(
      columns: ["name", "n"],
      rows: [["a\nb|c", "1.5"], [String(repeating: "w", count: 100), "-1,000"]])
    #expect(
      TextTable(table).text(rows: 1) == """
        |     | name                                                         |      n |
        |----:|:-------------------------------------------------------------|-------:|
        |   0 | a b¦c                                                        |    1.5 |

        (and 1 row more)
        """)
  }
}
