import {refText} from '../../core/kube/kube-object.ts';
import {age} from '../../core/text/age.ts';
import {emptyLine, hanging, indented, type Line, span} from '../../core/text/styled.ts';
import {cutText, textWidth} from '../../core/text/text-width.ts';
import type {KeyTable} from '../key-table.ts';
import {listView} from '../view/list-view.ts';
import {type Home, type HomeAct, type HomeRow, homeRows} from './home-rows.ts';

function rowLine({mark: [mark, tone], text, remark, since, act}: HomeRow, width: number, now: number): Line {
	const right = [remark, since === undefined ? '' : age(now - Date.parse(since))].filter(part => part !== '').join('  ');
	const room = width - 2 - (right === '' ? 0 : textWidth(right) + 2);
	// What happened is worth more than when.
	const isBeside = right !== '' && (room >= 50 || textWidth(text) <= room);
	const shown = cutText(text, isBeside ? room : width - 2);
	const gap = isBeside ? ' '.repeat(width - 2 - textWidth(shown) - textWidth(right)) : '';
	return [span(`${mark} `, tone), span(shown, act === undefined ? 'dim' : 'plain'), ...(isBeside ? [span(gap + right, 'dim')] : [])];
}

/** Tells a row again when the parts were read anew. */
function rowKey({section, text, act}: HomeRow): string {
	if (act === undefined || act.kind === 'go' || act.kind === 'sandbox') return `${section} ${text}`;
	if (act.kind === 'finding')
		return `${section} ${act.finding.id} ${act.finding.resource === undefined ? text : refText(act.finding.resource)}`;
	return `${section} ${'id' in act ? act.id : act.name} ${'namespace' in act ? act.namespace : ''}`;
}

/** The whole row, and the command that does what Enter does. */
function rowDetails({mark: [mark, tone], text, remark, since, next}: HomeRow, width: number, now: number): readonly Line[] {
	const told = [text, remark, since === undefined ? '' : `${age(now - Date.parse(since))} ago`].filter(part => part !== '');
	return [
		...hanging([span(`${mark} `, tone)], told.join(', '), {width}),
		...(next === undefined ? [] : hanging([span('  ')], next, {width, tone: 'accent'})),
	];
}

/** The same as lines: for a screen reader, and terminals on which nothing moves. */
export const homeLines = (home: Home, width: number, now: number): readonly Line[] =>
	[...Map.groupBy(homeRows(home), ({section}) => section)].flatMap(([section, rows]) => [
		[span(section, 'strong')],
		...rows.flatMap(row => indented(rowDetails(row, width - 2, now), 2)),
		emptyLine,
	]);

/** Keys beside those of every list. */
export const homeKeys: KeyTable<'chat' | 'findings' | 'history', unknown> = [
	{action: 'chat', keys: ['c'], label: 'c', short: 'chat', does: 'Opens the conversation'},
	{action: 'findings', keys: ['f'], label: 'f', short: 'findings', does: 'Lists all findings'},
	{action: 'history', keys: ['h'], label: 'h', short: 'history', does: 'Lists all changes, to look at and take back'},
];

/** Everything at a glance: clusters, rollouts, waiting plans, the last changes, findings. Enter opens the row; the keys go to the other screens. */
export const homeView = listView<Home, HomeRow, HomeAct>({
	title: () => 'mkcoa',
	rows: homeRows,
	sorts: ['part'],
	key: rowKey,
	section: ({section}) => section,
	line: rowLine,
	details: rowDetails,
	empty: () => 'Nothing is known yet',
	keys: homeKeys,
	act: action => (action === 'chat' || action === 'findings' || action === 'history' ? {kind: 'go', to: action} : undefined),
	open: ({act}) => act,
});
