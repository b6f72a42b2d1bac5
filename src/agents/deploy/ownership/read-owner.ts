import {isNotAllowed} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';

/** An owner's object, or why there is none to read. */
export type Read = {readonly object?: KubeObject; readonly notChecked?: string};

type Mark = {readonly name?: string | undefined; readonly namespace?: string | undefined};

const typeOf = async (cluster: Cluster, plural: string): Promise<ResourceType | undefined> =>
	(await cluster.types()).find(type => `${type.plural}.${groupOf(type.apiVersion)}` === plural);

const notServed = (plural: string): Read => ({
	notChecked: `${plural} are not served by this cluster, so its owner may live in another one`,
});

async function readIn(cluster: Cluster, {apiVersion, kind, plural}: ResourceType, namespace: string, name: string): Promise<Read> {
	try {
		const object = await cluster.get({apiVersion, kind, namespace, name});
		return object === undefined ? {notChecked: `there is no ${kind} ${namespace}/${name} in this cluster`} : {object};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {notChecked: `reading ${plural} in namespace ${namespace} is not allowed`};
	}
}

/** One object whose mark tells its namespace. */
export async function readOne(cluster: Cluster, plural: string, {name, namespace}: Mark): Promise<Read> {
	const type = await typeOf(cluster, plural);
	if (type === undefined) return notServed(plural);
	if (name === undefined || namespace === undefined) return {notChecked: 'its mark does not tell where it lives'};
	return readIn(cluster, type, namespace, name);
}

/** One object whose mark may leave its namespace out: the usual one is read, then all of them are looked through. */
export async function readAnywhere(cluster: Cluster, plural: string, {name, namespace}: Mark, usual: string): Promise<Read> {
	const type = await typeOf(cluster, plural);
	if (type === undefined) return notServed(plural);
	if (name === undefined) return {notChecked: 'no mark tells its name'};
	const first = await readIn(cluster, type, namespace ?? usual, name);
	if (first.object !== undefined || namespace !== undefined) return first;
	try {
		for await (const object of cluster.each({type, fieldSelector: `metadata.name=${name}`})) return {object};
		return {notChecked: `there is no ${type.kind} ${name} in this cluster`};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return first;
	}
}

/** Where a Flux source fetches from; what it refers to may not be readable, and then nothing is told. */
export async function findSource(cluster: Cluster, {metadata}: KubeObject, ref: Json) {
	const [kind, name] = [textAt(ref, 'kind'), textAt(ref, 'name')];
	const namespace = textAt(ref, 'namespace') ?? metadata.namespace;
	const type = (await cluster.types()).find(each => each.kind === kind && groupOf(each.apiVersion) === 'source.toolkit.fluxcd.io');
	if (type === undefined || name === undefined || namespace === undefined) return {};
	const {object} = await readIn(cluster, type, namespace, name);
	const at = (...path: readonly string[]) => textAt(object, 'spec', ...path);
	return {repoUrl: at('url'), revision: at('ref', 'branch') ?? at('ref', 'tag') ?? at('ref', 'semver') ?? at('ref', 'commit')};
}
