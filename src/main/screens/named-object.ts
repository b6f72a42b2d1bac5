import {readObjects} from '../../agents/incident/reading/read-objects.ts';
import {statusKinds, wideStatusKinds} from '../../analysis/diagnosis/scene-kinds.ts';
import {MkcoaError} from '../../core/error.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';

const kinds: readonly string[] = [...statusKinds, ...wideStatusKinds];

/**
 * The object that a person means by `web`, `shop/web` or `service/web`. Where a Deployment and its Service share a name, it is the Deployment, from which the
 * Service is seen as well.
 * @throws MkcoaError `no-such-object` with names that are near, `ambiguous-name` with the places that there are
 */
export async function namedObject(text: string, cluster: Cluster, signal: AbortSignal): Promise<Ref> {
	const [name = '', before] = text.trim().split('/').reverse();
	const kind = before === undefined ? undefined : await kindOf(before, cluster);
	const namespace = before === undefined || kind !== undefined ? undefined : before;
	const {objects, unread} = await readObjects(cluster, kind === undefined ? kinds : [kind], {namespace, signal});
	const found = objects.filter(object => object.metadata.name === name && (namespace === undefined || isIn(object, namespace)));
	const own = namespace === undefined ? found.filter(object => isIn(object, cluster.namespace)) : found;
	const [first] = inOrder(own.length > 0 ? own : found);
	const places = [...new Set(found.map(({metadata}) => metadata.namespace ?? ''))];
	if (first === undefined) throw notThere(text, objects, unread.length > 0);
	if (own.length === 0 && places.length > 1) throw severalPlaces(name, places);
	return refOf(first);
}

const isIn = ({metadata}: KubeObject, namespace: string) => metadata.namespace === undefined || metadata.namespace === namespace;

const inOrder = (objects: readonly KubeObject[]) => objects.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));

async function kindOf(word: string, cluster: Cluster): Promise<string | undefined> {
	try {
		return (await cluster.typeOf(word)).kind;
	} catch (error) {
		// Then the word is a namespace.
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	}
}

function notThere(text: string, objects: readonly KubeObject[], isPartly: boolean): MkcoaError {
	const names = [...new Set(objects.map(({metadata}) => metadata.name))];
	const near = nearestNames(text.split('/').at(-1) ?? '', names);
	const what = text.trim() === '' ? 'No name was given' : `Nothing${isPartly ? ' that you may list' : ''} is called ${text}`;
	const next = near.length > 0 ? `Did you mean ${someOf(near)}?` : 'Name a workload, a pod or a Service: /incident NAME, or NAMESPACE/NAME';
	return new MkcoaError({kind: 'usage', code: 'no-such-object', what, next});
}

const severalPlaces = (name: string, places: readonly string[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'ambiguous-name',
		what: `There is a ${name} in ${someOf(places)}`,
		next: `Say which one: ${places[0]}/${name}`,
	});

/** What is asked of the conversation about an object. */
export const askedAbout = (about: Ref): string => {
	const {namespace, kind, name} = about;
	return `Why does ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`} not work?`;
};

export const titleOf = (about: Ref | string): string => (typeof about === 'string' ? about : refText(about));
