import type {AuditLog, AuditRecord} from '../core/journal.ts';
import {canonicalJson} from '../core/json.ts';
import {type AuditHead, auditHead, auditRow, chainHash, checkChain, genesis, headMac} from './audit-chain.ts';
import {isoTime, type Storage} from './storage.ts';

/** The audit log on SQLite: append-only, each record bound to the one before it, the end signed with the user's key. */
export function auditStore(storage: Storage): AuditLog {
	const {database, vault} = storage;
	const rows = () => database.all(auditRow, 'SELECT seq, time, record, previous, hash FROM audit ORDER BY seq');
	return {
		append: async record => database.transaction(() => append(storage, record)),
		verify: async () => checkChain(rows(), database.all(auditHead, 'SELECT key_id, since, seq, hash, mac FROM audit_head'), vault),
		lines: async () => rows().map(({record, ...row}) => JSON.stringify({...row, record: JSON.parse(record)})),
	};
}

/**
 * Goes on from the signed end, not from the last row: a log that was cut stays visibly cut.
 * An end whose signature is wrong is left as it is, for the same reason.
 */
function append(storage: Storage, record: AuditRecord) {
	const {database, vault} = storage;
	const last = database.get(auditRow, 'SELECT seq, time, record, previous, hash FROM audit ORDER BY seq DESC LIMIT 1');
	const head = database.get(auditHead, 'SELECT key_id, since, seq, hash, mac FROM audit_head WHERE key_id = ?', vault.keyId);
	const seq = Math.max(last?.seq ?? 0, head?.seq ?? 0) + 1;
	const previous = (head ?? last)?.hash ?? genesis;
	const time = isoTime(storage);
	const hash = chainHash(previous, {seq, time, record});
	database.run(
		'INSERT INTO audit (seq, time, record, previous, hash) VALUES (?, ?, ?, ?, ?)',
		seq,
		time,
		canonicalJson(record),
		previous,
		hash,
	);
	if (head === undefined || head.mac === headMac(vault, head)) sign(storage, {key_id: vault.keyId, since: head?.since ?? seq, seq, hash});
}

const sign = ({database, vault}: Storage, head: Omit<AuditHead, 'mac'>) =>
	database.run(
		'INSERT OR REPLACE INTO audit_head (key_id, since, seq, hash, mac) VALUES (?, ?, ?, ?, ?)',
		head.key_id,
		head.since,
		head.seq,
		head.hash,
		headMac(vault, head),
	);
