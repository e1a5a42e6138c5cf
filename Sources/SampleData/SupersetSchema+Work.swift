// SPDX-License-Identifier: MIT

extension SupersetSchema {
  /// Tags, logs, reports, queries and what else Superset keeps.
  static let work = """
    CREATE TABLE css_templates (created_on DATETIME NOT NULL, changed_on DATETIME NOT NULL, id
      INTEGER NOT NULL, template_name VARCHAR(250), css TEXT, changed_by_fk INTEGER REFERENCES
      ab_user, created_by_fk INTEGER REFERENCES ab_user, PRIMARY KEY (id));
    CREATE TABLE favstar (id INTEGER NOT NULL, user_id INTEGER REFERENCES ab_user, class_name
      VARCHAR(50), obj_id INTEGER, dttm DATETIME, PRIMARY KEY (id));
    CREATE TABLE keyvalue (id INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (id));
    CREATE TABLE annotation_layer (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      name VARCHAR(250), descr TEXT, changed_by_fk INTEGER REFERENCES ab_user, created_by_fk
      INTEGER REFERENCES ab_user, PRIMARY KEY (id));
    CREATE TABLE annotation (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      start_dttm DATETIME, end_dttm DATETIME, layer_id INTEGER REFERENCES annotation_layer,
      short_descr VARCHAR(500), long_descr TEXT, changed_by_fk INTEGER REFERENCES ab_user,
      created_by_fk INTEGER REFERENCES ab_user, json_metadata TEXT, PRIMARY KEY (id));
    CREATE INDEX ti_dag_state ON annotation (layer_id, start_dttm, end_dttm);
    CREATE TABLE tag (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL, name
      VARCHAR(250), type VARCHAR(12), created_by_fk INTEGER REFERENCES ab_user, changed_by_fk
      INTEGER REFERENCES ab_user, description TEXT, PRIMARY KEY (id), UNIQUE (name));
    CREATE TABLE query (id INTEGER NOT NULL, client_id VARCHAR(11) NOT NULL, database_id INTEGER
      NOT NULL REFERENCES dbs, tmp_table_name VARCHAR(256), tab_name VARCHAR(256), sql_editor_id
      VARCHAR(256), user_id INTEGER REFERENCES ab_user, status VARCHAR(16), schema VARCHAR(256),
      sql TEXT, select_sql TEXT, executed_sql TEXT, "limit" INTEGER, select_as_cta BOOLEAN,
      select_as_cta_used BOOLEAN, progress INTEGER, rows INTEGER, error_message TEXT, start_time
      NUMERIC(20, 6), changed_on DATETIME, end_time NUMERIC(20, 6), results_key VARCHAR(64),
      start_running_time NUMERIC(20, 6), end_result_backend_time NUMERIC(20, 6), tracking_url
      TEXT, extra_json TEXT, tmp_schema_name VARCHAR(256), ctas_method VARCHAR(16),
      limiting_factor VARCHAR(255) DEFAULT 'UNKNOWN', catalog VARCHAR(256), PRIMARY KEY (id),
      UNIQUE (client_id));
    CREATE INDEX ix_query_results_key ON query (results_key);
    CREATE INDEX ix_sql_editor_id ON query (sql_editor_id);
    CREATE INDEX ti_user_id_changed_on ON query (user_id, changed_on);
    CREATE TABLE cache_keys (id INTEGER NOT NULL, cache_key VARCHAR(256) NOT NULL, cache_timeout
      INTEGER, datasource_uid VARCHAR(64) NOT NULL, created_on DATETIME, PRIMARY KEY (id));
    CREATE INDEX ix_cache_keys_datasource_uid ON cache_keys (datasource_uid);
    CREATE TABLE saved_query (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      user_id INTEGER REFERENCES ab_user, db_id INTEGER REFERENCES dbs, label VARCHAR(256), schema
      VARCHAR(128), sql TEXT, description TEXT, changed_by_fk INTEGER REFERENCES ab_user,
      created_by_fk INTEGER REFERENCES ab_user, extra_json TEXT, last_run DATETIME, rows INTEGER,
      uuid NUMERIC(16), template_parameters TEXT, catalog VARCHAR(256), PRIMARY KEY (id), UNIQUE
      (uuid));
    CREATE TABLE report_execution_log (id INTEGER NOT NULL, scheduled_dttm DATETIME NOT NULL,
      start_dttm DATETIME, end_dttm DATETIME, value FLOAT, value_row_json TEXT, state VARCHAR(50)
      NOT NULL, error_message TEXT, report_schedule_id INTEGER NOT NULL REFERENCES
      report_schedule, uuid BINARY(16), PRIMARY KEY (id));
    CREATE INDEX ix_report_execution_log_report_schedule_id ON report_execution_log (report_schedule_id);
    CREATE INDEX ix_report_execution_log_start_dttm ON report_execution_log (start_dttm);
    CREATE TABLE report_recipient (id INTEGER NOT NULL, type VARCHAR(50) NOT NULL,
      recipient_config_json TEXT, report_schedule_id INTEGER NOT NULL REFERENCES report_schedule,
      created_on DATETIME, changed_on DATETIME, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, PRIMARY KEY (id));
    CREATE INDEX ix_report_recipient_report_schedule_id ON report_recipient (report_schedule_id);
    CREATE TABLE report_schedule (id INTEGER NOT NULL, type VARCHAR(50) NOT NULL, name
      VARCHAR(150) NOT NULL, description TEXT, context_markdown TEXT, active BOOLEAN, crontab
      VARCHAR(1000) NOT NULL, sql TEXT, chart_id INTEGER REFERENCES slices, dashboard_id INTEGER
      REFERENCES dashboards, database_id INTEGER REFERENCES dbs, last_eval_dttm DATETIME,
      last_state VARCHAR(50), last_value FLOAT, last_value_row_json TEXT, validator_type
      VARCHAR(100), validator_config_json TEXT, log_retention INTEGER, grace_period INTEGER,
      working_timeout INTEGER, created_on DATETIME, changed_on DATETIME, created_by_fk INTEGER
      REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user, report_format VARCHAR(50)
      DEFAULT 'PNG', creation_method VARCHAR(255) DEFAULT 'alerts_reports', timezone VARCHAR(100)
      NOT NULL DEFAULT 'UTC', extra_json TEXT NOT NULL, force_screenshot BOOLEAN, custom_width
      INTEGER, custom_height INTEGER, email_subject VARCHAR(255), PRIMARY KEY (id), UNIQUE (name,
      type));
    CREATE INDEX ix_creation_method ON report_schedule (creation_method);
    CREATE TABLE tab_state (created_on DATETIME, changed_on DATETIME, extra_json TEXT, id INTEGER
      NOT NULL, user_id INTEGER REFERENCES ab_user, label VARCHAR(256), active BOOLEAN,
      database_id INTEGER REFERENCES dbs ON DELETE CASCADE, schema VARCHAR(256), sql TEXT,
      query_limit INTEGER, latest_query_id VARCHAR(11) REFERENCES query ON DELETE SET NULL,
      autorun BOOLEAN NOT NULL, template_params TEXT, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, hide_left_bar BOOLEAN NOT NULL DEFAULT 0,
      saved_query_id INTEGER REFERENCES saved_query ON DELETE SET NULL, catalog VARCHAR(256),
      PRIMARY KEY (id));
    CREATE UNIQUE INDEX ix_tab_state_id ON tab_state (id);
    CREATE TABLE table_schema (created_on DATETIME, changed_on DATETIME, extra_json TEXT, id
      INTEGER NOT NULL, tab_state_id INTEGER REFERENCES tab_state ON DELETE CASCADE, database_id
      INTEGER NOT NULL REFERENCES dbs ON DELETE CASCADE, schema VARCHAR(256), "table"
      VARCHAR(256), description TEXT, expanded BOOLEAN, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, catalog VARCHAR(256), PRIMARY KEY (id));
    CREATE UNIQUE INDEX ix_table_schema_id ON table_schema (id);
    CREATE TABLE key_value (id INTEGER NOT NULL, resource VARCHAR(32) NOT NULL, value BLOB NOT
      NULL, uuid NUMERIC(16), created_on DATETIME, created_by_fk INTEGER REFERENCES ab_user,
      changed_on DATETIME, changed_by_fk INTEGER REFERENCES ab_user, expires_on DATETIME, PRIMARY
      KEY (id));
    CREATE INDEX ix_key_value_expires_on ON key_value (expires_on);
    CREATE UNIQUE INDEX ix_key_value_uuid ON key_value (uuid);
    CREATE TABLE report_schedule_user (id INTEGER NOT NULL, user_id INTEGER NOT NULL REFERENCES
      ab_user ON DELETE CASCADE, report_schedule_id INTEGER NOT NULL REFERENCES report_schedule ON
      DELETE CASCADE, PRIMARY KEY (id));
    CREATE TABLE user_favorite_tag (user_id INTEGER NOT NULL REFERENCES ab_user, tag_id INTEGER
      NOT NULL REFERENCES tag);
    CREATE TABLE logs (id INTEGER NOT NULL, action VARCHAR(512), user_id INTEGER REFERENCES
      ab_user, json TEXT, dttm DATETIME, dashboard_id INTEGER, slice_id INTEGER, duration_ms
      INTEGER, referrer VARCHAR(1024), PRIMARY KEY (id));
    CREATE INDEX ix_logs_user_id_dttm ON logs (user_id, dttm);
    CREATE TABLE tagged_object (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      tag_id INTEGER REFERENCES tag, object_id INTEGER, object_type VARCHAR(9), created_by_fk
      INTEGER REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user, PRIMARY KEY (id),
      UNIQUE (tag_id, object_id, object_type));
    CREATE INDEX ix_tagged_object_object_id ON tagged_object (object_id);
    CREATE TABLE database_user_oauth2_tokens (created_on DATETIME, changed_on DATETIME, id INTEGER
      NOT NULL, user_id INTEGER NOT NULL REFERENCES ab_user ON DELETE CASCADE, database_id INTEGER
      NOT NULL REFERENCES dbs ON DELETE CASCADE, access_token BLOB, access_token_expiration
      DATETIME, refresh_token BLOB, created_by_fk INTEGER REFERENCES ab_user, changed_by_fk
      INTEGER REFERENCES ab_user, PRIMARY KEY (id));
    CREATE INDEX idx_user_id_database_id ON database_user_oauth2_tokens (user_id, database_id);
    """
}
