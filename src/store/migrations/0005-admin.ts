import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Admin1700000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE audit ADD request_id text;
      CREATE INDEX audit_of_actor ON audit (actor, id);
      CREATE INDEX audit_of_action ON audit (action, id);

      CREATE INDEX users_by_arrival ON users (created_at, id);
      CREATE INDEX users_by_name ON users ((lower(name) COLLATE "C"), id);
      CREATE INDEX users_staff ON users (created_at, id) WHERE role <> 'player';

      CREATE INDEX rooms_by_arrival ON rooms (opened_at, id);
      CREATE INDEX rooms_live ON rooms (opened_at, id) WHERE finalized_at IS NULL AND cancelled_at IS NULL;

      CREATE INDEX submissions_by_arrival ON submissions (received_at, id, user_id, room_id, label, language, verdict);
      CREATE INDEX submissions_of_user ON submissions (user_id, received_at, id);

      ALTER TABLE problems ADD edited_at bigint;
      ALTER TABLE room_problems ADD digest text;
      CREATE INDEX room_problems_of_problem ON room_problems (slug, room_id);
      CREATE TABLE problem_forms (
        slug           text NOT NULL CONSTRAINT problem_forms_problem REFERENCES problems,
        digest         text NOT NULL,
        title          text NOT NULL,
        statement_html text NOT NULL,
        cpu_ms         integer NOT NULL,
        memory_kib     integer NOT NULL,
        checker        jsonb NOT NULL,
        samples        json NOT NULL,
        tests          json NOT NULL,
        CONSTRAINT problem_forms_pkey PRIMARY KEY (slug, digest)
      );

      CREATE TABLE rejudges (
        id            text NOT NULL,
        submission_id text CONSTRAINT rejudges_submission REFERENCES submissions,
        room_id       text CONSTRAINT rejudges_room REFERENCES rooms,
        slug          text CONSTRAINT rejudges_problem REFERENCES problems,
        started_by    text NOT NULL CONSTRAINT rejudges_user REFERENCES users,
        reason        text NOT NULL,
        created_at    bigint NOT NULL,
        applied_at    bigint,
        discarded_at  bigint,
        CONSTRAINT rejudges_pkey PRIMARY KEY (id)
      );
      CREATE INDEX rejudges_by_age ON rejudges (created_at, id);
      CREATE TABLE reruns (
        id             text NOT NULL,
        rejudge_id     text NOT NULL CONSTRAINT reruns_rejudge REFERENCES rejudges,
        submission_id  text NOT NULL CONSTRAINT reruns_submission REFERENCES submissions,
        before         text NOT NULL,
        base_attempt   integer NOT NULL,
        verdict        text,
        compile_output text,
        tests          jsonb,
        reason         text,
        attempt        integer NOT NULL DEFAULT 0,
        failures       integer NOT NULL DEFAULT 0,
        due_at         bigint,
        applied_at     bigint,
        overtaken_at   bigint,
        CONSTRAINT reruns_pkey PRIMARY KEY (id),
        CONSTRAINT reruns_once UNIQUE (rejudge_id, submission_id)
      );
      CREATE INDEX reruns_due ON reruns (due_at) WHERE due_at IS NOT NULL;
      CREATE INDEX reruns_of_submission ON reruns (submission_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE reruns;
      DROP TABLE rejudges;
      DROP TABLE problem_forms;
      DROP INDEX room_problems_of_problem;
      ALTER TABLE room_problems DROP digest;
      ALTER TABLE problems DROP edited_at;
      DROP INDEX submissions_of_user, submissions_by_arrival, rooms_live, rooms_by_arrival;
      DROP INDEX users_staff, users_by_name, users_by_arrival, audit_of_action, audit_of_actor;
      ALTER TABLE audit DROP request_id;
    `);
  }
}
