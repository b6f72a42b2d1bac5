import {createHash} from 'node:crypto';
import {gunzipSync, gzipSync} from 'node:zlib';
import {MkcoaError} from '../../../../core/error.ts';
import {canonicalJson, type Json, type JsonObject} from '../../../../core/json.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {workloadWord} from '../../workload-word.ts';
import {type Script, scriptSchema} from '../act.ts';
import type {WorkloadName} from '../lease/held-by.ts';
import {foreignWrite} from './foreign-write.ts';

const prefix = 'mkcoa-rollout-';

/** `mkcoa-rollout-NAME`; a name that would be too long keeps its beginning and gets a hash of the whole. */
function rolloutName({name, kind = 'Deployment'}: WorkloadName): string {
	return `${prefix}${shortName(workloadWord({kind, name}), longest.name - prefix.length)}`;
}

/** Whether an object of this name may be one of a rollout of mkcoa's. */
export const isRolloutRecord = (name: string): boolean => name.startsWith(prefix);

/** The three objects of mkcoa's own that stand in the cluster while a rollout lasts: who is at it, how far it is, and what it does. */
export type RolloutRefs = {readonly lease: Ref; readonly record: Ref; readonly script: Ref};

export function rolloutRefs(workload: WorkloadName): RolloutRefs {
	const {namespace} = workload;
	const name = rolloutName(workload);
	return {
		lease: {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name},
		record: {apiVersion: 'v1', kind: 'ConfigMap', namespace, name},
		script: {apiVersion: 'v1', kind: 'Secret', namespace, name},
	};
}

/** An object of mkcoa's own beside a workload: it goes when the workload goes. */
export function ownObject(ref: Ref, workload: KubeObject, rest: JsonObject): KubeObject {
	const {apiVersion, kind, name} = refOf(workload);
	return {
		apiVersion: ref.apiVersion,
		kind: ref.kind,
		metadata: {
			name: ref.name,
			...(ref.namespace === undefined ? {} : {namespace: ref.namespace}),
			labels: {'app.kubernetes.io/managed-by': 'mkcoa'},
			ownerReferences: [{apiVersion, kind, name, uid: workload.metadata.uid ?? ''}],
		},
		...rest,
	};
}

const key = 'script.json.gz';

/**
 * The script as it was approved, so that another machine carries out the same, whatever its version of mkcoa would make of the input.
 * @param seal what the record is sealed with
 */
export function scriptSecret(ref: Ref, workload: KubeObject, script: Script, seal: {readonly [key: string]: string} = {}): KubeObject {
	const packed = gzipSync(JSON.stringify(script)).toString('base64');
	const secret = ownObject(ref, workload, {type: 'mkcoa.dev/rollout', data: {[key]: packed, ...seal}});
	// A field that the schema does not know would be missed when somebody goes on: better now than then.
	const read = parsed(secret);
	if (read === undefined || scriptDigest(read) !== scriptDigest(script))
		throw new Error('The script of a rollout does not read back as it was written');
	return secret;
}

// A script is JSON, though its type does not say so.
const asJson = (script: Script) => script as unknown as Json;

/** Tells two scripts apart; kept in the record, which everybody can read. */
export const scriptDigest = (script: Script) =>
	createHash('sha256')
		.update(canonicalJson(asJson(script)))
		.digest('hex')
		.slice(0, 16);

/** A script whose record is gone; undefined where it is not what mkcoa writes here. */
export function scriptIn(secret: KubeObject): Script | undefined {
	const script = parsed(secret);
	return script === undefined || foreignWrite(script, secret.metadata.namespace ?? '') !== undefined ? undefined : script;
}

/**
 * @param digest of the record; left out where the record is not to be believed
 * @throws `rollout-unreadable` where it is not what mkcoa wrote
 */
export function readScript(secret: KubeObject, digest?: string): Script {
	const script = parsed(secret);
	const isRecorded = script !== undefined && (digest === undefined || scriptDigest(script) === digest);
	const foreign = isRecorded ? foreignWrite(script, secret.metadata.namespace ?? '') : undefined;
	if (isRecorded && foreign === undefined) return script;
	throw new MkcoaError({
		kind: 'environment',
		code: 'rollout-unreadable',
		what: `The rollout in Secret ${secret.metadata.namespace}/${secret.metadata.name} cannot be read`,
		why: foreign ?? (script === undefined ? 'it is not what mkcoa writes' : 'it is not the one that its record speaks of'),
		next: 'Set the workload right by hand, then delete Lease, ConfigMap and Secret of that name',
	});
}

/** A small text that grows without end is no script. */
const mostUnpacked = 16 * 1024 * 1024;

function parsed(secret: KubeObject): Script | undefined {
	try {
		const text = gunzipSync(Buffer.from(wordAt(secret, 'data', key), 'base64'), {maxOutputLength: mostUnpacked}).toString();
		return scriptSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
