// SPDX-License-Identifier: MIT
import SQLDatabases

/// About 75,000 rows of invented births: a year, a state, a name, a number.
enum BirthNames {
  static func fill(_ builder: SQLiteBuilder) throws(SQLError) {
    try builder.run(
      """
      CREATE TABLE birth_names (ds DATETIME, gender VARCHAR(16), name VARCHAR(255), num BIGINT,
        state VARCHAR(10), sum_boys BIGINT, sum_girls BIGINT)
      """)
    var random = SampleRandom(seed: 1_965)
    for year in years {
      let rows = yearRows(year, &random) + oddRows(year, &random)
      try builder.run("INSERT INTO birth_names VALUES (?, ?, ?, ?, ?, ?, ?)", for: rows)
    }
    let dateless = (0..<20).map { row(nil, "girl", "Undated", 100 + $0, "CA") }
    try builder.run("INSERT INTO birth_names VALUES (?, ?, ?, ?, ?, ?, ?)", for: dateless)
  }

  private static let years = 1969...2008

  private static func yearRows(_ year: Int, _ random: inout SampleRandom) -> [[SQLValue]] {
    var rows: [[SQLValue]] = []
    for (place, state) in states.enumerated() {
      for (rank, (gender, name)) in names.enumerated() where !random.isRare(0.03) {
        // Names come and go: each has its best year, and its own speed of fading.
        let age = Double(abs(year - 1_969 - rank * 7 % 40))
        let fashion = 1 / (1 + age * age / Double(40 + rank % 90))
        let size = Double(400 + rank * 37 % 2_600) * (0.5 + Double(place * 5 % 7) / 4)
        let number = Int(size * fashion * (0.8 + 0.4 * random.fraction())) + 5
        rows.append(
          row(
            "\(year)-01-01 00:00:00.000000", gender, random.isRare(0.001) ? nil : name,
            random.isRare(0.001) ? nil : number, random.isRare(0.002) ? nil : state))
      }
    }
    return rows
  }

  /// Names that break what is only nearly right: quotes, blanks, other scripts, none at all.
  private static func oddRows(_ year: Int, _ random: inout SampleRandom) -> [[SQLValue]] {
    guard year >= 1_990 else { return [] }
    return oddNames.map { gender, name in
      let day = "\(year)-\(10 + random.number(below: 3))-\(10 + random.number(below: 19))"
      let time = "\(10 + random.number(below: 14)):\(10 + random.number(below: 50)):15.000000"
      return row(
        "\(day) \(time)", gender, name, 1 + random.number(below: 60), random.choice(states))
    }
  }

  private static func row(
    _ day: String?, _ gender: String, _ name: String?, _ number: Int?, _ state: String?
  ) -> [SQLValue] {
    let number = number.map(SQLValue.integer) ?? .null
    let none = number == .null ? SQLValue.null : .integer(0)
    return [
      day.map(SQLValue.text) ?? .null, .text(gender), name.map(SQLValue.text) ?? .null, number,
      state.map(SQLValue.text) ?? .null, gender == "boy" ? number : none,
      gender == "girl" ? number : none,
    ]
  }

  private static let states = ["CA", "FL", "IL", "MA", "MI", "NJ", "NY", "OH", "PA", "TX", "other"]

  private static let oddNames = [
    ("girl", "Chloé"), ("boy", "Íñigo"), ("boy", "Łukasz"), ("girl", "Юлия"), ("boy", "王伟"),
    ("boy", "D'Angelo"), ("girl", "Ann \"Annie\""), ("boy", "back\\slash"), ("girl", "50%_off"),
    ("girl", "🌻"), ("boy", "يوسف"), ("girl", "  padded  "), ("boy", ""), ("boy", "a,b;c|d"),
  ]

  private static let names: [(gender: String, name: String)] =
    girls.split(separator: " ").map { ("girl", String($0)) }
    + boys.split(separator: " ").map { ("boy", String($0)) }

  private static let girls = """
    Ada Agnes Alma Amelia Anita Annette April Ariana Audrey Ava Beatrice Bella Bernice Beth \
    Bonnie Camila Carla Cecilia Charlotte Clara Claudia Colleen Daisy Dana Daphne Dawn Delia \
    Eden Edith Eleanor Elena Elise Eva Evelyn Faith Faye Fiona Flora Frances Gabriela Gail Gina \
    Gloria Grace Hazel Heidi Holly Hope Ida Irene Iris Isla Ivy Jane Janet Jean Jill Joan Josie \
    Joy Judith June Kara Kate Leah Lena Leona Lila Lily Lucia Lucy Luna Lydia Mabel Mae Margot \
    Marina Martha Maya Mia Mila Nadia Naomi Nina Nora Nova Opal Paige
    """

  private static let boys = """
    Abel Abraham Albert Alec Alvin Amos Andre Angus Archie Arnold Arthur Asher Barry Basil Bruce \
    Caleb Calvin Carlos Cecil Chad Chester Clark Clay Colin Conrad Craig Curtis Dale Damian Dean \
    Derek Diego Duncan Dwight Earl Edgar Edwin Eli Elliot Emil Ernest Ethan Evan Felix Floyd \
    Frederick Gavin Gilbert Glen Gordon Grant Guy Hank Harvey Hector Hugo Ian Isaac Ivan Jasper \
    Jay Joel Jonas Julian Karl Kent Kurt Lance Leo Leon Levi Liam Logan Louis Lucas Luke Marco \
    Martin Max Miles Milo Neil Noah Oliver Oscar Otto Owen
    """
}
