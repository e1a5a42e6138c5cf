// SPDX-License-Identifier: MIT

/// The tables of Superset 4.1's metadata database, with the names and columns of its migrations.
enum SupersetSchema {
  /// The last migration of Superset 4.1; Superset itself asks for it when it opens the database.
  static let migration = "48cbb571fa3a"

  static let script = security + "\n" + charts + "\n" + work
}
