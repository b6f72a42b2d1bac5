import type {Findings} from '../../tui/findings/findings-view.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {liveCell} from './live-cell.ts';
import {pollInto} from './poll-into.ts';
import {readFindings} from './read-findings.ts';
import {redactedFinding} from './redacted-finding.ts';
import type {Around} from './screen.ts';

const everyMs = 10_000;
const limitMs = 45_000;

/** The findings of the cluster, or of the namespace of the command line, read again until the signal aborts. What cannot be read leaves the last ones standing, and says so. */
export function findingsData(
	{call, terminal: {clock}, session}: Pick<Around, 'call' | 'terminal' | 'session'>,
	signal: AbortSignal,
): LiveData<Findings> & {readonly lookAgain: () => void} {
	const {namespace} = call.options;
	const where = namespace === undefined ? 'all namespaces' : `namespace ${namespace}`;
	const cell = liveCell<Findings>({about: where, findings: []});
	const read = async (within: AbortSignal): Promise<Findings> => {
		const {cluster, redact} = await session();
		const {context} = await cluster.target(undefined);
		const findings = await readFindings({cluster, namespace, nowMs: clock.now(), signal: within});
		return {about: `${context}, ${where}`, findings: findings.map(each => redactedFinding(each, redact)), readAt: clock.now()};
	};
	const lookAgain = pollInto(cell, read, {clock, everyMs, limitMs, signal});
	return {...cell, lookAgain};
}
