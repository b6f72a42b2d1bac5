import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {type KubeObject, type Ref, refKey} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../model/fields.ts';
import type {Cluster} from '../port.ts';
import {badYaml, type Manifest, type Problem} from './read-manifests.ts';

/** A manifest that names an object of the cluster. `newKind`: its kind is defined by the same text, and the cluster does not know it yet. */
export type CheckedManifest = {
	readonly object: KubeObject;
	readonly ref: Ref;
	readonly place: Omit<Problem, 'text'>;
	readonly newKind: boolean;
};

type Checked = CheckedManifest | {readonly problem: string};

/**
 * Makes objects of what was read: each has a kind that the cluster knows, a name, and a namespace where its kind wants one.
 * @throws MkcoaError `bad-manifest` that names every problem
 */
export async function checkManifests(
	cluster: Cluster,
	manifests: readonly Manifest[],
	namespace: string | undefined,
): Promise<readonly CheckedManifest[]> {
	const defined = new Map(manifests.flatMap(({object}) => definedKinds(object)));
	const checked: CheckedManifest[] = [];
	const problems: Problem[] = [];
	const seen = new Set<string>();
	for (const {object, document, line} of manifests) {
		const place = {document, line};
		const result = await checkOne(cluster, object, place, {namespace, defined});
		if ('problem' in result) problems.push({...place, text: result.problem});
		else if (seen.has(refKey(result.ref)))
			problems.push({...place, text: `${result.ref.kind} ${result.ref.name} stands twice in the text`});
		else checked.push(result);
		if ('ref' in result) seen.add(refKey(result.ref));
	}
	if (problems.length > 0) throw badYaml(problems, 'bad-manifest');
	return checked;
}

type Scope = {readonly namespace: string | undefined; readonly defined: ReadonlyMap<string, boolean>};

async function checkOne(
	cluster: Cluster,
	object: JsonObject,
	place: CheckedManifest['place'],
	{namespace, defined}: Scope,
): Promise<Checked> {
	const [apiVersion, kind, name] = [wordAt(object, 'apiVersion'), wordAt(object, 'kind'), wordAt(object, 'metadata', 'name')];
	if (apiVersion === '') return {problem: 'apiVersion is missing'};
	if (kind === '') return {problem: 'kind is missing'};
	if (name === '') return {problem: `${kind} has no metadata.name`};
	const known = await namespacedKind(cluster, {apiVersion, kind});
	const namespaced = known ?? defined.get(kindKey(apiVersion, kind));
	if (namespaced === undefined) return {problem: `the cluster has no kind ${kind} of ${apiVersion}`};
	const own = wordAt(object, 'metadata', 'namespace');
	if (namespaced && namespace !== undefined && own !== '' && own !== namespace)
		return {problem: `${kind} ${name} is of namespace ${own}, and ${namespace} was asked for`};
	const where = namespaced ? {namespace: own || (namespace ?? cluster.namespace)} : {};
	const {status: _, ...rest} = object;
	const {namespace: __, ...metadata} = isJsonObject(object.metadata) ? object.metadata : {};
	return {
		object: {...rest, apiVersion, kind, metadata: {...metadata, ...where, name}},
		ref: {apiVersion, kind, ...where, name},
		place,
		newKind: known === undefined,
	};
}

/** Whether objects of a kind live in namespaces; undefined for a kind that the cluster does not know. */
async function namespacedKind(cluster: Cluster, ref: {readonly apiVersion: string; readonly kind: string}): Promise<boolean | undefined> {
	try {
		return (await cluster.typeOfRef(ref)).namespaced;
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	}
}

const kindKey = (apiVersion: string, kind: string) => `${apiVersion} ${kind}`;

/** The kinds that a CustomResourceDefinition defines, one for each served version, and whether they are namespaced. */
function definedKinds(object: JsonObject): readonly (readonly [string, boolean])[] {
	if (object.kind !== 'CustomResourceDefinition') return [];
	const [group, kind] = [wordAt(object, 'spec', 'group'), wordAt(object, 'spec', 'names', 'kind')];
	return objectsAt(object, 'spec', 'versions').map(version => [
		kindKey(`${group}/${wordAt(version, 'name')}`, kind),
		wordAt(object, 'spec', 'scope') === 'Namespaced',
	]);
}
