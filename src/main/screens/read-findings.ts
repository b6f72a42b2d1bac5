import {setImmediate} from 'node:timers/promises';
import {type ReadObjects, readObjects, unreadIn} from '../../agents/incident/reading/read-objects.ts';
import type {Unread} from '../../analysis/detection/snapshot.ts';
import type {Scene} from '../../analysis/diagnosis/case.ts';
import {reasonKinds, statusKinds, wideReasonKinds, wideStatusKinds} from '../../analysis/diagnosis/scene-kinds.ts';
import {sickFindings} from '../../analysis/findings/sick-findings.ts';
import {type Sick, sicknessOf} from '../../analysis/findings/sick-in.ts';
import {suspectsIn} from '../../analysis/findings/suspects-in.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Finding} from '../../core/finding.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import {unchecked, uncheckedKinds} from './unchecked.ts';

/** In more namespaces than this nobody looks for causes at once. */
const mostNamespaces = 20;
/** Of one namespace no more things than this. */
const mostSuspects = 60;

type Asked = {
	readonly cluster: Cluster;
	/** One namespace, or all of them. */
	readonly namespace?: string | undefined;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/**
 * What is wrong in a cluster. Everything is looked at by its status; causes are looked for only where something is wrong, and there alone ConfigMaps, events and
 * the names of keys are read. What was not looked at is told.
 * @throws MkcoaError where nobody answers, or nothing at all may be read: that would look like a cluster that is well
 */
export async function readFindings(asked: Asked): Promise<readonly Finding[]> {
	const {cluster, namespace, signal} = asked;
	const [status, wide] = await Promise.all([
		readObjects(cluster, statusKinds, {namespace, signal}),
		readObjects(cluster, wideStatusKinds, {signal}),
	]);
	if (status.unread.length > 0 && status.unread.filter(({except}) => except === undefined).length === statusKinds.length)
		throw nothingRead(status.unread);
	const suspects = bySuspects(status, asked);
	const looked = suspects.slice(0, mostNamespaces);
	const wideReasons = looked.length === 0 ? nothing : await readObjects(cluster, wideReasonKinds, {signal});
	const unread = [...status.unread, ...wide.unread, ...wideReasons.unread];
	const around = [...wide.objects, ...wideReasons.objects];
	const found = await Promise.all(looked.map(each => lookedInto(each, around, unread, asked)));
	const nodes = ofWide({namespace: '', objects: [...wide.objects, ...status.objects]}, namespace, asked.nowMs);
	return [
		...sickFindings([...found.flatMap(({sick}) => sick), ...nodes]),
		...uncheckedKinds([...unread, ...found.flatMap(each => each.unread)]),
		...found.flatMap(each => each.left),
		...leftNamespaces(suspects.slice(mostNamespaces)),
		beyond,
	];
}

const nothing = {objects: [], unread: []};

const nothingRead = ([first]: readonly Unread[]) =>
	new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: 'Nothing could be looked at',
		why: `${first?.kind} and every other kind: ${first?.why}`,
		next: 'Ask for the right to list them, as the role view has it, or name a namespace of yours with -n',
	});

type Suspected = {readonly scene: Scene; readonly suspects: readonly KubeObject[]};

/** Namespaces in which something may be wrong, those with most of it first. */
function bySuspects({objects, unread}: ReadObjects, {namespace: only, nowMs}: Asked): readonly Suspected[] {
	const groups = Map.groupBy(objects, ({metadata}) => metadata.namespace ?? '');
	return [...groups]
		.filter(([namespace]) => namespace !== '' && (only === undefined || namespace === only))
		.map(([namespace, own]) => {
			const scene = {namespace, objects: own, unread: unreadIn(unread, namespace)};
			return {scene, suspects: suspectsIn(scene, nowMs)};
		})
		.filter(({suspects}) => suspects.length > 0)
		.toSorted((a, b) => b.suspects.length - a.suspects.length);
}

type Looked = {readonly sick: readonly Sick[]; readonly unread: readonly Unread[]; readonly left: readonly Finding[]};

/** Looks for the causes of what is suspected in one namespace. */
async function lookedInto(
	{scene: {namespace, objects}, suspects}: Suspected,
	around: readonly KubeObject[],
	unread: readonly Unread[],
	{cluster, nowMs, signal}: Asked,
): Promise<Looked> {
	const reasons = await readObjects(cluster, reasonKinds, {namespace, signal});
	const scene = {
		namespace,
		objects: [...objects, ...reasons.objects, ...around],
		unread: unreadIn([...unread, ...reasons.unread], namespace),
	};
	const sick: Sick[] = [];
	for (const object of suspects.slice(0, mostSuspects)) {
		const found = sicknessOf(object, scene, nowMs);
		if (found !== undefined) sick.push(found);
		// Keys of the screen are heard in between.
		await setImmediate();
	}
	const rest = suspects.length - mostSuspects;
	const why = `more than ${mostSuspects} things in namespace ${namespace} are not well; mend some, or ask about one by its name`;
	return {
		sick,
		unread: reasons.unread,
		left: rest > 0 ? [unchecked('things-left-out', `${count(rest, 'thing')} in ${namespace}`, why)] : [],
	};
}

/** Nodes and namespaces: of one namespace that is asked for, itself alone and the nodes. */
const ofWide = (scene: Scene, namespace: string | undefined, nowMs: number): readonly Sick[] =>
	suspectsIn({...scene, objects: scene.objects.filter(({metadata}) => metadata.namespace === undefined)}, nowMs)
		.filter(({kind, metadata}) => kind !== 'Namespace' || namespace === undefined || metadata.name === namespace)
		.flatMap(object => sicknessOf(object, scene, nowMs) ?? []);

function leftNamespaces(left: readonly Suspected[]): readonly Finding[] {
	if (left.length === 0) return [];
	const names = left.map(({scene}) => scene.namespace);
	const why = `${count(left.length, 'more namespace')} (${someOf(names)}) may be unwell: look at one with -n NAMESPACE`;
	return [unchecked('namespaces-left-out', someOf(names), why)];
}

const beyond = unchecked(
	'metrics-and-logs',
	'error rates, response times and logs',
	'a table does not read metrics and logs: open a finding for its last lines, or ask in the conversation',
);
