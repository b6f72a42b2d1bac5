import type {Finding} from '../../core/finding.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';
import {listLines} from '../view/list-lines.ts';
import {listView} from '../view/list-view.ts';
import {troubleLines} from '../view/trouble-lines.ts';
import {findingKey, findingLine, findingLines, findingSorts, sortedFindings} from './finding-lines.ts';

/** Findings of a scan or a diagnosis, and where they are from. */
export type Findings = {
	readonly about: string;
	readonly findings: readonly Finding[];
	/** Milliseconds since 1970; missing until they were read once. */
	readonly readAt?: number | undefined;
	/** Why they could not be read the last time, and what to do. */
	readonly trouble?: string | undefined;
};

/** A remedy is a tool call that makes a plan, which a person reviews; `trace` follows a finding to where it began. */
export type FindingAct = {readonly kind: 'remedy' | 'ask' | 'trace'; readonly finding: Finding};

/** How many are wrong, fine, and not looked at: silence is no pass. */
function countLines(data: Findings, width: number, now: number): readonly Line[] {
	const {findings, readAt, trouble} = data;
	if (readAt === undefined)
		return trouble === undefined ? hanging([], 'Looking at everything that runs…', {width, tone: 'dim'}) : troubleLines(data, width, now);
	const of = (status: Finding['status']) => findings.filter(finding => finding.status === status).length;
	const [wrong, unchecked] = [of('fail'), of('not-checked')];
	const fine = of('pass');
	const parts = [
		// Of what was not looked at nobody knows.
		wrong > 0 ? `${wrong} wrong` : unchecked === 0 ? 'Nothing is found wrong' : 'Nothing is found wrong in what was looked at',
		...(unchecked === 0 ? [] : [`${unchecked} not looked at`]),
		...(fine === 0 ? [] : [`${fine} fine`]),
	];
	const counted = hanging(
		[span(wrong > 0 ? '✗ ' : unchecked > 0 ? '! ' : '✓ ', wrong > 0 ? 'bad' : unchecked > 0 ? 'warn' : 'good')],
		parts.join(', '),
		{width},
	);
	return [...counted, ...troubleLines(data, width, now)];
}

export const findingKeys = [
	{
		action: 'remedy',
		keys: ['p'],
		label: 'p',
		short: 'plan remedy',
		does: 'Plans the remedy, for you to review',
		disabled: (finding: Finding | undefined) =>
			finding?.remedy !== undefined
				? undefined
				: (finding?.choices ?? []).length > 0
					? 'a person chooses one of several: see what leads there'
					: 'no remedy can be planned',
	},
	{
		action: 'ask',
		keys: ['c'],
		label: 'c',
		short: 'ask',
		does: 'Asks about it in the conversation',
		disabled: (finding: Finding | undefined) => (finding === undefined ? 'nothing is listed' : undefined),
	},
] as const;

/** Only in the table: an incident is what it leads to. */
const traceKey = {
	action: 'trace',
	keys: ['i'],
	label: 'i',
	short: 'trace',
	does: 'Follows it to where it began: chain of causes, last log lines, what stands around it',
	disabled: (finding: Finding | undefined) => (finding?.resource === undefined ? 'it is about no one object' : undefined),
} as const;

const table = {
	title: ({about}: Findings) => `Findings, ${about}`,
	head: countLines,
	rows: ({findings}: Findings, sort: number) => sortedFindings(findings, sort),
	empty: ({readAt}: Findings) => (readAt === undefined ? '' : 'Nothing is found wrong'),
};

/** The same as lines, once, the gravest first. */
export const findingsTold = listLines<Findings, Finding>({...table, told: (finding, width) => findingLines(finding, width)});

/** The table of findings: the gravest first, sorted and filtered by keys, the selected one told below. */
export const findingsView = listView<Findings, Finding, FindingAct>({
	...table,
	sorts: findingSorts,
	line: findingLine,
	details: (finding, width) => findingLines(finding, width),
	key: findingKey,
	keys: [findingKeys[0], traceKey, findingKeys[1]],
	act: (action, finding) =>
		finding === undefined || (action !== 'remedy' && action !== 'ask' && action !== 'trace') ? undefined : {kind: action, finding},
});
