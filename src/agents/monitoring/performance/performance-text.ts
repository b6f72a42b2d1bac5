import {boundsOf} from '../../../core/chart/scale.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {measuredText} from '../../../core/text/measured-text.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {condensed, sparkLine} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import type {ToldPerformance, ToldWorkload} from './performance-schema.ts';

type Measure = ToldWorkload['measures'][number];
type Shift = Measure['shifts'][number];
type Bottleneck = ToldWorkload['bottlenecks'][number];

/** Nothing less happened than this time ago. */
const timeText = (iso: string, {to}: ToldPerformance, view: View) => {
	if (!view.terminal) return iso;
	const ms = Date.parse(to) - Date.parse(iso);
	return ms <= 0 ? 'now' : `${age(ms)} ago`;
};

const sentence = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

function bottleneckLines({cause, sure, since, evidence}: Bottleneck, told: ToldPerformance, view: View): readonly string[] {
	const from = since === undefined ? '' : `, since ${timeText(since, told, view)}`;
	return [
		...textLines('  ', `${sentence(cause)} (${sure}${from})`, view),
		...evidence.flatMap(({source, detail}) => textLines('    - ', `${source}: ${detail}`, view)),
	];
}

/** A change of less than a tenth is told in JSON alone. */
const isTold = ({from, to}: Shift) => Math.abs(to - from) >= 0.1 * Math.max(Math.abs(from), Math.abs(to));

/** `was 0.1 % 20m ago` of the latest change. */
function changeText({shifts, unit}: Measure, told: ToldPerformance, view: View): string {
	const last = shifts.at(-1);
	if (last === undefined || !isTold(last)) return '';
	const was = `was ${measuredText(last.from, unit)}`;
	return last.kind === 'drift' ? `slowly, ${was}` : `${was} ${timeText(last.at, told, view)}`;
}

/** Each measure with its level, and its course where there is a past. */
function measureLines({measures}: ToldWorkload, told: ToldPerformance, view: View): readonly string[] {
	const columns = view.width < 60 ? 12 : 16;
	const hasPast = measures.some(({samples}) => samples > 1);
	const rows = measures.map(each => [
		each.name,
		measuredText(each.level, each.unit),
		...(hasPast
			? [
					measuredText(each.most, each.unit),
					sparkLine(
						condensed(each.values, columns),
						boundsOf(each.values.filter(value => value !== null)),
						view.terminal && view.isPlain !== true,
					),
					changeText(each, told, view),
				]
			: []),
	]);
	const headers = ['MEASURE', hasPast ? 'LEVEL' : 'NOW', ...(hasPast ? ['MOST', 'COURSE', 'CHANGED'] : [])];
	return rows.length === 0 ? [] : textTable({headers, rows, view}).split('\n');
}

/** Of those that users noticed or that were joined: what was changed, and what changed then. */
function changeLines(workload: ToldWorkload, told: ToldPerformance, view: View): readonly string[] {
	const joined = Map.groupBy(
		workload.measures.flatMap(({name, shifts}) =>
			shifts.flatMap(shift => (shift.after === undefined || !isTold(shift) ? [] : [{...shift.after, name}])),
		),
		({at, text}) => `${at} ${text}`,
	);
	return [...joined.values()].flatMap(group => {
		const {at = told.from, text = ''} = group[0] ?? {};
		const names = [...new Set(group.map(({name}) => name))].join(', ');
		return textLines('  ', `${timeText(at, told, view)}: ${text}. After it changed: ${names}`, view);
	});
}

const dependencyLines = ({dependencies}: ToldWorkload, told: ToldPerformance, view: View): readonly string[] =>
	dependencies.flatMap(({name, seenBy, latency, errors}) => {
		const last = latency?.shifts.at(-1);
		const parts = [
			...(latency === undefined ? [] : [`p95 ${measuredText(latency.level, 'seconds')}`]),
			...(last === undefined ? [] : [`from ${measuredText(last.from, 'seconds')} ${timeText(last.at, told, view)}`]),
			...(errors === undefined ? [] : [`errors ${measuredText(errors.level, 'ratio')}`]),
		];
		const whose = seenBy === 'caller' ? 'as it measures itself' : 'as that one measures';
		return textLines('  ', `${name}: ${parts.length === 0 ? 'nobody measures it' : `${parts.join(', ')}, ${whose}`}`, view);
	});

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);

const withinText = ({within}: ToldWorkload) => `within: ${within.join(', ')}`;

