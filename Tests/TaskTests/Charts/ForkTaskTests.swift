// SPDX-License-Identifier: MIT
import Testing

/// The metadata of DODO's fork have more columns.
struct ForkTaskTests {
  @Test func `files have the Russian names of columns where they are asked for`() throws {
    let bench = try Workbench()
    try bench.changeMetadata(
      """
      ALTER TABLE table_columns ADD COLUMN verbose_name_ru VARCHAR(1024);
      ALTER TABLE sql_metrics ADD COLUMN verbose_name_ru VARCHAR(1024);
      UPDATE table_columns SET verbose_name_ru = 'Регион' WHERE column_name = 'region';
      UPDATE sql_metrics SET verbose_name_ru = 'Число' WHERE metric_name = 'count';
      """)
    try bench.write(
      "spool.toml", "[superset]\nmetadata_url = \"sqlite:///\(bench.metadata)\"\ndodo = true\n")
    func header(_ language: String) throws -> Substring? {
      let context = """
        {"datasource":{"id":2,"type":"table"},"result_format":"csv","language":"\(language)",
         "queries":[{"columns":["region"],"metrics":["count"],"row_limit":2}]}
        """
      let outcome = try bench.run(
        "chart-data", ["--response", "--config", "\(bench.path)/spool.toml"], input: context)
      #expect(outcome.status == 0, "\(outcome.log)")
      return outcome.output.split(separator: "\n").first
    }
    #expect(try header("ru") == "Регион,Число")
    #expect(try header("en") == "region,count")
  }
}
