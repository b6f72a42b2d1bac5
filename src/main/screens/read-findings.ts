import {inTurns} from '../../agents/incident/reading/in-turns.ts';
import {readSnapshot} from '../../agents/incident/reading/read-snapshot.ts';
import {offeredIncident} from '../../agents/incident/recovery/offered-incident.ts';
import {detecting} from '../../analysis/detection/detect.ts';
import {surveyOf} from '../../analysis/detection/survey.ts';
import type {Finding} from '../../core/finding.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import {onItsWay, unchecked, uncheckedKinds} from './unchecked.ts';

type Asked = {
	readonly cluster: Cluster;
	/** One namespace, or all of them. */
	readonly namespace?: string | undefined;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/**
 * What is wrong in a cluster, as `incident detect` finds it, and what was not looked at.
 * @throws MkcoaError where nobody answers, or nothing at all may be read: that would look like a cluster that is well
 */
export async function readFindings({cluster, namespace, nowMs, signal}: Asked): Promise<readonly Finding[]> {
	const snapshot = await readSnapshot(cluster, {namespace, nowMs, signal});
	const {incidents, onTheirWay} = await inTurns(detecting(surveyOf(snapshot)), signal);
	return [
		...incidents.map(incident => offeredIncident(incident, namespace)),
		...onTheirWay.map(onItsWay),
		...uncheckedKinds(snapshot.unread),
		beyond,
	];
}

const beyond = unchecked(
	'metrics-and-logs',
	'error rates, response times and the logs of what runs',
	'a table reads no metrics, and of logs the last lines of what ended: ask in the conversation',
);
