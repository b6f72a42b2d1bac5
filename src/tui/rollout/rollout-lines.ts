import type {RolloutPicture, RolloutState, TreeNode} from '../../core/rollout-picture.ts';
import {beside} from '../../core/text/beside.ts';
import {emptyLine, hanging, type Line, span, type Tone} from '../../core/text/styled.ts';
import {cutText, padStart, padText, textWidth} from '../../core/text/text-width.ts';
import {spanText} from '../span-text.ts';
import {armsChart} from './arms-chart.ts';

const stateMarks: {readonly [state in RolloutState]: readonly [string, Tone]} = {
	running: ['~ ', 'accent'],
	paused: ['! ', 'warn'],
	promoting: ['~ ', 'accent'],
	aborting: ['! ', 'warn'],
	stopped: ['! ', 'warn'],
	done: ['✓ ', 'good'],
	failed: ['✗ ', 'bad'],
};

export const stateWords: {readonly [state in RolloutState]: string} = {
	running: 'running',
	paused: 'paused',
	promoting: 'being promoted',
	aborting: 'on its way back',
	stopped: 'left half way',
	done: 'done',
	failed: 'over',
};

const labelWidth = 9;

const fact = (label: string, text: string, width: number, tone: Tone = 'plain') =>
	hanging([span(padText(label, labelWidth), 'dim')], text, {width, tone});

/** A share of a whole as a bar with its number. */
function bar(name: string, share: number, width: number, tone: Tone): Line {
	const label = padText(cutText(name, 12), 12);
	const number = padStart(`${Math.round(share * 100)} %`, 6);
	const columns = Math.max(4, Math.min(40, width - textWidth(label) - number.length - 2));
	const full = Math.round(Math.min(1, Math.max(0, share)) * columns);
	return [span(`${label} `), span('█'.repeat(full), tone), span('░'.repeat(columns - full), 'dim'), span(number, 'strong')];
}

const verdictTones: {readonly [verdict: string]: Tone} = {pass: 'good', fail: 'bad'};

function progressText({step, progress}: RolloutPicture): string {
	const where = step === undefined ? '' : `step ${step.index + 1} of ${step.of}: ${step.title}`;
	const how =
		progress === undefined
			? ''
			: progress.total === undefined
				? progress.text
				: `${progress.text} (${progress.done ?? 0} of ${progress.total})`;
	return [where, how].filter(part => part !== '').join('; ');
}

/** What the charts below say in full is said here on one line. */
function verdictText({verdict, metrics}: RolloutPicture, width: number): string {
	const text = `${verdict?.verdict}: ${verdict?.text}`;
	return metrics.length === 0 ? text : cutText(text, width - labelWidth);
}

function headLines(rollout: RolloutPicture, width: number, now: number): readonly Line[] {
	const {state, summary, target, verdict, led = '', reason = '', away} = rollout;
	const [mark, tone] = stateMarks[state];
	const progress = progressText(rollout);
	return [
		...(away === undefined ? [] : hanging([span('✗ ', 'bad')], awayText(away, now), {width, tone: 'bad'})),
		...hanging([span(mark, tone)], summary, {width, tone: 'strong'}),
		...(target === '' ? [] : fact('Where', target, width)),
		...fact('State', stateText(rollout, now), width),
		...(led === '' ? [] : fact('By', led, width)),
		...(progress === '' ? [] : fact('Now', progress, width)),
		...(verdict === undefined ? [] : fact('Verdict', verdictText(rollout, width), width, verdictTones[verdict.verdict] ?? 'warn')),
		...(reason === '' ? [] : fact(rollout.state === 'done' || rollout.state === 'failed' ? 'End' : 'Why', reason, width)),
	];
}

const awayText = ({since, why}: NonNullable<RolloutPicture['away']>, now: number) =>
	`The cluster does not answer, so this is as it was ${spanText(now - since)} ago (${why}). It is asked again and again`;

function stateText({state, startedAt, endsAt, away}: RolloutPicture, now: number): string {
	const word = stateWords[state];
	if (state === 'done' || state === 'failed') return word;
	const since = startedAt === undefined ? '' : `, began ${spanText(now - startedAt)} ago`;
	if (endsAt === undefined || away !== undefined) return `${word}${since}`;
	return `${word}${since}, ${endsAt <= now ? 'longer than it was meant to take' : `at least ${spanText(endsAt - now)} left`}`;
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

const metricLines = ({metrics}: RolloutPicture, width: number) =>
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

const hasBad = (nodes: readonly TreeNode[]): boolean => nodes.some(({state, children}) => state === 'bad' || hasBad(children));

/** Nobody carries it out: what is next takes a person. */
const isResting = ({state}: RolloutPicture) => ['stopped', 'done', 'failed'].includes(state);

/** A rollout in lines: wide enough, its tree stands beside its charts. */
export function rolloutLines(rollout: RolloutPicture, width: number, now: number): readonly Line[] {
	const half = width < wide ? width : Math.floor((width - 3) / 2);
	const tones = ['accent', 'plain'] as const;
	const weights = section(
		rollout.weighed === undefined ? 'Traffic' : `Traffic ${rollout.weighed}`,
		rollout.weights.map(({name, share}, at) => bar(name, share, half, tones[at] ?? 'plain')),
	);
	const tree = section('Workload', treeLines(rollout.tree, half));
	const metrics = section('Both versions', metricLines(rollout, width < wide ? width : width - half - 3));
	const told = section(
		'Told',
		rollout.told.slice(-5).flatMap(text => hanging([span('- ', 'dim')], text, {width})),
	);
	const unseen = (rollout.notChecked ?? []).flatMap(text => hanging([span('! ', 'warn')], `Not checked: ${text}`, {width}));
	const next = section('Next', isResting(rollout) ? (rollout.next ?? []).flatMap(text => hanging([span('> ', 'dim')], text, {width})) : []);
	// Where one stands below the other, pods that cannot run come first: there is nothing to compare then.
	const below = hasBad(rollout.tree) ? [...tree, ...metrics] : [...metrics, ...tree];
	const middle = width < wide ? [...weights, ...below] : beside([...weights, ...tree], metrics, half, '   ');
	return [...headLines(rollout, width, now), ...next, ...middle, ...unseen, ...told];
}
