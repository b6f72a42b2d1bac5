import * as z from 'zod';
import type {IncidentRecord} from '../../../core/incident-record.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {type Context, readTool, type View} from '../../../core/tool.ts';
import type {IncidentPorts, RecordPorts} from '../ports.ts';

const recordSchema = z.object({
	id: z.string(),
	key: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	title: z.string(),
	state: z.enum(['open', 'acknowledged', 'healed']),
	beganAt: z.string(),
	detectedAt: z.string(),
	acknowledgedAt: z.string().optional(),
	acknowledgedBy: z.string().optional(),
	owner: z.string().optional(),
	healedAt: z.string().optional(),
	/** How often it came. */
	times: z.number(),
	alerts: z.array(z.string()),
	notes: z.array(z.object({at: z.string(), by: z.string(), text: z.string()})),
	timeToDetectMs: z.number(),
	timeToAcknowledgeMs: z.number().optional(),
	timeToRecoverMs: z.number().optional(),
});
type Told = z.output<typeof recordSchema>;

function toldRecord({context: _, clusterId: __, ...record}: IncidentRecord): Told {
	const {acknowledgedAt, healedAt} = record;
	const since = (from: string, to: string) => Math.max(0, Date.parse(to) - Date.parse(from));
	return {
		...record,
		alerts: [...record.alerts],
		notes: [...record.notes],
		state: healedAt !== undefined ? 'healed' : acknowledgedAt !== undefined ? 'acknowledged' : 'open',
		timeToDetectMs: since(record.beganAt, record.detectedAt),
		...(acknowledgedAt === undefined ? {} : {timeToAcknowledgeMs: since(record.detectedAt, acknowledgedAt)}),
		...(healedAt === undefined ? {} : {timeToRecoverMs: since(record.beganAt, healedAt)}),
	};
}

function recordLines(record: Told, view: View): readonly string[] {
	const {id, severity, title, owner, state, times, alerts, notes, timeToDetectMs, timeToAcknowledgeMs, timeToRecoverMs} = record;
	const say = (lead: string, text: string) => textLines(`    ${lead.padEnd(8)}`, text, view);
	const spans = [
		`detected after ${age(timeToDetectMs)}`,
		timeToAcknowledgeMs === undefined ? 'not acknowledged' : `acknowledged after ${age(timeToAcknowledgeMs)}`,
		timeToRecoverMs === undefined ? 'not healed' : `healed after ${age(timeToRecoverMs)}`,
		...(times > 1 ? [`came ${times} times`] : []),
	];
	return [
		'',
		...textLines(`${id}  `, `${severity}, ${state}${owner === undefined ? '' : `, with ${owner}`}`, view),
		...textLines('  ', title, view),
		...say('Since', `${record.beganAt}: ${spans.join(', ')}`),
		...(alerts.length === 0 ? [] : say('Alerts', alerts.join(', '))),
		...notes.flatMap(({at, by, text}) => say('Note', `${at} ${by}: ${text}`)),
	];
}

export const realTimeIncidentManagement = readTool({
	name: 'real_time_incident_management',
	summary:
		'Lists the incidents that mkcoa incident watch saw on this cluster: times to detect, acknowledge and recover, who looks after each, and notes',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'list'],
	positionals: [],
	input: z.object({
		all: z.boolean().default(false).describe('Lists those that healed, too'),
		limit: z.number().int().positive().max(500).default(50).describe('Incidents to list, newest first'),
	}),
	output: z.object({context: z.string(), incidents: z.array(recordSchema)}),
	text: ({context, incidents}, view) =>
		incidents.length === 0
			? `No incident of ${context} is on record. mkcoa incident watch keeps them`
			: [
					...textLines('', `${count(incidents.length, 'incident')} of ${context} on record`, view),
					...incidents.flatMap(record => recordLines(record, view)),
				].join('\n'),

	async run({all, limit}, {ports: {cluster, incidents}}: Context<IncidentPorts & RecordPorts>) {
		const {context, clusterId} = await cluster.target(undefined);
		const records = await incidents.list({open: !all, limit, clusterId});
		return {context, incidents: records.map(toldRecord)};
	},
});
