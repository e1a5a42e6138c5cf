// SPDX-License-Identifier: MIT

extension SupersetSchema {
  /// Who there is and what they may see.
  static let security = """
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, PRIMARY KEY (version_num));
    CREATE TABLE ab_user (id INTEGER NOT NULL, first_name VARCHAR(64) NOT NULL, last_name
      VARCHAR(64) NOT NULL, username VARCHAR(64) NOT NULL, password VARCHAR(256), active BOOLEAN,
      email VARCHAR(320) NOT NULL, last_login DATETIME, login_count INTEGER, fail_login_count
      INTEGER, created_on DATETIME, changed_on DATETIME, created_by_fk INTEGER REFERENCES ab_user,
      changed_by_fk INTEGER REFERENCES ab_user, PRIMARY KEY (id), UNIQUE (email), UNIQUE
      (username));
    CREATE TABLE ab_role (id INTEGER NOT NULL, name VARCHAR(64) NOT NULL, PRIMARY KEY (id), UNIQUE
      (name));
    CREATE TABLE ab_user_role (id INTEGER NOT NULL, user_id INTEGER REFERENCES ab_user, role_id
      INTEGER REFERENCES ab_role, PRIMARY KEY (id), UNIQUE (user_id, role_id));
    CREATE TABLE ab_permission (id INTEGER NOT NULL, name VARCHAR(100) NOT NULL, PRIMARY KEY (id),
      UNIQUE (name));
    CREATE TABLE ab_view_menu (id INTEGER NOT NULL, name VARCHAR(255) NOT NULL, PRIMARY KEY (id),
      UNIQUE (name));
    CREATE TABLE ab_permission_view (id INTEGER NOT NULL, permission_id INTEGER REFERENCES
      ab_permission, view_menu_id INTEGER REFERENCES ab_view_menu, PRIMARY KEY (id), UNIQUE
      (permission_id, view_menu_id));
    CREATE TABLE ab_permission_view_role (id INTEGER NOT NULL, permission_view_id INTEGER
      REFERENCES ab_permission_view, role_id INTEGER REFERENCES ab_role, PRIMARY KEY (id), UNIQUE
      (permission_view_id, role_id));
    CREATE TABLE ab_register_user (id INTEGER NOT NULL, first_name VARCHAR(64) NOT NULL, last_name
      VARCHAR(64) NOT NULL, username VARCHAR(64) NOT NULL, password VARCHAR(256), email
      VARCHAR(64) NOT NULL, registration_date DATETIME, registration_hash VARCHAR(256), PRIMARY
      KEY (id), UNIQUE (username));
    CREATE TABLE user_attribute (created_on DATETIME, changed_on DATETIME, id INTEGER NOT NULL,
      user_id INTEGER REFERENCES ab_user, welcome_dashboard_id INTEGER REFERENCES dashboards,
      created_by_fk INTEGER REFERENCES ab_user, changed_by_fk INTEGER REFERENCES ab_user,
      avatar_url VARCHAR(100), PRIMARY KEY (id));
    CREATE TABLE row_level_security_filters (created_on DATETIME, changed_on DATETIME, id INTEGER
      NOT NULL, clause TEXT NOT NULL, created_by_fk INTEGER REFERENCES ab_user, changed_by_fk
      INTEGER REFERENCES ab_user, filter_type VARCHAR(255), group_key VARCHAR(255), name
      VARCHAR(255) NOT NULL, description TEXT, PRIMARY KEY (id), UNIQUE (name));
    CREATE INDEX ix_row_level_security_filters_filter_type ON row_level_security_filters (filter_type);
    CREATE TABLE rls_filter_roles (id INTEGER NOT NULL, role_id INTEGER NOT NULL REFERENCES
      ab_role, rls_filter_id INTEGER REFERENCES row_level_security_filters, PRIMARY KEY (id));
    CREATE TABLE rls_filter_tables (id INTEGER NOT NULL, table_id INTEGER REFERENCES tables,
      rls_filter_id INTEGER REFERENCES row_level_security_filters, PRIMARY KEY (id));
    """
}
