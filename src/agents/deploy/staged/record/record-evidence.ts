import * as z from 'zod';
import type {ArmEvidence, CanaryEvidence, MetricEvidence} from '../../../../core/canary-evidence.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {cutText} from '../../../../core/text/text-width.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import {evidenceSchema} from '../../metrics/evidence-schema.ts';

/** What the newest look at a stage saw, as the record keeps it for who watches from elsewhere. Nothing rests on it, so no seal covers it. */
export type RecordedEvidence = {
	/** Of the requests that the stage gave the new version, 0 to 1. */
	readonly share: number;
	readonly verdict: string;
	readonly reason: string;
	/** Without queries and sources. */
	readonly metrics: readonly MetricEvidence[];
};

/** A look at a stage, or its verdict. */
export type SeenStage = {readonly verdict: string; readonly reason: string; readonly evidence: CanaryEvidence};

const mostMetrics = 8;
const longestText = 300;
const mostLooks = 48;
const digits = 4;

/** As a text of at most some kilobytes: numbers and verdicts alone, neither queries nor what pods said. Empty where nothing was measured. */
export function evidenceText(share: number, {verdict, reason, evidence}: SeenStage): string {
	if (evidence.metrics.length === 0) return '';
	return JSON.stringify({share, verdict, reason: cutText(reason, longestText), metrics: evidence.metrics.slice(0, mostMetrics).map(slim)});
}

function slim({query: _query, source: _source, before: _before, reason, missing, canary, stable, ...numbers}: MetricEvidence) {
	return {
		...numbers,
		reason: cutText(reason, longestText),
		...(missing === undefined ? {} : {missing: cutText(missing, longestText)}),
		canary: rounded(canary),
		stable: rounded(stable),
	};
}

const round = (value: number) => Number(value.toPrecision(digits));

const rounded = ({looks, ...arm}: ArmEvidence): ArmEvidence => ({
	...arm,
	looks: looks.slice(-mostLooks).map(value => (value === null ? null : round(value))),
});

/** The newest verdict among those of the stages that this run judged; undefined where none was measured. */
export function lastEvidence(verdicts: readonly JsonObject[]): string | undefined {
	const stage = verdicts.at(-1);
	const {data: evidence} = evidenceSchema.safeParse(isJsonObject(stage?.verdict) ? stage.verdict.evidence : undefined);
	const {data: said} = saidOfStage.safeParse(stage);
	if (evidence === undefined || said === undefined) return undefined;
	return evidenceText(said.share, {...said.verdict, evidence}) || undefined;
}

const saidOfStage = z.object({share: z.number(), verdict: z.object({verdict: z.string(), reason: z.string()})});

const recorded = z.object({
	share: z.number(),
	verdict: z.string(),
	reason: z.string(),
	metrics: z.array(z.record(z.string(), z.unknown())).max(mostMetrics),
});

/** What a record says, which others may write too: undefined for what mkcoa would not have written. */
export function readEvidence(text: string): RecordedEvidence | undefined {
	const read = recorded.safeParse(parsed(text)).data;
	if (read === undefined) return undefined;
	const metrics = read.metrics.map(metric => ({...metric, query: '', source: ''}));
	const {data} = evidenceSchema.safeParse({metrics, pods: {canary: [], stable: []}, words: []});
	if (data === undefined) return undefined;
	return {share: read.share, verdict: line(read.verdict), reason: line(read.reason), metrics: data.metrics.map(cleaned)};
}

const line = (words: string) => plainLine(words, longestText);

const cleaned = (metric: MetricEvidence): MetricEvidence => ({
	...metric,
	metric: line(metric.metric),
	reason: line(metric.reason),
	test: line(metric.test),
	...(metric.missing === undefined ? {} : {missing: line(metric.missing)}),
	canary: rounded(metric.canary),
	stable: rounded(metric.stable),
});

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
