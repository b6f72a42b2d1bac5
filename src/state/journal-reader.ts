import * as z from 'zod';
import type {JournalEntry, JournaledEffect, JournalReader} from '../core/journal.ts';
import {isJsonObject, type Json} from '../core/json.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import {effectState, entryRow, imagePlace, jsonColumn, noSuchEntry, undoneByColumn} from './journal-row.ts';
import {kubeObjectSchema, writeSchema} from './plan-schema.ts';
import {getSealed} from './sealed-store.ts';
import type {Storage} from './storage.ts';

const entryColumns = `id, started_at, ended_at, plan, digest, approval, outcome_kind, undoes, ${undoneByColumn}`;

const blob = z.instanceof(Uint8Array).nullable();
const effectRow = z.object({
	position: z.number(),
	write: jsonColumn(writeSchema),
	/** The column `write` as it stands: images are bound to it. */
	text: z.string(),
	state: effectState,
	before: blob,
	after: blob,
	error: z.string().nullable(),
	expires_at: z.number().nullable(),
});
type EffectRow = z.output<typeof effectRow>;

/** Redacted JSON for people and scripts, kept as it was given; only its kind is acted on. */
const outcomeRow = z.object({outcome: jsonColumn(z.custom<AnyOutcome>(isJsonObject)).nullable()});

/** Reads what the journal holds, newest entry first, effects in their order. An image that cannot be had says so in `unavailable`. */
export function journalReader(storage: Storage): JournalReader {
	const {database, locks} = storage;
	const withRunning = (entry: JournalEntry): JournalEntry =>
		entry.outcome === undefined && locks.isTaken(entry.id) ? {...entry, running: true} : entry;
	const find = (id: string) => {
		const entry = database.get(entryRow, `SELECT ${entryColumns} FROM entry WHERE id = ?`, id);
		return entry === undefined ? undefined : withRunning(entry);
	};
	return {
		list: async limit => database.all(entryRow, `SELECT ${entryColumns} FROM entry ORDER BY seq DESC LIMIT ?`, limit).map(withRunning),
		entry: async id => find(id),
		effects: async id => {
			const columns = 'position, write, write AS text, state, before, after, error, expires_at';
			const rows = database.all(effectRow, `SELECT ${columns} FROM effect WHERE entry = ? ORDER BY position`, id);
			return rows.map(row => journaledEffect(storage, id, row));
		},
		sealed: async id => {
			const entry = find(id);
			if (entry === undefined) throw noSuchEntry(id);
			return getSealed(storage, {kind: 'entry', id, digest: entry.digest});
		},
		outcome: async id => {
			const row = database.get(outcomeRow, 'SELECT outcome FROM entry WHERE id = ?', id);
			if (row === undefined) throw noSuchEntry(id);
			return row.outcome ?? undefined;
		},
	};
}

function journaledEffect(storage: Storage, entry: string, row: EffectRow): JournaledEffect {
	const {position, state, error} = row;
	const before = image(storage, entry, row, 'before');
	const after = row.after === null ? undefined : image(storage, entry, row, 'after');
	const unavailable = before.unavailable ?? after?.unavailable;
	return {
		index: position,
		write: row.write,
		before: kubeObjectSchema.nullable().parse(before.value ?? null),
		state,
		...(after?.value === undefined ? {} : {after: after.value}),
		...(error === null ? {} : {error}),
		...(unavailable === undefined ? {} : {unavailable}),
	};
}

type Image = {readonly value?: Json; readonly unavailable?: string};

function image({vault, now}: Storage, entry: string, row: EffectRow, field: 'before' | 'after'): Image {
	const sealed = row[field];
	if (sealed === null || (row.expires_at !== null && row.expires_at <= now()))
		return {unavailable: 'The image of this object has expired: secret values are kept for a limited time only'};
	const opened = vault.open(sealed, imagePlace(entry, row.position, field, row.text));
	return 'unavailable' in opened ? {unavailable: `The image of this object cannot be read: ${opened.unavailable}`} : opened;
}
