import {beside} from '../../core/text/beside.ts';
import {emptyLine, hanging, type Line, span, type Tone} from '../../core/text/styled.ts';
import {cutText, padStart, padText, textWidth} from '../../core/text/text-width.ts';
import {actionOf, type KeyTable, keyHelp, keyLine} from '../key-table.ts';
import {rule} from '../rule.ts';
import {spanText} from '../span-text.ts';
import {type Leave, leave, type Seen, type View} from '../view/view.ts';
import {armsChart} from './arms-chart.ts';
import type {Rollout, TreeNode} from './rollout.ts';

type Place = {readonly scroll: number; readonly isHelp: boolean};

/** Each is a command whose plan a person reviews. */
export type RolloutAct = {readonly kind: 'promote' | 'pause' | 'resume' | 'abort'};

type Situation = {readonly state: Rollout['state']; readonly scrollMax: number};

const notMoving = ({state}: Situation) => (state === 'running' || state === 'paused' ? undefined : `the rollout is ${state}`);
const notIn =
	(wanted: Rollout['state']) =>
	({state}: Situation) =>
		state === wanted ? undefined : `the rollout is ${state}`;
const nothingMore = ({scrollMax}: Situation) => (scrollMax === 0 ? 'everything is on the screen' : undefined);

const rolloutKeys: KeyTable<RolloutAct['kind'] | 'leave' | 'help' | 'down' | 'up', Situation> = [
	{
		action: 'promote',
		keys: ['p'],
		label: 'p',
		short: 'promote',
		does: 'Plans to give the new version all traffic now',
		disabled: notMoving,
	},
	{
		action: 'abort',
		keys: ['a'],
		label: 'a',
		short: 'abort',
		does: 'Plans to give the stable version all traffic back',
		disabled: notMoving,
	},
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'pause', keys: [' '], label: 'space', short: 'pause', does: 'Keeps the traffic as it is', disabled: notIn('running')},
	{action: 'resume', keys: [' '], label: 'space', short: 'go on', does: 'Goes on where it was paused', disabled: notIn('paused')},
	{action: 'leave', keys: ['q', 'escape', 'ctrl+c', 'ctrl+d'], label: 'q', short: 'back', does: 'Goes back; the rollout goes on'},
	{action: 'down', keys: ['down', 'j', 'pagedown'], label: '↓', short: 'more', does: 'Shows the next lines', disabled: nothingMore},
	{action: 'up', keys: ['up', 'k', 'pageup'], label: '↑', short: 'up', does: 'Shows the lines before', disabled: nothingMore},
];

const stateMarks: {readonly [state in Rollout['state']]: readonly [string, Tone]} = {
	running: ['~ ', 'accent'],
	paused: ['! ', 'warn'],
	promoting: ['~ ', 'accent'],
	aborting: ['! ', 'warn'],
	done: ['✓ ', 'good'],
	failed: ['✗ ', 'bad'],
};

const fact = (label: string, text: string, width: number, tone: Tone = 'plain') =>
	hanging([span(padText(label, 9), 'dim')], text, {width, tone});

/** A share of a whole as a bar with its number. */
function bar(name: string, share: number, width: number, tone: Tone): Line {
	const label = padText(cutText(name, 12), 12);
	const number = padStart(`${Math.round(share * 100)} %`, 6);
	const columns = Math.max(4, Math.min(40, width - textWidth(label) - number.length - 2));
	const full = Math.round(Math.min(1, Math.max(0, share)) * columns);
	return [span(`${label} `), span('█'.repeat(full), tone), span('░'.repeat(columns - full), 'dim'), span(number, 'strong')];
}

const verdictTones: {readonly [verdict: string]: Tone} = {pass: 'good', fail: 'bad'};

function progressText({step, progress}: Rollout): string {
	const where = step === undefined ? '' : `step ${step.index + 1} of ${step.of}: ${step.title}`;
	const how =
		progress === undefined
			? ''
			: progress.total === undefined
				? progress.text
				: `${progress.text} (${progress.done ?? 0} of ${progress.total})`;
	return [where, how].filter(part => part !== '').join('; ');
}

function headLines(rollout: Rollout, width: number, now: number): readonly Line[] {
	const {state, summary, target, startedAt, endsAt, verdict} = rollout;
	const [mark, tone] = stateMarks[state];
	const left = endsAt === undefined ? '' : endsAt <= now ? ', longer than it was meant to take' : `, about ${spanText(endsAt - now)} left`;
	const progress = progressText(rollout);
	return [
		...hanging([span(mark, tone)], summary, {width, tone: 'strong'}),
		...fact('Where', target, width),
		...fact('State', `${state} for ${spanText(now - startedAt)}${left}`, width),
		...(progress === '' ? [] : fact('Now', progress, width)),
		...(verdict === undefined
			? []
			: fact('Verdict', `${verdict.verdict}: ${verdict.text}`, width, verdictTones[verdict.verdict] ?? 'warn')),
	];
}

