/** Marks a SQLite file as ours: the letters "mkco". */
export const applicationId = 0x6d6b636f;

/**
 * One step per `user_version`, oldest first. A released step is never edited: a change is a new step.
 * Times named `_at` are ISO 8601 except `expires_at`, which is milliseconds since 1970.
 */
export const migrations: readonly string[] = [
	`
	CREATE TABLE entry (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, started_at TEXT NOT NULL, ended_at TEXT, plan TEXT NOT NULL,
		digest TEXT NOT NULL, approval TEXT NOT NULL, undoes TEXT, outcome_kind TEXT, outcome TEXT
	) STRICT;
	CREATE INDEX entry_undoes ON entry (undoes) WHERE undoes IS NOT NULL;
	CREATE TABLE effect (
		entry TEXT NOT NULL REFERENCES entry (id), position INTEGER NOT NULL, write TEXT NOT NULL, state TEXT NOT NULL, before BLOB, after BLOB,
		error TEXT, expires_at INTEGER, PRIMARY KEY (entry, position)
	) STRICT;
	CREATE INDEX effect_expires ON effect (expires_at) WHERE expires_at IS NOT NULL;
	CREATE TABLE sealed (owner TEXT PRIMARY KEY, digest TEXT NOT NULL, count INTEGER NOT NULL, body BLOB, expires_at INTEGER NOT NULL) STRICT;
	CREATE INDEX sealed_expires ON sealed (expires_at) WHERE body IS NOT NULL;
	CREATE TABLE waiting (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, plan TEXT NOT NULL, saved_at TEXT NOT NULL
	) STRICT;
	CREATE TABLE audit (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, record TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
	CREATE TABLE audit_head (key_id TEXT PRIMARY KEY, since INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL) STRICT;
	CREATE TABLE permit (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, terms TEXT NOT NULL, mac TEXT NOT NULL) STRICT;
	`,
	`
	CREATE TABLE conversation (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, started_at TEXT NOT NULL, target TEXT NOT NULL, expires_at INTEGER NOT NULL
	) STRICT;
	CREATE INDEX conversation_expires ON conversation (expires_at);
	CREATE TABLE turn (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, turn TEXT NOT NULL
	) STRICT;
	CREATE INDEX turn_conversation ON turn (conversation);
	`,
	`
	ALTER TABLE waiting ADD COLUMN maker TEXT;
	CREATE TABLE answered (id TEXT PRIMARY KEY, answer TEXT NOT NULL, maker TEXT, expires_at INTEGER NOT NULL) STRICT;
	CREATE INDEX answered_expires ON answered (expires_at);
	`,
	`
	CREATE TABLE access_key (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, terms TEXT NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL
	) STRICT;
	`,
	`
	CREATE TABLE outside_approval (name TEXT PRIMARY KEY, terms TEXT NOT NULL, mac TEXT NOT NULL) STRICT;
	CREATE TABLE outside_sign_in (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
	`,
	`
	ALTER TABLE waiting ADD COLUMN about TEXT;
	ALTER TABLE answered ADD COLUMN about TEXT;
	`,
	`
	CREATE INDEX waiting_news ON waiting (id, saved_at, maker, about);
	`,
	`
	CREATE TABLE incident (
		seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, cluster TEXT NOT NULL, record TEXT NOT NULL, expires_at INTEGER
	) STRICT;
	CREATE INDEX incident_expires ON incident (expires_at) WHERE expires_at IS NOT NULL;
	CREATE INDEX incident_open ON incident (key) WHERE expires_at IS NULL;
	`,
];
