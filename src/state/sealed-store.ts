import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {SealedValues} from '../core/journal.ts';
import {isJsonObject, type Json} from '../core/json.ts';
import type {Storage} from './storage.ts';

const rowSchema = z.object({digest: z.string(), count: z.number(), body: z.instanceof(Uint8Array).nullable(), expires_at: z.number()});

const areValues = (value: Json): value is SealedValues =>
	isJsonObject(value) && Object.values(value).every(item => typeof item === 'string');

/** Who holds the values: a journal entry, a waiting plan or a plan file. */
export type Owner = {readonly kind: 'entry' | 'waiting' | 'file'; readonly id: string; readonly digest: string};

const keyOf = ({kind, id}: Pick<Owner, 'kind' | 'id'>) => `${kind}:${id}`;
const placeOf = (owner: Owner) => ['sealed', keyOf(owner), owner.digest];

/** Keeps the values that were taken out of a plan, encrypted and bound to their owner and to the digest of the plan. */
export function putSealed({database, vault, now, keepSecretsMs}: Storage, owner: Owner, values: SealedValues): void {
	const count = Object.keys(values).length;
	const body = count === 0 ? null : vault.seal(values, placeOf(owner));
	database.run(
		'INSERT OR REPLACE INTO sealed (owner, digest, count, body, expires_at) VALUES (?, ?, ?, ?, ?)',
		keyOf(owner),
		owner.digest,
		count,
		body,
		now() + keepSecretsMs,
	);
}

/**
 * The values that were taken out of the plan of this digest; none when it had none.
 * @throws MkcoaError `sealed-values-missing`, `sealed-values-expired`, `sealed-values-unreadable`, each with the way out
 */
export function getSealed({database, vault, now}: Storage, owner: Owner): SealedValues {
	const row = database.get(rowSchema, 'SELECT digest, count, body, expires_at FROM sealed WHERE owner = ?', keyOf(owner));
	if (row === undefined)
		throw lost('sealed-values-missing', 'they are kept on the machine and by the user that made the plan, never in the plan');
	if (row.digest !== owner.digest) throw lost('sealed-values-missing', 'the ones that are kept belong to another plan');
	if (row.count === 0) return {};
	if (row.body === null || row.expires_at <= now()) throw lost('sealed-values-expired', 'secret values are kept for a limited time only');
	const opened = vault.open(row.body, placeOf(owner));
	if ('unavailable' in opened) throw lost('sealed-values-unreadable', opened.unavailable);
	if (!areValues(opened.value)) throw lost('sealed-values-unreadable', 'they have a form that this version does not know');
	return opened.value;
}

/** Deletes the values of an owner that is no more. */
export function removeSealed({database}: Storage, owner: Pick<Owner, 'kind' | 'id'>): void {
	database.run('DELETE FROM sealed WHERE owner = ?', keyOf(owner));
}

const lost = (code: string, why: string) =>
	new MkcoaError({
		kind: 'environment',
		code,
		what: 'The secret values of this plan are not here',
		why,
		next: 'Make the plan again on this machine, and apply that one',
	});
