import {randomBytes, timingSafeEqual} from 'node:crypto';
import {canonicalJson, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import {sign} from '../../../../core/secrets/sign.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {type Answer, entriesOf, type RecordChange, type Request, type RolloutRecord, readRecord, sealedKeys} from './record.ts';

const keyEntry = 'seal.key';
const firstEntry = 'seal.first';
const keyBytes = 32;

/** Where a seal stands in the record. */
const sealEntry = 'seal';

type Data = {readonly [key: string]: string | null};

/** A key of one rollout alone: what was sealed for another one is worth nothing here. */
export const newKey = (): Uint8Array => randomBytes(keyBytes);

/** What the Secret of a rollout holds beside its script. The first seal stands there, since a plan could not say it: its key is another each time. */
export const sealData = (key: Uint8Array, record: Ref, data: Data): {readonly [key: string]: string} => ({
	[keyEntry]: Buffer.from(key).toString('base64'),
	[firstEntry]: Buffer.from(sealOf(key, record, data)).toString('base64'),
});

const sealOf = (key: Uint8Array, {namespace, name}: Pick<Ref, 'namespace' | 'name'>, data: Data): string =>
	sign(key, canonicalJson({record: {namespace, name}, data: Object.fromEntries(sealedKeys.map(each => [each, data[each] ?? undefined]))}));

/**
 * Tells what mkcoa wrote from what anybody else did. The record is a ConfigMap, and the key lies in a Secret: who may edit the one and not read the
 * other can neither move a rollout on nor let it pass unjudged.
 */
export type RecordSeal = {
	/** The record, if it is as mkcoa left it. */
	readonly opened: (record: KubeObject) => RolloutRecord | undefined;
	/** The seal of a record as it is. */
	readonly of: (record: KubeObject) => string;
	/** A merge patch of the record that makes the change and seals all of it, and what the record is then. */
	readonly patch: (record: KubeObject, change: RecordChange) => {readonly patch: JsonObject; readonly after: KubeObject};
	/** The signature of a request that is made at one turn. */
	readonly ofRequest: (request: Pick<Request, 'verb' | 'by'>, turn: Answer['turn']) => string;
	/** Whether somebody with the key asked, for this turn. */
	readonly isSigned: (request: Request, turn: Answer['turn']) => boolean;
};

/** Undefined where the Secret holds no key: it is not of this version of mkcoa. */
export function recordSeal(secret: KubeObject): RecordSeal | undefined {
	const data = textMapAt(secret, 'data');
	const key = Buffer.from(data[keyEntry] ?? '', 'base64');
	const first = Buffer.from(data[firstEntry] ?? '', 'base64').toString();
	// Record and Secret of one rollout have one name.
	const {metadata} = secret;
	if (key.length !== keyBytes) return undefined;
	const of = (record: KubeObject) => sealOf(key, metadata, textMapAt(record, 'data'));
	const ofRequest: RecordSeal['ofRequest'] = ({verb, by}, turn) =>
		sign(key, canonicalJson({request: {namespace: metadata.namespace, name: metadata.name}, verb, by, turn}));
	return {
		of,
		opened: record => (isSame(textMapAt(record, 'data')[sealEntry] ?? first, of(record)) ? readRecord(record) : undefined),
		patch(record, change) {
			const changed = entriesOf(change);
			const whole = Object.entries({...textMapAt(record, 'data'), ...changed}).filter(
				(entry): entry is [string, string] => entry[1] !== null,
			);
			const data = Object.fromEntries(whole);
			return {patch: {data: {...changed, [sealEntry]: sealOf(key, metadata, data)}}, after: {...record, data}};
		},
		ofRequest,
		isSigned: (request, turn) => isSame(request.seal, ofRequest(request, turn)),
	};
}

function isSame(given: string, expected: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(expected)];
	return one.length === other.length && timingSafeEqual(one, other);
}
