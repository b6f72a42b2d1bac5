import {readObjects, unreadIn} from '../../agents/incident/reading/read-objects.ts';
import {lastWords} from '../../agents/router/diagnose/last-words.ts';
import type {Unread} from '../../analysis/detection/snapshot.ts';
import type {Scene} from '../../analysis/diagnosis/case.ts';
import {reasonKinds, statusKinds, wideReasonKinds, wideStatusKinds} from '../../analysis/diagnosis/scene-kinds.ts';
import {incidentOf} from '../../analysis/findings/incident-of.ts';
import type {Finding} from '../../core/finding.ts';
import type {JournalEntry, JournalReader} from '../../core/journal.ts';
import {type KubeObject, type Ref, refKey, refOf, refText} from '../../core/kube/kube-object.ts';
import type {Incident} from '../../tui/findings/incident-view.ts';
import type {Session} from '../session.ts';
import {uncheckedKinds} from './unchecked.ts';

type Asked = {
	readonly session: Pick<Session, 'cluster'> & {readonly state: {readonly reader: Pick<JournalReader, 'list'>}};
	readonly about: Ref;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/** So far back the journal is searched for changes of what is looked at. */
const searched = 50;
const mostChanges = 3;

/** Everything about one object: the chain of causes with the last words of what ends, what stands around it, what was changed there, and what nobody looked at. */
export async function readIncident({session, about, nowMs, signal}: Asked): Promise<Incident> {
	const {cluster, state} = session;
	const {scene, unread} = await readAround(session, about, signal);
	const changes = changesOf(about, await state.reader.list(searched));
	const target = scene.objects.find(object => refKey(refOf(object)) === refKey(about));
	if (target === undefined) {
		const gone = `${refText(about)} is not there, or may not be read`;
		return {title: gone, chain: [], others: [...changes, ...uncheckedKinds(unread)], state: gone, readAt: nowMs};
	}
	const {crashing, chain, others, ...traced} = incidentOf(target, scene, nowMs);
	const words = await lastWords(crashing, scene.namespace, cluster, signal);
	const said = words.flatMap(({origin, lines}) => lines.map(detail => ({source: `last lines of ${origin}`, detail})));
	return {...traced, chain: withSaid(chain, said), others: [...others, ...changes, ...uncheckedKinds(unread)], readAt: nowMs};
}

async function readAround({cluster}: Pick<Session, 'cluster'>, {namespace}: Ref, signal: AbortSignal) {
	const kinds: readonly string[] = namespace === undefined ? statusKinds : [...statusKinds, ...reasonKinds];
	const [own, wide] = await Promise.all([
		namespace === undefined ? {objects: [], unread: []} : readObjects(cluster, kinds, {namespace, signal}),
		readObjects(cluster, [...wideStatusKinds, ...wideReasonKinds], {signal}),
	]);
	const unread: readonly Unread[] = [...own.unread, ...wide.unread];
	const objects: readonly KubeObject[] = [...own.objects, ...wide.objects];
	const scene: Scene = {namespace: namespace ?? '', objects, unread: unreadIn(unread, namespace ?? '')};
	return {scene, unread};
}

/** What a program said last stands with its root cause. */
function withSaid(chain: readonly Finding[], said: Finding['evidence']): readonly Finding[] {
	const root = chain.at(-1);
	return root === undefined || said.length === 0 ? chain : [...chain.slice(0, -1), {...root, evidence: [...root.evidence, ...said]}];
}

/** What was done to it by mkcoa a while ago is what people ask for first. */
function changesOf(about: Ref, entries: readonly JournalEntry[]): readonly Finding[] {
	const own = entries.filter(({plan}) => plan.changes.some(({ref}) => refKey(ref) === refKey(about))).slice(0, mostChanges);
	return own.map(({id, startedAt, approval, plan, undoneBy}) => ({
		id: 'changed-before',
		status: 'not-applicable',
		severity: 'low',
		resource: about,
		evidence: [{source: `history, entry ${id}`, detail: `mkcoa undo ${id} takes it back`}],
		cause: `${approval.by} changed it at ${startedAt}${undoneBy === undefined ? '' : ', since taken back'}: ${plan.summary}`,
	}));
}
