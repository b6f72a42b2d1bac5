import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject, type Ref, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {age} from '../../../core/text/age.ts';
import type {Effector} from '../../../core/tool.ts';
import {findType, nearTypes, preferredTypes} from '../client/discovery/find-type.ts';
import {unknownKind} from '../client/discovery/type-book.ts';
import type {Capture} from '../model/capture.ts';
import {podPhase} from '../model/pod-phase.ts';
import {workloadStatus} from '../model/workload-status.ts';
import type {Cluster, ClusterClient, ListPage, ListQuery, LogQuery, ResourceType, ServerTable} from '../port.ts';
import {fitsQuery} from './fits-query.ts';

const usualPage = 500;

const notCaptured = (what: string) =>
	new MkcoaError({kind: 'environment', code: 'not-captured', what, next: 'Ask the cluster itself, without --from'});

const standsStill = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'only-a-capture',
		what: 'A capture of a cluster cannot be changed',
		why: 'it is a file that says how the cluster was',
		next: 'Do it on the cluster itself, without --from',
	});

/** What a list or a look answers where the kind was not read, as it was told when the capture was made. */
function demandRead({unread, kinds, namespace: only}: Capture, {kind, namespaced}: ResourceType, namespace: string | undefined): void {
	if (namespaced && only !== undefined && namespace !== only && kind !== 'Service')
		throw new MkcoaError({
			kind: 'auth',
			code: 'not-allowed',
			what: `The capture holds namespace ${only} alone`,
			next: `Look there with -n ${only}`,
		});
	const gap = unread.find(
		each => each.kind === kind && each.except !== (namespace ?? '') && (each.namespace === undefined || each.namespace === namespace),
	);
	if (gap?.except !== undefined)
		throw new MkcoaError({kind: 'auth', code: 'not-allowed', what: `${kind}: ${gap.why}`, next: `Look there with -n ${gap.except}`});
	if (gap !== undefined) throw notCaptured(gap.why);
	if (!kinds.includes(kind)) throw notCaptured(`${kind} objects are not in the capture`);
}

/** Columns for people; the server's own were not captured. */
function tableOf(items: readonly KubeObject[], nowMs: number): Pick<ServerTable, 'columns' | 'rows'> {
	const columns = ['Name', 'Status', 'Age'].map(name => ({name, type: 'string', priority: 0}));
	const rows = items.map(object => {
		const {name, namespace, creationTimestamp} = object.metadata;
		const status =
			object.kind === 'Pod' ? podPhase(object).word : (workloadStatus(object)?.text ?? textAt(object, 'status', 'phase') ?? '');
		const old = creationTimestamp === undefined ? '' : age(nowMs - Date.parse(creationTimestamp));
		return {cells: [name, status, old], name, ...(namespace === undefined ? {} : {namespace})};
	});
	return {columns, rows};
}

const metricsPath = /^\/apis\/metrics\.k8s\.io\/[^/]+\/(?:namespaces\/([^/?]+)\/)?(pods|nodes)(?:\?.*)?$/;

function metricsAt(path: string, {metrics}: Capture): JsonObject | undefined {
	const [, namespace, plural = ''] = metricsPath.exec(path) ?? [];
	const all = metrics[plural];
	if (all === undefined || namespace === undefined) return all;
	return {...all, items: listAt(all, 'items').filter(item => textAt(item, 'metadata', 'namespace') === namespace)};
}

/** The lines that were captured of one run of a container; of a pod with one container its name may be left out. */
function linesOf({logs}: Capture, {namespace, pod, container, previous = false, tailLines}: LogQuery): readonly string[] {
	const found = logs.find(
		each =>
			each.namespace === namespace &&
			each.pod === pod &&
			(container === undefined || each.container === container) &&
			each.previous === previous,
	);
	if (found === undefined)
		throw notCaptured(
			`No log of ${previous ? 'the run before of ' : ''}pod ${namespace}/${pod} is in the capture: it holds those of pods that were unwell`,
		);
	return tailLines === undefined ? found.lines : found.lines.slice(-tailLines);
}

/**
 * A cluster that is read from a capture: every question that was looked at is answered as the cluster answered it then, and nothing changes.
 * @param namespace the one to look into where a tool is given none
 */
export function capturedCluster(capture: Capture, namespace: string | undefined): Pick<ClusterClient, 'cluster' | 'effector'> {
	const {types, target, takenAt} = capture;
	const nowMs = Date.parse(takenAt);
	const home = namespace ?? capture.namespace ?? target.namespace ?? 'default';
	const byKey = new Map(capture.objects.map(object => [refKey(refOf(object)), object]));
	const byType = Map.groupBy(capture.objects, ({apiVersion, kind}) => `${groupOf(apiVersion)} ${kind}`);

	const find = (name: string, found: ResourceType | undefined) => {
		if (found === undefined) throw unknownKind(name, nearTypes(types, name), []);
		return found;
	};
	const listed = (query: ListQuery): readonly KubeObject[] => {
		const {type} = query;
		demandRead(capture, type, query.namespace);
		return (byType.get(`${groupOf(type.apiVersion)} ${type.kind}`) ?? []).filter(object => fitsQuery(object, query));
	};
	const page = (query: ListQuery) => {
		const all = listed(query);
		const start = Number(query.cursor ?? 0);
		const end = start + (query.pageSize ?? usualPage);
		return {items: all.slice(start, end), ...(end < all.length ? {cursor: String(end), remaining: all.length - end} : {})};
	};
	const get = async (ref: Ref) => {
		const held = byKey.get(refKey(ref));
		if (held !== undefined) return held;
		const type = types.find(each => each.kind === ref.kind && groupOf(each.apiVersion) === groupOf(ref.apiVersion));
		if (type !== undefined) demandRead(capture, type, ref.namespace);
		return undefined;
	};
	const cluster: Cluster = {
		namespace: home,
		target: async place => ({...target, ...(place === undefined ? {} : {namespace: place})}),
		types: async () => preferredTypes(types),
		typeOf: async name => find(name, findType(types, name)),
		typeOfRef: async ({apiVersion, kind}) =>
			find(
				`${kind} of ${apiVersion}`,
				types.find(type => type.apiVersion === apiVersion && type.kind === kind),
			),
		get,
		list: async (query): Promise<ListPage> => ({...page(query), resourceVersion: '0'}),
		async *each(query) {
			yield* listed(query);
		},
		table: async query => {
			const {items, ...rest} = page(query);
			return {...tableOf(items, nowMs), ...rest};
		},
		async *watch(query) {
			for (const object of listed(query)) yield {type: 'added', object};
			yield {type: 'synced'};
		},
		async *logs(query) {
			yield* linesOf(capture, query);
		},
		dryRun: async () => ({computed: 'refused', reason: 'a capture of a cluster cannot be changed'}),
		canI: async questions => questions.map(() => ({allowed: false, reason: 'unknown: a capture tells of no rights'})),
		rules: async () => ({}),
		raw: async path => metricsAt(path, capture),
		text: async () => undefined,
		probe: async () => ({answered: false, why: 'a capture of a cluster runs no programs'}),
		contexts: () => [],
	};
	const effector: Effector = {
		async demandRights() {
			throw standsStill();
		},
		read: get,
		async send() {
			throw standsStill();
		},
	};
	return {cluster, effector};
}
