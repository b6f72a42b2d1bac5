import {createHash} from 'node:crypto';
import * as z from 'zod';
import type {AuditCheck, AuditRecord} from '../core/journal.ts';
import {canonicalJson, type Json} from '../core/json.ts';
import type {Vault} from './vault.ts';

/** What the first record follows. */
export const genesis = '0'.repeat(64);

export const auditRow = z.object({seq: z.number(), time: z.string(), record: z.string(), previous: z.string(), hash: z.string()});
export type AuditRow = z.output<typeof auditRow>;

/** The end of the chain as one key signed it. `since` is the first record appended with that key. */
export const auditHead = z.object({key_id: z.string(), since: z.number(), seq: z.number(), hash: z.string(), mac: z.string()});
export type AuditHead = z.output<typeof auditHead>;

/** @returns SHA-256, hexadecimal, over the previous hash and the canonical JSON of number, time and record */
export const chainHash = (previous: string, link: {readonly seq: number; readonly time: string; readonly record: AuditRecord | Json}) =>
	createHash('sha256')
		.update(previous)
		.update(canonicalJson({...link, record: link.record}))
		.digest('hex');

/** The signature of an end of the chain: HMAC-SHA-256, hexadecimal. */
export const headMac = (vault: Vault, {key_id, since, seq, hash}: Omit<AuditHead, 'mac'>) =>
	vault.sign(canonicalJson({key_id, since, seq, hash}));

/** Checks the whole chain: records that were changed, removed, reordered or added, and the end that the key signed. */
export function checkChain(rows: readonly AuditRow[], heads: readonly AuditHead[], vault: Vault): AuditCheck {
	let previous = genesis;
	for (const [index, row] of rows.entries()) {
		const wrong = brokenLink(row, index + 1, previous);
		if (wrong !== undefined) return {ok: false, at: index + 1, what: wrong};
		previous = row.hash;
	}
	return checkHeads(rows, heads, vault);
}

function brokenLink(row: AuditRow, seq: number, previous: string): string | undefined {
	if (row.seq !== seq) return `Record ${seq} is missing`;
	if (row.previous !== previous) return `Record ${seq} does not follow the one before it`;
	return row.hash === hashOf(row) ? undefined : `Record ${seq} was changed`;
}

function hashOf({previous, seq, time, record}: AuditRow): string | undefined {
	try {
		const parsed: Json = JSON.parse(record);
		return chainHash(previous, {seq, time, record: parsed});
	} catch {
		return undefined;
	}
}

function checkHeads(rows: readonly AuditRow[], heads: readonly AuditHead[], vault: Vault): AuditCheck {
	const records = rows.length;
	if (records > 0 && heads.length === 0) return {ok: false, at: records, what: 'The signed end of the log is missing'};
	for (const {seq, hash} of heads) {
		if (seq > records) return {ok: false, at: records + 1, what: `The log was cut: it had ${seq} records`};
		if (rows[seq - 1]?.hash !== hash) return {ok: false, at: seq, what: `Record ${seq} is not the one that was signed`};
	}
	const ours = heads.find(({key_id}) => key_id === vault.keyId);
	if (ours === undefined) return {ok: true, records, unvouched: records};
	if (ours.mac !== headMac(vault, ours)) return {ok: false, at: ours.seq, what: 'The signed end of the log was changed'};
	if (ours.seq < records) return {ok: false, at: ours.seq + 1, what: `Record ${ours.seq + 1} was added by something else than mkcoa`};
	return {ok: true, records, unvouched: ours.since - 1};
}
