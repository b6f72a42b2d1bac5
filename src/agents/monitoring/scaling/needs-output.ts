import * as z from 'zod';
import {lineChart} from '../../../core/chart/line-chart.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {measuredText} from '../../../core/text/measured-text.ts';
import {condensed} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const moment = z.iso.datetime().nullable();
const replicas = z.object({low: z.number(), median: z.number(), high: z.number()});

export const needsSchema = z.object({
	context: z.string(),
	source: z.string(),
	target: refSchema,
	/** Of the newest sample. */
	at: z.iso.datetime(),
	stepSeconds: z.number(),
	/** Pods that are wanted now. */
	replicas: z.number(),
	/** What sets them; absent where nothing does. */
	autoscaler: z.object({name: z.string(), minReplicas: z.number(), maxReplicas: z.number(), others: z.array(z.string())}).optional(),
	/** By what replicas are counted: a part of the CPU request of a pod. */
	counted: z.object({targetPercent: z.number(), requestCores: z.number()}),
	/** How long a new pod takes until it serves, by so many pods of now. */
	ready: z.object({seconds: z.number(), pods: z.number()}).optional(),
	/** A second: the newest that were counted, the most, and cores that one a second takes. */
	requests: z.object({at: z.iso.datetime(), last: z.number(), most: z.number(), coresEach: z.number().nullable()}).optional(),
	/** The highest CPU of all pods in each step, and how many there were. */
	past: z.array(z.number().nullable()),
	pastReplicas: z.array(z.number().nullable()),
	/** One step after the other from `at` on: cores with the bounds that 80 and 95 of 100 values keep, and replicas at the middle and the bounds of 80. */
	steps: z.array(z.object({median: z.number(), low80: z.number(), high80: z.number(), low95: z.number(), high95: z.number(), replicas})),
	models: z.array(z.object({name: z.string(), share: z.number()})),
	seasonsSeconds: z.array(z.number()),
	/** Mean absolute errors in cores. */
	backTest: z.object({origins: z.number(), error: z.number(), seasonalNaiveError: z.number(), naiveError: z.number()}),
	/** False: repeating what was is as good. */
	beatsNaive: z.boolean(),
	/** The busiest step. */
	peak: z.object({at: z.iso.datetime(), cores: z.number(), replicas}),
	/** When more pods than now have to be started so that they serve in time, and how long they are needed, by the upper bound. */
	starts: z.array(z.object({from: z.iso.datetime(), to: z.iso.datetime(), replicas: z.number()})),
	/** From when on the ceiling is too low: most likely, and as early as it may be. Null where it is not. */
	ceiling: z.object({maxReplicas: z.number(), likelyAt: moment, earliestAt: moment}).optional(),
	/** More pods of this size that the nodes have room for, what runs out first, and from when on it is too little. */
	room: z.object({pods: z.number(), scarce: z.enum(['cpu', 'memory', 'pods']), earliestAt: moment}).optional(),
	/** What a reader should know, a sentence each. */
	reasons: z.array(z.string()),
	notChecked: z.array(uncheckedSchema),
});
export type ToldNeeds = z.output<typeof needsSchema>;

/** Of the answer in its compact form. */
const compactMoments = 24;

const shortened = (value: number | null) => (value === null ? null : Number(value.toPrecision(3)));

/** The course in a few steps, each the busiest of those that it stands for. */
export const compactNeeds = {
	output: needsSchema,
	of({steps, past, pastReplicas, stepSeconds, ...told}: ToldNeeds) {
		const size = Math.ceil(steps.length / compactMoments);
		const groups = Array.from({length: Math.ceil(steps.length / size)}, (_, at) => steps.slice(at * size, (at + 1) * size));
		return {
			...told,
			stepSeconds: stepSeconds * size,
			past: condensed(past, compactMoments).map(shortened),
			pastReplicas: condensed(pastReplicas, compactMoments).map(shortened),
			steps: groups.flatMap(group => {
				const busiest = group.toSorted((a, b) => b.median - a.median)[0];
				if (busiest === undefined) return [];
				const {replicas: pods, ...amounts} = busiest;
				return [{...Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, shortened(value)])), replicas: pods}];
			}),
		};
	},
};

const rows = 6;
const podRows = 3;
const cores = (value: number) => measuredText(value, 'cores');
const range = ({low, median, high}: z.output<typeof replicas>) =>
	low === high ? count(median, 'pod') : `${count(median, 'pod')}, ${low} to ${high} in 80 of 100 cases`;

/** The past as long as the time to come, and that, with the bounds; below it the pods. */
function charts({past, pastReplicas, steps, stepSeconds}: ToldNeeds, view: View): readonly string[] {
	const shown = past.slice(-steps.length);
	const none = shown.map(() => null);
	const stepMs = stepSeconds * 1000;
	const frame = {
		fromAgoMs: (shown.length - 1) * stepMs,
		toAgoMs: -steps.length * stepMs,
		width: Math.min(view.width, 100),
		isPlain: view.isPlain,
	};
	const dotted = (of: (step: ToldNeeds['steps'][number]) => number) => [...none, ...steps.map(of)];
	return [
		...textLines('', 'CPU of all pods, and the bounds of 80 of 100 cases', view),
		...lineChart({
			...frame,
			values: [...shown, ...steps.map(({median}) => median)],
			dotted: [dotted(({high80}) => high80), dotted(({low80}) => low80)],
			label: cores,
			rows,
		}),
		...textLines('', 'Pods that there were, and that are needed', view),
		...lineChart({
			...frame,
			values: [...pastReplicas.slice(-steps.length), ...steps.map(each => each.replicas.median)],
			dotted: [dotted(each => each.replicas.high), dotted(each => each.replicas.low)],
			label: value => measuredText(value, 'number'),
			rows: podRows,
		}),
	];
}

