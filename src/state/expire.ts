import {z} from 'zod';
import type {Storage} from './storage.ts';

const present = z.object({});

/** Deletes the values of secrets whose time is over, from every file. What they belonged to stays, and says that they expired. */
export function expireSecrets({database, now}: Storage): void {
	const effects = 'FROM effect WHERE expires_at <= ? AND (before IS NOT NULL OR after IS NOT NULL)';
	const sealed = 'FROM sealed WHERE expires_at <= ? AND body IS NOT NULL';
	const due = [effects, sealed].some(from => database.get(present, `SELECT 1 ${from} LIMIT 1`, now()) !== undefined);
	if (!due) return;
	database.transaction(() => {
		database.run('UPDATE effect SET before = NULL, after = NULL WHERE expires_at <= ?', now());
		database.run('UPDATE sealed SET body = NULL WHERE expires_at <= ?', now());
	});
	database.compact();
}
