import * as z from 'zod';
import type {Journal} from '../core/journal.ts';
import {canonicalJson} from '../core/json.ts';
import type {Write} from '../core/plan.ts';
import {effectState, imagePlace, noSuchEntry, notResumable, undoneByColumn} from './journal-row.ts';
import {putSealed} from './sealed-store.ts';
import {freeId, shortId} from './short-id.ts';
import {isoTime, type Storage} from './storage.ts';
import {takeFromWaiting} from './waiting-store.ts';

const entryState = z.object({outcome_kind: z.string().nullable()});
const endedRow = z.object({outcome_kind: z.string().nullable(), undone_by: z.string().nullable()});
const effectRow = z.object({write: z.string(), state: effectState});

/**
 * The journal on SQLite: each method has reached the disk when it resolves.
 * Images of objects and sealed values are encrypted; plan, write and outcome are kept as given, with secrets taken out by core.
 */
export function journalStore(storage: Storage): Journal {
	const {database, vault, locks, now, randomBytes} = storage;

	/** The entry must be open, and the run ours: a resumed one becomes so here, when no other process is at it. */
	function expectOurs(id: string) {
		const entry = database.get(entryState, 'SELECT outcome_kind FROM entry WHERE id = ?', id);
		if (entry === undefined) throw noSuchEntry(id);
		if (entry.outcome_kind !== null) throw new Error(`The journal entry ${id} has ended: nothing may be added to it`);
		locks.take(id);
	}

	const effectOf = (id: string, index: number) =>
		database.get(effectRow, 'SELECT write, state FROM effect WHERE entry = ? AND position = ?', id, index);

	return {
		open: async ({plan, digest, approval, sealed, undoes, waited}) =>
			database.transaction(() => {
				const isTaken = (id: string) => database.has('SELECT 1 FROM entry WHERE id = ?', id);
				const id = freeId(() => shortId(now(), randomBytes), isTaken);
				database.run(
					'INSERT INTO entry (id, started_at, plan, digest, approval, undoes) VALUES (?, ?, ?, ?, ?, ?)',
					id,
					isoTime(storage),
					canonicalJson(plan),
					digest,
					canonicalJson(approval),
					undoes ?? null,
				);
				putSealed(storage, {kind: 'entry', id, digest}, sealed);
				if (waited !== undefined) takeFromWaiting(storage, waited, id);
				locks.take(id);
				return id;
			}),

		resume: async id =>
			database.transaction(() => {
				locks.take(id);
				const entry = database.get(endedRow, `SELECT outcome_kind, ${undoneByColumn} FROM entry WHERE id = ?`, id);
				if (entry === undefined) throw noSuchEntry(id);
				if (entry.undone_by !== null) throw notResumable(id, `it was taken back by ${entry.undone_by}`);
				if (entry.outcome_kind === 'done') throw notResumable(id, 'it was carried out to its end');
				database.run('UPDATE entry SET ended_at = NULL, outcome_kind = NULL, outcome = NULL WHERE id = ?', id);
			}),

		intend: async (id, {index, write, before}) =>
			database.transaction(() => {
				expectOurs(id);
				const text = canonicalJson(write);
				const earlier = effectOf(id, index);
				if (earlier?.state === 'done') throw new Error(`Effect ${index} of journal entry ${id} was done already`);
				if (earlier !== undefined && earlier.write !== text) throw new Error(`Effect ${index} of journal entry ${id} was another write`);
				// The process died after this line was written: the write may have landed, so the first image is the one to return to.
				if (earlier?.state === 'intended') return;
				database.run(
					'INSERT OR REPLACE INTO effect (entry, position, write, state, before, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
					id,
					index,
					text,
					'intended',
					vault.seal(before, imagePlace(id, index, 'before', text)),
					holdsSecrets(write) ? now() + storage.keepSecretsMs : null,
				);
			}),

		complete: async (id, index, {after, error}) =>
			database.transaction(() => {
				expectOurs(id);
				const effect = effectOf(id, index);
				if (effect?.state !== 'intended') throw new Error(`Effect ${index} of journal entry ${id} was not intended`);
				database.run(
					'UPDATE effect SET state = ?, after = ?, error = ? WHERE entry = ? AND position = ?',
					error === undefined ? 'done' : 'failed',
					after === undefined ? null : vault.seal(after, imagePlace(id, index, 'after', effect.write)),
					error ?? null,
					id,
					index,
				);
			}),

		close: async (id, outcome) => {
			database.transaction(() => {
				expectOurs(id);
				const text = canonicalJson(outcome);
				database.run('UPDATE entry SET ended_at = ?, outcome_kind = ?, outcome = ? WHERE id = ?', isoTime(storage), outcome.kind, text, id);
			});
			locks.drop(id);
		},
	};
}

/** Images of Secrets expire, and so does what a program printed. */
const holdsSecrets = ({op, ref}: Write) => op === 'exec' || ref.kind === 'Secret';
