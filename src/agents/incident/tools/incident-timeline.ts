import {graphOf} from '../../../analysis/detection/graph/dependents.ts';
import {type Seen, timelineOf} from '../../../analysis/timeline/timeline.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {parseDuration} from '../../../core/duration.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {IncidentPorts, JournalPorts} from '../ports.ts';
import {readJournal} from '../reading/read-journal.ts';
import {readTarget, targetInput} from '../reading/read-target.ts';
import {timelineSchema} from '../timeline-output.ts';
import {timelineText} from '../timeline-text.ts';

/** What happened before the night that somebody is called in mostly began in the day before it. */
const usualSince = '6h';

/** More than this are left out, the oldest first. */
const mostHappenings = 200;

export const incidentTimeline = readTool({
	name: 'incident_timeline',
	summary: 'Tells what happened to an object and around it: writes, rollouts, conditions, restarts, events',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'timeline'],
	positionals: ['target'],
	input: targetInput.extend({
		since: checkedText(20, /^[0-9a-z.]+$/, 'expected a time such as 30m, 6h or 48h')
			.default(usualSince)
			.describe('How far back to look'),
	}),
	output: timelineSchema,
	text: timelineText,

	async run({target, namespace, since}, {ports: {cluster, journal}, clock, signal, emit}: Context<IncidentPorts & JournalPorts>) {
		const fromMs = clock.now() - sinceMs(since);
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const [{ref, object, survey, notChecked}, entries] = await Promise.all([
			readTarget(cluster, {target, namespace, nowMs: clock.now(), signal}),
			readJournal(cluster, journal),
		]);
		const all = timelineOf(ref, {survey, graph: graphOf(survey), journal: entries});
		if (object === undefined && all.length === 0)
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-found',
				what: `${refText(ref)} does not exist, and nothing is known of it`,
				next: 'Name it as KIND/NAME, and its namespace with -n',
			});
		const told = all.filter(({at, until}) => Date.parse(until ?? at) >= fromMs).slice(-mostHappenings);
		return {
			target: ref,
			since: new Date(fromMs).toISOString(),
			happenings: told.map(toldHappening),
			leftOut: all.length - told.length,
			notChecked: [...notChecked],
		};
	},
});

/** @throws MkcoaError for what is no time */
function sinceMs(text: string): number {
	const ms = parseDuration(text);
	if (ms !== undefined) return ms;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-time',
		what: `${JSON.stringify(text)} is no span of time`,
		next: 'Write one such as 30m, 6h or 48h',
	});
}

const toldHappening = ({at, until, ref, source, text, count, others, isBad, isAround}: Seen) => ({
	at,
	...(until === undefined ? {} : {until}),
	ref,
	source,
	text: plainLine(text),
	count,
	others,
	bad: isBad,
	around: isAround,
});
