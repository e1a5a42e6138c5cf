// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// What a browser asks a dataset for besides rows.
enum DatasetListing {
  static func columns(of dataset: Dataset) -> JSONValue {
    .array(
      dataset.columns.map { column in
        [
          "column_name": .string(column.name),
          "verbose_name": column.verboseName.map(JSONValue.string) ?? .null,
          "dtype": .integer(type(of: column).rawValue),
        ]
      })
  }

  /// Here Superset knows no booleans, and takes for text whatever has no type.
  private static func type(of column: DatasetColumn) -> GenericType {
    if column.isTemporal { return .temporal }
    return GenericType(nativeType: column.type) == .numeric ? .numeric : .string
  }

  static func timeGrains(of dialect: SQLDialect) -> JSONValue {
    .array(
      dialect.text.grains.map { grain in
        [
          "name": .string(grain.name), "function": .string(grain.function),
          "duration": .string(grain.duration),
        ]
      })
  }
}
