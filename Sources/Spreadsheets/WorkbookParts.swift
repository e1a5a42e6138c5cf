// SPDX-License-Identifier: MIT

/// The files that every workbook needs around its sheet: ECMA-376, as little of it as spreadsheets ask for.
enum WorkbookParts {
  private static let declaration = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  static let all: [(name: String, text: String)] = [
    (
      "[Content_Types].xml",
      declaration + #"<Types xmlns="\#(package)/content-types">"#
        + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package."#
        + #"relationships+xml"/>"#
        + #"<Override PartName="/xl/workbook.xml" ContentType="\#(type).sheet.main+xml"/>"#
        + #"<Override PartName="/xl/styles.xml" ContentType="\#(type).styles+xml"/>"#
        + #"<Override PartName="/xl/worksheets/sheet1.xml" ContentType="\#(type).worksheet+xml"/>"#
        + "</Types>"
    ),
    ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
    (
      "xl/_rels/workbook.xml.rels",
      relationships([("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")])
    ),
    (
      "xl/workbook.xml",
      declaration + #"<workbook xmlns="\#(main)" xmlns:r="\#(office)/relationships">"#
        + #"<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    ),
    ("xl/styles.xml", styles),
  ]

  static func sheet(_ rows: [UInt8]) -> [UInt8] {
    Array((declaration + #"<worksheet xmlns="\#(main)"><sheetData>"#).utf8) + rows
      + Array("</sheetData></worksheet>".utf8)
  }

  private static func relationships(_ targets: [(kind: String, target: String)]) -> String {
    let entries = targets.enumerated().map { index, entry in
      #"<Relationship Id="rId\#(index + 1)" Type="\#(office)/relationships/\#(entry.kind)" "#
        + #"Target="\#(entry.target)"/>"#
    }
    return declaration + #"<Relationships xmlns="\#(package)/relationships">"#
      + entries.joined() + "</Relationships>"
  }

  /// Style 1 is a heading, style 2 a time.
  private static let styles =
    declaration + #"<styleSheet xmlns="\#(main)">"#
    + #"<numFmts count="1"><numFmt numFmtId="164" formatCode="YYYY-MM-DD HH:MM:SS"/></numFmts>"#
    + #"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#
    + #"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#
    + #"<fills count="2"><fill><patternFill patternType="none"/></fill>"#
    + #"<fill><patternFill patternType="gray125"/></fill></fills>"#
    + #"<borders count="2"><border/><border><left style="thin"/><right style="thin"/>"#
    + #"<top style="thin"/><bottom style="thin"/></border></borders>"#
    + #"<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>"#
    + #"<xf fontId="1" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1">"#
    + #"<alignment horizontal="center" vertical="top"/></xf>"#
    + #"<xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#
}
