import {gunzipSync} from 'node:zlib';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Bundle, bundleLists} from './bundle.ts';
import {leftOutKey} from './bundle-secret.ts';

/** So much may come out of one key: a small text that grows without end is no object. */
const mostUnpacked = 16 * 1024 * 1024;

/** Kinds that each list may hold: a Secret that somebody else wrote must not make a rollback write anything else. */
const kinds: {readonly [list in 'workload' | (typeof bundleLists)[number]]: readonly string[]} = {
	workload: ['Deployment', 'StatefulSet', 'DaemonSet'],
	configs: ['ConfigMap'],
	secrets: ['Secret'],
	scalers: ['HorizontalPodAutoscaler'],
	budgets: ['PodDisruptionBudget'],
	services: ['Service'],
	routes: ['Ingress', 'HTTPRoute', 'GRPCRoute', 'VirtualService', 'DestinationRule'],
};

type List = keyof typeof kinds;

/**
 * The bundle that a Secret keeps.
 * @throws MkcoaError `bad-bundle` where it is no bundle, or holds what a bundle never does
 */
export function openBundle(secret: KubeObject): Bundle {
	const {namespace} = secret.metadata;
	const lists = new Map<List, KubeObject[]>();
	let leftOut: readonly string[] = [];
	for (const [key, packed] of Object.entries(textMapAt(secret, 'data')).toSorted(([a], [b]) => a.localeCompare(b, 'en'))) {
		const value = unpacked(secret, key, packed);
		if (key === leftOutKey) leftOut = (Array.isArray(value) ? value : []).filter(text => typeof text === 'string');
		else {
			const list = listOf(secret, key, value);
			if (!isObject(value) || value.metadata.namespace !== namespace) throw badBundle(secret, `${key} holds no object of its namespace`);
			lists.set(list, [...(lists.get(list) ?? []), value]);
		}
	}
	const [workload] = lists.get('workload') ?? [];
	if (workload === undefined) throw badBundle(secret, 'it holds no workload');
	const revision = Number(wordAt(secret, 'metadata', 'annotations', 'mkcoa.dev/revision')) || 0;
	const of = (list: List) => lists.get(list) ?? [];
	return {
		workload,
		revision,
		configs: of('configs'),
		secrets: of('secrets'),
		scalers: of('scalers'),
		budgets: of('budgets'),
		services: of('services'),
		routes: of('routes'),
		leftOut,
	};
}

const isObject = (value: Json): value is KubeObject =>
	isJsonObject(value) && isJsonObject(value.metadata) && typeof value.metadata.name === 'string';

const isList = (word: string): word is List => Object.hasOwn(kinds, word);

/** The list under whose name an object is kept. */
function listOf(secret: KubeObject, key: string, value: Json): List {
	const list = key.slice(0, Math.max(0, key.indexOf('.')));
	if (!isList(list) || !kinds[list].includes(wordAt(value, 'kind'))) throw badBundle(secret, `${key} is none of a bundle`);
	return list;
}

function unpacked(secret: KubeObject, key: string, packed: string): Json {
	try {
		return JSON.parse(gunzipSync(Buffer.from(packed, 'base64'), {maxOutputLength: mostUnpacked}).toString('utf8')) as Json;
	} catch (cause) {
		throw badBundle(secret, `${key} cannot be read`, cause);
	}
}

const badBundle = (secret: KubeObject, why: string, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'bad-bundle',
			what: `${refText(refOf(secret))} is not a bundle that mkcoa can read`,
			why,
			next: `Name a revision that has another bundle with --to, or delete this one, after which a rollback brings back the pod template alone: mkcoa k8s delete secret ${secret.metadata.name} -n ${secret.metadata.namespace}`,
		},
		{cause},
	);