const nodeMarks = {good: ['✓ ', 'good'], moving: ['~ ', 'accent'], bad: ['✗ ', 'bad']} as const;
/** More pods of one set say no more. */
const mostChildren = 8;

function treeLines(nodes: readonly TreeNode[], width: number, depth = 0): readonly Line[] {
	const rest = nodes.length - mostChildren;
	const lines = nodes.slice(0, mostChildren).flatMap(({name, state, text, children}) => {
		const [mark, tone] = nodeMarks[state];
		const lead: Line = [span('  '.repeat(Math.min(depth, 3))), span(mark, tone)];
		const shown = `${name}  ${text}`;
		return [
			[...lead, span(cutText(shown, width - 2 * Math.min(depth, 3) - 2), state === 'bad' ? 'bad' : 'plain')],
			...treeLines(children, width, depth + 1),
		];
	});
	return rest <= 0 ? lines : [...lines, [span('  '.repeat(Math.min(depth, 3))), span(`and ${rest} more`, 'dim')]];
}

const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [emptyLine, [span(title, 'strong')], ...lines];

const metricLines = ({metrics}: Rollout, width: number) =>
	metrics.flatMap(metric => [
		...hanging(
			[span(metric.verdict === 'pass' ? '✓ ' : metric.verdict === 'fail' ? '✗ ' : '- ', verdictTones[metric.verdict] ?? 'warn')],
			`${metric.metric}: ${metric.reason}`,
			{width},
		),
		...armsChart(metric, width),
	]);

/** Wide enough for the tree and the charts side by side. */
const wide = 100;

function bodyLines(rollout: Rollout, width: number, now: number): readonly Line[] {
	const half = width < wide ? width : Math.floor((width - 3) / 2);
	const tones = ['accent', 'plain'] as const;
	const weights = section(
		'Traffic',
		rollout.weights.map(({name, share}, at) => bar(name, share, half, tones[at] ?? 'plain')),
	);
	const tree = section('Workload', treeLines(rollout.tree, half));
	const metrics = section('Both versions', metricLines(rollout, width < wide ? width : width - half - 3));
	const told = section(
		'Told',
		rollout.told.slice(-5).flatMap(text => hanging([span('- ', 'dim')], text, {width})),
	);
	const middle = width < wide ? [...weights, ...metrics, ...tree] : beside([...weights, ...tree], metrics, half, '   ');
	return [...headLines(rollout, width, now), ...middle, ...told];
}

function about({scroll}: Place, {data, size, now}: Seen<Rollout>) {
	const width = Math.max(20, size.columns);
	const room = Math.max(6, size.rows - 1) - 3;
	const all = bodyLines(data, width, now);
	const scrollMax = Math.max(0, all.length - room);
	return {all, width, room, start: Math.min(scroll, scrollMax), situation: {state: data.state, scrollMax}};
}

/** A rollout while it goes on: traffic, pods, both versions with the verdict, and the keys that steer it. */
export const rolloutView: View<Rollout, Place, RolloutAct | Leave> = {
	first: {scroll: 0, isHelp: false},
	press(place, {name}, seen) {
		if (place.isHelp) return {place: {...place, isHelp: false}};
		const {situation, room} = about(place, seen);
		const action = actionOf(rolloutKeys, name, situation);
		const step = name.startsWith('page') ? room : 1;
		switch (action) {
			case undefined:
				return {place};
			case 'leave':
				return {place, act: leave};
			case 'help':
				return {place: {...place, isHelp: true}};
			case 'down':
				return {place: {...place, scroll: Math.min(situation.scrollMax, place.scroll + step)}};
			case 'up':
				return {place: {...place, scroll: Math.max(0, Math.min(place.scroll, situation.scrollMax) - step)}};
			default:
				return {place, act: {kind: action}};
		}
	},
	lines(place, seen) {
		const {all, width, room, start, situation} = about(place, seen);
		const below = [rule(width), keyLine(rolloutKeys, situation, width)];
		if (place.isHelp) return [rule(width, 'Keys'), ...keyHelp(rolloutKeys, situation, width).slice(0, room), ...below];
		const rest = all.length - start - room;
		return [rule(width, 'Rollout', rest > 0 ? `${rest} more below` : ''), ...all.slice(start, start + room), ...below];
	},
};
