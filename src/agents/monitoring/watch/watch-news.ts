import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import {age} from '../../../core/text/age.ts';
import type {MeasuredUnit} from '../../../core/text/measured-text.ts';
import {rarityText} from '../anomalies/anomaly-text.ts';

/** What a watch tells as it comes. */
export type AnomalyNews = {
	readonly news: 'anomaly';
	readonly at: string;
	readonly resource: Ref;
	readonly measure: string;
	readonly unit: MeasuredUnit;
	readonly query: string;
	readonly value: number;
	readonly expected: {readonly low: number; readonly high: number};
	/** An episode like it begins once in 10^severity steps of a series that stays as it is. */
	readonly severity: number;
	readonly stepSeconds: number;
	readonly falseAlarmsPerWeek: number;
	readonly text: string;
	/** What somebody changed shortly before. */
	readonly after?: {readonly at: string; readonly text: string} | undefined;
};
export type WatchNews =
	| AnomalyNews
	/** The metrics server does not answer: told once, until it does again. */
	| {readonly news: 'away'; readonly at: string; readonly why: string}
	| {readonly news: 'back'; readonly at: string; readonly awaySeconds: number};

/** One line for people. */
export function newsText(news: WatchNews): string {
	if (news.news === 'away') return `the metrics server does not answer, and is asked again: ${news.why}`;
	if (news.news === 'back')
		return `the metrics server answers again after ${age(news.awaySeconds * 1000)}; what it kept meanwhile is judged`;
	const {resource, measure, text, severity, falseAlarmsPerWeek, after, at} = news;
	const joined = after === undefined ? '' : `; ${age(Math.max(0, Date.parse(at) - Date.parse(after.at)))} earlier: ${after.text}`;
	return `${refText(resource)}, ${measure}: ${text} (severity ${severity.toFixed(1)}: ${rarityText(falseAlarmsPerWeek)})${joined}`;
}
