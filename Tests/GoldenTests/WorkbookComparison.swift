// SPDX-License-Identifier: MIT
import Foundation

/// Two workbooks, or archives of files, cell by cell, as Python's own modules read them: their bytes differ in many ways that nobody sees.
enum WorkbookComparison {
  private static let script = """
    import base64, io, json, sys, zipfile
    import xml.etree.ElementTree as ET
    main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    def text(element):
        return ''.join(part.text or '' for part in element.iter(main + 't'))
    def cells(data):
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(data)))
        if 'xl/styles.xml' not in archive.namelist():
            found = {}
            for name in archive.namelist():
                content = archive.read(name)
                if name.endswith('.csv'): found[name] = content.decode()
                else: found.update({name + place: cell for place, cell in
                                    cells(base64.b64encode(content)).items()})
            return found
        shared = []
        if 'xl/sharedStrings.xml' in archive.namelist():
            shared = [text(item) for item in ET.fromstring(archive.read('xl/sharedStrings.xml'))]
        formats = list(ET.fromstring(archive.read('xl/styles.xml')).find(main + 'cellXfs'))
        found = {}
        for cell in ET.fromstring(archive.read('xl/worksheets/sheet1.xml')).iter(main + 'c'):
            value = cell.find(main + 'v')
            style = formats[int(cell.get('s', '0'))]
            kind, bold = cell.get('t', 'n'), style.get('fontId', '0') != '0'
            if kind == 's': content = shared[int(value.text)]
            elif kind == 'inlineStr': content = text(cell)
            else: content = float(value.text)
            found[cell.get('r')] = [content, bold, style.get('numFmtId', '0') == '164']
        return found
    ours, theirs = (cells(data) for data in json.load(sys.stdin))
    for place in sorted(set(ours) | set(theirs)):
        if ours.get(place) != theirs.get(place): print(place, ours.get(place), theirs.get(place))
    """

  /// A line for each cell that differs.
  static func differences(_ ours: [UInt8], _ theirs: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let both = "[\"\(Data(ours).base64EncodedString())\", \"\(theirs)\"]"
    input.fileHandleForWriting.write(Data(both.utf8))
    input.fileHandleForWriting.closeFile()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return ["neither a workbook nor an archive"] }
    return text.split(separator: "\n").map(String.init)
  }
}
