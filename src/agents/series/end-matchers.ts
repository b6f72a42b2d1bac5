import type {RequestSeries} from './request-series.ts';
import {besideLabels, codeLabels} from './series-names.ts';

type Reading = Pick<RequestSeries, 'codeLabel' | 'beside'>;

/** Either case of each letter; behind a backslash it is no letter. */
const eitherCase = (source: string) =>
	source.replace(/\\.|[a-z]/gi, part => (part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`));

/** A regular expression as a matcher of PromQL has it: it must fit the whole of a value, and stands between double quotes. */
function anchored({source: written, ignoreCase}: RegExp): string {
	const source = ignoreCase ? eitherCase(written) : written;
	const whole = source.startsWith('^') && source.endsWith('$') ? source.slice(1, -1) : `.*(?:${source}).*`;
	return whole.replaceAll('\\', '\\\\');
}

/** Matchers that select requests by how they ended; they stand behind others, as in `,code=~"5.."`. */
export type EndMatchers = {
	/** Each for a part of those that failed: together all of them, and none twice. */
	readonly failed: readonly string[];
	/** The same for all that say something of the one who answered. */
	readonly heard: readonly string[];
};

/** `requestEnd` as matchers, for those who have no program of their own between the server and the picture. */
export function endMatchers(reading: Reading): EndMatchers {
	const code = codeLabels.find(({label}) => label === reading.codeLabel);
	const more = besideLabels.find(({label}) => label === reading.beside);
	if (code === undefined) return {failed: [], heard: ['']};
	const byCode = `${code.label}=~"${anchored(code.failed)}"`;
	const notByCode = more?.isWithoutCode === true ? `${code.label}=""` : byCode.replace('=~', '!~');
	const byMore = more === undefined ? undefined : `${more.label}=~"${anchored(more.failed)}"`;
	const failed = [`,${byCode}`, ...(byMore === undefined ? [] : [`,${notByCode},${byMore}`])];
	if (code.unanswered === undefined) return {failed, heard: ['']};
	const noCode = `${code.label}="${code.unanswered.code}"`;
	const notByMore = byMore === undefined ? '' : `,${byMore.replace('=~', '!~')}`;
	const unanswered = `,${noCode},${code.unanswered.flags}=~"${anchored(code.unanswered.failed)}"${notByMore}`;
	return {
		failed: [...failed, unanswered],
		heard: [`,${noCode.replace('=', '!=')}`, ...(byMore === undefined ? [] : [`,${noCode},${byMore}`]), unanswered],
	};
}
