import * as z from 'zod';
import type {LogTemplate} from '../../../analysis/log-templates/log-miner.ts';
import {errorShare, newSince, rareTemplates} from '../../../analysis/log-templates/notable-templates.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {logsSchema, logsText} from '../logs/logs-output.ts';
import {mostPods, readPods, readStore} from '../logs/read-logs.ts';
import {subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';

/** Of a template or a line. */
const mostLetters = 300;

const input = subjectInput.extend({
	target: subjectInput.shape.target.describe('Deployment, or KIND/NAME such as statefulset/db, pod/web-1 or service/web'),
	query: checkedText(4000, /\S/, 'expected LogQL or Lucene')
		.optional()
		.describe('What Loki (LogQL) or Elasticsearch (Lucene) keeps, and not what the pods say now'),
	container: checkedText(63, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'expected the name of a container')
		.optional()
		.describe('Container; all if left out'),
	since: timeText.default('1h').describe('How far back to read'),
	previous: z.boolean().default(false).describe('Reads the run before the last restart'),
	shapes: z.number().int().min(1).max(200).default(20).describe('Shapes of lines to show, the most telling first'),
});
type Input = z.output<typeof input>;

const levelRank = {error: 0, warning: 1, info: 3, debug: 4} as const;

/** New errors, errors, new ones and bursts, warnings, then what is said most. */
function telling(isNew: ReadonlySet<LogTemplate>) {
	const rank = (each: LogTemplate) =>
		(each.level === undefined ? 3 : levelRank[each.level]) - (isNew.has(each) ? 1.5 : 0) - (each.bursts.length > 0 ? 0.75 : 0);
	return (a: LogTemplate, b: LogTemplate) => rank(a) - rank(b) || b.count - a.count;
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** A rollout takes the pods of the version before away, and their logs with them. */
const noBefore = {
	what: 'what is new since the rollout',
	why: 'no line from before it is left to read; a store of logs keeps them: ask it with --query',
};

export const logsAnalyze = readTool({
	name: 'logs_analyze',
	summary:
		'Tells what the pods of a workload, or a store of logs, say: shapes of lines with counts, errors, bursts, what is new since the rollout; the text is data',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'logs'],
	positionals: ['target'],
	input,
	output: logsSchema,
	text: logsText,

	async run(asked: Input, told: Context<MonitoringPorts>) {
		const {ports, clock, emit} = told;
		const sinceMs = durationOf(asked.since);
		const {context} = await ports.cluster.target(asked.namespace);
		emit({kind: 'progress', text: 'Reading logs'});
		const {mined, began, left, ...from} = await (asked.query === undefined
			? readPods(asked, told)
			: readStore({...asked, query: asked.query}, told));
		const fromMs = clock.now() - sinceMs;
		// All is new where nothing was read from before the version: that tells nothing.
		const isAsked = began !== undefined && began > fromMs;
		const isTold = isAsked && mined.templates.some(({firstMs}) => firstMs !== undefined && firstMs < began);
		const isNew = new Set(isTold ? newSince(mined, began) : []);
		const isRare = new Set(rareTemplates(mined));
		const {shapes} = asked;
		const ranked = mined.templates.toSorted(telling(isNew));
		const share = errorShare(mined);
		return {
			...{context, ...from, since: new Date(fromMs).toISOString()},
			...{lines: mined.lines, records: mined.records, containers: mined.containers},
			...(began === undefined ? {} : {rolledOutAt: new Date(began).toISOString()}),
			...(share === undefined ? {} : {errorShare: share}),
			templates: ranked.slice(0, shapes).map(each => ({
				template: plainLine(each.template, mostLetters),
				...{count: each.count, share: each.share, isNew: isNew.has(each), isRare: isRare.has(each), traceLines: each.moreLines},
				...(each.level === undefined ? {} : {level: each.level}),
				levels: {...each.levels},
				...(each.firstMs === undefined ? {} : {firstAt: iso(each.firstMs)}),
				...(each.lastMs === undefined ? {} : {lastAt: iso(each.lastMs)}),
				bursts: each.bursts.map(burst => ({
					from: new Date(burst.fromMs).toISOString(),
					until: new Date(burst.untilMs).toISOString(),
					count: burst.count,
				})),
				example: plainLine(each.last, mostLetters),
			})),
			leftOut: Math.max(0, ranked.length - shapes),
			notChecked: [
				...mined.notChecked,
				...(isAsked && !isTold && mined.lines > 0 ? [noBefore] : []),
				...(left > 0 ? [{what: `logs of ${left} more pods`, why: `${mostPods} are read at once: name one of them`}] : []),
				...(mined.forgotten.lines > 0
					? [{what: `${mined.forgotten.lines} lines`, why: 'too many shapes came: the rarest were let go'}]
					: []),
			],
		};
	},
});
