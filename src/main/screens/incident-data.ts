import type {Ref} from '../../core/kube/kube-object.ts';
import type {Incident} from '../../tui/findings/incident-view.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {liveCell} from './live-cell.ts';
import {titleOf} from './named-object.ts';
import {pollInto} from './poll-into.ts';
import {readIncident} from './read-incident.ts';
import {redactedFinding} from './redacted-finding.ts';
import type {Around} from './screen.ts';

type Subject = {
	/** As it was asked for. */
	readonly about: Ref | string;
	/** Finds out which object that is; once. */
	readonly refOfIt: () => Promise<Ref>;
};

export type IncidentData = LiveData<Incident> & {
	/** Looks at once, and from now on says how it was before. */
	readonly lookAgain: (before: string | undefined) => void;
};

/** What has no namespace stands in all of them: so much is read for it that it is read as rarely as the findings of a cluster. */
const paceMs = {ofNamespace: 3000, ofCluster: 10_000};
const limitMs = 30_000;

/** What is wrong with one thing, read again until the signal aborts. */
export function incidentData(
	{terminal: {clock}, session}: Pick<Around, 'terminal' | 'session'>,
	{about, refOfIt}: Subject,
	signal: AbortSignal,
): IncidentData {
	const cell = liveCell<Incident>({title: titleOf(about), chain: [], others: []});
	let before: string | undefined;
	let everyMs = paceMs.ofNamespace;
	const read = async (within: AbortSignal): Promise<Incident> => {
		const opened = await session();
		const {redact} = opened;
		const found = await refOfIt();
		everyMs = found.namespace === undefined ? paceMs.ofCluster : paceMs.ofNamespace;
		const {chain, others, ...rest} = await readIncident({session: opened, about: found, nowMs: clock.now(), signal: within});
		return {
			...redact(rest),
			chain: chain.map(each => redactedFinding(each, redact)),
			others: others.map(each => redactedFinding(each, redact)),
			before,
		};
	};
	const again = pollInto(cell, read, {clock, everyMs: () => everyMs, limitMs, signal});
	return {
		...cell,
		lookAgain(was) {
			before = was;
			again();
		},
	};
}
