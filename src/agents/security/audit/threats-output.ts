import * as z from 'zod';
import {detections} from '../../../analysis/audit-log/all-rules.ts';
import {tactics} from '../../../analysis/audit-log/rule.ts';
import type {Hit} from '../../../analysis/audit-log/threat-judge.ts';
import {severities, type Threat} from '../../../analysis/audit-log/threats.ts';
import type {Finding} from '../../../core/finding.ts';
import {age} from '../../../core/text/age.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {fence} from '../../../core/text/fence.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

const time = z.iso.datetime();

const evidence = z.object({
	at: time,
	auditId: z.string(),
	verb: z.string(),
	target: z.string(),
	source: z.string(),
	program: z.string(),
	outcome: z.enum(['done', 'refused', 'failed']),
	detail: z.string(),
});

const threatSchema = z.object({
	detection: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	title: z.string(),
	actor: z.string(),
	actorKind: z.enum(['control-plane', 'node', 'service-account', 'anonymous', 'person']),
	/** Addresses that it came from. */
	sources: z.array(z.string()),
	resource: z.string(),
	namespace: z.string().optional(),
	targets: z.array(z.string()),
	times: z.number(),
	firstAt: time,
	lastAt: time,
	outcomes: z.object({done: z.number(), refused: z.number(), failed: z.number()}),
	/** MITRE ATT&CK: tactic and technique. */
	attack: z.array(z.string()),
	why: z.string(),
	falsePositives: z.string(),
	remedy: z.string(),
	evidence: z.array(evidence),
});
export type ToldThreat = z.output<typeof threatSchema>;

export const threatsSchema = z.object({
	source: z.string().optional(),
	/** Events that were read. */
	events: z.number(),
	from: time.optional(),
	to: time.optional(),
	/** The gravest first. */
	threats: z.array(threatSchema),
	/** Of each severity, before those below the least were left out. */
	counts: z.object({critical: z.number(), high: z.number(), medium: z.number(), low: z.number()}),
	leftOut: z.number(),
	/** Sightings that an exception covers. */
	excepted: z.number(),
	/** Detections that looked. */
	detections: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type ToldThreats = z.output<typeof threatsSchema>;

const iso = (ms: number) => new Date(ms).toISOString();
const mostLetters = 200;
const plain = (text: string) => plainLine(text, mostLetters);

const toldEvidence = ({atMs, auditId, verb, target, source, userAgent, outcome, detail}: Hit): z.output<typeof evidence> => ({
	...{at: iso(atMs), auditId, verb, target: plain(target), source, program: plain(userAgent), outcome, detail: plain(detail)},
});

export function toldThreat({detection, severity, actor, actorKind, resource, namespace, ...threat}: Threat): ToldThreat {
	const told = detections.get(detection);
	return {
		...{detection, severity, title: told?.title ?? detection, actor: plain(actor), actorKind, resource},
		...(namespace === undefined ? {} : {namespace}),
		sources: [...threat.sources],
		targets: threat.targets.map(plain),
		...{times: threat.times, firstAt: iso(threat.firstMs), lastAt: iso(threat.lastMs), outcomes: {...threat.outcomes}},
		attack: (told?.attack ?? []).map(({tactic, technique}) => `${tactics[tactic]}/${technique}`),
		...{why: told?.why ?? '', falsePositives: told?.falsePositives ?? '', remedy: told?.remedy ?? ''},
		evidence: threat.evidence.map(toldEvidence),
	};
}

/** A threat as reports of other formats and `--fail-on` take it. */
export const threatFinding = ({
	detection,
	severity,
	title,
	actor,
	sources,
	attack,
	evidence: shown,
	remedy,
	targets,
}: ToldThreat): Finding => ({
	id: detection,
	status: 'fail',
	severity,
	cause: `${title}: ${actor} from ${someOf(sources)} on ${someOf(targets)}${attack.length === 0 ? '' : ` (${attack.join(', ')})`}`,
	evidence: shown.map(({at, auditId, verb, target, detail}) => ({
		source: `audit event ${auditId}`,
		detail: `${at} ${verb} ${target}: ${detail}`,
	})),
	noRemedy: remedy,
});

const countsText = (counts: ToldThreats['counts']) =>
	severities
		.toReversed()
		.flatMap(severity => (counts[severity] === 0 ? [] : [`${counts[severity]} ${severity}`]))
		.join(', ') || 'none';

function threatLines(told: ToldThreat, view: View): readonly string[] {
	const {severity, title, detection, attack, times, lastAt, evidence: shown, remedy, outcomes} = told;
	const tried = outcomes.done === 0 ? ', all in vain' : '';
	const say = (word: string, text: string) => textLines(`    ${word.padEnd(8)}`, text, view);
	return [
		...textLines(
			`  ${severitySigns[severity]} `,
			`${severity}: ${title} (${[detection, ...attack].join(', ')}), ${times === 1 ? 'once' : `${times} times`}${tried}, ${age(view.nowMs - Date.parse(lastAt))} ago`,
			view,
		),
		...shown.toReversed().flatMap(each => say('Saw', `${each.at} ${each.verb} ${each.target} from ${each.source}: ${each.detail}`)),
		...say('Do', remedy),
	];
}

/** By actor, as they are sorted: the one with the gravest first. */
const byActor = (threats: readonly ToldThreat[], view: View) =>
	[...Map.groupBy(threats, ({actor}) => actor)]
		.flatMap(([actor, own]) => {
			const sources = [...new Set(own.flatMap(each => each.sources))];
			return [
				'',
				...textLines('', `${actor || 'nobody'} (${own[0]?.actorKind}) from ${someOf(sources) || 'nowhere'}`, view),
				...own.flatMap(each => threatLines(each, view)),
			];
		})
		.slice(1)
		.join('\n');

const pipeTable = (threats: readonly ToldThreat[], view: View) =>
	textTable({
		headers: ['SEVERITY', 'DETECTION', 'ACTOR', 'SOURCES', 'TIMES', 'DONE', 'FIRST', 'LAST', 'TARGETS', 'DETAIL', 'ATTACK'],
		rows: threats.map(each => [
			...[each.severity, each.detection, each.actor, each.sources.join(' '), each.times, each.outcomes.done, each.firstAt, each.lastAt],
			...[each.targets.join('; '), each.evidence.at(-1)?.detail ?? '', each.attack.join(' ')],
		]),
		view,
	});

/** Who did what is worth telling, by actor; names and programs of others stand in a fence. */
export function threatsText(told: ToldThreats, view: View): string {
	const {source, events, from, to, threats, counts, leftOut, excepted, detections: looked, notChecked} = told;
	const when = from === undefined || to === undefined ? '' : `, ${from} to ${to}`;
	return [
		...textLines(
			'',
			`Threats in ${source ?? 'no audit log'}: ${countsText(counts)}. ${count(events, 'event')}${when}, ${looked} detections`,
			view,
		),
		...(excepted === 0
			? []
			: textLines('', `${count(excepted, 'sighting')} covered by exceptions: mkcoa security baseline tells which`, view)),
		...(threats.length === 0
			? []
			: ['', fence(`threats in ${source ?? ''}`, view.terminal ? byActor(threats, view) : pipeTable(threats, view))]),
		...(leftOut === 0 ? [] : textLines('', `${leftOut} more: --least low and --limit show them`, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