function table({at, stepSeconds, steps}: ToldNeeds, view: View): readonly string[] {
	return textTable({
		headers: ['TIME', 'CORES', 'LOW 80', 'HIGH 80', 'PODS', 'PODS LOW', 'PODS HIGH'],
		rows: steps.map(({median, low80, high80, replicas: pods}, index) => [
			new Date(Date.parse(at) + (index + 1) * stepSeconds * 1000).toISOString(),
			...[median, low80, high80, pods.median, pods.low, pods.high],
		]),
		view,
	}).split('\n');
}

function whenText(iso: string, {at}: ToldNeeds, {terminal}: View): string {
	if (!terminal) return `at ${iso}`;
	const ms = Date.parse(iso) - Date.parse(at);
	return ms <= 0 ? 'now' : `in ${age(ms)}`;
}

function ceilingText(told: ToldNeeds, view: View): string | undefined {
	const {ceiling} = told;
	if (ceiling === undefined) return undefined;
	const {maxReplicas, likelyAt, earliestAt} = ceiling;
	if (likelyAt !== null) return `maxReplicas ${maxReplicas} is too low: more pods are needed ${whenText(likelyAt, told, view)}`;
	if (earliestAt !== null)
		return `maxReplicas ${maxReplicas} may be too low, ${whenText(earliestAt, told, view)} at the earliest; most likely it will do`;
	return `maxReplicas ${maxReplicas} is enough`;
}

const scarceWords = {cpu: 'CPU', memory: 'memory', pods: 'the number of pods that a node may have'} as const;

function roomText(told: ToldNeeds, view: View): string | undefined {
	const {room} = told;
	if (room === undefined) return undefined;
	const what = `The nodes have room for ${count(room.pods, 'more pod')} of this size; ${scarceWords[room.scarce]} runs out first`;
	return room.earliestAt === null ? what : `${what}. That is too little, ${whenText(room.earliestAt, told, view)} at the earliest`;
}

function proofText({backTest: {origins, error, seasonalNaiveError, naiveError}, beatsNaive, seasonsSeconds}: ToldNeeds): string {
	if (origins === 0) return 'The forecast could not be tried on the past';
	const season = seasonsSeconds[0];
	const before = season === undefined ? 'the last value' : `what was ${age(season * 1000)} before`;
	const naive = season === undefined ? naiveError : seasonalNaiveError;
	const tried = `tried on its own past from ${origins} moments it missed by ${cores(error)} on average, and repeating ${before} by ${cores(naive)}`;
	return beatsNaive ? `The forecast: ${tried}` : `No better than repeating ${before}${error < naive ? ' for sure' : ''}: ${tried}`;
}

/** At most so many times to start pods are told; JSON has them all. */
const mostStarts = 4;

function startLines(told: ToldNeeds, view: View): readonly string[] {
	const {starts, ready} = told;
	const say = (text: string) => textLines('', text, view);
	const takes = ready === undefined ? '' : ` (a new pod serves after ${age(ready.seconds * 1000)}, by ${count(ready.pods, 'pod')} of now)`;
	if (starts.length === 0) return say(`No more pods than now have to be started${takes}`);
	const each = starts.slice(0, mostStarts).map(({from, to, replicas: pods}) => {
		const start = whenText(from, told, view);
		return `${count(pods, 'pod')} ${start}, until ${view.terminal ? `${age(Date.parse(to) - Date.parse(told.at))} from now` : to}`;
	});
	const more = starts.length > mostStarts ? `; and ${count(starts.length - mostStarts, 'time')} more` : '';
	return say(`To be ready in time, start up to: ${each.join('; ')}${more}${takes}`);
}

function requestText({requests}: ToldNeeds): string | undefined {
	if (requests === undefined) return undefined;
	const {last, most, coresEach} = requests;
	const rate = (value: number) => measuredText(value, 'perSecond');
	const each = coresEach === null ? '' : `; a request a second takes ${cores(coresEach)} of CPU`;
	return `Requests: ${rate(last)} lately, ${rate(most)} at most in the past${each}`;
}

/** What a workload is going to need, and whether it will have it. */
export function needsText(told: ToldNeeds, view: View): string {
	const {target, replicas: now, autoscaler, counted, steps, stepSeconds, peak, models, source, reasons, notChecked} = told;
	const say = (text: string | undefined) => (text === undefined ? [] : textLines('', text, view));
	const by =
		autoscaler === undefined
			? 'no autoscaler sets its pods'
			: `HorizontalPodAutoscaler ${autoscaler.name} sets ${autoscaler.minReplicas} to ${autoscaler.maxReplicas}`;
	return [
		...say(
			`${refText(target)}: ${count(now, 'pod')} now; the busiest moment of the next ${age(steps.length * stepSeconds * 1000)} needs ${range(peak.replicas)}`,
		),
		...say(`Counted at ${measuredText(counted.targetPercent, 'number')} % of ${cores(counted.requestCores)} CPU a pod; ${by}`),
		...(view.terminal ? charts(told, view) : table(told, view)),
		'',
		...say(`Peak: ${cores(peak.cores)} of CPU ${whenText(peak.at, told, view)}`),
		...startLines(told, view),
		...say(ceilingText(told, view)),
		...say(roomText(told, view)),
		...say(requestText(told)),
		...say(proofText(told)),
		...say(`By ${models.map(({name, share}) => `${name} ${Math.round(share * 100)} %`).join(', ')}; ${source}`),
		...reasons.flatMap(reason => textLines('- ', reason, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
