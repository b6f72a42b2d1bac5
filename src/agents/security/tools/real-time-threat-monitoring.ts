import {stringify} from 'yaml';
import * as z from 'zod';
import {proposeExceptions} from '../../../analysis/audit-log/audit-exceptions.ts';
import {count} from '../../../core/text/count.ts';
import {fence} from '../../../core/text/fence.ts';
import {textLines} from '../../../core/text/styled.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import type {AuditPorts} from '../../../mcp/security/audit-log/port.ts';
import {momentText, periodOf} from '../../../mcp/security/model/moment.ts';
import type {ThreatPorts} from '../audit/audit-settings.ts';
import {readThreats} from '../audit/read-threats.ts';

const proposed = z.object({
	detection: z.string(),
	actor: z.string(),
	target: z.string().optional(),
	reason: z.string(),
	expires: z.string(),
	times: z.number(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
});

const kept = z.object({
	detection: z.string(),
	actor: z.string(),
	target: z.string().optional(),
	owner: z.string(),
	reason: z.string(),
	expires: z.string(),
	/** Sightings that it meets. */
	met: z.number(),
	/** `ended`: it covers nothing any more; `unused`: it meets nothing. */
	state: z.enum(['used', 'unused', 'ended']),
});

const output = z.object({
	source: z.string().optional(),
	events: z.number(),
	/** For a person to read, sign with an owner, and keep. */
	proposed: z.array(proposed),
	leftOut: z.number(),
	exceptions: z.array(kept),
	notChecked: z.array(uncheckedSchema),
});
type Told = z.output<typeof output>;

/** What a person pastes below `audit:` and signs. The owner is left for him: a file without one is refused. */
const fileText = (rows: Told['proposed']) =>
	stringify({exceptions: rows.map(({times: _, severity: __, ...row}) => ({...row, owner: ''}))}, {lineWidth: 0}).trimEnd();

export const realTimeThreatMonitoring = readTool({
	name: 'real_time_threat_monitoring',
	summary:
		'Learns from a Kubernetes audit log what is usual and proposes exceptions to threats for a person to review; tells which exceptions match nothing or ended. mkcoa security watch follows the log',
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'baseline'],
	positionals: [],
	input: z.object({
		since: momentText.optional().describe('From when on to learn; all of the log if left out'),
		limit: z.number().int().positive().max(500).default(20).describe('Exceptions to propose, the most frequent first'),
	}),
	output,
	text({source = 'no audit log', events, proposed: offered, leftOut, exceptions, notChecked}, view) {
		const ofState = (state: string) => exceptions.filter(each => each.state === state);
		const line = ({detection, actor, target, owner, expires}: Told['exceptions'][number]) =>
			`${detection} by ${actor}${target === undefined ? '' : ` on ${target}`} (${owner}, until ${expires})`;
		const list = (title: string, rows: Told['exceptions']) =>
			rows.length === 0 ? [] : ['', ...textLines('', title, view), ...rows.flatMap(each => textLines('  - ', line(each), view))];
		return [
			...textLines(
				'',
				`${count(exceptions.length, 'exception')}: ${ofState('used').length} used, ${ofState('unused').length} match nothing, ${ofState('ended').length} ended; ${count(offered.length + leftOut, 'exception')} proposed from ${count(events, 'event')} of ${source}`,
				view,
			),
			...list('Match nothing: delete them', ofState('unused')),
			...list('Ended: look again, or delete them', ofState('ended')),
			...(offered.length === 0
				? []
				: [
						'',
						...textLines('', 'Usual in this log: read each, write who answers for it, and put it below audit in security.yaml', view),
						fence(`actors and targets in ${source}`, fileText(offered)),
					]),
			...(leftOut === 0 ? [] : [`${leftOut} more: --limit shows them`]),
			...uncheckedLines(notChecked, view),
		].join('\n');
	},

	async run({since, limit}, context: Context<AuditPorts & ThreatPorts>) {
		const nowMs = context.clock.now();
		const {source, events, threats, exceptions, notChecked} = await readThreats(periodOf({since}, nowMs), context);
		const offered = proposeExceptions(threats, nowMs).toSorted((a, b) => b.times - a.times);
		return {
			...(source === undefined ? {} : {source}),
			events,
			proposed: offered.slice(0, limit).map(({target, ...row}) => ({...row, ...(target === undefined ? {} : {target})})),
			leftOut: Math.max(0, offered.length - limit),
			exceptions: exceptions.map(({isExpired, met, target, ...row}) => ({
				...{...row, ...(target === undefined ? {} : {target}), met},
				state: isExpired ? ('ended' as const) : met === 0 ? ('unused' as const) : ('used' as const),
			})),
			notChecked: [...notChecked],
		};
	},
});
