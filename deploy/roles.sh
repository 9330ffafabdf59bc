#!/bin/bash
# Run once by PostgreSQL's image, in an empty data folder: the owner, the program, who may copy, and the letterbox of the public page.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v copy="$COPY_PASSWORD" -v public="$PUBLIC_PASSWORD" -U postgres <<'SQL'
CREATE ROLE da_owner LOGIN CREATEDB PASSWORD :'owner';
CREATE ROLE da_app LOGIN PASSWORD :'app';
CREATE ROLE da_public LOGIN CONNECTION LIMIT 20 PASSWORD :'public';
CREATE ROLE da_copy LOGIN REPLICATION PASSWORD :'copy';
GRANT pg_read_all_data TO da_copy;
GRANT da_app TO da_owner;
CREATE DATABASE cases OWNER da_owner;
SQL
echo "host replication da_copy all scram-sha-256" >> "$PGDATA/pg_hba.conf"