/** All of one workload. */
const detailLines = (workload: ToldWorkload, told: ToldPerformance, view: View): readonly string[] => [
	...(workload.bottlenecks.length === 0
		? workload.measures.length === 0
			? textLines('? ', 'Nothing was measured: that it has no bottleneck cannot be said', view)
			: textLines('✓ ', `No bottleneck: ${withinText(workload)}`, view)
		: [
				`${severitySigns[workload.bottlenecks[0]?.severity ?? 'low']} ${workload.bottlenecks.length === 1 ? 'Bottleneck' : 'Bottlenecks, the one that explains most first'}`,
				...workload.bottlenecks.flatMap(each => bottleneckLines(each, told, view)),
			]),
	'',
	...measureLines(workload, told, view),
	...section('Changes joined', changeLines(workload, told, view)),
	...section('Dependencies', dependencyLines(workload, told, view)),
];

const levelOf = ({measures}: ToldWorkload, name: string) => {
	const found = measures.find(each => each.name === name);
	return found === undefined ? '-' : measuredText(found.level, found.unit);
};

/** What nobody measures is not well. */
const signOf = ({bottlenecks: [first], measures}: ToldWorkload) =>
	first !== undefined ? severitySigns[first.severity] : measures.length === 0 ? '?' : '✓';

const tableColumns = [
	{header: 'REQUESTS', name: 'requests', from: 0},
	{header: 'ERRORS', name: 'errors', from: 0},
	{header: 'P95', name: 'latency-p95', from: 0},
	{header: 'CPU/LIMIT', name: 'cpu-of-limit', from: 60},
	{header: 'MEM/LIMIT', name: 'memory-of-limit', from: 60},
	{header: 'THROTTLED', name: 'throttled', from: 100},
] as const;

/** A row for each workload, the worst first. */
function tableOf({workloads}: ToldPerformance, view: View): readonly string[] {
	const columns = tableColumns.filter(({from}) => view.width >= from);
	return textTable({
		headers: ['', 'WORKLOAD', ...columns.map(({header}) => header)],
		rows: workloads.map(told => [
			signOf(told),
			told.resource.kind === 'Deployment' ? told.resource.name : `${told.resource.kind.toLowerCase()}/${told.resource.name}`,
			...columns.map(({name}) => levelOf(told, name)),
		]),
		view,
	}).split('\n');
}

/** In a pipe: a line of tabs for each measure, ISO dates, nothing drawn. */
const pipeLines = (told: ToldPerformance, view: View) =>
	textTable({
		headers: ['WORKLOAD', 'MEASURE', 'UNIT', 'LEVEL', 'LEAST', 'MOST', 'SAMPLES', 'CHANGED AT', 'FROM'],
		rows: told.workloads.flatMap(({resource, measures}) =>
			measures.map(({name, unit, level, least, most, samples, shifts}) => [
				refText(resource),
				...[name, unit, level, least, most, samples],
				...[shifts.at(-1)?.at ?? '', shifts.at(-1)?.from ?? ''],
			]),
		),
		view,
	}).split('\n');

const severalLines = (told: ToldPerformance, view: View): readonly string[] => [
	...(view.terminal ? tableOf(told, view) : pipeLines(told, view)),
	...told.workloads
		.filter(({bottlenecks}) => bottlenecks.length > 0)
		.flatMap(workload => [
			'',
			`${severitySigns[workload.bottlenecks[0]?.severity ?? 'low']} ${refText({...workload.resource, namespace: undefined})}`,
			...workload.bottlenecks.flatMap(each => bottleneckLines(each, told, view)),
		]),
];

/** What holds workloads up, the worst first, with the numbers it rests on. */
export function performanceText(told: ToldPerformance, view: View): string {
	const {context, namespace, source, target, from, to, stepSeconds, workloads, notChecked} = told;
	const held = workloads.filter(({bottlenecks}) => bottlenecks.length > 0).length;
	const hasPast = workloads.some(({measures}) => measures.some(({samples}) => samples > 1));
	const span = hasPast ? `, the last ${age(Date.parse(to) - Date.parse(from))}, a point each ${age(stepSeconds * 1000)}` : '';
	const whose =
		target === undefined
			? `${count(workloads.length, 'workload')} in ${namespace} of ${context}, ${held === 0 ? 'none with a bottleneck' : `${held} with a bottleneck`}`
			: `${refText(target)} in ${context}`;
	const [only] = workloads;
	return [
		...textLines('', `${whose}${span}: by ${source}`, view),
		...(workloads.length === 0 ? [] : ['']),
		...(target !== undefined && only !== undefined && view.terminal ? detailLines(only, told, view) : severalLines(told, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
