import {join} from 'node:path';
import type {AccessKeys} from '../core/access-key.ts';
import type {Clock} from '../core/clock.ts';
import type {IncidentRecords} from '../core/incident-record.ts';
import type {AuditLog, Journal, JournalReader, PlanFiles, WaitingPlans} from '../core/journal.ts';
import type {Conversations} from '../core/saved-conversation.ts';
import {auditStore} from './audit-store.ts';
import {conversationStore} from './conversation-store.ts';
import {openDatabase} from './database.ts';
import {expireSecrets} from './expire.ts';
import {type Grants, grantStore} from './grant-store.ts';
import {incidentStore} from './incident-store.ts';
import {journalReader} from './journal-reader.ts';
import {journalStore} from './journal-store.ts';
import {keyStore} from './key-store.ts';
import {type OutsideServers, outsideStore} from './outside-store.ts';
import {planFiles} from './plan-file.ts';
import {runLocks} from './run-locks.ts';
import {prepareFolder} from './state-folder.ts';
import type {Storage} from './storage.ts';
import {loadUserKey, type RandomBytes} from './user-key.ts';
import {makeVault} from './vault.ts';
import {waitingStore} from './waiting-store.ts';

export type StateOptions = {
	/** See `resolveStateFolder`. */
	readonly folder: string;
	readonly clock: Pick<Clock, 'now'>;
	readonly randomBytes: RandomBytes;
	/** Number of the user; undefined where the system has none. */
	readonly uid: number | undefined;
	/** How long values of secrets are kept; seven days if left out. */
	readonly keepSecretsMs?: number;
	/** How long to wait for another process that writes; five seconds if left out. */
	readonly waitMs?: number;
};

export type State = {
	readonly journal: Journal;
	readonly reader: JournalReader;
	readonly waiting: WaitingPlans;
	readonly planFiles: PlanFiles;
	readonly audit: AuditLog;
	readonly grants: Grants;
	readonly accessKeys: AccessKeys;
	readonly conversations: Conversations;
	readonly outside: OutsideServers;
	readonly incidents: IncidentRecords;
	/** Runs that have not ended may then be resumed by other processes. */
	readonly close: () => void;
};

const week = 7 * 24 * 60 * 60 * 1000;

/**
 * Opens the user's state: makes the folder, the key and the tables where they are missing, and never replaces what is there.
 * @throws MkcoaError in words when the folder, the key or the file cannot be trusted, read or written
 */
export function openState({folder, clock, randomBytes, uid, keepSecretsMs = week, waitMs = 5000}: StateOptions): State {
	prepareFolder(folder, uid);
	const vault = makeVault(loadUserKey(folder, randomBytes), randomBytes);
	const database = openDatabase(join(folder, 'state.db'), {randomBytes, waitMs});
	const locks = runLocks(folder);
	const storage: Storage = {database, vault, locks, randomBytes, now: () => clock.now(), keepSecretsMs};
	try {
		expireSecrets(storage);
	} catch (error) {
		database.close();
		throw error;
	}
	return {
		journal: journalStore(storage),
		reader: journalReader(storage),
		waiting: waitingStore(storage),
		planFiles: planFiles(storage),
		audit: auditStore(storage),
		grants: grantStore(storage),
		accessKeys: keyStore(storage),
		conversations: conversationStore(storage),
		outside: outsideStore(storage),
		incidents: incidentStore(storage),
		close: () => {
			locks.close();
			database.close();
		},
	};
}
