import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {IncidentRecord, IncidentRecords} from '../core/incident-record.ts';
import {canonicalJson, type Json} from '../core/json.ts';
import {jsonColumn} from './journal-row.ts';
import {freeId, shortId} from './short-id.ts';
import type {Storage} from './storage.ts';

const recordSchema = z.object({
	key: z.string(),
	context: z.string(),
	clusterId: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	title: z.string(),
	beganAt: z.string(),
	detectedAt: z.string(),
	acknowledgedAt: z.string().optional(),
	acknowledgedBy: z.string().optional(),
	owner: z.string().optional(),
	healedAt: z.string().optional(),
	times: z.number(),
	alerts: z.array(z.string()),
	notes: z.array(z.object({at: z.string(), by: z.string(), text: z.string()})),
});
const row = z.object({id: z.string(), record: jsonColumn(recordSchema)}).transform(({id, record}): IncidentRecord => ({id, ...record}));

/** So long one that healed is kept: a quarter's review wants them. */
const keepMs = 100 * 24 * 60 * 60 * 1000;

/** Incidents on SQLite. */
export function incidentStore({database, now, randomBytes}: Storage): IncidentRecords {
	const byId = (id: string) => database.get(row, 'SELECT id, record FROM incident WHERE id = ?', id);
	// Optional fields make a record wider than the type of JSON values.
	const written = (record: Omit<IncidentRecord, 'id'>) => canonicalJson(JSON.parse(JSON.stringify(record)) as Json);
	const expiry = ({healedAt}: Pick<IncidentRecord, 'healedAt'>) => (healedAt === undefined ? null : now() + keepMs);
	const insert = (record: Omit<IncidentRecord, 'id'>) => {
		const id = freeId(
			() => shortId(now(), randomBytes),
			taken => database.has('SELECT 1 FROM incident WHERE id = ?', taken),
		);
		database.run(
			'INSERT INTO incident (id, key, cluster, record, expires_at) VALUES (?, ?, ?, ?, ?)',
			id,
			record.key,
			record.clusterId,
			written(record),
			expiry(record),
		);
		return id;
	};
	return {
		begin: async records => database.transaction(() => records.map(insert)),
		change: async (id, change) =>
			database.transaction(() => {
				const before = byId(id);
				if (before === undefined) throw noSuchIncident(id);
				const {id: _, ...after} = {id, ...change(before)};
				database.run('UPDATE incident SET record = ?, expires_at = ? WHERE id = ?', written(after), expiry(after), id);
				return {id, ...after};
			}),
		find: async word => {
			const found = database.all(
				row,
				'SELECT id, record FROM incident WHERE substr(id, 1, ?) = ? OR (key = ? AND expires_at IS NULL) ORDER BY seq DESC',
				word.length,
				word.toLowerCase(),
				word,
			);
			if (found.length > 1) throw ambiguous(word, found);
			return found[0];
		},
		list: async ({open, limit, clusterId}) =>
			database.all(
				row,
				'SELECT id, record FROM incident WHERE (expires_at IS NULL OR ?) AND (cluster = ? OR ?) ORDER BY seq DESC LIMIT ?',
				open ? 0 : 1,
				clusterId ?? '',
				clusterId === undefined ? 1 : 0,
				limit,
			),
	};
}

/** @returns what to say where nobody knows it */
export const noSuchIncident = (word: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-incident',
		what: `There is no incident ${JSON.stringify(word)} on record`,
		why: 'incidents are kept by mkcoa incident watch',
		next: 'See the ones that are kept with: mkcoa incident list',
	});

const ambiguous = (word: string, found: readonly IncidentRecord[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'ambiguous-incident',
		what: `${JSON.stringify(word)} fits ${found.length} incidents`,
		next: `Name one by its id: ${found
			.slice(0, 5)
			.map(({id}) => id)
			.join(', ')}`,
	});
