import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Init1700000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE users (
        id                text NOT NULL,
        name              text NOT NULL,
        guest             boolean NOT NULL,
        role              text NOT NULL DEFAULT 'player',
        avatar_url        text,
        issuer            text,
        subject           text,
        created_at        bigint NOT NULL,
        banned_at         bigint,
        rating            double precision NOT NULL,
        rating_deviation  double precision NOT NULL,
        rating_volatility double precision NOT NULL,
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_identity UNIQUE (issuer, subject),
        CONSTRAINT users_role CHECK (role IN ('player', 'setter', 'judge', 'admin'))
      );

      CREATE TABLE sessions (
        id         text NOT NULL,
        user_id    text NOT NULL CONSTRAINT sessions_user REFERENCES users,
        created_at bigint NOT NULL,
        revoked_at bigint,
        CONSTRAINT sessions_pkey PRIMARY KEY (id)
      );
      CREATE INDEX sessions_of_user ON sessions (user_id);

      CREATE TABLE refresh_tokens (
        hash       text NOT NULL,
        session_id text NOT NULL CONSTRAINT refresh_tokens_session REFERENCES sessions ON DELETE CASCADE,
        expires_at bigint NOT NULL,
        rotated_at bigint,
        CONSTRAINT refresh_tokens_pkey PRIMARY KEY (hash)
      );
      CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

      CREATE TABLE contest_history (
        room_id       text NOT NULL,
        user_id       text NOT NULL CONSTRAINT contest_history_user REFERENCES users,
        opponent_id   text NOT NULL,
        opponent_name text NOT NULL,
        outcome       text NOT NULL,
        reason        text NOT NULL,
        rank          integer NOT NULL,
        solved        integer NOT NULL,
        penalty       integer NOT NULL,
        casual        boolean NOT NULL,
        finalized_at  bigint NOT NULL,
        rating_before double precision NOT NULL,
        rating_after  double precision NOT NULL,
        CONSTRAINT contest_history_pkey PRIMARY KEY (room_id, user_id),
        CONSTRAINT contest_history_outcome CHECK (outcome IN ('win', 'loss', 'draw'))
      );
      CREATE INDEX contest_history_of_user ON contest_history (user_id, finalized_at, room_id);

      CREATE TABLE problems (
        slug           text NOT NULL,
        title          text NOT NULL,
        difficulty     text NOT NULL,
        tags           text[] NOT NULL,
        statement      text NOT NULL,
        statement_html text NOT NULL,
        cpu_ms         integer NOT NULL,
        memory_kib     integer NOT NULL,
        checker        jsonb NOT NULL,
        digest         text NOT NULL,
        published_at   bigint,
        CONSTRAINT problems_pkey PRIMARY KEY (slug),
        CONSTRAINT problems_difficulty CHECK (difficulty IN ('easy', 'medium', 'hard'))
      );

      CREATE TABLE test_cases (
        slug   text NOT NULL CONSTRAINT test_cases_problem REFERENCES problems ON DELETE CASCADE,
        index  integer NOT NULL,
        sample boolean NOT NULL,
        input  text NOT NULL,
        answer text NOT NULL,
        note   text,
        CONSTRAINT test_cases_pkey PRIMARY KEY (slug, index)
      );

      CREATE TABLE rooms (
        id                 text NOT NULL,
        code               text NOT NULL,
        host_id            text NOT NULL CONSTRAINT rooms_host REFERENCES users,
        settings           jsonb NOT NULL,
        casual             boolean NOT NULL,
        password_hash      text,
        seq                integer NOT NULL,
        last_at            bigint NOT NULL,
        due_at             bigint,
        opened_at          bigint NOT NULL,
        starts_at          bigint,
        started_at         bigint,
        ends_at            bigint,
        ended_at           bigint,
        end_reason         text,
        ended_by           text,
        end_offered_by     text,
        finalized_at       bigint,
        winner_id          text,
        revealed_at        bigint,
        cancelled_at       bigint,
        rematch_offered_by text,
        rematch_room_id    text,
        CONSTRAINT rooms_pkey PRIMARY KEY (id),
        CONSTRAINT rooms_code UNIQUE (code),
        CONSTRAINT rooms_moments CHECK (started_at < ends_at AND ended_at <= finalized_at)
      );
      CREATE INDEX rooms_due ON rooms (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE participants (
        room_id     text NOT NULL CONSTRAINT participants_room REFERENCES rooms,
        user_id     text NOT NULL CONSTRAINT participants_user REFERENCES users,
        role        text NOT NULL,
        seat        smallint,
        name        text NOT NULL,
        guest       boolean NOT NULL,
        ready       boolean NOT NULL DEFAULT false,
        left_at     bigint,
        kicked_at   bigint,
        released_at bigint,
        seen_at     bigint NOT NULL,
        CONSTRAINT participants_pkey PRIMARY KEY (room_id, user_id),
        CONSTRAINT participants_role CHECK (role IN ('player', 'spectator')),
        CONSTRAINT participants_seat_number CHECK (seat IN (1, 2)),
        CONSTRAINT participants_player CHECK (seat IS NULL OR role = 'player')
      );
      CREATE INDEX participants_of_user ON participants (user_id);
      CREATE UNIQUE INDEX one_live_room_per_player ON participants (user_id) WHERE seat IS NOT NULL AND released_at IS NULL;
      CREATE UNIQUE INDEX participants_seat ON participants (room_id, seat) WHERE seat IS NOT NULL;

      CREATE TABLE room_problems (
        room_id text NOT NULL CONSTRAINT room_problems_room REFERENCES rooms,
        label   text NOT NULL,
        slug    text NOT NULL CONSTRAINT room_problems_problem REFERENCES problems,
        CONSTRAINT room_problems_pkey PRIMARY KEY (room_id, label),
        CONSTRAINT room_problems_once UNIQUE (room_id, slug)
      );

      CREATE TABLE room_events (
        room_id text NOT NULL CONSTRAINT room_events_room REFERENCES rooms,
        seq     integer NOT NULL,
        at      bigint NOT NULL,
        type    text NOT NULL,
        data    jsonb NOT NULL,
        CONSTRAINT room_events_pkey PRIMARY KEY (room_id, seq)
      );

      CREATE TABLE submissions (
        id           text NOT NULL,
        room_id      text NOT NULL CONSTRAINT submissions_room REFERENCES rooms,
        user_id      text NOT NULL CONSTRAINT submissions_user REFERENCES users,
        label        text NOT NULL,
        language     text NOT NULL,
        source       text NOT NULL,
        key          text NOT NULL,
        received_at  bigint NOT NULL,
        received_seq integer NOT NULL,
        verdict      text,
        attempt      integer NOT NULL DEFAULT 0,
        failures     integer NOT NULL DEFAULT 0,
        due_at       bigint,
        CONSTRAINT submissions_pkey PRIMARY KEY (id),
        CONSTRAINT submissions_key UNIQUE (room_id, user_id, key),
        CONSTRAINT submissions_owed CHECK (verdict IS NOT NULL OR due_at IS NOT NULL),
        CONSTRAINT submissions_verdict CHECK (verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'CE', 'JE'))
      );
      CREATE INDEX submissions_of_room ON submissions (room_id, received_seq);
      CREATE INDEX submissions_due ON submissions (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE trials (
        id             text NOT NULL,
        room_id        text NOT NULL CONSTRAINT trials_room REFERENCES rooms,
        user_id        text NOT NULL CONSTRAINT trials_user REFERENCES users,
        label          text NOT NULL,
        language       text NOT NULL,
        source         text NOT NULL,
        input          text,
        created_at     bigint NOT NULL,
        verdict        text,
        compile_output text,
        tests          jsonb,
        attempt        integer NOT NULL DEFAULT 0,
        failures       integer NOT NULL DEFAULT 0,
        due_at         bigint,
        CONSTRAINT trials_pkey PRIMARY KEY (id)
      );
      CREATE INDEX trials_of_user ON trials (user_id) WHERE due_at IS NOT NULL;
      CREATE INDEX trials_due ON trials (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE judgings (
        submission_id  text NOT NULL CONSTRAINT judgings_submission REFERENCES submissions,
        attempt        integer NOT NULL,
        cause          text NOT NULL,
        claimed_at     bigint NOT NULL,
        finished_at    bigint,
        verdict        text,
        reason         text,
        compile_output text,
        CONSTRAINT judgings_pkey PRIMARY KEY (submission_id, attempt),
        CONSTRAINT judgings_cause CHECK (cause IN ('first', 'retry', 'rejudge'))
      );

      CREATE TABLE test_runs (
        submission_id text NOT NULL,
        attempt       integer NOT NULL,
        index         integer NOT NULL,
        sample        boolean NOT NULL,
        verdict       text NOT NULL,
        cpu_ms        integer NOT NULL,
        wall_ms       integer NOT NULL,
        memory_kib    integer NOT NULL,
        output        text,
        CONSTRAINT test_runs_pkey PRIMARY KEY (submission_id, attempt, index)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE test_runs, judgings, trials, submissions, room_events, room_problems, participants, rooms, test_cases, problems, contest_history, refresh_tokens, sessions, users',
    );
  }
}
