// SPDX-License-Identifier: MIT
import SQLDatabases

/// 20,000 invented orders of a pizza chain over three years.
enum Sales {
  static let rowCount = 20_000

  static func fill(_ builder: SQLiteBuilder) throws(SQLError) {
    try builder.run(
      """
      CREATE TABLE sales (ds DATETIME, region VARCHAR(64), product VARCHAR(64), sales FLOAT,
        orders INTEGER, unit_price REAL, is_delivery BOOLEAN, note TEXT)
      """)
    var random = SampleRandom(seed: 2_022)
    let rows = (0..<rowCount).map { _ in row(&random) }
    try builder.run("INSERT INTO sales VALUES (?, ?, ?, ?, ?, ?, ?, ?)", for: rows)
  }

  private static func row(_ random: inout SampleRandom) -> [SQLValue] {
    // The square prefers the first regions, as a chain prefers its home.
    let place = random.fraction()
    let region = regions[Int(place * place * Double(regions.count))]
    let (product, price) = random.choice(products)
    let orders = 1 + random.number(below: 40)
    let unit = Double(Int(price * (90 + Double(random.number(below: 21))))) / 100
    let discount = random.isRare(0.1) ? 0.85 : 1.0
    let total = (Double(orders) * unit * discount * 100).rounded() / 100
    return [
      .text(moment(&random)), random.isRare(0.004) ? .null : .text(region), .text(product),
      random.isRare(0.01) ? .null : .real(total), .integer(orders), .real(unit),
      random.isRare(0.005) ? .null : .integer(random.isRare(0.55) ? 1 : 0),
      random.choice(notes).map(SQLValue.text) ?? .null,
    ]
  }

  /// A moment of opening hours from 2022 to 2024, leap day included.
  private static func moment(_ random: inout SampleRandom) -> String {
    let year = 2_022 + random.number(below: 3)
    let month = 1 + random.number(below: 12)
    let lengths = [31, year == 2_024 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let day = 1 + random.number(below: lengths[month - 1])
    let time = [8 + random.number(below: 15), random.number(below: 60), random.number(below: 60)]
    return "\(year)-\(padded(month))-\(padded(day)) "
      + time.map(padded).joined(separator: ":")
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let regions = [
    "Москва", "Санкт-Петербург", "Сыктывкар", "Алматы", "Ташкент", "Minsk", "Dubai", "Lagos",
    "Val-d'Or", "東京",
  ]

  private static let products: [(String, Double)] = [
    ("Pepperoni", 7.8), ("Margherita", 6.4), ("Four Cheeses", 9.2), ("Диабло", 8.1),
    ("\"House\" Special", 10.5), ("Dodster", 3.4), ("Cola 0,5", 1.9), ("20% off combo", 12.6),
    ("Café au lait", 2.7), ("Cheesecake", 3.1),
  ]

  private static let notes: [String?] = [
    nil, nil, nil, nil, "", "ok", "late", "promo: 2+1", "don't ring \"twice\"", "без лука",
    "line one\nline two", "NULL", "a,b;c\td", "<i>leave at door</i>", "☂",
  ]
}
