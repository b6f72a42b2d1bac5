import type {Json} from '../../../src/core/json.ts';
import {listAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {type Endpoint, type Question, request} from '../../servers/request.ts';
import {type Kind, type KindTable, kindTable} from './kind-table.ts';
import {type Reply, replyText} from './reply.ts';

/** The cluster as the judge asks it: as the admin, with nothing of the product between. */
export type ClusterApi = {
	readonly send: (question: Question) => Promise<Reply>;
	/** Undefined where there is none, or no such kind. Of a cluster-wide kind the namespace does not matter. */
	readonly get: (kind: string, namespace: string | undefined, name: string) => Promise<KubeObject | undefined>;
	readonly list: (kind: string, namespace: string, labelSelector?: string) => Promise<readonly KubeObject[]>;
	/** @param kind `Service`, or `v1/Service` where several groups have it @throws where the cluster serves no such kind */
	readonly path: (kind: string, namespace: string | undefined, name?: string, subresource?: string) => Promise<string>;
	/** Undefined where the cluster serves no such kind. */
	readonly kindOf: (kind: string) => Promise<Kind | undefined>;
};

export function clusterApi(endpoint: Endpoint): ClusterApi {
	const send: ClusterApi['send'] = async question => {
		try {
			const {status, text} = await request(endpoint, question);
			return {status, body: parsed(text)};
		} catch (error) {
			return {status: 0, body: String(error)};
		}
	};
	let kinds: Promise<KindTable> | undefined;
	/** Kinds that were not known may have come since. */
	const kindOf = async (kind: string) => {
		kinds ??= kindTable(send);
		const known = (await kinds).get(kind);
		if (known !== undefined) return known;
		kinds = kindTable(send);
		return (await kinds).get(kind);
	};
	const path: ClusterApi['path'] = async (kind, namespace, name, subresource) => {
		const type = await kindOf(kind);
		if (type === undefined) throw new Error(`the cluster serves no ${kind}`);
		const inNamespace = type.isNamespaced && namespace !== undefined ? ['namespaces', namespace] : [];
		const root = type.apiVersion.includes('/') ? '/apis' : '/api';
		return [root, type.apiVersion, ...inNamespace, type.plural, name, subresource].filter(step => step !== undefined).join('/');
	};
	return {
		send,
		path,
		kindOf,
		async get(kind, namespace, name) {
			if ((await kindOf(kind)) === undefined) return undefined;
			const {status, body} = await send({path: await path(kind, namespace, name)});
			if (status === 200) return body as KubeObject;
			if (status !== 404) throw new Error(`${kind} ${name}: ${replyText({status, body})}`);
			return undefined;
		},
		async list(kind, namespace, labelSelector) {
			const query = labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(labelSelector)}`;
			const {body} = await send({path: `${await path(kind, namespace)}${query}`});
			// What the server lists are objects; where it lists none, an assertion about one does not hold.
			return listAt(body, 'items') as readonly KubeObject[];
		},
	};
}

function parsed(text: string): Json {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
