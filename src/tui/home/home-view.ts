import type {Finding} from '../../core/finding.ts';
import {refText} from '../../core/kube/kube-object.ts';
import type {Risk} from '../../core/plan.ts';
import {age} from '../../core/text/age.ts';
import {hanging, type Line, span, type Tone} from '../../core/text/styled.ts';
import {cutText, textWidth} from '../../core/text/text-width.ts';
import {sortedFindings} from '../findings/finding-lines.ts';
import {listView} from '../view/list-view.ts';

/** What is known of a part of the overview. Reading takes time, and can fail without the rest. */
type Part<Row> =
	| {readonly state: 'reading'}
	| {readonly state: 'known'; readonly rows: readonly Row[]}
	/** Why it is not known, and what to do. */
	| {readonly state: 'failed'; readonly why: string};

type Health = 'good' | 'warning' | 'bad' | 'unknown';

/** The overview as data. Times are ISO 8601, UTC; texts are one line each and say what a mark says. */
export type Home = {
	readonly contexts: Part<{readonly name: string; readonly isCurrent: boolean; readonly health: Health; readonly text: string}>;
	readonly rollouts: Part<{readonly id: string; readonly text: string; readonly verdict: string; readonly startedAt: string}>;
	readonly waiting: Part<{readonly id: string; readonly summary: string; readonly risk: Risk['level']; readonly savedAt: string}>;
	readonly changes: Part<{readonly id: string; readonly summary: string; readonly end: string; readonly startedAt: string}>;
	readonly findings: Part<Finding>;
};

/** What the person opens. */
export type HomeAct =
	| {readonly kind: 'open'; readonly part: 'context' | 'rollout' | 'waiting' | 'change'; readonly id: string}
	| {readonly kind: 'finding'; readonly finding: Finding}
	| {readonly kind: 'go'; readonly to: 'chat' | 'findings' | 'history'};

type Row = {
	readonly section: string;
	readonly mark: readonly [string, Tone];
	readonly text: string;
	/** To the right, where there is room. */
	readonly remark: string;
	/** ISO 8601; told as an age. */
	readonly since?: string | undefined;
	readonly act?: HomeAct | undefined;
};

const healthMarks: {readonly [health in Health]: readonly [string, Tone]} = {
	good: ['✓', 'good'],
	warning: ['!', 'warn'],
	bad: ['✗', 'bad'],
	unknown: ['-', 'dim'],
};

const riskMarks = {low: ['-', 'plain'], medium: ['!', 'warn'], high: ['✗', 'bad']} as const;

/** The rows of a part, or one that says why there is none. */
function partRows<Item>(section: string, part: Part<Item>, none: string, rowOf: (item: Item) => Omit<Row, 'section'>): readonly Row[] {
	const said = (text: string, mark: readonly [string, Tone] = ['-', 'dim']): readonly Row[] => [{section, mark, text, remark: ''}];
	if (part.state === 'reading') return said('Reading…');
	if (part.state === 'failed') return said(part.why, ['!', 'warn']);
	return part.rows.length === 0 ? said(none) : part.rows.map(item => ({section, ...rowOf(item)}));
}

const contextRows = ({contexts}: Home) =>
	partRows('Clusters', contexts, 'The kubeconfig names no context: mkcoa --sandbox shop k8s list pods tries one', each => ({
		mark: healthMarks[each.health],
		text: `${each.name}: ${each.text}`,
		remark: each.isCurrent ? 'current' : '',
		act: {kind: 'open', part: 'context', id: each.name},
	}));

const rolloutRows = ({rollouts}: Home) =>
	partRows('Rollouts', rollouts, 'No rollout is running', each => ({
		mark: ['~', 'accent'],
		text: each.text,
		remark: each.verdict,
		since: each.startedAt,
		act: {kind: 'open', part: 'rollout', id: each.id},
	}));

const waitingRows = ({waiting}: Home) =>
	partRows('Plans that wait for you', waiting, 'No plan waits for you', each => ({
		mark: riskMarks[each.risk],
		text: each.summary,
		remark: `${each.risk} risk`,
		since: each.savedAt,
		act: {kind: 'open', part: 'waiting', id: each.id},
	}));

const changeRows = ({changes}: Home) =>
	partRows('Last changes', changes, 'Nothing was changed yet', each => ({
		mark: each.end === 'done' ? ['✓', 'good'] : each.end === 'undone' ? ['-', 'dim'] : ['!', 'warn'],
		text: each.summary,
		remark: each.end,
		since: each.startedAt,
		act: {kind: 'open', part: 'change', id: each.id},
	}));

const findingRows = ({findings}: Home) =>
	partRows(
		'Findings',
		findings.state === 'known'
			? {
					...findings,
					rows: sortedFindings(
						findings.rows.filter(({status}) => status === 'fail'),
						0,
					),
				}
			: findings,
		'Nothing is found wrong',
		finding => ({
			mark: finding.severity === 'critical' || finding.severity === 'high' ? ['✗', 'bad'] : ['!', 'warn'],
			text: `${finding.resource === undefined ? '' : `${refText(finding.resource)}: `}${finding.cause}`,
			remark: finding.severity,
			act: {kind: 'finding', finding},
		}),
	);

function rowLine({mark: [mark, tone], text, remark, since, act}: Row, width: number, now: number): Line {
	const right = [remark, since === undefined ? '' : age(now - Date.parse(since))].filter(part => part !== '').join('  ');
	const room = width - 2 - (right === '' ? 0 : textWidth(right) + 2);
	// What happened is worth more than when.
	const isBeside = right !== '' && (room >= 50 || textWidth(text) <= room);
	const shown = cutText(text, isBeside ? room : width - 2);
	const gap = isBeside ? ' '.repeat(width - 2 - textWidth(shown) - textWidth(right)) : '';
	return [span(`${mark} `, tone), span(shown, act === undefined ? 'dim' : 'plain'), ...(isBeside ? [span(gap + right, 'dim')] : [])];
}

/** Everything at a glance: clusters, rollouts, waiting plans, the last changes, findings. Enter opens the row; the keys go to the other screens. */
export const homeView = listView<Home, Row, HomeAct>({
	title: () => 'mkcoa',
	rows: home => [...contextRows(home), ...rolloutRows(home), ...waitingRows(home), ...findingRows(home), ...changeRows(home)],
	sorts: ['part'],
	section: ({section}) => section,
	line: rowLine,
	details: ({mark: [mark, tone], text, remark, since}, width, now) => {
		const told = [text, remark, since === undefined ? '' : `${age(now - Date.parse(since))} ago`].filter(part => part !== '');
		return hanging([span(`${mark} `, tone)], told.join(', '), {width});
	},
	empty: () => 'Nothing is known yet',
	keys: [
		{action: 'chat', keys: ['c'], label: 'c', short: 'chat', does: 'Opens the conversation'},
		{action: 'findings', keys: ['f'], label: 'f', short: 'findings', does: 'Lists all findings'},
		{action: 'history', keys: ['h'], label: 'h', short: 'history', does: 'Lists all changes, to look at and take back'},
	],
	act: action => (action === 'chat' || action === 'findings' || action === 'history' ? {kind: 'go', to: action} : undefined),
	open: ({act}) => act,
});
