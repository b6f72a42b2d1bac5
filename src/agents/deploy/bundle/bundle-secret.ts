import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {canonicalJson, type Json} from '../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {type Bundle, bundleLists} from './bundle.ts';
import {bundleLabel, bundleName, bundleOfLabel} from './bundle-name.ts';

/** A Secret may hold 1 MiB of values (MaxSecretSize of k8s.io/api/core/v1); the rest is room for what stands beside them. */
export const mostBytes = 1_048_576 - 16_384;

/** Longest key of a Secret's data, and the letters that it may have. */
const longestKey = 253;

/** Says what is left out, as a JSON list. */
export const leftOutKey = 'left-out';

type Entry = {readonly key: string; readonly object: KubeObject; readonly packed: Buffer};

/**
 * The Secret that keeps a bundle in the cluster: one key for each object, `LIST.KIND.NAME`, gzipped JSON. It belongs to its workload and goes with
 * it. Where everything is too large, the largest objects are left out and the rest says so; the workload itself stays. The same bundle gives the same text.
 * @throws Error where the workload alone is too large, which no API server keeps
 */
export function bundleSecret(bundle: Bundle): KubeObject {
	const {workload, revision} = bundle;
	const {name, namespace, uid} = workload.metadata;
	const {entries, leftOut} = fitting(bundle);
	return {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {
			name: bundleName(workload, revision),
			...(namespace === undefined ? {} : {namespace}),
			labels: {'app.kubernetes.io/managed-by': 'mkcoa', [bundleOfLabel]: bundleLabel(workload)},
			annotations: {'mkcoa.dev/workload': `${workload.kind}/${name}`, 'mkcoa.dev/revision': String(revision)},
			...(uid === undefined ? {} : {ownerReferences: [{apiVersion: workload.apiVersion, kind: workload.kind, name, uid}]}),
		},
		type: 'mkcoa.dev/bundle',
		data: Object.fromEntries([
			...entries.map(({key, packed}) => [key, packed.toString('base64')] as const),
			...(leftOut.length === 0 ? [] : [[leftOutKey, pack(leftOut).toString('base64')] as const]),
		]),
	};
}

/** What of a bundle its Secret cannot hold, in the words in which it says so. */
export const tooLarge = (bundle: Bundle): readonly string[] => fitting(bundle).leftOut.slice(bundle.leftOut.length);

const pack = (value: Json) => gzipSync(canonicalJson(value), {level: 9});

function fitting(bundle: Bundle): {readonly entries: readonly Entry[]; readonly leftOut: readonly string[]} {
	const workload = entryOf('workload', bundle.workload);
	const others = bundleLists
		.flatMap(list => bundle[list].map(object => entryOf(list, object)))
		.toSorted((a, b) => a.packed.length - b.packed.length);
	const dropped: Entry[] = [];
	let bytes = [workload, ...others].reduce((sum, {packed}) => sum + packed.length, 0);
	for (let last = others.at(-1); bytes > mostBytes && last !== undefined; last = others.at(-1)) {
		others.pop();
		dropped.push(last);
		bytes -= last.packed.length;
	}
	if (bytes > mostBytes) throw new Error(`${refText(refOf(bundle.workload))} is larger than a Secret may be`);
	const sentences = dropped.map(
		({object, packed}) => `${refText(refOf(object))}: ${Math.ceil(packed.length / 1024)} KiB, too large to be kept with the others`,
	);
	return {entries: [...others, workload], leftOut: [...bundle.leftOut, ...sentences]};
}

function entryOf(list: string, object: KubeObject): Entry {
	const whole = `${list}.${object.kind}.${object.metadata.name}`;
	const hash = createHash('sha256').update(whole).digest('hex').slice(0, 12);
	const key = whole.length <= longestKey ? whole : `${whole.slice(0, longestKey - hash.length - 1)}.${hash}`;
	return {key, object, packed: pack(object)};
}
