import * as z from 'zod';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../core/json.ts';
import {jsonColumn} from './journal-row.ts';
import type {Storage} from './storage.ts';

/** What a person approved of a third party's server: its tools, behind one endpoint. */
export type Approved = {readonly endpoint: string; readonly era: string; readonly tools: readonly JsonObject[]};

/** What is kept of third parties' servers, by name. */
export type OutsideServers = {
	/** Undefined where nothing was approved, or something else than mkcoa wrote it. */
	readonly approved: (name: string) => Promise<Approved | undefined>;
	readonly approve: (name: string, approved: Approved) => Promise<void>;
	/** What signing in brought, for one endpoint; undefined where there is nothing that can be read. */
	readonly signIn: (name: string, endpoint: string) => Promise<Json | undefined>;
	/** Encrypted. */
	readonly keepSignIn: (name: string, endpoint: string, kept: Json) => Promise<void>;
	/** The approval and the sign-in. */
	readonly forget: (name: string) => Promise<void>;
};

const approvedSchema: z.ZodType<Approved> = z.object({
	endpoint: z.string(),
	era: z.string(),
	tools: z.array(z.custom<JsonObject>(isJsonObject)),
});

// The signature binds the text as it stands, before a schema has read it.
const approvalRow = z.object({terms: jsonColumn(approvedSchema), text: z.string(), mac: z.string()});
const signInRow = z.object({body: z.instanceof(Uint8Array)});

/** Approvals and sign-ins on SQLite: the first signed with the user's key, so that nothing else gives one; the second encrypted with it. */
export function outsideStore({database, vault}: Storage): OutsideServers {
	const macOf = (name: string, text: string) => vault.sign(canonicalJson({use: 'outside server', name, text}));
	const placeOf = (name: string, endpoint: string) => ['outside sign-in', name, endpoint];
	return {
		async approved(name) {
			const found = database.get(approvalRow, 'SELECT terms, terms AS text, mac FROM outside_approval WHERE name = ?', name);
			return found === undefined || found.mac !== macOf(name, found.text) ? undefined : found.terms;
		},
		async approve(name, approved) {
			// What was approved is JSON.
			const text = canonicalJson(JSON.parse(JSON.stringify(approved)) as Json);
			database.run('INSERT OR REPLACE INTO outside_approval (name, terms, mac) VALUES (?, ?, ?)', name, text, macOf(name, text));
		},
		async signIn(name, endpoint) {
			const found = database.get(signInRow, 'SELECT body FROM outside_sign_in WHERE name = ?', name);
			const opened = found === undefined ? undefined : vault.open(found.body, placeOf(name, endpoint));
			return opened !== undefined && 'value' in opened ? opened.value : undefined;
		},
		async keepSignIn(name, endpoint, kept) {
			const body = vault.seal(kept, placeOf(name, endpoint));
			database.run('INSERT OR REPLACE INTO outside_sign_in (name, body) VALUES (?, ?)', name, body);
		},
		async forget(name) {
			database.transaction(() => {
				database.run('DELETE FROM outside_approval WHERE name = ?', name);
				database.run('DELETE FROM outside_sign_in WHERE name = ?', name);
			});
		},
	};
}
