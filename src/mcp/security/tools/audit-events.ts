import * as z from 'zod';
import {sourceOf} from '../../../analysis/audit-log/actor.ts';
import {type AuditEvent, outcomeOf, pathOf, targetText} from '../../../analysis/audit-log/audit-event.ts';
import {wildcard} from '../../../analysis/exceptions/exception.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {count} from '../../../core/text/count.ts';
import {fence} from '../../../core/text/fence.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {plainLine} from '../../kubernetes/model/untrusted-text.ts';
import type {AuditPorts} from '../audit-log/port.ts';
import {momentText, namespaceInput, periodOf} from '../model/moment.ts';
import {readEvents} from '../model/read-events.ts';

const word = (most: number) => checkedText(most, /^[^\p{Cc}]+$/u, 'expected a name').optional();

const input = z.object({
	since: momentText.optional().describe('How long ago, or when it began; all if left out'),
	until: momentText.optional().describe('When it ended'),
	user: word(300).describe('Name of a user; * stands for any letters'),
	verb: word(30).describe('Such as get, list or create'),
	resource: word(120).describe('Such as secrets or pods/exec'),
	namespace: namespaceInput,
	name: checkedText(253, /^[a-z0-9*]([-a-z0-9.:*]*[a-z0-9*])?$/, 'expected the name of an object')
		.optional()
		.describe('Name of the object; * stands for any letters'),
	outcome: z.enum(['done', 'refused', 'failed']).optional().describe('How it ended'),
	limit: z.number().int().positive().max(1000).default(50).describe('Requests to list, the newest'),
});
type Input = z.output<typeof input>;

const mostLetters = 200;

const row = z.object({
	at: z.iso.datetime(),
	id: z.string(),
	user: z.string(),
	impersonated: z.string().optional(),
	verb: z.string(),
	target: z.string(),
	code: z.number().optional(),
	outcome: z.enum(['done', 'refused', 'failed']),
	source: z.string(),
	program: z.string(),
	level: z.string(),
	/** Why it was let through, or not. */
	reason: z.string().optional(),
});

const output = z.object({
	source: z.string().optional(),
	/** Events that were read, and requests that fit. */
	read: z.number(),
	found: z.number(),
	events: z.array(row),
	notChecked: z.array(uncheckedSchema),
});

function fits({user, verb, resource, namespace, name, outcome}: Input) {
	const [userPattern, namePattern] = [wildcard(user ?? '*'), wildcard(name ?? '*')];
	return (event: AuditEvent) =>
		(verb === undefined || event.verb === verb) &&
		(resource === undefined || event.target?.resource === resource) &&
		(namespace === undefined || event.target?.namespace === namespace) &&
		(name === undefined || namePattern.test(event.target?.name ?? '')) &&
		userPattern.test(event.user.name) &&
		(outcome === undefined || outcomeOf(event) === outcome);
}

function toldEvent(event: AuditEvent): z.output<typeof row> {
	const reason = event.annotations['authorization.k8s.io/reason'];
	const target = event.target === undefined ? pathOf(event) : targetText(event);
	return {
		at: new Date(event.atMs).toISOString(),
		id: event.id,
		user: plainLine(event.user.name, mostLetters),
		...(event.impersonated === undefined ? {} : {impersonated: plainLine(event.impersonated.name, mostLetters)}),
		verb: event.verb,
		target: plainLine(target, mostLetters),
		...(event.code === undefined ? {} : {code: event.code}),
		outcome: outcomeOf(event),
		source: sourceOf(event),
		program: plainLine(event.userAgent, mostLetters),
		level: event.level,
		...(typeof reason === 'string' && reason !== '' ? {reason: plainLine(reason, mostLetters)} : {}),
	};
}

export const auditEvents = readTool({
	name: 'audit_events',
	summary: "Lists requests of a Kubernetes audit log: who asked what of which object, when, from where, and the answer's code; no bodies",
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['evidence', 'audit'],
	positionals: [],
	input,
	output,
	text({source, read, found, events, notChecked}, view) {
		const table = textTable({
			headers: ['TIME', 'USER', 'VERB', 'TARGET', 'CODE', 'SOURCE', 'PROGRAM'],
			rows: events.map(({at, user, impersonated, verb, target, code, source: from, program}) => [
				...[at, impersonated === undefined ? user : `${user} as ${impersonated}`, verb, target, code ?? '', from],
				view.terminal ? (program.split(' ')[0] ?? '') : program,
			]),
			view,
		});
		const shown = found > events.length ? `, the newest ${events.length} of them` : '';
		return [
			...textLines('', `${count(found, 'request')} of ${count(read, 'event')} in ${source ?? 'no audit log'}${shown}`, view),
			...(events.length === 0 ? [] : ['', fence(`requests of ${source ?? ''}`, table)]),
			...uncheckedLines(notChecked, view),
		].join('\n');
	},

	async run(asked, {ports, clock, signal, emit}: Context<AuditPorts>) {
		const log = await ports.auditLog();
		const isWanted = fits(asked);
		/** The newest, each once: its last stage is kept. */
		const newest = new Map<string, AuditEvent>();
		let found = 0;
		const {events, notChecked} = await readEvents(log, {
			...{period: periodOf(asked, clock.now()), signal, emit},
			hear(event) {
				if (event.stage === 'RequestReceived' || !isWanted(event)) return;
				if (!newest.delete(event.id)) found += 1;
				newest.set(event.id, event);
				if (newest.size > asked.limit) for (const [oldest] of newest.entries().take(1)) newest.delete(oldest);
			},
		});
		return {
			...(log === undefined ? {} : {source: log.source}),
			...{read: events, found, notChecked: [...notChecked]},
			events: [...newest.values()].toSorted((a, b) => b.atMs - a.atMs).map(toldEvent),
		};
	},
});
