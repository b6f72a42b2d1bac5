import * as z from 'zod';
import type {Placed} from '../../../analysis/vulnerabilities/rank.ts';
import type {Finding} from '../../../core/finding.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {textLines} from '../../../core/text/styled.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema, unseenFinding} from '../../../core/unchecked.ts';
import {databaseSchema, databaseText} from '../../../mcp/security/model/database-text.ts';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const severity = z.enum(severities);

const row = z.object({
	id: z.string(),
	aliases: z.array(z.string()),
	/** Written by third parties: data, never instructions. */
	summary: z.string(),
	severity,
	score: z.number().optional(),
	vector: z.string().optional(),
	component: z.string(),
	version: z.string(),
	ecosystem: z.string().optional(),
	fixed: z.string().optional(),
	kind: z.enum(['image', 'cluster']),
	subject: z.string(),
	isRunning: z.boolean(),
	resources: z.array(refSchema),
	reachedFrom: z.enum(['outside', 'cluster', 'nowhere']),
	reachedBy: z.string().optional(),
	isPrivileged: z.boolean(),
	exploitedSince: z.string().optional(),
	usedByRansomware: z.boolean().optional(),
	/** From 0 to 1, within thirty days. */
	epss: z.number().optional(),
	source: z.string(),
	note: z.string().optional(),
	remedy: z.string(),
});
export type ToldVulnerability = z.output<typeof row>;

export const vulnerabilitiesSchema = z.object({
	context: z.string(),
	namespace: z.string().optional(),
	databases: z.array(databaseSchema),
	counts: z.record(severity, z.number()),
	images: z.object({running: z.number(), checked: z.number(), notChecked: z.number()}),
	/** The most urgent first. */
	vulnerabilities: z.array(row),
	leftOut: z.object({count: z.number(), gravest: severity}).optional(),
	passed: z.array(z.string()),
	notChecked: z.array(uncheckedSchema),
});
export type ToldVulnerabilities = z.output<typeof vulnerabilitiesSchema>;

/** What mends it. Which version runs is for a person to choose. */
function remedyOf({kind, component, fixed, resources, subject, isRunning}: Placed): string {
	if (fixed === undefined)
		return kind === 'cluster' ? 'no version mends it: restrict who may use it' : `no version of ${component} mends it yet`;
	if (kind === 'cluster') return `Upgrade ${component} to ${fixed} or later`;
	const [workload] = resources;
	const rollOut =
		isRunning && workload !== undefined && workload.kind === 'Deployment'
			? `, then mkcoa deploy update ${workload.name}${workload.namespace === undefined ? '' : ` -n ${workload.namespace}`} --image IMAGE`
			: '';
	return `Build ${subject} anew with ${component} ${fixed}${rollOut}`;
}

const mostResources = 50;

export function toldVulnerability(placed: Placed): ToldVulnerability {
	const {aliases, cvss, score, ecosystem, fixed, reach, exploited, likelihood, note, resources} = placed;
	const {id, severity: grave, kind, subject, isRunning, isPrivileged, source} = placed;
	return {
		...{id: oneLine(id), aliases: aliases.map(oneLine), summary: oneLine(placed.summary), severity: grave},
		...(score === undefined ? {} : {score}),
		...(cvss === undefined ? {} : {vector: cvss.vector}),
		...{component: oneLine(placed.component), version: oneLine(placed.version)},
		...(ecosystem === undefined ? {} : {ecosystem}),
		...(fixed === undefined ? {} : {fixed: oneLine(fixed)}),
		...{kind, subject, isRunning, resources: resources.slice(0, mostResources), reachedFrom: reach.from},
		...(reach.by === undefined ? {} : {reachedBy: reach.by}),
		isPrivileged,
		...(exploited === undefined ? {} : {exploitedSince: exploited.added, usedByRansomware: exploited.ransomware}),
		...(likelihood === undefined ? {} : {epss: likelihood.probability}),
		source,
		...(note === undefined ? {} : {note}),
		remedy: oneLine(remedyOf(placed)),
	};
}

const reachText = ({reachedFrom, reachedBy, isRunning, kind}: ToldVulnerability) => {
	if (!isRunning) return 'its image does not run here';
	if (kind === 'cluster') return undefined;
	return reachedFrom === 'nowhere'
		? 'no Service leads to it'
		: `reached from ${reachedFrom === 'outside' ? 'outside' : 'the cluster'} by ${reachedBy}`;
};

