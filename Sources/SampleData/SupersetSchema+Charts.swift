// SPDX-License-Identifier: MIT

extension SupersetSchema {
  /// Databases, datasets, charts and dashboards.
  static let charts = """
    CREATE TABLE dbs (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id INTEGER NOT
      NULL, database_name VARCHAR(250) NOT NULL, sqlalchemy_uri VARCHAR(1024) NOT NULL,
      created_by_fk INTEGER REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user, password
      BLOB, cache_timeout INTEGER, extra TEXT, select_as_create_table_as BOOLEAN, allow_ctas
      BOOLEAN, expose_in_sqllab BOOLEAN, force_ctas_schema VARCHAR(250), allow_run_async BOOLEAN,
      allow_dml BOOLEAN, verbose_name VARCHAR(250), impersonate_user BOOLEAN, allow_file_upload
      BOOLEAN NOT NULL DEFAULT 1, encrypted_extra BLOB, server_cert BLOB, allow_cvas BOOLEAN, uuid
      NUMERIC(16), configuration_method VARCHAR(255) DEFAULT 'sqlalchemy_form',
      is_managed_externally BOOLEAN NOT NULL DEFAULT 0, external_url TEXT, PRIMARY KEY (id),
      UNIQUE (database_name), UNIQUE (uuid));
    CREATE TABLE ssh_tunnels (created_on DATETIME, changed_on DATETIME, created_by_fk INTEGER,
      changed_by_fk INTEGER, extra_json TEXT, uuid BINARY(16), id INTEGER NOT NULL, database_id
      INTEGER REFERENCES dbs, server_address VARCHAR(256), server_port INTEGER, username BLOB,
      password BLOB, private_key BLOB, private_key_password BLOB, PRIMARY KEY (id));
    CREATE UNIQUE INDEX ix_ssh_tunnels_database_id ON ssh_tunnels (database_id);
    CREATE UNIQUE INDEX ix_ssh_tunnels_uuid ON ssh_tunnels (uuid);
    CREATE TABLE tables (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id INTEGER
      NOT NULL, table_name VARCHAR(250) NOT NULL, main_dttm_col VARCHAR(250), default_endpoint
      TEXT, database_id INTEGER NOT NULL REFERENCES dbs, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, "offset" INTEGER, description TEXT, is_featured
      BOOLEAN, cache_timeout INTEGER, schema VARCHAR(255), sql TEXT, params TEXT, perm
      VARCHAR(1000), filter_select_enabled BOOLEAN, fetch_values_predicate TEXT, is_sqllab_view
      BOOLEAN DEFAULT 0, template_params TEXT, schema_perm VARCHAR(1000), extra TEXT, uuid
      NUMERIC(16), is_managed_externally BOOLEAN NOT NULL DEFAULT 0, external_url TEXT,
      normalize_columns BOOLEAN DEFAULT 0, always_filter_main_dttm BOOLEAN DEFAULT 0, catalog
      VARCHAR(256), catalog_perm VARCHAR(1000), PRIMARY KEY (id), UNIQUE (table_name), UNIQUE
      (uuid));
    CREATE TABLE table_columns (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id
      INTEGER NOT NULL, table_id INTEGER REFERENCES tables ON DELETE CASCADE, column_name
      VARCHAR(255) NOT NULL, is_dttm BOOLEAN, is_active BOOLEAN, type TEXT, groupby BOOLEAN,
      filterable BOOLEAN, description TEXT, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, expression TEXT, verbose_name VARCHAR(1024),
      python_date_format VARCHAR(255), uuid NUMERIC(16), extra TEXT, advanced_data_type
      VARCHAR(255), PRIMARY KEY (id), UNIQUE (column_name, table_id), UNIQUE (uuid));
    CREATE TABLE sql_metrics (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id
      INTEGER NOT NULL, metric_name VARCHAR(255) NOT NULL, verbose_name VARCHAR(1024), metric_type
      VARCHAR(32), table_id INTEGER REFERENCES tables ON DELETE CASCADE, expression TEXT NOT NULL,
      description TEXT, created_by_fk INTEGER REFERENCES ab_user, changed_by_fk INTEGER REFERENCES
      ab_user, d3format VARCHAR(128), warning_text TEXT, extra TEXT, uuid NUMERIC(16), currency
      VARCHAR(128), PRIMARY KEY (id), UNIQUE (metric_name, table_id), UNIQUE (uuid));
    CREATE TABLE sqlatable_user (id INTEGER NOT NULL, user_id INTEGER REFERENCES ab_user ON DELETE
      CASCADE, table_id INTEGER REFERENCES tables ON DELETE CASCADE, PRIMARY KEY (id));
    CREATE TABLE slices (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id INTEGER
      NOT NULL, slice_name VARCHAR(250), datasource_type VARCHAR(200), datasource_name
      VARCHAR(2000), viz_type VARCHAR(250), params TEXT, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, description TEXT, cache_timeout INTEGER, perm
      VARCHAR(2000), datasource_id INTEGER, schema_perm VARCHAR(1000), uuid NUMERIC(16),
      query_context TEXT, last_saved_at DATETIME, last_saved_by_fk INTEGER REFERENCES ab_user,
      certified_by TEXT, certification_details TEXT, is_managed_externally BOOLEAN NOT NULL
      DEFAULT 0, external_url TEXT, catalog_perm VARCHAR(1000), PRIMARY KEY (id), UNIQUE (uuid));
    CREATE TABLE slice_user (id INTEGER NOT NULL, user_id INTEGER REFERENCES ab_user ON DELETE
      CASCADE, slice_id INTEGER REFERENCES slices ON DELETE CASCADE, PRIMARY KEY (id));
    CREATE TABLE dashboards (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id
      INTEGER NOT NULL, dashboard_title VARCHAR(500), position_json TEXT, created_by_fk INTEGER
      REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user, css TEXT, description TEXT,
      slug VARCHAR(255), json_metadata TEXT, published BOOLEAN, uuid NUMERIC(16), certified_by
      TEXT, certification_details TEXT, is_managed_externally BOOLEAN NOT NULL DEFAULT 0,
      external_url TEXT, PRIMARY KEY (id), UNIQUE (uuid));
    CREATE TABLE dashboard_slices (id INTEGER NOT NULL, dashboard_id INTEGER REFERENCES dashboards
      ON DELETE CASCADE, slice_id INTEGER REFERENCES slices ON DELETE CASCADE, PRIMARY KEY (id),
      UNIQUE (dashboard_id, slice_id));
    CREATE TABLE dashboard_user (id INTEGER NOT NULL, user_id INTEGER REFERENCES ab_user ON DELETE
      CASCADE, dashboard_id INTEGER REFERENCES dashboards ON DELETE CASCADE, PRIMARY KEY (id));
    CREATE TABLE dashboard_roles (id INTEGER NOT NULL, role_id INTEGER NOT NULL REFERENCES ab_role
      ON DELETE CASCADE, dashboard_id INTEGER REFERENCES dashboards ON DELETE CASCADE, PRIMARY KEY
      (id));
    CREATE TABLE embedded_dashboards (created_on DATETIME, changed_on DATETIME, allow_domain_list
      TEXT, uuid NUMERIC(16), dashboard_id INTEGER NOT NULL REFERENCES dashboards ON DELETE
      CASCADE, changed_by_fk INTEGER, created_by_fk INTEGER);
    CREATE TABLE dynamic_plugin (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      name VARCHAR(50) NOT NULL, "key" VARCHAR(50) NOT NULL, bundle_url VARCHAR(1000) NOT NULL,
      created_by_fk INTEGER REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user, PRIMARY
      KEY (id), UNIQUE ("key"), UNIQUE (name));
    """
}
