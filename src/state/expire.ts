import type {Storage} from './storage.ts';

/**
 * Deletes the values of secrets whose time is over, from every file: what they belonged to stays, and says that they expired. Conversations and incidents
 * go as a whole.
 */
export function expireSecrets({database, now}: Storage): void {
	const due = [
		'effect WHERE expires_at <= ?',
		'sealed WHERE body IS NOT NULL AND expires_at <= ?',
		'conversation WHERE expires_at <= ?',
		'answered WHERE expires_at <= ?',
		'incident WHERE expires_at <= ?',
	];
	if (due.every(rows => !database.has(`SELECT 1 FROM ${rows} LIMIT 1`, now()))) return;
	database.transaction(() => {
		database.run('UPDATE effect SET before = NULL, after = NULL, expires_at = NULL WHERE expires_at <= ?', now());
		database.run('UPDATE sealed SET body = NULL WHERE body IS NOT NULL AND expires_at <= ?', now());
		database.run('DELETE FROM conversation WHERE expires_at <= ?', now());
		database.run('DELETE FROM answered WHERE expires_at <= ?', now());
		database.run('DELETE FROM incident WHERE expires_at <= ?', now());
	});
	database.compact();
}