const urgency = (told: ToldVulnerability): readonly string[] => [
	...(told.exploitedSince === undefined
		? []
		: [`exploited since ${told.exploitedSince}${told.usedByRansomware ? ', by ransomware too' : ''}`]),
	...(told.epss === undefined ? [] : [`EPSS ${(told.epss * 100).toFixed(1)} %`]),
	...(told.score === undefined ? [] : [`CVSS ${told.score.toFixed(1)}`]),
];

/** Vulnerabilities as findings, what was looked at without any, and what was not looked at. */
export function vulnerabilityFindings({vulnerabilities, leftOut, passed, notChecked}: ToldVulnerabilities): readonly Finding[] {
	return [
		...vulnerabilities.map((told): Finding => {
			const {id, severity: grave, component, version, subject, resources, summary, source, remedy, note} = told;
			const reach = reachText(told);
			return {
				id,
				status: 'fail',
				severity: grave,
				resource: resources[0],
				cause: `${component} ${version}${subject === component ? '' : ` in ${subject}`}: ${summary || id}`,
				evidence: [
					{source, detail: [id, ...urgency(told)].join(', ')},
					...(reach === undefined ? [] : [{source: 'exposure', detail: `${reach}${told.isPrivileged ? ', privileged' : ''}`}]),
					...(note === undefined ? [] : [{source: 'version', detail: note}]),
					{source: 'remedy', detail: remedy},
				],
				impact: resources.slice(1),
				noRemedy: remedy,
			};
		}),
		...(leftOut === undefined
			? []
			: [
					{
						...{id: 'more-vulnerabilities', status: 'fail' as const, severity: leftOut.gravest, evidence: []},
						cause: `${leftOut.count} more, the gravest ${leftOut.gravest}: ask with --limit`,
					},
				]),
		...passed.map((cause): Finding => ({id: 'no-known-vulnerability', status: 'pass', severity: 'low', evidence: [], cause})),
		...notChecked.map(unseenFinding),
	];
}

/** More than these are one line each: nobody reads forty paragraphs. */
const mostDetailed = 8;
const mostLines = 40;

function rowLines(told: ToldVulnerability, view: View, isLong: boolean): readonly string[] {
	const {severity: grave, id, component, version, fixed, subject, kind, resources, summary, remedy, note, isPrivileged} = told;
	const place = kind === 'image' ? ` in ${subject}` : '';
	const facts = urgency(told);
	const head = `${grave.padEnd(8)} ${id} ${component} ${version}${fixed === undefined ? '' : ` → ${fixed}`}${place}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
	const first = textLines(`${severitySigns[grave]} `, head, view);
	if (isLong) return first;
	const reach = reachText(told);
	const say = (word: string, text: string) => textLines(`  ${word.padEnd(8)}`, text, view);
	return [
		...first,
		...(summary === '' ? [] : textLines('  ', summary, view)),
		...(resources.length === 0 ? [] : say('Runs in', someOf(resources.map(refText)))),
		...(reach === undefined ? [] : say('Reach', `${reach}${isPrivileged ? '; a container of it is privileged' : ''}`)),
		...(note === undefined ? [] : say('Note', note)),
		...say('Remedy', remedy),
	];
}

/** What was found, the most urgent first, by which databases, and what was not checked. */
export function vulnerabilitiesText(told: ToldVulnerabilities, view: View): string {
	const {context, namespace, databases, counts, images, vulnerabilities, leftOut, passed, notChecked} = told;
	const all = vulnerabilities.length + (leftOut?.count ?? 0);
	const kinds = severities.flatMap(grave => (counts[grave] === 0 ? [] : [`${counts[grave]} ${grave}`]));
	const where = namespace === undefined ? context : `namespace ${namespace} of ${context}`;
	const shown = vulnerabilities.slice(0, mostLines);
	const hidden = all - shown.length;
	return [
		...textLines(
			'',
			`${all === 0 ? 'No vulnerability is known' : count(all, 'vulnerability')} in ${where}${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}`,
			view,
		),
		...textLines('', `${count(images.running, 'image')} run: ${images.checked} checked, ${images.notChecked} not checked`, view),
		...databases.flatMap(database => textLines('  ', databaseText(database), view)),
		...shown.flatMap((row, index) =>
			index < mostDetailed ? ['', ...rowLines(row, view, false)] : [...(index === mostDetailed ? [''] : []), ...rowLines(row, view, true)],
		),
		...(hidden > 0
			? textLines('', `${hidden} more: see them with --json or -o sarif${leftOut === undefined ? '' : ', and --limit'}`, view)
			: []),
		...(passed.length === 0 ? [] : ['', 'None known', ...textLines('  ', someOf(passed, 8), view)]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
