import {inTurns} from '../../agents/incident/reading/in-turns.ts';
import {readAroundNode} from '../../agents/incident/reading/read-around-node.ts';
import {readSnapshot} from '../../agents/incident/reading/read-snapshot.ts';
import {offeredIncident} from '../../agents/incident/recovery/offered-incident.ts';
import {lastWords} from '../../agents/router/diagnose/last-words.ts';
import {detecting} from '../../analysis/detection/detect.ts';
import {surveyOf} from '../../analysis/detection/survey.ts';
import {type Trace, traceOf} from '../../analysis/detection/trace/trace.ts';
import type {Finding} from '../../core/finding.ts';
import type {JournalEntry, JournalReader} from '../../core/journal.ts';
import {type Ref, refKey, refText} from '../../core/kube/kube-object.ts';
import type {Incident} from '../../tui/findings/incident-view.ts';
import type {Session} from '../session.ts';
import {notLookedAt, onItsWay, uncheckedKinds} from './unchecked.ts';

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
export async function readIncident({session: {cluster, state}, about, nowMs, signal}: Asked): Promise<Incident> {
	const {namespace} = about;
	const isNode = about.kind === 'Node' && namespace === undefined;
	const asked = {namespace, nowMs, signal};
	const survey = surveyOf(await (isNode ? readAroundNode(cluster, asked) : readSnapshot(cluster, asked)));
	const unread = uncheckedKinds(survey.snapshot.unread);
	const changes = changesOf(about, await state.reader.list(searched));
	const target = survey.find(about.kind, namespace, about.name);
	if (target === undefined) {
		const gone = `${refText(about)} is not there, or may not be read`;
		return {title: gone, chain: [], others: [...changes, ...unread], state: gone, readAt: nowMs};
	}
	const traced = traceOf(target, survey, await inTurns(detecting(survey), signal));
	const words = namespace === undefined ? [] : await lastWords(traced.crashing, namespace, cluster, signal);
	const said = words.flatMap(({origin, lines}) => lines.map(detail => ({source: `last lines of ${origin}`, detail})));
	const {chain, others} = toldTrace(about, traced);
	const [first] = chain;
	return {
		title: titled(refText(about), first?.cause ?? traced.wellText),
		since: traced.since,
		chain: withSaid(chain, said),
		others: [...others, ...changes, ...unread],
		state: stateOf(chain) ?? traced.wellText,
		readAt: nowMs,
	};
}

/** What shows, then the cause that explains it most directly; everything else stands around it. */
function toldTrace(about: Ref, {signs, roots, beside, well, onTheirWay, unseen}: Trace): Pick<Incident, 'chain' | 'others'> {
	const [root, ...more] = roots.map(incident => offeredIncident(incident, about.namespace));
	const waiting = onTheirWay.map(onItsWay);
	const own = waiting.find(({resource}) => resource !== undefined && refKey(resource) === refKey(about));
	const end = root ?? (signs.length === 0 ? undefined : (own ?? unexplained(about)));
	const shown = signs.filter(({cause, resource}) => cause !== end?.cause || resource?.name !== end.resource?.name);
	return {
		chain: end === undefined ? [] : [...shown, end],
		others: [
			...more,
			...beside.map(incident => offeredIncident(incident, about.namespace)),
			...waiting.filter(each => each !== end),
			...well.map(nothingFound),
			...unseen.map(({en}) => notLookedAt(en)),
		],
	};
}

const unexplained = (resource: Ref): Finding => ({
	id: 'cause-not-found',
	status: 'fail',
	severity: 'medium',
	resource,
	evidence: [],
	cause: 'Nothing that was looked at says why',
});

const nothingFound = (resource: Ref): Finding => ({
	id: 'nothing-found',
	status: 'pass',
	severity: 'low',
	resource,
	evidence: [],
	cause: 'No fault shows in it',
});

/** What shows and why, in one line. */
function stateOf(chain: readonly Finding[]): string | undefined {
	const [first, ...others] = chain;
	const root = others.at(-1);
	return root === undefined ? first?.cause : `${first?.cause}; ${root.cause}`;
}

/** Many causes begin with the name of what they are about. */
const titled = (name: string, text: string) => (text.startsWith(name) ? text : `${name}: ${text}`);

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
