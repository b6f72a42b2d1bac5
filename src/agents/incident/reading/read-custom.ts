import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {isNotAllowed, MkcoaError, troubleOf} from '../../../core/error.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';
import type {ReadObjects} from './read-objects.ts';

/** A cluster may have hundreds of kinds of its own: of more than these nobody looks for objects. */
const mostKinds = 60;
/** So many lists are asked for at once. */
const atOnce = 8;
/** One page of a kind, whatever the cluster holds of it. */
const mostObjects = 500;

type Where = {readonly namespace: string | undefined; readonly signal: AbortSignal};

/** Of a kind: what is to go; that there were more than a page; or why it could not be listed. */
type Answer = {readonly ending: readonly KubeObject[]; readonly isMore: boolean} | {readonly why: string};

/** The kind that a definition stands for, in the version that is stored: to be told in another one it may have to be converted. */
function typeOf(definition: KubeObject): ResourceType | undefined {
	const served = listAt(definition, 'spec', 'versions').filter(each => valueAt(each, 'served') === true);
	const version = textAt(served.find(each => valueAt(each, 'storage') === true) ?? served[0], 'name');
	const [group, kind, plural] = [['group'], ['names', 'kind'], ['names', 'plural']].map(path => textAt(definition, 'spec', ...path));
	if (version === undefined || group === undefined || kind === undefined || plural === undefined) return undefined;
	return {
		apiVersion: `${group}/${version}`,
		kind,
		plural,
		singular: kind.toLowerCase(),
		shortNames: [],
		categories: [],
		namespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
		verbs: ['list'],
		subresources: [],
	};
}

async function endingOf(cluster: Pick<Cluster, 'list'>, type: ResourceType, {namespace, signal}: Where): Promise<Answer> {
	try {
		const page = await cluster.list({type, namespace, pageSize: mostObjects, onlyMetadata: true});
		signal.throwIfAborted();
		const ending = page.items
			.filter(({metadata}) => metadata.deletionTimestamp !== undefined)
			.map(object => ({...object, apiVersion: type.apiVersion, kind: type.kind}));
		return {ending, isMore: page.cursor !== undefined};
	} catch (error) {
		signal.throwIfAborted();
		// Its definition may be on its way in or out.
		if (error instanceof MkcoaError && ['unknown-kind', 'not-found'].includes(error.trouble.code)) return {ending: [], isMore: false};
		return {why: isNotAllowed(error) ? 'it needs the right to list them' : troubleOf(error).what};
	}
}

/** Kinds in a fixed order: those first whose group nothing that runs is called like, since what is left of them nobody looks after. */
function inOrder(definitions: readonly KubeObject[], objects: readonly KubeObject[]): readonly KubeObject[] {
	const running = objects
		.filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
		.map(({metadata}) => metadata.name)
		.join(' ');
	const isCalled = (definition: KubeObject) => {
		const [word = ''] = (textAt(definition, 'spec', 'group') ?? '').split('.');
		return Number(running.includes(word));
	};
	return definitions.toSorted((one, other) => isCalled(one) - isCalled(other) || (one.metadata.name < other.metadata.name ? -1 : 1));
}

/**
 * Objects of the kinds that a cluster was given by others, of those that are to go: something may hold them for ever. One page of each kind, and of it only what
 * every object has; of one namespace only kinds that have any. What was not looked at is told.
 * @param known kinds that are read with the rest
 */
export async function readEnding(
	cluster: Pick<Cluster, 'list'>,
	objects: readonly KubeObject[],
	{known, ...where}: Where & {readonly known: readonly string[]},
): Promise<ReadObjects> {
	const definitions = inOrder(
		objects.filter(({kind}) => kind === 'CustomResourceDefinition'),
		objects,
	);
	const types = definitions
		.flatMap(each => typeOf(each) ?? [])
		.filter(({namespaced, kind, apiVersion}) => (namespaced || where.namespace === undefined) && !isKnown(kind, apiVersion, known));
	const asked = types.slice(0, mostKinds);
	const answers: Answer[] = [];
	for (let start = 0; start < asked.length; start += atOnce) {
		where.signal.throwIfAborted();
		answers.push(...(await Promise.all(asked.slice(start, start + atOnce).map(type => endingOf(cluster, type, where)))));
	}
	return {
		objects: answers.flatMap(each => ('ending' in each ? each.ending : [])),
		unread: toldUnread(answers, types.length - asked.length, where.namespace),
	};
}

const isKnown = (kind: string, apiVersion: string, known: readonly string[]) =>
	known.includes(kind) && /(?:^|\.)k8s\.io\//.test(apiVersion);

function toldUnread(answers: readonly Answer[], left: number, namespace: string | undefined): readonly Unread[] {
	const kind = 'Custom resources';
	const refused = answers.flatMap(each => ('why' in each ? [each.why] : []));
	const long = answers.filter(each => 'isMore' in each && each.isMore);
	return [
		...(refused[0] === undefined ? [] : [{kind, why: `${count(refused.length, 'kind')} could not be listed: ${refused[0]}`, namespace}]),
		...(long.length === 0 ? [] : [{kind, why: `of ${count(long.length, 'kind')} there are more than ${mostObjects}`, namespace}]),
		...(left > 0
			? [{kind, why: `${count(left, 'more kind')} ${left === 1 ? 'was' : 'were'} not looked through for what is to be deleted`, namespace}]
			: []),
	];
}
