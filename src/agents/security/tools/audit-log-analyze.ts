import * as z from 'zod';
import {auditSummary, type Doing} from '../../../analysis/audit-log/audit-summary.ts';
import {wildcard} from '../../../analysis/exceptions/exception.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {AuditPorts} from '../../../mcp/security/audit-log/port.ts';
import {momentText, namespaceInput, periodOf} from '../../../mcp/security/model/moment.ts';
import {readEvents} from '../../../mcp/security/model/read-events.ts';
import {auditSchema, auditText} from '../audit/audit-output.ts';

/** What is new is asked of the last part of the time: before it, what is usual was seen. */
const newPart = 0.2;
/** The control plane does everything once, and it is no news. */
const isOrdinary = /^system:(?!anonymous|serviceaccount:)|^system:serviceaccount:kube-system:/;

const mostLetters = 200;

const input = z.object({
	since: momentText.optional().describe('How long ago, or when it began; all of the log if left out'),
	until: momentText.optional().describe('When it ended'),
	actor: checkedText(300, /^[^\p{Cc}]+$/u, 'expected a name')
		.optional()
		.describe('Name of a user; * stands for any letters'),
	namespace: namespaceInput,
	actors: z.number().int().positive().max(500).default(10).describe('Actors to show'),
	limit: z.number().int().positive().max(500).default(10).describe('Rare and new requests to show, of each'),
});

const toldDoing = ({actor, verb, resource, namespace, times, firstMs}: Doing) => ({
	at: new Date(firstMs).toISOString(),
	...{actor: plainLine(actor, mostLetters), verb, resource: plainLine(resource, mostLetters), times},
	...(namespace === undefined ? {} : {namespace}),
});

export const auditLogAnalyze = readTool({
	name: 'audit_log_analyze',
	summary: 'Tells who did what in a Kubernetes audit log, from where and with which program; what was refused, rare or new; by hour',
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'audit'],
	positionals: [],
	input,
	output: auditSchema,
	text: auditText,

	async run({since, until, actor, namespace, actors: most, limit}, {ports, clock, signal, emit}: Context<AuditPorts>) {
		const log = await ports.auditLog();
		const summary = auditSummary();
		const isActor = wildcard(actor ?? '*');
		const {events, notChecked} = await readEvents(log, {
			...{period: periodOf({since, until}, clock.now()), signal, emit},
			hear(event) {
				if (isActor.test(event.user.name) && (namespace === undefined || event.target?.namespace === namespace)) summary.hear(event);
			},
		});
		const {requests, firstMs, lastMs, leftOut} = summary.seen();
		const all = summary.actors();
		const newMs = lastMs - newPart * (lastMs - firstMs);
		const isTold = ({actor: who}: Doing) => actor !== undefined || !isOrdinary.test(who);
		const iso = (ms: number) => new Date(ms).toISOString();
		return {
			...(log === undefined ? {} : {source: log.source}),
			...{events, requests},
			...(requests === 0 ? {} : {from: iso(firstMs), to: iso(lastMs), firstsSince: iso(newMs)}),
			actors: all.slice(0, most).map(({actor: who, firstMs: first, lastMs: last, sources, programs, ...sums}) => ({
				...{actor: plainLine(who, mostLetters), ...sums, firstAt: iso(first), lastAt: iso(last)},
				...{sources: [...sources], programs: programs.map(each => plainLine(each, mostLetters))},
			})),
			moreActors: Math.max(0, all.length - most),
			rare: summary.rare().filter(isTold).slice(0, limit).map(toldDoing),
			firsts: requests === 0 ? [] : summary.firstsSince(newMs).filter(isTold).slice(0, limit).map(toldDoing),
			hours: summary.hours().map(({atMs, ...bin}) => ({at: iso(atMs), ...bin})),
			notChecked: [
				...notChecked,
				...(leftOut === 0
					? []
					: [{what: `what is rare among ${leftOut} requests`, why: 'there were too many different ones: ask for a shorter time'}]),
			],
		};
	},
});
