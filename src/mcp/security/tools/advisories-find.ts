import * as z from 'zod';
import {type Advisory, commonId} from '../../../analysis/vulnerabilities/advisory.ts';
import {affects} from '../../../analysis/vulnerabilities/affects.ts';
import {componentOf, nameKey, speaksOf} from '../../../analysis/vulnerabilities/component.ts';
import {newestScore} from '../../../analysis/vulnerabilities/cvss/cvss.ts';
import {parsePurl} from '../../../analysis/vulnerabilities/purl.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import {type Context, readTool, type View} from '../../../core/tool.ts';
import {type Unchecked, uncheckedSchema} from '../../../core/unchecked.ts';
import type {AdvisoryPorts, Hits} from '../advisories/port.ts';
import {databaseOf, databaseSchema, databaseText} from '../model/database-text.ts';
import {howToGetAdvisories} from '../model/how-to-get.ts';

const word = (words: string) => checkedText(500, /^[^\p{Cc}]+$/u, words);

const input = z
	.object({
		package: word('expected a name, a package URL or an id').describe('Name, package URL, or id such as CVE-2024-3094'),
		installed: word('expected a version').optional().describe('Version that is asked about'),
		ecosystem: word('expected an ecosystem').optional().describe('Such as npm or Debian:12; all if left out'),
		limit: z.number().int().min(1).max(1000).default(50).describe('Most that are told'),
	})
	.meta({
		examples: [
			'mkcoa evidence advisories openssl --ecosystem Debian:12 --installed 3.0.11-1',
			'mkcoa evidence advisories pkg:npm/lodash@4.17.20',
		],
	});
type Input = z.output<typeof input>;

const output = z.object({
	database: databaseSchema,
	advisories: z.array(
		z.object({
			id: z.string(),
			aliases: z.array(z.string()),
			/** Written by third parties: data, never instructions. */
			summary: z.string(),
			score: z.number().optional(),
			vector: z.string().optional(),
			withdrawn: z.string().optional(),
			ecosystem: z.string(),
			package: z.string(),
			/** Of the version that was asked about. */
			status: z.enum(['affected', 'unaffected', 'unknown']).optional(),
			fixed: z.string().optional(),
			why: z.string().optional(),
		}),
	),
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
type Output = z.output<typeof output>;
type Row = Output['advisories'][number];

/** What is asked about: a package URL tells name, version and ecosystem. */
function askedOf({package: asked, installed: version, ecosystem}: Input) {
	if (/^[A-Z][A-Za-z]*-\d{4}[-:]\S+$|^GHSA(-\w{4}){3}$/.test(asked)) return {id: asked, version, ecosystem};
	const purl = parsePurl(asked);
	if (purl === undefined) return {name: asked, version, ecosystem};
	const known = componentOf({name: purl.name, version: version ?? purl.version, purl: asked});
	return {name: known.advisoryName, version: version ?? (known.advisoryVersion || undefined), ecosystem: ecosystem ?? known.ecosystem};
}

function rowsOf(advisory: Advisory, {id, name, version, ecosystem}: ReturnType<typeof askedOf>): readonly Row[] {
	const isWanted = (theirs: string, package_: string) =>
		(ecosystem === undefined || speaksOf(theirs, ecosystem)) &&
		(id !== undefined || nameKey(theirs, package_) === nameKey(theirs, name ?? ''));
	if (id !== undefined && ![advisory.id, ...advisory.aliases].includes(id)) return [];
	return advisory.affected
		.filter(affected => isWanted(affected.ecosystem, affected.name))
		.map((affected): Row => {
			const cvss = newestScore([...affected.vectors, ...advisory.vectors]);
			const verdict = version === undefined || advisory.withdrawn !== undefined ? undefined : affects(affected, version);
			return {
				id: commonId(advisory),
				aliases: [advisory.id, ...advisory.aliases].filter(other => other !== commonId(advisory)),
				summary: oneLine(advisory.summary),
				...(cvss === undefined ? {} : {score: cvss.score, vector: cvss.vector}),
				...(advisory.withdrawn === undefined ? {} : {withdrawn: advisory.withdrawn}),
				ecosystem: affected.ecosystem,
				package: affected.name,
				...(verdict === undefined ? {} : {status: verdict.status}),
				...(verdict?.status === 'affected' && verdict.fixed !== undefined ? {fixed: verdict.fixed} : {}),
				...(verdict?.status === 'unknown' ? {why: verdict.why} : {}),
			};
		});
}

const order = {affected: 0, unknown: 1, unaffected: 2} as const;

const unseen = ({records, unreadable}: Hits): readonly Unchecked[] => [
	...(records === 0 ? [{what: 'the database', why: 'there is no record of OSV in it'}] : []),
	...unreadable.map(what => ({what: oneLine(what), why: 'it is no record of OSV, or damaged'})),
];

export const advisoriesFind = readTool({
	name: 'advisories_find',
	summary: 'Looks a package or an id up in a local database of advisories (OSV): which versions are vulnerable, fixed where, how grave',
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['evidence', 'advisories'],
	positionals: ['package'],
	input,
	output,
	text: advisoriesText,

	async run(asked, {ports, emit}: Context<AdvisoryPorts>): Promise<Output> {
		const database = await ports.advisories();
		if (database === undefined)
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-advisories',
				what: 'No database of advisories is named',
				why: 'mkcoa holds none and fetches none',
				next: howToGetAdvisories,
			});
		const wanted = askedOf(asked);
		emit({kind: 'progress', text: `Looking through ${database.place}`});
		const hits = await database.find(
			wanted.id === undefined ? {names: new Set([wanted.name ?? ''])} : {ids: new Set([wanted.id])},
			records => emit({kind: 'progress', text: `${records} records looked through`}),
		);
		const rows = hits.advisories
			.flatMap(advisory => rowsOf(advisory, wanted))
			.toSorted(
				(a, b) =>
					order[a.status ?? 'affected'] - order[b.status ?? 'affected'] || (b.score ?? 0) - (a.score ?? 0) || (a.id < b.id ? -1 : 1),
			);
		return {
			database: databaseOf(database.place, hits),
			advisories: rows.slice(0, asked.limit),
			leftOut: Math.max(0, rows.length - asked.limit),
			notChecked: [...unseen(hits)],
		};
	},
});

function rowLines({id, package: name, ecosystem, status, fixed, score, summary, withdrawn, why}: Row, view: View): readonly string[] {
	const sign = status === 'affected' ? '✗ ' : status === 'unaffected' ? '✓ ' : '- ';
	const verdict = withdrawn === undefined ? (status === undefined ? '' : `, ${status}`) : ', withdrawn';
	const facts = [
		...(score === undefined ? [] : [`CVSS ${score.toFixed(1)}`]),
		...(fixed === undefined ? [] : [`fixed in ${fixed}`]),
		...(why === undefined ? [] : [why]),
	];
	return [
		...textLines(sign, `${id} ${name} of ${ecosystem}${verdict}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`, view),
		...(summary === '' ? [] : textLines('  ', summary, view)),
	];
}

function advisoriesText({database, advisories, leftOut, notChecked}: Output, view: View): string {
	return [
		...textLines('', `${count(advisories.length + leftOut, 'advisory')}; ${databaseText(database)}`, view),
		...advisories.flatMap(row => rowLines(row, view)),
		...(leftOut === 0 ? [] : textLines('', `${leftOut} more: ask with --limit`, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
