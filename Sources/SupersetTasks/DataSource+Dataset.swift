// SPDX-License-Identifier: MIT
import SupersetConfiguration
import SupersetMetadata

extension DataSource {
  /// A database as the metadata know it, and the part of it that is meant.
  package init(_ database: DatasetDatabase, catalog: String? = nil, schema: String? = nil) {
    self.init(
      name: database.name, uri: database.uri, encryptedPassword: database.encryptedPassword,
      catalog: catalog, schema: schema)
  }
}
