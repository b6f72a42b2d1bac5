import type {Finding} from '../../core/finding.ts';
import {count} from '../../core/text/count.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';
import {listView} from '../view/list-view.ts';
import {findingLine, findingLines, findingSorts, sortedFindings} from './finding-lines.ts';

/** Findings of a scan or a diagnosis, and where they are from. */
export type Findings = {readonly about: string; readonly findings: readonly Finding[]};

/** A remedy is a tool call that makes a plan, which a person reviews. */
export type FindingAct = {readonly kind: 'remedy'; readonly finding: Finding} | {readonly kind: 'ask'; readonly finding: Finding};

/** How many are wrong, fine, and not looked at: silence is no pass. */
function countLines({findings}: Findings, width: number): readonly Line[] {
	const of = (status: Finding['status']) => findings.filter(finding => finding.status === status).length;
	const [wrong, unchecked] = [of('fail'), of('not-checked')];
	const parts = [`${wrong} wrong`, ...(unchecked === 0 ? [] : [`${count(unchecked, 'check')} could not be made`]), `${of('pass')} fine`];
	return hanging(
		[span(wrong > 0 ? '✗ ' : unchecked > 0 ? '! ' : '✓ ', wrong > 0 ? 'bad' : unchecked > 0 ? 'warn' : 'good')],
		parts.join(', '),
		{width},
	);
}

export const findingKeys = [
	{
		action: 'remedy',
		keys: ['p'],
		label: 'p',
		short: 'plan remedy',
		does: 'Plans the remedy, for you to review',
		disabled: (finding: Finding | undefined) => (finding?.remedy === undefined ? 'no remedy can be planned' : undefined),
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

/** The table of findings: the gravest first, sorted and filtered by keys, the selected one told below. */
export const findingsView = listView<Findings, Finding, FindingAct>({
	title: ({about}) => `Findings, ${about}`,
	head: countLines,
	rows: ({findings}, sort) => sortedFindings(findings, sort),
	sorts: findingSorts,
	line: findingLine,
	details: findingLines,
	empty: () => 'Nothing was checked yet',
	keys: findingKeys,
	act: (action, finding) => (finding === undefined || (action !== 'remedy' && action !== 'ask') ? undefined : {kind: action, finding}),
});
